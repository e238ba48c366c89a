package quote

import (
	_ "embed"
	"fmt"
	"sync"

	"onrecord/stages/internal/linear"
)

//go:embed quote.model
var modelFile []byte

var loadModels = sync.OnceValues(func() (*models, error) {
	m, err := decode(modelFile)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", modelName, err)
	}
	m.list = cuesFile
	m.lex, err = readLexicon(cuesFile)
	return m, err
})

// encode writes all but the list of cues.
func (m *models) encode() []byte {
	var f linear.File
	f.AddRegression("cue", m.cue)
	f.AddRegression("content", m.content)
	f.AddRegression("source", m.source)
	f.AddRegression("extent", m.extent)
	f.AddRegression("worth", m.worth)
	f.AddCurve("confidence", m.calibration.worth)
	f.Add("layouts", encodeLayouts(m.calibration.layouts))
	return f.Encode()
}

func decode(data []byte) (*models, error) {
	f, err := linear.Decode(data)
	if err != nil {
		return nil, err
	}
	m := &models{}
	for _, part := range []struct {
		name string
		to   **linear.Regression
	}{{"cue", &m.cue}, {"content", &m.content}, {"source", &m.source}, {"extent", &m.extent}, {"worth", &m.worth}} {
		if *part.to, err = f.Regression(part.name, 1); err != nil {
			return nil, err
		}
	}
	if m.calibration.worth, err = f.Curve("confidence"); err != nil {
		return nil, err
	}
	layouts, err := f.Part("layouts")
	if err != nil {
		return nil, err
	}
	m.calibration.layouts, err = decodeLayouts(layouts)
	return m, err
}
