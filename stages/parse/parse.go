// Package parse adds the dependency head and relation of every token.
//
// A sentence is read twice by a greedy arc-hybrid parser (Kuhlmann, Gómez-Rodríguez and
// Satta, ACL 2011), which makes two decisions a token, so that time grows with the text
// and with nothing else. The first pass reads from the end; what it finds is a guess
// at what is still to come, for the second pass, which reads from the beginning and
// has the last word (stacking: Nivre and McDonald, ACL 2008). Averaged perceptrons
// decide; they are trained with a dynamic oracle (Goldberg and Nivre, COLING 2012,
// TACL 2013), which shows them what is best after a mistake.
//
// Every sentence gets one root, and its arcs form a tree without crossings. See
// MODEL.md for data, scores and speed.
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
// version 2: a second pass, guided by one from the end; weights are no longer cut.
const version = 2

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
	words       *lexicon
	back, forth pass
}

// pass decides one reading of a sentence.
type pass struct {
	moves         *linear.Model
	relations     *linear.Model
	sureMoves     *sure
	sureRelations *sure
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
	for _, p := range []struct {
		*pass
		name string
	}{{&m.back, "back"}, {&m.forth, "forth"}} {
		if p.moves, err = file.Model(p.name+" moves", int(numMoves)); err != nil {
			return nil, err
		}
		if p.relations, err = file.Model(p.name+" relations", corpus.NumRelations); err != nil {
			return nil, err
		}
		if p.sureMoves, err = readSure(file, p.name+" sure moves", int(numMoves)); err != nil {
			return nil, err
		}
		if p.sureRelations, err = readSure(file, p.name+" sure relations", corpus.NumRelations); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func readSure(file *linear.File, name string, classes int) (*sure, error) {
	part, err := file.Part(name)
	if err != nil {
		return nil, err
	}
	return decodeSure(part, classes)
}

// parser is one goroutine's scratch memory over the shared model.
type parser struct {
	model    *model
	state    state
	features []linear.Feature
	scores   [linear.MaxClasses]int32

	// When learning what is sure; nil otherwise.
	moveHabits, relationHabits habits
}

func (p *parser) annotate(doc *corpus.Document) error {
	doc.Arcs = make([]corpus.Arc, len(doc.Tokens))
	s := &p.state
	for _, span := range doc.Sentences {
		s.read(doc, span, p.model.words)
		s.flip()
		p.run(&p.model.back)
		s.remember()
		s.flip()
		p.run(&p.model.forth)
		s.arcs(doc.Arcs, span)
	}
	return nil
}

// run reads the sentence once, as its words stand.
func (p *parser) run(by *pass) {
	s := &p.state
	s.start()
	for !s.done() {
		m, only := s.only()
		if !only {
			m = p.move(by)
		}
		h, d := s.apply(m)
		if d == 0 {
			continue
		}
		relation := corpus.Root
		if h != s.root() {
			relation = p.relation(by, h, d)
		}
		s.attach(h, d, relation)
	}
}

func (p *parser) move(by *pass) move {
	s := &p.state
	context := s.moveContext()
	if class, ok := by.sureMoves.find(context); ok && (move(class) != right || s.depth() > 1) {
		return move(class)
	}
	p.features = s.moveFeatures(p.features[:0])
	by.moves.Scores(p.features, &p.scores)
	m := s.best(&p.scores)
	if p.moveHabits != nil {
		p.moveHabits.count(context, int(m))
	}
	return m
}

func (p *parser) relation(by *pass, head, dependent int) corpus.Relation {
	context := p.state.relationContext(head, dependent)
	if class, ok := by.sureRelations.find(context); ok {
		return corpus.Relation(class)
	}
	p.features = p.state.relationFeatures(p.features[:0], head, dependent)
	r := relationOf(by.relations.Best(p.features))
	if p.relationHabits != nil {
		p.relationHabits.count(context, int(r))
	}
	return r
}

// relationOf keeps to relations that a token below another can have: what a model
// never saw may come out as none, or as root.
func relationOf(class int) corpus.Relation {
	if r := corpus.Relation(class); r > corpus.Root {
		return r
	}
	return corpus.Dep
}
