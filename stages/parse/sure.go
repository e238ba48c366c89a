package parse

import (
	"encoding/binary"
	"errors"
	"slices"

	"onrecord/stages/internal/linear"
)

// sure are decisions that need no scores: in some contexts, told by a few tags alone,
// a model decided the same way practically always. Looking them up is several times
// quicker than adding up features. It is an open-addressing table; an entry is a
// context with its lowest byte replaced by one more than the class.
type sure struct {
	slots []uint64 // a power of two; 0 is empty
}

func (s *sure) find(context linear.Feature) (class int, ok bool) {
	mask := len(s.slots) - 1
	for i := int(context>>32) & mask; s.slots[i] != 0; i = (i + 1) & mask {
		if (s.slots[i]^uint64(context))>>8 == 0 {
			return int(s.slots[i]&0xFF) - 1, true
		}
	}
	return 0, false
}

// newSure builds the table, half empty at least, so that a search ends soon.
func newSure(entries []uint64) *sure {
	size := 64
	for size < 2*len(entries) {
		size *= 2
	}
	s := &sure{slots: make([]uint64, size)}
	for _, e := range entries {
		i := int(e>>32) & (size - 1)
		for s.slots[i] != 0 {
			i = (i + 1) & (size - 1)
		}
		s.slots[i] = e
	}
	return s
}

func (s *sure) encode() []byte {
	var out []byte
	for _, e := range slices.Sorted(slices.Values(s.slots)) {
		if e != 0 {
			out = binary.LittleEndian.AppendUint64(out, e)
		}
	}
	return out
}

func decodeSure(data []byte, classes int) (*sure, error) {
	if len(data)%8 != 0 {
		return nil, errors.New("sure decisions: size is not a multiple of an entry's")
	}
	var entries []uint64
	for ; len(data) > 0; data = data[8:] {
		e := binary.LittleEndian.Uint64(data)
		if class := int(e & 0xFF); class < 1 || class > classes {
			return nil, errors.New("sure decisions: unknown class")
		}
		entries = append(entries, e)
	}
	return newSure(entries), nil
}

// habits counts how a model decides in each context.
type habits map[uint64]map[int]int

func (h habits) count(context linear.Feature, class int) {
	key := uint64(context) &^ 0xFF
	if h[key] == nil {
		h[key] = map[int]int{}
	}
	h[key][class]++
}

// Constants of sureness: how often a context was seen at least, and which share of the
// decisions in it were the same.
const (
	sureCount = 60
	sureShare = 0.998
)

// sure lists what is practically always decided in one way.
func (h habits) sure() *sure {
	var entries []uint64
	for key, classes := range h {
		total, best, most := 0, 0, 0
		for class, n := range classes {
			total += n
			if n > most {
				best, most = class, n
			}
		}
		if total >= sureCount && float64(most) >= sureShare*float64(total) {
			entries = append(entries, key|uint64(best+1))
		}
	}
	slices.Sort(entries) // the table's layout must not depend on the order of a map
	return newSure(entries)
}

// moveContext is what tells whether the next move is sure.
func (s *state) moveContext() linear.Feature {
	i0, i1, j := s.top(0), s.top(1), s.next
	tags := uint64(s.words[i0].tag) | uint64(s.words[i1].tag)<<8 | uint64(s.words[j].tag)<<16 | uint64(s.words[j+1].tag)<<24
	if s.guided {
		return linear.Mix(200, tags, s.guessed(i0, i1, s.top(2), j))
	}
	return linear.Mix(200, tags, uint64(s.words[j+2].tag))
}

// relationContext is what tells whether a relation is sure.
func (s *state) relationContext(h, d int) linear.Feature {
	hw, dw := &s.words[h], &s.words[d]
	pair := uint64(hw.tag) | uint64(dw.tag)<<8
	if d < h {
		pair |= 1 << 16
	}
	if int(dw.guess.head) == h {
		pair |= 1 << 17
	}
	return linear.Mix(201, pair, dw.form)
}
