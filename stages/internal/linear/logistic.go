package linear

import (
	"math"
	"math/rand/v2"
)

// Example is one labelled case of a logistic regression.
type Example struct {
	Features []Feature
	Values   []float32 // one a feature; nil: all 1
	Class    int       // from 0; of a binary regression 1 is yes
	Weight   float32   // how much it counts; 0 is 1
	Group    int       // of examples that hang together, those of one article; 0: it stands alone
}

// Logistic says how a [Regression] is learned. The zero value of every field but Bits
// is a usable default.
type Logistic struct {
	Bits   uint    // 1<<Bits buckets, 3 to 28
	Epochs int     // passes over the examples; 10 if 0
	Rate   float64 // of learning; 0.1 if 0
	L1     float64 // pull to zero, a constant a weight: weights that stay there are pruned
	L2     float64 // pull to zero, in proportion to a weight
	Seed   uint64  // of the order of the examples
	Least  int     // features of fewer examples, or groups of them, are left out
	Bayes  bool    // scale features by how much each tells of a class; see [scales]
}

// Fit learns a regression with that many classes (1: binary). The same examples in the
// same order give the same weights.
//
// The method is FTRL-Proximal (McMahan et al., KDD 2013): gradient descent with a
// rate for every weight, falling with the gradients it saw, and with regularization
// that costs nothing for the features an example has not. L1 and L2 are those of the
// sum of the losses over all epochs, not of their mean: they need not grow with the
// data, and 1 to 10 is where to look for L2.
func (o Logistic) Fit(classes int, examples []Example) *Regression {
	if o.Least > 1 {
		examples = frequent(examples, o.Least)
	}
	l := newLearner(classes, o)
	if o.Bayes {
		l.scale = scales(classes, o.Bits, examples)
	}
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(o.Seed, uint64(len(examples))))
	for range l.Epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			l.learn(&examples[i])
		}
	}
	return l.regression()
}

// learner is FTRL-Proximal's state: every weight follows from two sums.
type learner struct {
	Logistic
	classes int
	pull    []float64 // z: gradients, corrected by the steps already made; buckets x classes, then a bias a class
	square  []float64 // n: squared gradients
	scale   []float32 // of the weights of the buckets; nil: all 1
	p       [MaxClasses]float64
}

func newLearner(classes int, o Logistic) *learner {
	if o.Epochs == 0 {
		o.Epochs = 10
	}
	if o.Rate == 0 {
		o.Rate = 0.1
	}
	n := classes<<o.Bits + classes
	return &learner{Logistic: o, classes: classes, pull: make([]float64, n), square: make([]float64, n)}
}

// learn moves the weights of one example's features.
func (l *learner) learn(e *Example) {
	p := l.p[:l.classes]
	bias := l.classes << l.Bits
	for c := range p {
		p[c] = l.biasWeight(bias + c)
	}
	for i, f := range e.Features {
		row, v := l.row(f), value(e.Values, i)
		for c := range p {
			p[c] += float64(l.weight(row+c) * l.scaled(row+c, v))
		}
	}
	if l.classes == 1 {
		p[0] = Sigmoid(p[0]) - float64(e.Class)
	} else {
		Softmax(p, 1)
		p[e.Class]--
	}
	if e.Weight != 0 {
		for c := range p {
			p[c] *= float64(e.Weight)
		}
	}
	for c, g := range p {
		l.step(bias+c, g, l.biasWeight(bias+c))
	}
	for i, f := range e.Features {
		row, v := l.row(f), value(e.Values, i)
		for c, g := range p {
			l.step(row+c, float64(g*l.scaled(row+c, v)), l.weight(row+c))
		}
	}
}

func value(values []float32, i int) float64 {
	if values == nil {
		return 1
	}
	return float64(values[i])
}

// scaled is a value as the weight i sees it.
func (l *learner) scaled(i int, v float64) float64 {
	if l.scale == nil {
		return v
	}
	return float64(float64(l.scale[i]) * v)
}

func (l *learner) row(f Feature) int { return int(f>>(64-l.Bits)) * l.classes }

// patience is McMahan's beta: how slowly the rate of a weight falls at first.
const patience = 1

func (l *learner) weight(i int) float64 {
	z := l.pull[i]
	switch {
	case z > l.L1:
		z -= l.L1
	case z < -l.L1:
		z += l.L1
	default:
		return 0
	}
	return -z / ((patience+math.Sqrt(l.square[i]))/l.Rate + l.L2)
}

// biasWeight is weight without regularization.
func (l *learner) biasWeight(i int) float64 {
	return -l.pull[i] / ((patience + math.Sqrt(l.square[i])) / l.Rate)
}

func (l *learner) step(i int, gradient, weight float64) {
	if gradient == 0 {
		return
	}
	n := l.square[i] + float64(gradient*gradient)
	sigma := (math.Sqrt(n) - math.Sqrt(l.square[i])) / l.Rate
	l.pull[i] += gradient - float64(sigma*weight)
	l.square[i] = n
}

// regression packs the weights into 16 bits each.
func (l *learner) regression() *Regression {
	size := l.classes << l.Bits
	weights := make([]float64, size)
	largest := 0.0
	for i := range weights {
		weights[i] = l.scaled(i, l.weight(i))
		largest = max(largest, math.Abs(weights[i]))
	}
	r := &Regression{classes: l.classes, shift: 64 - l.Bits, unit: 1, rows: make([]int16, size)}
	if largest > 0 {
		r.unit = largest / math.MaxInt16
	}
	for i, w := range weights {
		r.rows[i] = int16(math.Round(w / r.unit))
	}
	for c := range l.classes {
		r.bias = append(r.bias, l.biasWeight(size+c))
	}
	return r
}
