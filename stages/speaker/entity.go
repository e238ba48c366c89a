package speaker

import (
	"slices"
	"strings"
	"unicode"

	"onrecord/corpus"
	"onrecord/stages/internal/identity"
	"onrecord/stages/internal/names"
)

// readEntities copies the document's entities and corrects what stands around them: the
// tagger looks at words one by one, names are put together here.
func (a *article) readEntities() {
	a.entities = a.entities[:0]
	found := a.doc.Entities
	if more := append(a.findHe(), a.findSyllables()...); more != nil {
		found = append(more, found...)
		slices.SortStableFunc(found, func(x, y corpus.Entity) int { return int(x.Start - y.Start) })
	}
	for e, entity := range found {
		next := int32(len(a.doc.Tokens))
		if e+1 < len(found) {
			next = found[e+1].Start
		}
		entity = a.behindRole(entity)
		entity.Kind = a.kindOfName(entity)
		if entity.Kind == corpus.Organization && entity.Len() == 1 && a.isOffice(entity.Start) {
			continue // "the MP for Leicester"
		}
		if entity.Kind == corpus.Person {
			entity.Span = a.widen(entity.Span, next)
		}
		for len(a.entities) > 0 && a.entities[len(a.entities)-1].End > entity.Start {
			a.entities = a.entities[:len(a.entities)-1] // "Ray", now part of 'Ray "Thunder" Dolan'
		}
		a.entities = append(a.entities, entity)
		for i := entity.Start; i < entity.End; i++ {
			a.entity[i] = int32(len(a.entities) - 1)
		}
	}
	a.correctNames()
}

// findHe finds the Chinese surname that is a pronoun to the tagger, where a title stands
// before it and, perhaps, a given name behind it: "Vice Premier He Lifeng".
func (a *article) findHe() []corpus.Entity {
	var out []corpus.Entity
	for i, t := range a.doc.Tokens {
		at := int32(i)
		if t.Len() != 2 || i == 0 || a.word(at) != "He" || a.sentence[i-1] != a.sentence[i] ||
			!a.tag(at-1).IsProper() || names.Of(a.word(at-1))&(names.Title|names.Given) != names.Title {
			continue
		}
		s := corpus.Span{Start: at, End: at + 1}
		if last := a.bounds(at).End; s.End < last && a.tag(s.End).IsProper() {
			s.End++
		}
		out = append(out, corpus.Entity{Span: s, Kind: corpus.Person})
	}
	return out
}

// behindRole is the person's name that an entity of another kind ends with: "National
// Chairman Piet Veld".
func (a *article) behindRole(e corpus.Entity) corpus.Entity {
	if e.Kind == corpus.Person || e.Len() < 3 {
		return e
	}
	name := e.End - 2
	if title := names.Of(a.word(name-1))&names.Title != 0; !title && (!isGiven(a.word(name)) || nouns()[strings.ToLower(a.word(name-1))]&person == 0) {
		return e
	}
	for i := name; i < e.End; i++ {
		w := a.word(i)
		if class, _ := nounOf(w); !a.tag(i).IsProper() || class != 0 || w == strings.ToUpper(w) || names.Of(w)&(names.Body|names.Place|names.Demonym|names.Title) != 0 || corporate[identity.Fold(w)] {
			return e
		}
	}
	return corpus.Entity{Span: corpus.Span{Start: name, End: e.End}, Kind: corpus.Person}
}

// findSyllables finds the Korean or Chinese surname that is a common noun to the tagger, by
// the given name of two syllables behind it, and again wherever the word has its capital.
func (a *article) findSyllables() []corpus.Entity {
	var out []corpus.Entity
	var family string
	for i := int32(0); int(i)+1 < len(a.doc.Tokens); i++ {
		if a.tag(i) == corpus.NN && a.tag(i+1) == corpus.NNP && isSyllables(a.word(i+1)) && a.isUnknownName(i) && a.isUnknownName(i+1) {
			family = a.word(i)
			break
		}
	}
	for i := int32(0); family != "" && int(i) < len(a.doc.Tokens); i++ {
		if a.tag(i) != corpus.NN || a.word(i) != family {
			continue
		}
		s := corpus.Span{Start: i, End: i + 1}
		if int(s.End) < len(a.doc.Tokens) && isSyllables(a.word(s.End)) {
			s.End++
		}
		out = append(out, corpus.Entity{Span: s, Kind: corpus.Person})
	}
	return out
}

// isUnknownName reports whether a word has a capital and is no noun for who speaks, nor one
// with a prefix: "Co-chair".
func (a *article) isUnknownName(i int32) bool {
	w := a.word(i)
	if w == strings.ToLower(w) {
		return false
	}
	first, second, joined := strings.Cut(strings.ToLower(w), "-")
	class, _ := nounOf(first)
	if joined {
		class, _ = nounOf(second)
		if prefixes[first] {
			return false
		}
	}
	return class == 0 && len(w) <= 9
}

