package speaker

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/corpus"
	"onrecord/stages/internal/identity"
	"onrecord/stages/internal/names"
)

// nominal resolves a description: "the senator" to somebody named, "his wife" to a
// relative, "the officials" to those described before; what is left is described in the
// article's own words.
func (a *article) nominal(s, core corpus.Span) answer {
	head := strings.ToLower(a.word(core.End - 1))
	class, many := nounOf(head)
	many = many || a.tag(core.End-1) == corpus.NNS || a.tag(core.End-1) == corpus.NNPS
	if i := a.speakerOf(core, head); i != nobody {
		return answer{figure: i, how: corpus.HowNominal, rule: "words"}
	}
	if a.definite(s.Start) {
		if class&kin != 0 && !many {
			if i := a.relativeOf(s, head); i != nobody {
				return answer{figure: i, how: corpus.HowNominal, rule: "kin"}
			}
		}
		if class&person != 0 && !many {
			if i := a.byRole(s, core, head, class); i != nobody {
				return answer{figure: i, how: corpus.HowNominal, rule: "role"}
			}
		}
		if i := a.described(s, core, head, many); i != nobody {
			return answer{figure: i, how: corpus.HowNominal, rule: "same-description"}
		}
		if class&public != 0 && many && core.End == s.End && a.bareOrTwo(core) {
			if i := a.pairBefore(s.Start, core.Len() == 3); i != nobody {
				return answer{figure: i, how: corpus.HowNominal, rule: "pair"}
			}
		}
		if (head == "pair" || head == "duo" || head == "two" || a.isTwo(core, class)) && (core.Len() == 2 || many) && core.End == s.End {
			if i := a.pairBefore(s.Start, true); i != nobody {
				return answer{figure: i, how: corpus.HowNominal, rule: "pair"}
			}
		}
		if class&kin != 0 && many && a.bareOrTwo(core) && core.End == s.End {
			if i := a.siblings(nounGenderOf(class)); i != nobody {
				return answer{figure: i, how: corpus.HowNominal, rule: "pair"}
			}
		}
		if many && core.Len() == 3 && core.End == s.End && a.bareOrTwo(core) && (class&thing != 0 || twosomes[head]) {
			if i := a.twoThings(s.Start); i != nobody {
				return answer{figure: i, how: corpus.HowNominal, rule: "pair"}
			}
		}
		if (class&thing != 0 || a.isBased(core)) && !many && core.End == s.End {
			if i := a.organizationCalled(s, head); i != nobody {
				return answer{figure: i, how: corpus.HowNominal, rule: "organization"}
			}
		}
		if class&public != 0 && !many && a.tag(s.Start) != corpus.PRPS {
			if i := a.presentFor(s, class); i != nobody {
				return answer{figure: i, how: corpus.HowNominal, rule: "present"}
			}
		}
		if class&person != 0 && class&(kin|public) == 0 && !many && core.End == s.End && !nameless[head] && a.isPlain(core) {
			if i := a.justSpokenOf(s, class); i != nobody {
				return answer{figure: i, how: corpus.HowNominal, rule: "present"}
			}
		}
	} else if class&person != 0 && !many && a.sentence[s.Start] <= leadSentences {
		i := int32(nobody)
		if class&public != 0 {
			i = a.namedNext(s, core)
		}
		if i == nobody {
			i = a.introducedLater(s, head)
		}
		if i != nobody {
			return answer{figure: i, how: corpus.HowNominal, rule: "lead"}
		}
	}
	if (class&public != 0 || chiefs[head]) && !many {
		if i := a.namedNext(s, core); i != nobody {
			return answer{figure: i, how: corpus.HowNominal, rule: "lead"}
		}
	}
	return answer{figure: a.describe(s, core), how: corpus.HowNominal, rule: "description"}
}

// utterances are nouns for what somebody says; a document, such as a book or a brief,
// speaks for itself.
var utterances = map[string]bool{"remark": true, "remarks": true, "comment": true, "comments": true, "speech": true, "speeches": true,
	"address": true, "tweet": true, "tweets": true, "words": true, "answer": true, "answers": true, "response": true,
	"responses": true, "reply": true, "testimony": true, "interview": true, "post": true, "posts": true, "statement": true, "statements": true}

// speakerOf is whose words a source is: "his remarks on Saturday", "Ms. Olsen's speech".
func (a *article) speakerOf(core corpus.Span, head string) int32 {
	if !utterances[head] {
		return nobody
	}
	if i, ok := a.pronouns[core.Start]; ok && a.tag(core.Start) == corpus.PRPS {
		return i
	}
	for i := core.End - 2; i > core.Start; i-- {
		if e := a.entity[i-1]; a.tag(i) == corpus.POS && e != nobody && a.entities[e].Kind == corpus.Person {
			return a.who[e]
		}
	}
	return nobody
}

