package parse

import (
	"os"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
	"onrecord/stages/tag"
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

// ourTags gives documents the tags that the chain gives them.
func ourTags(t testing.TB, docs []*corpus.Document) {
	annotate, err := tag.Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	for _, doc := range docs {
		if err := annotate(doc); err != nil {
			t.Fatal(err)
		}
	}
}

// attachment counts heads, and heads with relations, with and without punctuation.
type attachment struct {
	heads, labelled, headsNoPunct, labelledNoPunct tally

	relations [corpus.NumRelations]tally // the labelled ones, by the relation in the reference
}

func attach(t testing.TB, docs []*corpus.Document) (a attachment) {
	annotate, err := Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	for _, doc := range docs {
		guess := &corpus.Document{Text: doc.Text}
		guess.Tokens, guess.Sentences, guess.Tags = doc.Tokens, doc.Sentences, doc.Tags
		if err := annotate(guess); err != nil {
			t.Fatal(err)
		}
		for i, want := range doc.Arcs {
			got := guess.Arcs[i]
			a.heads.count(got.Head == want.Head)
			a.labelled.count(got == want)
			a.relations[want.Relation].count(got == want)
			if want.Relation != corpus.Punct {
				a.headsNoPunct.count(got.Head == want.Head)
				a.labelledNoPunct.count(got == want)
			}
		}
	}
	return a
}

// TestAccuracy holds the stage to its floors on articles it was not trained on, with
// CoreNLP's own output as the reference, on its tokens with its tags and with ours.
func TestAccuracy(t *testing.T) {
	docs := goldDev(t)
	theirs := attach(t, docs)
	ourTags(t, docs)
	ours := attach(t, docs)
	for _, x := range []struct {
		name string
		attachment
	}{{"reference tags", theirs}, {"our tags", ours}} {
		t.Logf("%s: unlabelled %.2f%%, labelled %.2f%%; without punctuation %.2f%%, %.2f%%", x.name,
			x.heads.percent(), x.labelled.percent(), x.headsNoPunct.percent(), x.labelledNoPunct.percent())
	}
	for r, n := range ours.relations {
		if n.all >= 50 {
			t.Logf("%-10s %5d  %.0f%%", corpus.Relation(r), n.all, n.percent())
		}
	}
	if ours.heads.percent() < 84.6 || ours.labelled.percent() < 82.1 {
		t.Error("with our tags below the floors: unlabelled 84.6%, labelled 82.1%")
	}
}

func BenchmarkParse(b *testing.B) {
	docs := goldDev(b)
	ourTags(b, docs)
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

func BenchmarkLoad(b *testing.B) {
	b.SetBytes(int64(len(modelFile)))
	for b.Loop() {
		if _, err := readModel(modelFile); err != nil {
			b.Fatal(err)
		}
	}
}
