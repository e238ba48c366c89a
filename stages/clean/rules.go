package clean

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/corpus"
)

//go:embed phrases.txt
var phraseList string

// phrase marks a line as boilerplate: the whole line begins with it.
type phrase struct {
	text, rule string
	longest    int // bytes of a line that the rule still believes
}

var phrases = func() []phrase {
	var out []phrase
	for line := range strings.Lines(phraseList) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		rule, text, ok := strings.Cut(line, " ")
		if !ok {
			panic("clean: phrases.txt: " + line)
		}
		p := phrase{text: text, rule: rule, longest: 160}
		if rule == "share" {
			p.longest = 60
		}
		out = append(out, p)
	}
	return out
}()

func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' }

// judge gives every block its kind.
func judge(blocks []corpus.Block, doc *corpus.Document) {
	for i := range blocks {
		b := &blocks[i]
		line := doc.Text[b.Start:b.End]
		switch rule := byPhrase(line); {
		case rule != "":
			b.Kind, b.Rule = corpus.Boilerplate, rule
		case i == 0 && (strings.EqualFold(line, doc.Title) || !endsSentence(line) && len(line) < 250):
			b.Kind, b.Rule = corpus.Headline, "first"
		case doc.Title != "" && strings.EqualFold(line, doc.Title):
			b.Kind, b.Rule = corpus.Headline, "title"
		case i > 0 && i+1 < len(blocks) && isRelated(line) &&
			isProse(blocks[i-1].Of(doc.Text)) && isProse(blocks[i+1].Of(doc.Text)):
			b.Kind, b.Rule = corpus.Boilerplate, "related"
		}
	}
}

func byPhrase(line string) string {
	if len(line) > 200 {
		return ""
	}
	for _, p := range phrases {
		if len(line) <= p.longest && len(line) >= len(p.text) && strings.EqualFold(line[:len(p.text)], p.text) {
			return p.rule
		}
	}
	return ""
}

// isProse: a full paragraph.
func isProse(line string) bool { return len(line) > 120 && endsSentence(line) }

func endsSentence(line string) bool {
	line = strings.TrimRight(line, "\"'”’»)] ")
	return line != "" && strings.ContainsAny(line[len(line)-1:], ".!?:;,") || strings.HasSuffix(line, "…")
}

// isRelated: a title-cased line of at least five words without end punctuation,
// quotation marks or colon. A subheading is shorter or in sentence case; a
// headline with a speaker ("Smith: ...") may be an attribution.
func isRelated(line string) bool {
	if len(line) > 140 || endsSentence(line) || strings.ContainsAny(line, "\"“”:―") {
		return false
	}
	words, capitals, small := 0, 0, 0
	for word := range strings.FieldsSeq(line) {
		words++
		r, _ := utf8.DecodeRuneInString(word)
		switch {
		case unicode.IsUpper(r) || unicode.IsDigit(r):
			capitals++
		case len(word) > 4:
			small++
		}
	}
	return words >= 5 && small == 0 && capitals*10 >= words*6
}

// dateline is the length of a dateline at the start of a paragraph, white space
// after it included: "BRUSSELS, March 3 (Agency) — ", "LONDON (Agency) - ". It is
// capitals first, then a dash within a short reach.
func dateline(line string) int {
	const reach = 80
	head := line[:min(len(line), reach)]
	at, width := -1, 0
	for _, dash := range [...]string{" — ", " – ", " -- ", " - ", "— ", "– "} {
		if i := strings.Index(head, dash); i > 0 && (at < 0 || i < at) {
			at, width = i, len(dash)
		}
	}
	if at < 0 {
		return 0
	}
	place := head[:at]
	first, _, _ := strings.Cut(place, " ")
	first = strings.TrimRight(first, ",")
	if utf8.RuneCountInString(first) < 3 || strings.ToUpper(first) != first || strings.ContainsAny(place, "\"“.!?:;") {
		return 0
	}
	hasLetter := strings.IndexFunc(first, unicode.IsLetter) == 0
	inBrackets := strings.HasSuffix(place, ")")
	words := len(strings.Fields(place))
	if !hasLetter || !inBrackets && words > 6 {
		return 0
	}
	return at + width
}
