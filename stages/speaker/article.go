package speaker

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"onrecord/corpus"
	"onrecord/stages/internal/identity"
	"onrecord/stages/internal/names"
)

// nobody stands for "no figure" and "no entity".
const nobody = -1

// article is one document as this stage sees it, and the scratch memory for that.
type article struct {
	doc         *corpus.Document
	people      *People // what the user knows
	figures     []figure
	entity      []int32            // of each token, or nobody
	entities    []corpus.Entity    // the document's, corrected
	who         []int32            // figure of each entity, or nobody
	sentence    []int32            // of each token
	quoted      []bool             // whether a token stands within quotation marks
	source      []bool             // whether a token stands in the source of a statement
	phrases     []corpus.Span      // first parts of sources, in tokens, by their ends
	headline    []bool             // whether a token stands in a headline
	persons     map[string][]int32 // figures by each word of their names, folded
	others      map[string]int32   // figures that are not persons, by folded name
	pronouns    map[int32]int32    // figure by token
	plurals     []plural
	referents   []referent
	sure        map[int32]float64                         // probability of the figure of a pronoun, by token
	lastSpeaker int32                                     // figure of the source before, or nobody
	spoke       int32                                     // figure of the statement before the one that is resolved, or nobody
	spokeIn     int32                                     // the sentence of that
	model       *model                                    // nil: presence decides
	considered  []scored                                  // whom the rule that was tried last weighed; empty unless reasons are asked for
	reasons     map[int32]string                          // candidates of a pronoun with their probabilities, by token; nil unless asked for
	teach       func(i int32, candidates []candidate) int // while learning: the right one, or -1
	candidates  []candidate
	scores      []float64
}

// read prepares the scratch memory for doc.
func (a *article) read(doc *corpus.Document) {
	a.doc = doc
	a.figures = a.figures[:0]
	a.plurals = a.plurals[:0]
	if a.persons == nil {
		a.persons, a.others, a.pronouns = map[string][]int32{}, map[string]int32{}, map[int32]int32{}
		a.sure = map[int32]float64{}
	}
	clear(a.persons)
	clear(a.others)
	clear(a.pronouns)
	clear(a.sure)
	clear(a.reasons)
	n := len(doc.Tokens)
	a.entity = resize(a.entity, n)
	a.sentence = resize(a.sentence, n)
	a.quoted = resize(a.quoted, n)
	a.headline = resize(a.headline, n)
	a.source = resize(a.source, n)
	a.phrases = a.phrases[:0]
	a.spoke = nobody
	for _, st := range doc.Statements {
		for n, s := range st.Source {
			span := a.tokens(s)
			if n == 0 && span.Len() > 0 {
				a.phrases = append(a.phrases, span)
			}
			for ; span.Start < span.End; span.Start++ {
				a.source[span.Start] = true
			}
		}
	}
	slices.SortFunc(a.phrases, func(x, y corpus.Span) int { return cmp.Or(int(x.End-y.End), int(x.Start-y.Start)) })
	for i := range a.entity {
		a.entity[i] = nobody
	}
	for s, span := range doc.Sentences {
		for i := span.Start; i < span.End; i++ {
			a.sentence[i] = int32(s)
		}
	}
	a.markQuotations()
	a.readEntities()
	a.who = resize(a.who, len(a.entities))
	for e := range a.who {
		a.who[e] = nobody
	}
}

func resize[T any](s []T, n int) []T {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}

// markQuotations follows the tags of quotation marks; a paragraph begins outside.
func (a *article) markQuotations() {
	block, inside := 0, false
	for i, t := range a.doc.Tokens {
		for block < len(a.doc.Blocks) && t.Start >= a.doc.Blocks[block].End {
			block++
			inside = false
		}
		if block < len(a.doc.Blocks) {
			a.headline[i] = a.doc.Blocks[block].Kind == corpus.Headline
		}
		switch a.doc.Tags[i] {
		case corpus.OpenQuote:
			inside = true
		case corpus.CloseQuote:
			inside = false
		}
		a.quoted[i] = inside
	}
}

func (a *article) word(i int32) string    { return a.doc.Tokens[i].Of(a.doc.Text) }
func (a *article) tag(i int32) corpus.Tag { return a.doc.Tags[i] }

