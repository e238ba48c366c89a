package tag

import (
	"os"
	"testing"

	"onrecord/corpus"
)

// goldDir has articles that are not part of this repository.
const goldDir = "../../../shared/gold"

func goldDev(t testing.TB) []*corpus.Document {
	if _, err := os.Stat(goldDir); err != nil {
		t.Skip("no ../shared/gold beside this repository: accuracy is not measured")
	}
	docs, err := goldDocuments(goldDir, "dev")
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

// TestAccuracy holds the stage to its floors on articles it was not trained on.
func TestAccuracy(t *testing.T) {
	annotate, err := Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	var tags tally
	var found, predicted, gold int
	for _, doc := range goldDev(t) {
		guess := &corpus.Document{Text: doc.Text}
		guess.Tokens, guess.Sentences = doc.Tokens, doc.Sentences
		if err := annotate(guess); err != nil {
			t.Fatal(err)
		}
		for i := range doc.Tags {
			tags.count(doc.Tags[i] == guess.Tags[i])
		}
		want := map[corpus.Entity]bool{}
		for _, e := range doc.Entities {
			want[e] = true
		}
		for _, e := range guess.Entities {
			if want[e] {
				found++
			}
		}
		predicted += len(guess.Entities)
		gold += len(doc.Entities)
	}
	f1 := 200 * float64(found) / float64(predicted+gold)
	t.Logf("tags %.2f%% of %d, entities F1 %.2f%% (%d right of %d found, %d there)", tags.percent(), tags.all, f1, found, predicted, gold)
	if tags.percent() < 94 || f1 < 75 {
		t.Errorf("tags %.2f%% (floor 94), entities F1 %.2f%% (floor 75)", tags.percent(), f1)
	}
}

func BenchmarkTag(b *testing.B) {
	docs := goldDev(b)
	annotate, err := Stage{}.Annotator()
	if err != nil {
		b.Fatal(err)
	}
	tokens, bytes := 0, 0
	for _, doc := range docs {
		tokens += len(doc.Tokens)
		bytes += len(doc.Text)
	}
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	for b.Loop() {
		for _, doc := range docs {
			if err := annotate(doc); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
