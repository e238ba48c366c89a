package speaker

import (
	"strings"

	"onrecord/corpus"
	"onrecord/stages/internal/identity"
	"onrecord/stages/internal/names"
)

// otherName finds or makes the figure of an entity that is no person: by its name, by
// an acronym of it, or by a part of it.
func (a *article) otherName(e int32) int32 {
	entity := a.entities[e]
	s := a.withoutOpening(entity.Span)
	if s.Len() > 1 && strings.EqualFold(a.word(s.Start), "the") {
		s.Start++
	}
	kind := a.entities[e].Kind
	if s.Len() > 1 && s.Start == a.bounds(s.Start).Start && strings.HasSuffix(a.word(s.Start), "maker") {
		s.Start++ // "Planemaker Arrow Industries"
	}
	if kind == corpus.Organization && s.Len() == 1 && names.Of(a.word(s.Start))&names.Body != 0 {
		s.End = a.attached(s)
	}
	name := a.plain(s)
	key := identity.Fold(name)
	if i, ok := a.others[key]; ok {
		return i
	}
	if i := a.introduced(e); i != nobody {
		a.others[key] = i
		return i
	}
	if i := a.partOf(name, kind); i != nobody && !(s.Len() == 1 && a.tag(s.Start) == corpus.NNPS) {
		a.others[key] = i
		return i
	}
	speaks := corpus.KindOrganization
	if kind == corpus.Misc {
		switch t := a.tag(s.End - 1); {
		case t == corpus.NNPS || t == corpus.NNS || names.Of(a.word(s.End-1))&names.Demonym != 0 && isPeople(a.word(s.End-1)):
			speaks = corpus.KindGroup
		case t.IsAdjective() || t == corpus.NN || names.Of(a.word(s.End-1))&names.Demonym != 0:
			speaks = corpus.KindUnnamed
		}
	}
	i := a.add(figure{kind: speaks, name: name, words: strings.Fields(key)})
	a.others[key] = i
	return i
}

// withoutOpening is a name without the word before it whose capital is the sentence's, or a
// headline's: "As Harbour Gazette".
func (a *article) withoutOpening(s corpus.Span) corpus.Span {
	for s.Len() > 1 && openings[strings.ToLower(a.word(s.Start))] && (s.Start == a.bounds(s.Start).Start || a.headline[s.Start]) {
		s.Start++
	}
	return s
}

// openings are words that open sentences and no names.
var openings = map[string]bool{"as": true, "in": true, "on": true, "at": true, "by": true, "for": true, "from": true, "with": true, "after": true,
	"before": true, "since": true, "until": true, "once": true, "when": true, "while": true, "if": true, "though": true, "although": true,
	"because": true, "but": true, "and": true, "or": true, "so": true, "yet": true, "only": true, "even": true, "enter": true, "why": true,
	"how": true, "what": true, "where": true, "will": true, "did": true, "does": true, "is": true, "are": true, "not": true, "than": true}

// attached is the end of "Committee for a Better Budget" where only its first word was
// taken for the name.
func (a *article) attached(s corpus.Span) int32 {
	last, end := a.bounds(s.Start).End, s.End
	for i := s.End; i < last; i++ {
		switch w, t := a.word(i), a.tag(i); {
		case i == s.End && t != corpus.IN:
			return end
		case t.IsProper() || t.IsAdjective() && w != strings.ToLower(w):
			end = i + 1
		case t != corpus.IN && t != corpus.DT && t != corpus.CC:
			return end
		}
	}
	return end
}

// introduced is the figure of "International Monetary Fund" for the IMF that follows it
// in parentheses.
func (a *article) introduced(e int32) int32 {
	s := a.entities[e].Span
	if e == 0 || s.Start < 2 || a.tag(s.Start-1) != corpus.LRB || int(s.End) >= len(a.doc.Tokens) || a.tag(s.End) != corpus.RRB {
		return nobody
	}
	before := a.entities[e-1]
	if before.End != s.Start-1 || a.entities[e-1].Kind == corpus.Person || a.sentence[before.Start] != a.sentence[s.Start] {
		return nobody
	}
	// "Ministry of Trade (Seoul)" introduces no short form.
	if a.entities[e].Kind == corpus.Place && a.entities[e-1].Kind != corpus.Place {
		return nobody
	}
	return a.who[e-1]
}

// lookBack bounds the search for what a short form means: an article names fewer, and a
// text that names more is a list.
const lookBack = 1000

// partOf finds an organization named earlier of which name is a short form: the letters
// its words begin with, or its first or last words. The last one named wins.
func (a *article) partOf(name string, kind corpus.EntityKind) int32 {
	words := strings.Fields(identity.Fold(name))
	acronym := len(words) == 1 && len(name) >= 2 && len(name) <= 6 && name == strings.ToUpper(name)
	if !acronym && (kind == corpus.Place || names.Of(name)&(names.Place|names.Demonym) != 0) {
		return nobody
	}
	for i := len(a.figures) - 1; i >= max(0, len(a.figures)-lookBack); i-- {
		f := &a.figures[i]
		if f.kind != corpus.KindOrganization || len(f.words) < 2 || len(f.words) <= len(words) {
			continue
		}
		if acronym {
			if initials(f.words) == strings.ToLower(strings.ReplaceAll(name, ".", "")) {
				return int32(i)
			}
			continue
		}
		if equal(f.words[:len(words)], words) && (len(words) > 1 || !common(words[0])) || equal(f.words[len(f.words)-len(words):], words) {
			return int32(i)
		}
	}
	return nobody
}

// initials are the first letters of a name's words, small ones left out.
func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		switch w {
		case "of", "and", "for", "the", "on", "in", "to", "&":
		default:
			b.WriteByte(w[0])
		}
	}
	return b.String()
}

func equal(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// common reports whether a folded word alone names no organization: "national", "new".
func common(w string) bool {
	title := strings.ToUpper(w[:1]) + w[1:]
	return names.Of(title)&(names.Place|names.Demonym|names.Given) != 0 || w == "new" || w == "national" || w == "international" ||
		w == "united" || w == "central" || w == "american"
}
