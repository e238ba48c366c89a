package tone

import (
	_ "embed"
	"fmt"
	"math"
	"sync"

	"onrecord/corpus"
	"onrecord/stages/internal/linear"
	"onrecord/stages/internal/polarity"
	"onrecord/stages/internal/verdict"
)

//go:embed tone.model
var modelFile []byte

// model is what was learned, shared and read-only.
type model struct {
	verdict.Model
	prior prior
}

// prior is what the classes of statements in the news are likelier than those of bare
// sentences, as natural logarithms; neutral's is 0. Good words are common where nobody
// praises anything.
type prior [verdict.Classes]float64

// weigh turns probabilities of the classes of a bare text into those of a statement.
func (r *prior) weigh(p *[verdict.Classes]float64) {
	total := 0.0
	for c := range p {
		p[c] *= math.Exp(r[c])
		total += p[c]
	}
	for c := range p {
		p[c] /= total
	}
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
	if m.Model, err = verdict.Read(file); err != nil {
		return nil, err
	}
	weights, err := file.Facts("prior", verdict.Classes)
	if err != nil {
		return nil, err
	}
	copy(m.prior[:], weights)
	return m, nil
}

// rule is what the judgements alone say: a tone from half an ordinary word on. The
// regression, which was learned from positions towards people in the news, and the rule
// count the same: neither knows statements better.
var rule = verdict.Rule{Curve: polarity.Curve{Low: -0.5, High: 0.5, Scale: 2}, Share: 1}
