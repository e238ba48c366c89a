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
	weights []int32 // buckets x stride
	totals  []int64 // sum over all steps so far of each weight, up to its stamp
	stamps  []int64 // the step at which totals was brought up to date
}

// NewPerceptron prepares a learner with 1<<bits buckets.
func NewPerceptron(classes int, bits uint) *Perceptron {
	stride := wordsFor(classes) * 8
	n := stride << bits
	return &Perceptron{classes: classes, bits: bits, stride: stride,
		weights: make([]int32, n), totals: make([]int64, n), stamps: make([]int64, n)}
}

// Best classifies with the weights as they stand.
func (p *Perceptron) Best(features []Feature) int {
	var scores [MaxClasses]int32
	for _, f := range features {
		row := p.row(f)
		for c := range p.classes {
			scores[c] += p.weights[row+c]
		}
	}
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
	p.step++
	if guess == gold {
		return
	}
	for _, f := range features {
		row := p.row(f)
		p.add(row+gold, 1)
		p.add(row+guess, -1)
	}
}

func (p *Perceptron) row(f Feature) int { return int(f>>(64-p.bits)) * p.stride }

func (p *Perceptron) add(i int, delta int32) {
	p.totals[i] += int64(p.weights[i]) * (p.step - p.stamps[i])
	p.stamps[i] = p.step
	p.weights[i] += delta
}

// Model is the average of all weights that ever stood, in eight bits each.
func (p *Perceptron) Model() *Model {
	average := make([]float64, len(p.weights))
	var square float64
	var used int
	for i := range average {
		total := p.totals[i] + int64(p.weights[i])*(p.step-p.stamps[i])
		average[i] = float64(total) / float64(max(p.step, 1))
		if average[i] != 0 {
			square += average[i] * average[i]
			used++
		}
	}
	// Weights have a long tail; cutting it at some deviations keeps the many small
	// ones apart, which matters more than the size of the few large ones.
	const deviations = 10
	unit := 1.0
	if used > 0 {
		unit = 127 / (deviations * math.Sqrt(square/float64(used)))
	}
	packed := make([]byte, len(average))
	for i, w := range average {
		packed[i] = byte(128 + max(-128, min(127, math.Round(w*unit))))
	}
	return newModel(p.classes, p.bits, packed)
}