// definite reports whether the phrase points at something the reader knows.
func (a *article) definite(i int32) bool {
	switch a.tag(i) {
	case corpus.PRPS:
		return true
	case corpus.DT:
		switch strings.ToLower(a.word(i)) {
		case "the", "this", "that", "these", "those":
			return true
		}
	}
	return false
}

// byRole finds the person whom the article gives the role that the description's head
// names; other words of the description count for or against, presence decides.
func (a *article) byRole(s, core corpus.Span, head string, class noun) int32 {
	a.considered = a.considered[:0]
	best, bestScore := int32(nobody), 0.0
	for i := range a.figures {
		f := &a.figures[i]
		if f.kind != corpus.KindPerson || !f.fits(nounGenderOf(class)) || len(f.heads) == 0 {
			continue
		}
		roles := strings.ToLower(strings.Join(f.roles, " "))
		called := contains(f.heads, head)
		if !called && !(chiefs[head] && a.sharesOffice(roles, s, core)) || a.isOtherOffice(f, head, s) {
			continue
		}
		near := a.recency(f, s.Start)
		score := 1 + near
		if near == 0 && a.sentence[s.Start] > leadSentences {
			score -= 0.6 // the reader does not know the person yet
		}
		if owner, ok := a.pronouns[s.Start]; ok && !strings.Contains(roles, a.figures[owner].family) {
			continue // "his lawyer" is nobody else's
		}
		for j := s.Start + 1; j < s.End; j++ {
			if t := a.tag(j); (t.IsNoun() || t.IsAdjective()) && j != core.End-1 {
				if strings.Contains(roles, strings.ToLower(a.word(j))) {
					score++
				} else {
					score -= 0.7
				}
			}
		}
		a.consider(int32(i), score)
		if score > bestScore {
			best, bestScore = int32(i), score
		}
	}
	return best
}

// lesser are words that make another office of one.
var lesser = map[string]bool{"shadow": true, "deputy": true, "vice": true, "assistant": true, "lieutenant": true, "associate": true, "under": true, "opposition": true}

// isOtherOffice reports whether the person is called by head only in another office than
// the description's: the home secretary is not the shadow home secretary.
func (a *article) isOtherOffice(f *figure, head string, s corpus.Span) bool {
	found := false
	for _, role := range f.roles {
		words := strings.Fields(strings.ToLower(role))
		if !contains(words, head) {
			continue
		}
		found = true
		if !slices.ContainsFunc(words, func(w string) bool { return lesser[w] && !a.says(s, w) }) {
			return false
		}
	}
	return found
}

// says reports whether the word, in small letters, is in s.
func (a *article) says(s corpus.Span, word string) bool {
	for i := s.Start; i < s.End; i++ {
		if strings.EqualFold(a.word(i), word) {
			return true
		}
	}
	return false
}

// chiefs are nouns for whoever leads what the word before them says.
var chiefs = map[string]bool{"chief": true, "head": true, "boss": true, "leader": true}

// sharesOffice reports whether a word of the description, such as "Treasury" of "the
// Treasury chief", stands in roles.
func (a *article) sharesOffice(roles string, s, core corpus.Span) bool {
	for j := s.Start + 1; j < core.End-1; j++ {
		if a.tag(j).IsProper() && strings.Contains(roles, strings.ToLower(a.word(j))) {
			return true
		}
	}
	return false
}

// recency is how near the figure's last mention before token i is, in (0, 1]; 0 if there
// is none.
func (a *article) recency(f *figure, i int32) float64 {
	for n := len(f.mentions) - 1; n >= 0; n-- {
		if at := f.mentions[n].Start; at < i {
			return (salience{1, a.sentence[at]}).at(a.sentence[i])
		}
	}
	return 0
}

func nounGenderOf(class noun) gender {
	switch {
	case class&woman != 0:
		return feminine
	case class&man != 0:
		return masculine
	}
	return unknown
}

func contains(list []string, w string) bool {
	for _, l := range list {
		if l == w {
			return true
		}
	}
	return false
}

// relativeOf finds "his wife": another person of the owner's family name.
func (a *article) relativeOf(s corpus.Span, head string) int32 {
	owner, ok := a.pronouns[s.Start]
	if !ok {
		return nobody
	}
	for i := range a.figures {
		f := &a.figures[i]
		if at, ok := a.pronouns[f.ofPronoun-1]; ok && at == owner && contains(f.heads, head) {
			return int32(i)
		}
		if int32(i) != owner && f.kind == corpus.KindPerson && f.family == a.figures[owner].family && f.given != "" && f.fits(nounGender(head)) {
			return int32(i)
		}
	}
	return nobody
}

