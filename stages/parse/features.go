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

// view is what the features of a move look at.
type view struct {
	s0, s1, s2, n0, n1, n2 *word // the stack's top three, and the next three
	k0, k1, kn             *kids // of s0, s1, n0

	s0w, s1w, n0w, n1w                 uint64 // forms
	s0t, s1t, s2t, n0t, n1t, n2t, tags uint64 // tags; tags: of s0, n0, s1
	s0l, s0r, s1r, n0l                 uint64 // tags of outermost dependents
	s0lr, s0rr, s1rr, n0lr             uint64 // their relations
	gap, gap1, border, border1         uint64 // between s0 and n0, and s1 and s0
	depth                              uint64 // of the stack; 0: more than two
	g                                  uint64 // see guessed
}

func (s *state) tag(i int32) uint64 { return uint64(s.words[i].tag) }

func (s *state) kind(i int32) uint64 {
	if i == 0 {
		return 0
	}
	return uint64(s.kinds[i])
}

// look takes the view of s.
func (v *view) look(s *state) {
	i0, i1, i2, j := s.top(0), s.top(1), s.top(2), s.next
	v.s0, v.s1, v.s2 = &s.words[i0], &s.words[i1], &s.words[i2]
	v.n0, v.n1, v.n2 = &s.words[j], &s.words[j+1], &s.words[j+2]
	v.k0, v.k1, v.kn = &s.kids[i0], &s.kids[i1], &s.kids[j]

	v.s0w, v.s1w, v.n0w, v.n1w = v.s0.form, v.s1.form, v.n0.form, v.n1.form
	v.s0t, v.s1t, v.s2t = uint64(v.s0.tag), uint64(v.s1.tag), uint64(v.s2.tag)
	v.n0t, v.n1t, v.n2t = uint64(v.n0.tag), uint64(v.n1.tag), uint64(v.n2.tag)
	v.tags = v.s0t | v.n0t<<8 | v.s1t<<16
	v.s0l, v.s0r, v.s1r, v.n0l = s.tag(v.k0.left), s.tag(v.k0.right), s.tag(v.k1.right), s.tag(v.kn.left)
	v.s0lr, v.s0rr, v.s1rr, v.n0lr = s.kind(v.k0.left), s.kind(v.k0.right), s.kind(v.k1.right), s.kind(v.kn.left)

	v.gap, v.gap1 = near(j-i0), near(i0-i1)
	v.border, v.border1 = s.between(i0, j), s.between(i1, i0)
	v.depth = 0
	if d := s.depth(); d <= 2 {
		v.depth = uint64(d)
	}
	if s.guided {
		v.g = s.guessed(i0, i1, i2, j)
	}
}

