package linear

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"
)

// draws makes examples whose class is 0, 1 or 2 with known probabilities given two
// properties; what a regression can learn of them is exactly those.
func draws(n int, seed uint64) (examples []Example, truth [][3]float64) {
	r := rand.New(rand.NewPCG(seed, 0))
	for range n {
		a, b := r.IntN(4), r.IntN(3)
		scores := []float64{0, float64(a) - 1.5, 0.8*float64(b) - 0.5*float64(a)}
		Softmax(scores, 1)
		class, x := 0, r.Float64()
		for x > scores[class] && class < 2 {
			x -= scores[class]
			class++
		}
		examples = append(examples, Example{Features: []Feature{Mix(1, uint64(a), 0), Mix(2, uint64(b), 0)}, Class: class})
		truth = append(truth, [3]float64(scores))
	}
	return examples, truth
}

func TestRegressionLearnsProbabilities(t *testing.T) {
	train, _ := draws(20000, 1)
	r := Logistic{Bits: 10, Epochs: 5}.Fit(3, train)
	test, truth := draws(500, 2)
	for i, e := range test {
		var p [3]float64
		r.Probabilities(e.Features, nil, p[:])
		for c := range p {
			if math.Abs(p[c]-truth[i][c]) > 0.05 {
				t.Fatalf("example %d, class %d: probability %.3f, true %.3f", i, c, p[c], truth[i][c])
			}
		}
	}
}

func TestBinaryRegressionLearnsProbabilities(t *testing.T) {
	train, _ := draws(20000, 1)
	for i := range train {
		if train[i].Class == 2 {
			train[i].Class = 1
		}
	}
	r := Logistic{Bits: 10, Epochs: 5}.Fit(1, train)
	test, truth := draws(500, 2)
	for i, e := range test {
		// Not of exactly this form, hence the wider bound.
		if p := r.Probability(e.Features, nil); math.Abs(p-(1-truth[i][0])) > 0.1 {
			t.Fatalf("example %d: probability %.3f, true %.3f", i, p, 1-truth[i][0])
		}
	}
}

func TestValuesScaleFeatures(t *testing.T) {
	train, _ := draws(2000, 1)
	r := Logistic{Bits: 10}.Fit(3, train)
	f := []Feature{Mix(1, 3, 0)}
	var one, three, values [3]float64
	r.Scores(f, nil, one[:])
	r.Scores([]Feature{f[0], f[0], f[0]}, nil, three[:])
	r.Scores(f, []float32{3}, values[:])
	for c := range one {
		if want := r.Bias(c) + 3*r.Weight(f[0], c); math.Abs(three[c]-want) > 1e-9 || math.Abs(values[c]-want) > 1e-9 {
			t.Errorf("class %d: three times %g, value three %g, want %g", c, three[c], values[c], want)
		}
	}
}

// TestL1Prunes promises that features of no use get no weight.
func TestL1Prunes(t *testing.T) {
	train, _ := draws(2000, 1)
	for i := range train {
		train[i].Features = append(train[i].Features, Mix(3, uint64(i), 0))
	}
	noise := func(r *Regression) (n int) {
		for i := range train {
			if w := r.row(Mix(3, uint64(i), 0)); !empty(w) {
				n++
			}
		}
		return n
	}
	all, few := noise(Logistic{Bits: 16}.Fit(3, train)), noise(Logistic{Bits: 16, L1: 12}.Fit(3, train))
	if all < 1500 || few > 100 {
		t.Errorf("%d features of no use have weights, with L1 %d", all, few)
	}
}

