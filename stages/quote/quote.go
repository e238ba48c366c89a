// Package quote finds statements: who is said to have said, written, thought or
// wanted what.
//
// It follows the conventions of PolNeAR (Newell et al., LREC 2018). First the
// quotation marks are paired, paragraph by paragraph, exactly and without
// learning (marks.go). A shallow reading of the tags gives noun phrases and verb
// groups (sentence.go). Every verb, noun and adjective outside quotations that
// the list of cues knows is judged by the frame it stands in (frame.go,
// cues.txt); those that pass propose a statement with source and content
// (candidate.go, source.go, content.go); and what they propose is settled among
// them and with the quotations that no cue claims (assemble.go).
//
// Nested attributions are not given: what a speaker says that another said is
// content of the first.
package quote

import (
	"crypto/sha256"
	"encoding/hex"

	"onrecord/corpus"
)

// Stage is the stage. The zero value gives every statement.
type Stage struct {
	MinConfidence float32 // statements below this calibrated confidence are left out, [0, 1]
}

// version is raised when the same input may give another result.
//
//	1: rules and lists over tags
const version = 1

// Info describes the stage.
func (Stage) Info() corpus.Info {
	return corpus.Info{
		Name:    "quote",
		Version: version,
		Needs:   corpus.Blocks | corpus.Sentences | corpus.Tokens | corpus.Tags | corpus.Entities,
		Adds:    corpus.Statements,
		Models: []string{
			digest("confidence.txt", confidenceFile),
			digest("cues.txt", cuesFile),
			digest("irregular.txt", irregularFile),
			digest("words.txt", wordsFile),
		},
	}
}

func digest(name, file string) string {
	sum := sha256.Sum256([]byte(file))
	return name + ":" + hex.EncodeToString(sum[:])
}

// Annotator returns the function that annotates one document.
func (s Stage) Annotator() (func(*corpus.Document) error, error) { return s.annotator(nil) }

// Explainer is Annotator with a line to say for every candidate: its cue, frame
// and chance, and what became of it.
func (s Stage) Explainer(say func(line string)) (func(*corpus.Document) error, error) {
	return s.annotator(say)
}

func (s Stage) annotator(say func(string)) (func(*corpus.Document) error, error) {
	lex, err := loadLexicon()
	if err != nil {
		return nil, err
	}
	calibration, err := loadCalibration()
	if err != nil {
		return nil, err
	}
	a := &assembler{reader: reader{lex: lex}, calibration: calibration, say: say}
	return func(doc *corpus.Document) error {
		a.read(doc)
		doc.Statements = a.assemble(doc, s.MinConfidence)
		return nil
	}, nil
}
