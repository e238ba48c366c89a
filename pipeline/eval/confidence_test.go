package eval

import (
	"reflect"
	"testing"
)

func TestConfidenceAgainstWhatCameTrue(t *testing.T) {
	var a, b Tally
	for range 9 {
		a.state(0.92, true)
	}
	b.state(0.98, false)
	b.state(0.3, false)
	b.state(0.3, false)
	b.state(1, true)
	a.Add(&b)
	got := a.confidenceScores()
	want := &ConfidenceScores{Error: 6.6, Steps: []ConfidenceStep{{2, 30, 0}, {11, 93.3, 90.9}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if none := new(Tally).confidenceScores(); none != nil {
		t.Errorf("without statements: %+v", none)
	}
}
