// Package clean finds the paragraphs of a document and tells the article from
// what surrounds it: related links, "comments are closed", captions, share bars,
// datelines. Boilerplate stays in the text; later stages skip it.
//
// The rules are for precision: a line of the article taken for boilerplate loses
// its statements, a line of boilerplate kept rarely gains one.
package clean

import (
	"strings"
	"unicode/utf8"

	"onrecord/corpus"
)

// Stage is the stage; it has no options.
type Stage struct{}

// Info describes the stage.
func (Stage) Info() corpus.Info {
	return corpus.Info{
		Name:    "clean",
		Version: 1, // 1: first rules
		Adds:    corpus.Blocks,
	}
}

// Annotator returns the function that annotates one document.
func (Stage) Annotator() (func(*corpus.Document) error, error) {
	var blocks []corpus.Block
	return func(doc *corpus.Document) error {
		blocks = paragraphs(blocks[:0], doc.Text)
		judge(blocks, doc)
		doc.Blocks = make([]corpus.Block, 0, len(blocks)+1)
		for i, b := range blocks {
			if n := dateline(doc.Text[b.Start:b.End]); n > 0 && b.Kind == corpus.Body && i < firstBodies {
				line := corpus.Span{Start: b.Start, End: b.Start + int32(n)}
				doc.Blocks = append(doc.Blocks, corpus.Block{Span: trim(doc.Text, line), Kind: corpus.Boilerplate, Rule: "dateline"})
				b.Span = trim(doc.Text, corpus.Span{Start: line.End, End: b.End})
			}
			doc.Blocks = append(doc.Blocks, b)
		}
		return nil
	}, nil
}

// firstBodies is how many blocks into an article a dateline may stand.
const firstBodies = 4

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

// Lines of 50 to 90 bytes that end without punctuation, most of them, are the
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
