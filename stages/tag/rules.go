package tag

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/corpus"
	"onrecord/stages/internal/names"
)

// What follows is decided by rule: it rests on facts of the whole document or of the
// language that a word-by-word classifier does not see.

// repairer is the scratch memory of repair.
type repairer struct {
	labels []label          // of the document's tokens
	known  map[string]label // words whose label the document settles
}

// repair corrects names by the document as a whole: acronyms that it introduces in
// parentheses, surnames of persons it names in full, and months.
func (r *repairer) repair(doc *corpus.Document) {
	r.labels = r.labels[:0]
	for range doc.Tokens {
		r.labels = append(r.labels, 0)
	}
	for _, e := range doc.Entities {
		for i := e.Start; i < e.End; i++ {
			r.labels[i] = begin(e.Kind) + 1
		}
		r.labels[e.Start]--
	}
	if r.known == nil {
		r.known = map[string]label{}
	}
	clear(r.known)
	for _, s := range doc.Sentences {
		for i := s.Start; i < s.End; i++ {
			r.undate(doc, s, i)
			r.untitle(doc, s, i)
			r.unoffice(doc, s, i)
			r.bankOf(doc, s, i)
			r.introduce(doc, s, i)
			r.extend(doc, s, i)
		}
	}
	for _, s := range doc.Sentences {
		for i := s.Start; i < s.End; i++ {
			r.learnPerson(doc, s, i)
		}
	}
	for _, s := range doc.Sentences {
		for i := s.Start; i < s.End; i++ {
			r.learnCompany(doc, s, i)
		}
	}
	for _, s := range doc.Sentences {
		for i := s.Start; i < s.End; i++ {
			r.recall(doc, s, i)
		}
	}
	doc.Entities = doc.Entities[:0]
	for _, s := range doc.Sentences {
		var before label
		for i := s.Start; i < s.End; i++ {
			l := r.labels[i]
			if l.begins(before) {
				doc.Entities = append(doc.Entities, corpus.Entity{Span: corpus.Span{Start: i, End: i + 1}, Kind: l.kind()})
			} else if l != 0 {
				doc.Entities[len(doc.Entities)-1].End = i + 1
			}
			// Whatever the word means elsewhere, in a person's name it is a name.
			if l != 0 && l.kind() == corpus.Person && doc.Tags[i] != corpus.NNPS && capitalised(r.word(doc, i)) {
				doc.Tags[i] = corpus.NNP
			}
			before = l
		}
	}
}

func (*repairer) word(doc *corpus.Document, i int32) string { return doc.Tokens[i].Of(doc.Text) }

