package segment

import (
	_ "embed"
	"strings"
)

//go:embed abbreviations.txt
var abbreviationList string

// abbreviationKind says what a word with a full stop leads to.
type abbreviationKind uint8

const (
	none   abbreviationKind = iota
	leads                   // a name, number or noun follows: a sentence hardly ends here
	closes                  // it may end a sentence: "Inc.", "a.m."
	counts                  // it is one before a number only: "No. 5", but "No."
)

var kinds = map[string]abbreviationKind{"leads": leads, "closes": closes, "counts": counts}

// abbreviations are keyed without their last full stop.
var abbreviations = func() map[string]abbreviationKind {
	m := map[string]abbreviationKind{}
	for line := range strings.Lines(abbreviationList) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		word, kind, _ := strings.Cut(line, " ")
		if kinds[kind] == none || len(word) > longestAbbreviation {
			panic("segment: abbreviations.txt: " + line)
		}
		m[word] = kinds[kind]
	}
	return m
}()

// longestAbbreviation keeps most words away from the map.
const longestAbbreviation = 6

// abbreviation is what word, without its full stop, is. In headlines in capitals it
// is the same: "SEN."
func abbreviation(word string) abbreviationKind {
	if len(word) > longestAbbreviation || word == "" {
		return none
	}
	if len(word) == 1 && isUpper(word[0]) && word != "I" {
		return leads // an initial
	}
	if k := abbreviations[word]; k != none || len(word) < 2 || !isUpper(word[0]) || !isUpper(word[1]) {
		return k
	}
	var small [longestAbbreviation]byte
	small[0] = word[0]
	for i := 1; i < len(word); i++ {
		small[i] = word[i] | 0x20
	}
	return abbreviations[string(small[:len(word)])]
}

//go:embed starters.txt
var starterList string

// starters are the words of starters.txt.
var starters = func() map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(starterList) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			m[line] = true
		}
	}
	return m
}()
