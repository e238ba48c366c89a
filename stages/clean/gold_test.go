package clean

import (
	"errors"
	"io/fs"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
)

// leastFound is the floor in percent below: people also left out biographies of
// authors, lists and whole columns, which no rule of lines can tell.
const leastFound = 50

// TestAnnotatedWordsAreNoBoilerplate counts what the rules take out of annotated
// articles, which are not part of this repository, and how much of it somebody
// marked as source, cue or content.
func TestAnnotatedWordsAreNoBoilerplate(t *testing.T) {
	run, err := Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	for _, split := range []string{"train", "dev"} {
		articles, err := gold.Attributed(gold.Dir, split)
		if errors.Is(err, fs.ErrNotExist) {
			t.Skip("no annotated articles beside the repository: nothing to count in")
		}
		if err != nil {
			t.Fatal(err)
		}
		taken, lost := map[string]int{}, 0
		all, discarded, found := 0, 0, 0
		for _, a := range articles {
			doc := &corpus.Document{Text: a.Text}
			if err := run(doc); err != nil {
				t.Fatal(err)
			}
			for _, b := range doc.Blocks {
				all++
				if b.Kind != corpus.Boilerplate {
					continue
				}
				taken[b.Rule]++
				if holdsAnnotation(a, b.Span) {
					lost++
					t.Logf("%s: %s: %q", a.ID, b.Rule, b.Of(a.Text))
				}
			}
			for _, d := range a.Discard {
				discarded++
				if overlapsBoilerplate(doc, d) {
					found++
				} else if testing.Verbose() {
					t.Logf("%s: kept: %q", a.ID, d.Of(a.Text))
				}
			}
		}
		n := 0
		for _, k := range taken {
			n += k
		}
		t.Logf("%s: %d of %d blocks are boilerplate, %d of them hold annotated words: %v", split, n, all, lost, taken)
		t.Logf("%s: %d of %d pieces that people left out as no part of the article are boilerplate", split, found, discarded)
		if lost*100 > n {
			t.Errorf("%s: more than one block of boilerplate in a hundred holds annotated words", split)
		}
		if found*100 < leastFound*discarded {
			t.Errorf("%s: less than %d%% of what people left out is boilerplate", split, leastFound)
		}
	}
}

func overlapsBoilerplate(doc *corpus.Document, s corpus.Span) bool {
	for _, b := range doc.Blocks {
		if b.Kind == corpus.Boilerplate && b.Overlaps(s) {
			return true
		}
	}
	return false
}

func holdsAnnotation(a gold.Article, s corpus.Span) bool {
	for _, at := range a.Attributions {
		for _, list := range [...][]corpus.Span{at.Source, at.Cue, at.Content} {
			for _, span := range list {
				if span.Overlaps(s) {
					return true
				}
			}
		}
	}
	return false
}
