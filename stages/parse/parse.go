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
// version 3: as version 1.
// version 4: two passes again, the first without relations; fewer weights, learned anew.
const version = 4

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
	back, forth decider // of moves: the first pass, from the end, and the second
	relations   decider // of the second pass
}

// decider is a classifier and what it always decides in the same way.
type decider struct {
	scores *linear.Model
	sure   *sure
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
	for _, d := range m.deciders() {
		if d.scores, err = file.Model(d.name, d.classes); err != nil {
			return nil, err
		}
		part, err := file.Part("sure " + d.name)
		if err != nil {
			return nil, err
		}
		if d.sure, err = decodeSure(part, d.classes); err != nil {
			return nil, err
		}
	}
	return m, nil
}

type named struct {
	*decider
	name    string
	classes int
}

// deciders lists those of m as they are called in a model file.
func (m *model) deciders() [3]named {
	return [...]named{
		{&m.back, "back", int(numMoves)},
		{&m.forth, "forth", int(numMoves)},
		{&m.relations, "relations", corpus.NumRelations},
	}
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
		p.sketch(doc, span)
		p.run(&p.model.forth, &p.model.relations)
		s.arcs(doc.Arcs, span)
	}
	return nil
}

// sketch reads a sentence of doc and makes the first pass over it: its words have guesses
// then, and stand as in the text.
func (p *parser) sketch(doc *corpus.Document, span corpus.Span) {
	s := &p.state
	s.read(doc, span, p.model.words)
	s.flip()
	p.run(&p.model.back, nil)
	s.remember()
	s.flip()
}

// run reads the sentence once, as its words stand. Without relations it finds heads only.
func (p *parser) run(moves, relations *decider) {
	s := &p.state
	s.start()
	for !s.done() {
		m, only := s.only()
		if !only {
			m = p.move(moves)
		}
		h, d := s.apply(m)
		switch {
		case d == 0:
		case relations == nil:
			s.attach(h, d, kind(s.words[d].tag))
		case h == s.root():
			s.attach(h, d, kind(corpus.Root))
		default:
			s.attach(h, d, kind(p.relation(relations, h, d)))
		}
	}
}

func (p *parser) move(by *decider) move {
	s := &p.state
	context := s.moveContext()
	if class, ok := by.sure.find(context); ok && (move(class) != right || s.depth() > 1) {
		return move(class)
	}
	p.features = s.moveFeatures(p.features[:0])
	by.scores.Scores(p.features, &p.scores)
	m := s.best(&p.scores)
	if p.moveHabits != nil {
		p.moveHabits.count(context, int(m))
	}
	return m
}

func (p *parser) relation(by *decider, head, dependent int) corpus.Relation {
	context := p.state.relationContext(head, dependent)
	if class, ok := by.sure.find(context); ok {
		return corpus.Relation(class)
	}
	p.features = p.state.relationFeatures(p.features[:0], head, dependent)
	r := relationOf(by.scores.Best(p.features))
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