// bounds is the sentence of token i.
func (a *article) bounds(i int32) corpus.Span { return a.doc.Sentences[a.sentence[i]] }

// text is what tokens [s.Start, s.End) cover, white space and all.
func (a *article) text(s corpus.Span) string {
	if s.Start >= s.End {
		return ""
	}
	return a.doc.Text[a.doc.Tokens[s.Start].Start:a.doc.Tokens[s.End-1].End]
}

// plain is text with every run of white space made one space.
func (a *article) plain(s corpus.Span) string {
	text := a.text(s)
	if strings.ContainsAny(text, "\t\n\v\f\r") || strings.Contains(text, "  ") || !isASCII(text) {
		return strings.Join(strings.Fields(text), " ")
	}
	return text // it begins and ends with a token: no space there
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// tokens turns a span of bytes into the tokens that it touches.
func (a *article) tokens(s corpus.Span) corpus.Span {
	find := func(at int32, edge func(corpus.Span) int32) int32 {
		i, _ := slices.BinarySearchFunc(a.doc.Tokens, at, func(t corpus.Span, at int32) int {
			if edge(t) < at {
				return -1
			}
			return 1
		})
		return int32(i)
	}
	return corpus.Span{
		Start: find(s.Start+1, func(t corpus.Span) int32 { return t.End }),
		End:   find(s.End, func(t corpus.Span) int32 { return t.Start }),
	}
}

// cluster gives every entity its figure: full names first, so that a surname finds its
// owner wherever that is introduced; then surnames; then everything else.
func (a *article) cluster() {
	persons := func(wanted func(corpus.Span) bool, find func(corpus.Span) int32) {
		for e, entity := range a.entities {
			if a.entities[e].Kind == corpus.Person && a.who[e] == nobody && !a.headline[entity.Start] {
				if s := a.nameOf(entity.Span); wanted(s) {
					a.who[e] = find(s)
					a.figures[a.who[e]].named++
				}
			}
		}
	}
	persons(func(s corpus.Span) bool { return s.Len() > 1 }, a.fullName)
	a.readHeads()
	// Surnames with a title come first: they keep Mr. X from being taken for Mary X.
	persons(func(s corpus.Span) bool { return a.honorific(s.Start) != unknown }, a.oneName)
	// Long names come first here too: "U.S." finds the United States, and "Goldman" the
	// bank of that name rather than a person.
	others := func(least, most int) {
		for e, entity := range a.entities {
			if a.entities[e].Kind != corpus.Person && !a.headline[entity.Start] && entity.Len() >= least && entity.Len() <= most {
				a.who[e] = a.otherName(int32(e))
			}
		}
	}
	others(4, math.MaxInt)
	others(3, 3)
	others(2, 2)
	persons(func(corpus.Span) bool { return true }, a.oneName)
	others(1, 1)
	// Headlines name people shortest, and their capitals mislead the tagger: they are
	// read last, by what the text has said.
	for e := range a.entities {
		if a.who[e] == nobody {
			a.who[e] = a.headlineName(int32(e))
		}
	}
	for e, entity := range a.entities {
		f := &a.figures[a.who[e]]
		f.mentions = append(f.mentions, a.nameOf(entity.Span))
		f.alias(a.plain(a.nameOf(entity.Span)))
		if f.kind == corpus.KindPerson {
			a.readRoles(f, a.nameOf(entity.Span))
		}
	}
}

// headlineName finds the figure of an entity in a headline: its first words may be a
// name that the text knows, and the rest words with capitals.
func (a *article) headlineName(e int32) int32 {
	entity := a.entities[e]
	for s := a.nameOf(entity.Span); s.Len() > 0; s.End-- {
		name := identity.Fold(a.plain(s))
		if i, ok := a.others[name]; ok {
			return i
		}
		best := int32(nobody)
		for _, i := range a.persons[identity.Fold(a.word(s.End-1))] {
			if f := &a.figures[i]; f.family == name || strings.Join(f.words, " ") == name {
				if best == nobody || f.named > a.figures[best].named {
					best = i
				}
			}
		}
		if best != nobody {
			return best
		}
	}
	switch s := a.nameOf(entity.Span); {
	case a.entities[e].Kind != corpus.Person:
		return a.otherName(e)
	case s.Len() > 1:
		if i := a.completed(s); i != nobody {
			return i
		}
		return a.fullName(s)
	default:
		return a.oneName(s)
	}
}

// completed is the person whom the text calls by the surname only and the headline, at s,
// by a given name too: an interview often does so. The name becomes the headline's.
func (a *article) completed(s corpus.Span) int32 {
	words := a.words(s)
	folded, given, family := personName(words)
	if len(folded) < 2 || !isGiven(words[0]) || a.text(s) == strings.ToUpper(a.text(s)) {
		return nobody
	}
	for _, i := range a.persons[family] {
		if f := &a.figures[i]; f.family == family && f.given == "" && f.fits(givenGender(words[0])) {
			f.rename(a.plain(s))
			f.words, f.given, f.family = folded, given, family
			if f.gender == unknown {
				f.gender = givenGender(words[0])
			}
			a.index(i)
			return i
		}
	}
	return nobody
}

// nameOf is an entity without titles before it.
func (a *article) nameOf(s corpus.Span) corpus.Span {
	if s.Len() > 2 && honours[a.word(s.End-1)] {
		s.End--
	}
	for s.Len() > 1 {
		c := names.Of(a.word(s.Start))
		occupation := (isGiven(a.word(s.Start+1)) || s.Len() > 2 && s.Start == a.bounds(s.Start).Start) && nouns()[strings.ToLower(a.word(s.Start))]&person != 0
		if c&names.Title == 0 && !occupation || c&names.Given != 0 {
			break // "Coach Ray" is called Ray, "Duke Ellis" Duke Ellis
		}
		s.Start++
	}
	return s
}

// honours are what may stand behind a name and is no part of it.
var honours = map[string]bool{"KC": true, "QC": true, "MP": true, "MEP": true, "OBE": true, "CBE": true, "MBE": true, "MD": true, "PhD": true}

// words are those of a name, without quotation marks.
func (a *article) words(s corpus.Span) []string {
	out := make([]string, 0, s.Len())
	for i := s.Start; i < s.End; i++ {
		if !a.isMark(i) {
			out = append(out, a.word(i))
		}
	}
	return out
}

func (a *article) add(f figure) int32 {
	a.figures = append(a.figures, f)
	return int32(len(a.figures) - 1)
}

// fullName finds or makes the figure of a name of several words.
func (a *article) fullName(s corpus.Span) int32 {
	words := a.words(s)
	folded, given, family := personName(words)
	if len(folded) < 2 {
		return a.oneName(s)
	}
	title := a.honorific(s.Start)
	for _, i := range a.persons[family] {
		f := &a.figures[i]
		if !f.fits(title) || f.given == "" {
			continue
		}
		if f.family == family && sameGiven(f.given, given) || within(folded, f.words) || within(f.words, folded) {
			f.full++
			if !a.headline[s.Start] && betterName(folded, a.text(s), f) {
				f.rename(a.plain(s))
				f.words, f.given, f.family = folded, given, family
				a.index(i)
			}
			return i
		}
	}
	g := title
	if g == unknown {
		first := words[0]
		if identity.Fold(first) != given {
			first = words[len(words)-1]
		}
		g = givenGender(first)
	}
	i := a.add(figure{kind: corpus.KindPerson, name: a.plain(s), words: folded, given: given, family: family, gender: g, full: 1})
	a.index(i)
	return i
}

// betterName reports whether a form deserves to be the canonical one: longer, and not
// shouted.
func betterName(folded []string, form string, f *figure) bool {
	if form == strings.ToUpper(form) {
		return false
	}
	if f.name == strings.ToUpper(f.name) {
		return true
	}
	if len(folded) != len(f.words) {
		return len(folded) > len(f.words)
	}
	return len(form) > len(f.name) && len(f.given) <= 1
}

// index makes a person findable by every word of the name.
func (a *article) index(i int32) {
	for _, w := range a.figures[i].words {
		if !slices.Contains(a.persons[w], i) {
			a.persons[w] = append(a.persons[w], i)
		}
	}
}

// oneName finds the person that a single word means, or makes one.
func (a *article) oneName(s corpus.Span) int32 {
	folded, _, _ := personName(a.words(s))
	if len(folded) == 0 {
		folded = []string{identity.Fold(a.text(s))}
	}
	w := folded[len(folded)-1]
	title := a.honorific(s.Start)
	knighted := s.Start > a.bounds(s.Start).Start && knights[identity.Fold(a.word(s.Start-1))]
	best, bestScore := int32(nobody), -1.0
	last := int32(nobody)
	if len(a.persons[w]) > 1 {
		last = a.lastOfFamily(w, s.Start)
	}
	for _, i := range a.persons[w] {
		f := &a.figures[i]
		score := 0.0
		if i == last {
			score = 1
		}
		switch {
		case f.family == w:
			score += 4
		case f.given == w && knighted:
			score += 5
		case len(f.words) > 2 && f.given != w && !isGiven(a.word(s.End-1)):
			score += 2 // "Mejía" of "Andrés Mejía Rojas"
		case f.given == w && !a.titled(s.Start):
			score++
		case f.given == w && len(f.words) == 2 && a.titled(s.Start):
			score += 0.5 // "Mr. Gao" where only Gao Mingze is spoken of: the family name is the first
		default:
			continue
		}
		if title != unknown && f.gender != unknown {
			if f.gender != title {
				continue // Mrs. X is not Mr. X
			}
			score += 2
		}
		if a.sharesHead(f, s) {
			score += 2 // "Mayor Voss" is whom the article calls a mayor
		}
		// The article's main bearer of a name is the one it names most, and first.
		score += min(float64(f.full+f.named), 8) / 5
		if score > bestScore {
			best, bestScore = i, score
		}
	}
	if best != nobody {
		f := &a.figures[best]
		if f.gender == unknown {
			f.gender = title
		}
		if f.given == w && a.titled(s.Start) && !knighted {
			f.given, f.family = f.family, f.given
		}
		return best
	}
	if title == unknown {
		if i := a.partOf(a.plain(s), corpus.Person); i != nobody && !a.titled(s.Start) {
			return i
		}
		title = givenGender(a.word(s.Start))
	}
	i := a.add(figure{kind: corpus.KindPerson, name: a.plain(s), words: folded, family: w, gender: title})
	a.index(i)
	return i
}

// lastOfFamily is the person of a family name whom the article named in full last, at most
// a paragraph before token i: of two Kims whom nothing else tells apart it is the one just
// spoken of, unless the article is about the other.
func (a *article) lastOfFamily(family string, i int32) int32 {
	block := a.blockAt(a.doc.Tokens[i].Start)
	for e := a.entityBefore(i); e >= 0 && block-a.blockAt(a.doc.Tokens[a.entities[e].Start].Start) <= 1; e-- {
		if who := a.who[e]; who != nobody && a.figures[who].family == family && a.entities[e].Len() > 1 {
			return who
		}
	}
	return nobody
}

// honorifics tell a gender and nothing else.
var honorifics = map[string]gender{"mr": masculine, "mrs": feminine, "ms": feminine, "miss": feminine, "dr": unknown,
	"sir": masculine, "dame": feminine, "lord": masculine, "lady": feminine, "baroness": feminine, "prof": unknown}

// knights are honorifics before a given name: Sir Graham Whitcombe is Sir Graham.
var knights = map[string]bool{"sir": true, "dame": true}

// titled reports whether a surname has to follow token i's predecessor: "Mr.".
func (a *article) titled(start int32) bool {
	if start == 0 || a.sentence[start-1] != a.sentence[start] {
		return false
	}
	_, ok := honorifics[identity.Fold(a.word(start-1))]
	return ok
}

// honorific is the gender that the word before a name tells.
func (a *article) honorific(start int32) gender {
	if start == 0 || a.sentence[start-1] != a.sentence[start] {
		return unknown
	}
	w := identity.Fold(a.word(start - 1))
	if g, ok := honorifics[w]; ok {
		return g
	}
	return nounGender(w)
}

func nounGender(w string) gender {
	class, _ := nounOf(w)
	switch {
	case class&woman != 0:
		return feminine
	case class&man != 0:
		return masculine
	}
	return unknown
}
