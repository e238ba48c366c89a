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
)

// abbreviations are keyed without their last full stop.
var abbreviations = func() map[string]abbreviationKind {
	m := map[string]abbreviationKind{}
	for line := range strings.Lines(abbreviationList) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		word, kind, _ := strings.Cut(line, " ")
		switch kind {
		case "leads":
			m[word] = leads
		case "closes":
			m[word] = closes
		default:
			panic("segment: abbreviations.txt: " + line)
		}
	}
	return m
}()

// longestAbbreviation keeps most words away from the map.
const longestAbbreviation = 6

func abbreviation(word string) abbreviationKind {
	if len(word) > longestAbbreviation {
		return none
	}
	if k := abbreviations[word]; k != none {
		return k
	}
	if len(word) == 1 && word[0] >= 'A' && word[0] <= 'Z' && word != "I" {
		return leads // an initial
	}
	return none
}

// isAcronym: single letters with full stops between them, the last one missing:
// "U.S", "a.m", "Ph.D".
func isAcronym(word string) bool {
	if len(word) == 1 {
		return word[0] >= 'A' && word[0] <= 'Z' && word != "I"
	}
	if word == "Ph" || word == "Ph.D" {
		return true
	}
	for i := range len(word) {
		c := word[i]
		if i%2 == 1 && c != '.' || i%2 == 0 && !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z') {
			return false
		}
	}
	return len(word)%2 == 1
}

// isDomain: what follows the full stop looks like the end of a host name.
func isDomain(rest string) bool {
	for _, d := range [...]string{"com", "org", "net", "gov", "edu", "io", "co", "info", "tv", "uk"} {
		if strings.HasPrefix(rest, d) && (len(rest) == len(d) || !isLower(rest[len(d)])) {
			return true
		}
	}
	return false
}

func isNo(word string) bool { return word == "No" || word == "no" }

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

// cliticLength is the length of a clitic's letters after its mark: s, d, m, ll, re, ve.
func cliticLength(rest string) int {
	for _, c := range [...]string{"ll", "re", "ve", "s", "d", "m", "LL", "RE", "VE", "S", "D", "M"} {
		if strings.HasPrefix(rest, c) && wordEnds(rest[len(c):]) {
			return len(c)
		}
	}
	return 0
}

// elided is the length of a word whose beginning the mark replaces: 'em, '90s, 'til, 'cause.
func elided(rest string) int {
	for _, w := range [...]string{"em", "til", "tis", "twas", "cause", "n"} {
		if len(rest) >= len(w) && strings.EqualFold(rest[:len(w)], w) && wordEnds(rest[len(w):]) {
			return len(w)
		}
	}
	if len(rest) >= 2 && isDigit(rest[0]) && isDigit(rest[1]) {
		n := 2
		if len(rest) > 2 && rest[2] == 's' {
			n = 3
		}
		if wordEnds(rest[n:]) {
			return n
		}
	}
	return 0
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// wordEnds reports that no letter or digit stands at the start of rest.
func wordEnds(rest string) bool {
	if rest == "" {
		return true
	}
	c := rest[0]
	return !(isLower(c) || 'A' <= c && c <= 'Z' || isDigit(c) || c >= 0x80 && !strings.HasPrefix(rest, "“") && !strings.HasPrefix(rest, "”") && !strings.HasPrefix(rest, "’") && !strings.HasPrefix(rest, "—") && !strings.HasPrefix(rest, "–") && !strings.HasPrefix(rest, "…") && !strings.HasPrefix(rest, "\u00a0"))
}

// insideWord: O'Neill, D'Amato, L'Oréal, ma'am, o'clock.
func insideWord(before, after string) bool {
	switch before {
	case "O", "D", "L", "d", "l", "o", "N", "M", "Qu", "ma", "Ma", "Q", "Sa", "T", "K", "rock", "Y", "y":
		return true
	}
	return before != "" && after != "" && 'A' <= after[0] && after[0] <= 'Z' && len(before) <= 3
}

// negationStart is where "n't" begins if the word runs into one, else 0. The word
// ends before the mark: "don", "wo", "ca".
func negationStart(word, rest string) int {
	if len(word) < 2 || word[len(word)-1]|0x20 != 'n' {
		return 0
	}
	n := markLength(rest)
	if n == 0 || len(rest) <= n || rest[n]|0x20 != 't' || !wordEnds(rest[n+1:]) {
		return 0
	}
	return len(word) - 1
}

// negationLength is the length of "n't" at the start of s, with either apostrophe.
func negationLength(s string) int { return 1 + markLength(s[1:]) + 1 }

func markLength(s string) int {
	switch {
	case strings.HasPrefix(s, "'"):
		return 1
	case strings.HasPrefix(s, "’"), strings.HasPrefix(s, "‘"):
		return len("’")
	}
	return 0
}

// twoWords is where a word written together parts, as the Penn Treebank has it.
func twoWords(word string) int {
	if len(word) < 5 || len(word) > 6 {
		return 0
	}
	for _, w := range [...]struct {
		word string
		at   int
	}{{"cannot", 3}, {"gonna", 3}, {"gotta", 3}, {"wanna", 3}, {"gimme", 3}, {"lemme", 3}} {
		if strings.EqualFold(word, w.word) {
			return w.at
		}
	}
	return 0
}

// handleLength is the length of the name after @ or #.
func handleLength(s string) int {
	n := 0
	for n < len(s) && (isLower(s[n]|0x20) || isDigit(s[n]) || s[n] == '_') {
		n++
	}
	return n
}

// addressLength is the length of a URL or e-mail address at the start of s.
func addressLength(s string) int {
	if c := s[0] | 0x20; c == 'h' || c == 'w' {
		for _, p := range [...]string{"http://", "https://", "www."} {
			if len(s) > len(p) && strings.EqualFold(s[:len(p)], p) {
				n := len(p)
				for n < len(s) && s[n] > ' ' && s[n] < 0x80 && !strings.ContainsRune("\"'<>()[]{},;", rune(s[n])) {
					n++
				}
				for n > len(p) && strings.ContainsRune(".!?:", rune(s[n-1])) {
					n--
				}
				if n > len(p) {
					return n
				}
			}
		}
	}
	return 0
}
