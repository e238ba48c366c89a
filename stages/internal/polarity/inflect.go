package polarity

import "strings"

// inflect appends the regular forms of a word: for a verb ("v") the third person,
// past and participle, for a noun ("n") the plural,
// for an adjective ("a") the adverb. In a phrase, written with _,
// the first word of a verb and the last of a noun are inflected. Irregular forms
// stand in the lists themselves or in irregular.
func inflect(word, pos string) []string {
	switch pos {
	case "v":
		head, rest, phrase := strings.Cut(word, "_")
		if phrase {
			rest = "_" + rest
		}
		forms := irregular[head]
		if forms == nil {
			forms = regular(head)
		}
		out := make([]string, len(forms))
		for i, f := range forms {
			out[i] = f + rest
		}
		return out
	case "n":
		return []string{plural(word)}
	case "a":
		return []string{adverb(word)}
	}
	return nil
}

// adverb gives -ly of an adjective.
func adverb(word string) string {
	switch {
	case consonantY(word):
		return word[:len(word)-1] + "ily"
	case strings.HasSuffix(word, "le") && len(word) > 3 && !vowel(word[len(word)-3]):
		return word[:len(word)-1] + "y"
	case strings.HasSuffix(word, "ic"):
		return word + "ally"
	}
	return word + "ly"
}

// regular gives -s, -ed and -ing of a verb.
func regular(verb string) []string {
	stem, past := verb, "ed"
	switch {
	case strings.HasSuffix(verb, "e"):
		stem, past = verb[:len(verb)-1], "ed"
		if strings.HasSuffix(verb, "ee") {
			return []string{verb + "s", verb + "d", verb + "ing"}
		}
	case consonantY(verb):
		return []string{plural(verb), verb[:len(verb)-1] + "ied", verb + "ing"}
	case doubles(verb):
		stem = verb + verb[len(verb)-1:]
	}
	return []string{plural(verb), stem + past, stem + "ing"}
}

func plural(word string) string {
	switch {
	case consonantY(word):
		return word[:len(word)-1] + "ies"
	case strings.HasSuffix(word, "s"), strings.HasSuffix(word, "x"), strings.HasSuffix(word, "z"),
		strings.HasSuffix(word, "ch"), strings.HasSuffix(word, "sh"):
		return word + "es"
	}
	return word + "s"
}

func consonantY(word string) bool {
	n := len(word)
	return n > 1 && word[n-1] == 'y' && !vowel(word[n-2])
}

// doubles reports whether a verb of one syllable ends in a single vowel and a consonant: "rob", "slam".
func doubles(verb string) bool {
	n := len(verb)
	if n < 3 || vowel(verb[n-1]) || !vowel(verb[n-2]) || vowel(verb[n-3]) || strings.ContainsRune("wxy", rune(verb[n-1])) {
		return false
	}
	for i := range n - 2 {
		if vowel(verb[i]) {
			return false
		}
	}
	return true
}

func vowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// irregular lists the other forms of verbs that regular would get wrong.
var irregular = map[string][]string{
	"beat":      {"beats", "beaten", "beating"},
	"betray":    {"betrays", "betrayed", "betraying"},
	"break":     {"breaks", "broke", "broken", "breaking"},
	"bring":     {"brings", "brought", "bringing"},
	"cancel":    {"cancels", "canceled", "cancelled", "canceling", "cancelling"},
	"commit":    {"commits", "committed", "committing"},
	"cut":       {"cuts", "cutting"},
	"fall":      {"falls", "fell", "fallen", "falling"},
	"fight":     {"fights", "fought", "fighting"},
	"forget":    {"forgets", "forgot", "forgotten", "forgetting"},
	"get":       {"gets", "got", "getting"},
	"grow":      {"grows", "grew", "grown", "growing"},
	"hit":       {"hits", "hitting"},
	"hurt":      {"hurts", "hurting"},
	"lie":       {"lies", "lied", "lying"},
	"lose":      {"loses", "lost", "losing"},
	"mislead":   {"misleads", "misled", "misleading"},
	"overcome":  {"overcomes", "overcame", "overcoming"},
	"put":       {"puts", "putting"},
	"rebut":     {"rebuts", "rebutted", "rebutting"},
	"rid":       {"rids", "ridding"},
	"run":       {"runs", "ran", "running"},
	"shoot":     {"shoots", "shot", "shooting"},
	"shrink":    {"shrinks", "shrank", "shrunk", "shrinking"},
	"spread":    {"spreads", "spreading"},
	"spurn":     {"spurns", "spurned", "spurning"},
	"steal":     {"steals", "stole", "stolen", "stealing"},
	"uphold":    {"upholds", "upheld", "upholding"},
	"win":       {"wins", "won", "winning"},
	"withstand": {"withstands", "withstood", "withstanding"},
}

// VerbForms gives the other forms of a verb.
func VerbForms(verb string) []string { return inflect(verb, "v") }
