package speaker

import (
	_ "embed"
	"fmt"
	"sync"

	"onrecord/corpus"
	"onrecord/stages/internal/linear"
)

const modelName = "antecedent.model"

//go:embed antecedent.model
var modelFile []byte

// model is what was learned, shared and read-only.
type model struct {
	ranking      *linear.Regression // of persons for "he" and "she", a conditional logit
	sure         linear.Curve       // how often the likeliest candidate is right, by its probability
	referents    *linear.Regression // the same for "they" and "it"
	sureReferent linear.Curve
}

var embedded = sync.OnceValues(func() (*model, error) {
	m, err := readModel(modelFile)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", modelName, err)
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
	if m.ranking, err = file.Regression("ranking", 1); err != nil {
		return nil, err
	}
	if m.sure, err = file.Curve("sure"); err != nil {
		return nil, err
	}
	if m.referents, err = file.Regression("referents", 1); err != nil {
		return nil, err
	}
	m.sureReferent, err = file.Curve("sure of referents")
	return m, err
}

func (m *model) encode() []byte {
	file := &linear.File{}
	file.AddRegression("ranking", m.ranking)
	file.AddCurve("sure", m.sure)
	file.AddRegression("referents", m.referents)
	file.AddCurve("sure of referents", m.sureReferent)
	return file.Encode()
}
