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
// (zero-width space, byte order mark) count as letters inside words: they are
// covered by a token like everything that is not white space.
func (s *scanner) at(i, end int) (r rune, c class, width int) {
	if i >= end {
		return 0, space, 0
	}
	if b := s.text[i]; b < utf8.RuneSelf {
		return rune(b), asciiClass[b], 1
	}
	r, width = utf8.DecodeRuneInString(s.text[i:])
	switch {
	case r == '’' || r == '‘' || r == 'ʼ':
		c = mark
	case unicode.IsLetter(r) || unicode.Is(unicode.M, r):
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

// scan adds the tokens of text[i:end].
func (s *scanner) scan(i, end int) {
	for i < end {
		r, c, width := s.at(i, end)
		switch c {
		case space:
			i += width
		case letter, digit:
			i = s.scanWord(i, end)
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

// scanPoints: "..." and longer are one token, ".5" is a number, else one full stop.
func (s *scanner) scanPoints(i, end int) int {
	j := i
	for j < end && s.text[j] == '.' {
		j++
	}
	if j-i == 1 {
		if _, c, _ := s.at(j, end); c == digit && (i == 0 || s.text[i-1] <= ' ') {
			return s.scanNumber(i, j, end)
		}
	}
	s.token(i, j)
	return j
}

// scanSign handles everything that is neither word nor number.
func (s *scanner) scanSign(i, end int, r rune, width int) int {
	j := i + width
	switch r {
	case '-':
		for j < end && s.text[j] == '-' {
			j++
		}
		// "-5": a sign before a number, at the start of a word
		if j == i+1 && (i == 0 || s.text[i-1] <= ' ') {
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
		if n := handleLength(s.text[j:end]); n > 0 {
			j += n
		}
	case '_', '*', '=', '~':
		for j < end && s.text[j] == byte(r) {
			j++
		}
	}
	s.token(i, j)
	return j
}

// scanNumber: digits with points, commas, slashes and colons between digits, then
// letters joined to it (100th, 1990s, 5k) and hyphenated words (18-year-old).
func (s *scanner) scanNumber(from, i, end int) int {
	for i < end {
		r, c, width := s.at(i, end)
		if c == digit || c == letter {
			i += width
			continue
		}
		_, next, _ := s.at(i+width, end)
		if next == digit && (r == '.' || r == ',' || r == ':' || r == '/' || r == '-') && s.text[i-1] >= '0' && s.text[i-1] <= '9' {
			i += width
			continue
		}
		if r == '-' && next == letter {
			i += width
			continue
		}
		break
	}
	s.token(from, i)
	return i
}

// scanWord scans a token that begins with a letter or a digit.
func (s *scanner) scanWord(i, end int) int {
	if n := addressLength(s.text[i:end]); n > 0 {
		s.token(i, i+n)
		return i + n
	}
	if _, c, _ := s.at(i, end); c == digit {
		return s.scanNumber(i, i, end)
	}
	j := i
loop:
	for j < end {
		r, c, width := s.at(j, end)
		switch c {
		case letter, digit:
		case mark:
			// O'Neill, d'Estaing: an apostrophe inside a name. Clitics part.
			if _, next, _ := s.at(j+width, end); next != letter || cliticLength(s.text[j+width:end]) > 0 || !insideWord(s.text[i:j], s.text[j+width:end]) {
				break loop
			}
		case point:
			if !s.pointInside(i, j, end) {
				break loop
			}
		default:
			_, next, _ := s.at(j+width, end)
			_, before, _ := s.before(j)
			joins := r == '-' || r == '\u2010' || r == '\u2011' || r == '&' || r == '_' || r == '/' || r == '@'
			if !joins || before != letter && before != digit && before != point || next != letter && next != digit {
				break loop
			}
		}
		j += width
	}
	return s.splitWord(i, j)
}

func (s *scanner) before(i int) (rune, class, int) {
	if i == 0 {
		return 0, space, 0
	}
	r, width := utf8.DecodeLastRuneInString(s.text[:i])
	_, c, _ := s.at(i-width, i)
	return r, c, width
}

// pointInside reports whether the full stop at j belongs to the word begun at i:
// "U.S.", "a.m.", "Sen.", "J.", "Yahoo.com".
func (s *scanner) pointInside(i, j, end int) bool {
	_, next, _ := s.at(j+1, end)
	if next == letter || next == digit {
		return next == letter && (isAcronym(s.text[i:j]) || isDomain(s.text[j+1:end])) || next == digit && isNo(s.text[i:j])
	}
	if next == point {
		return false // an ellipsis follows
	}
	word := s.text[i:j]
	return isAcronym(word) || abbreviation(word) != none
}

// splitWord parts the clitics that are written without a mark, and n't.
func (s *scanner) splitWord(i, j int) int {
	if k := negationStart(s.text[i:j], s.text[j:]); k > 0 {
		// "don" + "'t": the n belongs to the clitic
		s.token(i, i+k)
		n := negationLength(s.text[i+k:])
		s.token(i+k, i+k+n)
		return i + k + n
	}
	if k := twoWords(s.text[i:j]); k > 0 {
		s.token(i, i+k)
		s.token(i+k, j)
		return j
	}
	s.token(i, j)
	return j
}
