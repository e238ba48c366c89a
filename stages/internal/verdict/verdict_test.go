package verdict

import (
	"math"
	"testing"

	"onrecord/stages/internal/linear"
	"onrecord/stages/internal/polarity"
)

func TestJoin(t *testing.T) {
	rule := Rule{Curve: polarity.Curve{Low: -0.5, High: 0.5, Scale: 2}, Share: 1}
	tests := []struct {
		name   string
		scores [Classes]float64
		sum    float32
		share  float64
		want   int
	}{
		{"neither knows", [Classes]float64{}, 0, 1, 1},
		{"the rule decides", [Classes]float64{}, 2, 1, 2},
		{"the regression decides", [Classes]float64{3, 0, 0}, 0, 1, 0},
		{"both against each other", [Classes]float64{1, 0, 0}, 3, 1, 2},
		{"a rule without a share", [Classes]float64{1, 0, 0}, 3, 0, 0},
	}
	for _, tt := range tests {
		rule.Share = tt.share
		p := tt.scores
		rule.Join(&p, tt.sum)
		if got := Best(&p); got != tt.want {
			t.Errorf("%s: class %d of %.2f, want %d", tt.name, got, p, tt.want)
		}
		if sum := p[0] + p[1] + p[2]; math.Abs(sum-1) > 1e-12 {
			t.Errorf("%s: probabilities sum to %v", tt.name, sum)
		}
	}
}

func TestModelInAFile(t *testing.T) {
	rows := []Row{
		{Example: linear.Example{Features: []linear.Feature{1 << 60}, Class: 0}},
		{Example: linear.Example{Features: []linear.Feature{2 << 60}, Class: 2}, Fold: 1},
	}
	how := linear.Logistic{Bits: 4}
	m := Model{Words: how.Fit(Classes, Examples(rows, -1)), Sure: linear.Curve{X: []float64{0, 1}, Y: []float64{0, 1}}}
	var file linear.File
	m.Add(&file, "words")
	read, err := linear.Decode(file.Encode())
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(read, "words")
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		if a, b := rows[i].Probabilities(m.Words, Rule{}), rows[i].Probabilities(got.Words, Rule{}); a != b {
			t.Errorf("row %d: %v before, %v after", i, a, b)
		}
	}
	if n := len(Examples(rows, 1)); n != 1 {
		t.Errorf("%d rows outside a fold of one of two", n)
	}
}

// TestErrorsOutsideTheGroup has a model that promises too much everywhere alike: a curve
// of the other groups mends it.
func TestErrorsOutsideTheGroup(t *testing.T) {
	var h HeldOut
	for i := range 900 {
		h.Promise(0.9, i/3%9 < 5, i%3)
	}
	before, after, _ := h.Errors(Tempered, 5)
	if before < 25 || after > 5 {
		t.Errorf("calibration error %.1f before, %.1f after", before, after)
	}
}
