package tag

import "onrecord/corpus"

// margin is how many blank words stand before and after every sentence, so that
// context never has to be checked for being there.
const margin = 2

// article is a document as the classifiers see it: the words of all its sentences,
// each sentence between margins. Words, tags and labels are parallel.
type article struct {
	words     []word
	tags      []corpus.Tag
	labels    []label
	sentences []sentence
}

// sentence is a range of an article's words.
type sentence struct {
	start, end int32 // words, without the margins
	first      int32 // index in the document of its first token
	title      bool  // most words of it are capitalised
	flat       bool  // none is
}

// read fills a with doc, reusing its memory.
func (a *article) read(doc *corpus.Document, lex *lexicon) {
	a.words, a.sentences = append(a.words[:0], make([]word, margin)...), a.sentences[:0]
	for _, span := range doc.Sentences {
		start := len(a.words)
		capitals, letters := 0, 0
		for i := span.Start; i < span.End; i++ {
			a.words = append(a.words, word{})
			w := &a.words[len(a.words)-1]
			w.look(doc.Tokens[i].Of(doc.Text))
			if i > 0 && doc.Tokens[i-1].End == doc.Tokens[i].Start {
				w.looks |= glued
			}
			w.lex = lex.find(keyOf(w.exact))
			if w.looks&capital != 0 {
				w.small = lex.find(keyOf(w.lower))
			}
			w.known()
			if w.looks&(letter|digit) == letter {
				letters++
				if w.looks&capital != 0 {
					capitals++
				}
			}
		}
		a.sentences = append(a.sentences, sentence{
			start: int32(start), end: int32(len(a.words)), first: span.Start,
			title: letters >= 4 && 10*capitals >= 6*letters, flat: capitals == 0 && letters >= 4})
		if s := &a.sentences[len(a.sentences)-1]; !s.title {
			a.name(s)
		}
		a.words = append(a.words, make([]word, margin)...)
	}
	a.tags = resize(a.tags, len(a.words))
	a.labels = resize(a.labels, len(a.words))
}

// name makes names of words that are small by their form but capitalised after another
// word, and that somebody is called: "Vice Premier He", "trust Will Quist".
func (a *article) name(s *sentence) {
	for i := s.start + 1; i < s.end; i++ {
		w := &a.words[i]
		if w.looks&(capital|shout) != capital || w.class&namesPerson == 0 || a.words[i-1].looks&(letter|digit) == 0 {
			continue
		}
		switch w.small.usual {
		case corpus.MD, corpus.PRP, corpus.IN, corpus.DT:
			w.lex, w.small = lexeme{usual: corpus.NNP, certain: true}, lexeme{}
			w.form, w.plain = w.like(), w.like()
		}
	}
}

// resize gives n zero values, in the memory of s if it is enough.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}
