package parse

import (
	"onrecord/corpus"
	"onrecord/stages/internal/linear"
)

// near puts a distance or a number into one of a few classes.
func near(n int) uint64 {
	switch {
	case n <= 4:
		return uint64(n)
	case n <= 6:
		return 5
	case n <= 10:
		return 6
	case n <= 20:
		return 7
	}
	return 8
}

// between describes what stands from token a up to, but not including, token b > a.
func (s *state) between(a, b int) uint64 {
	x, y := &s.words[a], &s.words[max(a, b-1)]
	return uint64(min(y.commas-x.commas, 2)) | uint64(min(y.verbs-x.verbs, 2))<<2 |
		uint64(min(y.quotes-x.quotes, 2))<<4 | uint64(min(y.links-x.links, 2))<<6
}

// moveFeatures appends the properties by which the next move is decided.
func (s *state) moveFeatures(f []linear.Feature) []linear.Feature {
	i0, i1, i2, j := s.top(0), s.top(1), s.top(2), s.next
	s0, s1, s2 := &s.words[i0], &s.words[i1], &s.words[i2]
	n0, n1, n2 := &s.words[j], &s.words[j+1], &s.words[j+2]
	k0, k1, kn := &s.kids[i0], &s.kids[i1], &s.kids[j]

	s0w, s1w, n0w, n1w := s0.form, s1.form, n0.form, n1.form
	s0t, s1t, s2t := uint64(s0.tag), uint64(s1.tag), uint64(s2.tag)
	n0t, n1t, n2t := uint64(n0.tag), uint64(n1.tag), uint64(n2.tag)
	tags := s0t | n0t<<8 | s1t<<16

	tag := func(i int32) uint64 { return uint64(s.words[i].tag) }
	kind := func(i int32) uint64 {
		if i == 0 {
			return 0
		}
		return uint64(s.kinds[i])
	}
	s0l, s0r, s1r, n0l := tag(k0.left), tag(k0.right), tag(k1.right), tag(kn.left)
	s0lr, s0rr, s1rr, n0lr := kind(k0.left), kind(k0.right), kind(k1.right), kind(kn.left)

	gap := near(j - i0)
	gap1 := near(i0 - i1)
	border := s.between(i0, j)
	border1 := s.between(i1, i0)
	var depth uint64
	switch s.depth() {
	case 1:
		depth = 1
	case 2:
		depth = 2
	}

	finish := uint64(finishTags)
	if s.guided {
		finish = finishRelations
		g := s.guessed(i0, i1, i2, j)
		f = append(f,
			linear.Mix(110, g, 0),
			linear.Mix(111, g, tags),
			linear.Mix(112, g, s0t|n0t<<8|1<<20),
			linear.Mix(113, g, s0t|s1t<<8|2<<20),
			linear.Mix(114, g, s0w),
			linear.Mix(115, g, n0w),
			linear.Mix(116, g, s1w),
			linear.Mix(117, g, k0.leftSet),
			linear.Mix(118, g, k0.rightSet^kn.leftSet<<20),
			linear.Mix(119, g, border|border1<<8|gap<<16),
			linear.Mix(120, tag(s0.guess.head)|tag(s1.guess.head)<<8|tag(n0.guess.head)<<16, tags),
			linear.Mix(121, g, n1t|n2t<<8|n0t<<16),
		)
	}

	return append(f,
		// single words
		linear.Mix(1, s0w, s0t),
		linear.Mix(2, s0t, depth),
		linear.Mix(3, s1w, s1t),
		linear.Mix(4, s1t, 0),
		linear.Mix(5, n0w, n0t),
		linear.Mix(6, n0t, 0),
		linear.Mix(7, n1w, n1t),
		linear.Mix(8, n1t, n2t),
		linear.Mix(9, s2.form, s2t),
		linear.Mix(10, n2.form, n2t),
		linear.Mix(11, s0.suffix, s0t),
		linear.Mix(12, n0.suffix, n0t),
		linear.Mix(13, s1.suffix, s1t),
		// pairs
		linear.Mix(20, s0w, n0w),
		linear.Mix(21, s0w, s0t|n0t<<8),
		linear.Mix(22, n0w, s0t|n0t<<8),
		linear.Mix(23, s0t, n0t),
		linear.Mix(24, s1w, s0w),
		linear.Mix(25, s1w, s0t|s1t<<8),
		linear.Mix(26, s0w, s0t|s1t<<8),
		linear.Mix(27, s1t, s0t),
		linear.Mix(28, s1w, n0w),
		linear.Mix(29, s1w, tags),
		linear.Mix(30, s0w, tags),
		linear.Mix(31, n0w, tags),
		linear.Mix(32, s0w, n1w),
		linear.Mix(33, s1w^s0w<<1, n0t),
		// tags in a row
		linear.Mix(40, tags, 0),
		linear.Mix(41, tags, n1t),
		linear.Mix(42, tags, s2t),
		linear.Mix(43, s0t|n0t<<8, n1t|n2t<<8),
		linear.Mix(44, tags, n1t|n2t<<8),
		linear.Mix(45, s0w, n0t|n1t<<8),
		linear.Mix(46, s1t|s0t<<8, n0w),
		linear.Mix(47, tags, uint64(s.words[j-1].tag)|n1t<<8),
		// dependents
		linear.Mix(50, tags, s0r|s0rr<<8),
		linear.Mix(51, tags, s0l|s0lr<<8),
		linear.Mix(52, tags, s1r|s1rr<<8),
		linear.Mix(53, tags, n0l|n0lr<<8),
		linear.Mix(54, s0w, s0rr|s0t<<8|n0t<<16),
		linear.Mix(55, n0w, n0lr|n0t<<8|s0t<<16),
		linear.Mix(56, s1w, s1rr|s1t<<8|s0t<<16),
		linear.Mix(57, k0.leftSet, s0t|n0t<<8),
		linear.Mix(58, k0.rightSet, s0t|n0t<<8),
		linear.Mix(59, k1.rightSet, s1t|s0t<<8),
		linear.Mix(60, k1.leftSet, s1t|s0t<<8),
		linear.Mix(61, kn.leftSet, n0t|s0t<<8),
		linear.Mix(62, k1.leftSet^k1.rightSet<<20, tags),
		linear.Mix(63, k0.leftSet^k0.rightSet<<20, tags),
		linear.Mix(64, s.words[k0.left].form, s0t|n0t<<8|s1t<<16),
		linear.Mix(65, s.words[k0.right].form, s0t|n0t<<8),
		linear.Mix(66, s.words[kn.left].form, s0t|n0t<<8),
		linear.Mix(67, s0w, near(int(k0.rights))|near(int(k0.lefts))<<8|n0t<<16),
		linear.Mix(68, tags, near(int(k1.rights))|near(int(k0.rights))<<8|near(int(kn.lefts))<<16),
		linear.Mix(69, tags, tag(k0.left2)|tag(k0.right2)<<8|tag(k1.right2)<<16),
		// distances and borders
		linear.Mix(80, tags, gap|gap1<<8),
		linear.Mix(81, s0w, gap|n0t<<8),
		linear.Mix(82, n0w, gap|s0t<<8),
		linear.Mix(83, s1w, gap1|s0t<<8),
		linear.Mix(84, s0w, gap1|s1t<<8),
		linear.Mix(85, tags, border|1<<16),
		linear.Mix(86, tags, border1|2<<16),
		linear.Mix(87, s0w, border|n0t<<8),
		linear.Mix(88, s1w, border1|s0t<<8),
		linear.Mix(89, border|border1<<8, s0t|n0t<<8|n1t<<16),
		// what is to come
		linear.Mix(90, tags, n0.future),
		linear.Mix(91, s0t|n0t<<8, n0.future|n1t<<40),
		linear.Mix(92, s0w, n0.future),
		linear.Mix(93, n0w, n0.future|s0t<<40),
		linear.Mix(94, tags, n0.future|depth<<40|s2t<<48),
		linear.Mix(95, tags, k0.leftSet<<8^n0.future<<48^n0.future>>16),
		linear.Mix(96, tags, k1.leftSet<<8^n0.future<<48^n0.future>>16),
		linear.Mix(97, n0t|n1t<<8|n2t<<16, uint64(s.words[j+3].tag)|s0t<<8),
		linear.Mix(98, tags, s2t|uint64(s.words[s.top(3)].tag)<<8),
		linear.Mix(99, tags, (k0.leftSet|k0.rightSet)^(k1.leftSet|k1.rightSet)<<20),
		linear.Mix(100, tags, uint64(s.depth())),
		linear.Mix(101, tags, k0.leftSet&finish^(k1.leftSet&finish)<<20^n1t<<56),
		linear.Mix(102, tags, tag(s.kids[k0.right].right)|kind(s.kids[k0.right].right)<<8|s0rr<<16|s0r<<24),
		linear.Mix(103, tags, tag(s.kids[k1.right].right)|kind(s.kids[k1.right].right)<<8|s1rr<<16|s1r<<24),
	)
}

