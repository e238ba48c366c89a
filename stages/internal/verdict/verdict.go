// Package verdict is what the stages that judge share: negative, neutral or positive,
// oppose, neither or support. A regression over words and a rule over the sum of
// judgements each give probabilities; they are joined, the likeliest class is the
// verdict, and a curve says how often such a verdict is right.
package verdict

import (
	"math"

	"onrecord/stages/internal/linear"
	"onrecord/stages/internal/polarity"
)

// Classes of a verdict: against, neither, for.
const Classes = 3

// Model is what was learned, shared and read-only.
type Model struct {
	Words *linear.Regression
	Sure  linear.Curve // how often the likeliest class is right, by its probability
}

// Read takes the model of a name out of a file.
func Read(file *linear.File, name string) (m Model, err error) {
	if m.Words, err = file.Regression(name, Classes); err != nil {
		return m, err
	}
	m.Sure, err = file.Curve(name + " sure")
	return m, err
}

// Add puts a model into a file under a name.
func (m *Model) Add(file *linear.File, name string) {
	file.AddRegression(name, m.Words)
	file.AddCurve(name+" sure", m.Sure)
}

// Rule is what the sum of judgements says, and its share: the power that its
// probabilities are raised to before they are multiplied with the regression's.
type Rule struct {
	polarity.Curve
	Share float64
}

// Join makes probabilities of the regression's scores and of the sum of judgements.
func (r Rule) Join(scores *[Classes]float64, sum float32) {
	linear.Softmax(scores[:], 1)
	total := 0.0
	for c, p := range r.Probabilities(float64(sum)) {
		scores[c] *= math.Pow(p, r.Share)
		total += scores[c]
	}
	for c := range scores {
		scores[c] /= total
	}
}

// Best is the likeliest class; of equals the first.
func Best(p *[Classes]float64) int {
	b := 0
	for c := range p {
		if p[c] > p[b] {
			b = c
		}
	}
	return b
}
