// Package names knows words that names are made of, of many countries: what the tagger
// learns from and the speaker stage asks for a person's gender.
package names

import (
	"embed"
	"fmt"
	"strings"
	"sync"
)

// Class is a set of roles that a word can have in a name.
type Class uint16

// The classes; each is a list in this folder.
const (
	Male       Class = 1 << iota // given name, mostly of men
	Female                       // given name, mostly of women
	Neutral                      // given name of either
	GivenAfter                   // given name that follows the family name
	Family
	Wordy   // a person's name that is also an English word
	Place   // country, region, city
	Demonym // "German"
	Title   // "President", "Sen."
	Body    // "Ministry", "Inc."
	Known   // an organization's whole name: "Reuters"
	Creed   // "Catholic", "Ramadan", "Urdu"
)

// Given is any given name.
const Given = Male | Female | Neutral

//go:embed *.txt
var lists embed.FS

var files = []struct {
	name  string
	class Class
}{
	{"given.txt", 0}, // the class stands after the name
	{"given-after.txt", GivenAfter},
	{"family.txt", Family},
	{"wordy.txt", Wordy},
	{"places.txt", Place},
	{"demonyms.txt", Demonym},
	{"titles.txt", Title},
	{"bodies.txt", Body},
	{"organizations.txt", Known},
	{"creeds.txt", Creed},
}

type table struct {
	classes map[string]Class
	words   map[Class][]string
}

var load = sync.OnceValue(func() table {
	t := table{map[string]Class{}, map[Class][]string{}}
	for _, f := range files {
		data, err := lists.ReadFile(f.name)
		if err != nil {
			panic(err) // the file is embedded: the program was built wrongly
		}
		for line := range strings.Lines(string(data)) {
			line = strings.TrimSuffix(line, "\n")
			if line == "" || line[0] == '#' {
				continue
			}
			word, class := line, f.class
			if class == 0 {
				word, class = given(line)
			}
			t.classes[word] |= class
			t.words[class] = append(t.words[class], word)
		}
	}
	return t
})

func given(line string) (string, Class) {
	word, letter, _ := strings.Cut(line, " ")
	switch letter {
	case "m":
		return word, Male
	case "f":
		return word, Female
	case "u":
		return word, Neutral
	}
	panic(fmt.Sprintf("given.txt: %q is not followed by m, f or u", line))
}

// Of is what a word, with its case, can be in a name.
func Of(word string) Class { return load().classes[word] }

// OfBytes is Of for a word in bytes.
func OfBytes(word []byte) Class { return load().classes[string(word)] }

// Words lists the words of one class, in byte order. The caller must not change it.
func Words(c Class) []string { return load().words[c] }

// Particle reports whether a word, of either case, can stand before a family name as a
// part of it: "von", "De".
func Particle(word string) bool {
	switch word {
	case "von", "Von", "van", "Van", "de", "De", "der", "den", "di", "Di", "del", "Del", "della", "Della", "da", "Da", "dos", "Dos",
		"la", "La", "le", "Le", "al", "Al", "el", "El", "bin", "Bin", "ben", "Ben", "ibn", "Ibn", "ter", "Ter":
		return true
	}
	return false
}
