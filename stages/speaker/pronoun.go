package speaker

import (
	"slices"
	"strings"

	"onrecord/corpus"
)

// pronoun resolves a source that is a pronoun, or that begins with a relative one.
func (a *article) pronoun(s corpus.Span) (answer, bool) {
	word := strings.ToLower(a.word(s.Start))
	short := s.Len() == 1
	if end := strings.IndexAny(word, "'’"); end > 0 && (word[:end] == "i" || word[:end] == "we") {
		word = word[:end] // "We've" that is one token
	}
	if s.Len() == 2 {
		second := strings.ToLower(a.word(s.Start + 1))
		short = strings.HasSuffix(second, "self") || strings.HasSuffix(second, "selves")
	}
	if t := a.tag(s.End - 1); t == corpus.WP || t == corpus.WDT || s.Len() == 1 && (word == "who" || word == "which" || word == "that") {
		return a.relative(s.Start), true // "who", "most of whom"
	}
	if !short {
		return noAnswer, false
	}
	switch word {
	case "i", "me", "my", "we", "us", "our":
		return a.first(s.Start), true
	case "they", "them", "their", "each", "both", "neither", "it", "its":
		return a.they(s.Start), true
	}
	if i := a.calledHe(s.Start); i != nobody {
		return answer{figure: i, how: corpus.HowSurname, rule: "surname"}, true
	}
	if _, ok := pronounGender(word); !ok {
		return noAnswer, false
	}
	if i, ok := a.pronouns[s.Start]; ok {
		return answer{figure: i, how: corpus.HowPronoun, rule: "pronoun", at: s.Start}, true
	}
	return noAnswer, true
}

// calledHe is the person whose surname token i is, though the word is also a pronoun:
// its capital tells where no sentence and no quotation begins.
func (a *article) calledHe(i int32) int32 {
	w := a.word(i)
	if w == strings.ToLower(w) || i == 0 {
		return nobody
	}
	first := a.bounds(i).Start
	switch t := a.tag(i - 1); {
	case t == corpus.CloseQuote:
		// In “... a tax,” He said the comma tells; after a full stop a sentence may begin.
		if i < 2 || a.tag(i-2) != corpus.Comma {
			return nobody
		}
	case i == first || t == corpus.OpenQuote || t == corpus.Colon || t == corpus.Period:
		return nobody
	}
	folded := strings.ToLower(w)
	for _, f := range a.persons[folded] {
		if a.figures[f].family == folded || a.figures[f].given == folded {
			return f
		}
	}
	return nobody
}

// first is the author outside quotations; within one, whoever is quoted, which the
// caller knows.
func (a *article) first(i int32) answer {
	if a.quoted[i] {
		return answer{figure: nobody, rule: "quoted-first-person"}
	}
	return answer{figure: a.author(), how: corpus.HowPronoun, rule: "author"}
}

func (a *article) author() int32 {
	const key = "\x00author"
	if i, ok := a.others[key]; ok {
		return i
	}
	i := a.add(figure{kind: corpus.KindAuthor, name: "author"})
	a.others[key] = i
	return i
}

// entityBefore is the last entity that begins before token i, or -1.
func (a *article) entityBefore(i int32) int {
	low, high := 0, len(a.entities)
	for low < high {
		if mid := (low + high) / 2; a.entities[mid].Start < i {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low - 1
}

// relative is what a relative pronoun at token i refers to: the phrase before it; for
// "who" the last one that names or describes persons.
func (a *article) relative(i int32) answer {
	if s := a.sourceBefore(i); s.Len() > 0 {
		ans := a.phrase(s)
		ans.how, ans.rule = corpus.HowPronoun, "relative"
		return ans
	}
	first := a.bounds(i).Start
	who := !strings.EqualFold(a.word(i), "which") && !strings.EqualFold(a.word(i), "that")
	for end := i; end > first; end-- {
		if e := a.entity[end-1]; e != nobody {
			if k := a.figures[a.who[e]].kind; !who && k != corpus.KindPerson || who && (k == corpus.KindPerson || k == corpus.KindGroup) {
				ans := a.named(a.entities[e].Span, a.who[e])
				ans.how, ans.rule = corpus.HowPronoun, "relative"
				return ans
			}
			continue
		}
		if !a.tag(end - 1).IsNoun() {
			continue
		}
		if class, _ := nounOf(a.word(end - 1)); who && class&(person|group) == 0 {
			continue
		}
		return a.relativeNoun(corpus.Span{Start: first, End: end}, i)
	}
	return noAnswer
}

// sourceBefore is the source of another statement which the relative pronoun at token i
// goes on, or an empty span: in "a guard at the station, who asked not to be named, said"
// both statements are the guard's.
func (a *article) sourceBefore(i int32) corpus.Span {
	n, _ := slices.BinarySearchFunc(a.phrases, i, func(s corpus.Span, i int32) int { return int(s.End - i) })
	sentence := a.bounds(i)
	n = max(0, n-1)
	for most := n + 16; n < min(most, len(a.phrases)) && a.phrases[n].End <= sentence.End; n++ {
		s := a.phrases[n]
		if s.End < i-1 || s.Start >= i || s.Start < sentence.Start {
			continue
		}
		s.End = min(s.End, i)
		if s = a.trim(s); s.Len() > 0 && !a.tag(s.Start).IsPronoun() {
			return s
		}
	}
	return corpus.Span{}
}

// relativeNoun answers with the noun phrase at the end of s and what is attached to it
// before the pronoun at token i, or with the name that it stands beside: "Nina Holt, a
// nurse, who".
func (a *article) relativeNoun(s corpus.Span, i int32) answer {
	start := s.End
	for start > s.Start {
		t := a.tag(start - 1)
		if !t.IsNoun() && !t.IsAdjective() && t != corpus.DT && t != corpus.POS && t != corpus.PRPS && t != corpus.CC {
			break
		}
		start--
	}
	ans := noAnswer
	which := strings.EqualFold(a.word(i), "which") || strings.EqualFold(a.word(i), "that")
	if e := a.entity[max(start-2, 0)]; start-2 >= s.Start && a.tag(start-1) == corpus.Comma && e != nobody && !(which && a.figures[a.who[e]].kind == corpus.KindPerson) {
		ans = a.named(a.entities[e].Span, a.who[e])
	} else if phrase := a.trim(corpus.Span{Start: start, End: a.attachedEnd(s.End, i)}); phrase.Len() > 0 {
		ans = a.nominal(phrase, a.core(phrase))
	}
	if ans.figure != nobody {
		ans.how, ans.rule = corpus.HowPronoun, "relative"
	}
	return ans
}

// attachedEnd is where prepositions and their nouns end that follow a noun which ends at
// end, if nothing else stands between them and the pronoun at token i.
func (a *article) attachedEnd(end, i int32) int32 {
	last := i
	if last > end && a.tag(last-1) == corpus.Comma {
		last--
	}
	for j := end; j < last; j++ {
		if t := a.tag(j); t != corpus.IN && t != corpus.TO && t != corpus.DT && t != corpus.CC && t != corpus.CD && t != corpus.POS && !t.IsNoun() && !t.IsAdjective() {
			return end
		}
	}
	return last
}
