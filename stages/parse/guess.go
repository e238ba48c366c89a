package parse

import "slices"

// guess is what the first pass found of a token, numbered as the second reads.
type guess struct {
	head        int32 // 0: there was no first pass
	first, last int32 // its outermost dependents; 0 if it has none
}

// flip turns the sentence round, and back.
func (s *state) flip() { slices.Reverse(s.words[1 : s.n+1]) }

// flipped is the number that token i has when the sentence is turned round.
func (s *state) flipped(i int32) int32 {
	if int(i) == s.root() {
		return i
	}
	return int32(s.n) + 1 - i
}

// remember keeps the finished tree as guesses for the next pass, which reads the
// sentence the other way round. It is to be followed by flip.
func (s *state) remember() {
	s.guided = true
	for i := 1; i <= s.n; i++ {
		s.words[i].guess = guess{head: s.flipped(s.heads[i])}
	}
	for i := 1; i <= s.n; i++ {
		if h := s.heads[i]; int(h) != s.root() {
			g, d := &s.words[h].guess, s.flipped(int32(i))
			if g.first == 0 || d < g.first {
				g.first = d
			}
			g.last = max(g.last, d)
		}
	}
}

// guessed describes what the first pass thought of the two tokens on top of the stack,
// i0 and i1 (i2 is below them), and of the next one, j: where their heads are, and
// whether they have dependents that are not read yet.
func (s *state) guessed(i0, i1, i2, j int) uint64 {
	g0, g1, gn := &s.words[i0].guess, &s.words[i1].guess, &s.words[j].guess
	where := s.side(g0.head, j, i1) | s.side(gn.head, i0, i1)<<4 | s.side(g1.head, j, i2)<<9
	if int(g0.last) >= j {
		where |= 1 << 3
	}
	if int(g1.last) >= j {
		where |= 1 << 12
	}
	switch first := int(gn.first); {
	case first == 0 || first > i0:
	case first == i0:
		where |= 1 << 7
	case first >= i1:
		where |= 2 << 7
	default:
		where |= 3 << 7
	}
	return where
}

// side tells where a guessed head is: at one of two tokens, of which below is the
// lowest that counts, at the root, ahead, below both, or elsewhere.
func (s *state) side(head int32, at, below int) uint64 {
	switch h := int(head); {
	case h == at:
		return 1
	case h == below:
		return 2
	case h == s.root():
		return 3
	case h > s.next:
		return 4
	case h < below:
		return 5
	}
	return 0
}