// capitalised reports whether a word begins with an upper-case letter.
func capitalised(w string) bool {
	if w[0] < utf8.RuneSelf {
		return w[0] >= 'A' && w[0] <= 'Z'
	}
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

// introduce finds "Group of Seven (G7)": an acronym in parentheses after a name whose
// words it is made of. Both are organizations, the acronym throughout the document.
func (r *repairer) introduce(doc *corpus.Document, s corpus.Span, i int32) {
	if i < s.Start+2 || i+1 >= s.End || doc.Tags[i-1] != corpus.LRB || doc.Tags[i+1] != corpus.RRB {
		return
	}
	acronym := r.word(doc, i)
	if len(acronym) < 2 || !capitalised(acronym) || acronym == strings.ToLower(acronym[:1])+acronym[1:] {
		return
	}
	start, ok := r.spelled(doc, s, i-2, acronym)
	if !ok {
		return
	}
	kind := corpus.Organization
	if l := r.labels[start]; l != 0 && l.kind() == corpus.Misc {
		kind = corpus.Misc
	}
	for j := start; j < i-1; j++ {
		r.labels[j] = begin(kind) + 1
	}
	r.labels[start] = begin(kind)
	r.labels[i] = begin(kind)
	doc.Tags[i] = corpus.NNP
	r.known[acronym] = begin(kind)
}

// numerals are the number words that acronyms write as digits.
var numerals = map[string]string{"Two": "2", "Three": "3", "Four": "4", "Five": "5", "Six": "6", "Seven": "7",
	"Eight": "8", "Nine": "9", "Ten": "10", "Twenty": "20", "Thirty": "30", "77": "77"}

// spelled goes back from token last over capitalised words and the small words between
// them, as long as the acronym's letters allow, and returns where the name begins.
func (r *repairer) spelled(doc *corpus.Document, s corpus.Span, last int32, acronym string) (int32, bool) {
	rest := acronym
	for j := last; j >= s.Start && last-j < 12; j-- {
		w := r.word(doc, j)
		part := w[:1]
		if n, ok := numerals[w]; ok {
			part = n
		} else if !capitalised(w) {
			if doc.Tags[j] != corpus.IN && doc.Tags[j] != corpus.CC && doc.Tags[j] != corpus.DT && doc.Tags[j] != corpus.POS {
				return 0, false
			}
			// Small words may have a letter in it, as in "FoE", but need not.
			if len(rest) > 1 && strings.EqualFold(rest[len(rest)-1:], part) && rest[len(rest)-1] >= 'a' {
				rest = rest[:len(rest)-1]
			}
			continue
		}
		if !strings.HasSuffix(rest, part) {
			return 0, false
		}
		if rest = rest[:len(rest)-len(part)]; rest == "" {
			return j, true
		}
	}
	return 0, false
}

// learnPerson keeps the family name of a person named in full from token i on.
func (r *repairer) learnPerson(doc *corpus.Document, s corpus.Span, i int32) {
	last := i
	for last+1 < s.End && r.labels[i] == begin(corpus.Person) && r.labels[last+1] == begin(corpus.Person)+1 {
		last++
	}
	if last == i {
		return
	}
	family := r.word(doc, last)
	if names.Of(family)&names.GivenAfter != 0 {
		family = r.word(doc, i)
	}
	if len(family) > 1 && capitalised(family) && family != strings.ToUpper(family) {
		r.known[family] = begin(corpus.Person)
	}
}

// bankOf joins "Bank of Japan" and "University of the Arts": what an organization is,
// and the name that says which.
func (r *repairer) bankOf(doc *corpus.Document, s corpus.Span, i int32) {
	if i+2 >= s.End || r.labels[i] != 0 || r.word(doc, i+1) != "of" || !doc.Tags[i].IsNoun() || !capitalised(r.word(doc, i)) || names.Of(r.word(doc, i))&names.Body == 0 {
		return
	}
	at := i + 2
	if r.word(doc, at) == "the" && at+1 < s.End {
		at++
	}
	if l := r.labels[at]; l != begin(corpus.Place) && l != begin(corpus.Organization) || !capitalised(r.word(doc, at)) {
		return
	}
	end := at + 1
	for end < s.End && r.labels[end] != 0 && !r.labels[end].begins(r.labels[at]) {
		end++
	}
	for j := i; j < end; j++ {
		r.labels[j] = begin(corpus.Organization) + 1
	}
	r.labels[i] = begin(corpus.Organization)
	doc.Tags[i] = corpus.NNP
}

// legalForms close the full name of a company; its first word is its short one.
var legalForms = map[string]bool{"Inc.": true, "Inc": true, "Corp.": true, "Corp": true, "Co.": true, "Ltd.": true, "Ltd": true, "PLC": true,
	"plc": true, "Plc": true, "Group": true, "Holdings": true, "Industries": true, "Corporation": true, "AG": true, "SA": true, "GmbH": true}

// learnCompany keeps the first word of a company that is named in full from token i on,
// unless the word says something by itself or is somebody's name.
func (r *repairer) learnCompany(doc *corpus.Document, s corpus.Span, i int32) {
	if r.labels[i] != begin(corpus.Organization) {
		return
	}
	last := i
	for last+1 < s.End && r.labels[last+1] == begin(corpus.Organization)+1 {
		last++
	}
	short := r.word(doc, i)
	if last == i || !legalForms[r.word(doc, last)] || len(short) < 4 || !capitalised(short) || names.Of(short)&^names.Known != 0 {
		return
	}
	if _, ok := r.known[short]; !ok {
		r.known[short] = begin(corpus.Organization)
	}
}

// courtesies stand before a person's name and are no part of it.
var courtesies = map[string]bool{"Mr.": true, "Mrs.": true, "Ms.": true, "Miss": true, "Dr.": true, "Mr": true, "Mrs": true, "Ms": true, "Dr": true}

// untitle parts a name from the title before it: "Appeals Court Justice Paul" followed by a
// surname is no organization, and "Mr." is nobody.
func (r *repairer) untitle(doc *corpus.Document, s corpus.Span, i int32) {
	if r.labels[i] == 0 || i+1 >= s.End {
		return
	}
	w := r.word(doc, i)
	if courtesies[w] {
		r.labels[i] = 0
		if next := r.labels[i+1]; next != 0 && capitalised(r.word(doc, i+1)) {
			r.labels[i+1] = begin(corpus.Person)
		}
		return
	}
	// "King Faisal": a title begins no person's name.
	if r.labels[i] == begin(corpus.Person) && r.labels[i+1] == begin(corpus.Person)+1 && names.Of(w)&names.Title != 0 && names.Of(w)&names.Given == 0 {
		r.labels[i], r.labels[i+1] = 0, begin(corpus.Person)
		return
	}
	// The title, a given name and a surname, the first two taken for an organization.
	if r.labels[i].kind() == corpus.Person || i+2 >= s.End || names.Of(w)&names.Title == 0 || r.labels[i+1] != begin(r.labels[i].kind())+1 ||
		names.Of(r.word(doc, i+1))&names.Given == 0 || names.Of(r.word(doc, i+1))&names.Place != 0 ||
		!doc.Tags[i+2].IsProper() || !capitalised(r.word(doc, i+2)) || names.Of(r.word(doc, i+2))&(names.Body|names.Place) != 0 {
		return
	}
	r.labels[i] = 0
	r.labels[i+1], r.labels[i+2] = begin(corpus.Person), begin(corpus.Person)+1
}

// extend takes the word before a person's name into it if it can be a name itself,
// whatever else it means: "He Lifeng", "Will Hurd" at the beginning of a sentence.
func (r *repairer) extend(doc *corpus.Document, s corpus.Span, i int32) {
	if i+1 >= s.End || r.labels[i] != 0 || r.labels[i+1] != begin(corpus.Person) {
		return
	}
	w := r.word(doc, i)
	switch {
	case !capitalised(w):
		return
	case names.Particle(w):
	case names.Of(w)&names.Given != 0 && names.Particle(r.word(doc, i+1)): // "Ursula von ..."
	case names.Of(w)&names.Wordy == 0 || names.Of(w)&names.Title != 0:
		return
	case i == s.Start && names.Of(r.word(doc, i+1))&names.Given != 0 && i+2 < s.End && r.labels[i+2] == begin(corpus.Person)+1:
		return // "Will Grace Banda run?": the name is whole without it
	}
	r.labels[i], r.labels[i+1] = begin(corpus.Person), begin(corpus.Person)+1
}

// unoffice parts a nationality from the office it stands before: in "Australian Trade
// Minister" only the first word is a name.
func (r *repairer) unoffice(doc *corpus.Document, s corpus.Span, i int32) {
	l := r.labels[i]
	if l%2 == 0 || names.Of(r.word(doc, i))&names.Demonym == 0 {
		return
	}
	end := i + 1
	for end < s.End && r.labels[end] != 0 && !r.labels[end].begins(l) {
		end++
	}
	if end == i+1 || end >= s.End || names.Of(r.word(doc, end))&names.Title == 0 || !doc.Tags[end].IsProper() {
		return
	}
	for j := i + 1; j < end; j++ {
		if names.Of(r.word(doc, j))&names.Body != 0 {
			return // "European Commission President"
		}
	}
	r.labels[i] = begin(corpus.Misc)
	for j := i + 1; j < end; j++ {
		r.labels[j] = 0
	}
}

// days are nobody's names, nor are they the end of one.
var days = map[string]bool{"Monday": true, "Tuesday": true, "Wednesday": true, "Thursday": true, "Friday": true, "Saturday": true, "Sunday": true}

// undate takes a day of the week that is or ends a name out of it: "Quist Friday".
func (r *repairer) undate(doc *corpus.Document, s corpus.Span, i int32) {
	l := r.labels[i]
	switch {
	case l == 0 || !days[r.word(doc, i)]:
	case i+1 < s.End && r.labels[i+1] != 0 && !r.labels[i+1].begins(l): // it goes on
	case l%2 == 1 || l.kind() == corpus.Person || l.kind() == corpus.Place: // no "Bloody Sunday"
		r.labels[i] = 0
	}
}

// months are not persons before a number, whoever is called so.
var months = map[string]bool{"January": true, "February": true, "March": true, "April": true, "May": true,
	"June": true, "July": true, "August": true, "September": true, "October": true, "November": true, "December": true}

// recall labels a single word by what the document says of it elsewhere.
func (r *repairer) recall(doc *corpus.Document, s corpus.Span, i int32) {
	w := r.word(doc, i)
	if !capitalised(w) {
		return
	}
	if r.recallFamily(doc, s, i) {
		return
	}
	alone := r.labels[i] == 0 || r.labels[i]%2 == 1
	if i+1 < s.End && r.labels[i+1] != 0 && r.labels[i+1]%2 == 0 {
		alone = false // it begins a longer name
	}
	if !alone {
		return
	}
	if i+1 < s.End && doc.Tags[i+1] == corpus.CD && months[w] {
		r.labels[i] = 0
		return
	}
	if l, ok := r.known[w]; ok && doc.Tags[i].IsProper() {
		if !r.besideName(doc, s, i) {
			r.labels[i] = l
		}
		return
	}
	// "Young told": a proper noun that can be a surname and does something.
	class := names.Of(w)
	if r.labels[i] == 0 && doc.Tags[i].IsProper() && class&(names.Family|names.Given) != 0 &&
		class&(names.Place|names.Body|names.Title) == 0 && i+1 < s.End && !r.besideName(doc, s, i) &&
		(doc.Tags[i+1] == corpus.VBD || doc.Tags[i+1] == corpus.VBZ) {
		r.labels[i] = begin(corpus.Person)
	}
}

// recallFamily makes "Von der Brink" a person where the document knows one whose name
// ends so.
func (r *repairer) recallFamily(doc *corpus.Document, s corpus.Span, i int32) bool {
	if r.known[r.word(doc, i)] != begin(corpus.Person) || i == s.Start || !names.Particle(r.word(doc, i-1)) || i+1 < s.End && r.labels[i+1]%2 == 0 && r.labels[i+1] != 0 {
		return false
	}
	first := i - 1
	for first > s.Start && names.Particle(r.word(doc, first-1)) {
		first--
	}
	if first > s.Start && r.labels[first] != 0 && r.labels[first]%2 == 0 {
		return false // a given name stands before
	}
	r.labels[first] = begin(corpus.Person)
	for j := first + 1; j <= i; j++ {
		r.labels[j] = begin(corpus.Person) + 1
	}
	return true
}

// besideName reports whether a capitalised proper noun touches word i: then it is part
// of something longer.
func (r *repairer) besideName(doc *corpus.Document, s corpus.Span, i int32) bool {
	proper := func(j int32) bool {
		return j >= s.Start && j < s.End && doc.Tags[j].IsProper() && capitalised(r.word(doc, j)) &&
			names.Of(r.word(doc, j))&names.Title == 0
	}
	return proper(i-1) || proper(i+1)
}
