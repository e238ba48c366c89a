package eval

import (
	"slices"
	"strings"
	"unicode"
)

// notNames are words that neither make nor tell apart a name.
var notNames = strings.Fields("the a an of in on for to and or mr mrs ms dr sen rep gov president secretary senator")

var possessives = strings.NewReplacer("’s", "", "'s", "")

func nameWords(name string) []string {
	words := strings.FieldsFunc(possessives.Replace(strings.ToLower(name)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_'
	})
	return slices.DeleteFunc(words, func(w string) bool { return slices.Contains(notNames, w) })
}

// sameSpeaker holds for equal names, and for equal last names with first names
// that do not clash. Several speakers joined by "and" must be the same set.
func sameSpeaker(a, b string) bool {
	x, y := nameWords(a), nameWords(b)
	switch {
	case len(x) == 0 || len(y) == 0:
		return len(x) == len(y)
	case slices.Equal(x, y):
		return true
	case strings.Contains(a, " and ") || strings.Contains(b, " and "):
		return slices.Equal(distinct(x), distinct(y))
	}
	return x[len(x)-1] == y[len(y)-1] && (len(x) == 1 || len(y) == 1 || x[0] == y[0])
}

// sameTarget holds if half of the words of the shorter name are in the other.
func sameTarget(a, b string) bool {
	x, y := distinct(nameWords(a)), distinct(nameWords(b))
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	both := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			both++
		}
	}
	return 2*both >= min(len(x), len(y))
}

func distinct(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}
