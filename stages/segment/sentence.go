package segment

import (
	"unicode"
	"unicode/utf8"
)

// endsSentence reports whether the sentence ends with token i, closing marks
// after it aside. n is the number of tokens of the block's end.
func (s *scanner) endsSentence(i, n int) bool {
	w := s.word(i)
	switch last := w[len(w)-1]; {
	case last == '!' || last == '?':
	case last != '.':
		return false
	case len(w) > 1 && w[0] != '.':
		return s.abbreviationEnds(i, n)
	case len(w) > 1: // an ellipsis ends a sentence only before a new one
		next := s.opener(i+1, n)
		return next < n && s.startsUpper(next)
	}
	next := i + 1
	for next < n && s.closes(next) {
		next++
	}
	if next == n {
		return true
	}
	if next > i+1 || w[0] != '.' {
		// "...?" he asked; "... ." - Name
		if s.startsLower(next) {
			return false
		}
	}
	if w[0] == '.' && s.isDash(next) && s.startsUpper(next+1) {
		return true // "It is over." — Ada Quist
	}
	return !s.continues(next)
}

// abbreviationEnds: "U.S. President" goes on, "in the U.S. The" does not.
func (s *scanner) abbreviationEnds(i, n int) bool {
	next := s.opener(i+1, n)
	if next >= n || !s.startsUpper(next) {
		return next >= n
	}
	word := s.word(i)
	word = word[:len(word)-1]
	if abbreviation(word) == leads {
		return false
	}
	return starters[s.word(next)]
}

// closes reports whether token i closes: a closing quotation mark or bracket. A
// straight mark closes if it touches what is before it.
func (s *scanner) closes(i int) bool {
	switch s.word(i) {
	case "”", "’", "»", ")", "]", "''":
		return true
	case `"`, "'":
		return i > 0 && s.tokens[i-1].End == s.tokens[i].Start && !s.touchesNext(i)
	}
	return false
}

func (s *scanner) touchesNext(i int) bool {
	return i+1 < len(s.tokens) && s.tokens[i+1].Start == s.tokens[i].End
}

// opener skips opening marks.
func (s *scanner) opener(i, n int) int {
	for i < n {
		switch s.word(i) {
		case "“", "‘", "«", "(", "[", "``", `"`, "'", "”", "’", ")", "''":
			i++
		default:
			return i
		}
	}
	return i
}

// continues reports whether token i cannot begin a sentence.
func (s *scanner) continues(i int) bool {
	switch s.word(i) {
	case ",", ";", ":":
		return true
	}
	return s.isDash(i)
}

func (s *scanner) isDash(i int) bool {
	switch s.word(i) {
	case "—", "–":
		return true
	}
	return false
}

func (s *scanner) startsUpper(i int) bool {
	r, _ := utf8.DecodeRuneInString(s.word(i))
	return unicode.IsUpper(r)
}

func (s *scanner) startsLower(i int) bool {
	r, _ := utf8.DecodeRuneInString(s.word(i))
	return unicode.IsLower(r)
}
