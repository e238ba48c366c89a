// Package bare annotates a text that is no article, a line or a sentence, as the chain
// annotates articles, so that what was learned from sentences holds for statements.
package bare

import (
	"fmt"

	"onrecord/corpus"
	"onrecord/stages/parse"
	"onrecord/stages/segment"
	"onrecord/stages/tag"
)

// Annotator adds the layers of language to texts; it is for one goroutine.
type Annotator struct {
	steps []func(*corpus.Document) error
}

// New starts the stages.
func New() (*Annotator, error) {
	a := &Annotator{}
	for _, s := range []interface {
		Info() corpus.Info
		Annotator() (func(*corpus.Document) error, error)
	}{segment.Stage{}, tag.Stage{}, parse.Stage{}} {
		step, err := s.Annotator()
		if err != nil {
			return nil, fmt.Errorf("starting stage %s: %w", s.Info().Name, err)
		}
		a.steps = append(a.steps, step)
	}
	return a, nil
}

// Annotate makes doc a document of text alone, one block, with every layer up to the
// last of language.
func (a *Annotator) Annotate(doc *corpus.Document, text string) error {
	doc.Text = text
	doc.Layers = corpus.Layers{Blocks: []corpus.Block{{Span: corpus.Span{End: int32(len(text))}}}}
	for _, step := range a.steps {
		if err := step(doc); err != nil {
			return err
		}
	}
	return nil
}
