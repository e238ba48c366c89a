package segment

import (
	"strings"
	"testing"
	"time"

	"onrecord/corpus"
)

// TestHostileTextsTakeLinearTime promises that four times the text takes a few times the
// time, whatever it is made of.
func TestHostileTextsTakeLinearTime(t *testing.T) {
	run, err := Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	took := func(text string) time.Duration {
		best := time.Hour
		for range 5 {
			doc := &corpus.Document{Text: text, Layers: corpus.Layers{Blocks: []corpus.Block{{Span: corpus.Span{End: int32(len(text))}}}}}
			start := time.Now()
			if err := run(doc); err != nil {
				t.Fatal(err)
			}
			best = min(best, time.Since(start))
		}
		return best
	}
	for _, piece := range []string{"a", "a.", "A.", "a-", "'", "''", "’", "<a", "<a ", "http://", "www.", "a@", "a_", ". ", "..", "!?", "\"", "( ", ") ",
		"1,", "1-", "@", "\u200b", "\xff", "é.", "n't", "St. ", "\n"} {
		const bytes = 100_000
		short := strings.Repeat(piece, bytes/len(piece))
		a, b := took(short), took(strings.Repeat(short, 4))
		// Quadratic time would be 16 times as much, and seconds.
		if b > 9*a && b > time.Second/2 {
			t.Errorf("%q: %v for %d bytes, %v for four times as many", piece, a, len(short), b)
		}
	}
}
