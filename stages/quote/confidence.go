package quote

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"onrecord/stages/internal/linear"
)

// calibration turns what is known of a statement into the share of such statements
// that were right on articles which the models had not seen.
type calibration struct {
	worth   linear.Curve     // by the log-odds of the worth model
	layouts map[string]share // by rule, for what no cue proposed
}

// share is how many statements of a kind were given and how many of them were right.
type share struct{ given, right int }

// turnConfidence is that of a turn in an interview. The training articles hold
// interviews, but their annotators did not mark turns; what stands behind a
// returning label is the speaker's by the form of the text.
const turnConfidence = 0.9

// of is the calibrated probability that a draft is right.
func (c *calibration) of(d *draft) float32 {
	switch {
	case d.rule == turnRule:
		return turnConfidence
	case d.head >= 0:
		return float32(c.worth.At(d.worth))
	}
	// Few were seen of each: they are drawn towards what layouts are worth as a rule.
	const usual, weight = 0.7, 4
	s := c.layouts[d.rule]
	return (float32(s.right) + usual*weight) / (float32(s.given) + weight)
}

// encodeLayouts writes lines of "rule given right".
func encodeLayouts(layouts map[string]share) []byte {
	var b strings.Builder
	for _, rule := range slices.Sorted(maps.Keys(layouts)) {
		fmt.Fprintln(&b, rule, layouts[rule].given, layouts[rule].right)
	}
	return []byte(b.String())
}

func decodeLayouts(data []byte) (map[string]share, error) {
	out := map[string]share{}
	err := lines("layouts", string(data), func(f []string) error {
		if len(f) != 3 {
			return fmt.Errorf("%d fields, want 3", len(f))
		}
		given, err := strconv.Atoi(f[1])
		if err != nil {
			return err
		}
		right, err := strconv.Atoi(f[2])
		if err != nil {
			return err
		}
		out[f[0]] = share{given, right}
		return nil
	})
	return out, err
}
