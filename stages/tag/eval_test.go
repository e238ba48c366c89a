package tag

import (
	"os"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
)

func goldDev(t testing.TB) []*corpus.Document {
	if _, err := os.Stat(gold.Dir); err != nil {
		t.Skip("no ../shared/gold beside this repository: accuracy is not measured")
	}
	docs, err := gold.Documents(gold.Dir, "dev")
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

// TestAccuracy holds the stage to its floors on articles it was not trained on, with
// CoreNLP's own output as the reference. Since that overlooks many surnames, names are
// compared with the repaired reference too.
func TestAccuracy(t *testing.T) {
	annotate, err := Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	var tags tally
	var raw, repaired agreement
	var r repairer
	for _, doc := range goldDev(t) {
		guess := &corpus.Document{Text: doc.Text}
		guess.Tokens, guess.Sentences = doc.Tokens, doc.Sentences
		if err := annotate(guess); err != nil {
			t.Fatal(err)
		}
		for i := range doc.Tags {
			tags.count(doc.Tags[i] == guess.Tags[i])
		}
		raw.count(doc.Entities, guess.Entities)
		r.repair(doc)
		repaired.count(doc.Entities, guess.Entities)
	}
	t.Logf("tags %.2f%% of %d; names F1 %.2f%%, by the repaired reference %.2f%%", tags.percent(), tags.all, raw.f1(), repaired.f1())
	if tags.percent() < 97.5 || raw.f1() < 86 || repaired.f1() < 91 {
		t.Error("below the floors: tags 97.5%, names 86% and 91%")
	}
}

// agreement compares names: the same span and kind.
type agreement struct{ both, guess, gold int }

func (a *agreement) count(gold, guess []corpus.Entity) {
	want := map[corpus.Entity]bool{}
	for _, e := range gold {
		want[e] = true
	}
	for _, e := range guess {
		if want[e] {
			a.both++
		}
	}
	a.guess += len(guess)
	a.gold += len(gold)
}

func (a *agreement) f1() float64 { return 200 * float64(a.both) / float64(max(a.guess+a.gold, 1)) }

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
