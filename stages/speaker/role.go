package speaker

import (
	"strings"

	"onrecord/corpus"
	"onrecord/stages/internal/identity"
	"onrecord/stages/internal/names"
)

// readRoles takes the titles and functions written beside a person's name.
func (a *article) readRoles(f *figure, name corpus.Span) {
	for _, read := range []func(corpus.Span) corpus.Span{a.titleBefore, a.appositionAfter, a.appositionBefore} {
		if s := read(name); s.Len() > 0 {
			a.takeRole(f, s)
		}
	}
}

// readHeads notes what persons named in full are called, ahead of the roles: surnames
// are told apart by them.
func (a *article) readHeads() {
	for e, entity := range a.entities {
		if i := a.who[e]; i != nobody && a.figures[i].kind == corpus.KindPerson {
			a.readRoles(&a.figures[i], a.nameOf(entity.Span))
		}
	}
	for i := range a.figures {
		a.figures[i].roles = a.figures[i].roles[:0] // they are to stand in order of appearance
	}
}

// sharesHead reports whether the title before a name is one that f has.
func (a *article) sharesHead(f *figure, name corpus.Span) bool {
	if len(f.heads) == 0 {
		return false
	}
	title := a.titleBefore(name)
	for i := title.Start; i < title.End; i++ {
		if contains(f.heads, strings.ToLower(a.word(i))) {
			return true
		}
	}
	return false
}

// takeRole adds a role and what it tells of gender. Its heads are the nouns before the
// first preposition: "chairwoman" of "deputy chairwoman of the union".
func (a *article) takeRole(f *figure, s corpus.Span) {
	var heads []string
	for i := s.Start; i < s.End; i++ {
		if t := a.tag(i); t == corpus.IN || t == corpus.Comma || t == corpus.WP {
			break
		}
		if a.isRoleNoun(i) {
			w := strings.ToLower(a.word(i))
			heads = append(heads, w)
			if w == "justice" {
				heads = append(heads, "judge")
			}
			if g := nounGender(w); g != unknown && f.gender == unknown {
				f.gender = g
			}
		}
	}
	if s.Start > 0 && a.tag(s.Start-1) == corpus.PRPS {
		f.ofPronoun = s.Start
		for _, h := range heads {
			if class, _ := nounOf(h); class&kin != 0 {
				f.role("", heads) // "his wife" says nothing outside its sentence
				return
			}
		}
	}
	f.role(a.plain(s), heads)
}

// isRoleNoun reports whether a word can be what somebody is.
func (a *article) isRoleNoun(i int32) bool {
	w := a.word(i)
	if _, ok := honorifics[identity.Fold(w)]; ok {
		return false
	}
	if names.Of(w)&names.Title != 0 {
		return true
	}
	if ages[strings.ToLower(w)] {
		return false
	}
	if a.tag(i).IsAdjective() { // "IMF chief Karin Lund" misleads the tagger
		return nouns()[strings.ToLower(w)]&person != 0
	}
	class, _ := nounOf(w)
	return class&person != 0 && a.tag(i).IsNoun()
}

// ages tell two of one name apart; they are no roles.
var ages = map[string]bool{"elder": true, "younger": true, "older": true, "senior": true, "junior": true}

// times stand before a title without belonging to it.
var times = map[string]bool{"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true,
	"saturday": true, "sunday": true, "today": true, "yesterday": true, "week": true, "month": true, "year": true,
	"day": true, "morning": true, "afternoon": true, "evening": true, "night": true}

// titleBefore is "U.S. Treasury Secretary" of "U.S. Treasury Secretary Scott Bessent".
func (a *article) titleBefore(name corpus.Span) corpus.Span {
	first := a.bounds(name.Start).Start
	end := name.Start
	for end > first {
		if _, ok := honorifics[identity.Fold(a.word(end-1))]; !ok {
			break
		}
		end--
	}
	start := end
walk:
	for start > first && end-start < 12 {
		i := start - 1
		switch t := a.tag(i); {
		case a.entity[i] != nobody && a.entities[a.entity[i]].Kind != corpus.Person:
			start = a.entities[a.entity[i]].Start // a name's own "of" is no border
		case times[strings.ToLower(a.word(i))]:
			break walk
		case t == corpus.NN && start == end-1 && names.Of(a.word(start))&names.Title != 0:
			break walk // "after the meeting Mayor Ines Calder said"
		case t.IsNoun() || t.IsAdjective() || t == corpus.POS:
			start = i
		case t == corpus.VBG && i+1 < end && strings.EqualFold(a.word(i), "acting"):
			start = i
		case a.ofOffice(i, first):
			start = i
		case t == corpus.RRB && i-2 >= first && a.tag(i-2) == corpus.LRB:
			start = i - 2
		default:
			break walk
		}
	}
	s := a.trimRole(corpus.Span{Start: start, End: end})
	if s.Len() == 0 || a.isRoleNoun(end-1) {
		return s
	}
	// "Secretary of State" ends with no role, but has one.
	for i := s.Start + 1; i < end; i++ {
		if a.ofOffice(i, first) {
			return s
		}
	}
	return corpus.Span{}
}

