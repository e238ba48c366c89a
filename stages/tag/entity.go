package tag

import (
	"onrecord/corpus"
	"onrecord/stages/internal/linear"
)

// label says whether a word begins (odd) or continues (even) a name, and of which
// kind; 0 is outside.
type label uint8

const numLabels = 9

func begin(k corpus.EntityKind) label { return label(2*k + 1) }

func (l label) kind() corpus.EntityKind { return corpus.EntityKind((l - 1) / 2) }

// begins reports whether l starts a name when it comes after before.
func (l label) begins(before label) bool {
	return l != 0 && (l%2 == 1 || before == 0 || before.kind() != l.kind())
}

// follows reports whether l may come after before: what continues, continues something
// of its kind.
func (l label) follows(before label) bool {
	return l == 0 || l%2 == 1 || before != 0 && before.kind() == l.kind()
}

// nameFeatures appends the properties by which the label of word i of sentence s is
// decided, labels beside it apart; all tags are known.
func (a *article) nameFeatures(f []linear.Feature, s *sentence, i int, m *memory) []linear.Feature {
	around := a.words[i-2 : i+3]
	before2, before, w, after, after2 := &around[0], &around[1], &around[2], &around[3], &around[4]
	t := uint64(a.tags[i])
	t0, t1, t2 := uint64(a.tags[i-1]), uint64(a.tags[i+1]), uint64(a.tags[i+2])
	var place uint64
	if i == int(s.start) {
		place = 1
	}
	if s.title {
		place |= 2
	}
	was, company := m.recall(w)
	wasNext, companyNext := m.recall(after)
	seen, seenNext := uint64(was), uint64(wasNext)
	f = append(f,
		linear.Mix(1, w.form, 0),
		linear.Mix(2, w.plain, 0),
		linear.Mix(3, w.suffix, 0),
		linear.Mix(4, w.prefix, 0),
		linear.Mix(5, w.shape, place),
		linear.Mix(6, t, place),
		linear.Mix(7, t0<<16|t<<8|t1, 0),
		linear.Mix(8, t1<<8|t2, t),
		linear.Mix(10, before.plain, 0),
		linear.Mix(11, before2.plain, 0),
		linear.Mix(12, after.plain, 0),
		linear.Mix(13, after2.plain, 0),
		linear.Mix(14, before.form, w.form),
		linear.Mix(15, w.form, after.form),
		linear.Mix(16, after.shape, w.shape),
		linear.Mix(17, before.shape, w.shape),
		linear.Mix(18, after.suffix, w.shape),
		linear.Mix(19, before.suffix, w.shape),
		linear.Mix(20, seen, uint64(w.class)),
		linear.Mix(21, seenNext, seen),
		linear.Mix(22, before.plain, after.plain),
		linear.Mix(23, before.plain, t),
		linear.Mix(24, uint64(w.class), t),
		linear.Mix(25, uint64(w.class)<<16|uint64(after.class), t1),
		linear.Mix(26, uint64(before.class)<<16|uint64(w.class), t0),
		linear.Mix(27, uint64(after.class)<<16|uint64(after2.class), uint64(w.looks&capital)<<16),
	)
	k0, k, k1 := uint64(before.lex.cluster), uint64(w.lex.cluster), uint64(after.lex.cluster)
	f = append(f,
		linear.Mix(60, k0<<8|k1, w.shape),
		linear.Mix(61, k, t),
		linear.Mix(62, uint64(before2.lex.cluster)<<8|k0, 0),
		linear.Mix(63, k1<<8|uint64(after2.lex.cluster), 0),
	)
	if w.looks&capital != 0 {
		c := uint64(company)
		f = append(f,
			linear.Mix(50, c, 0),
			linear.Mix(51, c&uint64(small|middle|afterTitle|afterGiven), uint64(w.class)),
			linear.Mix(52, c&uint64(withBody|afterIn|afterThe|bracketed), w.shape),
			linear.Mix(53, c&uint64(first|last|acts|owns), seen),
			linear.Mix(56, uint64(w.small.usual)<<8|t, place),
			linear.Mix(57, uint64(w.small.usual)<<16|uint64(w.class), c&uint64(small|middle)),
			linear.Mix(54, uint64(companyNext), uint64(w.class)),
		)
		for n := range numSigns {
			if c>>n&1 != 0 {
				f = append(f, linear.Mix(55, uint64(n), 0))
			}
		}
	}
	return f
}

// linkFeatures appends what the label of word i has to do with the label before it.
func (a *article) linkFeatures(f []linear.Feature, i int, before label) []linear.Feature {
	w, l := &a.words[i], uint64(before)
	form := w.shape
	if w.looks&capital == 0 {
		form = w.plain
	}
	return append(f,
		linear.Mix(40, l, 0),
		linear.Mix(41, l, uint64(a.tags[i])),
		linear.Mix(42, l, form),
	)
}

// spans appends the names of an article as spans of the document's tokens.
func (a *article) spans(out []corpus.Entity) []corpus.Entity {
	for n := range a.sentences {
		s := &a.sentences[n]
		for i := s.start; i < s.end; i++ {
			if a.labels[i] == 0 {
				continue
			}
			at := s.first + i - s.start
			if a.labels[i].begins(a.labels[i-1]) {
				out = append(out, corpus.Entity{Span: corpus.Span{Start: at, End: at + 1}, Kind: a.labels[i].kind()})
			} else {
				out[len(out)-1].End = at + 1
			}
		}
	}
	return out
}
