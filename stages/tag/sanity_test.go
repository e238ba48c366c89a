package tag

import (
	"testing"

	"onrecord/corpus"
	"onrecord/stages/internal/conll"
)

// TestSentencesByHand compares with sentences that people tagged: the constructions
// that attribution stands on.
func TestSentencesByHand(t *testing.T) {
	sentences, err := conll.ReadFile("../parse/testdata/sanity.conll")
	if err != nil {
		t.Fatal(err)
	}
	var tags tally
	var names agreement
	for _, want := range sentences {
		got := &corpus.Document{Text: want.Text}
		got.Tokens, got.Sentences = want.Tokens, want.Sentences
		if err := annotator(t)(got); err != nil {
			t.Fatal(err)
		}
		for i := range want.Tags {
			if tags.count(got.Tags[i] == want.Tags[i]); got.Tags[i] != want.Tags[i] {
				t.Logf("%s: %s is %v, got %v in %s", want.Comments["construction"], want.Tokens[i].Of(want.Text), want.Tags[i], got.Tags[i], want.Text)
			}
		}
		before := names.both
		names.count(want.Entities, got.Entities)
		if names.both-before != len(want.Entities) || len(got.Entities) != len(want.Entities) {
			t.Logf("%s: got %s\nwant %s", want.Comments["construction"], marked(got), marked(want.Document))
		}
	}
	t.Logf("tags %.1f%% of %d, names F1 %.1f%%", tags.percent(), tags.all, names.f1())
	if tags.percent() < 96 || names.f1() < 90 {
		t.Error("below the floors: tags 96%, names 90%")
	}
}
