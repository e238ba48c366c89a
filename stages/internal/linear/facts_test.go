package linear

import (
	"math"
	"testing"
)

// TestFitFactsFindsShares has cases of two kinds: one in four of the first is right, three
// in four of the second.
func TestFitFactsFindsShares(t *testing.T) {
	var cases [][]float64
	var yes []bool
	for i := range 80 {
		kind := float64(i % 2)
		cases = append(cases, []float64{1, kind})
		yes = append(yes, i/2%4 == 0 || kind == 1 && i/2%4 < 3)
	}
	w := FitFacts(cases, yes, 0)
	for kind, want := range []float64{0.25, 0.75} {
		if got := w.Probability([]float64{1, float64(kind)}); math.Abs(got-want) > 1e-6 {
			t.Errorf("kind %d has probability %v, want %v", kind, got, want)
		}
	}
	if held := FitFacts(cases, yes, 100); math.Abs(held[1]) > math.Abs(w[1])/2 {
		t.Errorf("a strong ridge leaves the weight at %v of %v", held[1], w[1])
	}
}

func TestFactsInAFile(t *testing.T) {
	var f File
	f.AddFacts("w", Facts{1, -2.5})
	read, err := Decode(f.Encode())
	if err != nil {
		t.Fatal(err)
	}
	if w, err := read.Facts("w", 2); err != nil || w[0] != 1 || w[1] != -2.5 {
		t.Errorf("read %v, %v", w, err)
	}
	if _, err := read.Facts("w", 3); err == nil {
		t.Error("three weights were read out of two")
	}
}

// TestCalibrationNoise has fair coins: a bin of 100 is off by about 4 in 100.
func TestCalibrationNoise(t *testing.T) {
	promised := make([]float64, 500)
	for i := range promised {
		promised[i] = 0.5
	}
	if got := CalibrationNoise(promised, 5); math.Abs(got-0.04) > 0.001 {
		t.Errorf("chance makes %.4f, want about 0.04", got)
	}
}
