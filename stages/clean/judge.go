package clean

import (
	"strings"

	"onrecord/corpus"
)

// judge gives every block its kind by what it says alone; see links for what
// depends on its neighbours.
func (p *phrases) judge(blocks []corpus.Block, doc *corpus.Document) {
	for i := range blocks {
		b := &blocks[i]
		line := plain(b.Of(doc.Text))
		switch {
		case isTitle(b.Of(doc.Text), doc.Title):
			b.Kind, b.Rule = corpus.Headline, "title"
		case len(line) > longestNote:
			// a paragraph
		case p.label(line):
			b.Kind, b.Rule = corpus.Boilerplate, "related"
		case quotes(line):
			if i == 0 && isHeading(line) {
				b.Kind, b.Rule = corpus.Headline, "first"
			}
		default:
			if b.Rule = p.rule(line); b.Rule == "" && len(line) <= longestLine {
				b.Rule = shape(line, len(blocks)-1-i)
			}
			switch {
			case b.Rule != "":
				b.Kind = corpus.Boilerplate
			case i == 0 && (isHeading(line) || titleCased(line)):
				b.Kind, b.Rule = corpus.Headline, "first"
			}
		}
	}
}

// plain has one kind of space and of apostrophe.
func plain(line string) string {
	if len(line) > longestNote || !strings.ContainsAny(line, "\u00a0’") {
		return line
	}
	return plainMarks.Replace(line)
}

var plainMarks = strings.NewReplacer("\u00a0", " ", "’", "'")

func isTitle(line, title string) bool {
	return title != "" && strings.EqualFold(line, strings.TrimSpace(title))
}

// longestLine is the length in bytes of the longest line that is no paragraph.
const longestLine = 240

// isHeading: a line without a sentence's end.
func isHeading(line string) bool { return !endsSentence(line) }

// isProse: a full paragraph.
func isProse(line string) bool { return len(line) > 120 && endsSentence(line) }

func endsSentence(line string) bool {
	line = strings.TrimRight(line, "\"'”’»)] ")
	return line != "" && strings.ContainsAny(line[len(line)-1:], ".!?:;,") || strings.HasSuffix(line, "…")
}

// quotes: somebody's words may be here.
func quotes(line string) bool {
	if strings.ContainsAny(line, "\"“”«»") || strings.Contains(line, " ‘") || strings.HasPrefix(line, "‘") {
		return true
	}
	for _, verb := range [...]string{" said", " says", " told ", "according to", "According to"} {
		if strings.Contains(line, verb) {
			return true
		}
	}
	return false
}
