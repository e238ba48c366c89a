package quote

import (
	"onrecord/corpus"
	"onrecord/stages/internal/linear"
)

// facts are the features of something to be judged: each a kind of fact and one or
// two values, hashed.
type facts struct {
	list  []linear.Feature
	base  uint64   // added to every kind: keeps the facts of several things apart
	named bool     // kinds are kept, to explain
	kinds []uint64 // one a feature if named
}

func (f *facts) reset() { f.list, f.kinds, f.base = f.list[:0], f.kinds[:0], 0 }

func (f *facts) add(kind uint64, a, b uint64) {
	f.list = append(f.list, linear.Mix(f.base+kind, a, b))
	if f.named {
		f.kinds = append(f.kinds, kind)
	}
}

// shift takes the first kind of a file's off the kept kinds, so that they count from 0.
func (f *facts) shift(first uint64) {
	for i := range f.kinds {
		f.kinds[i] -= first
	}
}

// bin puts a count into one of ten classes.
func bin(n int32) uint64 {
	switch {
	case n <= 4:
		return uint64(max(n, 0))
	case n <= 6:
		return 5
	case n <= 10:
		return 6
	case n <= 16:
		return 7
	case n <= 30:
		return 8
	}
	return 9
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// edge is a token or what stands for it beyond the text.
var edge = token{quote: -1, phrase: -1, group: -1}

// at is token i; beyond the sentence's borders it is the edge.
func (r *reader) at(i int32, s span) *token {
	if i < s.first || i >= s.end {
		return &edge
	}
	return &r.tokens[i]
}

// person is the class of a noun phrase whose last token is i.
type personClass uint64

const (
	noOne personClass = iota
	pronoun
	relativePronoun
	personName
	organizationName
	otherName
	expletive
	commonNoun
	otherThing
)

func (r *reader) classOf(i int32) personClass {
	if i < 0 {
		return noOne
	}
	t := &r.tokens[i]
	switch {
	case t.tag == corpus.PRP && t.lower(r.text, "it"), t.tag == corpus.EX:
		return expletive
	case t.tag == corpus.PRP:
		return pronoun
	case t.class&isRel != 0:
		return relativePronoun
	case t.word == nameHash+uint32(corpus.Person):
		return personName
	case t.word == nameHash+uint32(corpus.Organization):
		return organizationName
	case t.tag.IsProper(), t.word >= nameHash && t.word < nameHash+8:
		return otherName
	case t.tag.IsNoun():
		return commonNoun
	}
	return otherThing
}

// lower reports whether the token is the word, which is in lower case, whatever its
// own case.
func (t *token) lower(text, word string) bool {
	own := t.Of(text)
	if len(own) != len(word) {
		return false
	}
	for i := 0; i < len(own); i++ {
		c := own[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != word[i] {
			return false
		}
	}
	return true
}
