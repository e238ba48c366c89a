package parse

import (
	"encoding/binary"
	"errors"
	"slices"

	"onrecord/corpus"
)

// word is what the features see of a token.
type word struct {
	form   uint64 // hash of the token, or of its class if the lexicon has it not
	suffix uint64 // hash of its last letters
	tag    corpus.Tag
	// Of the sentence up to and with this word:
	commas, verbs, quotes, links int32
	future                       uint64 // from this word on: see foresee
	guess                        guess
}

// look makes a word of a token. Words that are rare, and names, are known by their
// looks only: a parser that knows politicians by heart knows no others.
func look(token string, tag corpus.Tag, lex *lexicon) word {
	lower, suffix := hash(token)
	w := word{form: lower, suffix: suffix, tag: tag}
	if !lex.has(uint32(lower >> 32)) {
		w.form = suffix<<8 | uint64(tag)
		if tag.IsProper() {
			w.form = uint64(tag)
		}
	}
	return w
}

const (
	hashStart = 0xCBF29CE484222325
	hashPrime = 0x100000001B3
)

// hash is that of a token in lower case with digits as 0, and its last three bytes.
func hash(token string) (lower, suffix uint64) {
	lower = hashStart
	for i := 0; i < len(token); i++ {
		c := token[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c |= 0x20
		case '0' <= c && c <= '9':
			c = '0'
		case c == 0xE2 && i+2 < len(token) && token[i+1] == 0x80:
			// Typographic quotation marks and apostrophes are as good as straight ones.
			switch token[i+2] {
			case 0x98, 0x99:
				c, i = '\'', i+2
			case 0x9C, 0x9D:
				c, i = '"', i+2
			}
		}
		lower = (lower ^ uint64(c)) * hashPrime
		suffix = suffix<<8 | uint64(c)
	}
	return lower, suffix & 0xFFFFFF
}

// count numbers the words that stand between others as signs of a border.
func count(words []word) {
	for i := 1; i < len(words); i++ {
		w, before := &words[i], &words[i-1]
		w.commas, w.verbs, w.quotes, w.links = before.commas, before.verbs, before.quotes, before.links
		switch t := w.tag; {
		case t == corpus.Comma || t == corpus.Colon:
			w.commas++
		case t.IsVerb() || t == corpus.MD:
			w.verbs++
		case t == corpus.OpenQuote || t == corpus.CloseQuote:
			w.quotes++
		case t == corpus.CC || t == corpus.IN || t == corpus.WDT || t == corpus.WP:
			w.links++
		}
	}
}

// foresee tells each word what finite verb, mark and link come from it on.
func foresee(words []word) {
	var verb, comma, link, last corpus.Tag
	var dv, dc uint64
	for i := len(words) - 1; i >= 0; i-- {
		w := &words[i]
		dv++
		dc++
		switch t := w.tag; {
		case t == corpus.Comma || t == corpus.Colon || t == corpus.CloseQuote || t == corpus.Period:
			comma, dc = t, 0
		case t == corpus.VBD || t == corpus.VBZ || t == corpus.VBP || t == corpus.MD:
			verb, dv = t, 0
			last++
		case t == corpus.CC || t == corpus.WDT || t == corpus.WP:
			link = t
		}
		order := uint64(0)
		if dv < dc {
			order = 1
		}
		w.future = uint64(verb) | uint64(comma)<<8 | uint64(link)<<32 | order<<16 | min(uint64(last), 2)<<20
	}
}

// lexicon is the set of forms that are known as such: an open-addressing table of
// hashes, so that looking a word up allocates nothing and no word is stored.
type lexicon struct {
	slots []uint32 // a power of two; 0 is empty
}

func (l *lexicon) has(key uint32) bool {
	mask := uint32(len(l.slots) - 1)
	for i := key & mask; l.slots[i] != 0; i = (i + 1) & mask {
		if l.slots[i] == key {
			return true
		}
	}
	return false
}

// newLexicon builds the table, half empty at least, so that a search ends soon.
func newLexicon(keys []uint32) *lexicon {
	size := uint32(1024)
	for size < 2*uint32(len(keys)) {
		size *= 2
	}
	l := &lexicon{slots: make([]uint32, size)}
	for _, key := range keys {
		i := key & (size - 1)
		for l.slots[i] != 0 {
			i = (i + 1) & (size - 1)
		}
		l.slots[i] = key
	}
	return l
}

// encodeLexicon writes keys in rising order, 32 bits each.
func encodeLexicon(keys []uint32) []byte {
	var out []byte
	for _, k := range slices.Sorted(slices.Values(keys)) {
		out = binary.LittleEndian.AppendUint32(out, k)
	}
	return out
}

func decodeLexicon(data []byte) (*lexicon, error) {
	if len(data)%4 != 0 {
		return nil, errors.New("lexicon: size is not a multiple of a key's")
	}
	var keys []uint32
	for ; len(data) > 0; data = data[4:] {
		keys = append(keys, binary.LittleEndian.Uint32(data))
	}
	return newLexicon(keys), nil
}
