package linear

// Viterbi finds the best sequence of classes (Viterbi, 1967). The zero value is ready;
// it keeps its memory from one sequence to the next.
type Viterbi struct {
	scores, before []int64
	from           []uint8
}

// Best writes into out, one a position, the classes whose scores and steps add up to
// the most; of equals those with the lower numbers at the end. scores holds one score
// a position and class, steps one a pair of classes, the first of them before the
// second: steps[a*classes+b]. There are at most MaxClasses classes.
func (v *Viterbi) Best(classes int, scores, steps []int32, out []int) {
	n := len(out)
	if n == 0 {
		return
	}
	if cap(v.from) < n*classes || cap(v.scores) < classes {
		v.from = make([]uint8, n*classes)
		v.scores, v.before = make([]int64, classes), make([]int64, classes)
	}
	now, before := v.scores[:classes], v.before[:classes]
	for c := range now {
		now[c] = int64(scores[c])
	}
	for i := 1; i < n; i++ {
		now, before = before, now
		from := v.from[i*classes : (i+1)*classes : (i+1)*classes]
		for c := range now {
			best := 0
			for a := 1; a < classes; a++ {
				if before[a]+int64(steps[a*classes+c]) > before[best]+int64(steps[best*classes+c]) {
					best = a
				}
			}
			now[c] = before[best] + int64(steps[best*classes+c]) + int64(scores[i*classes+c])
			from[c] = uint8(best)
		}
	}
	best := 0
	for c := range now {
		if now[c] > now[best] {
			best = c
		}
	}
	for i := n - 1; i >= 0; i-- {
		out[i] = best
		best = int(v.from[i*classes+best])
	}
}
