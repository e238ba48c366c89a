package quote

import (
	"flag"
	"maps"
	"math"
	"slices"
	"testing"

	"onrecord/corpus"
)

var goldPart = flag.String("part", "train", "articles that TestGold measures: train or dev")

func TestGold(t *testing.T) {
	s := scores{rules: map[string]*tally{}}
	annotate(t, loadGold(t, *goldPart), Stage{}, func(a *article, doc *corpus.Document) { s.add(a, doc.Statements) })
	t.Logf("\n%s", &s)
	for _, n := range slices.Sorted(maps.Keys(s.rules)) {
		t.Logf("%-20s %5d given %.1f right", n, s.rules[n].given, s.rules[n].precision())
	}
}

// TestConfidence measures how far the stated probabilities are from the shares of
// right statements on the articles, in ten steps.
func TestConfidence(t *testing.T) {
	var steps [10]struct{ given, right, sum float64 }
	total := 0.0
	annotate(t, loadGold(t, "dev"), Stage{}, func(a *article, doc *corpus.Document) {
		found := matches(a, doc.Statements)
		for i, st := range doc.Statements {
			s := &steps[min(int(st.Confidence*10), 9)]
			s.given++
			s.sum += float64(st.Confidence)
			total++
			if j := slices.Index(found, i); j >= 0 && sameSource(a.Attributions[j], st) {
				s.right++
			}
		}
	})
	off := 0.0
	for _, s := range steps {
		if s.given > 0 {
			t.Logf("stated %.2f, right %.2f of %.0f", s.sum/s.given, s.right/s.given, s.given)
			off += math.Abs(s.sum - s.right)
		}
	}
	if off = 100 * off / total; off > 5 {
		t.Errorf("expected calibration error %.1f points, want at most 5", off)
	} else {
		t.Logf("expected calibration error %.1f points", off)
	}
}
