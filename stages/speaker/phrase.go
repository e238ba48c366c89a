package speaker

import (
	"strings"

	"onrecord/corpus"
	"onrecord/stages/internal/identity"
	"onrecord/stages/internal/names"
)

// answer is who a source is.
type answer struct {
	figure int32
	how    corpus.How
	rule   rule
	role   string
	at     int32 // token of the pronoun that was ranked, if the rule is "pronoun", "they" or "it"

	weighed string // who else was weighed, if reasons are asked for
}

var noAnswer = answer{figure: nobody, rule: "none"}

// phrase resolves a source phrase, a span of tokens.
func (a *article) phrase(s corpus.Span) answer {
	s = a.closeTo(a.trim(s))
	if s.Len() == 0 {
		return noAnswer
	}
	if ans, ok := a.pronoun(s); ok {
		return ans
	}
	if ans, ok := a.joined(s); ok {
		return ans
	}
	if i := a.label(s); i != nobody {
		return answer{figure: i, how: corpus.HowSurname, rule: "surname"}
	}
	if ans, ok := a.turn(s); ok {
		return ans
	}
	return a.single(s)
}

// closeTo is "A source close to Olsen" where only the name was taken for the source: somebody
// unnamed must not be given the name nearby.
func (a *article) closeTo(s corpus.Span) corpus.Span {
	first := int32(0)
	if s.Len() > 0 {
		first = a.bounds(s.Start).Start
	}
	if s.Len() == 0 || s.Start-3 < first || a.tag(s.Start-1) != corpus.TO || !strings.EqualFold(a.word(s.Start-2), "close") {
		return s
	}
	start := s.Start - 2
	if class, _ := nounOf(a.word(start - 1)); class&(person|group) == 0 {
		return s
	}
	for start > first {
		if t := a.tag(start - 1); !t.IsNoun() && !t.IsAdjective() && t != corpus.DT && t != corpus.CD {
			break
		}
		start--
	}
	s.Start = start
	return s
}

// trim drops punctuation around a phrase, and a clitic after it.
func (a *article) trim(s corpus.Span) corpus.Span {
	for s.Start < s.End && (a.tag(s.Start) >= corpus.Comma || a.leads(s) || a.tag(s.Start) == corpus.CC && !strings.EqualFold(a.word(s.Start), "both")) {
		s.Start++
	}
	for s.Start < s.End && (a.tag(s.End-1) >= corpus.Comma && a.tag(s.End-1) != corpus.RRB || a.tag(s.End-1) == corpus.POS) {
		s.End--
	}
	return s
}

// leads reports whether a phrase begins with a word that only leads to who speaks: "even
// members of the party".
func (a *article) leads(s corpus.Span) bool {
	t := a.tag(s.Start)
	return s.Len() > 1 && (t == corpus.IN || t == corpus.RB || t == corpus.VBG) && leading[strings.ToLower(a.word(s.Start))]
}

var leading = map[string]bool{"by": true, "even": true, "from": true, "especially": true, "particularly": true, "including": true, "among": true}

// core is the phrase up to what is attached to its head: a preposition, a relative
// clause, an apposition, a participle. Acronyms in parentheses stay, names are not cut.
func (a *article) core(s corpus.Span) corpus.Span {
	i := s.Start
	for i < s.End {
		if e := a.entity[i]; e != nobody {
			i = min(a.entities[e].End, s.End)
			continue
		}
		t := a.tag(i)
		if t == corpus.LRB && i+2 < s.End && a.tag(i+2) == corpus.RRB {
			i += 3
			continue
		}
		if i > s.Start && (a.isSuchAs(i, s.End) || t == corpus.IN || t == corpus.TO || t == corpus.WP || t == corpus.WDT || t == corpus.WPS || t >= corpus.Comma ||
			t == corpus.MD || t == corpus.VBD || t == corpus.VBZ || t == corpus.VBP || (t == corpus.VBG || t == corpus.VBN) && a.tag(i-1).IsNoun()) {
			break
		}
		i++
	}
	for i > s.Start+1 && (a.tag(i-1) == corpus.POS || a.tag(i-1) >= corpus.Comma && a.tag(i-1) != corpus.RRB) {
		i--
	}
	// "people familiar with the matter" are people.
	for end := i; end > s.Start+1 && end < s.End; end-- {
		if a.tag(end - 1).IsNoun() {
			i = end
			break
		}
		if !a.tag(end-1).IsAdjective() && a.tag(end-1) != corpus.RB || a.entity[end-1] != nobody {
			break
		}
	}
	return corpus.Span{Start: s.Start, End: i}
}