// quickFeatures appends the properties by which most moves can be decided: those that
// carried most of the difference between moves in the model that had them all.
func (s *state) quickFeatures(f []linear.Feature, v *view) []linear.Feature {
	if s.guided {
		f = append(f,
			linear.Mix(110, v.g, 0),
			linear.Mix(113, v.g, v.s0t|v.s1t<<8|2<<20),
			linear.Mix(115, v.g, v.n0w),
			linear.Mix(117, v.g, v.k0.leftSet),
			linear.Mix(118, v.g, v.k0.rightSet^v.kn.leftSet<<20),
			linear.Mix(119, v.g, v.border|v.border1<<8|v.gap<<16),
		)
	}
	return append(f,
		// single words
		linear.Mix(1, v.s0w, v.s0t),
		linear.Mix(2, v.s0t, v.depth),
		linear.Mix(3, v.s1w, v.s1t),
		linear.Mix(4, v.s1t, 0),
		linear.Mix(5, v.n0w, v.n0t),
		linear.Mix(6, v.n0t, 0),
		linear.Mix(7, v.n1w, v.n1t),
		linear.Mix(8, v.n1t, v.n2t),
		linear.Mix(11, v.s0.suffix, v.s0t),
		linear.Mix(12, v.n0.suffix, v.n0t),
		linear.Mix(13, v.s1.suffix, v.s1t),
		// pairs
		linear.Mix(22, v.n0w, v.s0t|v.n0t<<8),
		linear.Mix(27, v.s1t, v.s0t),
		// tags in a row
		linear.Mix(43, v.s0t|v.n0t<<8, v.n1t|v.n2t<<8),
		// dependents
		linear.Mix(50, v.tags, v.s0r|v.s0rr<<8),
		linear.Mix(52, v.tags, v.s1r|v.s1rr<<8),
		linear.Mix(53, v.tags, v.n0l|v.n0lr<<8),
		linear.Mix(55, v.n0w, v.n0lr|v.n0t<<8|v.s0t<<16),
		linear.Mix(57, v.k0.leftSet, v.s0t|v.n0t<<8),
		linear.Mix(58, v.k0.rightSet, v.s0t|v.n0t<<8),
		linear.Mix(59, v.k1.rightSet, v.s1t|v.s0t<<8),
		linear.Mix(60, v.k1.leftSet, v.s1t|v.s0t<<8),
		linear.Mix(61, v.kn.leftSet, v.n0t|v.s0t<<8),
		linear.Mix(65, s.words[v.k0.right].form, v.s0t|v.n0t<<8),
		linear.Mix(66, s.words[v.kn.left].form, v.s0t|v.n0t<<8),
		linear.Mix(67, v.s0w, near(int(v.k0.rights))|near(int(v.k0.lefts))<<8|v.n0t<<16),
		// distances and borders
		linear.Mix(84, v.s0w, v.gap1|v.s1t<<8),
		linear.Mix(85, v.tags, v.border|1<<16),
		linear.Mix(86, v.tags, v.border1|2<<16),
		linear.Mix(87, v.s0w, v.border|v.n0t<<8),
		linear.Mix(88, v.s1w, v.border1|v.s0t<<8),
		linear.Mix(89, v.border|v.border1<<8, v.s0t|v.n0t<<8|v.n1t<<16),
		// what is to come
		linear.Mix(92, v.s0w, v.n0.future),
	)
}

