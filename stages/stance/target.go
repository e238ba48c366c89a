package stance

import (
	"slices"
	"strings"

	"onrecord/corpus"
	"onrecord/stages/internal/names"
	"onrecord/stages/internal/polarity"
)

// target is something a statement may take a position on.
type target struct {
	name     string
	id       string
	kind     corpus.TargetKind
	key      int           // in the register; -1 for an issue
	mentions []corpus.Span // in tokens
	claim    polarity.Hit  // of an act: what says that it is wanted or not
}

// add takes in a mention that is not there yet, in the order of the text.
func (t *target) add(m corpus.Span) {
	k := 0
	for ; k < len(t.mentions) && t.mentions[k].Start < m.End; k++ {
		if t.mentions[k].Overlaps(m) {
			return
		}
	}
	t.mentions = slices.Insert(t.mentions, k, m)
}

// register knows the names of a document under their canonical forms.
type register struct {
	entries []entry
	of      []int           // entry of each entity, -1: no target
	byName  map[string]int  // full folded name
	byLast  map[string]int  // last word of a person's name
	byFirst map[string]int  // first word
	written map[written]int // names as they stand in the text, so that each is folded once
}

type written struct {
	name string
	kind corpus.EntityKind
}

type entry struct {
	name    string
	id      string
	kind    corpus.TargetKind
	speaker int32 // -1: speaks nowhere in the document
}

// reset resolves every entity of the document: to a speaker, to a longer form of a
// person's name, or to itself.
func (r *register) reset(doc *corpus.Document) {
	r.entries, r.of = r.entries[:0], r.of[:0]
	if r.byName == nil {
		r.byName, r.byLast, r.byFirst, r.written = map[string]int{}, map[string]int{}, map[string]int{}, map[written]int{}
	}
	clear(r.written)
	clear(r.byName)
	clear(r.byLast)
	clear(r.byFirst)
	for i, s := range doc.Speakers {
		kind, ok := speakerKinds[s.Kind]
		if !ok || len(s.Members) > 0 {
			continue
		}
		r.add(entry{s.Name, s.ID, kind, int32(i)})
		for _, alias := range s.Aliases {
			if key := fold(alias); key != "" {
				if _, taken := r.byName[key]; !taken {
					r.byName[key] = len(r.entries) - 1
				}
			}
		}
	}
	for _, e := range doc.Entities { // longer names first, so that surnames find them wherever they stand
		if e.Kind == corpus.Person && e.End-e.Start > 1 {
			r.find(doc, e)
		}
	}
	clear(r.written) // a surname may have been seen before its full name
	for _, e := range doc.Entities {
		r.of = append(r.of, r.find(doc, e))
	}
}

// speaker is the entry of a speaker, -1 if it can be no target.
func (r *register) speaker(speaker int32) int {
	for k := range r.entries {
		if r.entries[k].speaker == speaker {
			return k
		}
	}
	return -1
}

var speakerKinds = map[corpus.SpeakerKind]corpus.TargetKind{
	corpus.KindPerson: corpus.TargetPerson, corpus.KindOrganization: corpus.TargetOrganization, corpus.KindGroup: corpus.TargetGroup,
}

var entityKinds = map[corpus.EntityKind]corpus.TargetKind{
	corpus.Person: corpus.TargetPerson, corpus.Organization: corpus.TargetOrganization, corpus.Place: corpus.TargetPlace, corpus.Misc: corpus.TargetGroup,
}

func (r *register) add(e entry) int {
	k := len(r.entries)
	r.entries = append(r.entries, e)
	r.byName[fold(e.name)] = k
	if e.kind == corpus.TargetPerson {
		last := fold(e.name[strings.LastIndexByte(e.name, ' ')+1:])
		if _, taken := r.byLast[last]; !taken {
			r.byLast[last] = k
		}
		first, _, _ := strings.Cut(e.name, " ")
		if _, taken := r.byFirst[fold(first)]; !taken {
			r.byFirst[fold(first)] = k
		}
	}
	return k
}

// find gives the entry of an entity, a new one if need be; -1 if it is no target.
func (r *register) find(doc *corpus.Document, e corpus.Entity) int {
	name := trimName(corpus.Span{Start: doc.Tokens[e.Start].Start, End: doc.Tokens[e.End-1].End}.Of(doc.Text))
	if e.Kind == corpus.Misc && !plural(doc, e) || shouted(doc, e) {
		return -1
	}
	as := written{name, e.Kind}
	if k, ok := r.written[as]; ok {
		return k
	}
	k := r.resolve(name, e)
	r.written[as] = k
	return k
}