// isSuchAs reports whether "such as" stands at token i.
func (a *article) isSuchAs(i, end int32) bool {
	return i+1 < end && strings.EqualFold(a.word(i), "such") && strings.EqualFold(a.word(i+1), "as")
}

// single resolves a phrase with one head: a name, a name beside a description, or a
// description alone.
func (a *article) single(s corpus.Span) answer {
	core := a.core(s)
	end := core.End
	if end-3 > core.Start && a.tag(end-1) == corpus.RRB {
		end -= 3 // the acronym in parentheses is another name of the same
	}
	if i := a.byOrigin(core); i != nobody && core.End == s.End {
		return answer{figure: i, how: corpus.HowNominal, rule: "present"}
	}
	if e := a.entity[end-1]; e != nobody && !a.quantified(core, e) && !(a.headline[end-1] && a.entities[e].End > s.End) {
		return a.named(a.entities[e].Span, a.who[e])
	}
	if ans, ok := a.namedInside(s, core); ok {
		return ans
	}
	if i := a.missed(core); i != nobody {
		return answer{figure: i, how: corpus.HowSurname, rule: "surname"}
	}
	return a.nominal(s, core)
}

// quantified reports whether a name is only a word for some of those it means: "many
// Democrats" are not "Democrats", nor is "a Republican" one.
func (a *article) quantified(core corpus.Span, e int32) bool {
	if k := a.figures[a.who[e]].kind; k != corpus.KindGroup && k != corpus.KindUnnamed {
		return false
	}
	start := core.Start
	if a.definite(start) {
		start++
	}
	return start < a.entities[e].Start
}

// named answers with a figure that the source names.
func (a *article) named(name corpus.Span, i int32) answer {
	f := &a.figures[i]
	ans := answer{figure: i, how: corpus.HowNamed, rule: "name"}
	if f.kind != corpus.KindPerson {
		return ans
	}
	if words := a.nameOf(name); a.isFamilyName(words) && len(f.words) > words.Len() {
		ans.how, ans.rule = corpus.HowSurname, "surname"
	}
	return ans
}

// isFamilyName reports whether words are one word, with particles before it or without.
func (a *article) isFamilyName(words corpus.Span) bool {
	for i := words.Start; i+1 < words.End; i++ {
		if !names.Particle(a.word(i)) {
			return false
		}
	}
	return true
}

// outlets are nouns that may follow the name of who speaks: "Xinhua news agency".
var outlets = map[string]bool{"agency": true, "newspaper": true, "network": true, "magazine": true, "website": true,
	"channel": true, "broadcaster": true, "daily": true, "tabloid": true, "outlet": true, "station": true, "site": true, "wire": true}

// namedInside finds the name in "a lawyer for the dockers, David S.", "Secretary of
// State John K." and "Xinhua news agency", whose heads come before or after it.
func (a *article) namedInside(s, core corpus.Span) (answer, bool) {
	for i := core.End; i < s.End; i++ {
		e := a.entity[i]
		if e == nobody || a.entities[e].Start != i || a.entities[e].Kind != corpus.Person {
			continue
		}
		name := a.entities[e].Span
		if before := a.appositionBefore(a.nameOf(name)); before.Len() > 0 && before.Start <= core.End {
			ans := a.named(name, a.who[e])
			ans.rule = "apposition"
			return ans, true
		}
		if title := a.titleBefore(a.nameOf(name)); title.Len() > 0 && title.Start <= core.Start+1 {
			return a.named(name, a.who[e]), true
		}
		break
	}
	if e := a.apposed(s, core); e != nobody {
		ans := a.named(a.entities[e].Span, a.who[e])
		ans.rule = "apposition"
		return ans, true
	}
	if ans, ok := a.joinedAfter(s, core); ok {
		return ans, true
	}
	if i := a.appositeOrganization(core, s.End); i != nobody {
		ans := answer{figure: i, how: corpus.HowNamed, rule: "apposition"}
		return ans, true
	}
	if i := core.End + 2; i < s.End && a.isSuchAs(core.End, s.End) {
		if e := a.entity[s.End-1]; e != nobody && a.entities[e].Kind == corpus.Person && a.entities[e].Start >= i && a.tag(i).IsProper() {
			return a.named(a.entities[e].Span, a.who[e]), true // "economists such as Gustav A."
		}
	}
	if outlets[strings.ToLower(a.word(core.End-1))] {
		for i := core.End - 2; i >= core.Start && i >= core.End-3; i-- {
			if e := a.entity[i]; e != nobody {
				if a.entities[e].Kind == corpus.Organization {
					return a.named(a.entities[e].Span, a.who[e]), true
				}
				break
			}
		}
	}
	return noAnswer, false
}