// bareOrTwo reports whether a definite plural says nothing of those it means but that
// they are two: "the candidates", "the two leaders".
func (a *article) bareOrTwo(core corpus.Span) bool {
	return core.Len() == 2 || core.Len() == 3 && strings.EqualFold(a.word(core.Start+1), "two")
}

// pairBefore is who "the candidates" are where the article described no group by that
// word: of the persons it joined before, those it names most; if it joined none and two
// are meant, the two it named last.
func (a *article) pairBefore(i int32, two bool) int32 {
	best, most := int32(nobody), 0
	for n := range a.plurals {
		p := &a.plurals[n]
		if p.span.Start >= i || p.members == nil || a.figures[p.members[0]].kind != corpus.KindPerson {
			continue
		}
		if named := a.figures[p.members[0]].named + a.figures[p.members[1]].named; named > most {
			best, most = a.join(p.members), named
		}
	}
	last := int32(nobody)
	for e := a.entityBefore(i); two && best == nobody && e >= 0; e-- {
		switch w := a.who[e]; {
		case a.figures[w].kind != corpus.KindPerson || w == last:
		case last == nobody:
			last = w
		default:
			best = a.join([]int32{w, last})
		}
	}
	return best
}

// twosomes are plurals, beside those of organizations, that two countries or companies can
// be called by.
var twosomes = map[string]bool{"sides": true, "neighbours": true, "neighbors": true, "nations": true, "powers": true, "rivals": true,
	"allies": true, "capitals": true, "states": true, "giants": true, "carmakers": true, "governments": true}

// isTwo reports whether a definite plural says no more than that two persons are meant:
// "the two voters".
func (a *article) isTwo(core corpus.Span, class noun) bool {
	return class&person != 0 && core.Len() == 3 && a.bareOrTwo(core)
}

// siblings is who "the brothers" are: the only two persons of one surname that the article
// names.
func (a *article) siblings(g gender) int32 {
	var pair []int32
	for i := range a.figures {
		y := &a.figures[i]
		if y.kind != corpus.KindPerson || y.given == "" || !y.fits(g) {
			continue
		}
		for _, j := range a.persons[y.family] {
			x := &a.figures[j]
			if int(j) >= i || x.kind != corpus.KindPerson || x.family != y.family || x.given == "" || !x.fits(g) {
				continue
			}
			if pair != nil {
				return nobody
			}
			pair = []int32{j, int32(i)}
		}
	}
	if pair == nil {
		return nobody
	}
	return a.join(pair)
}

// twoThings is who "the two countries" are: the two organizations or places that the
// article joined last before token i, a few sentences back at most.
func (a *article) twoThings(i int32) int32 {
	for n := len(a.plurals) - 1; n >= 0; n-- {
		p := &a.plurals[n]
		if p.span.Start >= i || p.members == nil {
			continue
		}
		if a.sentence[i]-a.sentence[p.span.Start] > 4 {
			break
		}
		if a.figures[p.members[0]].kind == corpus.KindOrganization && a.figures[p.members[1]].kind == corpus.KindOrganization {
			return a.join(p.members)
		}
	}
	return nobody
}

// novel are adjectives that stand between an article and a name and are no part of it: "a
// new Gazette poll".
var novel = map[string]bool{"new": true, "recent": true, "latest": true, "fresh": true}

// afterNovel is where the name begins in "the most recent Gazette poll", or start.
func (a *article) afterNovel(start, end int32) int32 {
	i := start
	if i < end && strings.EqualFold(a.word(i), "most") {
		i++
	}
	if i+1 < end && novel[a.word(i)] && a.tag(i+1).IsProper() {
		return i + 1
	}
	return start
}

// described finds what the article described before by the same head noun: "these
// voters" after "older rural voters", but not "the Danish official" after "a Swedish
// official".
func (a *article) described(s, core corpus.Span, head string, many bool) int32 {
	for i := len(a.figures) - 1; i >= 0; i-- {
		f := &a.figures[i]
		if (f.kind == corpus.KindGroup && many || f.kind == corpus.KindUnnamed && !many) &&
			len(f.words) > 0 && f.family == "" && len(f.heads) == 1 && f.heads[0] == head &&
			f.mentions[0].Start <= s.Start && (len(f.words) == 1 || a.saysNoMore(core, f.words)) {
			return int32(i)
		}
	}
	return nobody
}

