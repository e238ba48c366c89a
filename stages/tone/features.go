package tone

import (
	"onrecord/corpus"
	"onrecord/stages/internal/linear"
	"onrecord/stages/internal/polarity"
)

// The templates of features, numbered for [linear.Mix]. Words are masked: no name is a feature.
const (
	wordFeature  = iota + 201 // a word, negation marked
	stemFeature               // the same without its ending
	pairFeature               // two words in a row
	hitFeature                // a judgement's sign and strength
	turnFeature               // a judgement's sign, and whether and by what it was turned
	sumFeature                // what the judgements add up to, in steps
	aboveFeature              // a threshold that the sum is above
	bothFeature               // what is for and what is against, together

	// Of statements alone.
	cueFeature     // a word of the cue
	cueOverFeature // a word of the cue, and what the content adds up to
	cueSumFeature  // what the cue adds up to
	apartFeature   // what cue and content add up to, each by itself
	lengthFeature  // how long it is
	kindFeature    // direct, mixed or indirect
	saidFeature    // what the content adds up to, by kind
)

// thresholds of the sum of judgements that are features.
var thresholds = [...]float32{-3, -2, -1.5, -1, -0.75, -0.5, -0.25, 0.25, 0.5, 0.75, 1, 1.5, 2, 3}

// features describes stretches of tokens by their words and by the judgements in them
// (sc.hits). The index of the word or judgement that a feature comes from is in
// sc.origin: a token, or -1.
func (sc *Scorer) features(parts []corpus.Span) []linear.Feature {
	sc.found, sc.origin = sc.found[:0], sc.origin[:0]
	for _, part := range parts {
		sc.wordFeatures(part)
	}
	var good, bad, sum float32
	for _, h := range sc.hits {
		w, sign := h.Weight(), uint64(0)
		sum += w
		if w > 0 {
			good, sign = good+w, 1
		} else {
			bad -= w
		}
		sc.add(h.Head, linear.Mix(hitFeature, sign, steps(max(w, -w), 2, 4)))
		sc.add(h.Head, linear.Mix(turnFeature, sign, turned(h)))
	}
	sc.add(-1, linear.Mix(sumFeature, 1, steps(good, 1.5, 8)))
	sc.add(-1, linear.Mix(sumFeature, 2, steps(bad, 1.5, 8)))
	sc.add(-1, linear.Mix(sumFeature, 3, steps(sum+4, 2, 16)))
	sc.add(-1, linear.Mix(bothFeature, steps(good, 1.5, 8), steps(bad, 1.5, 8)))
	for i, t := range thresholds {
		if sum > t {
			sc.add(-1, linear.Mix(aboveFeature, uint64(i), 0))
		}
	}
	return sc.found
}

// spoken describes a statement, whose parts are at hand: as any words, and by what its cue is.
func (sc *Scorer) spoken(doc *corpus.Document, st *corpus.Statement) []linear.Feature {
	sc.features(sc.parts)
	cue, content := float32(0), float32(0)
	for _, h := range sc.hits {
		if inCue(doc, st, h.Head) {
			cue += h.Weight()
		} else {
			content += h.Weight()
		}
	}
	over := steps(content+3, 1.5, 9)
	length := 0
	for _, part := range sc.parts {
		length += part.Len()
		for i := part.Start; i < part.End; i++ {
			if inCue(doc, st, i) && !sc.words.Name(i) {
				sc.add(i, linear.Mix(cueFeature, sc.forms.Stem(i), 0))
				sc.add(i, linear.Mix(cueOverFeature, sc.forms.Stem(i), over))
			}
		}
	}
	by := steps(cue+2, 2, 8)
	sc.add(-1, linear.Mix(cueSumFeature, by, 0))
	sc.add(-1, linear.Mix(apartFeature, by, over))
	sc.add(-1, linear.Mix(lengthFeature, steps(float32(length), 0.2, 12), 0))
	sc.add(-1, linear.Mix(kindFeature, uint64(st.Kind), 0))
	sc.add(-1, linear.Mix(saidFeature, over, uint64(st.Kind)))
	return sc.found
}

// inCue reports whether a token is of the cue.
func inCue(doc *corpus.Document, st *corpus.Statement, token int32) bool {
	for _, c := range st.Cue {
		if c.Contains(doc.Tokens[token]) {
			return true
		}
	}
	return false
}

func (sc *Scorer) wordFeatures(part corpus.Span) {
	sc.masked, _ = sc.forms.Words(sc.masked[:0], part, corpus.Span{Start: -1, End: -1})
	previous := uint64(0)
	for _, w := range sc.masked {
		negated := uint64(0)
		if w.Negated {
			negated = 1
		}
		sc.add(w.First, linear.Mix(wordFeature, w.Form, negated))
		sc.add(w.First, linear.Mix(stemFeature, w.Stem, negated))
		sc.add(w.First, linear.Mix(pairFeature, previous, w.Form))
		previous = w.Form
	}
}

func (sc *Scorer) add(origin int32, f linear.Feature) {
	sc.found, sc.origin = append(sc.found, f), append(sc.origin, origin)
}

// turned tells judgements as they stand from turned ones and from effects on an object.
func turned(h polarity.Hit) uint64 {
	t := uint64(0)
	if h.Turned {
		t = 1
	}
	if h.Effect {
		t += 2
	}
	return t
}

// steps cuts an amount into at most most steps.
func steps(x, perUnit, most float32) uint64 {
	return uint64(max(0, min(most, float32(x*perUnit)+0.5)))
}
