package parse

import (
	"strings"
	"testing"
	"time"

	"onrecord/corpus"
	"onrecord/stages/internal/conll"
	"onrecord/stages/tag"
)

func annotator(t testing.TB) func(*corpus.Document) error {
	t.Helper()
	annotate, err := Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	return annotate
}

// tokenised makes a document of sentences whose tokens stand between spaces.
func tokenised(sentences ...string) *corpus.Document {
	doc := &corpus.Document{}
	for _, s := range sentences {
		first := int32(len(doc.Tokens))
		for _, w := range strings.Fields(s) {
			start := int32(len(doc.Text))
			doc.Text += w + " "
			doc.Tokens = append(doc.Tokens, corpus.Span{Start: start, End: start + int32(len(w))})
		}
		doc.Sentences = append(doc.Sentences, corpus.Span{Start: first, End: int32(len(doc.Tokens))})
	}
	doc.Tags = make([]corpus.Tag, len(doc.Tokens))
	return doc
}

// broken says what is wrong with the arcs of a document, if anything is: they are to
// be one tree a sentence, without crossings.
func broken(doc *corpus.Document) string {
	if len(doc.Arcs) != len(doc.Tokens) {
		return "not one arc a token"
	}
	for _, s := range doc.Sentences {
		roots := 0
		for i := s.Start; i < s.End; i++ {
			a := doc.Arcs[i]
			switch {
			case a.Head < 0:
				roots++
				if a.Relation != corpus.Root {
					return "a root's relation is " + a.Relation.String()
				}
				continue
			case a.Head < s.Start || a.Head >= s.End || a.Head == i:
				return "a head is outside the sentence"
			case a.Relation <= corpus.Root || int(a.Relation) >= corpus.NumRelations:
				return "a relation is " + a.Relation.String()
			}
			steps := int32(0)
			for h := a.Head; h >= 0; h = doc.Arcs[h].Head {
				if steps++; steps > s.End-s.Start {
					return "heads go in circles"
				}
			}
			for k := min(i, a.Head) + 1; k < max(i, a.Head); k++ {
				if h := doc.Arcs[k].Head; h < min(i, a.Head) || h > max(i, a.Head) {
					return "arcs cross"
				}
			}
		}
		if roots != 1 && s.Len() > 0 {
			return "not one root"
		}
	}
	return ""
}

func FuzzTreesAreTrees(f *testing.F) {
	f.Add("The mayor said that nobody left .", []byte{3, 12, 32, 6, 12, 32, 38})
	f.Add("", []byte{})
	f.Add("a", []byte{255})
	f.Add("\" \" \" , , , ( ( said", []byte{0})
	annotate := annotator(f)
	f.Fuzz(func(t *testing.T, text string, tags []byte) {
		if len(text) > 1000 {
			return
		}
		doc := tokenised(text)
		for i := range doc.Tags {
			if len(tags) > 0 {
				doc.Tags[i] = corpus.Tag(tags[i%len(tags)]) % corpus.NumTags
			}
		}
		if err := annotate(doc); err != nil {
			t.Fatal(err)
		}
		if problem := broken(doc); problem != "" {
			t.Errorf("%s: %v of %q", problem, doc.Arcs, text)
		}
	})
}

// TestTimeGrowsWithTheText promises that a sentence that never ends costs what its
// tokens cost: four times the tokens would take 16 times as long if every token looked
// at all others.
func TestTimeGrowsWithTheText(t *testing.T) {
	annotate := annotator(t)
	for _, words := range []string{"( ", "said that ", "the ", ", and \" ", "of dogs , "} {
		least := func(tokens int) time.Duration {
			doc := tokenised(strings.Repeat(words, tokens/len(strings.Fields(words))))
			for i := range doc.Tags {
				doc.Tags[i] = corpus.Tag(1+i*7) % corpus.NumTags
			}
			best := time.Hour
			for range 2 {
				start := time.Now()
				if err := annotate(doc); err != nil {
					t.Fatal(err)
				}
				best = min(best, time.Since(start))
			}
			return best
		}
		// A busy machine may disturb a measurement, but not all of them.
		var small, large time.Duration
		for range 10 {
			if small, large = least(3000), least(12000); large <= 10*small {
				break
			}
		}
		if large > 10*small {
			t.Errorf("%q: four times the tokens take %v instead of %v", words, large, small)
		}
	}
}

func TestNothingIsAllocatedForATokenInSteadyState(t *testing.T) {
	annotate := annotator(t)
	doc := tokenised("The mayor of the town said on Monday that nobody had left .", "He left .")
	if n := testing.AllocsPerRun(100, func() { annotate(doc) }); n > 1 {
		t.Errorf("%g allocations, want one for the arcs", n)
	}
}

// TestSentencesByHand compares with sentences that people parsed: the constructions
// that attribution stands on. Tags are those that the tagger finds.
func TestSentencesByHand(t *testing.T) {
	sentences, err := conll.ReadFile("testdata/sanity.conll")
	if err != nil {
		t.Fatal(err)
	}
	retag, err := tag.Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	annotate := annotator(t)
	var heads, labelled, speech tally
	for _, want := range sentences {
		got := &corpus.Document{Text: want.Text}
		got.Tokens, got.Sentences = want.Tokens, want.Sentences
		if err := retag(got); err != nil {
			t.Fatal(err)
		}
		if err := annotate(got); err != nil {
			t.Fatal(err)
		}
		for i, arc := range want.Arcs {
			heads.count(got.Arcs[i].Head == arc.Head)
			labelled.count(got.Arcs[i] == arc)
			switch arc.Relation {
			case corpus.Nsubj, corpus.Nsubjpass, corpus.Ccomp, corpus.Root:
				speech.count(got.Arcs[i] == arc)
			}
			if got.Arcs[i] != arc {
				t.Logf("%s: %s is %v of %s, got %v of %s in %s", want.Comments["construction"], want.Tokens[i].Of(want.Text),
					arc.Relation, name(want.Document, arc.Head), got.Arcs[i].Relation, name(want.Document, got.Arcs[i].Head), want.Text)
			}
		}
	}
	t.Logf("unlabelled %.1f%%, labelled %.1f%% of %d; subjects, clauses and roots %.1f%% of %d",
		heads.percent(), labelled.percent(), heads.all, speech.percent(), speech.all)
	if heads.percent() < sanityHeads || labelled.percent() < sanityLabelled {
		t.Errorf("below the floors: unlabelled %d%%, labelled %d%%", sanityHeads, sanityLabelled)
	}
}

// Floors a little below what was measured.
const sanityHeads, sanityLabelled = 93, 91

func name(doc *corpus.Document, i int32) string {
	if i < 0 {
		return "nothing"
	}
	return doc.Tokens[i].Of(doc.Text)
}
