package stance

import (
	"onrecord/corpus"
	"onrecord/stages/internal/linear"
	"onrecord/stages/internal/masked"
)

// The templates of features, numbered for [linear.Mix]. Words are masked: no name is a feature.
const (
	wordFeature            = iota + 101 // anywhere in the sentence, negation marked
	stemFeature                         // the same without its ending
	sideFeature                         // before or after the target
	distanceFeature                     // and how far
	windowFeature                       // at a place near the target
	pairFeature                         // two words in a row
	skipFeature                         // two words with one between
	tagFeature                          // a part of speech, its side and distance
	contextFeature                      // the words around the target together
	targetFeature                       // what the target is, and the word after it
	relationFeature                     // a judgement's sign and its relation to the target
	relatedFeature                      // a relation and the judging word
	distantJudgement                    // a judgement's sign, side and distance
	sumFeature                          // what the judgements add up to
	pathFeature                         // a word by its path of arcs to the target
	lengthFeature                       // a word by the length of that path
	headFeature                         // what the target depends on, and how
	siblingFeature                      // and what else depends on that
	judgementPathFeature                // a judgement's sign by its path of arcs to the target
	judgementLengthFeature              // by the length of the path
	judgementPlaceFeature               // by what the target is to its head
)

// features describes a sentence, or the part of it that a statement holds, as seen from
// a target in it: words and judgements (sc.bearing, see bear) with their places.
func (sc *Scorer) features(dst []linear.Feature, doc *corpus.Document, part, target corpus.Span) []linear.Feature {
	var at int
	sc.origin = sc.origin[:0]
	sc.masked, at = sc.forms.Words(sc.masked[:0], part, target)
	if at < 0 {
		return dst
	}
	dst = sc.wordFeatures(dst, at)
	dst = sc.aroundFeatures(dst, doc, at, target)
	dst = sc.arcFeatures(dst, doc, part, target)
	return sc.judgementFeatures(dst, target)
}

// near is how many words around the target are known by their place.
const near = 3

func (sc *Scorer) wordFeatures(dst []linear.Feature, at int) []linear.Feature {
	for i, w := range sc.masked {
		if i == at {
			continue
		}
		form := w.Form
		if w.Negated {
			form = ^form
		}
		place := placeOf(i - at)
		next, second := sc.formAt(i+1), sc.formAt(i+2)
		dst = append(dst,
			linear.Mix(wordFeature, form, 0),
			linear.Mix(stemFeature, w.Stem, 0),
			linear.Mix(sideFeature, form, place&1),
			linear.Mix(distanceFeature, w.Form, place),
			linear.Mix(tagFeature, uint64(w.Tag), place))
		if d := i - at; -near <= d && d <= near {
			dst = append(dst, linear.Mix(windowFeature, w.Form, uint64(d+near)))
		}
		if i+1 < len(sc.masked) {
			dst = append(dst, linear.Mix(pairFeature, form, next))
		}
		if i+2 < len(sc.masked) {
			dst = append(dst, linear.Mix(skipFeature, w.Form, second))
		}
		sc.from(dst, w.First)
	}
	return dst
}

// from notes the token that the features since the last call come from; -1 is the
// sentence as a whole. It is for saying why, and does nothing else.
func (sc *Scorer) from(features []linear.Feature, token int32) {
	for sc.say != nil && len(sc.origin) < len(features) {
		sc.origin = append(sc.origin, token)
	}
}

// placeOf numbers side (the lowest bit) and distance, which grows coarse.
func placeOf(d int) uint64 {
	side := uint64(0)
	if d < 0 {
		side, d = 1, -d
	}
	switch {
	case d <= 2:
		return side
	case d <= 5:
		return side + 2
	case d <= 10:
		return side + 4
	}
	return side + 6
}

func (sc *Scorer) formAt(i int) uint64 {
	if i < 0 || i >= len(sc.masked) {
		return masked.Outside
	}
	return sc.masked[i].Form
}

// aroundFeatures are the words next to the target taken together, and what the target is.
func (sc *Scorer) aroundFeatures(dst []linear.Feature, doc *corpus.Document, at int, target corpus.Span) []linear.Feature {
	b3, b2, b1 := sc.formAt(at-3), sc.formAt(at-2), sc.formAt(at-1)
	a1, a2, a3 := sc.formAt(at+1), sc.formAt(at+2), sc.formAt(at+3)
	dst = append(dst,
		linear.Mix(contextFeature, b2, b1),
		linear.Mix(contextFeature+100, a1, a2),
		linear.Mix(contextFeature+200, b1, a1),
		linear.Mix(contextFeature+300, a1, uint64(linear.Mix(0, a2, a3))),
		linear.Mix(contextFeature+400, b1, uint64(linear.Mix(0, b2, b3))))
	kind := uint64(1)
	if k := firstEntity(doc, target.Start); k < len(doc.Entities) && doc.Entities[k].Span.Overlaps(target) {
		kind = 2 // a name of any kind
	}
	if t := doc.Tags[target.Start]; t == corpus.PRP || t == corpus.PRPS {
		kind = 3 + uint64(t)
	}
	dst = append(dst, linear.Mix(targetFeature, kind, 0), linear.Mix(targetFeature, kind, a1))
	if at == 0 {
		dst = append(dst, linear.Mix(targetFeature, kind, 1))
	}
	sc.from(dst, target.Start)
	return dst
}

// judgementFeatures say which judgements there are and how they stand to the target.
func (sc *Scorer) judgementFeatures(dst []linear.Feature, target corpus.Span) []linear.Feature {
	var for_, against, sum float32
	var sides [2][2]float32
	for _, b := range sc.bearing {
		w, sign, side := b.hit.Weight(), uint64(0), 0
		if b.hit.Head > target.Start {
			side = 1
		}
		if w > 0 {
			for_, sign = for_+w, 1
			sides[side][1] += w
		} else {
			against -= w
			sides[side][0] -= w
		}
		sum += b.weight
		dst = append(dst,
			linear.Mix(relationFeature, uint64(b.relation), sign),
			linear.Mix(relatedFeature, uint64(b.relation), sc.forms.Stem(b.hit.Head)),
			linear.Mix(distantJudgement, placeOf(int(b.hit.Head-target.Start)), sign))
		sc.from(dst, b.hit.Head)
	}
	dst = append(dst,
		linear.Mix(sumFeature, 1, steps(for_, 1.5)),
		linear.Mix(sumFeature, 2, steps(against, 1.5)),
		linear.Mix(sumFeature, 3, steps(for_-against+3, 1.5)),
		linear.Mix(sumFeature, 4, steps(sum+3, 2)))
	for i, s := range sides {
		dst = append(dst,
			linear.Mix(sumFeature, 5+uint64(i), steps(s[0], 1.5)),
			linear.Mix(sumFeature, 7+uint64(i), steps(s[1], 1.5)))
	}
	sc.from(dst, -1)
	return dst
}

// steps cuts an amount into at most a dozen steps.
func steps(x, perUnit float32) uint64 {
	return uint64(max(0, min(12, float32(x*perUnit)+0.5)))
}
