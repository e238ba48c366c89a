package eval

import (
	"bytes"
	"compress/gzip"
	"slices"
	"strings"
	"testing"

	"onrecord/corpus"
)

const referenceLine = `{"id":"a","sentences":[[[0,3,"Ann","NNP","PERSON",1,"compound"],[4,9,"Kovář","NNP","PERSON",2,"nsubj"],` +
	`[10,15,"speak","VBD","O",-1,"root"],[15,16,".",".","O",2,"punct"]],[[17,21,"Yes","UH","O",-1,"root"]]]}`

const referenceText = "Ann Kovář spoke. Yes!"

func TestReference(t *testing.T) {
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	if _, err := w.Write([]byte(referenceLine)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{"plain": referenceLine, "gzip": zipped.String()} {
		references, err := ReadReferences(strings.NewReader(file))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		doc, err := references["a"].Document(referenceText)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := doc.Tokens[2].Of(doc.Text); got != "spoke" || doc.Tags[2] != corpus.VBD || doc.Arcs[0].Head != 1 || doc.Arcs[2].Head != -1 {
			t.Errorf("%s: third token %q, tag %v, arcs %v", name, got, doc.Tags[2], doc.Arcs)
		}
		if len(doc.Entities) != 1 || doc.Entities[0] != (corpus.Entity{Span: corpus.Span{Start: 0, End: 2}, Kind: corpus.Person}) {
			t.Errorf("%s: entities %v, want one person of two tokens", name, doc.Entities)
		}
		if _, err := references["a"].Document("Ann"); err == nil {
			t.Errorf("%s: the reference fits a text that is too short", name)
		}
	}
	if _, err := ReadReferences(strings.NewReader(`{"id":"a","sentences":[[[0,3]]]}`)); err == nil {
		t.Error("a token of two fields was read")
	}
}

func TestScoreWords(t *testing.T) {
	references, err := ReadReferences(strings.NewReader(referenceLine))
	if err != nil {
		t.Fatal(err)
	}
	want, err := references["a"].Document(referenceText)
	if err != nil {
		t.Fatal(err)
	}
	own := &corpus.Document{Text: referenceText}
	own.Blocks = []corpus.Block{{Span: corpus.Span{Start: 0, End: 18}}, {Span: corpus.Span{Start: 18, End: 23}, Kind: corpus.Boilerplate}}
	own.Tokens = []corpus.Span{{Start: 0, End: 11}, {Start: 12, End: 17}, {Start: 17, End: 18}}
	own.Sentences = []corpus.Span{{Start: 0, End: 3}}
	given := &corpus.Document{Text: referenceText}
	given.Tags = []corpus.Tag{corpus.NNP, corpus.NNP, corpus.VBD, corpus.Period, corpus.NN}
	given.Entities = []corpus.Entity{{Span: corpus.Span{Start: 1, End: 2}, Kind: corpus.Person}}
	given.Arcs = slices.Clone(want.Arcs)
	given.Arcs[0].Relation, given.Arcs[1].Head = corpus.Dep, 3
	tally := ScoreWords(want, own, given)
	got := *tally.Report().Words
	// In the block that counts the reference has 4 tokens, of which 2 are found among 3.
	if got.Tokens != (PRF{P: 66.7, R: 50, F1: 57.1}) || got.Sentences.F1 != 100 || got.Tags != 80 || got.Entities.F1 != 0 || got.Heads != 80 || got.Arcs != 60 {
		t.Errorf("got %+v", got)
	}
}
