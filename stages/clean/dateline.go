package clean

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	monthWords = `(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?|January|February|March|April|May|June|July|August|September|October|November|December`
	dateWords  = `(?:` + monthWords + `) \d{1,2}|\d{1,2} (?:` + monthWords + `)`
)

// A dateline: a place in capitals, perhaps with region, date and agency; or, with
// an agency in brackets, a place as usual or only a date; then a dash.
//
//	REYKJAVIK, March 3 (Northern Wire) — ; MANCHESTER, N.H. - ; Oslo (AFP) – ; Dec 29 (Reuters) -
var datelineHead = regexp.MustCompile(`^(?:` +
	`[\p{Lu}][\p{Lu}'’./-]+(?: [\p{Lu}][\p{Lu}'’./-]*){0,3}(?:, \p{Lu}[\p{L}.]*(?: \p{Lu}[\p{L}.]*){0,2})?` +
	`(?:, (?:` + dateWords + `)(?:,? \d{4})?)?(?: ?\([^()]{2,40}\)| /[\p{L} ]{2,30}/)?` +
	`|\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+){0,3}(?:, (?:` + dateWords + `)(?:,? \d{4})?)? \(\p{Lu}[^()]{1,30}\)` +
	`|(?:` + dateWords + `)(?:,? \d{4})? \(\p{Lu}[^()]{1,30}\)` +
	`)(?:\s?[—–]\s?|\s--?\s)`)

// dateline is the length of a dateline at the start of a paragraph, white space
// after it included; 0 if there is none. What follows begins a sentence: "NATO -
// the alliance - agreed" has no dateline.
func dateline(line string) int {
	const reach = 100
	head := line[:min(len(line), reach)]
	if !strings.Contains(head, "—") && !strings.Contains(head, "–") && !strings.Contains(head, " -") {
		return 0
	}
	end := len(datelineHead.FindString(head))
	if end == 0 || end == len(line) {
		return 0
	}
	letters := 0
	for _, r := range head[:end] {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if r, _ := utf8.DecodeRuneInString(line[end:]); unicode.IsLower(r) || letters < 3 {
		return 0
	}
	return end
}
