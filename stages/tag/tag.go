// Package tag adds Penn parts of speech and the names of persons, organizations and
// places. Both are decided word by word from left to right by averaged perceptrons
// (see MODEL.md); words that only ever have one tag are looked up.
package tag

import (
	_ "embed"
	"fmt"
	"sync"

	"onrecord/corpus"
	"onrecord/stages/internal/linear"
)

// Stage is the tagger.
type Stage struct{}

// version 1: first form.
const version = 1

// Info says what the stage needs and adds.
func (Stage) Info() corpus.Info {
	return corpus.Info{
		Name:    "tag",
		Version: version,
		Needs:   corpus.Sentences | corpus.Tokens,
		Adds:    corpus.Tags | corpus.Entities,
		Models:  []string{"tag.model:" + digest()},
	}
}

// Annotator loads the model, once a process, and returns the function that tags.
func (Stage) Annotator() (func(*corpus.Document) error, error) {
	m, err := embedded()
	if err != nil {
		return nil, err
	}
	t := &tagger{model: m}
	return t.annotate, nil
}

// Load is Annotator with a model file other than the embedded one; see Learn.
func Load(modelFile []byte) (func(*corpus.Document) error, error) {
	m, err := readModel(modelFile)
	if err != nil {
		return nil, err
	}
	t := &tagger{model: m}
	return t.annotate, nil
}

//go:embed tag.model
var modelFile []byte

var digest = sync.OnceValue(func() string { return corpus.Revision(string(modelFile)) })

var embedded = sync.OnceValues(func() (*model, error) {
	m, err := readModel(modelFile)
	if err != nil {
		return nil, fmt.Errorf("tag.model: %w", err)
	}
	return m, nil
})

// model is what was learned, shared and read-only.
type model struct {
	words  *lexicon
	speech *linear.Model
	names  *linear.Model
}

func readModel(data []byte) (*model, error) {
	file, err := linear.Decode(data)
	if err != nil {
		return nil, err
	}
	words, err := file.Part("words")
	if err != nil {
		return nil, err
	}
	m := &model{}
	if m.words, err = decodeLexicon(words); err != nil {
		return nil, err
	}
	if m.speech, err = file.Model("speech", corpus.NumTags); err != nil {
		return nil, err
	}
	m.names, err = file.Model("names", numLabels)
	return m, err
}

// tagger is one goroutine's scratch memory over the shared model.
type tagger struct {
	model    *model
	sentence sentence
	memory   memory
	features []linear.Feature
	repairer repairer
}

func (t *tagger) annotate(doc *corpus.Document) error {
	doc.Tags = make([]corpus.Tag, len(doc.Tokens))
	doc.Entities = []corpus.Entity{}
	t.memory.forget()
	s := &t.sentence
	for _, span := range doc.Sentences {
		s.read(doc, span, t.model.words)
		s.speech(t.decideTag)
		s.names(&t.memory, t.decideLabel)
		copy(doc.Tags[span.Start:span.End], s.tags[margin:])
		doc.Entities = s.spans(doc.Entities)
	}
	t.repairer.repair(doc)
	return nil
}

func (t *tagger) decideTag(i int) corpus.Tag {
	if lex := t.sentence.words[i].lex; lex.certain {
		return lex.usual
	}
	t.features = t.sentence.tagFeatures(t.features[:0], i)
	return corpus.Tag(t.model.speech.Best(t.features))
}

func (t *tagger) decideLabel(i int) label {
	if t.sentence.words[i].lex.outside {
		return 0
	}
	t.features = t.sentence.nameFeatures(t.features[:0], i, &t.memory)
	return label(t.model.names.Best(t.features))
}
