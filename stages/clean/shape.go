package clean

import (
	"regexp"
	"strings"
	"unicode"
)

// What a line that is no sentence looks like. The expressions are for whole lines.
var (
	clockTime = regexp.MustCompile(`(?i)^(?:\d{1,2}:\s?\d{2}(?:\s*[ap]\.?m\.?)?|\d{1,2}(?:\.\d{2})?\s*[ap]\.?m\.?|noon|midnight)(?:\s+[A-Z]{2,4})?\s*[:.]*$`)
	dayLine   = regexp.MustCompile(`^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:` + dateWords + `),? \d{4}\.?$`)
	// Getty Images; Ada Quist via Getty Images; ADA QUIST/AFP/Getty Images; Ada Quist / Reuters
	agencyCredit = regexp.MustCompile(`^(?:Photo |Image |Picture )?[\p{Lu}\p{N}][^!?]{0,80}(?: via |/| / )(?:Getty Images|Getty|Reuters|REUTERS|AP Photo|AP|AFP|Associated Press|ASSOCIATED PRESS|Bloomberg|Shutterstock|Alamy|EPA|Zuma|ZUMA|iStock|Flickr|PA)(?:/[\p{L} ]{2,30})?\.?$`)
	photoCredit  = regexp.MustCompile(`^(?:AP|AFP|REUTERS|Reuters|EPA|PA|Getty) ?(?:Photo|/|PHOTO|Images|News Agency|Wire)[\p{L}\p{N} ./'’-]{0,60}$`)
	// a caption ends in its credit: "... at the pier (Ada Quist/The Gazette)"
	captionCredit = regexp.MustCompile(`\([^()]{0,60}(?:/| via )(?:Getty Images|Getty|Reuters|REUTERS|AP|AFP|EPA|Bloomberg|Associated Press)\.?\)\.?$|\((?:AP |Reuters |REUTERS/|File )(?:P|p)hoto[^()]{0,50}\)\.?$|\bPhoto(?:graph)?: [\p{L} /'’.-]{2,60}$`)
	reportedFrom  = regexp.MustCompile(`^\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+){0,3} reported from \p{Lu}[^!?]{0,60}$`)
	// Watch the video above. Read the full story here.
	pointer = regexp.MustCompile(`^(?:Watch|Read|See|Click|Listen|View)\b[^.!?]{0,70}\b(?:here|above|below)[.:!]?$|^(?:Watch|Listen to) the [^.!?]{0,60}\b(?:above|below)\b`)
	follow  = regexp.MustCompile(`^(?:Follow|Email|EMAIL|E-mail|Contact|Tweet)\b[^!?]{0,160}(?:\S@\S|\s@\w|\bon (?:Twitter|Facebook|Instagram|X|Threads|LinkedIn)\b)`)
	address = regexp.MustCompile(`^(?:\S+@\S+\.\w+|(?:https?://|www\.)\S+)[.,;]?$`)
	// width:100%; } .bio-text, .twitter-bio { <div>
	code = regexp.MustCompile(`^[a-z-]+ ?:[^;]{1,80};$|^[.#@]?[\w.,# -]*\{[^{}]*\}?\.?$|^(?:var|function|window|document)[ .(].{0,150}[;{(]$|^</?\w+[^<>]{0,100}/?>\.?$`)
)

// shape is the rule by which a line that quotes nobody is boilerplate, empty if it
// may be a part of the article. From the end of the text it is the last-th, from 0.
// What is cheap to ask is asked first: nearly every line is a sentence.
func shape(line string, last int) string {
	const nearEnd = 4
	first, end := line[0], line[len(line)-1]
	if end == '.' && len(line) > 1 {
		end = line[len(line)-2]
	}
	digit := func(c byte) bool { return '0' <= c && c <= '9' }
	switch {
	case !strings.ContainsFunc(line, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
		return "separator"
	case len(line) <= 24 && (digit(first) || strings.ContainsAny(line[:1], "nNmM")) && clockTime.MatchString(line),
		len(line) <= 40 && digit(end) && dayLine.MatchString(line):
		return "time"
	case strings.ContainsAny(line, "{;<") && code.MatchString(line):
		return "code"
	case strings.ContainsAny(line, "@/w") && !strings.Contains(line, " ") && address.MatchString(line),
		hasPrefix(line, "Follow", "Email", "EMAIL", "E-mail", "Contact", "Tweet") && follow.MatchString(line):
		return "follow"
	case (strings.Contains(line, "/") || strings.Contains(line, " via ")) && agencyCredit.MatchString(line),
		hasPrefix(line, "A", "R", "E", "P", "G") && photoCredit.MatchString(line):
		return "credit"
	case (end == ')' || strings.Contains(line, "Photo")) && captionCredit.MatchString(line):
		return "caption"
	case last < nearEnd && strings.Contains(line, " reported from ") && reportedFrom.MatchString(line):
		return "credit"
	case hasPrefix(line, "Watch", "Read", "See", "Click", "Listen", "View") && pointer.MatchString(line):
		return "related"
	}
	return ""
}

func hasPrefix(line string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(line, p) {
			return true
		}
	}
	return false
}
