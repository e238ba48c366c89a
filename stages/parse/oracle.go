package parse

import "onrecord/stages/internal/linear"

// oracle knows the arcs of a sentence and what each move would lose of them (Goldberg
// and Nivre, TACL 2013): the number of arcs that were still to be had and are not
// afterwards. It judges any state, also those that mistakes lead to.
type oracle struct {
	heads []int32   // of each token, numbered as in state; root is n+1
	kids  [][]int32 // of each token, in order
}

func (o *oracle) read(heads []int32) {
	o.heads = heads
	for len(o.kids) < len(heads)+1 {
		o.kids = append(o.kids, nil)
	}
	for i := range o.kids {
		o.kids[i] = o.kids[i][:0]
	}
	for d := 1; d < len(heads)-1; d++ {
		h := heads[d]
		o.kids[h] = append(o.kids[h], int32(d))
	}
}

// impossible is the cost of a move that the state does not allow.
const impossible = 1 << 20

// costs gives the cost of each move.
func (o *oracle) costs(s *state) (cost [numMoves]int) {
	next := int32(s.next)
	if s.next > s.n || s.depth() == 0 {
		only, _ := s.only()
		for m := range cost {
			if move(m) != only {
				cost[m] = impossible
			}
		}
		return cost
	}
	top, below := int32(s.top(0)), int32(s.top(1))
	// shift: the next token loses heads on the stack but its top, and all its
	// dependents there; it can be the root only if it stands alone.
	root := int32(s.root())
	if h := o.heads[next]; h == root || h < next && h != top && s.waiting(h) {
		cost[shift]++
	}
	for _, d := range o.kids[next] {
		if d < next && s.waiting(d) {
			cost[shift]++
		}
	}
	// left and right take the top away from what is still to be read.
	later := 0
	for _, d := range o.kids[top] {
		if d >= next {
			later++
		}
	}
	cost[left], cost[right] = later, later
	h := o.heads[top]
	if h == root && s.depth() > 1 {
		h = -1 // it is lost already
	}
	if h > next || h == below {
		cost[left]++
	}
	if h >= next {
		cost[right]++
	}
	if s.depth() < 2 {
		cost[right] = impossible
	}
	return cost
}

// judge gives the move to learn, the one with the highest score among those that lose
// least, and its rival, the one with the highest score among the others; none if all
// moves are equally good.
func (o *oracle) judge(s *state, scores *[linear.MaxClasses]int32) (best, rival move) {
	cost := o.costs(s)
	least := min(cost[shift], cost[left], cost[right])
	best, rival = none, none
	for m := range numMoves {
		switch {
		case cost[m] == least:
			if best == none || scores[m] > scores[best] {
				best = m
			}
		case cost[m] < impossible:
			if rival == none || scores[m] > scores[rival] {
				rival = m
			}
		}
	}
	return best, rival
}

// waiting reports whether a token that was read is still on the stack.
func (s *state) waiting(i int32) bool { return i > 0 && s.heads[i] == 0 }