func (r *register) resolve(name string, e corpus.Entity) int {
	key := fold(name)
	if k, ok := r.byName[key]; ok {
		return k
	}
	if e.Kind == corpus.Person {
		if k, ok := r.byLast[key[strings.LastIndexByte(key, ' ')+1:]]; ok && compatible(fold(r.entries[k].name), key) {
			return k
		}
		if k, ok := r.byFirst[key]; ok { // a family name that stands first, or a first name alone
			return k
		}
	}
	kind := entityKinds[e.Kind]
	return r.add(entry{name, targetID(kind, name), kind, -1})
}

// compatible reports whether two folded names of persons with the same last word can
// be one person's: one is the last word alone, or the first words agree.
func compatible(a, b string) bool {
	x, _, xFull := strings.Cut(a, " ")
	y, _, yFull := strings.Cut(b, " ")
	return !xFull || !yFull || x == y
}

// plural reports whether a name of the miscellaneous class is a group of people: "Republicans".
func plural(doc *corpus.Document, e corpus.Entity) bool {
	return e.End-e.Start == 1 && (doc.Tags[e.Start] == corpus.NNPS || doc.Tags[e.Start] == corpus.NNS)
}

// shouted reports whether a name is a word in capitals that somebody stresses: a
// determiner, pronoun, adverb or adjective, or one among others in capitals.
func shouted(doc *corpus.Document, e corpus.Entity) bool {
	if e.Len() != 1 {
		return false
	}
	word := doc.Tokens[e.Start].Of(doc.Text)
	if len(word) < 2 || strings.ToUpper(word) != word {
		return false
	}
	switch strings.ToLower(word) {
	case "no", "not", "all", "me", "my", "he", "she", "they", "you", "only", "never", "always", "and", "every", "any", "so", "very",
		"white", "black", "one", "this", "that", "is", "are", "was", "will", "now", "again", "the", "more", "what", "why":
		return true
	}
	return false
}

func trimName(s string) string {
	for _, cut := range [...]string{"'s", "’s", "'", "’"} {
		s = strings.TrimSuffix(s, cut)
	}
	if rest, ok := strings.CutPrefix(s, "the "); ok {
		s = rest
	}
	return s
}

// find lists the targets of a statement: the names in its content and cue, then issues.
func (sc *Scorer) find(doc *corpus.Document, statement int) {
	sc.targets = sc.targets[:0]
	sc.watched(doc)
	speaker := doc.Sources[statement].Speaker
	for _, part := range sc.parts {
		for i := firstEntity(doc, part.Start); i < len(doc.Entities) && doc.Entities[i].Start < part.End; i++ {
			e := doc.Entities[i]
			k := sc.names.of[i]
			if k < 0 || !part.Contains(e.Span) || partOfName(doc, e, part.End) || sc.taken(e.Span) || speaker >= 0 && sc.names.entries[k].speaker == speaker {
				continue
			}
			sc.mention(k, e.Span)
		}
	}
	k := sc.pronouns(doc, statement)
	if k >= 0 {
		for _, m := range sc.mentions {
			sc.mention(k, m)
		}
	}
	sc.issues(doc)
	sc.self(doc, statement)
}

// pronouns finds "he", "she" and their forms that are not the speaker's, and the person
// they stand for: the one most spoken of before them who can be. The mentions are left
// in sc.mentions; -1 if nobody can be. Inside quotation marks a pronoun is never the
// speaker; outside it is, if the speaker may be of its gender.
func (sc *Scorer) pronouns(doc *corpus.Document, statement int) int {
	sc.mentions, sc.selves = sc.mentions[:0], sc.selves[:0]
	speaker := doc.Sources[statement].Speaker
	gender := names.Class(0)
	for _, part := range sc.parts {
		quoted := doc.Statements[statement].Kind == corpus.Direct
		for i := part.Start; i < part.End; i++ {
			switch doc.Tags[i] {
			case corpus.OpenQuote:
				quoted = true
			case corpus.CloseQuote:
				quoted = i == sc.begins // a mark that looks the wrong way
			case corpus.PRP, corpus.PRPS:
				word := sc.word(doc, i)
				g := pronounGender[word]
				own := g != 0 && !quoted && !sc.othersObject(doc, i) && sc.maySpeak(doc, speaker, g)
				switch {
				case firstPerson[word], own, !quoted && (word == "they" || word == "their") && sc.severalSpeak(doc, speaker):
					sc.selves = append(sc.selves, i)
				}
				if g != 0 && (gender == 0 || gender == g) && !own {
					gender = g
					sc.mentions = append(sc.mentions, corpus.Span{Start: i, End: i + 1})
				}
			}
		}
	}
	if len(sc.mentions) == 0 {
		return -1
	}
	return sc.salient(doc, sc.mentions[0].Start, speaker, gender)
}

