package tag

import (
	"onrecord/corpus"
	"onrecord/stages/internal/linear"
)

// tagFeatures appends the properties by which the part of speech of word i of
// sentence s is decided; the tags before it are known.
func (a *article) tagFeatures(f []linear.Feature, s *sentence, i int) []linear.Feature {
	around := a.words[i-2 : i+3]
	before2, before, w, after, after2 := &around[0], &around[1], &around[2], &around[3], &around[4]
	t1, t2 := uint64(a.tags[i-1]), uint64(a.tags[i-2])
	var place uint64
	if i == int(s.start) {
		place = 1
	}
	if s.title {
		place |= 2
	}
	gaps := uint64(w.looks&glued)<<8 | uint64(after.looks&glued)
	usual, next := uint64(w.lex.usual), uint64(after.lex.usual)
	if after.looks&capital != 0 {
		next |= 0x80 // "Will" is no "will"
	}
	if w.looks&capital != 0 {
		f = append(f, linear.Mix(26, uint64(w.small.usual)<<8|t1, place), linear.Mix(27, uint64(w.small.usual)<<16|uint64(w.class), uint64(after.looks&capital)))
	}
	return append(f,
		linear.Mix(1, w.plain, 0),
		linear.Mix(2, w.form, place),
		linear.Mix(3, w.suffix, 0),
		linear.Mix(4, w.suffix&0xFFFF, t1),
		linear.Mix(5, w.prefix, 0),
		linear.Mix(6, w.shape, place),
		linear.Mix(7, t1, usual),
		linear.Mix(8, t1<<8|t2, 0),
		linear.Mix(9, t1, w.plain),
		linear.Mix(10, before.plain, 0),
		linear.Mix(11, before2.plain, 0),
		linear.Mix(12, after.plain, 0),
		linear.Mix(13, after2.plain, 0),
		linear.Mix(14, after.suffix, usual),
		linear.Mix(15, next<<8|usual, t1),
		linear.Mix(16, before.plain, w.plain),
		linear.Mix(17, after.shape, w.suffix),
		linear.Mix(18, next<<8|uint64(after2.lex.usual), w.suffix),
		linear.Mix(19, gaps, w.shape),
		linear.Mix(20, uint64(w.class)<<16|uint64(after.class), place),
		linear.Mix(21, uint64(w.class)<<8|uint64(w.looks&capital), t1<<8|next),
		linear.Mix(23, uint64(w.lex.cluster), t1),
		linear.Mix(22, uint64(before.class)<<16|uint64(w.class), uint64(w.looks&capital)),
	)
}

// speech decides the part of speech of every word of a sentence from left to right.
func (a *article) speech(s *sentence, decide func(i int) corpus.Tag) {
	for i := int(s.start); i < int(s.end); i++ {
		switch w := &a.words[i]; {
		case w.lex.certain:
			a.tags[i] = w.lex.usual
		default:
			a.tags[i] = a.proper(s, i, decide(i))
		}
	}
}

// inside reports whether word i is capitalised where no sentence or quotation begins.
func (a *article) inside(s *sentence, i int) bool {
	if a.words[i].looks&(capital|shout) != capital || i == int(s.start) || s.title {
		return false
	}
	switch a.tags[i-1] {
	case corpus.OpenQuote, corpus.CloseQuote, corpus.Colon, corpus.Period, corpus.LRB:
		return false
	}
	return true
}

// proper is the tag of word i if a classifier chose t: nouns that are capitalised inside
// a sentence are proper ones, and so is whatever the training text never had there.
func (a *article) proper(s *sentence, i int, t corpus.Tag) corpus.Tag {
	usual := a.words[i].lex.usual
	if t.IsProper() || t.IsAdjective() || t == usual || !a.inside(s, i) {
		return t
	}
	switch {
	case t == corpus.NN:
		return corpus.NNP
	case t == corpus.NNS:
		return corpus.NNPS
	case usual == corpus.NoTag && (t.IsVerb() || t == corpus.MD || t == corpus.IN || t == corpus.RB):
		return corpus.NNP
	}
	return t
}

// common reports whether word i can be no proper noun: an unknown one in lower case, in a
// sentence that has capitals.
func (a *article) common(s *sentence, i int) bool {
	w := &a.words[i]
	return w.looks&(letter|upper|particle) == letter && !s.flat && w.lex.usual == corpus.NoTag
}

// speaks chooses the tag of word i by the scores that a classifier gave.
func (a *article) speaks(s *sentence, i int, scores *[linear.MaxClasses]int32) corpus.Tag {
	common := a.common(s, i)
	best := corpus.NoTag
	for t := corpus.Tag(1); t < corpus.NumTags; t++ {
		if scores[t] > scores[best] && !(common && t.IsProper()) {
			best = t
		}
	}
	return best
}
