package polarity

import "math"

// Example is a text of known polarity: its judgements, and -1, 0 or 1.
type Example struct {
	Hits  []Hit
	Label int
	Fold  int // examples of one article share a fold
}

// Fit learns weights and a curve from examples: an ordinal logistic regression in
// which each weight is held near its prior, the more loosely the larger slack is
// (the prior's variance); with no slack it stays. It is deterministic: the same examples in the same
// order give the same weights.
func Fit(examples []Example, prior, slack []float64, epochs int) ([]float64, Curve) {
	w := append([]float64(nil), prior...)
	c := Curve{Low: -0.5, High: 0.5, Scale: 1}
	sums := make([]float64, len(w)) // AdaGrad
	seen := make([]float64, len(w)) // examples of each weight, to spread its prior over them
	for _, x := range examples {
		for _, h := range x.Hits {
			if h.Lemma >= 0 {
				seen[h.Lemma]++
			}
		}
	}
	var sumLow, sumHigh, sumScale float64
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	seed := uint64(1)
	for range epochs {
		for i := len(order) - 1; i > 0; i-- {
			seed = seed*6364136223846793005 + 1442695040888963407
			j := int(seed>>33) % (i + 1)
			order[i], order[j] = order[j], order[i]
		}
		for _, i := range order {
			x := &examples[i]
			sum := Sum(x.Hits, w)
			ds, dl, dh := gradient(c, sum, x.Label)
			dc := ds * (sum - (c.Low+c.High)/2)
			sumScale += dc * dc
			c.Scale = max(0.05, c.Scale+0.05*dc/math.Sqrt(1+sumScale))
			ds *= c.Scale
			sumLow += dl * dl
			sumHigh += dh * dh
			c.Low += 0.05 * dl / math.Sqrt(1+sumLow)
			c.High += 0.05 * dh / math.Sqrt(1+sumHigh)
			for _, h := range x.Hits {
				k := h.Lemma
				if k < 0 || slack[k] == 0 {
					continue
				}
				g := ds*float64(h.Factor) - (w[k]-prior[k])/(slack[k]*seen[k])
				sums[k] += g * g
				w[k] += 0.1 * g / math.Sqrt(0.1+sums[k])
			}
		}
	}
	return w, c
}

// Sum is what hits say with other weights than the lexicon's.
func Sum(hits []Hit, w []float64) float64 {
	s := 0.0
	for _, h := range hits {
		base := float64(h.Base)
		if h.Lemma >= 0 {
			base = w[h.Lemma]
		}
		s += base*float64(h.Factor) + float64(h.Added)
	}
	return s
}

// gradient of the log likelihood by the sum and by the two thresholds.
func gradient(c Curve, s float64, label int) (ds, dl, dh float64) {
	neg, pos := sigmoid(c.Scale*(c.Low-s)), sigmoid(c.Scale*(s-c.High))
	switch label {
	case -1:
		return -(1 - neg), 1 - neg, 0
	case 1:
		return 1 - pos, 0, -(1 - pos)
	}
	mid := max(1-neg-pos, 1e-6)
	a, b := neg*(1-neg)/mid, pos*(1-pos)/mid
	return a - b, -a, b
}
