package speaker

import (
	"math"
	"strings"

	"onrecord/corpus"
)

// salience is how present a figure is to the reader: every mention adds to it, every
// sentence takes some away.
type salience struct {
	value    float64
	sentence int32 // in which value was true
}

// Weights of mentions, set on the labelled development articles.
const (
	decay         = 0.5 // what a sentence leaves of salience
	mentionWeight = 0.7
	subjectWeight = 1.6  // subjects are what a text goes on about
	sourceWeight  = 2.2  // and speakers more so
	pairWeight    = 1.2  // persons joined who are no subject
	ownerWeight   = 0.7  // "Bessent's"
	repeated      = 0.15 // of the weaker of two mentions counts
	asideWeight   = 0.3  // in headlines, quotations, after prepositions
	farthest      = 16   // figures that are considered for a pronoun
)

func (s salience) at(sentence int32) float64 {
	return s.value * math.Pow(decay, float64(sentence-s.sentence))
}

// add counts a mention. The strongest one is what matters: somebody spoken of in five
// sentences gives way to the subject of the sixth.
func (s *salience) add(weight float64, sentence int32) {
	before := s.at(sentence)
	s.value = max(before, weight) + repeated*min(before, weight)
	s.sentence = sentence
}

// plural is something that "they" can stand for: a described group, or persons joined.
type plural struct {
	span    corpus.Span // in tokens
	members []int32
	weight  float64
}

// pronounGender is the gender of a personal pronoun of the third person singular.
func pronounGender(word string) (gender, bool) {
	switch strings.ToLower(word) {
	case "he", "him", "his", "himself":
		return masculine, true
	case "she", "her", "hers", "herself":
		return feminine, true
	}
	return unknown, false
}

// follow reads the article from beginning to end, keeping count of who is present, and
// gives every "he" and "she" the person most present then.
func (a *article) follow() {
	var recent []int32 // persons, the last mentioned last
	a.lastSpeaker = nobody
	mention := func(i int32, weight float64, at int32, pronoun bool) {
		f := &a.figures[i]
		f.salience.add(weight, a.sentence[at])
		f.last = trace{at, weight, pronoun}
		if weight == sourceWeight {
			a.lastSpeaker = i
		}
		for j, r := range recent {
			if r == i {
				recent = append(recent[:j], recent[j+1:]...)
				break
			}
		}
		if recent = append(recent, i); len(recent) > farthest {
			recent = recent[1:]
		}
	}
	phrases := a.phrases
	for i := int32(0); int(i) < len(a.doc.Tokens); i++ {
		for ; len(phrases) > 0 && phrases[0].End <= i; phrases = phrases[1:] {
			if a.headline[phrases[0].Start] {
				continue // the text introduces anew whom a headline describes
			}
			if person := a.describedPerson(phrases[0]); person != nobody {
				mention(person, sourceWeight, phrases[0].Start, false)
			}
		}
		if e := a.entity[i]; e != nobody && a.entities[e].Start == i {
			f := &a.figures[a.who[e]]
			if f.kind == corpus.KindPerson {
				mention(a.who[e], a.weigh(a.entities[e].Span), i, false)
			}
		}
		switch t := a.tag(i); {
		case t.IsPronoun():
			g, ok := pronounGender(a.word(i))
			if !ok {
				continue
			}
			if best, p := a.antecedent(recent, g, i); best != nobody {
				a.pronouns[i] = best
				a.sure[i] = p
				if !a.quoted[i] {
					weight := asideWeight
					if t == corpus.PRP && a.isSubject(corpus.Span{Start: i, End: i + 1}) {
						weight = subjectWeight
					}
					if a.isSource(i) {
						weight = sourceWeight
					}
					mention(best, weight, i, true)
					// A gender wrongly learned would lead every pronoun after it astray.
					if f := &a.figures[best]; f.gender == unknown && f.given != "" && p > 0.9 {
						f.gender = g
					}
				}
			}
		case t == corpus.CC:
			a.notePair(i)
		case t == corpus.NNS || t == corpus.NNPS:
			a.noteGroup(i)
		}
	}
}

// describedPerson is the single person that a source describes without a name: "a guard
// at the station", "the senator". What follows about "he" is about that person.
func (a *article) describedPerson(source corpus.Span) int32 {
	s := a.trim(source)
	if s.Len() == 0 || a.quoted[s.Start] || a.tag(s.Start).IsPronoun() && a.tag(s.Start) != corpus.PRPS {
		return nobody
	}
	core := a.core(s)
	if core.Len() == 1 && a.tag(core.Start) == corpus.DT {
		return nobody // "another"
	}
	if class, many := nounOf(a.word(core.End - 1)); class&person == 0 || many || a.entity[core.End-1] != nobody {
		return nobody
	}
	ans := a.phrase(s)
	if ans.figure == nobody || ans.how != corpus.HowNominal {
		return nobody
	}
	if k := a.figures[ans.figure].kind; k != corpus.KindPerson && k != corpus.KindUnnamed {
		return nobody
	}
	return ans.figure
}

