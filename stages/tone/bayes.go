package tone

import (
	"fmt"
	"sync"

	"github.com/cdipaolo/sentiment"

	"onrecord/corpus"
)

// bayes is the second opinion. The model takes about 0.4 s to restore: the first
// Annotator starts that in the background, the first opinion waits for it.
type bayes struct {
	ready  chan struct{}
	models sentiment.Models
	err    error
}

var startBayes = sync.OnceValue(func() *bayes {
	b := &bayes{ready: make(chan struct{})}
	go func() {
		defer close(b.ready)
		b.models, b.err = sentiment.Restore()
	}()
	return b
})

// opinion is the model's class of a text; it knows no neutral. The model is read
// only, so that goroutines may share it.
func (b *bayes) opinion(text string) (corpus.Polarity, error) {
	<-b.ready
	if b.err != nil {
		return corpus.Neutral, fmt.Errorf("tone: restore the second opinion: %w", b.err)
	}
	// Predict alone: SentimentAnalysis also classifies each word and sentence, at many times the cost.
	if b.models[sentiment.English].Predict(text) == 1 {
		return corpus.Positive, nil
	}
	return corpus.Negative, nil
}
