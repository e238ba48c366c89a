package tag

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"onrecord/corpus"
	"onrecord/stages/internal/names"
)

// disguise rewrites a training article so that the learner sees names of all the world
// and of nobody, rather than learning a few politicians by heart: persons, places,
// nationalities and organizations get other names, the same one throughout. Quotation
// marks and titles may be written in other ways, and some sentences as headlines are:
// in capitals, in title case, in lower case. Tags and entities stay.
func disguise(doc *corpus.Document, r *rand.Rand) *corpus.Document {
	d := disguiser{r: r, words: make([]string, len(doc.Tokens))}
	for i, t := range doc.Tokens {
		d.words[i] = t.Of(doc.Text)
	}
	if r.IntN(2) > 0 {
		d.persons(doc.Entities)
	}
	if r.IntN(3) == 0 {
		d.others(doc.Entities)
	}
	if style := r.IntN(2 * len(styles)); style < len(styles) {
		d.restyle(styles[style])
	}
	for _, s := range doc.Sentences {
		switch r.IntN(100) {
		case 0, 1, 2:
			d.recase(s, strings.ToUpper)
		case 3:
			d.recase(s, capitalise)
		case 4:
			d.recase(s, strings.ToLower)
		}
	}
	return d.document(doc)
}

// styles of writing quotation marks and titles.
var styles = [...]*strings.Replacer{
	strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'"),
	strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'"),
	strings.NewReplacer("“", "‘", "”", "’", "Mr.", "Mr", "Mrs.", "Mrs", "Ms.", "Ms", "Dr.", "Dr"),
	strings.NewReplacer("“", "'", "”", "'", "’", "'", "Mr.", "Mr", "Mrs.", "Mrs", "Ms.", "Ms", "Dr.", "Dr"),
}

func (d *disguiser) restyle(style *strings.Replacer) {
	for i, w := range d.words {
		d.words[i] = style.Replace(w)
	}
}

func (d *disguiser) recase(s corpus.Span, change func(string) string) {
	for i := s.Start; i < s.End; i++ {
		d.words[i] = change(d.words[i])
	}
}