// apposed is the person whom a phrase about one person names at its end, behind a comma:
// "Another delegate on the Novak slate, Jan Poel".
func (a *article) apposed(s, core corpus.Span) int32 {
	e := a.entity[s.End-1]
	if e == nobody || a.entities[e].Kind != corpus.Person || a.entities[e].End != s.End || !a.isOnePerson(core) {
		return nobody
	}
	start := a.nameOf(a.entities[e].Span).Start
	if title := a.titleBefore(corpus.Span{Start: start, End: s.End}); title.Len() > 0 {
		start = title.Start
	}
	if start <= core.End || a.tag(start-1) != corpus.Comma {
		return nobody
	}
	return e
}

// joinedAfter is "X and Y" of "her opponents, X and Y".
func (a *article) joinedAfter(s, core corpus.Span) (answer, bool) {
	class, many := nounOf(a.word(core.End - 1))
	if class&person == 0 || !many {
		return noAnswer, false
	}
	i := core.End
	for i < s.End && a.tag(i) != corpus.Comma {
		i++
	}
	if i+1 >= s.End || a.tag(i+1) == corpus.VBG || a.isSuchAs(i+1, s.End) {
		return noAnswer, false
	}
	ans, ok := a.joined(corpus.Span{Start: i + 1, End: s.End})
	if !ok {
		return noAnswer, false
	}
	for _, m := range a.figures[ans.figure].members {
		if a.figures[m].kind != corpus.KindPerson {
			return noAnswer, false
		}
	}
	return ans, true
}

// missed is the person of the surname that a phrase is, though the tagger saw no name in
// it: "Al-Khatib" at the beginning of a sentence.
func (a *article) missed(core corpus.Span) int32 {
	if core.Len() > 1 {
		for _, i := range a.persons[identity.Fold(a.word(core.End-1))] {
			if f := &a.figures[i]; f.given == identity.Fold(a.word(core.End-2)) && f.family == identity.Fold(a.word(core.End-1)) {
				return i // a headline's "Harbour Widow Nina Holt"
			}
		}
	}
	first := core.Start
	if _, ok := honorifics[identity.Fold(a.word(first))]; ok && core.Len() > 1 {
		first++
	}
	if core.End-first != 1 || !a.tag(first).IsProper() && first > core.Start {
		return nobody
	}
	if a.word(first) == strings.ToLower(a.word(first)) {
		return nobody
	}
	family := identity.Fold(a.word(first))
	best := int32(nobody)
	for _, i := range a.persons[family] {
		if f := &a.figures[i]; f.family == family && (best == nobody || f.named > a.figures[best].named) {
			best = i
		}
	}
	return best
}

// appositeOrganization is "the Korean Central News Agency" of "The North's state media, the
// Korean Central News Agency": the name that stands between commas beside a description of
// what is no person.
func (a *article) appositeOrganization(core corpus.Span, end int32) int32 {
	class, _ := nounOf(a.word(core.End - 1))
	i := core.End
	if i >= end || a.tag(i) != corpus.Comma {
		return nobody
	}
	if i++; i < end && a.tag(i) == corpus.DT {
		i++
	}
	if i >= end || a.entity[i] == nobody {
		return nobody
	}
	e := a.entity[i]
	if a.entities[e].Start != i || a.entities[e].Kind != corpus.Organization || a.figures[a.who[e]].kind != corpus.KindOrganization {
		return nobody
	}
	if class&(thing|group) == 0 && !corporateEnding[a.word(a.entities[e].End-1)] {
		return nobody // but "Its local partner, Rift Holdings Ltd"
	}
	if next := a.entities[e].End; next < end && a.tag(next) != corpus.Comma {
		return nobody // "officials, police and the Red Cross"
	}
	return a.who[e]
}

