// Package parse adds the dependency head and relation of every token.
//
// A sentence is read from left to right by a greedy arc-hybrid parser (Kuhlmann,
// Gómez-Rodríguez and Satta, ACL 2011): two decisions a token, so that time grows with
// the text and with nothing else. Averaged perceptrons decide; they were trained with
// a dynamic oracle (Goldberg and Nivre, COLING 2012, TACL 2013), which shows them what
// is best after a mistake. Every sentence gets one root, and the arcs of a sentence
// form a tree without crossings. See MODEL.md for data and scores.
package parse

import (
	_ "embed"
	"fmt"
	"sync"

	"onrecord/corpus"
	"onrecord/stages/internal/linear"
)

// Stage is the parser.
type Stage struct{}

// version 1: first form.
// version 2: a second pass, guided by one from the end.
// version 3: as version 1, until quote is trained on version 2.
const version = 3

// Info says what the stage needs and adds.
func (Stage) Info() corpus.Info {
	return corpus.Info{
		Name:    "parse",
		Version: version,
		Needs:   corpus.Sentences | corpus.Tokens | corpus.Tags,
		Adds:    corpus.Arcs,
		Models:  []string{"parse.model:" + digest()},
	}
}

// Annotator loads the model, once a process, and returns the function that parses.
func (Stage) Annotator() (func(*corpus.Document) error, error) {
	m, err := embedded()
	if err != nil {
		return nil, err
	}
	p := &parser{model: m}
	return p.annotate, nil
}

// Load is Annotator with a model file other than the embedded one; see Learn.
func Load(modelFile []byte) (func(*corpus.Document) error, error) {
	m, err := readModel(modelFile)
	if err != nil {
		return nil, err
	}
	p := &parser{model: m}
	return p.annotate, nil
}

//go:embed parse.model
var modelFile []byte

var digest = sync.OnceValue(func() string { return corpus.Revision(string(modelFile)) })

var embedded = sync.OnceValues(func() (*model, error) {
	m, err := readModel(modelFile)
	if err != nil {
		return nil, fmt.Errorf("parse.model: %w", err)
	}
	return m, nil
})

// model is what was learned, shared and read-only.
type model struct {
	words     *lexicon
	moves     *linear.Model
	relations *linear.Model
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
	if m.moves, err = file.Model("moves", int(numMoves)); err != nil {
		return nil, err
	}
	m.relations, err = file.Model("relations", corpus.NumRelations)
	return m, err
}

// parser is one goroutine's scratch memory over the shared model.
type parser struct {
	model    *model
	state    state
	features []linear.Feature
	scores   [linear.MaxClasses]int32
}

func (p *parser) annotate(doc *corpus.Document) error {
	doc.Arcs = make([]corpus.Arc, len(doc.Tokens))
	s := &p.state
	for _, span := range doc.Sentences {
		s.read(doc, span, p.model.words)
		p.run()
		s.arcs(doc.Arcs, span)
	}
	return nil
}

// run parses the sentence that was read.
func (p *parser) run() {
	s := &p.state
	for !s.done() {
		m, only := s.only()
		if !only {
			p.features = s.moveFeatures(p.features[:0])
			p.model.moves.Scores(p.features, &p.scores)
			m = s.best(&p.scores)
		}
		h, d := s.apply(m)
		if d == 0 {
			continue
		}
		relation := corpus.Root
		if h != s.root() {
			p.features = s.relationFeatures(p.features[:0], h, d)
			relation = relationOf(p.model.relations.Best(p.features))
		}
		s.attach(h, d, relation)
	}
}

// relationOf keeps to relations that a token below another can have: what a model
// never saw may come out as none, or as root.
func relationOf(class int) corpus.Relation {
	if r := corpus.Relation(class); r > corpus.Root {
		return r
	}
	return corpus.Dep
}