// saysNoMore reports whether every word that stands before the head of a definite phrase
// is among those of a name; words for countries don't count.
func (a *article) saysNoMore(core corpus.Span, words []string) bool {
	for i := core.Start + 1; i < core.End-1; i++ {
		t, w := a.tag(i), a.word(i)
		if partisan[strings.ToLower(w)] && !contains(words, identity.Fold(w)) {
			return false
		}
		if t == corpus.CD || !t.IsNoun() && !t.IsAdjective() || contains(words, identity.Fold(w)) {
			continue
		}
		if e := a.entity[i]; e == nobody && names.Of(w)&(names.Place|names.Demonym) == 0 || e != nobody && a.entities[e].Kind != corpus.Place && a.entities[e].Kind != corpus.Misc {
			return false
		}
	}
	return true
}

// organizationCalled finds "the fund" for the International Monetary Fund: the last
// organization before it whose name has the word.
func (a *article) organizationCalled(s corpus.Span, head string) int32 {
	for e := a.entityBefore(s.Start); e >= 0; e-- {
		if f := &a.figures[a.who[e]]; f.kind == corpus.KindOrganization && a.entities[e].Kind == corpus.Organization && contains(f.words, head) && a.saysNoMore(a.core(s), f.words) {
			return a.who[e]
		}
	}
	if s.Len() == 2 {
		if p := a.ownedBefore(s.Start, head); p.Len() > 0 {
			return a.describe(p, p)
		}
	}
	if head == "bank" && strings.EqualFold(a.word(max(s.Start, a.core(s).End-2)), "central") {
		return a.centralBank(s.Start)
	}
	if firms[head] || a.isBased(a.core(s)) && !bodies[head] {
		if i := a.firmPresent(s.Start); i != nobody {
			return i
		}
	}
	if outlets[head] {
		// "The news agency" is the outlet that was last a source.
		for e := a.entityBefore(s.Start); e >= 0; e-- {
			if entity := a.entities[e]; a.entities[e].Kind == corpus.Organization && a.source[entity.End-1] && a.weigh(entity.Span) == sourceWeight {
				return a.who[e]
			}
		}
	}
	for i := len(a.figures) - 1; i >= 0; i-- {
		if f := &a.figures[i]; f.kind == corpus.KindOrganization && len(f.heads) == 1 && f.heads[0] == head && a.saysNoMore(a.core(s), f.words) {
			return int32(i)
		}
	}
	if bodies[head] {
		return a.bodyPresent(s.Start)
	}
	return nobody
}

// partisan are adjectives of parties and views, which tell groups apart.
var partisan = map[string]bool{"gop": true, "republican": true, "democratic": true, "conservative": true, "liberal": true, "labour": true, "tory": true,
	"socialist": true, "communist": true, "green": true, "opposition": true}

// ownedBefore is how an article without a name for it introduced what it calls "the
// ministry" at token i: "Russia's foreign ministry", "the Turkish central bank". It is the
// last phrase of that head with a country before it, a few sentences back at most.
func (a *article) ownedBefore(i int32, head string) corpus.Span {
	for j := i - 1; j > 0 && a.sentence[i]-a.sentence[j] <= 6; j-- {
		if a.entity[j] != nobody || !a.tag(j).IsNoun() || !strings.EqualFold(a.word(j), head) || a.headline[j] {
			continue
		}
		if next := j + 1; next < a.bounds(j).End && (a.tag(next).IsNoun() || a.tag(next) == corpus.POS) {
			continue // not a head
		}
		s := corpus.Span{Start: j, End: j + 1}
		for first := a.bounds(j).Start; s.Start > first; s.Start-- {
			if t := a.tag(s.Start - 1); !t.IsNoun() && !t.IsAdjective() && t != corpus.POS {
				break
			}
		}
		if e := a.entity[s.Start]; e != nobody && s.Len() > 1 && (a.entities[e].Kind == corpus.Place || names.Of(a.word(s.Start))&names.Demonym != 0) {
			return s
		}
	}
	return corpus.Span{}
}

// isBased reports whether a description says where a company is: "the Rio-based producer".
func (a *article) isBased(core corpus.Span) bool {
	for i := core.Start; i < core.End-1; i++ {
		if strings.HasSuffix(a.word(i), "-based") {
			return true
		}
	}
	return false
}

// bodies are nouns for organizations of many kinds: "the group" is the one most present.
var bodies = map[string]bool{"group": true, "organization": true, "organisation": true, "party": true, "bloc": true, "alliance": true,
	"charity": true, "militia": true, "nonprofit": true, "non-profit": true, "watchdog": true, "think-tank": true, "regulator": true}

