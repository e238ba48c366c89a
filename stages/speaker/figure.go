package speaker

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/corpus"
	"onrecord/stages/internal/identity"
	"onrecord/stages/internal/names"
)

// figure is somebody or something that the article names or describes, and so may
// speak.
type figure struct {
	kind      corpus.SpeakerKind
	name      string   // canonical so far
	words     []string // of the name, folded; without suffixes for persons
	family    string   // folded; empty for anything but a person
	given     string   // folded; empty if the article gives none
	gender    gender
	roles     []string
	heads     []string // lower-case nouns it is called by: "president", "secretary"
	aliases   []string
	mentions  []corpus.Span // in tokens
	full      int           // how often it is named in full
	named     int           // how often it is named at all
	members   []int32       // of several joined
	ofPronoun int32         // 1 + the token of "his" in "his wife, Clara"; 0 if none
	salience  salience
	last      trace
	known     int32 // 1 + the entry of the user's file; 0 if there is none
	into      int32 // 1 + the figure that it turned out to be; 0 if none
}

// gender is what the article or the name says; both bits are never set.
type gender uint8

const (
	unknown gender = iota
	masculine
	feminine
)

// fits reports whether a pronoun of gender g may stand for the figure.
func (f *figure) fits(g gender) bool { return f.gender == unknown || g == unknown || f.gender == g }

// alias adds a form of the name, once.
func (f *figure) alias(form string) {
	if form == f.name {
		return
	}
	for _, a := range f.aliases {
		if a == form {
			return
		}
	}
	f.aliases = append(f.aliases, form)
}

// role adds a role as written, once.
func (f *figure) role(text string, heads []string) {
	for _, h := range heads {
		if !contains(f.heads, h) {
			f.heads = append(f.heads, h)
		}
	}
	for _, r := range f.roles {
		if r == text {
			return
		}
	}
	if text != "" {
		f.roles = append(f.roles, text)
	}
}

// rename makes form the canonical name and the former one an alias.
func (f *figure) rename(form string) {
	former := f.name
	f.name = form
	for i, a := range f.aliases {
		if a == form {
			f.aliases = append(f.aliases[:i], f.aliases[i+1:]...)
			break
		}
	}
	f.alias(former)
}

// suffixes of names, folded, tell nobody apart and end no surname.
var suffixes = map[string]bool{"jr": true, "sr": true, "ii": true, "iii": true, "iv": true}

// personName takes a name apart. Names whose last word is known to follow the family
// name, as in Chinese, are in that order.
func personName(words []string) (folded []string, given, family string) {
	for _, w := range words {
		if f := identity.Fold(w); f != "" && !suffixes[f] {
			folded = append(folded, f)
		}
	}
	if len(folded) == 0 {
		return folded, "", ""
	}
	first, last := words[0], words[len(folded)-1]
	given, family = folded[0], folded[len(folded)-1]
	if len(folded) == 2 && easternOrder(first, last) {
		given, family = family, given
	}
	if len(folded) == 1 {
		given = ""
	}
	return folded, given, family
}

func easternOrder(first, last string) bool {
	if isSyllables(last) && !isSyllables(first) && names.Of(first)&names.Given == 0 {
		return true
	}
	if _, ok := pronounGender(first); ok {
		return true // "He Lifeng"
	}
	a, b := names.Of(first), names.Of(last)
	if b&names.GivenAfter != 0 {
		return true
	}
	return a&names.Family != 0 && a&names.Given == 0 && b&names.Neutral != 0 && b&names.Family == 0
}

// sameGiven reports whether two given names can be one person's: equal, an initial, a
// short form.
func sameGiven(a, b string) bool {
	if a == b || a == "" || b == "" {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 1 || len(a) >= 3 {
		if strings.HasPrefix(b, a) {
			return true
		}
	}
	long := nicknames()
	return long[a] == b || long[b] == a || long[a] != "" && long[a] == long[b]
}

// within reports whether all words of a occur in b, in order.
func within(a, b []string) bool {
	for _, w := range b {
		if len(a) > 0 && a[0] == w {
			a = a[1:]
		}
	}
	return len(a) == 0
}

// isGiven reports whether a word, as written, is a given name.
func isGiven(word string) bool {
	if names.Of(word)&names.Given != 0 {
		return true
	}
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first) && moreGiven()[identity.Fold(word)] != unknown
}

// givenGender is the gender of a given name as written, if it has one.
func givenGender(name string) gender {
	switch names.Of(name) & names.Given {
	case names.Male:
		return masculine
	case names.Female:
		return feminine
	case 0:
		return moreGiven()[identity.Fold(name)]
	}
	return unknown
}
