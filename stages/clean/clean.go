// Package clean finds the paragraphs of a document and tells the article from
// what surrounds it: related links, "comments are closed", captions, share bars,
// datelines. Boilerplate stays in the text; later stages skip it.
//
// The rules are for precision: a line of the article taken for boilerplate loses
// its statements, a line of boilerplate kept rarely gains one. A line that quotes
// somebody is never boilerplate.
package clean

import (
	"onrecord/corpus"
)

// Stage is the stage; it has no options.
type Stage struct{}

// Info describes the stage.
func (Stage) Info() corpus.Info {
	return corpus.Info{
		Name: "clean",
		// 1: first rules
		// 2: datelines with regions and dates, runs of links, separators, times, code, credits
		// 3: notes of editors, notes on authors
		Version: 3,
		Adds:    corpus.Blocks,
	}
}

// Annotator returns the function that annotates one document.
func (Stage) Annotator() (func(*corpus.Document) error, error) {
	list, err := readPhrases(phraseFile)
	if err != nil {
		return nil, err
	}
	var blocks []corpus.Block
	return func(doc *corpus.Document) error {
		blocks = paragraphs(blocks[:0], doc.Text)
		list.judge(blocks, doc)
		links(blocks, doc.Text)
		author(blocks, doc.Text)
		doc.Blocks = make([]corpus.Block, 0, len(blocks)+1)
		for i, b := range blocks {
			if n := storyDateline(blocks, i, doc.Text); n > 0 {
				line := corpus.Span{Start: b.Start, End: b.Start + int32(n)}
				doc.Blocks = append(doc.Blocks, corpus.Block{Span: trim(doc.Text, line), Kind: corpus.Boilerplate, Rule: "dateline"})
				b.Span = trim(doc.Text, corpus.Span{Start: line.End, End: b.End})
			}
			doc.Blocks = append(doc.Blocks, b)
		}
		return nil
	}, nil
}

// storyDateline is the length of the dateline of block i, which is among the first
// of the text, or of an entry of a live blog.
func storyDateline(blocks []corpus.Block, i int, text string) int {
	const first = 4
	if blocks[i].Kind != corpus.Body || i >= first && blocks[i-1].Rule != "time" && blocks[i-1].Rule != "separator" {
		return 0
	}
	return dateline(blocks[i].Of(text))
}