// centralBank is the last organization before token i whose name is a central bank's.
func (a *article) centralBank(i int32) int32 {
	last := a.entityBefore(i)
	for e := last; e >= max(0, last-lookBack); e-- {
		f := &a.figures[a.who[e]]
		if f.kind != corpus.KindOrganization {
			continue
		}
		for _, w := range f.words {
			if monetary[w] {
				return a.who[e]
			}
		}
		if contains(f.words, "bank") && (contains(f.words, "of") || contains(f.words, "central")) {
			return a.who[e]
		}
	}
	return nobody
}

// monetary are words of central banks' names, folded.
var monetary = map[string]bool{"fed": true, "reserve": true, "ecb": true, "boe": true, "boj": true, "pboc": true, "rbi": true, "bundesbank": true,
	"riksbank": true, "banxico": true}

// firms are nouns that stand for a company whatever its name is.
var firms = map[string]bool{"company": true, "firm": true, "corporation": true, "carmaker": true, "automaker": true,
	"chipmaker": true, "retailer": true, "manufacturer": true, "airline": true, "startup": true, "lender": true, "bank": true}

// firmPresent is the organization most present before token i that no other word, such as
// "ministry", keeps from being a company.
func (a *article) firmPresent(i int32) int32 { return a.organizationPresent(i, a.isPublicBody) }

// bodyPresent is the organization most present before token i that is no part of a state.
func (a *article) bodyPresent(i int32) int32 { return a.organizationPresent(i, a.isOfState) }

// organizationPresent is the organization most present before token i that is not ruled out.
func (a *article) organizationPresent(i int32, out func(corpus.Span) bool) int32 {
	a.considered = a.considered[:0]
	best, bestScore := int32(nobody), 0.1
	last := a.entityBefore(i)
	for e := last; e >= max(0, last-lookBack) && a.sentence[i]-a.sentence[a.entities[e].Start] <= 3; e-- {
		entity := a.entities[e]
		f := &a.figures[a.who[e]]
		if entity.Kind != corpus.Organization || f.kind != corpus.KindOrganization || out(entity.Span) {
			continue
		}
		score := a.weigh(entity.Span) * (salience{1, a.sentence[entity.Start]}).at(a.sentence[i])
		a.consider(a.who[e], score)
		if score > bestScore {
			best, bestScore = a.who[e], score
		}
	}
	return best
}

// isOfState reports whether a name is that of a part of a state.
func (a *article) isOfState(s corpus.Span) bool {
	for i := s.Start; i < s.End; i++ {
		if ofState[identity.Fold(a.word(i))] {
			return true
		}
	}
	return false
}

// ofState are words of such names, folded.
var ofState = map[string]bool{"ministry": true, "department": true, "court": true, "senate": true, "congress": true, "parliament": true, "house": true,
	"police": true, "government": true, "army": true, "treasury": true, "cabinet": true, "kremlin": true, "pentagon": true}

// isPublicBody reports whether a name holds a noun that names no company: "Commerce
// Ministry", "Senate".
func (a *article) isPublicBody(s corpus.Span) bool {
	body := false
	for i := s.Start; i < s.End; i++ {
		if w := a.word(i); corporate[identity.Fold(w)] {
			return false // "Voltra Motors Co."
		} else if names.Of(w)&names.Body != 0 {
			body = true
		}
	}
	return body
}

// corporateEnding are endings of company names that no person's name has, as written.
var corporateEnding = map[string]bool{"Inc": true, "Inc.": true, "Corp": true, "Corp.": true, "Corporation": true, "Ltd": true, "Ltd.": true,
	"LLC": true, "LLP": true, "PLC": true, "Plc": true, "plc": true, "AG": true, "SE": true, "SA": true, "NV": true, "GmbH": true, "Holdings": true}

// corporate are words of company names, folded.
var corporate = map[string]bool{"inc": true, "corp": true, "corporation": true, "co": true, "company": true, "ltd": true,
	"llc": true, "plc": true, "group": true, "holdings": true, "bank": true, "sa": true, "ag": true, "nv": true, "partners": true,
	"airlines": true, "airways": true, "chemicals": true, "energy": true, "engineering": true, "foods": true, "industries": true,
	"logistics": true, "mining": true, "motors": true, "petroleum": true, "pharmaceuticals": true, "semiconductor": true,
	"shipping": true, "software": true, "steel": true, "stores": true, "systems": true, "technologies": true, "telecom": true, "works": true}

