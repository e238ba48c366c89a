package segment

import "strings"

// numbers: words that a number may follow without a space: "No.1".
func numbers(word string) bool { return word == "No" || word == "no" }

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// cliticLength is the length of a clitic's letters after its mark: s, d, m, ll, re, ve.
func cliticLength(rest string) int {
	if rest == "" {
		return 0
	}
	n := 0
	switch rest[0] | 0x20 {
	case 's', 'd', 'm':
		n = 1
	case 'l', 'r', 'v':
		if len(rest) < 2 {
			return 0
		}
		switch rest[:2] {
		case "ll", "re", "ve", "LL", "RE", "VE":
			n = 2
		default:
			return 0
		}
	default:
		return 0
	}
	if !wordEnds(rest[n:]) {
		return 0
	}
	return n
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

// marksAfter are signs beyond ASCII that may touch a word.
var marksAfter = [...]string{"“", "”", "’", "—", "–", "…", "\u00a0", "»", "›"}

// wordEnds reports that no letter or digit stands at the start of rest.
func wordEnds(rest string) bool {
	if rest == "" {
		return true
	}
	c := rest[0]
	if c < 0x80 {
		return !(isLower(c|0x20) || isDigit(c))
	}
	for _, m := range marksAfter {
		if strings.HasPrefix(rest, m) {
			return true
		}
	}
	return false
}

// insideWord: O'Neill, D'Amato, L'Oréal, ma'am, o'clock.
func insideWord(before, after string) bool {
	switch before {
	case "O", "D", "L", "d", "l", "o", "N", "M", "Qu", "ma", "Ma", "Q", "Sa", "T", "K", "rock", "Y", "y":
		return true
	}
	return before != "" && after != "" && isUpper(after[0]) && len(before) <= 3
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

// suspended reports whether a hyphen before rest waits for the rest of its word:
// "pro- or anti-war", "two- and three-year".
func suspended(rest string) bool {
	for _, w := range [...]string{" and ", " or ", " to ", ", "} {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}

// twoWords is where a word written together parts, as the Penn Treebank has it.
func twoWords(word string) int {
	switch word[0] | 0x20 {
	case 'c', 'g', 'w', 'l':
	default:
		return 0
	}
	for _, w := range [...]string{"cannot", "gonna", "gotta", "wanna", "gimme", "lemme"} {
		if strings.EqualFold(word, w) {
			return 3
		}
	}
	return 0
}
