package corpus

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
	"golang.org/x/text/language"
)

// anyLanguage is the value of Options.Language that takes every text.
const anyLanguage = "any"

const (
	languageBytes = 2 << 10 // of a text are looked at
	shortText     = 20      // words; fewer say too little to refuse on
	fewestClues   = 6       // words; fewer say nothing but by their script

	// englishShare of the words of an English text are function words that no
	// other language has so often; in English news it is 0.15 to 0.35.
	englishShare = 0.12

	// certain is whatlanggo's own threshold for a result to rely on.
	certain = whatlanggo.ReliableConfidenceThreshold
)

// language refuses a document in another language than the one asked for, and
// fills in the language if the source did not say it.
func (d *Decoder) language(doc *Document) error {
	want := d.opt.Language
	if want != anyLanguage && doc.Language != "" && doc.Language != want {
		return &refusal{OtherLanguage, fmt.Sprintf("the record calls its language %q; only %q is wanted", doc.Language, want)}
	}
	sample := leading(doc.Text, languageBytes)
	clues := englishClues(sample)
	if want != anyLanguage && want != "en" || clues.share() < englishShare {
		found, confidence := identify(sample)
		if want != anyLanguage && found != want && clearly(clues, confidence) {
			return &refusal{OtherLanguage, fmt.Sprintf("the text is not in the language wanted, %q, but probably in %q; take all with any", want, found)}
		}
		if doc.Language == "" && confidence >= certain {
			doc.Language = found
		}
		return nil
	}
	if doc.Language == "" {
		doc.Language = "en"
	}
	return nil
}

// clearly reports whether a text may be refused for its language: a long one if
// it looks like another, a short one only beyond doubt.
func clearly(c clues, confidence float64) bool {
	switch {
	case c.words >= shortText:
		return confidence >= certain || confidence > 0 && c.share() < englishShare/2
	case c.words >= fewestClues:
		return confidence >= certain && c.english == 0
	}
	return !c.latin
}

// identify guesses the language of a text: its ISO 639-1 code, or 639-3 if it has
// none. The confidence is 0 if there is no telling. Languages that come out equal
// have confidence 0, so that the result does not depend on their order.
func identify(sample string) (code string, confidence float64) {
	info := whatlanggo.Detect(sample)
	if info.Confidence <= 0 {
		return "", 0
	}
	if code = info.Lang.Iso6391(); code == "" {
		code = info.Lang.Iso6393()
	}
	return code, info.Confidence
}

// clues are what a quick look at a text says of its language.
type clues struct {
	words, english int
	latin          bool // most letters are
}

func (c clues) share() float64 {
	if c.words < fewestClues {
		return 0
	}
	return float64(c.english) / float64(c.words)
}

// englishClues counts the words of a sample, and those that speak for English.
func englishClues(sample string) clues {
	var c clues
	var letters, latin int
	var word [8]byte
	n := 0
	end := func() {
		if n > 0 {
			c.words++
			if n <= len(word) && functionWords[string(word[:n])] {
				c.english++
			}
		}
		n = 0
	}
	for _, r := range sample {
		switch {
		case r < utf8.RuneSelf && (r|0x20) >= 'a' && (r|0x20) <= 'z':
			if n < len(word) {
				word[n] = byte(r | 0x20)
			}
			n++
			letters++
			latin++
		case r < utf8.RuneSelf:
			end()
		case unicode.IsLetter(r):
			// No English function word has this letter.
			n = max(n, len(word)) + 1
			letters++
			if unicode.Is(unicode.Latin, r) {
				latin++
			}
		default:
			end()
		}
	}
	end()
	c.latin = 2*latin >= letters
	return c
}

// functionWords are frequent in English and rare in every other language in
// Latin letters.
var functionWords = map[string]bool{
	"and": true, "are": true, "been": true, "but": true, "from": true, "had": true, "has": true, "have": true,
	"he": true, "her": true, "his": true, "it": true, "its": true, "not": true, "of": true, "said": true,
	"she": true, "that": true, "the": true, "their": true, "they": true, "this": true, "to": true,
	"was": true, "were": true, "which": true, "who": true, "with": true, "would": true, "you": true,
}

// leading is the beginning of a text, at most n bytes, ending on a rune border.
func leading(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// languageCode reads what a source calls a language: "en", "en-US", "eng",
// "English". What it can't read is unknown, and left to the text.
func languageCode(s string) string {
	if s = strings.TrimSpace(s); s == "" {
		return ""
	}
	if tag, err := language.Parse(s); err == nil {
		if base, confidence := tag.Base(); confidence >= language.High {
			return base.String()
		}
		return ""
	}
	for lang, name := range whatlanggo.Langs {
		if strings.EqualFold(name, s) {
			return lang.Iso6391()
		}
	}
	return ""
}

// knownLanguage reports whether texts in the language can be told from others.
func knownLanguage(code string) bool {
	for lang := range whatlanggo.Langs {
		if lang.Iso6391() == code {
			return true
		}
	}
	return false
}
