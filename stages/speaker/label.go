package speaker

import (
	"strings"

	"onrecord/corpus"
	"onrecord/stages/internal/identity"
)

// label finds the person whom a speaker label of a transcript names: "TAPPER", "MAYOR
// CALDER". Its capitals mislead the tagger, so that it is looked up word by word: the
// last word is the surname, those before it titles or given names.
func (a *article) label(s corpus.Span) int32 {
	if !a.isShouted(s) {
		return nobody
	}
	last := s.End - 1
	if last > s.Start && suffixes[identity.Fold(a.word(last))] {
		last--
	}
	surname := identity.Fold(a.word(last))
	best, bestScore := int32(nobody), -1
	for _, i := range a.persons[surname] {
		f := &a.figures[i]
		if f.family != surname {
			continue
		}
		score := 0
		for j := s.Start; j < last; j++ {
			w := identity.Fold(a.word(j))
			if f.given == w || contains(f.heads, w) {
				score += 2
			}
			if g, ok := honorifics[w]; ok && !f.fits(g) {
				score -= 2
			}
		}
		if len(f.words) > 1 {
			score++
		}
		if score > bestScore {
			best, bestScore = i, score
		}
	}
	return best
}

// isShouted reports whether a phrase is a label's length and in capitals.
func (a *article) isShouted(s corpus.Span) bool {
	text := a.text(s)
	return s.Len() <= 4 && len(a.word(s.End-1)) > 1 && text == strings.ToUpper(text) && text != strings.ToLower(text)
}
