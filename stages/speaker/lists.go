package speaker

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

// noun says what a common noun that heads a source stands for.
type noun uint8

const (
	person noun = 1 << iota
	kin         // a person by relation to another
	group
	thing // an organization or a document
	man
	woman
	public // "the senator" is somebody the article has named
)

var nounClasses = map[string]noun{"person": person, "kin": kin | person, "group": group, "thing": thing, "man": man, "woman": woman, "public": public}

//go:embed nouns.txt
var nounList string

//go:embed given.txt
var givenList string

//go:embed nicknames.txt
var nicknameList string

var nouns = sync.OnceValue(func() map[string]noun {
	out := map[string]noun{}
	for word, classes := range lines(nounList) {
		out[word] |= 0
		for _, c := range strings.Fields(classes) {
			bit, ok := nounClasses[c]
			if !ok {
				panic(fmt.Sprintf("nouns.txt: %s: unknown class %q", word, c))
			}
			out[word] |= bit
		}
	}
	return out
})

// moreGiven are given names, folded, with the gender they tell.
var moreGiven = sync.OnceValue(func() map[string]gender {
	out := map[string]gender{}
	for name, letter := range lines(givenList) {
		switch letter {
		case "f":
			out[strings.ToLower(name)] = feminine
		case "m":
			out[strings.ToLower(name)] = masculine
		default:
			panic(fmt.Sprintf("given.txt: %s is not followed by f or m", name))
		}
	}
	return out
})

var nicknames = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for short, long := range lines(nicknameList) {
		out[strings.ToLower(short)] = strings.ToLower(long)
	}
	return out
})

// lines yields the first word and the rest of every line that is not a comment.
func lines(list string) func(yield func(word, rest string) bool) {
	return func(yield func(string, string) bool) {
		for line := range strings.Lines(list) {
			word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
			if word != "" && word[0] != '#' && !yield(word, rest) {
				return
			}
		}
	}
}

// nounOf classifies a noun in any number and case; plural says whether it is one.
func nounOf(word string) (class noun, plural bool) {
	w := strings.ToLower(word)
	list := nouns()
	if c, ok := list[w]; ok {
		return c, c&group != 0
	}
	if relative, ok := strings.CutSuffix(w, "-in-law"); ok {
		c, many := nounOf(relative)
		return c, many
	}
	if strings.HasSuffix(w, "-year-old") {
		return person | public, false
	}
	for _, suffix := range []struct{ end, instead string }{{"ies", "y"}, {"men", "man"}, {"es", ""}, {"s", ""}} {
		if stem, ok := strings.CutSuffix(w, suffix.end); ok {
			if c, ok := list[stem+suffix.instead]; ok {
				return c, true
			}
		}
	}
	// Words of doing and belonging are persons: "campaigner", "economist", "Texans".
	stem := strings.TrimSuffix(w, "s")
	for _, end := range []string{"er", "or", "ist", "ian", "man", "woman", "eer"} {
		if len(stem) > len(end)+3 && strings.HasSuffix(stem, end) {
			return person, stem != w
		}
	}
	return 0, false
}