func TestRegressionRoundTrip(t *testing.T) {
	train, _ := draws(500, 1)
	encode := func(r *Regression, c Curve) []byte {
		var f File
		f.AddRegression("r", r)
		f.AddCurve("c", c)
		return f.Encode()
	}
	curve := Curve{X: []float64{-1, 2}, Y: []float64{0.1, 0.9}}
	data := encode(Logistic{Bits: 8, Seed: 3}.Fit(3, train), curve)
	if again := encode(Logistic{Bits: 8, Seed: 3}.Fit(3, train), curve); !bytes.Equal(again, data) {
		t.Error("two trainings gave different bytes")
	}
	file, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	r, err := file.Regression("r", 3)
	if err != nil {
		t.Fatal(err)
	}
	c, err := file.Curve("c")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(encode(r, c), data) {
		t.Error("a file read and written again has other bytes")
	}
	if _, err := file.Regression("r", 2); err == nil {
		t.Error("a regression of 3 classes was read as one of 2")
	}
	part, _ := file.Part("r")
	for _, cut := range []int{0, 5, 20, 40, len(part) - 1} {
		if _, err := decodeRegression(part[:cut], 3); err == nil {
			t.Errorf("a regression cut at %d was accepted", cut)
		}
	}
}

func TestExpIsExp(t *testing.T) {
	for x := -40.0; x < 40; x += 0.0137 {
		if got, want := exp(x), math.Exp(x); math.Abs(got-want) > 1e-14*want {
			t.Errorf("exp(%g) = %g, want %g", x, got, want)
		}
	}
	if exp(-1e9) != 0 || math.IsInf(exp(1e9), 1) || exp(math.NaN()) == exp(math.NaN()) {
		t.Error("far arguments are not bounded")
	}
}

func TestTemperatureUndoesOverconfidence(t *testing.T) {
	examples, truth := draws(5000, 4)
	scores, classes := make([][]float64, len(examples)), make([]int, len(examples))
	for i, e := range examples {
		for _, p := range truth[i] {
			scores[i] = append(scores[i], 3*math.Log(p))
		}
		classes[i] = e.Class
	}
	if got := FitTemperature(scores, classes); math.Abs(got-3) > 0.3 {
		t.Errorf("temperature %.2f, want about 3", got)
	}
}

// overconfident gives scores of a yes-or-no question whose true log-odds are 0.5s-1.
func overconfident(n int) (scores []float64, right []bool, truth func(s float64) float64) {
	r := rand.New(rand.NewPCG(5, 5))
	truth = func(s float64) float64 { return Sigmoid(0.5*s - 1) }
	for range n {
		s := r.NormFloat64() * 3
		scores = append(scores, s)
		right = append(right, r.Float64() < truth(s))
	}
	return scores, right, truth
}

func TestIsotonicFindsTheTruth(t *testing.T) {
	scores, right, truth := overconfident(20000)
	curve := FitIsotonic(scores, right, 100)
	for s := -4.0; s <= 4; s++ {
		if p := curve.At(s); math.Abs(p-truth(s)) > 0.06 {
			t.Errorf("isotonic at %g: %.3f, true %.3f", s, p, truth(s))
		}
	}
	raw, fitted := make([]float64, len(scores)), make([]float64, len(scores))
	for i, s := range scores {
		raw[i], fitted[i] = Sigmoid(s), curve.At(s)
	}
	if before, after := CalibrationError(raw, right, 15), CalibrationError(fitted, right, 15); before < 0.1 || after > 0.02 {
		t.Errorf("calibration error %.3f before, %.3f after", before, after)
	}
}

func TestCurveRises(t *testing.T) {
	scores := []float64{1, 2, 2, 3, 4, 5}
	c := FitIsotonic(scores, []bool{false, true, false, true, false, true}, 1)
	last := 0.0
	for x := 0.0; x < 6; x += 0.1 {
		y := c.At(x)
		if y < last || y <= 0 || y >= 1 {
			t.Errorf("at %.1f the curve is %.3f after %.3f", x, y, last)
		}
		last = y
	}
	if (&Curve{}).At(1) != 0 {
		t.Error("an empty curve is not 0")
	}
}

func TestRegressionDoesNotAllocate(t *testing.T) {
	train, _ := draws(500, 1)
	r := Logistic{Bits: 8}.Fit(3, train)
	out := make([]float64, 3)
	if n := testing.AllocsPerRun(100, func() { r.Probabilities(train[0].Features, nil, out) }); n != 0 {
		t.Errorf("%g allocations", n)
	}
}
