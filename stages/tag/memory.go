package tag

import "onrecord/corpus"

// memory is what a document says of its capitalised words as a whole: how they were
// labelled where they stood before, and in what company they stand anywhere in it.
// So a name seen whole once helps its surname elsewhere.
type memory struct {
	slots [memorySlots]memorySlot
	now   uint32 // slots of earlier documents have another stamp
}

type memorySlot struct {
	key   uint64 // of a word; see nameKey
	stamp uint32
	signs signs
	last  label
}

const memorySlots = 1 << 12

// signs are kinds of company that a word was seen in.
type signs uint16

const (
	small      signs = 1 << iota // it also stands in lower case
	middle                       // capitalised though no sentence begins there
	afterTitle                   // after "Mr." or "Senator"
	afterGiven                   // after a given name
	first                        // before another proper noun
	last                         // after another proper noun, and before none
	withBody                     // before "Inc.", "Ministry"
	afterIn                      // after "in", "from", "at"
	afterThe
	acts      // before a finite verb
	owns      // before 's
	bracketed // alone in parentheses
	numSigns  = iota
)

func (m *memory) forget() { m.now++ }

// nameKey is what capitalised words are known by, in capitals too; other words are
// known by word.lower.
func (w *word) nameKey() uint64 { return w.lower ^ 0x9E3779B97F4A7C15 }

// slot is where a word is or would be kept. A full neighbourhood gives up the oldest
// place: memory is a help, not a promise.
func (m *memory) slot(key uint64) *memorySlot {
	i := int(key >> 40 % memorySlots)
	for range 4 {
		if s := &m.slots[i]; s.stamp != m.now || s.key == key {
			return s
		}
		i = (i + 1) % memorySlots
	}
	return &m.slots[i]
}

// at is the slot of a word, which is made its own if it was not.
func (m *memory) at(key uint64) *memorySlot {
	s := m.slot(key)
	if s.stamp != m.now || s.key != key {
		*s = memorySlot{key: key, stamp: m.now}
	}
	return s
}

// recall is what is known of a word.
func (m *memory) recall(w *word) (label, signs) {
	if w.looks&capital == 0 {
		return 0, 0
	}
	key := w.nameKey()
	s := m.slot(key)
	if s.stamp != m.now || s.key != key {
		return 0, 0
	}
	seen := s.signs
	if s := m.slot(w.lower); s.stamp == m.now && s.key == w.lower {
		seen |= small
	}
	return s.last, seen
}

func (m *memory) learn(w *word, l label) {
	if w.looks&capital != 0 && l != 0 {
		m.at(w.nameKey()).last = l
	}
}

// observe notes the company of the words of a sentence; its tags are known.
func (m *memory) observe(a *article, s *sentence) {
	for i := int(s.start); i < int(s.end); i++ {
		w := &a.words[i]
		if w.looks&letter == 0 {
			continue
		}
		if w.looks&capital == 0 {
			if !w.lex.certain {
				m.at(w.lower)
			}
			continue
		}
		m.at(w.nameKey()).signs |= a.company(s, i)
	}
}

func (a *article) company(s *sentence, i int) (c signs) {
	before, after := &a.words[i-1], &a.words[i+1]
	t0, t1 := a.tags[i-1], a.tags[i+1]
	properBefore := before.looks&capital != 0 && t0.IsProper()
	properAfter := after.looks&capital != 0 && t1.IsProper()
	if !s.title && i > int(s.start) && t0 != corpus.OpenQuote {
		c |= middle
	}
	switch {
	case before.class&namesTitle != 0:
		c |= afterTitle
	case before.class&namesGiven != 0:
		c |= afterGiven
	}
	if properAfter {
		c |= first
	}
	if properBefore && !properAfter {
		c |= last
	}
	if after.class&namesBody != 0 {
		c |= withBody
	}
	switch before.lower {
	case hashIn, hashFrom, hashAt:
		c |= afterIn
	case hashThe:
		c |= afterThe
	}
	switch t1 {
	case corpus.VBD, corpus.VBZ, corpus.VBP:
		c |= acts
	case corpus.POS:
		c |= owns
	}
	if t0 == corpus.LRB && t1 == corpus.RRB {
		c |= bracketed
	}
	return c
}
