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

// memory remembers how a document's capitalised words were labelled, so that a name
// seen whole once helps its later surname.
type memory struct {
	keys  [memorySlots]uint64
	last  [memorySlots]label
	stamp [memorySlots]uint32
	now   uint32 // entries of earlier documents have another stamp
}

const memorySlots = 1 << 12

func (m *memory) forget() { m.now++ }

// slot is where a word is or would be kept. A full neighbourhood gives up the oldest
// place: memory is a help, not a promise.
func (m *memory) slot(exact uint64) int {
	i := int(exact >> 40 % memorySlots)
	for range 4 {
		if m.stamp[i] != m.now || m.keys[i] == exact {
			return i
		}
		i = (i + 1) % memorySlots
	}
	return i
}

func (m *memory) recall(w *word) label {
	if w.looks&capital == 0 {
		return 0
	}
	if i := m.slot(w.exact); m.stamp[i] == m.now && m.keys[i] == w.exact {
		return m.last[i]
	}
	return 0
}

func (m *memory) learn(w *word, l label) {
	if w.looks&capital == 0 || l == 0 {
		return
	}
	i := m.slot(w.exact)
	m.keys[i], m.last[i], m.stamp[i] = w.exact, l, m.now
}

// nameFeatures appends the properties by which the label of word i is decided; all
// tags and the labels before it are known.
func (s *sentence) nameFeatures(f []linear.Feature, i int, m *memory) []linear.Feature {
	w := &s.words[i]
	before, after := &s.words[i-1], &s.words[i+1]
	before2, after2 := &s.words[i-2], &s.words[i+2]
	l1, l2 := uint64(s.labels[i-1]), uint64(s.labels[i-2])
	t := uint64(s.tags[i])
	t0, t1, t2 := uint64(s.tags[i-1]), uint64(s.tags[i+1]), uint64(s.tags[i+2])
	var place uint64
	if i == margin {
		place = 1
	}
	if s.title {
		place |= 2
	}
	seen, seenNext := uint64(m.recall(w)), uint64(m.recall(after))
	return append(f,
		linear.Mix(1, w.exact, 0),
		linear.Mix(2, w.lower, l1),
		linear.Mix(3, w.suffix, 0),
		linear.Mix(4, w.prefix, 0),
		linear.Mix(5, w.shape, place),
		linear.Mix(6, t, l1),
		linear.Mix(7, t0<<16|t<<8|t1, 0),
		linear.Mix(8, t1<<8|t2, l1),
		linear.Mix(9, l1<<8|l2, 0),
		linear.Mix(10, before.lower, 0),
		linear.Mix(11, before2.lower, l1),
		linear.Mix(12, after.lower, 0),
		linear.Mix(13, after2.lower, 0),
		linear.Mix(14, before.exact, w.exact),
		linear.Mix(15, w.exact, after.exact),
		linear.Mix(16, after.shape, w.shape),
		linear.Mix(17, before.shape, w.shape),
		linear.Mix(18, after.suffix, w.shape),
		linear.Mix(19, before.suffix, w.shape),
		linear.Mix(20, seen, l1),
		linear.Mix(21, seenNext, l1<<8|seen),
		linear.Mix(22, before.lower, after.lower),
		linear.Mix(23, before.lower, l1<<8|t),
		linear.Mix(24, uint64(w.class), l1<<8|t),
		linear.Mix(25, uint64(w.class)<<16|uint64(after.class), t1),
		linear.Mix(26, uint64(before.class)<<16|uint64(w.class), l1),
		linear.Mix(27, uint64(after.class)<<16|uint64(after2.class), uint64(w.looks&capital)<<16|l1),
	)
}

// names decides the label of every word from left to right.
func (s *sentence) names(m *memory, decide func(i int) label) {
	for i := margin; i < len(s.words)-margin; i++ {
		s.labels[i] = decide(i)
		m.learn(&s.words[i], s.labels[i])
	}
}

// spans appends the names of the sentence as spans of the document's tokens.
func (s *sentence) spans(out []corpus.Entity) []corpus.Entity {
	for i := margin; i < len(s.words)-margin; i++ {
		if s.labels[i] == 0 {
			continue
		}
		at := int32(s.first + i - margin)
		if s.labels[i].begins(s.labels[i-1]) {
			out = append(out, corpus.Entity{Span: corpus.Span{Start: at, End: at + 1}, Kind: s.labels[i].kind()})
		} else {
			out[len(out)-1].End = at + 1
		}
	}
	return out
}