// ofOffice reports whether token i is the "of" of a title such as "Secretary of State".
func (a *article) ofOffice(i, first int32) bool {
	return a.tag(i) == corpus.IN && a.word(i) == "of" && i > first && a.isRoleNoun(i-1) && a.tag(i-1).IsProper()
}

// trimRole drops what cannot begin a role.
func (a *article) trimRole(s corpus.Span) corpus.Span {
	for s.Start < s.End && (a.tag(s.Start) == corpus.POS || a.tag(s.Start) == corpus.LRB) {
		s.Start++
	}
	return s
}

// appositionAfter is "deputy chairwoman of the union" of "Donna B., the deputy
// chairwoman of the union, said".
func (a *article) appositionAfter(name corpus.Span) corpus.Span {
	last := a.bounds(name.Start).End
	i := name.End
	if i >= last || a.tag(i) != corpus.Comma {
		return corpus.Span{}
	}
	s := corpus.Span{Start: i + 1, End: i + 1}
	head := false
	for s.End < last && s.Len() < 16 {
		t := a.tag(s.End)
		if t == corpus.Comma || t == corpus.Period || t == corpus.Colon || t == corpus.WP || t == corpus.WDT ||
			t == corpus.OpenQuote || t == corpus.CloseQuote || t == corpus.VBD || t == corpus.VBZ || t == corpus.MD {
			break
		}
		if !head && t == corpus.IN || t == corpus.WPS {
			return corpus.Span{} // "Olsen, whose husband"
		}
		if a.isRoleNoun(s.End) {
			head = true
		}
		s.End++
	}
	// It has to close: "X, a senator said" is no apposition.
	if !head || s.End >= last || a.tag(s.End) != corpus.Comma && a.tag(s.End) != corpus.Period && a.tag(s.End) != corpus.WP {
		return corpus.Span{}
	}
	return a.withoutArticle(s)
}

// appositionBefore is "lawyer for the dock workers" of "A lawyer for the dock workers,
// David S., said".
func (a *article) appositionBefore(name corpus.Span) corpus.Span {
	first := a.bounds(name.Start).Start
	for name.Start > first {
		w := a.word(name.Start - 1)
		if _, ok := honorifics[identity.Fold(w)]; !ok && names.Of(w)&(names.Title|names.Given) != names.Title {
			break // "Sir", "Sheikh"
		}
		name.Start--
	}
	if name.Start < first+3 || a.tag(name.Start-1) != corpus.Comma {
		return corpus.Span{}
	}
	end := name.Start - 1
	for start := end - 1; start >= first && end-start < 14; start-- {
		t := a.tag(start)
		if t == corpus.POS {
			if s := a.owned(start, first, end); s.Len() > 0 {
				return s
			}
		}
		if t.IsVerb() || t == corpus.Comma || t == corpus.CC || t == corpus.MD || a.entity[start] != nobody && a.entities[a.entity[start]].Kind == corpus.Person {
			return corpus.Span{}
		}
		// The article that opens the phrase stands before a noun that is a role and
		// comes before any preposition.
		if (t == corpus.DT || t == corpus.PRPS) && (t == corpus.PRPS || start == first || a.tag(start-1) != corpus.IN && a.tag(start-1) != corpus.TO) {
			s := corpus.Span{Start: start + 1, End: end}
			for i := s.Start; i < s.End && a.tag(i) != corpus.IN; i++ {
				if a.isRoleNoun(i) {
					return s
				}
			}
			return corpus.Span{}
		}
	}
	return corpus.Span{}
}

// owned is "Japan's chief cabinet secretary" whose clitic is token i, or the empty span if
// it is no role that begins with the name of its owner.
func (a *article) owned(i, first, end int32) corpus.Span {
	if i == first || a.entity[i-1] == nobody && !a.tag(i-1).IsProper() && (i-1 != first || !a.tag(first).IsNoun()) {
		return corpus.Span{}
	}
	start := i - 1
	if e := a.entity[start]; e != nobody {
		start = max(first, a.entities[e].Start)
	}
	if start > first && a.tag(start-1) == corpus.DT {
		return corpus.Span{}
	}
	for j := i + 1; j < end && a.tag(j) != corpus.IN; j++ {
		if a.isRoleNoun(j) {
			return corpus.Span{Start: start, End: end}
		}
	}
	return corpus.Span{}
}

// hasRole reports whether a phrase, up to its first preposition, says what somebody is.
func (a *article) hasRole(s corpus.Span) bool {
	for i := s.Start; i < s.End && a.tag(i) != corpus.IN; i++ {
		if a.isRoleNoun(i) {
			return true
		}
	}
	return false
}

func (a *article) withoutArticle(s corpus.Span) corpus.Span {
	if s.Start < s.End && a.tag(s.Start) == corpus.DT {
		s.Start++
	}
	return s
}
