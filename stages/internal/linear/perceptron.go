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
}

// NewPerceptron prepares a learner with 1<<bits buckets.
func NewPerceptron(classes int, bits uint) *Perceptron {
	stride := rowBytes(classes)
	return &Perceptron{classes: classes, bits: bits, stride: stride, weights: make([]int32, stride<<bits), moved: make([]int64, stride<<bits)}
}

// Scores adds up the weights as they stand into out, one score a class.
func (p *Perceptron) Scores(features []Feature, out *[MaxClasses]int32) {
	clear(out[:p.classes])
	for _, f := range features {
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
		i := p.row(f) + class
		p.weights[i] += delta
		p.moved[i] += int64(delta) * p.step
	}
}

// Step ends an example of a learner that uses Move.
func (p *Perceptron) Step() { p.step++ }

func (p *Perceptron) row(f Feature) int { return int(f>>(64-p.bits)) * p.stride }

// Model is the average of all weights that ever stood, in eight bits each.
func (p *Perceptron) Model() *Model {
	average := make([]float64, len(p.weights))
	var square float64
	var used int
	for i, w := range p.weights {
		// What stood on average is what stands, less what came late.
		average[i] = float64(w) - float64(p.moved[i])/float64(max(p.step, 1))
		if average[i] != 0 {
			square += float64(average[i] * average[i])
			used++
		}
	}
	// Weights have a long tail, and what is in it decides: cutting the parser's at 10
	// deviations cost 1.2 points of its attachment score, at 40 nothing that could be
	// measured against weights of 32 bits.
	const deviations = 40
	unit := 1.0
	if used > 0 {
		unit = 127 / (deviations * math.Sqrt(square/float64(used)))
	}
	packed := make([]byte, len(average))
	for i, w := range average {
		packed[i] = byte(zero + max(-zero, min(127, math.Round(w*unit))))
	}
	for row := packed; len(row) > 0; row = row[p.stride:] {
		prune(row[:p.classes])
	}
	return newModel(p.classes, p.bits, packed)
}

// prune empties a row whose weights are hardly there.
func prune(row []byte) {
	for _, w := range row {
		if w < zero-negligible || w > zero+negligible {
			return
		}
	}
	for c := range row {
		row[c] = zero
	}
}

// negligible weights are lost in the rounding of the others.
const negligible = 2