// relationFeatures appends the properties by which the second pass decides the relation
// of dependent d to head h; d has all its own dependents, h those between the two.
func (s *state) relationFeatures(f []linear.Feature, h, d int) []linear.Feature {
	hw, dw := &s.words[h], &s.words[d]
	kh, kd := &s.kids[h], &s.kids[d]
	ht, dt := uint64(hw.tag), uint64(dw.tag)
	side, sibling, siblings := uint64(0), kh.right, kh.rightSet
	a, b := h, d
	if d < h {
		side, sibling, siblings = 1, kh.left, kh.leftSet
		a, b = d, h
	}
	pair := ht | dt<<8 | side<<16
	border := s.between(a, b)
	tag := func(i int) uint64 { return uint64(s.words[i].tag) }
	var siblingRelation, leftRelation, rightRelation uint64
	if sibling != 0 {
		siblingRelation = uint64(s.kinds[sibling])
	}
	if kd.left != 0 {
		leftRelation = uint64(s.kinds[kd.left])
	}
	if kd.right != 0 {
		rightRelation = uint64(s.kinds[kd.right])
	}
	same := dt // whether the first pass found the arc, too
	if int(dw.guess.head) == h {
		same |= 1 << 8
	}
	return append(f,
		linear.Mix(1, pair, 0),
		linear.Mix(2, dw.form, side),
		linear.Mix(3, hw.form, side),
		linear.Mix(4, dw.form, pair),
		linear.Mix(5, hw.form, pair),
		linear.Mix(6, dw.form, hw.form),
		linear.Mix(7, pair, near(b-a)),
		linear.Mix(8, pair, border),
		linear.Mix(9, pair, siblings),
		linear.Mix(10, pair, siblingRelation|uint64(s.words[sibling].tag)<<8),
		linear.Mix(11, pair, kd.leftSet),
		linear.Mix(12, pair, kd.rightSet),
		linear.Mix(13, s.words[kd.left].form, pair),
		linear.Mix(14, s.words[kd.left].form, hw.form),
		linear.Mix(15, pair, leftRelation|rightRelation<<8|tag(int(kd.left))<<16|tag(int(kd.right))<<24),
		linear.Mix(16, pair, tag(d-1)|tag(d+1)<<8),
		linear.Mix(17, pair, tag(h-1)|tag(h+1)<<8),
		linear.Mix(18, s.words[d-1].form, pair),
		linear.Mix(19, s.words[d+1].form, pair),
		linear.Mix(20, dw.suffix, pair),
		linear.Mix(21, hw.suffix, pair),
		linear.Mix(22, pair, kh.leftSet^kh.rightSet<<20),
		linear.Mix(23, hw.form, kh.leftSet^kh.rightSet<<20),
		linear.Mix(24, dw.form, kd.leftSet^kd.rightSet<<20),
		linear.Mix(25, s.words[kd.left2].form, pair),
		// the first pass
		linear.Mix(40, same, pair),
		linear.Mix(41, same, dw.form),
		linear.Mix(42, same, hw.form),
		linear.Mix(43, same, kd.leftSet),
		linear.Mix(44, same, siblings),
	)
}

// What tells a finished clause or phrase: relations and, in the first pass, tags.
const (
	finishTags      = 1<<corpus.MD | 1<<corpus.VBD | 1<<corpus.VBZ | 1<<corpus.VBP | 1<<corpus.TO | 1<<corpus.IN | 1<<corpus.PRP | 1<<corpus.WDT
	finishRelations = 1<<corpus.Nsubj | 1<<corpus.Nsubjpass | 1<<corpus.Mark | 1<<corpus.Case | 1<<corpus.Cop | 1<<corpus.Aux | 1<<corpus.Auxpass
)
