package tone

import (
	"math"
	"sync"

	"onrecord/corpus"
	"onrecord/stages/internal/polarity"
)

var vaderWords = sync.OnceValues(polarity.Vader)

// Vader is what VADER's word list says of a text by its rules of negation and its
// thresholds (Hutto and Gilbert, 2014): a yardstick for eval, no part of the stage.
func Vader(text string) (corpus.Polarity, error) {
	words, err := vaderWords()
	if err != nil {
		return corpus.Neutral, err
	}
	sum := words(text)
	switch compound := sum / math.Sqrt(sum*sum+15); {
	case compound >= 0.05:
		return corpus.Positive, nil
	case compound <= -0.05:
		return corpus.Negative, nil
	}
	return corpus.Neutral, nil
}
