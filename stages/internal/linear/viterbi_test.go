package linear

import (
	"math/rand/v2"
	"testing"
)

// TestViterbiFindsTheBestOfAll compares with all sequences there are.
func TestViterbiFindsTheBestOfAll(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	var v Viterbi
	for range 200 {
		n, classes := r.IntN(6), 1+r.IntN(4)
		scores, steps := make([]int32, n*classes), make([]int32, classes*classes)
		for i := range scores {
			scores[i] = r.Int32N(200) - 100
		}
		for i := range steps {
			steps[i] = r.Int32N(200) - 100
		}
		total := func(path []int) (sum int32) {
			for i, c := range path {
				sum += scores[i*classes+c]
				if i > 0 {
					sum += steps[path[i-1]*classes+c]
				}
			}
			return sum
		}
		best, path := int32(-1<<30), make([]int, n)
		for {
			best = max(best, total(path))
			i := 0
			for i < n && path[i] == classes-1 {
				path[i] = 0
				i++
			}
			if i == n {
				break
			}
			path[i]++
		}
		got := make([]int, n)
		v.Best(classes, scores, steps, got)
		if total(got) != best {
			t.Fatalf("%d positions, %d classes: %v adds up to %d, the best to %d", n, classes, got, total(got), best)
		}
	}
}

func TestViterbiDoesNotAllocate(t *testing.T) {
	var v Viterbi
	scores, steps, out := make([]int32, 90), make([]int32, 81), make([]int, 10)
	if n := testing.AllocsPerRun(100, func() { v.Best(9, scores, steps, out) }); n != 0 {
		t.Errorf("%g allocations", n)
	}
}
