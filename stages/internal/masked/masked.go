// Package masked reads a stretch of text as words for a classifier, with every name
// replaced by one mask: what is learned from the words cannot be about who is named.
// Numbers have a mask of their own. A word that stands under a negation is marked.
package masked

import (
	"strings"

	"onrecord/corpus"
)

// Word is a word of the text, or a name or a target of any number of tokens.
type Word struct {
	Form        uint64 // hash of the small letters, or a mask
	Stem        uint64 // hash of what is left without the ending
	First, Last int32  // tokens, inclusive
	Tag         corpus.Tag
	Negated     bool // within reach of a "not" before it, in the same clause
}

// The masks, and what stands outside the text.
const (
	Outside uint64 = iota + 1
	Name
	Number
	Target
)

// reach is how many words a negation marks.
const reach = 4

// Reader holds the hashes of one document's tokens.
type Reader struct {
	doc    *corpus.Document
	form   []uint64
	stem   []uint64
	entity []int32 // of each token: its entity's index plus one, or 0
	lower  []byte
}

// Reset reads the tokens of a document; its Tags and Entities are there.
func (r *Reader) Reset(doc *corpus.Document) {
	r.doc = doc
	r.form, r.stem, r.entity = r.form[:0], r.stem[:0], r.entity[:0]
	for i, t := range doc.Tokens {
		r.fold(t.Of(doc.Text))
		form := hash(r.lower)
		switch {
		case doc.Tags[i] == corpus.CD:
			form = Number
			r.stem = append(r.stem, Number)
		default:
			r.stem = append(r.stem, hash(r.lower[:stemLength(r.lower)]))
		}
		r.form = append(r.form, form)
		r.entity = append(r.entity, 0)
	}
	for k, e := range doc.Entities {
		for i := e.Start; i < e.End; i++ {
			r.entity[i] = int32(k) + 1
		}
	}
}

// Form is the hash of a token in small letters, whatever it is part of.
func (r *Reader) Form(token int32) uint64 { return r.form[token] }

// Stem is the hash of a token without its ending.
func (r *Reader) Stem(token int32) uint64 { return r.stem[token] }

// Words appends the words of the tokens of part, which lie in one sentence. The tokens
// of target become one word, whose index is returned; -1 if the part has none of them.
func (r *Reader) Words(dst []Word, part, target corpus.Span) ([]Word, int) {
	at, from, negated := -1, len(dst), 0
	for i := part.Start; i < part.End; {
		tag := r.doc.Tags[i]
		w := Word{Form: r.form[i], Stem: r.stem[i], First: i, Last: i, Tag: tag, Negated: negated > 0}
		switch {
		case target.Start <= i && i < target.End:
			w.Form, w.Stem, w.Last, w.Negated = Target, Target, min(target.End, part.End)-1, false
			at = len(dst) - from
		case r.entity[i] > 0:
			w.Last = r.sameEntity(i, part, target)
			w.Form, w.Stem, w.Tag, w.Negated = Name, Name, corpus.NNP, false
		case tag.IsProper():
			w.Form, w.Stem, w.Negated = Name, Name, false
		}
		negated--
		switch {
		case tag == corpus.Comma, tag == corpus.Period, tag == corpus.Colon:
			negated = 0
		case negates(w.Form):
			negated = reach
		}
		i = w.Last + 1
		if n := len(dst); n > from && w.Form == Name && dst[n-1].Form == Name {
			dst[n-1].Last = w.Last // one name that the tagger has cut
			continue
		}
		dst = append(dst, w)
	}
	return dst, at
}

// sameEntity is the last token of the name that a token belongs to.
func (r *Reader) sameEntity(i int32, part, target corpus.Span) int32 {
	k := r.entity[i]
	for i+1 < part.End && r.entity[i+1] == k && (i+1 < target.Start || i+1 >= target.End) {
		i++
	}
	return i
}

// negations turn what follows them.
var negations = [...]uint64{Hash("not"), Hash("n't"), Hash("never"), Hash("no"), Hash("nobody"), Hash("without"), Hash("hardly"),
	Hash("neither"), Hash("nor"), Hash("cannot")}

func negates(form uint64) bool {
	for _, n := range negations {
		if form == n {
			return true
		}
	}
	return false
}

// fold brings a word into small letters with straight apostrophes.
func (r *Reader) fold(word string) {
	r.lower = r.lower[:0]
	for i := 0; i < len(word); i++ {
		c := word[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case c == 0xE2 && i+2 < len(word) && word[i+1] == 0x80 && word[i+2] == 0x99: // ’
			c, i = '\'', i+2
		}
		r.lower = append(r.lower, c)
	}
}

// endings that are cut off a word of which at least shortest letters remain.
var endings = [...]string{"ingly", "edly", "ies", "ing", "ed", "ly", "es", "s", "er", "e"}

const shortest = 4

func stemLength(lower []byte) int {
	for _, e := range endings {
		n := len(lower) - len(e)
		if n >= shortest && string(lower[n:]) == e {
			return n
		}
	}
	return len(lower)
}

// Hash is the form of a word in small letters.
func Hash(lower string) uint64 { return hash([]byte(lower)) }

// Forms are the forms of the words of a phrase, cut at spaces and before a clitic.
func Forms(phrase string) []uint64 {
	var r Reader
	var out []uint64
	for _, w := range strings.Fields(phrase) {
		r.fold(w)
		clitic := []byte(nil)
		if n := len(r.lower) - len("'s"); n > 0 && string(r.lower[n:]) == "'s" {
			r.lower, clitic = r.lower[:n], r.lower[n:]
		}
		out = append(out, hash(r.lower))
		if clitic != nil {
			out = append(out, hash(clitic))
		}
	}
	return out
}

// hash is FNV-1a.
func hash(b []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}
