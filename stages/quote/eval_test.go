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
	if f := s.relation.f1(); f < 55 {
		t.Errorf("relation F1 %.1f, want at least 55", f)
	}
	if r := s.found[corpus.Direct].recall(); r < 93 {
		t.Errorf("%.1f of direct quotations found, want at least 93", r)
	}
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

// TestMinConfidenceCurve prints what a user trades by the option MinConfidence.
func TestMinConfidenceCurve(t *testing.T) {
	docs := loadGold(t, "dev")
	last := 0.0
	for _, min := range []float32{0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9} {
		var s scores
		annotate(t, docs, Stage{MinConfidence: min}, func(a *article, doc *corpus.Document) { s.add(a, doc.Statements) })
		t.Logf("from %.1f on: precision %.1f, recall %.1f", min, s.relation.precision(), s.relation.recall())
		if p := s.relation.precision(); p < last {
			t.Errorf("precision falls to %.1f from %.1f at %.1f", p, last, min)
		} else {
			last = p
		}
	}
}
