package parse

import (
	"onrecord/corpus"
	"onrecord/stages/internal/linear"
)

// move is a decision of the parser.
type move uint8

const (
	shift move = iota // put the next token on the stack
	left              // the stack's top depends on the next token; take it off
	right             // the stack's top depends on the one below it; take it off
	numMoves
	none = numMoves
)

// Tokens of a sentence are numbered from 1; 0 is nothing, and stands wherever a
// feature looks for a token that is not there. n+1 is the root, after all others.
// Blank words follow it, for features that look ahead.
const (
	bottom = 4 // nothings below the stack's first token
	ahead  = 3 // blank words after the root
)

// rootTag is the tag of the root, and no token's.
const rootTag = corpus.Tag(corpus.NumTags)

// state is a sentence being parsed.
type state struct {
	guided bool   // the words have guesses
	n      int    // tokens
	words  []word // nothing, the tokens, root, ahead
	stack  []int32
	next   int // the first token not on the stack yet
	heads  []int32
	kinds  []kind // of each token that has a head
	kids   []kids // of each token so far
}

// kind is what features see of a dependent: its relation or, in the first pass, which
// finds no relations, its tag.
type kind uint8

// kids are a token's dependents on either side, as far as features ask.
type kids struct {
	left, left2, right, right2 int32 // outermost and second
	lefts, rights              int32 // how many
	leftSet, rightSet          uint64
}

// read takes the words of a sentence of doc, reusing s's memory; see start.
func (s *state) read(doc *corpus.Document, span corpus.Span, lex *lexicon) {
	s.n, s.guided = span.Len(), false
	s.words = append(s.words[:0], word{})
	for i := span.Start; i < span.End; i++ {
		s.words = append(s.words, look(doc.Tokens[i].Of(doc.Text), doc.Tags[i], lex))
	}
	s.words = append(s.words, word{form: 1, tag: rootTag})
	for range ahead {
		s.words = append(s.words, word{})
	}
}

// start makes s the initial state of the sentence as its words now stand.
func (s *state) start() {
	count(s.words)
	foresee(s.words)
	s.stack = append(s.stack[:0], 0, 0, 0, 0)
	s.next = 1
	size := s.n + 2
	if cap(s.heads) < size {
		s.heads = make([]int32, size+size/2)
		s.kinds = make([]kind, size+size/2)
		s.kids = make([]kids, size+size/2)
	}
	s.heads, s.kinds, s.kids = s.heads[:size], s.kinds[:size], s.kids[:size]
	clear(s.heads)
	clear(s.kids)
}

func (s *state) root() int { return s.n + 1 }

// depth is the number of tokens on the stack.
func (s *state) depth() int { return len(s.stack) - bottom }

func (s *state) top(i int) int { return int(s.stack[len(s.stack)-1-i]) }

func (s *state) done() bool { return s.next > s.n && s.depth() == 0 }

// only reports the move that has no alternative, if there is one. When all tokens are
// read, they are joined below one: the sentence has one root.
func (s *state) only() (move, bool) {
	switch {
	case s.depth() == 0:
		return shift, true
	case s.next <= s.n:
		return 0, false
	case s.depth() == 1:
		return left, true
	}
	return right, true
}

// best is the allowed move with the highest score, if a choice there is, and how far it
// leads.
func (s *state) best(scores *[linear.MaxClasses]int32) (m move, lead int32) {
	allowed := right
	if s.depth() > 1 {
		allowed = numMoves
	}
	best, lead := leader(scores[:allowed])
	return move(best), lead
}

// apply makes a move and gives the new arc, to be attached; none if dependent is 0.
func (s *state) apply(m move) (head, dependent int) {
	if m == shift {
		s.stack = append(s.stack, int32(s.next))
		s.next++
		return 0, 0
	}
	head, dependent = s.next, s.top(0)
	if m == right {
		head = s.top(1)
	}
	s.stack = s.stack[:len(s.stack)-1]
	return head, dependent
}

func (s *state) attach(h, d int, as kind) {
	s.heads[d], s.kinds[d] = int32(h), as
	k := &s.kids[h]
	if d < h {
		k.left2, k.left = k.left, int32(d)
		k.lefts++
		k.leftSet |= 1 << as
	} else {
		k.right2, k.right = k.right, int32(d)
		k.rights++
		k.rightSet |= 1 << as
	}
}

// arcs writes the finished tree as the arcs of the document's tokens in span.
func (s *state) arcs(out []corpus.Arc, span corpus.Span) {
	for i := 1; i <= s.n; i++ {
		head := int32(-1)
		if h := int(s.heads[i]); h != s.root() {
			head = span.Start + int32(h) - 1
		}
		out[int(span.Start)+i-1] = corpus.Arc{Head: head, Relation: corpus.Relation(s.kinds[i])}
	}
}
