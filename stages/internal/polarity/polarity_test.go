package polarity

import (
	"os"
	"slices"
	"strings"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/internal/bare"
)

func TestInflect(t *testing.T) {
	tests := []struct {
		word, pos string
		want      []string
	}{
		{"praise", "v", []string{"praises", "praised", "praising"}},
		{"slam", "v", []string{"slams", "slammed", "slamming"}},
		{"deny", "v", []string{"denies", "denied", "denying"}},
		{"crush", "v", []string{"crushes", "crushed", "crushing"}},
		{"agree", "v", []string{"agrees", "agreed", "agreeing"}},
		{"lose", "v", []string{"loses", "lost", "losing"}},
		{"fail_to", "v", []string{"fails_to", "failed_to", "failing_to"}},
		{"put_an_end_to", "v", []string{"puts_an_end_to", "putting_an_end_to"}},
		{"tragedy", "n", []string{"tragedies"}},
		{"terrible", "a", []string{"terribly"}},
		{"happy", "a", []string{"happily"}},
		{"tragic", "a", []string{"tragically"}},
	}
	for _, tt := range tests {
		if got := inflect(tt.word, tt.pos); !slices.Equal(got, tt.want) {
			t.Errorf("inflect(%q, %q) = %q, want %q", tt.word, tt.pos, got, tt.want)
		}
	}
}

func TestListsAreSortedAndWithoutRepeats(t *testing.T) {
	for _, file := range []string{"seed.txt", "vader.txt", "operators.txt"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var seen []string
		for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
			if !strings.HasPrefix(line, "#") {
				seen = append(seen, line)
			}
		}
		if !slices.IsSorted(seen) {
			for i := 1; i < len(seen); i++ {
				if seen[i-1] > seen[i] {
					t.Errorf("%s: %q stands before %q", file, seen[i-1], seen[i])
					break
				}
			}
		}
		if len(slices.Compact(seen)) != len(seen) {
			t.Errorf("%s has repeated lines", file)
		}
	}
}

func TestVerbsOfSayingWeighNothing(t *testing.T) {
	lex, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []string{"said", "says", "told", "stated", "added", "noted", "claimed", "announced", "reported", "explained"} {
		if id, ok := lex.words[w]; ok {
			if weight, _ := lex.Entries[id].Weight(corpus.VBD); weight != 0 {
				t.Errorf("%q weighs %.2f", w, weight)
			}
		}
	}
}

func TestParseLemmasRefusesWhatItCannotRead(t *testing.T) {
	for _, text := range []string{"good", "good one", "good 1 x", "good 1 a more"} {
		if _, err := ParseLemmas(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

// read annotates a text and looks its words up.
func read(t *testing.T, a *Analyzer, doc *corpus.Document, text string) {
	t.Helper()
	annotator, err := bare.New()
	if err != nil {
		t.Fatal(err)
	}
	if err := annotator.Annotate(doc, text); err != nil {
		t.Fatal(err)
	}
	a.Reset(doc)
}

func analyzer(t *testing.T) *Analyzer {
	t.Helper()
	lex, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return NewAnalyzer(lex)
}

func TestHitsStayInTheirSentence(t *testing.T) {
	a := analyzer(t)
	for _, text := range []string{"", " ", "“We don’t agree,” he said. U.S. rules—old ones—stay.", "Dr. Who's 3.5 percent, isn't it?", "日本 is great", strings.Repeat("no ", 5000)} {
		var doc corpus.Document
		read(t, a, &doc, text)
		for _, s := range doc.Sentences {
			for _, h := range a.Hits(nil, s.Start, s.End) {
				if h.First > h.Head || h.Head > h.Last || h.First < s.Start || h.Last >= s.End {
					t.Errorf("hit %+v leaves its sentence %v of %.40q", h, s, text)
				}
			}
		}
	}
}

func TestPartsLeaveTheSourceOut(t *testing.T) {
	var doc corpus.Document
	read(t, analyzer(t), &doc, "The envoy said it works. It lasts, he added.")
	st := corpus.Statement{Cue: []corpus.Span{{Start: 10, End: 14}}, Content: []corpus.Span{{Start: 15, End: 34}}}
	var got []string
	for _, p := range Parts(nil, &doc, &st) {
		got = append(got, corpus.Span{Start: doc.Tokens[p.Start].Start, End: doc.Tokens[p.End-1].End}.Of(doc.Text))
	}
	if want := []string{"said it works.", "It lasts,"}; !slices.Equal(got, want) {
		t.Errorf("parts %q, want %q", got, want)
	}
}
