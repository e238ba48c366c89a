package speaker

import (
	"strings"

	"onrecord/corpus"
	"onrecord/stages/internal/identity"
)

// learn gives figures the names that the user's file knows them by. Whole names and
// aliases come first; a surname alone is resolved by the file if the article says no more
// of it, and if the file knows one person of that name. Figures that turn out to be the
// same become one.
func (a *article) learn() {
	if a.people.Len() == 0 {
		return
	}
	owner := map[int]int32{} // figure of each entry
	for _, resolve := range []func(*figure) int{a.knownForm, a.knownSurname} {
		for i := range a.figures {
			f := &a.figures[i]
			if f.known > 0 || f.into > 0 {
				continue
			}
			k := resolve(f)
			if k == nobody {
				continue
			}
			if first, ok := owner[k]; ok {
				a.merge(int32(i), first)
				continue
			}
			owner[k] = int32(i)
			a.become(f, k)
			if f.kind == corpus.KindPerson {
				a.index(int32(i))
			}
		}
	}
	for e, i := range a.who {
		if into := a.figures[i].into; into > 0 {
			a.who[e] = into - 1
		}
	}
	for key, i := range a.others {
		if into := a.figures[i].into; into > 0 {
			a.others[key] = into - 1
		}
	}
}

// become makes f the entry k of the user's file.
func (a *article) become(f *figure, k int) {
	entry := &a.people.list[k]
	f.known = int32(k) + 1
	if f.name != entry.Name {
		f.rename(entry.Name)
	}
	f.kind = entry.Kind
	if f.kind == corpus.KindPerson {
		words := strings.Fields(entry.Name)
		f.words, f.given, f.family = personName(words)
		if f.gender == unknown {
			f.gender = givenGender(words[0])
		}
	}
}

// knownForm is the entry that has the figure's name, or another form of it that the
// article uses, in full.
func (a *article) knownForm(f *figure) int {
	if k := a.people.find(identity.Fold(f.name)); k != nobody {
		return k
	}
	for _, form := range f.aliases {
		// "Olsen" may be an alias of somebody else than the article's Marta Olsen.
		if strings.Contains(form, " ") || f.kind != corpus.KindPerson {
			if k := a.people.find(identity.Fold(form)); k != nobody {
				return k
			}
		}
	}
	return nobody
}

// knownSurname is the one person of the file with the surname that is all the article
// gives.
func (a *article) knownSurname(f *figure) int {
	if f.kind != corpus.KindPerson || f.given != "" {
		return nobody
	}
	k := a.people.bySurname(f.family)
	if k != nobody && f.gender != unknown {
		if g := givenGender(strings.Fields(a.people.list[k].Name)[0]); g != unknown && g != f.gender {
			return nobody // Mrs. Novak is not Paul
		}
	}
	return k
}

// merge makes figure i another mention of figure into.
func (a *article) merge(i, into int32) {
	f, to := &a.figures[i], &a.figures[into]
	to.mentions = append(to.mentions, f.mentions...)
	to.named += f.named
	to.full += f.full
	to.alias(f.name)
	for _, form := range f.aliases {
		to.alias(form)
	}
	for _, r := range f.roles {
		to.role(r, nil)
	}
	to.role("", f.heads)
	for _, w := range f.words {
		list := a.persons[w]
		for n := range list {
			if list[n] == i {
				list[n] = into
			}
		}
	}
	f.into = into + 1
	f.kind = corpus.KindUnknown // found by no search
	f.heads, f.words = nil, nil
}

// facts are what the user's file says of a figure.
func (a *article) facts(f *figure) []corpus.Fact {
	if f.known == 0 {
		return nil
	}
	return a.people.list[f.known-1].Facts
}

// knownDescription is the figure of the entry that has a description for an alias: "Fed
// chair", "prime minister".
func (a *article) knownDescription(name string) int32 {
	k := a.people.find(identity.Fold(name))
	if k == nobody {
		return nobody
	}
	for i := range a.figures {
		if a.figures[i].known == int32(k)+1 {
			return int32(i)
		}
	}
	i := a.add(figure{name: a.people.list[k].Name})
	a.become(&a.figures[i], k)
	a.figures[i].alias(name)
	return i
}
