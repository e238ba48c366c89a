package quote

import (
	_ "embed"
	"fmt"
	"strconv"
	"sync"
)

//go:embed confidence.txt
var confidenceFile string

// evidence is what the confidence of a statement depends on.
type evidence struct {
	rule   string // what assembled it
	source string // the rule that found its source, "none" if there is none
	chance int    // of its cue, in steps; see step
}

// step puts the chance of a cue into one of four classes.
func step(chance float32) int {
	switch {
	case chance < 0.5:
		return 0
	case chance < 0.7:
		return 1
	case chance < 0.9:
		return 2
	}
	return 3
}

// share is how many statements of a kind were right.
type share struct{ given, right float32 }

// calibration turns evidence into the share of statements that were right on the
// training articles. Rare evidence is drawn towards what is known of the rule,
// and a rare rule towards all rules.
type calibration struct {
	exact  map[evidence]share
	byRule map[string]share
	all    share
}

var loadCalibration = sync.OnceValues(func() (*calibration, error) { return readCalibration(confidenceFile) })

// readCalibration reads lines of "rule source step given right".
func readCalibration(file string) (*calibration, error) {
	c := &calibration{exact: make(map[evidence]share), byRule: make(map[string]share)}
	err := lines("confidence.txt", file, func(f []string) error {
		if len(f) != 5 {
			return fmt.Errorf("%d fields, want 5", len(f))
		}
		var n [3]int
		for i := range n {
			v, err := strconv.Atoi(f[2+i])
			if err != nil {
				return err
			}
			n[i] = v
		}
		s := share{float32(n[1]), float32(n[2])}
		c.exact[evidence{f[0], f[1], n[0]}] = s
		r := c.byRule[f[0]]
		c.byRule[f[0]] = share{r.given + s.given, r.right + s.right}
		c.all = share{c.all.given + s.given, c.all.right + s.right}
		return nil
	})
	return c, err
}

// turnConfidence is that of a turn in an interview. The training articles hold
// interviews, but their annotators did not mark turns; what stands behind a
// returning label is the speaker's by the form of the text.
const turnConfidence = 0.9

// of is the calibrated probability that a statement with this evidence is right.
func (c *calibration) of(e evidence) float32 {
	if e.rule == turnRule {
		return turnConfidence
	}
	const weight = 10 // statements that what is known of the wider class counts for
	p := (c.all.right + 1) / (c.all.given + 2)
	for _, s := range [...]share{c.byRule[e.rule], c.exact[e]} {
		p = (s.right + weight*p) / (s.given + weight)
	}
	return p
}
