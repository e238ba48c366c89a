package verdict

import (
	"math"

	"onrecord/stages/internal/linear"
	"onrecord/stages/internal/newsmtsc"
)

// Row is an example with the sum of its judgements and its fold.
type Row struct {
	linear.Example
	Sum  float32
	Fold int
}

// Probabilities are those of the classes by a regression and a rule.
func (r *Row) Probabilities(words *linear.Regression, rule Rule) (p [Classes]float64) {
	words.Scores(r.Features, nil, p[:])
	rule.Join(&p, r.Sum)
	return p
}

// Examples are the rows outside a fold; -1 leaves none out.
func Examples(rows []Row, fold int) []linear.Example {
	var out []linear.Example
	for i := range rows {
		if rows[i].Fold != fold {
			out = append(out, rows[i].Example)
		}
	}
	return out
}

// HeldOut counts what is said of rows that nothing was learned from, by groups (folds or
// articles) that hang together.
type HeldOut struct {
	confusion map[[2]int]int // {gold, said}
	promised  []float64      // the probability of what was said
	right     []bool
	groups    []int
}

// Judge adds what a regression and a rule say of a row.
func (h *HeldOut) Judge(r *Row, words *linear.Regression, rule Rule) {
	h.Said(r, r.Probabilities(words, rule))
}

// Said adds what is said of a row.
func (h *HeldOut) Said(r *Row, p [Classes]float64) {
	c := Best(&p)
	if h.confusion == nil {
		h.confusion = map[[2]int]int{}
	}
	h.confusion[[2]int{r.Class - 1, c - 1}]++
	h.Promise(p[c], c == r.Class, r.Fold)
}

// Promise adds a verdict by its probability.
func (h *HeldOut) Promise(p float64, right bool, group int) {
	h.promised, h.right, h.groups = append(h.promised, p), append(h.right, right), append(h.groups, group)
}

// Fold learns from all folds but one and judges that one.
func (h *HeldOut) Fold(rows []Row, fold int, how linear.Logistic, rule Rule) {
	words := how.Fit(Classes, Examples(rows, fold))
	for i := range rows {
		if rows[i].Fold == fold {
			h.Judge(&rows[i], words, rule)
		}
	}
}

// Len is how many rows were judged.
func (h *HeldOut) Len() int { return len(h.promised) }

// MacroF1 is in percent.
func (h *HeldOut) MacroF1() float64 { return newsmtsc.MacroF1(h.confusion) }

// Accuracy is the share of verdicts that are right, in percent.
func (h *HeldOut) Accuracy() float64 {
	right := 0.0
	for _, r := range h.right {
		if r {
			right++
		}
	}
	return 100 * right / float64(max(len(h.right), 1))
}

// Fit is a way to learn how often a verdict is right.
type Fit func(promised []float64, right []bool) linear.Curve

// Curve is fitted on all rows.
func (h *HeldOut) Curve(fit Fit) linear.Curve { return fit(h.promised, h.right) }

// Errors are the expected calibration errors, in points, of the probabilities as they
// are, and of curves fitted without the group that they are checked on; and what chance
// alone would make of the latter.
func (h *HeldOut) Errors(fit Fit, bins int) (before, after, chance float64) {
	checked := make([]float64, len(h.promised))
	curves := map[int]linear.Curve{}
	for i, g := range h.groups {
		curve, ok := curves[g]
		if !ok {
			curve = h.without(g, fit)
			curves[g] = curve
		}
		checked[i] = curve.At(h.promised[i])
	}
	return 100 * linear.CalibrationError(h.promised, h.right, bins), 100 * linear.CalibrationError(checked, h.right, bins), 100 * linear.CalibrationNoise(checked, bins)
}

func (h *HeldOut) without(group int, fit Fit) linear.Curve {
	var promised []float64
	var right []bool
	for i, g := range h.groups {
		if g != group {
			promised, right = append(promised, h.promised[i]), append(right, h.right[i])
		}
	}
	return fit(promised, right)
}

// Isotonic fits a rising curve, for many rows.
func Isotonic(promised []float64, right []bool) linear.Curve {
	return linear.FitIsotonic(promised, right, 400)
}

// Tempered fits one number, for few rows: what the odds of a verdict are raised to.
func Tempered(promised []float64, right []bool) linear.Curve {
	scores, classes := make([][]float64, len(promised)), make([]int, len(promised))
	for i, p := range promised {
		scores[i] = []float64{0, odds(p)}
		if right[i] {
			classes[i] = 1
		}
	}
	t := linear.FitTemperature(scores, classes)
	var c linear.Curve
	for x := 0.3; x < 1; x += 0.05 {
		c.X, c.Y = append(c.X, x), append(c.Y, linear.Sigmoid(odds(x)/t))
	}
	c.X, c.Y = append(c.X, 1), append(c.Y, linear.Sigmoid(odds(0.999)/t))
	return c
}

// odds are natural logarithms.
func odds(p float64) float64 {
	p = max(1e-3, min(1-1e-3, p))
	return math.Log(p / (1 - p))
}
