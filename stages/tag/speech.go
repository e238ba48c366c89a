package tag

import (
	"onrecord/corpus"
	"onrecord/stages/internal/linear"
)

// margin is how many blank words stand before and after a sentence, so that context
// never has to be checked for being there.
const margin = 2

// sentence is one sentence as the classifiers see it: its words between margins.
type sentence struct {
	words  []word // margin + n + margin
	tags   []corpus.Tag
	labels []label
	title  bool // most words of it are capitalised
	first  int  // index in the document of its first token
}

// read fills s with a sentence of doc, reusing its memory.
func (s *sentence) read(doc *corpus.Document, span corpus.Span, lex *lexicon) {
	s.first = int(span.Start)
	s.words = append(s.words[:0], make([]word, margin)...)
	capitals, letters := 0, 0
	for i := span.Start; i < span.End; i++ {
		var w word
		w.look(doc.Tokens[i].Of(doc.Text))
		if i > 0 && doc.Tokens[i-1].End == doc.Tokens[i].Start {
			w.looks |= glued
		}
		w.lex = lex.find(&w)
		if w.looks&letter != 0 && w.looks&digit == 0 {
			letters++
			if w.looks&capital != 0 {
				capitals++
			}
		}
		s.words = append(s.words, w)
	}
	s.words = append(s.words, make([]word, margin)...)
	s.title = letters >= 4 && 10*capitals >= 6*letters
	s.tags = append(s.tags[:0], make([]corpus.Tag, len(s.words))...)
	s.labels = append(s.labels[:0], make([]label, len(s.words))...)
}

// tagFeatures appends the properties by which the part of speech of word i (counted
// with the margin) is decided; the tags before it are known.
func (s *sentence) tagFeatures(f []linear.Feature, i int) []linear.Feature {
	w := &s.words[i]
	before, after := &s.words[i-1], &s.words[i+1]
	t1, t2 := uint64(s.tags[i-1]), uint64(s.tags[i-2])
	var place uint64
	if i == margin {
		place = 1
	}
	if s.title {
		place |= 2
	}
	gaps := uint64(w.looks&glued)<<8 | uint64(after.looks&glued)
	return append(f,
		linear.Mix(1, w.lower, 0),
		linear.Mix(2, w.exact, place),
		linear.Mix(3, w.suffix, 0),
		linear.Mix(4, w.suffix&0xFFFF, t1),
		linear.Mix(5, w.prefix, 0),
		linear.Mix(6, w.shape, place),
		linear.Mix(7, t1, uint64(w.lex.usual)),
		linear.Mix(8, t1<<8|t2, 0),
		linear.Mix(9, t1, w.lower),
		linear.Mix(10, before.lower, 0),
		linear.Mix(11, s.words[i-2].lower, 0),
		linear.Mix(12, after.lower, 0),
		linear.Mix(13, s.words[i+2].lower, 0),
		linear.Mix(14, after.suffix, uint64(w.lex.usual)),
		linear.Mix(15, uint64(after.lex.usual)<<8|uint64(w.lex.usual), t1),
		linear.Mix(16, before.lower, w.lower),
		linear.Mix(17, after.shape, w.suffix),
		linear.Mix(18, uint64(after.lex.usual)<<8|uint64(s.words[i+2].lex.usual), w.suffix),
		linear.Mix(19, gaps, w.shape),
		linear.Mix(20, uint64(w.class)<<16|uint64(after.class), place),
		linear.Mix(21, uint64(w.class)<<8|uint64(w.looks&capital), t1<<8|uint64(after.lex.usual)),
		linear.Mix(22, uint64(before.class)<<16|uint64(w.class), uint64(w.looks&capital)),
	)
}

// speech decides the part of speech of every word from left to right.
func (s *sentence) speech(decide func(i int) corpus.Tag) {
	for i := margin; i < len(s.words)-margin; i++ {
		s.tags[i] = decide(i)
	}
}