// nameless are nouns for somebody the article keeps unnamed, also with "the" before them.
var nameless = map[string]bool{"official": true, "source": true, "person": true, "man": true, "woman": true, "boy": true, "girl": true,
	"diplomat": true, "aide": true, "insider": true, "suspect": true, "victim": true, "witness": true, "caller": true, "driver": true,
	"soldier": true, "attacker": true, "gunman": true, "resident": true, "voter": true, "reader": true, "patient": true, "user": true,
	"child": true, "employee": true, "worker": true, "officer": true, "moderator": true, "interviewer": true, "reporter": true,
	"consumer": true, "buyer": true, "seller": true, "winner": true, "loser": true, "narrator": true, "protester": true, "supporter": true,
	"pilot": true, "character": true, "youth": true, "heckler": true, "host": true, "spokesman": true, "spokeswoman": true, "spokesperson": true}

// byOrigin is the person most present for "the Brazilian", "the Texas Republican": by where
// somebody is from, or by a party, who was just spoken of.
func (a *article) byOrigin(s corpus.Span) int32 {
	word := a.word(s.End - 1)
	if s.Len() < 2 || s.Len() > 3 || !strings.EqualFold(a.word(s.Start), "the") || names.Of(word)&names.Demonym == 0 && !members[word] {
		return nobody
	}
	if t := a.tag(s.End - 1); t == corpus.NNPS || t == corpus.NNS {
		return nobody
	}
	if isPeople(word) {
		return nobody
	}
	return a.justSpokenOf(s, person)
}

