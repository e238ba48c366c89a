package tone

import (
	"os"
	"strings"
	"testing"

	"onrecord/corpus"
)

// suiteFloor is the share of the suite that must be right, in percent. Raise it when the scorer gets better.
const suiteFloor = 90

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
			t.Logf("%-16s %3d of %3d", phenomenon, right, all)
		}
		totalRight, total = totalRight+right, total+all
		right, all = 0, 0
	}
	want := map[string]corpus.Polarity{"+": corpus.Positive, "-": corpus.Negative, "0": corpus.Neutral}
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
		if got := score(t, sc, sentence); got.Label == label {
			right++
		} else {
			t.Logf("  wanted %s, got %s %.2f: %s %s", label, got.Label, got.Score, sentence, marked(sentence, got.Terms))
		}
	}
	flush()
	share := 100 * float64(totalRight) / float64(total)
	t.Logf("%-16s %3d of %3d, %.1f%%", "all", totalRight, total, share)
	if share < suiteFloor {
		t.Errorf("%.1f%% of the suite is right, the floor is %d%%", share, suiteFloor)
	}
}

// marked lists terms with their words.
func marked(text string, terms []corpus.Term) string {
	var b strings.Builder
	for _, m := range terms {
		b.WriteString("«" + m.Of(text) + "»")
		if m.Weight < 0 {
			b.WriteString("- ")
		} else {
			b.WriteString("+ ")
		}
	}
	return b.String()
}
