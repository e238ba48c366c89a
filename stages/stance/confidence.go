package stance

import (
	"onrecord/corpus"
)

// What is known of a target found in a statement, for the confidence in what is said of
// it: the regression alone knows how a sentence stands to a target that somebody has
// given it, not whether the statement is about this one.
const (
	always     = iota // 1
	supporting        // 1 if the position is support, which is rarer
	neither           // 1 if there is no position; then all that follow are 0
	depth             // arcs from the head of the content down to the target, of its nearest mention
	closeness         // what the close judgements add up to, in the direction of the position
	where             // 1 of a place
	numFacts
)

const (
	maxDepth     = 5
	depthOutside = 2 // of a target that the cue names
	maxCloseness = 1.5
)

type facts [numFacts]float64

// facts are those of a target on which a verdict was found; sc.bearing holds the
// judgements that bear on it.
func (sc *Scorer) facts(doc *corpus.Document, st *corpus.Stance, t *target) (f facts) {
	f[always] = 1
	if st.Label == corpus.NoPosition {
		f[neither] = 1
		return f
	}
	if st.Label == corpus.Support {
		f[supporting] = 1
	}
	if st.TargetKind == corpus.TargetPlace {
		f[where] = 1
	}
	f[depth] = float64(sc.depth(doc, t))
	sum := float32(0)
	for _, b := range sc.bearing {
		switch b.relation {
		case object, judged, predicate, subject, bound, modifier:
			sum += b.weight
		}
	}
	f[closeness] = float64(max(0, min(maxCloseness, float32(sum*float32(st.Label)))))
	return f
}

// depth is how far below the head of the content the nearest mention hangs.
func (sc *Scorer) depth(doc *corpus.Document, t *target) int {
	least := -1
	for _, m := range t.mentions[:min(len(t.mentions), maxMentions)] {
		for _, part := range sc.contents {
			if part.Contains(m) {
				d := sc.tree.Depth(sc.tree.SpanHead(m)) - sc.tree.Depth(sc.tree.SpanHead(part))
				if least < 0 || d < least {
					least = d
				}
			}
		}
	}
	if least < 0 {
		return depthOutside
	}
	return min(least, maxDepth)
}

// believe sets the confidence in a verdict on a target found in a statement.
func (sc *Scorer) believe(doc *corpus.Document, st *corpus.Stance, t *target) {
	if f := sc.facts(doc, st, t); sc.model.found != nil {
		st.Confidence = float32(sc.model.found.Probability(f[:]))
	}
}
