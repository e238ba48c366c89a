package stance

import (
	"os"
	"strings"
	"testing"

	"onrecord/corpus"
)

// suiteFloor is the share of the suite that must be right, in percent. Raise it when the scorer gets better.
const suiteFloor = 85

// TestSuiteByPhenomenon prints the share right of each phenomenon.
func TestSuiteByPhenomenon(t *testing.T) {
	text, err := os.ReadFile("testdata/suite.txt")
	if err != nil {
		t.Fatal(err)
	}
	sc, err := NewScorer()
	if err != nil {
		t.Fatal(err)
	}
	var phenomenon string
	var right, all, totalRight, total int
	flush := func() {
		if all > 0 {
			t.Logf("%-24s %3d of %3d", phenomenon, right, all)
		}
		totalRight, total = totalRight+right, total+all
		right, all = 0, 0
	}
	want := map[string]corpus.Position{"+": corpus.Support, "-": corpus.Oppose, "0": corpus.NoPosition}
	for _, line := range strings.Split(string(text), "\n") {
		mark, sentence, _ := strings.Cut(line, " ")
		if mark == "#" {
			flush()
			phenomenon = sentence
			continue
		}
		label, ok := want[mark]
		if !ok {
			continue
		}
		all++
		plain, target := unmark(sentence)
		got, err := sc.Score(plain, target)
		if err != nil {
			t.Fatal(err)
		}
		if got.Label == label {
			right++
		} else {
			t.Logf("  wanted %s, got %s %.2f: %s %s", label, got.Label, got.Score, sentence, sc.reasons())
		}
	}
	flush()
	share := 100 * float64(totalRight) / float64(total)
	t.Logf("%-24s %3d of %3d, %.1f%%", "all", totalRight, total, share)
	if share < suiteFloor {
		t.Errorf("%.1f%% of the suite is right, the floor is %d%%", share, suiteFloor)
	}
}

// unmark takes the brackets off a target.
func unmark(s string) (string, corpus.Span) {
	from, to := strings.IndexByte(s, '['), strings.IndexByte(s, ']')
	return s[:from] + s[from+1:to] + s[to+1:], corpus.Span{Start: int32(from), End: int32(to - 1)}
}

// reasons lists the judgements of the last target with their relations.
func (sc *Scorer) reasons() string {
	var b strings.Builder
	for _, x := range sc.bearing {
		s := corpus.Span{Start: sc.doc.Tokens[x.hit.First].Start, End: sc.doc.Tokens[x.hit.Last].End}
		b.WriteString("«" + s.Of(sc.doc.Text) + "» " + relationNames[x.relation] + " ")
	}
	return b.String()
}
