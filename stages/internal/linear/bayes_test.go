package linear

import (
	"math"
	"testing"
)

// TestScalesTellOfAClass has one feature of one class only, one of all alike.
func TestScalesTellOfAClass(t *testing.T) {
	const bits = 8
	common, telling := Mix(1, 1, 0), Mix(1, 2, 0)
	var examples []Example
	for class := range 3 {
		for range 8 {
			e := Example{Class: class, Features: []Feature{common, common}}
			if class == 2 {
				e.Features = append(e.Features, telling)
			}
			examples = append(examples, e)
		}
	}
	got := scales(3, bits, examples)
	row := func(f Feature) []float32 { i := int(f>>(64-bits)) * 3; return got[i : i+3] }
	want := float32(math.Log((9.0 / 10) / (1.0 / 18)))
	if s := row(telling)[2]; math.Abs(float64(s-want)) > 1e-6 {
		t.Errorf("the telling feature has scale %v for its class, want %v", s, want)
	}
	for class, s := range row(common) {
		if s > 0.1 {
			t.Errorf("what all have has scale %v for class %d", s, class)
		}
	}
	binary := scales(1, bits, []Example{{Features: []Feature{telling}, Class: 1}, {Features: []Feature{common}}})
	if i := telling >> (64 - bits); binary[i] == 0 {
		t.Error("of a binary regression no feature tells")
	}
}

func TestFrequentKeepsValuesWithTheirFeatures(t *testing.T) {
	a, b := Mix(1, 1, 0), Mix(1, 2, 0)
	got := frequent([]Example{{Features: []Feature{a, b}, Values: []float32{2, 3}}, {Features: []Feature{b}}}, 2)
	if len(got[0].Features) != 1 || got[0].Features[0] != b || got[0].Values[0] != 3 || len(got[1].Features) != 1 {
		t.Errorf("kept %v of what only one example has", got)
	}
}

func TestRegressionOfScaledFeaturesLearns(t *testing.T) {
	word := func(w uint64) Feature { return Mix(7, w, 0) }
	var examples []Example
	for i := range 300 {
		class := i % 3
		examples = append(examples, Example{Class: class, Features: []Feature{word(uint64(class)), word(9), word(uint64(100 + i))}})
	}
	how := Logistic{Bits: 12, Bayes: true, Least: 2}
	m := how.Fit(3, examples)
	for class := range 3 {
		var p [3]float64
		m.Probabilities([]Feature{word(uint64(class)), word(9)}, nil, p[:])
		if p[class] < 0.9 {
			t.Errorf("class %d has probability %.2f by its own word", class, p[class])
		}
	}
}
