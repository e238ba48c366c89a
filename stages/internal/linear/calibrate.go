package linear

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Calibration turns scores into probabilities that come true as often as they say.
// Fit it on held-out examples, never on those the scores were learned from.

// FitTemperature finds the temperature for [Softmax] that makes the classes of
// held-out examples likeliest (Guo et al., ICML 2017). scores[i] are example i's.
func FitTemperature(scores [][]float64, classes []int) float64 {
	var p []float64
	loss := func(logT float64) float64 {
		var sum float64
		for i, s := range scores {
			p = append(p[:0], s...)
			Softmax(p, math.Exp(logT))
			sum -= math.Log(max(p[classes[i]], 1e-300))
		}
		return sum
	}
	// The loss has one minimum in 1/T: golden sections find it.
	low, high := math.Log(0.05), math.Log(20)
	const golden = 0.6180339887498949
	a, b := high-golden*(high-low), low+golden*(high-low)
	la, lb := loss(a), loss(b)
	for high-low > 1e-4 {
		if la < lb {
			high, b, lb = b, a, la
			a = high - golden*(high-low)
			la = loss(a)
		} else {
			low, a, la = a, b, lb
			b = low + golden*(high-low)
			lb = loss(b)
		}
	}
	return math.Exp((low + high) / 2)
}

// Curve maps a score to a probability by straight lines between points; outside them
// it is flat. The zero Curve gives 0.
type Curve struct {
	X []float64 // rising
	Y []float64 // in [0, 1], not falling
}

// At is the probability of a score.
func (c *Curve) At(score float64) float64 {
	if len(c.X) == 0 {
		return 0
	}
	i, found := slices.BinarySearch(c.X, score)
	switch {
	case found:
		return c.Y[i]
	case i == 0:
		return c.Y[0]
	case i == len(c.X):
		return c.Y[i-1]
	}
	share := (score - c.X[i-1]) / (c.X[i] - c.X[i-1])
	return c.Y[i-1] + float64(share*(c.Y[i]-c.Y[i-1]))
}

// FitIsotonic finds the rising curve nearest to what happened (pool adjacent
// violators), with blocks of at least least examples, whose means are smoothed by one
// half success and one half failure so that nothing is ever certain.
func FitIsotonic(scores []float64, right []bool, least int) Curve {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case scores[i] < scores[j]:
			return -1
		case scores[i] > scores[j]:
			return 1
		}
		return 0
	})
	type block struct{ score, n, yes float64 } // sums
	var blocks []block
	var now block
	for k, i := range order {
		now.score += scores[i]
		now.n++
		if right[i] {
			now.yes++
		}
		// Equal scores stay together.
		if k+1 < len(order) && (now.n < float64(least) || scores[order[k+1]] == scores[i]) {
			continue
		}
		if now.n < float64(least) && len(blocks) > 0 {
			last := &blocks[len(blocks)-1]
			last.score, last.n, last.yes = last.score+now.score, last.n+now.n, last.yes+now.yes
		} else {
			blocks = append(blocks, now)
		}
		now = block{}
		for len(blocks) > 1 {
			x, y := blocks[len(blocks)-2], blocks[len(blocks)-1]
			if x.yes*y.n < y.yes*x.n {
				break
			}
			blocks = append(blocks[:len(blocks)-2], block{x.score + y.score, x.n + y.n, x.yes + y.yes})
		}
	}
	var c Curve
	for _, b := range blocks {
		c.X = append(c.X, b.score/b.n)
		c.Y = append(c.Y, (b.yes+0.5)/(b.n+1))
	}
	for i := 1; i < len(c.Y); i++ {
		c.Y[i] = max(c.Y[i], c.Y[i-1]) // smoothing may have turned the order of small blocks
	}
	return c
}

// CalibrationError is the expected calibration error: the mean distance between what
// was promised and what came true, over bins of equal numbers of examples, in [0, 1].
func CalibrationError(promised []float64, right []bool, bins int) float64 {
	return perBin(promised, bins, func(part []int) float64 {
		var gap float64
		for _, i := range part {
			gap += promised[i]
			if right[i] {
				gap--
			}
		}
		return math.Abs(gap)
	})
}

// CalibrationNoise is about what [CalibrationError] would be if every promise were exact:
// the mean of its absolute value for sums of independent events, taken as normal.
func CalibrationNoise(promised []float64, bins int) float64 {
	return perBin(promised, bins, func(part []int) float64 {
		var variance float64
		for _, i := range part {
			variance += float64(promised[i] * (1 - promised[i]))
		}
		return math.Sqrt(2 / math.Pi * variance)
	})
}

// perBin sums what bins of equal numbers of examples, from low promises to high, come to,
// for each example.
func perBin(promised []float64, bins int, of func(part []int) float64) float64 {
	order := make([]int, len(promised))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(promised[i], promised[j]) })
	var total float64
	for b := range bins {
		total += of(order[b*len(order)/bins : (b+1)*len(order)/bins])
	}
	return total / float64(max(len(order), 1))
}

// AddCurve appends a curve: its points, x f64 and y f64 each.
func (f *File) AddCurve(name string, c Curve) {
	var p []byte
	for i, x := range c.X {
		p = binary.LittleEndian.AppendUint64(p, math.Float64bits(x))
		p = binary.LittleEndian.AppendUint64(p, math.Float64bits(c.Y[i]))
	}
	f.Add(name, p)
}

// Curve is a part read as a curve.
func (f *File) Curve(name string) (Curve, error) {
	p, err := f.Part(name)
	if err != nil {
		return Curve{}, err
	}
	c, err := decodeCurve(p)
	if err != nil {
		return Curve{}, fmt.Errorf("part %q: %w", name, err)
	}
	return c, nil
}

func decodeCurve(p []byte) (c Curve, err error) {
	if len(p)%16 != 0 {
		return c, errors.New("size is not a multiple of a point's")
	}
	for ; len(p) > 0; p = p[16:] {
		x, y := math.Float64frombits(binary.LittleEndian.Uint64(p)), math.Float64frombits(binary.LittleEndian.Uint64(p[8:]))
		if n := len(c.X); n > 0 && !(x > c.X[n-1]) || !(y >= 0 && y <= 1) {
			return c, errors.New("points are not a rising curve of probabilities")
		}
		c.X, c.Y = append(c.X, x), append(c.Y, y)
	}
	return c, nil
}
