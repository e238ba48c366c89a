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
// marks may turn straight, and some sentences upper-case, as in headlines. Tags and
// entities stay.
func disguise(doc *corpus.Document, r *rand.Rand) *corpus.Document {
	d := disguiser{r: r, words: make([]string, len(doc.Tokens))}
	for i, t := range doc.Tokens {
		d.words[i] = t.Of(doc.Text)
	}
	if r.IntN(3) > 0 {
		d.persons(doc.Entities)
	}
	if r.IntN(2) > 0 {
		d.others(doc.Entities)
	}
	if r.IntN(3) == 0 {
		d.straighten()
	}
	for _, s := range doc.Sentences {
		if r.IntN(33) == 0 {
			for i := s.Start; i < s.End; i++ {
				d.words[i] = strings.ToUpper(d.words[i])
			}
		}
	}
	return d.document(doc)
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
		switch {
		case e.Kind == corpus.Place && e.Len() == 1:
			d.rename(renamed, e.Start, func() string {
				if d.r.IntN(4) == 0 {
					return d.blend(names.Place, names.Place)
				}
				return d.pick(names.Place)
			})
		case e.Kind == corpus.Misc && e.Len() == 1 && names.Of(d.words[e.Start])&names.Demonym != 0:
			d.rename(renamed, e.Start, func() string { return d.pick(names.Demonym) })
		case e.Kind == corpus.Organization:
			for i := e.Start; i < e.End; i++ {
				word := d.words[i]
				if len(word) < 2 || word[0] < 'A' || word[0] > 'Z' || names.Of(word)&names.Body != 0 {
					continue
				}
				if word == strings.ToUpper(word) && len(word) <= 5 {
					d.rename(renamed, i, func() string { return d.letters(len(word)) })
				} else if i == e.Start && e.Len() > 1 && d.r.IntN(2) == 0 {
					d.rename(renamed, i, func() string {
						return []string{d.pick(names.Place), d.pick(names.Family), d.pick(names.Demonym), d.blend(names.Family, names.Place)}[d.r.IntN(4)]
					})
				}
			}
		}
	}
}

func (d *disguiser) rename(renamed map[string]string, i int32, other func() string) {
	if _, ok := renamed[d.words[i]]; !ok {
		renamed[d.words[i]] = other()
	}
	d.words[i] = renamed[d.words[i]]
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

var straight = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'")

func (d *disguiser) straighten() {
	for i, w := range d.words {
		d.words[i] = straight.Replace(w)
	}
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