// prefixes may stand before a hyphen in words that are no names.
var prefixes = map[string]bool{"co": true, "ex": true, "vice": true, "anti": true, "pro": true, "non": true, "mid": true, "pre": true, "post": true,
	"re": true, "self": true, "well": true, "left": true, "right": true, "long": true, "short": true, "high": true, "low": true, "then": true,
	"half": true, "full": true, "part": true, "all": true, "far": true, "semi": true, "sub": true, "multi": true, "cross": true, "by": true}

// isOffice reports whether token i, which the tagger takes for an organization, is a word
// for somebody who holds an office.
func (a *article) isOffice(i int32) bool {
	class, many := nounOf(a.word(i))
	return class&public != 0 && class&(thing|group) == 0 && !many && names.Of(a.word(i))&names.Known == 0
}

// correctNames makes organizations of one-word names that the tagger took for persons'
// where the article says what they are: "state oil company Petrolar".
func (a *article) correctNames() {
	var found map[string]bool
	for e := range a.entities {
		if w := a.word(a.entities[e].Start); a.isCalledThing(e) {
			if found == nil {
				found = map[string]bool{}
			}
			found[w] = true
		}
	}
	if found == nil {
		return
	}
	for e := range a.entities {
		if x := &a.entities[e]; x.Kind == corpus.Person {
			if x.Len() > 1 {
				delete(found, a.word(x.End-1))
			} else if a.titled(x.Start) {
				delete(found, a.word(x.Start))
			}
		}
	}
	for e := range a.entities {
		if x := &a.entities[e]; x.Kind == corpus.Person && x.Len() == 1 && found[a.word(x.Start)] {
			x.Kind = corpus.Organization
		}
	}
}

// isCalledThing reports whether entity e is one word, no usual name of persons, behind a noun
// for organizations. In "the board Trump appointed" a verb follows.
func (a *article) isCalledThing(e int) bool {
	s := a.entities[e].Span
	if a.entities[e].Kind != corpus.Person || s.Len() != 1 || s.Start == a.bounds(s.Start).Start || a.tag(s.Start-1) != corpus.NN {
		return false
	}
	noun, w := strings.ToLower(a.word(s.Start-1)), a.word(s.Start)
	if nouns()[noun]&thing == 0 || isGiven(w) || names.Of(w)&names.Family != 0 {
		return false
	}
	return outlets[noun] || s.End >= a.bounds(s.Start).End || !a.tag(s.End).IsVerb() && a.tag(s.End) != corpus.MD && a.tag(s.End) != corpus.RB
}

// kindOfName is the class of an entity as the tagger sees it, but for "the Harbour
// Gazette": an article before a name tells that it is no person's.
func (a *article) kindOfName(e corpus.Entity) corpus.EntityKind {
	if e.Kind == corpus.Person && e.Len() > 1 && corporateEnding[a.word(e.End-1)] {
		return corpus.Organization // "Norvik AG"
	}
	if e.Kind == corpus.Person && e.Len() == 1 && parties[a.word(e.Start)] && !a.titled(e.Start) {
		return corpus.Organization
	}
	if e.Kind == corpus.Person && e.Len() == 1 && a.isTheOne(e.Start) {
		return corpus.Organization
	}
	if e.Kind != corpus.Person || e.Len() < 2 || e.Start == a.bounds(e.Start).Start || !strings.EqualFold(a.word(e.Start-1), "the") {
		return e.Kind
	}
	if isGiven(a.word(e.Start)) || names.Of(a.word(e.Start))&names.Title != 0 || a.tag(e.End-1) == corpus.NNPS {
		return e.Kind
	}
	return corpus.Organization
}

// isTheOne reports whether the name at token i is one word behind "the" that ends its phrase:
// "the Élysée", not "the Whitlock campaign".
func (a *article) isTheOne(i int32) bool {
	s := a.bounds(i)
	return i > s.Start && strings.EqualFold(a.word(i-1), "the") && a.tag(i) == corpus.NNP && !isGiven(a.word(i)) && names.Of(a.word(i))&names.Family == 0 &&
		i+1 < s.End && (a.tag(i+1) == corpus.VBD || a.tag(i+1) == corpus.VBZ || a.tag(i+1) == corpus.MD)
}

// parties are one-word names of parties that read like surnames.
var parties = map[string]bool{"Labour": true, "Labor": true, "Likud": true, "Fidesz": true, "Podemos": true, "Syriza": true,
	"Hamas": true, "Hezbollah": true, "Fatah": true, "Plaid": true, "Solidarity": true}

