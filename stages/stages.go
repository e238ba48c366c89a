// Package stages lists what understands a document: the chain, in order. One
// folder is one stage; each adds layers to a [corpus.Document] and changes
// nothing else. A new stage is a new folder and a new line in [Chain].
package stages

import (
	"context"
	"fmt"

	"onrecord/corpus"
)

// Stage is all that the engine needs to know. A stage's options are the exported
// fields of its own struct; their JSON enters the fingerprint of a run.
type Stage interface {
	Info() corpus.Info

	// Annotator returns a function that annotates one document. It is called once
	// a goroutine; the function owns its scratch memory and is not for concurrent
	// use. An error of Annotator fails the run; an error of the function rejects
	// that document only.
	Annotator() (func(*corpus.Document) error, error)
}

// Explainer is a Stage that can say why. The annotator it returns does what
// Annotator's does and also calls say, one line at a time, with what was
// considered for each decision: candidates, rules, features and weights.
type Explainer interface {
	Stage
	Explainer(say func(line string)) (func(*corpus.Document) error, error)
}

// Misser is an Explainer that can also say why something is not there. The annotator
// that WhyNot returns is told a stretch of the text, in bytes, and calls say with the
// candidates that touched it and with what decided against them.
type Misser interface {
	Explainer
	WhyNot(say func(line string)) (func(doc *corpus.Document, at corpus.Span) error, error)
}

// Trainer is a Stage whose models are learned from data.
type Trainer interface {
	Stage

	// Train learns from the folder data and returns the stage's model files by the
	// names they have in its folder. The same data give the same bytes. It tells say,
	// one line at a time, how it goes.
	Train(ctx context.Context, data string, say func(line string)) (map[string][]byte, error)
}

// Check reports the first stage of the chain whose needs no earlier stage adds.
func Check(chain []Stage) error {
	var have corpus.Layer
	for _, s := range chain {
		info := s.Info()
		if missing := info.Needs &^ have; missing != 0 {
			return fmt.Errorf("stage %s needs %v, which no stage before it adds", info.Name, missing.Names())
		}
		have |= info.Adds
	}
	return nil
}