// capitalise writes a word as headlines do, if it is not a small one.
func capitalise(word string) string {
	if len(word) < 4 || word[0] < 'a' || word[0] > 'z' {
		return word
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

type disguiser struct {
	r     *rand.Rand
	words []string
}

// alias is another person's name in place of somebody's.
type alias struct {
	given, family string
	familyFirst   bool
}

func (d *disguiser) persons(entities []corpus.Entity) {
	byGiven, byFamily := map[string]*alias{}, map[string]*alias{}
	for _, e := range entities {
		if e.Kind != corpus.Person || e.Len() < 2 {
			continue
		}
		given, family := d.words[e.Start], d.words[e.End-1]
		a := byFamily[family]
		if a == nil {
			a = d.alias()
			byFamily[family] = a
		}
		if byGiven[given] == nil {
			byGiven[given] = a
		}
	}
	for _, e := range entities {
		if e.Kind != corpus.Person {
			continue
		}
		first, last := &d.words[e.Start], &d.words[e.End-1]
		a, named := byFamily[*last]
		switch {
		case e.Len() > 1 && a.familyFirst:
			*first, *last = a.family, a.given
		case e.Len() > 1:
			*first, *last = a.given, a.family
		case named:
			*last = a.family
		case byGiven[*last] != nil:
			*last = byGiven[*last].given
		default:
			a = d.alias()
			byFamily[*last] = a
			*last = a.family
		}
	}
}

func (d *disguiser) alias() *alias {
	a := &alias{}
	switch n := d.r.IntN(20); {
	case n < 3:
		a.given, a.familyFirst = d.pick(names.GivenAfter), true
	case n < 6:
		a.given = d.blend(names.Female, names.Male)
	case n < 12:
		a.given = d.pick(names.Female)
	case n < 19:
		a.given = d.pick(names.Male)
	default:
		a.given = d.pick(names.Neutral)
	}
	switch n := d.r.IntN(20); {
	case n < 6:
		a.family = d.blend(names.Family, names.Family)
	case n < 8:
		a.family = d.pick(names.Wordy)
	default:
		a.family = d.pick(names.Family)
	}
	return a
}

func (d *disguiser) others(entities []corpus.Entity) {
	renamed := map[string]string{}
	for _, e := range entities {
		word := d.words[e.Start]
		switch {
		case e.Kind == corpus.Place && e.Len() == 1:
			d.rename(renamed, e.Start, d.place)
		case e.Kind == corpus.Misc && e.Len() == 1 && names.Of(word)&names.Demonym != 0:
			d.rename(renamed, e.Start, func() string { return d.alike(names.Demonym, word) })
		case e.Kind == corpus.Misc && e.Len() == 1 && names.Of(word)&names.Creed != 0 && d.r.IntN(2) == 0:
			d.rename(renamed, e.Start, func() string { return d.alike(names.Creed, word) })
		case e.Kind == corpus.Organization && e.Len() == 1:
			d.organization(renamed, e.Start)
		case e.Kind == corpus.Organization:
			for i := e.Start; i < e.End; i++ {
				d.partOfOrganization(renamed, i)
			}
		}
	}
}

func (d *disguiser) place() string {
	if d.r.IntN(4) == 0 {
		return d.blend(names.Place, names.Place)
	}
	return d.pick(names.Place)
}

// alike picks a word of a class that is plural if the given one is.
func (d *disguiser) alike(c names.Class, word string) string {
	for range 20 {
		if other := d.pick(c); strings.HasSuffix(other, "s") == strings.HasSuffix(word, "s") {
			return other
		}
	}
	return word
}

// organization renames one whose name is the one word i.
func (d *disguiser) organization(renamed map[string]string, i int32) {
	word := d.words[i]
	switch {
	case !capitalised(word) || names.Of(word)&names.Body != 0:
	case isAcronym(word):
		d.rename(renamed, i, func() string { return d.letters(len(word)) })
	case d.r.IntN(4) > 0:
		d.rename(renamed, i, func() string {
			switch d.r.IntN(3) {
			case 0:
				return d.pick(names.Known)
			case 1:
				return d.blend(names.Known, names.Family)
			}
			return d.blend(names.Place, names.Known)
		})
	}
}

// partOfOrganization renames word i of a longer name.
func (d *disguiser) partOfOrganization(renamed map[string]string, i int32) {
	word := d.words[i]
	switch {
	case len(word) < 2 || !capitalised(word) || names.Of(word)&names.Body != 0:
	case isAcronym(word):
		d.rename(renamed, i, func() string { return d.letters(len(word)) })
	case d.r.IntN(2) == 0:
		d.rename(renamed, i, func() string {
			switch d.r.IntN(6) {
			case 0:
				return d.pick(names.Place)
			case 1:
				return d.pick(names.Family)
			case 2:
				return d.pick(names.Demonym)
			case 3:
				return d.pick(names.Known)
			}
			return d.blend(names.Family, names.Place)
		})
	}
}

func isAcronym(word string) bool { return len(word) <= 5 && word == strings.ToUpper(word) }

// rename writes another name for word i, in capitals if it was, the same one for the
// same word.
func (d *disguiser) rename(renamed map[string]string, i int32, other func() string) {
	word := d.words[i]
	name, ok := renamed[word]
	if !ok {
		if name = other(); len(word) > 5 && word == strings.ToUpper(word) {
			name = strings.ToUpper(name)
		}
		renamed[word] = name
	}
	d.words[i] = name
}

func (d *disguiser) pick(c names.Class) string {
	words := names.Words(c)
	return words[d.r.IntN(len(words))]
}

// blend makes a name that no list has, of the beginning of one and the end of another.
func (d *disguiser) blend(a, b names.Class) string {
	x, y := d.pick(a), d.pick(b)
	return x[:border(x, (len(x)+1)/2)] + strings.ToLower(y[border(y, len(y)/2):])
}

// border is the first rune border of s at or after i.
func border(s string, i int) int {
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return i
}

func (d *disguiser) letters(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('A' + d.r.IntN(26))
	}
	return string(b)
}

// document is doc with the words changed and the white space between them kept.
func (d *disguiser) document(doc *corpus.Document) *corpus.Document {
	out := *doc
	out.Tokens = make([]corpus.Span, len(doc.Tokens))
	var text strings.Builder
	end := int32(0)
	for i, t := range doc.Tokens {
		text.WriteString(doc.Text[min(end, t.Start):t.Start])
		out.Tokens[i].Start = int32(text.Len())
		text.WriteString(d.words[i])
		out.Tokens[i].End = int32(text.Len())
		end = t.End
	}
	out.Text = text.String()
	return &out
}
