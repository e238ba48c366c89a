package parse

import (
	"math"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/internal/conll"
)

func TestEnough(t *testing.T) {
	for _, tt := range []struct {
		name  string
		wrong map[int32]int // how often quick features were wrong at a lead
		want  int32
	}{
		{"never wrong", nil, 0},
		{"wrong when close", map[int32]int{3: 1000}, 4},
		{"as many wrong as may be", map[int32]int{3: 1000, 50: 2}, 4},
		{"more wrong than may be", map[int32]int{3: 1000, 50: 20}, 51},
		{"wrong at any lead", map[int32]int{5000: 1000}, math.MaxInt32},
	} {
		var l leads
		for range 10_000 {
			l.count(60, true)
		}
		for lead, n := range tt.wrong {
			for range n {
				l.count(lead, false)
			}
		}
		if got := l.enough(); got != tt.want {
			t.Errorf("%s: a lead of %d is enough, want %d", tt.name, got, tt.want)
		}
	}
}

func TestEnoughRoundTrip(t *testing.T) {
	for _, lead := range []int32{0, 41, math.MaxInt32} {
		if got, err := decodeEnough(encodeEnough(lead)); err != nil || got != lead {
			t.Errorf("%d is read as %d, %v", lead, got, err)
		}
	}
	for _, bad := range [][]byte{nil, {1, 2, 3}, {0, 0, 0, 0x80}} {
		if _, err := decodeEnough(bad); err == nil {
			t.Errorf("%v was read", bad)
		}
	}
}

// TestQuickDecisionsAreThoseOfAllFeatures parses the sentences that were parsed by hand
// with short cuts and without.
func TestQuickDecisionsAreThoseOfAllFeatures(t *testing.T) {
	m, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	slow := *m
	for _, d := range slow.deciders() {
		d.sure, d.enough = newSure(nil), math.MaxInt32
	}
	quick, full := &parser{model: m}, &parser{model: &slow}
	var same tally
	sentences, err := conll.ReadFile("testdata/sanity.conll")
	if err != nil {
		t.Fatal(err)
	}
	for _, sentence := range sentences {
		var arcs [2][]corpus.Arc
		for i, p := range []*parser{quick, full} {
			doc := *sentence.Document
			if err := p.annotate(&doc); err != nil {
				t.Fatal(err)
			}
			arcs[i] = doc.Arcs
		}
		for i := range arcs[0] {
			same.count(arcs[0][i] == arcs[1][i])
		}
	}
	t.Logf("%.1f%% of %d arcs are the same", same.percent(), same.all)
	if same.percent() < 98 || same.all < 500 {
		t.Errorf("%.1f%% of %d arcs are the same, want 98%%", same.percent(), same.all)
	}
}
