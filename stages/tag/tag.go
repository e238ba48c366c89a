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

// 1: first form; 2: names by exact search, signs of the document, clusters, more lists;
// 3: fewer weights, learned anew.
const version = 3

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
	article  article
	memory   memory
	decoder  decoder
	features []linear.Feature
	scores   [linear.MaxClasses]int32
	repairer repairer
}

func (t *tagger) annotate(doc *corpus.Document) error {
	doc.Tags = make([]corpus.Tag, len(doc.Tokens))
	a := &t.article
	a.read(doc, t.model.words)
	t.memory.forget()
	for n := range a.sentences {
		s := &a.sentences[n]
		a.speech(s, func(i int) corpus.Tag {
			t.features = a.tagFeatures(t.features[:0], s, i)
			t.model.speech.Scores(t.features, &t.scores)
			return a.speaks(s, i, &t.scores)
		})
		copy(doc.Tags[s.first:], a.tags[s.start:s.end])
		t.memory.observe(a, s)
	}
	for n := range a.sentences {
		s := &a.sentences[n]
		t.decoder.names(a, s, &t.memory, t.model.names, nil, 0)
		for i := s.start; i < s.end; i++ {
			t.memory.learn(&a.words[i], a.labels[i])
		}
	}
	doc.Entities = a.spans([]corpus.Entity{})
	t.repairer.repair(doc)
	return nil
}
