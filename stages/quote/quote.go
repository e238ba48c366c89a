// Package quote finds statements: who is said to have said, written, thought or
// wanted what.
//
// It follows the conventions of PolNeAR (Newell et al., LREC 2018). First the
// quotation marks are paired, paragraph by paragraph, exactly and without
// learning (marks.go). A shallow reading of the tags gives noun phrases and verb
// groups (sentence.go). Rules propose what every verb, noun and adjective outside
// quotations would say if it were a cue (frame.go, candidate.go, source.go,
// content.go); learned models decide whether it is one, and which of the stretches
// near it are its content, its source and its extent (model.go). What they propose is
// settled among them and with the quotations that no cue claims (assemble.go,
// speech.go).
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
//	2: rules propose, learned models choose
//	3: they see dependencies; quotations of the next paragraph go on
//	4: verbs behind speech that were taken for nouns; turns of named speakers
//	5: speech goes to the sentence before it; curly marks within straight ones; short and unclosed speech
//	6: commas behind the marks; names behind a colon; cues within a clause that a quotation ends
//	7: nouns before a colon and speech that are verbs; "the two" is no time
//	8: "a day after" is no part of a source
const version = 8

// Info describes the stage.
func (Stage) Info() corpus.Info {
	return corpus.Info{
		Name:    "quote",
		Version: version,
		Needs:   corpus.Blocks | corpus.Sentences | corpus.Tokens | corpus.Tags | corpus.Entities | corpus.Arcs,
		Adds:    corpus.Statements,
		Models: []string{
			digest("cues.txt", cuesFile),
			digest("irregular.txt", irregularFile),
			digest(modelName, string(modelFile)),
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

// Explainer is Annotator with lines to say for every word that may be a cue: how likely
// it is and by which facts, the likeliest contents and sources, what became of the whole
// and why.
func (s Stage) Explainer(say func(line string)) (func(*corpus.Document) error, error) {
	return s.annotator(say)
}

func (s Stage) annotator(say func(string)) (func(*corpus.Document) error, error) {
	m, err := loadModels()
	if err != nil {
		return nil, err
	}
	a := &assembler{reader: reader{lex: m.lex}, models: m, say: say}
	a.options.facts.named = say != nil
	return func(doc *corpus.Document) error {
		a.read(doc)
		doc.Statements = a.assemble(doc, s.MinConfidence)
		return nil
	}, nil
}
