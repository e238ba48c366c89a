package linear

import "math"

// exp is e to the power of x, with the same bits on every machine: the library's is
// in assembly on some. Relative error below 1e-14.
func exp(x float64) float64 {
	switch {
	case x != x:
		return x
	case x > 700:
		x = 700 // far beyond what a probability can tell apart
	case x < -700:
		return 0
	}
	// x = k ln 2 + r, |r| <= 0.35; ln 2 in two parts so that the subtraction is exact.
	const high, low = 6.93147180369123816490e-01, 1.90821492927058770002e-10
	k := math.Floor(x/math.Ln2 + 0.5)
	r := x - float64(k*high) - float64(k*low)
	sum := 1.0
	for n := 13.0; n >= 1; n-- {
		sum = 1 + float64(float64(r*sum)/n)
	}
	return math.Ldexp(sum, int(k))
}

// Sigmoid is 1/(1+e^-x).
func Sigmoid(x float64) float64 {
	if x < 0 {
		e := exp(x)
		return e / (1 + e)
	}
	return 1 / (1 + exp(-x))
}

// Softmax turns scores into probabilities, in place, after dividing them by a
// temperature above 0: 1 leaves them as they are, more makes them more alike.
func Softmax(scores []float64, temperature float64) {
	largest := math.Inf(-1)
	for _, s := range scores {
		largest = max(largest, s)
	}
	var sum float64
	for i, s := range scores {
		scores[i] = exp((s - largest) / temperature)
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}