// otherFeatures appends the properties that the harder moves need as well.
func (s *state) otherFeatures(f []linear.Feature, v *view) []linear.Feature {
	finish := uint64(finishTags)
	if s.guided {
		finish = finishRelations
		f = append(f,
			linear.Mix(111, v.g, v.tags),
			linear.Mix(112, v.g, v.s0t|v.n0t<<8|1<<20),
			linear.Mix(114, v.g, v.s0w),
			linear.Mix(116, v.g, v.s1w),
			linear.Mix(120, s.tag(v.s0.guess.head)|s.tag(v.s1.guess.head)<<8|s.tag(v.n0.guess.head)<<16, v.tags),
			linear.Mix(121, v.g, v.n1t|v.n2t<<8|v.n0t<<16),
		)
	}
	return append(f,
		// single words
		linear.Mix(9, v.s2.form, v.s2t),
		linear.Mix(10, v.n2.form, v.n2t),
		// pairs
		linear.Mix(20, v.s0w, v.n0w),
		linear.Mix(21, v.s0w, v.s0t|v.n0t<<8),
		linear.Mix(23, v.s0t, v.n0t),
		linear.Mix(24, v.s1w, v.s0w),
		linear.Mix(25, v.s1w, v.s0t|v.s1t<<8),
		linear.Mix(26, v.s0w, v.s0t|v.s1t<<8),
		linear.Mix(28, v.s1w, v.n0w),
		linear.Mix(29, v.s1w, v.tags),
		linear.Mix(30, v.s0w, v.tags),
		linear.Mix(31, v.n0w, v.tags),
		linear.Mix(32, v.s0w, v.n1w),
		linear.Mix(33, v.s1w^v.s0w<<1, v.n0t),
		// tags in a row
		linear.Mix(40, v.tags, 0),
		linear.Mix(41, v.tags, v.n1t),
		linear.Mix(42, v.tags, v.s2t),
		linear.Mix(44, v.tags, v.n1t|v.n2t<<8),
		linear.Mix(45, v.s0w, v.n0t|v.n1t<<8),
		linear.Mix(46, v.s1t|v.s0t<<8, v.n0w),
		linear.Mix(47, v.tags, uint64(s.words[s.next-1].tag)|v.n1t<<8),
		// dependents
		linear.Mix(51, v.tags, v.s0l|v.s0lr<<8),
		linear.Mix(54, v.s0w, v.s0rr|v.s0t<<8|v.n0t<<16),
		linear.Mix(56, v.s1w, v.s1rr|v.s1t<<8|v.s0t<<16),
		linear.Mix(62, v.k1.leftSet^v.k1.rightSet<<20, v.tags),
		linear.Mix(63, v.k0.leftSet^v.k0.rightSet<<20, v.tags),
		linear.Mix(64, s.words[v.k0.left].form, v.s0t|v.n0t<<8|v.s1t<<16),
		linear.Mix(68, v.tags, near(int(v.k1.rights))|near(int(v.k0.rights))<<8|near(int(v.kn.lefts))<<16),
		linear.Mix(69, v.tags, s.tag(v.k0.left2)|s.tag(v.k0.right2)<<8|s.tag(v.k1.right2)<<16),
		// distances and borders
		linear.Mix(80, v.tags, v.gap|v.gap1<<8),
		linear.Mix(81, v.s0w, v.gap|v.n0t<<8),
		linear.Mix(82, v.n0w, v.gap|v.s0t<<8),
		linear.Mix(83, v.s1w, v.gap1|v.s0t<<8),
		// what is to come
		linear.Mix(90, v.tags, v.n0.future),
		linear.Mix(91, v.s0t|v.n0t<<8, v.n0.future|v.n1t<<40),
		linear.Mix(93, v.n0w, v.n0.future|v.s0t<<40),
		linear.Mix(94, v.tags, v.n0.future|v.depth<<40|v.s2t<<48),
		linear.Mix(95, v.tags, v.k0.leftSet<<8^v.n0.future<<48^v.n0.future>>16),
		linear.Mix(96, v.tags, v.k1.leftSet<<8^v.n0.future<<48^v.n0.future>>16),
		linear.Mix(97, v.n0t|v.n1t<<8|v.n2t<<16, uint64(s.words[s.next+3].tag)|v.s0t<<8),
		linear.Mix(98, v.tags, v.s2t|uint64(s.words[s.top(3)].tag)<<8),
		linear.Mix(99, v.tags, (v.k0.leftSet|v.k0.rightSet)^(v.k1.leftSet|v.k1.rightSet)<<20),
		linear.Mix(100, v.tags, uint64(s.depth())),
		linear.Mix(101, v.tags, v.k0.leftSet&finish^(v.k1.leftSet&finish)<<20^v.n1t<<56),
		linear.Mix(102, v.tags, s.tag(s.kids[v.k0.right].right)|s.kind(s.kids[v.k0.right].right)<<8|v.s0rr<<16|v.s0r<<24),
		linear.Mix(103, v.tags, s.tag(s.kids[v.k1.right].right)|s.kind(s.kids[v.k1.right].right)<<8|v.s1rr<<16|v.s1r<<24),
	)
}

// arcView is what the features of a relation look at.
type arcView struct {
	h, d           int
	hw, dw         *word
	kh, kd         *kids
	dt, side, pair uint64 // the dependent's tag, its side, and both with the head's tag
	sibling        int32  // the head's outermost dependent on that side so far
	siblings       uint64 // what all are on that side
	gap, border    uint64
	same           uint64 // the dependent's tag, and whether the first pass found the arc, too
}

