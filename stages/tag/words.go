package tag

import (
	"strings"

	"onrecord/stages/internal/names"
)

// word is what the features see of a token, computed once.
type word struct {
	lower  uint64 // hash of the token in lower case, digits as 0
	exact  uint64 // the same with case kept
	suffix uint64 // the last three bytes in lower case
	prefix uint64 // the first three bytes in lower case
	shape  uint64 // hash of the collapsed shape: "Xx" of "Smith", "X.X." of "U.S."
	looks  looks
	lex    lexeme
	class  names.Class // what it can be in a name; only if capitalised
}

// looks are yes-or-no properties of a token's letters.
type looks uint8

const (
	capital looks = 1 << iota // begins with an upper-case letter
	shout                     // two letters or more, none in lower case
	digit                     // has a digit
	letter                    // has a letter
	inner                     // has a hyphen, full stop or apostrophe inside
	glued                     // no space between it and the token before
)

const (
	hashStart = 0xCBF29CE484222325
	hashPrime = 0x100000001B3
)

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
			l, class = c|0x20, 'X'
			letters++
			if letters == 1 && suffix == 0 {
				seen |= capital
			}
		case '0' <= c && c <= '9':
			l, c, class = '0', '0', 'd'
			seen |= digit
		case c >= 0x80:
			if c == 0xC3 && i+1 < len(token) && token[i+1] < 0xA0 && suffix == 0 {
				seen |= capital // À to Þ
			} else {
				small = true
			}
			class = 'x'
			if c >= 0xC0 {
				letters++
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
	if letters > 1 && !small {
		seen |= shout
	}
	var class names.Class
	if seen&capital != 0 {
		class = names.Of(token)
	}
	*w = word{lower: lower, exact: exact, suffix: suffix & 0xFFFFFF, prefix: prefix, shape: shape, looks: seen, class: class}
}

// key is how the lexicon knows the form.
func (w *word) key() uint32 { return uint32(w.exact >> 32) }
