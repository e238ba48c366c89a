package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/corpus"
)

// links marks title-cased lines in mid-article as links to other articles: a run
// of them that follows prose, or the word "Related", and stands before prose, or
// ends the text. A single line at the end of the text is left alone.
func links(blocks []corpus.Block, text string) {
	const longestRun = 8
	for i := 1; i < len(blocks); i++ {
		end := i
		for end < len(blocks) && blocks[end].Kind == corpus.Body && titleCased(blocks[end].Of(text)) {
			end++
		}
		if end == i {
			continue
		}
		labelled := blocks[i-1].Rule == "related"
		after := labelled || blocks[i-1].Kind == corpus.Body && isProse(blocks[i-1].Of(text))
		before := end < len(blocks) && (isProse(blocks[end].Of(text)) || blocks[end].Kind == corpus.Boilerplate) ||
			end == len(blocks) && (labelled || end-i > 1)
		if after && before && end-i <= longestRun {
			for k := i; k < end; k++ {
				blocks[k].Kind, blocks[k].Rule = corpus.Boilerplate, "related"
			}
		}
		i = end
	}
}

// titleCased: at least five words, capitals on all that are longer than four
// letters. Without a full stop six words in ten have capitals, with one, as some
// archives put behind every line, eight. A line with quotation marks or a colon may
// say who said what, one that begins with a dash who said the lines above; a
// subheading is shorter, in sentence case, or all in capitals.
func titleCased(line string) bool {
	if len(line) > 140 || strings.ContainsAny(line, "\"“”:;―") || strings.ContainsAny(line[:1], "-*") || strings.HasPrefix(line, "—") ||
		strings.HasPrefix(line, "–") || !strings.ContainsFunc(line, unicode.IsLower) {
		return false
	}
	least := 6
	if bare := strings.TrimRight(line, ".?!"); bare != line {
		line, least = bare, 8
	} else if endsSentence(line) {
		return false
	}
	words, capitals, small := 0, 0, 0
	for word := range strings.FieldsSeq(line) {
		words++
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, "‘'(["))
		switch {
		case unicode.IsUpper(r) || unicode.IsDigit(r):
			capitals++
		case len(word) > 4:
			small++
		}
	}
	return words >= 5 && small == 0 && capitals*10 >= words*least
}
