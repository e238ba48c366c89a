package linear

import "math/rand/v2"

// Choice is one decision among options that differ from case to case: which of these
// spans is the content. What options have in common is written once: an option's
// features are those of all the groups it lists.
type Choice struct {
	Groups  [][]Feature
	Options [][]int32 // indexes into Groups
	Right   int       // the option to be learned
}

// FitChoices learns a regression of one class by which the right options of choices
// are likeliest: a conditional logit, whose options' probabilities are the [Softmax]
// of their scores. The method is that of [Logistic.Fit].
func (o Logistic) FitChoices(choices []Choice) *Regression {
	l := newLearner(1, o)
	order := make([]int, len(choices))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(o.Seed, uint64(len(choices))))
	var p, scores []float64
	for range l.Epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			p, scores = l.choose(&choices[i], p, scores)
		}
	}
	return l.regression()
}

// choose moves the weights of one choice's features; p and scores are scratch memory.
func (l *learner) choose(c *Choice, p, scores []float64) (_, _ []float64) {
	scores = scores[:0]
	for _, g := range c.Groups {
		sum := 0.0
		for _, f := range g {
			sum += l.weight(l.row(f))
		}
		scores = append(scores, sum)
	}
	p = p[:0]
	for _, groups := range c.Options {
		sum := 0.0
		for _, g := range groups {
			sum += scores[g]
		}
		p = append(p, sum)
	}
	Softmax(p, 1)
	p[c.Right]--
	clear(scores) // from here on gradients
	for i, groups := range c.Options {
		for _, g := range groups {
			scores[g] += p[i]
		}
	}
	for i, g := range c.Groups {
		if scores[i] > -1e-6 && scores[i] < 1e-6 {
			continue
		}
		for _, f := range g {
			row := l.row(f)
			l.step(row, scores[i], l.weight(row))
		}
	}
	return p, scores
}
