package segment

import (
	"strings"
	"unicode/utf8"
)

// scanWord scans what begins with a letter at i: one token, or two if a word parts.
func (s *scanner) scanWord(i, end int) int {
	j := i
	for j < end && s.text[j] < utf8.RuneSelf && asciiClass[s.text[j]] == letter {
		j++
	}
	if j == end || s.text[j] == ' ' {
		return s.part(i, j)
	}
	if n := addressLength(s.text[i:end], j-i); n > 0 {
		s.token(i, i+n)
		return i + n
	}
	part := i        // where the part after the last hyphen begins
	piece := i       // where the letters after the last full stop in it begin
	initials := true // the part is single letters between full stops so far
	for j < end {
		r, c, width := s.at(j, end)
		switch c {
		case letter, digit:
		case mark:
			if k := negationStart(s.text[i:j], s.text[j:end]); k > 0 {
				// "don" + "'t": the n belongs to the clitic
				n := negationLength(s.text[i+k:])
				s.token(i, i+k)
				s.token(i+k, i+k+n)
				return i + k + n
			}
			// O'Neill, d'Estaing: an apostrophe inside a name. Clitics part.
			rest := s.text[j+width : end]
			if _, next, _ := s.at(j+width, end); next != letter || cliticLength(rest) > 0 || !insideWord(s.text[i:j], rest) {
				return s.part(i, j)
			}
		case point:
			initials = initials && j-piece == 1
			if !s.pointInside(part, j, end, initials) {
				return s.part(i, j)
			}
			piece = j + 1
		default:
			if !joins(r) {
				return s.part(i, j)
			}
			_, next, _ := s.at(j+width, end)
			switch before := s.before(j); {
			case before != letter && before != digit && before != point:
				return s.part(i, j)
			case r == '-' && next == space && suspended(s.text[j+width:end]):
				return s.part(i, j+width)
			case next != letter && next != digit:
				return s.part(i, j)
			}
			part, piece, initials = j+width, j+width, true
		}
		j += width
	}
	return s.part(i, j)
}

// joins: signs that stand inside words.
func joins(r rune) bool {
	switch r {
	case '-', '\u2010', '\u2011', '&', '_', '/', '@':
		return true
	}
	return false
}

// pointInside reports whether the full stop at j belongs to the word, or the part of
// one, that begins at i: "U.S.", "a.m.", "Sen.", "J.". initials: single letters with
// full stops between them go before it.
func (s *scanner) pointInside(i, j, end int, initials bool) bool {
	_, next, width := s.at(j+1, end)
	word := s.text[i:j]
	switch next {
	case letter:
		if j > i+1 {
			return initials || word == "Ph"
		}
		// "J.Smith", but for a small letter or I only "p.m." and "I.R.S."
		return initials && (isUpper(word[0]) && word != "I" || j+1+width < end && s.text[j+1+width] == '.')
	case digit:
		return numbers(word)
	case point:
		return false // an ellipsis follows
	}
	if initials && j > i+1 || word == "Ph.D" {
		return true
	}
	if word == "X" && s.behindSmall(i) {
		return false // the platform, "on X. The"; an initial follows a name, "Francis X. Daly"
	}
	switch abbreviation(word) {
	case none:
		return false
	case counts:
		return j+2 < end && s.text[j+1] == ' ' && (isDigit(s.text[j+2]) || s.text[j+2] == '#')
	}
	return true
}

// behindSmall reports whether the word before the one at i begins with a small letter.
func (s *scanner) behindSmall(i int) bool {
	before := strings.TrimRight(s.text[max(0, i-longestWord):i], " ")
	return before != "" && isLower(before[strings.LastIndexByte(before, ' ')+1])
}

// longestWord keeps a text without blanks from being searched again and again.
const longestWord = 20

// part adds the word text[i:j], in two tokens if it is written together.
func (s *scanner) part(i, j int) int {
	if n := j - i; n == 5 || n == 6 {
		if k := twoWords(s.text[i:j]); k > 0 {
			s.token(i, i+k)
			i += k
		}
	}
	s.token(i, j)
	return j
}

// scanNumber: digits with points, commas, slashes and colons between digits, then
// letters joined to it (100th, 1990s, 5k) and hyphenated words (18-year-old, 5-to-4).
func (s *scanner) scanNumber(from, i, end int) int {
	for i < end {
		r, c, width := s.at(i, end)
		switch c {
		case digit:
			i += width
			continue
		case letter:
			// "9:30p.m.": the number is over
			if i+2 < end && (r == 'p' || r == 'a') && s.text[i+1] == '.' && s.text[i+2] == 'm' && isDigit(s.text[i-1]) {
				s.token(from, i)
				return i
			}
			i += width
			continue
		}
		_, next, _ := s.at(i+width, end)
		if next == digit && (r == '-' || (r == '.' || r == ',' || r == ':' || r == '/') && isDigit(s.text[i-1])) ||
			next == letter && r == '-' {
			i += width
			continue
		}
		break
	}
	s.token(from, i)
	return i
}
