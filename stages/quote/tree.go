package quote

import "onrecord/corpus"

// node is a token's place in the dependency tree. Tokens are indexes into
// reader.tokens; -1 is none.
type node struct {
	head        int32
	relation    corpus.Relation
	first, end  int32 // the tokens under it, itself included, from the leftmost to the rightmost
	child, next int32 // its leftmost child, its next sibling to the right
}

// maxClimb is how many heads up a walk from a token goes. Sentences rarely nest
// deeper, and hostile ones must not cost more.
const maxClimb = 64

// readTree fills nodes from the arcs.
func (r *reader) readTree(doc *corpus.Document) {
	r.nodes, r.pending = r.nodes[:0], r.pending[:0]
	for i := range r.tokens {
		n := node{head: -1, first: int32(i), end: int32(i) + 1, child: -1, next: -1}
		if i < len(doc.Arcs) {
			n.head, n.relation = doc.Arcs[i].Head, doc.Arcs[i].Relation
		}
		r.nodes, r.pending = append(r.nodes, n), append(r.pending, 0)
	}
	for i := int32(len(r.nodes)) - 1; i >= 0; i-- {
		n := &r.nodes[i]
		if n.head >= 0 {
			h := &r.nodes[n.head]
			n.next, h.child = h.child, i
		}
		a := n.head
		for range maxClimb {
			if a < 0 {
				break
			}
			h := &r.nodes[a]
			if h.first <= i && i < h.end {
				break
			}
			h.first, h.end = min(h.first, i), max(h.end, i+1)
			a = h.head
		}
	}
}

// dependent is the leftmost child of token i with the relation, or -1.
func (r *reader) dependent(i int32, relation corpus.Relation) int32 {
	for c := r.nodes[i].child; c >= 0; c = r.nodes[c].next {
		if r.nodes[c].relation == relation {
			return c
		}
	}
	return -1
}

// topFrom is the highest token whose words begin at token i without reaching back
// before it: the head of the phrase that begins there.
func (r *reader) topFrom(i int32) int32 {
	top := i
	for range maxClimb {
		h := r.nodes[top].head
		if h < 0 || r.nodes[h].first != i {
			break
		}
		top = h
	}
	return top
}