// widen takes in what the tagger left outside a person's name: a given name or an
// initial before it, also beyond a nickname in quotation marks, the given name of two
// syllables that follows a Korean or Chinese family name, and a suffix. The entity after
// it begins at next.
func (a *article) widen(s corpus.Span, next int32) corpus.Span {
	first, last := a.bounds(s.Start).Start, min(next, a.bounds(s.Start).End)
	if s.Len() == 1 && s.End < last && isSyllables(a.word(s.End)) {
		s.End++
	}
	if end := a.afterNickname(s.End, last); end > 0 {
		s.End = end
	}
	for s.Start > first {
		before := s.Start - 1
		if a.entity[before] == nobody && a.isGivenBefore(before, s.End) || a.lendsGiven(before) {
			s.Start--
			continue
		}
		if from := a.givenBeforeParticles(before, first); from >= 0 {
			s.Start = from
			continue
		}
		from := a.nicknameFrom(before, first)
		if from < 0 {
			break
		}
		s.Start = from
	}
	if s.End < last && suffixes[identity.Fold(a.word(s.End))] {
		s.End++
	}
	return s
}

// givenBeforeParticles is where the given name stands before the particles that end at
// token i: "Maria" of "Maria del Carmen Santos"; negative if there is none.
func (a *article) givenBeforeParticles(i, first int32) int32 {
	from := i
	for from > first && from > i-3 && a.entity[from] == nobody && names.Particle(a.word(from)) {
		from--
	}
	if from == i || !isGiven(a.word(from)) || !a.tag(from).IsProper() {
		return -1
	}
	if e := a.entity[from]; e != nobody {
		if a.entities[e].Kind == corpus.Person {
			return a.entities[e].Start
		}
		return -1
	}
	return from
}

// isGivenBefore reports whether token i can be the given name of the name that goes on
// to end. "Will Stone" misleads the tagger: there the verb after it tells.
func (a *article) isGivenBefore(i, end int32) bool {
	w := a.word(i)
	if len(w) == 1 {
		return a.tag(i).IsProper()
	}
	if !isGiven(w) {
		return false
	}
	sentence := a.bounds(i)
	return a.tag(i).IsProper() || i > sentence.Start ||
		end < sentence.End && (a.tag(end) == corpus.VBD || a.tag(end) == corpus.VBZ || a.tag(end) == corpus.MD)
}

// lendsGiven reports whether token i ends an entity that took a given name for its own:
// "Republican Will" of "Republican Will Stone". The entity gives it back.
func (a *article) lendsGiven(i int32) bool {
	e := a.entity[i]
	if e == nobody || a.entities[e].Kind == corpus.Person || a.entities[e].Kind == corpus.Place || !isGiven(a.word(i)) {
		return false
	}
	if a.entities[e].Len() == 1 {
		return true // it is all given name, and goes
	}
	if names.Of(a.word(i-1))&(names.Demonym|names.Title) == 0 && a.entities[e].Kind != corpus.Misc {
		return false
	}
	a.entities[e].End = i
	a.entity[i] = nobody
	return true
}

// afterNickname is the end of the name that goes on after a nickname which begins at
// token i: "Dolan" of 'Ray "Thunder" Dolan'. It is 0 if there is none.
func (a *article) afterNickname(i, last int32) int32 {
	if i >= last || !a.isMark(i) {
		return 0
	}
	for end := i + 2; end+1 < last && end <= i+4; end++ {
		if a.isMark(end) {
			if a.tag(i+1).IsProper() && a.tag(end+1).IsProper() {
				return end + 2
			}
			break
		}
	}
	return 0
}

func (a *article) isMark(i int32) bool {
	return a.tag(i) == corpus.OpenQuote || a.tag(i) == corpus.CloseQuote
}

// nicknameFrom is where the name begins that goes on, after a nickname of at most three
// words, behind the closing mark at token i: "Ray" of 'Ray "Thunder" Dolan'. It is
// negative if there is none.
func (a *article) nicknameFrom(i, first int32) int32 {
	if !a.isMark(i) {
		return -1
	}
	for open := i - 2; open > first && open >= i-4; open-- {
		if !a.isMark(open) {
			continue
		}
		if e := a.entity[open-1]; e != nobody && a.entities[e].Kind == corpus.Person {
			return a.entities[e].Start
		}
		if isGiven(a.word(open-1)) && a.tag(open-1).IsProper() {
			return open - 1
		}
		break
	}
	return -1
}

// isSyllables reports whether a word is written as given names of China and Korea are:
// "Jun-ho".
func isSyllables(w string) bool {
	first, second, ok := strings.Cut(w, "-")
	return ok && len(first) > 1 && len(second) > 1 && first != strings.ToLower(first) && second == strings.ToLower(second) &&
		strings.IndexFunc(w, func(r rune) bool { return r != '-' && !unicode.IsLetter(r) }) < 0
}
