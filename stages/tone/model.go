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
type model struct {
	bare   verdict.Model // of sentences that nobody is said to say
	spoken verdict.Model // of statements
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
	if m.bare, err = verdict.Read(file, "bare"); err != nil {
		return nil, err
	}
	m.spoken, err = verdict.Read(file, "spoken")
	return m, err
}

// What the judgements alone say: a tone from half an ordinary word on. Of a bare sentence
// the rule and the regression, which was learned from positions towards people in the
// news, count the same: neither knows it better. Of statements the regression knows more;
// between 0.2 and 0.5 the rule's share does not matter.
var (
	bareRule   = verdict.Rule{Curve: polarity.Curve{Low: -0.5, High: 0.5, Scale: 2}, Share: 1}
	spokenRule = verdict.Rule{Curve: polarity.Curve{Low: -0.5, High: 0.5, Scale: 1}, Share: 0.3}
)
