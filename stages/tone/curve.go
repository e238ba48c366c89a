package tone

import (
	"onrecord/corpus"
	"onrecord/stages/internal/polarity"
)

// The label is decided by thresholds between ordinary words: one plain negative
// word or two negations make a statement negative, one plain positive word
// positive. How far that can be trusted is another question: belief is the
// ordinal logistic of label by sum that Fit finds on NewsMTSC. Its labels are
// of single targets, where a statement has one tone for all of them, so that its
// doubt is too large for a statement; doubt is the share of it that remains.
var (
	decision = polarity.Curve{Low: -0.3, High: 0.75, Scale: 2}
	belief   = polarity.Curve{Low: -1.13, High: 1.52, Scale: 0.69}
)

const doubt = 0.68

func label(sum float32) (l corpus.Polarity, confidence float32) {
	l, _ = decision.Label(sum)
	p := belief.Probabilities(float64(sum))[l+1]
	return l, float32(1 - doubt*(1-p))
}