// severalSpeak reports whether "they" may stand for the speaker.
func (sc *Scorer) severalSpeak(doc *corpus.Document, speaker int32) bool {
	return speaker >= 0 && (doc.Speakers[speaker].Kind == corpus.KindGroup || len(doc.Speakers[speaker].Members) > 0)
}

var firstPerson = map[string]bool{"i": true, "we": true, "my": true, "our": true}

// othersObject reports whether a pronoun is the object of the cue: who criticises "him"
// criticises somebody else.
func (sc *Scorer) othersObject(doc *corpus.Document, i int32) bool {
	if doc.Tags[i] != corpus.PRP || i == 0 {
		return false
	}
	h := sc.tree.Head(i)
	switch sc.word(doc, i) {
	case "him":
		return h >= 0 && sc.inCue(h) || i == sc.begins
	case "her":
		return h >= 0 && sc.inCue(h)
	}
	return false
}

// maySpeak reports whether a pronoun of a gender may stand for the speaker.
func (sc *Scorer) maySpeak(doc *corpus.Document, speaker int32, gender names.Class) bool {
	if speaker < 0 {
		return true
	}
	s := &doc.Speakers[speaker]
	switch s.Kind {
	case corpus.KindPerson:
		return fits(s.Name, gender)
	case corpus.KindUnnamed, corpus.KindUnknown:
		return true
	}
	return false
}

// memory is how many names back a person is remembered.
const memory = 60

// salient is the person of a gender who is most spoken of before a token: every mention
// counts, the nearer the more, by sentences between. -1 if there is none.
func (sc *Scorer) salient(doc *corpus.Document, token, speaker int32, gender names.Class) int {
	here := polarity.SentenceAt(doc, token)
	clear(sc.weights)
	if sc.weights == nil {
		sc.weights = map[int]float32{}
	}
	best, most := -1, float32(0)
	last := firstEntity(doc, token) - 1
	for i := last; i >= 0 && i > last-memory; i-- {
		k := sc.names.of[i]
		if doc.Entities[i].Kind != corpus.Person || k < 0 || speaker >= 0 && sc.names.entries[k].speaker == speaker || !fits(sc.names.entries[k].name, gender) {
			continue
		}
		w := 1 / float32(1+here-polarity.SentenceAt(doc, doc.Entities[i].Start))
		if !known(sc.names.entries[k].name) {
			w *= unsureGender
		}
		w += sc.weights[k]
		sc.weights[k] = w
		if w > most {
			best, most = k, w
		}
	}
	return best
}

var pronounGender = map[string]names.Class{"he": names.Male, "him": names.Male, "his": names.Male, "himself": names.Male,
	"she": names.Female, "her": names.Female, "hers": names.Female, "herself": names.Female}

// fits reports whether a person's first name can be of a gender.
func fits(name string, gender names.Class) bool {
	first, _, _ := strings.Cut(name, " ")
	c := names.Of(first)
	return c&(names.Male|names.Female) == 0 || c&(gender|names.Neutral) != 0
}

// known reports whether a person's first name tells the gender.
func known(name string) bool {
	first, _, _ := strings.Cut(name, " ")
	return names.Of(first)&(names.Male|names.Female) != 0
}

// unsureGender is what a mention counts whose name does not tell the gender.
const unsureGender = 0.25

// mention adds a mention to its target.
func (sc *Scorer) mention(key int, span corpus.Span) {
	for i := range sc.targets {
		if sc.targets[i].key == key {
			sc.targets[i].add(span)
			return
		}
	}
	if len(sc.targets) >= maxTargets {
		return
	}
	e := sc.names.entries[key]
	sc.targets = append(sc.targets, target{name: e.name, id: e.id, kind: e.kind, key: key, mentions: []corpus.Span{span}})
}

// partOfName reports whether a name only begins a title or a longer name: "U.S." in "U.S. Trade Representative".
func partOfName(doc *corpus.Document, e corpus.Entity, end int32) bool {
	return e.Kind == corpus.Place && e.End < end && doc.Tags[e.End].IsProper()
}

func firstEntity(doc *corpus.Document, token int32) int {
	lo, hi := 0, len(doc.Entities)
	for lo < hi {
		if mid := (lo + hi) / 2; doc.Entities[mid].End > token {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}
