package speaker

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/corpus"
	"onrecord/stages/internal/identity"
	"onrecord/stages/internal/names"
)

// turn answers for the label of an interview or transcript whom nothing else in the article
// names: Q is whoever wrote the article, A whom the interview is with, TAPPER a person
// of that name, REPORTER a reporter.
func (a *article) turn(s corpus.Span) (answer, bool) {
	if !a.beginsTurn(s) {
		return noAnswer, false
	}
	switch strings.TrimSuffix(a.word(s.Start), ".") {
	case "Q", "QUESTION", "Question":
		return answer{figure: a.author(), how: corpus.HowNominal, rule: "interview"}, true
	case "A", "ANSWER", "Answer":
		i := a.interviewed(s.Start)
		if i == nobody {
			return noAnswer, true
		}
		return answer{figure: i, how: corpus.HowNominal, rule: "interview"}, true
	}
	if !a.isShouted(s) {
		return noAnswer, false
	}
	for i := s.Start; i < s.End; i++ {
		if anybody[strings.ToLower(a.word(i))] {
			return noAnswer, false
		}
		// Only nouns that are listed: TAPPER taps nothing.
		if nouns()[strings.ToLower(a.word(i))] != 0 || a.entity[i] != nobody && a.entities[a.entity[i]].Kind != corpus.Person {
			return noAnswer, false
		}
	}
	return a.shouted(s)
}

// anybody are words of labels for those whom the transcript does not know.
var anybody = map[string]bool{"unidentified": true, "unknown": true, "male": true, "female": true}

// beginsTurn reports whether s is the beginning of a paragraph up to its colon.
func (a *article) beginsTurn(s corpus.Span) bool {
	w := a.word(s.Start)
	return int(s.End) < len(a.doc.Tokens) && (a.word(s.End) == ":" || w == "Q." || w == "A." || (w == "Q" || w == "A") && a.word(s.End) == ".") &&
		(s.Start == 0 || a.blockAt(a.doc.Tokens[s.Start-1].Start) < a.blockAt(a.doc.Tokens[s.Start].Start))
}

// interviewed is the person whom the article names most before its first turn, which is not
// after token i.
func (a *article) interviewed(i int32) int32 {
	for n := range a.phrases {
		if s := a.phrases[n]; s.Start < i && a.beginsTurn(s) {
			i = s.Start
		}
	}
	best, most := int32(nobody), 0
	for n := range a.figures {
		f := &a.figures[n]
		if f.kind != corpus.KindPerson {
			continue
		}
		before := 0
		for _, m := range f.mentions {
			if m.Start < i {
				before++
			}
		}
		if before > most {
			best, most = int32(n), before
		}
	}
	return best
}

// shouted finds or makes the person whom a label in capitals names, titles left out:
// "GOV. MARLOW" is Marlow.
func (a *article) shouted(s corpus.Span) (answer, bool) {
	var words []string
	for i := s.Start; i < s.End; i++ {
		w := capitalized(a.word(i))
		_, honorific := honorifics[identity.Fold(w)]
		if i+1 < s.End && (honorific || names.Of(w)&names.Title != 0) {
			continue
		}
		if first, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(first) {
			return noAnswer, false
		}
		words = append(words, w)
	}
	folded, given, family := personName(words)
	if len(folded) == 0 {
		return noAnswer, false
	}
	i := a.add(figure{kind: corpus.KindPerson, name: strings.Join(words, " "), words: folded, given: given, family: family, gender: givenGender(words[0]),
		mentions: []corpus.Span{s}})
	a.index(i)
	return answer{figure: i, how: corpus.HowNamed, rule: "name"}, true
}

// capitalized is a word in capitals as it stands in a sentence: "O'BRIEN-HALL" is
// O'Brien-Hall.
func capitalized(word string) string {
	lower := strings.ToLower(word)
	var b strings.Builder
	up := true
	for _, r := range lower {
		if up {
			r = unicode.ToUpper(r)
		}
		up = r == '-' || r == '\'' || r == '’' || r == '.'
		b.WriteRune(r)
	}
	return b.String()
}
