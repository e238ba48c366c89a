package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/corpus"
)

// paragraphs appends one block a paragraph, trimmed of white space: a line each,
// or, in hard-wrapped text, what stands between blank lines.
func paragraphs(out []corpus.Block, text string) []corpus.Block {
	wrapped := hardWrapped(text)
	start := 0
	add := func(end int) {
		if s := trim(text, corpus.Span{Start: int32(start), End: int32(end)}); s.Len() > 0 {
			out = append(out, corpus.Block{Span: s})
		}
	}
	for i := 0; i < len(text); {
		n := strings.IndexByte(text[i:], '\n')
		if n < 0 {
			break
		}
		i += n + 1
		if wrapped && !blankAt(text, i) && !blankBefore(text, i-1) {
			continue
		}
		add(i)
		start = i
	}
	add(len(text))
	return out
}

// blankAt reports that the line beginning at i is blank.
func blankAt(text string, i int) bool {
	line, _, _ := strings.Cut(text[i:], "\n")
	return strings.TrimSpace(line) == ""
}

// blankBefore reports that the line ending at i is blank.
func blankBefore(text string, i int) bool {
	return strings.TrimSpace(text[strings.LastIndexByte(text[:i], '\n')+1:i]) == ""
}

// Lines of 50 to 90 characters that end without punctuation, most of them, are the
// mark of text wrapped by a machine.
func hardWrapped(text string) bool {
	lines, full := 0, 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		lines++
		if n := utf8.RuneCountInString(line); n >= 50 && n <= 90 && !strings.ContainsAny(line[len(line)-1:], ".!?\"") {
			full++
		}
	}
	return lines >= 8 && full*10 >= lines*6
}

func trim(text string, s corpus.Span) corpus.Span {
	piece := text[s.Start:s.End]
	left := strings.TrimLeftFunc(piece, isSpace)
	s.Start = s.End - int32(len(left))
	s.End = s.Start + int32(len(strings.TrimRightFunc(left, isSpace)))
	return s
}

func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' }
