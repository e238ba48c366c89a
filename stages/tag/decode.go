package tag

import (
	"onrecord/corpus"
	"onrecord/stages/internal/linear"
)

// decoder finds the best labels of a sentence: exact search over pairs of neighbours
// (Viterbi), in arrays.
type decoder struct {
	back     [][numLabels]label // for each word the label before it, for each of its own
	features []linear.Feature
	word     [linear.MaxClasses]int32
	link     [linear.MaxClasses]int32
}

// scorer is a classifier of labels, learned or being learned.
type scorer interface {
	Scores(features []linear.Feature, out *[linear.MaxClasses]int32)
}

// names labels the words of a sentence. cost, if not nil, is added to each label but
// the word's own in it: what a learner wants to get right with room to spare.
func (d *decoder) names(a *article, s *sentence, m *memory, by scorer, gold []label, cost int32) {
	d.back = resize(d.back, int(s.end-s.start))
	for start := int(s.start); start < int(s.end); {
		if !a.nameable(s, start) {
			a.labels[start] = 0
			start++
			continue
		}
		end := start + 1
		for end < int(s.end) && a.nameable(s, end) {
			end++
		}
		d.run(a, s, start, end, m, by, gold, cost)
		start = end
	}
}

// nameable reports whether word i of sentence s can be part of a name at all: if it
// has a capital letter, or is a small word before one that has ("von der Leyen", "Bank
// of Oslo"), or a number or sign after one ("Boeing 737").
func (a *article) nameable(s *sentence, i int) bool {
	w := &a.words[i]
	switch {
	case w.lex.outside:
		return false
	case w.looks&upper != 0 || s.flat:
		return true
	case w.looks&letter == 0 && a.words[i-1].looks&capital != 0:
		return true
	case w.looks&letter != 0 && !w.looksSmall():
		return false
	}
	return a.words[i+1].looks&capital != 0 || a.words[i+2].looks&capital != 0
}

// looksSmall: a particle or a preposition rather than a noun.
func (w *word) looksSmall() bool {
	switch w.lex.usual {
	case corpus.IN, corpus.DT, corpus.CC, corpus.TO, corpus.FW, corpus.POS:
		return true
	}
	return w.looks&brief != 0
}

// run labels words start to end of the sentence; the words around them are outside.
func (d *decoder) run(a *article, s *sentence, start, end int, m *memory, by scorer, gold []label, cost int32) {
	const never = -1 << 30
	var best, next [numLabels]int32
	for l := range best {
		best[l] = never
	}
	best[0] = 0
	word, link := &d.word, &d.link
	for i := start; i < end; i++ {
		d.features = a.nameFeatures(d.features[:0], s, i, m)
		by.Scores(d.features, word)
		back := &d.back[i-int(s.start)]
		for l := range next {
			next[l] = never
		}
		for before := range label(numLabels) {
			if best[before] == never {
				continue
			}
			d.features = a.linkFeatures(d.features[:0], i, before)
			by.Scores(d.features, link)
			for l := range label(numLabels) {
				if !l.follows(before) {
					continue
				}
				if score := best[before] + word[l] + link[l]; score > next[l] {
					next[l], back[l] = score, before
				}
			}
		}
		if gold != nil {
			for l := range next {
				if label(l) != gold[i] && next[l] != never {
					next[l] += cost
				}
			}
		}
		best = next
	}
	last := label(0)
	for l := range label(numLabels) {
		if best[l] > best[last] {
			last = l
		}
	}
	for i := end - 1; i >= start; i-- {
		a.labels[i] = last
		last = d.back[i-int(s.start)][last]
	}
}