// isPeople reports whether an adjective of a country is that of many when a noun: "the
// Chinese", "the French", "the Germans".
func isPeople(word string) bool {
	for _, end := range []string{"s", "ese", "sh", "ch"} {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}

// isPlain reports whether a description is "the" and words that name nobody else, with a
// listed noun at its end: neither "the program's host" nor "the Whitlock supporter".
func (a *article) isPlain(core corpus.Span) bool {
	word := strings.ToLower(a.word(core.End - 1))
	if !strings.EqualFold(a.word(core.Start), "the") || nouns()[word] == 0 && !strings.HasSuffix(word, "-year-old") {
		return false
	}
	for i := core.Start + 1; i < core.End; i++ {
		if e := a.entity[i]; a.tag(i) == corpus.POS || e != nobody && a.entities[e].Kind != corpus.Place && a.entities[e].Kind != corpus.Misc {
			return false
		}
	}
	return true
}

// justSpokenOf is the person most present for a description without a role, who was the
// subject or the source of what came last.
func (a *article) justSpokenOf(s corpus.Span, class noun) int32 {
	a.considered = a.considered[:0]
	g := nounGenderOf(class)
	best, bestScore := int32(nobody), subjectWeight*decay*decay-0.01
	for e := a.entityBefore(s.Start); e >= 0 && a.sentence[s.Start]-a.sentence[a.entities[e].Start] <= 3; e-- {
		entity := a.entities[e]
		if f := &a.figures[a.who[e]]; f.kind != corpus.KindPerson || !f.fits(g) {
			continue
		}
		score := a.weigh(entity.Span) * (salience{1, a.sentence[entity.Start]}).at(a.sentence[s.Start])
		a.consider(a.who[e], score)
		if score > bestScore {
			best, bestScore = a.who[e], score
		}
	}
	return best
}

// members are words for a member of a party, or somebody of its views.
var members = map[string]bool{"Republican": true, "Democrat": true, "Conservative": true, "Liberal": true, "Green": true, "Tory": true}

// presentFor is the person most present whom a public role can stand for.
func (a *article) presentFor(s corpus.Span, class noun) int32 {
	a.considered = a.considered[:0]
	g := nounGenderOf(class)
	best, bestScore := int32(nobody), 0.1
	for e := a.entityBefore(s.Start); e >= 0 && a.sentence[s.Start]-a.sentence[a.entities[e].Start] <= 8; e-- {
		f := &a.figures[a.who[e]]
		if f.kind != corpus.KindPerson || !f.fits(g) {
			continue
		}
		score := a.weigh(a.entities[e].Span) * (salience{1, a.sentence[a.entities[e].Start]}).at(a.sentence[s.Start]) * (1 + float64(min(f.named, 10))/5)
		a.consider(a.who[e], score)
		if score > bestScore {
			best, bestScore = a.who[e], score
		}
	}
	return best
}

// leadSentences is how far an article may go without naming its subject: "A mayor has
// resigned" comes before the mayor's name.
const leadSentences = 2

// introducedLater is the one person of the article with that role, if there is one.
func (a *article) introducedLater(s corpus.Span, head string) int32 {
	if t := a.tag(s.Start); t == corpus.CD || t == corpus.DT && !strings.EqualFold(a.word(s.Start), "a") && !strings.EqualFold(a.word(s.Start), "an") {
		return nobody // "one minister", "another minister"
	}
	found := int32(nobody)
	for i := range a.figures {
		if f := &a.figures[i]; f.kind == corpus.KindPerson && contains(f.heads, head) && !a.isOtherOffice(f, head, s) {
			if found != nobody {
				return nobody
			}
			found = int32(i)
		}
	}
	return found
}

// namedNext is the person whose name, without a role, opens the paragraph after the first
// one, which describes somebody: "Turkey's justice minister rejected ..." "Yusuf T. told
// ...". The description is the person's role.
func (a *article) namedNext(s, core corpus.Span) int32 {
	if a.sentence[s.Start] > leadSentences || a.headline[s.Start] {
		return nobody
	}
	key := "\x00next " + a.text(core)
	if i, ok := a.others[key]; ok {
		return i // it was asked before
	}
	block := a.blockAt(a.doc.Tokens[s.Start].Start) + 1
	e := a.entityBefore(a.bounds(s.Start).End) + 1
	for e < len(a.entities) && a.blockAt(a.doc.Tokens[a.entities[e].Start].Start) < block {
		e++
	}
	if e >= len(a.entities) || a.entities[e].Kind != corpus.Person {
		return nobody
	}
	entity := a.entities[e].Span
	f := &a.figures[a.who[e]]
	if entity.Start != a.bounds(entity.Start).Start || a.blockAt(a.doc.Tokens[entity.Start].Start) != block || a.blockAt(a.doc.Tokens[entity.Start-1].Start) == block ||
		f.kind != corpus.KindPerson || f.given == "" || len(f.roles) > 0 || !f.fits(nounGender(a.word(core.End-1))) || !a.isSubject(entity) {
		return nobody
	}
	for _, m := range f.mentions {
		if m.Start < entity.Start && !a.headline[m.Start] {
			return nobody
		}
	}
	a.takeRole(f, a.withoutArticle(core))
	a.others[key] = a.who[e]
	return a.who[e]
}

// describe finds or makes the figure of a description, which is its own name.
func (a *article) describe(s, core corpus.Span) int32 {
	head := strings.ToLower(a.word(core.End - 1))
	name := a.render(s, core)
	key := "\x00described " + identity.Fold(name)
	if i, ok := a.others[key]; ok {
		return i
	}
	if i := a.knownDescription(name); i != nobody {
		a.others[key] = i
		return i
	}
	i := a.add(figure{kind: a.kindOf(s, core), name: name, words: strings.Fields(identity.Fold(name)), heads: []string{head},
		mentions: []corpus.Span{s}, gender: nounGender(head)})
	a.others[key] = i
	return i
}

// kindOf tells groups, single persons and things apart by their head noun.
func (a *article) kindOf(s, core corpus.Span) corpus.SpeakerKind {
	head := core.End - 1
	class, many := nounOf(a.word(head))
	if t := a.tag(head); t == corpus.NNS || t == corpus.NNPS {
		many = true
	}
	switch {
	case class&thing != 0 && class&person == 0:
		return corpus.KindOrganization
	case class&group != 0 || many:
		return corpus.KindGroup
	case class&person != 0:
		return corpus.KindUnnamed
	}
	switch strings.ToLower(a.word(s.Start)) {
	case "one":
		return corpus.KindUnnamed
	case "most", "many", "some", "several", "all", "few", "both", "none", "others":
		return corpus.KindGroup
	}
	return corpus.KindUnknown
}

// determiners that a description does without.
var determiners = map[string]bool{"a": true, "an": true, "the": true, "this": true, "that": true, "these": true,
	"those": true, "his": true, "her": true, "their": true, "its": true, "our": true, "my": true, "your": true}

// render writes a description without its article, up to the first comma or relative
// clause, with the names of persons as they are written there, without titles.
func (a *article) render(s, core corpus.Span) string {
	owner := ""
	if i, ok := a.pronouns[s.Start]; ok && a.tag(s.Start) == corpus.PRPS {
		owner = a.ownerName(&a.figures[i], core) + "'s "
	}
	start := s.Start
	for start < core.End-1 && determiners[strings.ToLower(a.word(start))] {
		start++
	}
	if start > s.Start {
		start = a.afterNovel(start, core.End)
	}
	// "one union source" is a union source; "one farmer" stays.
	if strings.EqualFold(a.word(start), "one") && core.End-start > 2 {
		start++
	}
	var b strings.Builder
	b.WriteString(owner)
	end := a.descriptionEnd(start, s, core)
	for i := start; i < end; i++ {
		if _, ok := honorifics[identity.Fold(a.word(i))]; ok && i+1 < end && a.entity[i+1] != nobody {
			continue
		}
		if next := a.titleEnd(i, end); next > i {
			i = next - 1
			continue
		}
		if i > start && b.Len() > len(owner) && a.tag(i) != corpus.POS && a.doc.Tokens[i].Start > a.doc.Tokens[i-1].End {
			b.WriteByte(' ')
		}
		if e := a.entity[i]; e != nobody && a.entities[e].Kind == corpus.Person && a.entities[e].Start == i && a.entities[e].End <= end {
			next := a.entities[e].End
			// "Clinton campaign" is a name of its own; "advisers to Clinton" and
			// "Clinton's lawyer" are about her.
			if next == end || a.tag(next) == corpus.POS {
				b.WriteString(a.ownerWritten(e, core))
				i = next - 1
				continue
			}
		}
		if next := a.acronymAfter(i, end); next > 0 {
			i = next // "Group of Seven (G7) ministers" are the G7 ministers
			b.WriteString(a.word(i))
			i++
			continue
		}
		word := a.word(i)
		if i == start && a.entity[i] == nobody && a.commonAtStart(i) {
			word = lowerFirst(word)
		}
		b.WriteString(word)
	}
	return strings.TrimSpace(b.String())
}

// ownerName is what "his" stands for in a description: the surname, as articles call who is
// known, but the full name of whom one unnamed person is known by: "Paul Novak's lawyer".
func (a *article) ownerName(f *figure, core corpus.Span) string {
	if f.kind != corpus.KindPerson || a.isOnePerson(core) {
		return f.name
	}
	return f.name[strings.LastIndexByte(f.name, ' ')+1:]
}

// ownerWritten is ownerName of a person whom the description names, entity e.
func (a *article) ownerWritten(e int32, core corpus.Span) string {
	if a.isOnePerson(core) {
		return a.figures[a.who[e]].name
	}
	return a.plain(a.nameOf(a.entities[e].Span))
}

// isOnePerson reports whether a description is of a single person.
func (a *article) isOnePerson(core corpus.Span) bool {
	class, many := nounOf(a.word(core.End - 1))
	return class&person != 0 && !many
}

func lowerFirst(word string) string {
	if len(word) > 1 && word == strings.ToUpper(word) {
		return strings.ToLower(word) // "REPORTER" of a transcript
	}
	r, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToLower(r)) + word[size:]
}

