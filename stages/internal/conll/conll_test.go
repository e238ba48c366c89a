package conll

import (
	"strings"
	"testing"

	"onrecord/corpus"
)

const sample = "# about = nothing\n\n# kind = a name\n# text = Ann Kovář's.\n1\tAnn\tNNP\t2\tcompound\tB-person\n" +
	"2\tKovář\tNNP\t0\troot\tI-person\n3\t's\tPOS\t2\tcase\tO\n4\t.\t.\t2\tpunct\tO\n"

func TestRead(t *testing.T) {
	got, err := Read(strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].Comments["kind"] != "a name" {
		t.Fatalf("got %v, want one sentence with its comment", got)
	}
	doc := got[0].Document
	if doc.Tokens[1].Of(doc.Text) != "Kovář" || doc.Tags[2] != corpus.POS {
		t.Errorf("tokens %v, tags %v", doc.Tokens, doc.Tags)
	}
	if doc.Arcs[0] != (corpus.Arc{Head: 1, Relation: corpus.Compound}) || doc.Arcs[1].Head != -1 {
		t.Errorf("arcs %v: want the root at -1", doc.Arcs)
	}
	if len(doc.Entities) != 1 || doc.Entities[0] != (corpus.Entity{Span: corpus.Span{Start: 0, End: 2}, Kind: corpus.Person}) {
		t.Errorf("entities %v, want one person of two tokens", doc.Entities)
	}
}

func TestErrorsNameTheLine(t *testing.T) {
	for _, test := range []struct{ old, new, want string }{
		{"\t's\t", "\tsays\t", "line 7: token"},
		{"\tpunct\tO", "\tpunct", "line 8: 5 columns"},
		{"2\tKovář", "3\tKovář", "line 6: token \"3\""},
		{".\t.\t2", ".\tDOT\t2", "line 8: \"DOT\""},
		{"case\tO", "case\tI-place", "line 7: \"I-place\" continues nothing"},
		{"4\t.\t.\t2", "4\t.\t.\t-2", "line 8: \"-2\" is no head"},
	} {
		_, err := Read(strings.NewReader(strings.Replace(sample, test.old, test.new, 1)))
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%q for %q: got %v, want %s", test.new, test.old, err, test.want)
		}
	}
}