// weigh is how much a mention counts.
func (a *article) weigh(s corpus.Span) float64 {
	switch {
	case s.End < a.bounds(s.Start).End && a.tag(s.End).IsNoun():
		return asideWeight // "Clinton adviser Maria Lund" is not about Clinton
	case a.ownsSource(s):
		return ownerWeight
	case a.source[s.Start] && !a.quoted[s.Start] && !a.headline[s.Start]:
		return sourceWeight
	case a.headline[s.Start] || a.quoted[s.Start]:
		return asideWeight
	case int(s.End) < len(a.doc.Tokens) && a.tag(s.End) == corpus.POS:
		return ownerWeight
	case a.isSubject(s):
		return subjectWeight
	}
	for i := s.Start - 1; i >= a.bounds(s.Start).Start; i-- {
		switch t := a.tag(i); {
		case t == corpus.IN || t == corpus.TO:
			return asideWeight
		case !t.IsNoun() && t != corpus.DT && !t.IsAdjective():
			return mentionWeight
		}
	}
	return mentionWeight
}

// isSubject guesses without a tree: a verb follows, perhaps after an apposition between
// commas, or the phrase follows a verb that a quotation's end precedes ("..." said X).
func (a *article) isSubject(s corpus.Span) bool {
	last := a.bounds(s.Start).End
	i := s.End
	if i < last && a.tag(i) == corpus.Comma {
		for i++; i < last && i-s.End < 16 && a.tag(i) != corpus.Comma; i++ {
		}
		i++
	}
	for ; i < last && (a.tag(i) == corpus.RB || a.tag(i) == corpus.CC || a.tag(i).IsProper()); i++ {
	}
	if i >= last {
		return false
	}
	t := a.tag(i)
	return t == corpus.MD || t == corpus.VBD || t == corpus.VBZ || t == corpus.VBP
}

// notePair notes persons joined by "and" at token i.
func (a *article) notePair(i int32) {
	s := a.bounds(i)
	if i == s.Start || i+1 >= s.End || a.entity[i-1] == nobody || !strings.EqualFold(a.word(i), "and") {
		return
	}
	left := a.who[a.entity[i-1]]
	for j := i + 1; j < s.End && j < i+10; j++ {
		if e := a.entity[j]; e != nobody {
			right := a.who[e]
			if a.figures[right].kind == a.figures[left].kind && right != left && a.figures[left].kind != corpus.KindGroup {
				weight := pairWeight
				if a.isSubject(a.entities[e].Span) {
					weight = sourceWeight
				}
				if a.figures[right].kind == corpus.KindPerson || weight == sourceWeight {
					a.plurals = append(a.plurals, plural{span: corpus.Span{Start: i - 1, End: a.entities[e].End}, members: []int32{left, right}, weight: weight})
				}
				return
			}
			// "U.S." of "U.S. Treasury Secretary Scott Bessent".
			continue
		}
		if t := a.tag(j); !t.IsNoun() && !t.IsAdjective() && t != corpus.DT && t != corpus.POS && !a.ofOffice(j, s.Start) {
			return
		}
	}
}

// noteGroup notes the persons that a plural noun at token i names.
func (a *article) noteGroup(i int32) {
	class, many := nounOf(a.word(i))
	named := a.entity[i] != nobody && a.figures[a.who[a.entity[i]]].kind == corpus.KindGroup
	if !named && (class&(person|group) == 0 || !many) {
		return
	}
	first := a.bounds(i).Start
	if i+1 < a.bounds(i).End && a.tag(i+1).IsNoun() {
		return // not a head
	}
	s := corpus.Span{Start: i, End: i + 1}
	for s.Start > first {
		t := a.tag(s.Start - 1)
		pair := t == corpus.CC && s.Start-2 >= first && a.tag(s.Start-2) == corpus.NNS // "generals and admirals"
		modifier := (t == corpus.VBN || t == corpus.VBG) &&                            // "retired generals", but not "has hurt farmers"
			(s.Start-1 == first || a.tag(s.Start-2) == corpus.DT || a.tag(s.Start-2) == corpus.CD)
		if !pair && !modifier && !t.IsNoun() && !t.IsAdjective() && t != corpus.CD && t != corpus.DT && t != corpus.PRPS {
			break
		}
		s.Start--
	}
	weight := mentionWeight
	if a.isSubject(s) {
		weight = subjectWeight
	} else if s.Start > first && (a.tag(s.Start-1) == corpus.IN || a.tag(s.Start-1) == corpus.TO) {
		weight = asideWeight
	}
	a.plurals = append(a.plurals, plural{span: s, weight: weight})
}
