// Package segment cuts the paragraphs of a document into sentences and tokens.
//
// Tokens follow the Penn Treebank as Stanford CoreNLP writes it: clitics stand
// alone ("do|n't", "China|'s"), so do quotation marks and dashes, hyphenated words
// and abbreviations stay whole, currency signs part from their amounts. Sentences
// end at a full stop, question or exclamation mark that the news rules believe
// (abbreviations, initials, titles before names, a lower-case continuation after
// a quotation), and always at the end of a block: headlines and bylines need no
// full stop.
package segment

import (
	"onrecord/corpus"
)

// maxSentence is the length in tokens at which a sentence is cut, so that later
// stages stay linear on text without punctuation.
const maxSentence = 400

// Stage is the stage; it has no options.
type Stage struct{}

// Info describes the stage.
func (Stage) Info() corpus.Info {
	return corpus.Info{
		Name:    "segment",
		Version: 4, // 1: first rules; 2: p.m., party labels, host names, elements, spaced ellipses; 3: dashes before a capital; 4: posts on X
		Needs:   corpus.Blocks,
		Adds:    corpus.Sentences | corpus.Tokens,
	}
}

// Annotator returns the function that annotates one document.
func (Stage) Annotator() (func(*corpus.Document) error, error) {
	var s scanner
	return func(doc *corpus.Document) error {
		s.reset(doc.Text)
		for _, b := range doc.Blocks {
			if b.Kind != corpus.Boilerplate {
				s.block(b.Span)
			}
		}
		doc.Tokens = append(make([]corpus.Span, 0, len(s.tokens)), s.tokens...)
		doc.Sentences = append(make([]corpus.Span, 0, len(s.sentences)), s.sentences...)
		return nil
	}, nil
}

// scanner holds the text and what was found in it so far.
type scanner struct {
	text      string
	tokens    []corpus.Span
	sentences []corpus.Span
	begin     int // first token of the current sentence
}

func (s *scanner) reset(text string) {
	s.text, s.begin = text, 0
	s.tokens, s.sentences = s.tokens[:0], s.sentences[:0]
}

// block scans one paragraph and ends its last sentence.
func (s *scanner) block(b corpus.Span) {
	first := len(s.tokens)
	s.scan(int(b.Start), int(b.End))
	s.begin = first
	for i := first; i < len(s.tokens); i++ {
		if s.endsSentence(i, len(s.tokens)) || i+1-s.begin == maxSentence {
			// Closing marks belong to the sentence that they close.
			for i+1 < len(s.tokens) && s.closes(i+1) && i+1-s.begin < maxSentence {
				i++
			}
			s.end(i + 1)
		}
	}
	if s.begin < len(s.tokens) {
		s.end(len(s.tokens))
	}
}

func (s *scanner) end(token int) {
	s.sentences = append(s.sentences, corpus.Span{Start: int32(s.begin), End: int32(token)})
	s.begin = token
}

func (s *scanner) token(from, to int) {
	s.tokens = append(s.tokens, corpus.Span{Start: int32(from), End: int32(to)})
}

func (s *scanner) word(i int) string {
	if i < 0 || i >= len(s.tokens) {
		return ""
	}
	return s.tokens[i].Of(s.text)
}
