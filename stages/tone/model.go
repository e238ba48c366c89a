package tone

import (
	_ "embed"
	"fmt"
	"sync"

	"onrecord/corpus"
	"onrecord/stages/internal/linear"
	"onrecord/stages/internal/polarity"
	"onrecord/stages/internal/verdict"
)

//go:embed tone.model
var modelFile []byte

// model is what was learned, shared and read-only.
type model struct{ verdict.Model }

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
	return m, nil
}

// rule is what the judgements alone say: a tone from half an ordinary word on. The
// regression, which was learned from positions towards people in the news, and the rule
// count the same: neither knows statements better.
var rule = verdict.Rule{Curve: polarity.Curve{Low: -0.5, High: 0.5, Scale: 2}, Share: 1}
