package linear

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Facts is a logistic regression over a handful of numbers, one weight each, for what few
// examples tell. The first number of a case is 1, by convention.
type Facts []float64

// Probability is that of yes; one half if nothing was learned.
func (w Facts) Probability(x []float64) float64 {
	z := 0.0
	for i, share := range w {
		z += float64(share * x[i])
	}
	return Sigmoid(z)
}

// FitFacts finds the likeliest weights by Newton's method. ridge pulls all but the first
// to zero: half of it times their squares is added to the loss.
func FitFacts(cases [][]float64, yes []bool, ridge float64) Facts {
	if len(cases) == 0 {
		return nil
	}
	n := len(cases[0])
	w := make(Facts, n)
	for range 50 {
		gradient, curvature := make([]float64, n), make([][]float64, n)
		for i := range curvature {
			curvature[i] = make([]float64, n)
			curvature[i][i] = 1e-9
			if i > 0 {
				gradient[i] = float64(ridge * w[i])
				curvature[i][i] += ridge
			}
		}
		for k, x := range cases {
			p := w.Probability(x)
			miss := p
			if yes[k] {
				miss--
			}
			for i := range n {
				gradient[i] += float64(miss * x[i])
				for j := range n {
					curvature[i][j] += float64(float64(p*(1-p)) * float64(x[i]*x[j]))
				}
			}
		}
		moved := 0.0
		for i, d := range solve(curvature, gradient) {
			w[i] -= d
			moved += math.Abs(d)
		}
		if moved < 1e-10 {
			break
		}
	}
	return w
}

// solve finds x of a*x = b, for a positive definite a, which it uses up with b.
func solve(a [][]float64, b []float64) []float64 {
	for i := range b {
		for k := i + 1; k < len(b); k++ {
			share := a[k][i] / a[i][i]
			for j := i; j < len(b); j++ {
				a[k][j] -= float64(share * a[i][j])
			}
			b[k] -= float64(share * b[i])
		}
	}
	for i := len(b) - 1; i >= 0; i-- {
		for j := i + 1; j < len(b); j++ {
			b[i] -= float64(a[i][j] * b[j])
		}
		b[i] /= a[i][i]
	}
	return b
}

// AddFacts appends weights, f64 each.
func (f *File) AddFacts(name string, w Facts) {
	var p []byte
	for _, v := range w {
		p = binary.LittleEndian.AppendUint64(p, math.Float64bits(v))
	}
	f.Add(name, p)
}

// Facts is a part read as n weights.
func (f *File) Facts(name string, n int) (Facts, error) {
	p, err := f.Part(name)
	if err != nil {
		return nil, err
	}
	if len(p) != 8*n {
		return nil, fmt.Errorf("part %q: %w", name, errors.New("it has another number of weights"))
	}
	var w Facts
	for ; len(p) > 0; p = p[8:] {
		w = append(w, math.Float64frombits(binary.LittleEndian.Uint64(p)))
	}
	return w, nil
}