// look takes the view of an arc from h to d; d has all its own dependents, h those between
// the two.
func (v *arcView) look(s *state, h, d int) {
	v.h, v.d = h, d
	v.hw, v.dw = &s.words[h], &s.words[d]
	v.kh, v.kd = &s.kids[h], &s.kids[d]
	v.side, v.sibling, v.siblings = 0, v.kh.right, v.kh.rightSet
	a, b := h, d
	if d < h {
		v.side, v.sibling, v.siblings = 1, v.kh.left, v.kh.leftSet
		a, b = d, h
	}
	v.dt = uint64(v.dw.tag)
	v.pair = uint64(v.hw.tag) | v.dt<<8 | v.side<<16
	v.gap, v.border = near(b-a), s.between(a, b)
	v.same = v.dt
	if int(v.dw.guess.head) == h {
		v.same |= 1 << 8
	}
}

// quickRelationFeatures appends the properties by which the second pass can decide half of the
// relations; see quickFeatures.
func (s *state) quickRelationFeatures(f []linear.Feature, v *arcView) []linear.Feature {
	return append(f,
		linear.Mix(1, v.pair, 0),
		linear.Mix(2, v.dw.form, v.side),
		linear.Mix(3, v.hw.form, v.side),
		linear.Mix(8, v.pair, v.border),
		linear.Mix(9, v.pair, v.siblings),
		linear.Mix(10, v.pair, s.kind(v.sibling)|s.tag(v.sibling)<<8),
		linear.Mix(12, v.pair, v.kd.rightSet),
		linear.Mix(13, s.words[v.kd.left].form, v.pair),
		linear.Mix(15, v.pair, s.kind(v.kd.left)|s.kind(v.kd.right)<<8|s.tag(v.kd.left)<<16|s.tag(v.kd.right)<<24),
		linear.Mix(24, v.dw.form, v.kd.leftSet^v.kd.rightSet<<20),
		linear.Mix(43, v.same, v.kd.leftSet),
		linear.Mix(44, v.same, v.siblings),
	)
}

// otherRelationFeatures appends the properties that the harder relations need as well.
func (s *state) otherRelationFeatures(f []linear.Feature, v *arcView) []linear.Feature {
	return append(f,
		linear.Mix(4, v.dw.form, v.pair),
		linear.Mix(5, v.hw.form, v.pair),
		linear.Mix(6, v.dw.form, v.hw.form),
		linear.Mix(7, v.pair, v.gap),
		linear.Mix(11, v.pair, v.kd.leftSet),
		linear.Mix(14, s.words[v.kd.left].form, v.hw.form),
		linear.Mix(16, v.pair, uint64(s.words[v.d-1].tag)|uint64(s.words[v.d+1].tag)<<8),
		linear.Mix(17, v.pair, uint64(s.words[v.h-1].tag)|uint64(s.words[v.h+1].tag)<<8),
		linear.Mix(18, s.words[v.d-1].form, v.pair),
		linear.Mix(19, s.words[v.d+1].form, v.pair),
		linear.Mix(20, v.dw.suffix, v.pair),
		linear.Mix(21, v.hw.suffix, v.pair),
		linear.Mix(22, v.pair, v.kh.leftSet^v.kh.rightSet<<20),
		linear.Mix(23, v.hw.form, v.kh.leftSet^v.kh.rightSet<<20),
		linear.Mix(25, s.words[v.kd.left2].form, v.pair),
		linear.Mix(40, v.same, v.pair),
		linear.Mix(41, v.same, v.dw.form),
		linear.Mix(42, v.same, v.hw.form),
	)
}

// What tells a finished clause or phrase: relations and, in the first pass, tags.
const (
	finishTags      = 1<<corpus.MD | 1<<corpus.VBD | 1<<corpus.VBZ | 1<<corpus.VBP | 1<<corpus.TO | 1<<corpus.IN | 1<<corpus.PRP | 1<<corpus.WDT
	finishRelations = 1<<corpus.Nsubj | 1<<corpus.Nsubjpass | 1<<corpus.Mark | 1<<corpus.Case | 1<<corpus.Cop | 1<<corpus.Aux | 1<<corpus.Auxpass
)
