package tone

import (
	_ "embed"
	"fmt"
	"sync"

	"onrecord/corpus"
	"onrecord/stages/internal/linear"
	"onrecord/stages/internal/polarity"
)

//go:embed tone.model
var modelFile []byte

// classes of the regression: negative, neutral, positive.
const classes = 3

// model is what was learned, shared and read-only.
type model struct {
	words *linear.Regression
	sure  linear.Curve // how often the likeliest class is right, by its probability
}

var embedded = sync.OnceValues(func() (*model, error) {
	m, err := readModel(modelFile)
	if err != nil {
		return nil, fmt.Errorf("tone.model: %w", err)
	}
	return m, nil
})

var digest = sync.OnceValue(func() string { return corpus.Revision(string(modelFile)) })

func readModel(data []byte) (*model, error) {
	file, err := linear.Decode(data)
	if err != nil {
		return nil, err
	}
	m := &model{}
	if m.words, err = file.Regression("words", classes); err != nil {
		return nil, err
	}
	m.sure, err = file.Curve("sure")
	return m, err
}

// rule is what the judgements alone say: a tone from half an ordinary word on. The
// regression, which was learned from positions towards people in the news, and the rule
// count the same: neither knows statements better.
var rule = polarity.Curve{Low: -0.5, High: 0.5, Scale: 2}

// join makes probabilities of the regression's scores and of the sum of judgements.
func join(scores *[classes]float64, sum float32) {
	linear.Softmax(scores[:], 1)
	total := 0.0
	for c, p := range rule.Probabilities(float64(sum)) {
		scores[c] *= p
		total += scores[c]
	}
	for c := range scores {
		scores[c] /= total
	}
}

// best is the likeliest class; of equals the first.
func best(p *[classes]float64) int {
	b := 0
	for c := range p {
		if p[c] > p[b] {
			b = c
		}
	}
	return b
}
