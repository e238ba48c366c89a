// Package tree answers questions about the dependency trees of a document: what hangs
// below a token, how far its phrase reaches, what leads from one token to another.
//
// All of it is worked out once a document, in time that grows with the tokens alone,
// into memory that a [Forest] reuses: the questions allocate nothing, and no depth of
// nesting is too deep, since nothing recurs. Tokens are named by their index in
// Layers.Tokens; -1 is none.
package tree

import "onrecord/corpus"

// Forest is the trees of one document, one a sentence. The zero value is ready for
// [Forest.Read].
type Forest struct {
	nodes []node
}

type node struct {
	head        int32
	first, next int32       // child and sibling, in order of the text
	depth       int32       // 0 at the root
	enter, exit int32       // in preorder: below are the nodes that enter from enter to exit
	span        corpus.Span // in tokens
	relation    corpus.Relation
}

// Read takes the arcs of doc. Arcs that are no tree (they come from elsewhere than the
// parser) do no harm: tokens that no root leads to have depth 0 and nothing below them.
func (f *Forest) Read(doc *corpus.Document) {
	n := len(doc.Arcs)
	if cap(f.nodes) < n {
		f.nodes = make([]node, n+n/4)
	}
	f.nodes = f.nodes[:n]
	for i, a := range doc.Arcs {
		at := int32(i)
		head := a.Head
		if head < 0 || int(head) >= n {
			head = -1
		}
		f.nodes[i] = node{head: head, first: -1, next: -1, span: corpus.Span{Start: at, End: at + 1}, relation: a.Relation}
	}
	for i := int32(n) - 1; i >= 0; i-- {
		if h := f.nodes[i].head; h >= 0 {
			f.nodes[i].next = f.nodes[h].first
			f.nodes[h].first = i
		}
	}
	var clock int32
	for i := range f.nodes {
		if f.nodes[i].head < 0 {
			clock = f.walk(int32(i), clock)
		}
	}
	for i := range f.nodes {
		if x := &f.nodes[i]; x.exit == 0 {
			*x = node{head: -1, first: -1, next: -1, span: x.span, relation: x.relation}
		}
	}
}

// walk visits the tree below root, in preorder, by its links alone.
func (f *Forest) walk(root, clock int32) int32 {
	at := root
	f.nodes[at].enter = clock
	clock++
	for {
		x := &f.nodes[at]
		if x.first >= 0 && x.exit == 0 {
			x.exit = -1 // on the way down
			child := &f.nodes[x.first]
			child.depth, child.enter = x.depth+1, clock
			clock++
			at = x.first
			continue
		}
		x.exit = clock
		if at == root {
			return clock
		}
		above := &f.nodes[x.head]
		above.span.Start = min(above.span.Start, x.span.Start)
		above.span.End = max(above.span.End, x.span.End)
		if x.next < 0 {
			at = x.head
			continue
		}
		next := &f.nodes[x.next]
		next.depth, next.enter = x.depth, clock
		clock++
		at = x.next
	}
}

// Head is the token that i depends on; -1 at a root.
func (f *Forest) Head(i int32) int32 { return f.nodes[i].head }

// Relation is that of i to its head.
func (f *Forest) Relation(i int32) corpus.Relation { return f.nodes[i].relation }

// First is the first token that depends on i, and Next the one after child among those
// that depend on the same head; -1 ends the list:
//
//	for c := f.First(i); c >= 0; c = f.Next(c) { ... }
func (f *Forest) First(i int32) int32 { return f.nodes[i].first }

// Next is described at First.
func (f *Forest) Next(child int32) int32 { return f.nodes[child].next }

// Child is the first dependent of i with one of the relations; -1 if there is none.
func (f *Forest) Child(i int32, relations ...corpus.Relation) int32 {
	for c := f.First(i); c >= 0; c = f.Next(c) {
		for _, r := range relations {
			if f.nodes[c].relation == r {
				return c
			}
		}
	}
	return -1
}

// Depth is the number of arcs from i up to its root.
func (f *Forest) Depth(i int32) int { return int(f.nodes[i].depth) }

// Span is the smallest span of tokens that holds i and all that is below it. Trees of
// the parser have no crossings: all tokens of the span are below i.
func (f *Forest) Span(i int32) corpus.Span { return f.nodes[i].span }

// Below reports whether i is token top or hangs below it, at any depth.
func (f *Forest) Below(i, top int32) bool {
	return i == top || f.nodes[top].enter < f.nodes[i].enter && f.nodes[i].enter < f.nodes[top].exit
}

// SpanHead is the token of a span whose head is outside it; of several, the one
// nearest the root, then the first. -1 if the span is empty.
func (f *Forest) SpanHead(s corpus.Span) int32 {
	best := int32(-1)
	for i := s.Start; i < s.End; i++ {
		if h := f.nodes[i].head; h >= s.Start && h < s.End {
			continue
		}
		if best < 0 || f.nodes[i].depth < f.nodes[best].depth {
			best = i
		}
	}
	return best
}

// Common is the lowest token that both a and b are below; -1 if they are in different
// trees. It takes as many steps as the deeper one's depth.
func (f *Forest) Common(a, b int32) int32 {
	for a >= 0 && !f.Below(b, a) {
		a = f.nodes[a].head
	}
	return a
}

// Path appends to up the tokens from a to the lowest common one of a and b, both
// included, and to down those from b up to, but not including, it. It gives up, with
// ok false, if a and b are in different trees or more than limit arcs apart.
func (f *Forest) Path(a, b int32, limit int, up, down []int32) (_, _ []int32, ok bool) {
	x, y := a, b
	for steps := 0; x != y; steps++ {
		if steps == limit {
			return up, down, false
		}
		if f.nodes[x].depth >= f.nodes[y].depth {
			up = append(up, x)
			x = f.nodes[x].head
		} else {
			down = append(down, y)
			y = f.nodes[y].head
		}
		if x < 0 || y < 0 {
			return up, down, false
		}
	}
	return append(up, x), down, true
}