// titleEnd is where the person's name begins whose title begins at token i, or i: a
// description names persons without titles.
func (a *article) titleEnd(i, end int32) int32 {
	for j := i + 1; j < end && j < i+8; j++ {
		if e := a.entity[j]; e != nobody && a.entities[e].Kind == corpus.Person && a.entities[e].Start == j {
			next := a.entities[e].End
			if title := a.titleBefore(a.nameOf(a.entities[e].Span)); title.Len() > 0 && title.Start == i && (next == end || a.tag(next) == corpus.POS) {
				return j
			}
			return i
		}
	}
	return i
}

// acronymAfter is the token of the acronym that follows in parentheses the name which
// begins at token i, or 0.
func (a *article) acronymAfter(i, end int32) int32 {
	e := a.entity[i]
	if e == nobody || a.entities[e].Start != i {
		return 0
	}
	next := a.entities[e].End
	if next+3 < end && a.tag(next) == corpus.LRB && a.tag(next+2) == corpus.RRB && a.entity[next+1] != nobody {
		return next + 1
	}
	return 0
}

// commonAtStart reports whether word i has its capital from the beginning of a sentence
// only.
func (a *article) commonAtStart(i int32) bool {
	if !a.tag(i).IsProper() {
		return true
	}
	class, _ := nounOf(a.word(i))
	return class != 0 && i == a.bounds(i).Start && (int(i)+1 == len(a.doc.Tokens) || !a.tag(i+1).IsProper())
}

// isBare reports whether a description says nothing of those it means before what is
// attached to its noun: "several people".
func (a *article) isBare(start, end int32) bool {
	for i := start; i < end-1; i++ {
		if t := a.tag(i); t != corpus.CD && t != corpus.DT && !a.isOthers(corpus.Span{Start: i, End: end}) {
			return false
		}
	}
	return true
}

// descriptionEnd is where a description ends that begins at start.
func (a *article) descriptionEnd(start int32, s, core corpus.Span) int32 {
	class, _ := nounOf(a.word(core.End - 1))
	for i := core.End; i < s.End; i++ {
		switch t := a.tag(i); {
		case t == corpus.WP && i == core.End && a.isBare(start, core.End):
			// "people who heard it" are told by that
		case t == corpus.Comma || t == corpus.WP || t == corpus.WDT || t == corpus.Colon || t == corpus.LRB || t == corpus.WPS:
			return i
		case i == core.End && (t == corpus.VBN || t == corpus.VBG) && class&thing != 0:
			return i // "study published in May"; "people hurt by X" needs its verb
		}
	}
	return s.End
}
