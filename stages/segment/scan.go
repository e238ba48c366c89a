package segment

import (
	"unicode"
	"unicode/utf8"
)

// class is what a rune is for the scanner.
type class uint8

const (
	space class = iota
	letter
	digit
	mark  // apostrophe or single quotation mark
	point // full stop
	other // stands alone
)

// asciiClass is the fast path: nearly all of English news.
var asciiClass = func() (t [utf8.RuneSelf]class) {
	for c := range t {
		switch {
		case c <= ' ' || c == 0x7f:
			t[c] = space
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			t[c] = letter
		case '0' <= c && c <= '9':
			t[c] = digit
		case c == '\'':
			t[c] = mark
		case c == '.':
			t[c] = point
		default:
			t[c] = other
		}
	}
	return t
}()

// at is the rune at i, its class and its width. Runes that print nothing
// (zero-width space, soft hyphen) count as letters: a word keeps them, and like
// everything that is not white space they are covered by a token.
func (s *scanner) at(i, end int) (r rune, c class, width int) {
	if i >= end {
		return 0, space, 0
	}
	if b := s.text[i]; b < utf8.RuneSelf {
		return rune(b), asciiClass[b], 1
	}
	r, width = utf8.DecodeRuneInString(s.text[i:end])
	switch {
	case r == '’' || r == '‘' || r == 'ʼ':
		c = mark
	case unicode.IsLetter(r) || unicode.Is(unicode.M, r) || unicode.Is(unicode.Cf, r):
		c = letter
	case unicode.IsDigit(r):
		c = digit
	case unicode.IsSpace(r):
		c = space
	default:
		c = other
	}
	return r, c, width
}

// before is the class of the rune that ends at i.
func (s *scanner) before(i int) class {
	if i == 0 {
		return space
	}
	_, width := utf8.DecodeLastRuneInString(s.text[:i])
	_, c, _ := s.at(i-width, i)
	return c
}

// starts reports whether white space, or nothing, is before i.
func (s *scanner) starts(i int) bool { return i == 0 || s.text[i-1] <= ' ' }

// scan adds the tokens of text[i:end].
func (s *scanner) scan(i, end int) {
	for i < end {
		r, c, width := s.at(i, end)
		switch c {
		case space:
			i += width
		case letter:
			i = s.scanWord(i, end)
		case digit:
			i = s.scanNumber(i, i, end)
		case mark:
			i = s.scanMark(i, end, width)
		case point:
			i = s.scanPoints(i, end)
		default:
			i = s.scanSign(i, end, r, width)
		}
	}
}

// scanMark: a clitic or a contraction begins with the mark ('s, 'em, '90s); else
// the mark is a token, two straight ones are one quotation mark.
func (s *scanner) scanMark(i, end, width int) int {
	if s.text[i] == '\'' && i+1 < end && s.text[i+1] == '\'' {
		s.token(i, i+2)
		return i + 2
	}
	joined := len(s.tokens) > 0 && int(s.tokens[len(s.tokens)-1].End) == i
	rest := i + width
	if n := cliticLength(s.text[rest:end]); joined && n > 0 {
		s.token(i, rest+n)
		return rest + n
	}
	if !joined {
		if n := elided(s.text[rest:end]); n > 0 {
			s.token(i, rest+n)
			return rest + n
		}
	}
	s.token(i, rest)
	return rest
}

// scanPoints: "..." and longer are one token, and so are ". . ."; ".5" is a number;
// else one full stop.
func (s *scanner) scanPoints(i, end int) int {
	j := i
	for j < end && s.text[j] == '.' {
		j++
	}
	if j-i == 1 {
		if _, c, _ := s.at(j, end); c == digit && s.starts(i) {
			return s.scanNumber(i, j, end)
		}
		points := 1
		for j+1 < end && s.text[j] == ' ' && s.text[j+1] == '.' && points < maxSpacedPoints {
			j, points = j+2, points+1
		}
		if points < 3 {
			j = i + 1
		}
	}
	s.token(i, j)
	return j
}

// maxSpacedPoints is how many full stops with spaces between them make one token;
// a fourth ends the sentence.
const maxSpacedPoints = 3

// scanSign handles everything that is neither word nor number.
func (s *scanner) scanSign(i, end int, r rune, width int) int {
	j := i + width
	switch r {
	case '-', '+':
		for r == '-' && j < end && s.text[j] == '-' {
			j++
		}
		// "-5": a sign before a number, at the start of a word
		if j == i+1 && s.starts(i) {
			if _, c, _ := s.at(j, end); c == digit {
				return s.scanNumber(i, j, end)
			}
		}
	case '`':
		if j < end && s.text[j] == '`' {
			j++
		}
	case '!', '?':
		for j < end && (s.text[j] == '!' || s.text[j] == '?') {
			j++
		}
	case '@', '#':
		j += handleLength(s.text[j:end])
	case '<':
		j += elementLength(s.text[j:end])
	case '_', '*', '=', '~':
		for j < end && s.text[j] == byte(r) {
			j++
		}
	}
	s.token(i, j)
	return j
}
