package quote

import (
	"maps"
	"slices"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/internal/linear"
)

func TestGold(t *testing.T) {
	s := scores{rules: map[string]*tally{}}
	for _, l := range measured(t) {
		s.add(l, l.doc.Statements)
	}
	t.Logf("\n%s", &s)
	for _, floor := range []struct {
		name        string
		value, want float64
	}{
		{"relation F1", s.relation.f1(), 61},
		{"direct quotations found", s.found[corpus.Direct].recall(), 94},
	} {
		if floor.value < floor.want {
			t.Errorf("%s %.1f, want at least %.1f", floor.name, floor.value, floor.want)
		}
	}
	for _, n := range slices.Sorted(maps.Keys(s.rules)) {
		t.Logf("%-20s %5d given %.1f right", n, s.rules[n].given, s.rules[n].precision())
	}
}

// TestConfidence measures how far the stated probabilities are from the shares of
// right statements on the articles, in ten steps.
func TestConfidence(t *testing.T) {
	var stated []float64
	var rights []bool
	var steps [10]struct{ given, right, sum float64 }
	for _, l := range measured(t) {
		found := matches(l, l.doc.Statements)
		for i, st := range l.doc.Statements {
			j := slices.Index(found, i)
			right := j >= 0 && sameSource(l.Attributions[j], st)
			stated, rights = append(stated, float64(st.Confidence)), append(rights, right)
			s := &steps[min(int(st.Confidence*10), 9)]
			s.given++
			s.sum += float64(st.Confidence)
			if right {
				s.right++
			}
		}
	}
	for _, s := range steps {
		if s.given > 0 {
			t.Logf("stated %.2f, right %.2f of %.0f", s.sum/s.given, s.right/s.given, s.given)
		}
	}
	off := 100 * linear.CalibrationError(stated, rights, len(steps))
	t.Logf("expected calibration error %.1f points", off)
	if off > 5 {
		t.Errorf("expected calibration error %.1f points, want at most 5", off)
	}
}

// TestMinConfidenceCurve prints what a user trades by the option MinConfidence.
func TestMinConfidenceCurve(t *testing.T) {
	lessons := measured(t)
	last := 0.0
	for _, min := range []float32{0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95} {
		var s scores
		for _, l := range lessons {
			sure := slices.DeleteFunc(slices.Clone(l.doc.Statements), func(st corpus.Statement) bool { return st.Confidence < min })
			s.relate(l, kept(l, sure))
		}
		t.Logf("from %.2f on: precision %.1f, recall %.1f", min, s.relation.precision(), s.relation.recall())
		if p := s.relation.precision(); p < last {
			t.Errorf("precision falls to %.1f from %.1f at %.2f", p, last, min)
		} else {
			last = p
		}
	}
}
