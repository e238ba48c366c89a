package stance

import (
	_ "embed"
	"fmt"
	"sync"

	"onrecord/corpus"
	"onrecord/stages/internal/linear"
	"onrecord/stages/internal/polarity"
	"onrecord/stages/internal/verdict"
)

//go:embed stance.model
var modelFile []byte

// model is what was learned, shared and read-only.
type model struct {
	verdict.Model
	found linear.Facts // how often a verdict on a target found in a statement is right
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
	if m.Model, err = verdict.Read(file, "words"); err != nil {
		return nil, err
	}
	m.found, err = file.Facts("found", numFacts)
	return m, err
}

// rule is what the judgements alone say: a position from half an ordinary word on.
// The regression was learned from long sentences of news; the rule keeps what is plain
// in it plain in a short one, too. Its share is a compromise: without it NewsMTSC has
// 0.2 points more and the suite six points less.
var rule = verdict.Rule{Curve: polarity.Curve{Low: -0.5, High: 0.5, Scale: 2}, Share: 0.5}
