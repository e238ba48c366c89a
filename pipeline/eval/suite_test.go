package eval

import (
	"strings"
	"testing"
)

// The shares that must be right, in percent. Raise them when the stages get better.
var suiteFloors = map[string]float64{"tone": 85, "stance": 85}

func TestSuitesByPhenomenon(t *testing.T) {
	phenomena, err := Suites()
	if err != nil {
		t.Fatal(err)
	}
	right, all := map[string]int{}, map[string]int{}
	for _, p := range phenomena {
		t.Logf("%-7s %-20s %3d of %3d", p.Stage, p.Name, p.Right, p.All)
		for _, w := range p.Wrong {
			t.Logf("   %s", w)
		}
		right[p.Stage] += p.Right
		all[p.Stage] += p.All
	}
	if n := all["tone"]; n < 300 {
		t.Errorf("the suite of tone has %d sentences, 300 are promised", n)
	}
	for stage, floor := range suiteFloors {
		share := 100 * float64(right[stage]) / float64(all[stage])
		t.Logf("%s: %d of %d, %.1f%%", stage, right[stage], all[stage], share)
		if share < floor {
			t.Errorf("%.1f%% of the suite of %s is right, the floor is %.0f%%", share, stage, floor)
		}
	}
}

func TestSentencesOfTheSuitesDiffer(t *testing.T) {
	for name, text := range map[string]string{"tone": toneSuite, "stance": stanceSuite} {
		seen := map[string]bool{}
		for _, line := range strings.Split(text, "\n") {
			if seen[line] && line != "" {
				t.Errorf("suite of %s: %q is there twice", name, line)
			}
			seen[line] = true
		}
	}
}
