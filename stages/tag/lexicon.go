package tag

import (
	"encoding/binary"
	"errors"
	"slices"

	"onrecord/corpus"
)

// lexeme is what the training text says of a word form by itself.
type lexeme struct {
	usual   corpus.Tag // the most frequent tag; NoTag for a rare or unknown form
	certain bool       // it hardly ever had another
	outside bool       // it was never part of a name
	cluster uint8      // of words in like company; 0 for a rare or unknown form
}

// lexicon maps word forms to lexemes: an open-addressing table of hashes, so that
// looking a word up allocates nothing and the words themselves are not stored.
type lexicon struct {
	slots []slot // a power of two
}

type slot struct {
	key uint32 // keyOf a form's hash; 0 is empty
	lex lexeme
}

func (l *lexicon) find(key uint32) lexeme {
	mask := uint32(len(l.slots) - 1)
	for i := key & mask; ; i = (i + 1) & mask {
		if s := l.slots[i]; s.key == key {
			return s.lex
		} else if s.key == 0 {
			return lexeme{}
		}
	}
}

// newLexicon builds the table, half empty at least, so that a search ends soon.
func newLexicon(entries map[uint32]lexeme) *lexicon {
	size := 1024
	for size < 2*len(entries) {
		size *= 2
	}
	l := &lexicon{slots: make([]slot, size)}
	for key, lex := range entries {
		i := key & uint32(size-1)
		for l.slots[i].key != 0 {
			i = (i + 1) & uint32(size-1)
		}
		l.slots[i] = slot{key, lex}
	}
	return l
}

const lexiconEntry = 7 // bytes: key u32, tag u8, flags u8, cluster u8

// encodeLexicon writes entries sorted by key.
func encodeLexicon(entries map[uint32]lexeme) []byte {
	keys := make([]uint32, 0, len(entries))
	for k := range entries {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var out []byte
	for _, k := range keys {
		e := entries[k]
		var flags byte
		if e.certain {
			flags |= 1
		}
		if e.outside {
			flags |= 2
		}
		out = binary.LittleEndian.AppendUint32(out, k)
		out = append(out, byte(e.usual), flags, e.cluster)
	}
	return out
}

func decodeLexicon(data []byte) (*lexicon, error) {
	if len(data)%lexiconEntry != 0 {
		return nil, errors.New("lexicon: size is not a multiple of an entry's")
	}
	entries := make(map[uint32]lexeme, len(data)/lexiconEntry)
	for ; len(data) > 0; data = data[lexiconEntry:] {
		if data[4] >= corpus.NumTags {
			return nil, errors.New("lexicon: unknown tag")
		}
		entries[binary.LittleEndian.Uint32(data)] = lexeme{
			usual: corpus.Tag(data[4]), certain: data[5]&1 != 0, outside: data[5]&2 != 0, cluster: data[6]}
	}
	return newLexicon(entries), nil
}
