package stance

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"onrecord/corpus"
	"onrecord/stages/internal/polarity"
)

//go:embed weights.txt
var weightsText string

// relationWeights reads what each relation is worth: `relation negative positive`.
var relationWeights = sync.OnceValues(func() (w [2 * numRelations]float32, err error) {
	seen := 0
	for n, line := range strings.Split(weightsText, "\n") {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		r := relationOf(f[0])
		if r < 0 || len(f) != 3 {
			return w, fmt.Errorf("weights.txt line %d: %q is not `relation negative positive`", n+1, line)
		}
		for k := range 2 {
			x, err := strconv.ParseFloat(f[k+1], 32)
			if err != nil {
				return w, fmt.Errorf("weights.txt line %d: %w", n+1, err)
			}
			w[2*r+k] = float32(x)
		}
		seen++
	}
	if seen != int(numRelations) {
		return w, fmt.Errorf("weights.txt has %d relations, want %d", seen, numRelations)
	}
	return w, nil
})

func relationOf(name string) int {
	for i, n := range relationNames {
		if n == name {
			return i
		}
	}
	return -1
}

// models names the embedded lists for the fingerprint.
func models() []string {
	return []string{"verbs.txt:" + corpus.Revision(verbsText), "weights.txt:" + corpus.Revision(weightsText)}
}

// The label asks for one plain judgement in a close relation; belief is the ordinal
// logistic of label by sum that Fit finds on NewsMTSC, whose labels are of
// targets as ours are.
var (
	decision = polarity.Curve{Low: -0.5, High: 0.5, Scale: 3}
	belief   = polarity.Curve{Low: -0.63, High: 0.82, Scale: 1.29}
)

func label(sum float32) (corpus.Position, float32) {
	l, _ := decision.Label(sum)
	return corpus.Position(l), float32(belief.Probabilities(float64(sum))[l+1])
}
