package linear

import "math"

// Perceptron learns a [Model] from examples one at a time: the averaged structured
// perceptron (Collins, 2002), of which greedy classification is the simplest case.
// The zero value is not usable; see [NewPerceptron].
type Perceptron struct {
	classes int
	bits    uint
	stride  int
	step    int64   // examples seen
	weights []int32 // as they stand; buckets x stride
	moved   []int64 // sum of a weight's changes, each times the step at which it was made
	only    *Model  // the buckets that are learned; nil: all
}

// NewPerceptron prepares a learner with 1<<bits buckets, 32 or more.
func NewPerceptron(classes int, bits uint) *Perceptron {
	stride := rowBytes(classes)
	return &Perceptron{classes: classes, bits: bits, stride: stride, weights: make([]int32, stride<<bits), moved: make([]int64, stride<<bits)}
}

// Only makes p, which has as many buckets as m, pass over the buckets for which m has no
// row. To train once, to leave out of the model with [Model.Thin] what hardly matters and
// to train again without it gives a model that is a fraction as large, two or three times
// as quick, and about as good.
func (p *Perceptron) Only(m *Model) { p.only = m }

func (p *Perceptron) passesOver(f Feature) bool { return p.only != nil && p.only.row(f) == 0 }

// Scores adds up the weights as they stand into out, one score a class.
func (p *Perceptron) Scores(features []Feature, out *[MaxClasses]int32) {
	clear(out[:p.classes])
	for _, f := range features {
		if p.passesOver(f) {
			continue
		}
		i := p.row(f)
		for c, w := range p.weights[i : i+p.classes : i+p.classes] {
			out[c] += w
		}
	}
}

// Best classifies with the weights as they stand.
func (p *Perceptron) Best(features []Feature) int {
	var scores [MaxClasses]int32
	p.Scores(features, &scores)
	best := 0
	for c := 1; c < p.classes; c++ {
		if scores[c] > scores[best] {
			best = c
		}
	}
	return best
}

// Learn counts one example and, if the guess was wrong, moves the weights.
func (p *Perceptron) Learn(features []Feature, guess, gold int) {
	if guess != gold {
		for _, f := range features {
			if p.passesOver(f) {
				continue
			}
			i := p.row(f)
			p.weights[i+gold]++
			p.moved[i+gold] += p.step
			p.weights[i+guess]--
			p.moved[i+guess] -= p.step
		}
	}
	p.step++
}

// Move adds delta to the weights that the features have for a class: for learners of
// structures, which compare whole answers. [Perceptron.Step] counts an example.
func (p *Perceptron) Move(features []Feature, class int, delta int32) {
	for _, f := range features {
		if p.passesOver(f) {
			continue
		}
		i := p.row(f) + class
		p.weights[i] += delta
		p.moved[i] += int64(delta) * p.step
	}
}

// Step ends an example of a learner that uses Move.
func (p *Perceptron) Step() { p.step++ }

func (p *Perceptron) row(f Feature) int { return int(f>>(64-p.bits)) * p.stride }

// Model is the average of all weights that ever stood, in eight bits each.
func (p *Perceptron) Model() *Model { return Mean(p) }

// Mean is the model of several learners of the same classes and buckets, each of which
// counts as much as the others. Learners that saw the same examples in other orders differ
// by chance, and in their mean less of it is left.
func Mean(learners ...*Perceptron) *Model {
	p := learners[0]
	average := make([]float64, len(p.weights))
	for _, l := range learners {
		for i, w := range l.weights {
			// What stood on average is what stands, less what came late.
			average[i] += float64(w) - float64(l.moved[i])/float64(max(l.step, 1))
		}
	}
	var square float64
	var count int
	for _, a := range average {
		if a != 0 {
			square += float64(a * a)
			count++
		}
	}
	// Weights have a long tail, and what is in it decides: cutting the parser's at 10
	// deviations cost 1.2 points of its attachment score, at 40 nothing that could be
	// measured against weights of 32 bits.
	const deviations = 40
	unit := 1.0
	if count > 0 {
		unit = 127 / (deviations * math.Sqrt(square/float64(count)))
	}
	used := make([]byte, 1<<p.bits/8)
	var rows []byte
	row := make([]byte, p.classes)
	for i := range 1 << p.bits {
		idle := true
		for c := range row {
			row[c] = byte(zero + max(-zero, min(127, math.Round(average[i*p.stride+c]*unit))))
			idle = idle && zero-negligible <= row[c] && row[c] <= zero+negligible
		}
		if !idle {
			used[i/8] |= 1 << (i % 8)
			rows = append(rows, row...)
		}
	}
	return newModel(p.classes, p.bits, used, rows)
}

// negligible weights are lost in the rounding of the others.
const negligible = 2
