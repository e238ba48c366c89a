package stance

import (
	_ "embed"
	"fmt"
	"math"
	"sync"

	"onrecord/corpus"
	"onrecord/stages/internal/linear"
	"onrecord/stages/internal/polarity"
)

//go:embed stance.model
var modelFile []byte

// classes of the regression: oppose, neither, support.
const classes = 3

// model is what was learned, shared and read-only.
type model struct {
	words *linear.Regression
	sure  linear.Curve // how often the likeliest class is right, by its probability
}

var embedded = sync.OnceValues(func() (*model, error) {
	m, err := readModel(modelFile)
	if err != nil {
		return nil, fmt.Errorf("stance.model: %w", err)
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

// rule is what the judgements alone say: a position from half an ordinary word on.
// The regression was learned from long sentences of news; the rule keeps what is plain
// in it plain in a short one, too. It has half a share, hence the root, which is a compromise: without it NewsMTSC has
// 0.2 points more and the suite six points less.
var rule = polarity.Curve{Low: -0.5, High: 0.5, Scale: 2}

// join makes probabilities of the regression's scores and of the sum of judgements.
func join(scores *[classes]float64, sum float32) {
	linear.Softmax(scores[:], 1)
	total := 0.0
	for c, p := range rule.Probabilities(float64(sum)) {
		scores[c] *= math.Sqrt(p)
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
