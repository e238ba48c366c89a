package tag

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/corpus"
	"onrecord/stages/internal/names"
)

// word is what the features see of a token, computed once.
type word struct {
	lower  uint64 // hash of the token in lower case, digits as 0
	exact  uint64 // the same with case kept
	form   uint64 // exact if the lexicon knows the form, else what it looks like
	plain  uint64 // the same of lower
	suffix uint64 // the last three bytes in lower case
	prefix uint64 // the first three bytes in lower case
	shape  uint64 // hash of the collapsed shape: "Xx" of "Smith", "X.X." of "U.S."
	looks  looks
	lex    lexeme
	small  lexeme      // of its form in lower case; only if capitalised
	class  names.Class // what it can be in a name; only if capitalised
}

// looks are yes-or-no properties of a token's letters.
type looks uint16

const (
	capital  looks = 1 << iota // begins with an upper-case letter
	shout                      // two letters or more, none in lower case
	digit                      // has a digit
	letter                     // has a letter
	inner                      // has a hyphen, full stop or apostrophe inside
	glued                      // no space between it and the token before
	upper                      // has an upper-case letter
	brief                      // has four bytes at most
	particle                   // stands before family names: "von"
)

const (
	hashStart = 0xCBF29CE484222325
	hashPrime = 0x100000001B3
)

// Hashes of words that stand before names.
var (
	hashIn, hashFrom, hashAt, hashThe = hashOf("in"), hashOf("from"), hashOf("at"), hashOf("the")
)

const (
	namesTitle  = names.Title
	namesGiven  = names.Given | names.GivenAfter
	namesBody   = names.Body
	namesPerson = names.Family | names.Given | names.Wordy
)

func hashOf(token string) uint64 {
	var w word
	w.look(token)
	return w.lower
}

// look fills w from a token.
func (w *word) look(token string) {
	lower, exact, shape := uint64(hashStart), uint64(hashStart), uint64(hashStart)
	var suffix, prefix uint64
	var last byte
	var seen looks
	var small bool
	letters := 0
	for i := 0; i < len(token); i++ {
		c := token[i]
		// A typographic apostrophe is the same word as a straight one.
		if c == 0xE2 && strings.HasPrefix(token[i:], "\u2019") {
			c, i = '\'', i+2
		}
		l, class := c, c
		switch {
		case 'a' <= c && c <= 'z':
			class, small = 'x', true
			letters++
		case 'A' <= c && c <= 'Z':
			l, class, seen = c|0x20, 'X', seen|upper
			letters++
			if letters == 1 && suffix == 0 {
				seen |= capital
			}
		case '0' <= c && c <= '9':
			l, c, class = '0', '0', 'd'
			seen |= digit
		case c >= 0x80:
			class = 'x'
			if c >= utf8.RuneSelf+0x40 { // the first byte of a rune
				if r, _ := utf8.DecodeRuneInString(token[i:]); unicode.IsLetter(r) {
					if !unicode.IsUpper(r) {
						small = true
					} else if seen |= upper; letters == 0 && suffix == 0 {
						seen |= capital
					}
					letters++
				}
			}
		default:
			if i > 0 && i < len(token)-1 {
				seen |= inner
			}
		}
		lower = (lower ^ uint64(l)) * hashPrime
		exact = (exact ^ uint64(c)) * hashPrime
		if class != last {
			shape = (shape ^ uint64(class)) * hashPrime
			last = class
		}
		suffix = suffix<<8 | uint64(l)
		if i < 3 {
			prefix = suffix
		}
	}
	if letters > 0 {
		seen |= letter
	}
	if len(token) <= 4 {
		seen |= brief
		if seen&upper == 0 && names.Particle(token) {
			seen |= particle
		}
	}
	if letters > 1 && !small {
		seen |= shout
	}
	var class names.Class
	if seen&capital != 0 {
		class = classOf(token, seen)
	}
	*w = word{lower: lower, exact: exact, suffix: suffix & 0xFFFFFF, prefix: prefix, shape: shape, looks: seen, class: class}
}

// classOf is what a word can be in a name, in capitals too: "SEOUL".
func classOf(token string, seen looks) names.Class {
	const longest = 24
	class := names.Of(token)
	if class != 0 || seen&shout == 0 || len(token) < 4 || len(token) > longest {
		return class
	}
	var title [longest]byte
	title[0] = token[0]
	for i := 1; i < len(token); i++ {
		title[i] = token[i]
		if 'A' <= token[i] && token[i] <= 'Z' {
			title[i] |= 0x20
		}
	}
	return names.OfBytes(title[:len(token)])
}

// known sets form and plain. A form that training did not see often enough is known by
// its like only: its hash would be an accident.
func (w *word) known() {
	w.form, w.plain = w.like(), w.like()
	if w.lex.usual != corpus.NoTag {
		w.form, w.plain = w.exact, w.lower
	} else if w.small.usual != corpus.NoTag {
		w.plain = w.lower
	}
}

func (w *word) like() uint64 { return (w.shape ^ w.suffix&0xFFFF) * hashPrime }

// keyOf is how the lexicon knows a form by its hash.
func keyOf(hash uint64) uint32 { return uint32(hash >> 32) }
