package corpustest

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onrecord/corpus"
)

func TestMarkedTextIsReadAndPrinted(t *testing.T) {
	for _, c := range []struct{ marked, text, told string }{
		{"No statement.", "No statement.", ""},
		{`«He» <said> [the talks were "open"].`, `He said the talks were "open".`, `mixed He|said|the talks were "open"`},
		{"[“We go,”] «she» <said>. [“Now.”]", "“We go,” she said. “Now.”", "direct she|said|“We go,”…“Now.”"},
		{"[“It is safe,”]¹ «Ada Moore»¹ <said>¹, and «the paper»² <agreed>² [that it is]².",
			"“It is safe,” Ada Moore said, and the paper agreed that it is.",
			"direct Ada Moore|said|“It is safe,”; indirect the paper|agreed|that it is"},
		{"«She» <wrote> [it]\n\n«He» <read> [it]", "She wrote it\n\nHe read it", "indirect She|wrote|it; indirect He|read|it"},
		{"«She»¹ <said>¹: [“One.]¹\n\n[“Two.”]¹", "She said: “One.\n\n“Two.”", "direct She|said|“One.…“Two.”"},
		{"«A»¹ <said>¹ [«B»² <said>² [no]²]¹", "A said B said no", "indirect A|said|B said no; indirect B|said|no"},
		{`A \[note\], 5 \< 6, m\² and a \\`, `A [note], 5 < 6, m² and a \`, ""},
	} {
		doc, err := Read(c.marked)
		if err != nil {
			t.Errorf("%s: %v", c.marked, err)
			continue
		}
		if doc.Text != c.text || told(doc) != c.told {
			t.Errorf("%s\n reads %q: %s\n want  %q: %s", c.marked, doc.Text, told(doc), c.text, c.told)
		}
		if got := Mark(doc); got != c.marked {
			t.Errorf("%s\nis printed as\n%s", c.marked, got)
		}
		if err := Check(doc); err != nil {
			t.Errorf("%s: %v", c.marked, err)
		}
	}
}

func told(doc *corpus.Document) string {
	var out []string
	for _, st := range doc.Statements {
		words := func(spans []corpus.Span) string {
			var list []string
			for _, s := range spans {
				list = append(list, s.Of(doc.Text))
			}
			return strings.Join(list, "…")
		}
		out = append(out, st.Kind.String()+" "+words(st.Source)+"|"+words(st.Cue)+"|"+words(st.Content))
	}
	return strings.Join(out, "; ")
}

func TestWrongMarksAreErrors(t *testing.T) {
	for marked, want := range map[string]string{
		"«He said [it]":  "not closed",
		"a line\nHe] no": `line 2: ']' closes nothing`,
		"«He» <said> it": "without content",
	} {
		if _, err := Read(marked); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", marked, err, want)
		}
	}
}

// Whatever stands in a text, and wherever spans lie, Read gives back what Mark
// printed, as long as spans of one kind do not cross.
func TestMarksRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOfN(rapid.StringMatching(`[a-cé\[\]«»<>²³\\" \n]{1,4}`), 1, 12).Draw(t, "pieces")
		doc := &corpus.Document{Text: strings.Join(pieces, "")}
		doc.Revision = corpus.Revision(doc.Text)
		doc.Statements = []corpus.Statement{}
		at := int32(0)
		var st corpus.Statement
		flush := func() {
			if len(st.Content) > 0 {
				st.Kind = kindOf(doc.Text, st.Content)
				doc.Statements = append(doc.Statements, st)
				st = corpus.Statement{}
			}
		}
		for _, piece := range pieces {
			span := corpus.Span{Start: at, End: at + int32(len(piece))}
			at = span.End
			switch rapid.IntRange(0, 4).Draw(t, "role") {
			case 0:
				st.Source = append(st.Source, span)
			case 1:
				st.Cue = append(st.Cue, span)
			case 2:
				st.Content = append(st.Content, span)
			case 3:
				flush()
			}
		}
		flush()
		got, err := Read(Mark(doc))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, doc) {
			t.Fatalf("%q\ncame back as %s\nwas          %s", Mark(doc), told(got), told(doc))
		}
	})
}
