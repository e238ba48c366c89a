package stance

import (
	"onrecord/corpus"
	"onrecord/stages/internal/linear"
	"onrecord/stages/internal/masked"
)

// How far from the target, in arcs, words and judgements are features by their path.
const (
	wordPath      = 3
	judgementPath = 6
)

// arcFeatures says how the words of a part hang together with the target: what it
// depends on and by which relation, what else depends on that, and by which path of
// arcs the words near it and the judgements are reached.
func (sc *Scorer) arcFeatures(dst []linear.Feature, doc *corpus.Document, part, target corpus.Span) []linear.Feature {
	head := sc.tree.SpanHead(target)
	if head < 0 {
		return dst
	}
	for i := part.Start; i < part.End; i++ {
		if target.Start <= i && i < target.End || doc.Tags[i].IsProper() {
			continue
		}
		path, length, ok := sc.path(i, head, wordPath)
		if !ok {
			continue
		}
		stem := sc.forms.Stem(i)
		dst = append(dst, linear.Mix(pathFeature, path, stem), linear.Mix(lengthFeature, uint64(length), stem))
		if sc.negated(i) {
			dst = append(dst, linear.Mix(pathFeature, ^path, stem))
		}
		sc.from(dst, i)
	}
	dst = sc.headFeatures(dst, doc, head)
	sc.from(dst, head)
	relation := uint64(sc.tree.Relation(head))
	for _, b := range sc.bearing {
		sign := uint64(0)
		if b.hit.Weight() > 0 {
			sign = 1
		}
		path, length, ok := sc.path(b.hit.Head, head, judgementPath)
		if !ok {
			dst = append(dst, linear.Mix(judgementPathFeature, 1, sign))
			sc.from(dst, b.hit.Head)
			continue
		}
		dst = append(dst, linear.Mix(judgementPathFeature, path, sign),
			linear.Mix(judgementLengthFeature, uint64(length), sign),
			linear.Mix(judgementPlaceFeature, relation, sign))
		sc.from(dst, b.hit.Head)
	}
	return dst
}

// headFeatures are what the target depends on and what else depends on that.
func (sc *Scorer) headFeatures(dst []linear.Feature, doc *corpus.Document, head int32) []linear.Feature {
	up := sc.tree.Head(head)
	if up < 0 {
		return dst
	}
	stem, negated := sc.forms.Stem(up), uint64(0)
	if doc.Tags[up].IsProper() {
		stem = masked.Name
	}
	if sc.negated(up) {
		negated = 1
	}
	place := uint64(linear.Mix(headFeature, uint64(sc.tree.Relation(head)), stem))
	dst = append(dst, linear.Mix(headFeature, place, negated))
	for c := sc.tree.First(up); c >= 0; c = sc.tree.Next(c) {
		if r := sc.tree.Relation(c); c != head && r != corpus.Punct && !doc.Tags[c].IsProper() {
			dst = append(dst, linear.Mix(siblingFeature, place, uint64(linear.Mix(siblingFeature, uint64(r), sc.forms.Stem(c)))))
		}
	}
	return dst
}

// path is the path of arcs from a token to the target's head as one number, and its length.
func (sc *Scorer) path(from, to int32, limit int) (path uint64, length int, ok bool) {
	sc.up, sc.down, ok = sc.tree.Path(from, to, limit, sc.up[:0], sc.down[:0])
	if !ok {
		return 0, 0, false
	}
	path = 1
	for _, i := range sc.up[:len(sc.up)-1] {
		path = uint64(linear.Mix(1, path, sc.relationOf(i)))
	}
	for k := len(sc.down) - 1; k >= 0; k-- {
		path = uint64(linear.Mix(2, path, sc.relationOf(sc.down[k])))
	}
	return path, len(sc.up) - 1 + len(sc.down), true
}

// relationOf is the relation of a token to its head; a modifier's with its preposition.
func (sc *Scorer) relationOf(i int32) uint64 {
	r := sc.tree.Relation(i)
	if r == corpus.Nmod {
		if c := sc.tree.Child(i, corpus.Case); c >= 0 {
			return uint64(linear.Mix(3, uint64(r), sc.forms.Form(c)))
		}
	}
	return uint64(r)
}

// negated reports a negation that depends on a token.
func (sc *Scorer) negated(i int32) bool { return sc.tree.Child(i, corpus.Neg) >= 0 }