// joined resolves "He Lifeng and Scott Bessent": parts joined by "and", each a name.
func (a *article) joined(s corpus.Span) (answer, bool) {
	if strings.EqualFold(a.word(s.Start), "both") {
		s.Start++
	}
	type part struct {
		corpus.Span
		comma bool // it follows one, and no "and"
	}
	var parts []part
	start, and, comma := s.Start, false, false
	namesPerson := func(s corpus.Span) bool {
		e := a.entity[s.End-1]
		return e != nobody && a.entities[e].Kind == corpus.Person
	}
	i := s.Start
	for ; i < s.End; i++ {
		if e := a.entity[i]; e != nobody {
			i = min(a.entities[e].End, s.End) - 1
			continue
		}
		t := a.tag(i)
		isAnd := t == corpus.CC && strings.EqualFold(a.word(i), "and")
		if isAnd {
			and = true
		} else if t == corpus.IN && (a.ofOffice(i, s.Start) || comma && namesPerson(parts[len(parts)-1].Span) && a.hasRole(corpus.Span{Start: start, End: i})) {
			continue // "Secretary of State X", "X, a researcher at Y, and"
		} else if t == corpus.IN || t == corpus.WP || t == corpus.WDT || t.IsVerb() && t != corpus.VBG && t != corpus.VBN {
			break
		} else if t != corpus.Comma {
			continue
		}
		if i > start {
			parts = append(parts, part{corpus.Span{Start: start, End: i}, comma})
		}
		start, comma = i+1, !isAnd && len(parts) > 0
	}
	if !and {
		return noAnswer, false
	}
	// "X and Y, two of the survivors" and "X and Y, who": what follows them is about them.
	about := comma && i < s.End && namesPerson(parts[len(parts)-1].Span) && (start >= i || !namesPerson(corpus.Span{Start: start, End: i}))
	if !about {
		if start >= i {
			return noAnswer, false
		}
		parts = append(parts, part{corpus.Span{Start: start, End: i}, comma})
	}
	var members []int32
	afterPerson, role := false, false
	for n, p := range parts {
		if p.Span = a.trim(p.Span); p.Len() == 0 {
			return noAnswer, false
		}
		if who, ok := a.pronouns[p.Start]; ok && p.Len() == 1 {
			members = append(members, who) // "she and Shaw"
			continue
		}
		e := a.entity[p.End-1]
		if !namesPerson(p.Span) && a.hasRole(p.Span) &&
			(p.comma && afterPerson || n+1 < len(parts) && parts[n+1].comma && namesPerson(parts[n+1].Span) && (a.tag(p.Start) == corpus.PRPS || a.tag(p.Start) == corpus.DT)) {
			afterPerson, role = false, true
			continue // "his counterpart, X", "X, a nurse, and Y"
		}
		if role && !p.comma && e == nobody && len(members) == 1 && a.isOnePerson(a.core(p.Span)) {
			return noAnswer, false // "X, the head of a firm and a donor"
		}
		afterPerson, role = namesPerson(p.Span), false
		// A last part may be a description with an article of its own: "The Times and
		// the local press", "X and other lawyers in both parties".
		if e == nobody && (n == 0 || n < len(parts)-1 || a.tag(p.Start) != corpus.DT && !a.isOthers(p.Span)) {
			return noAnswer, false
		}
		if e == nobody {
			if a.isOthers(p.Span) {
				p.End = a.trim(s).End
			}
			members = append(members, a.describe(p.Span, a.core(p.Span)))
		} else {
			members = append(members, a.who[e])
		}
	}
	if len(members) < 2 {
		return noAnswer, false
	}
	i = a.join(members)
	if i == nobody {
		return noAnswer, false
	}
	return answer{figure: i, how: corpus.HowNamed, rule: "joined"}, true
}

// isOthers reports whether a phrase is of several more: "other leaders", "many voters".
func (a *article) isOthers(s corpus.Span) bool {
	switch strings.ToLower(a.word(s.Start)) {
	case "other", "others", "many", "several", "some":
		return true
	}
	return false
}

// join finds or makes the figure of several; of one it is that one.
func (a *article) join(members []int32) int32 {
	var list []int32
	var all []string
	for _, m := range members {
		repeated := false
		for _, l := range list {
			repeated = repeated || l == m
		}
		if !repeated {
			list = append(list, m)
			all = append(all, a.figures[m].name)
		}
	}
	if len(list) == 1 {
		return list[0]
	}
	name := strings.Join(all, " and ")
	key := "\x00" + name // apart from a figure that is called so
	if i, ok := a.others[key]; ok {
		return i
	}
	i := a.add(figure{kind: corpus.KindGroup, name: name, members: list})
	a.others[key] = i
	return i
}
