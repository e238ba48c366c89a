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
	"math"
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
// version 5: most decisions by few features; the second pass is the mean of three.
const version = 5

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

// decider is a classifier with its short cuts: what it always decides in the same way, and
// how far a class must lead by the quick features for the others not to be asked.
type decider struct {
	scores *linear.Model
	sure   *sure
	enough int32
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
		if part, err = file.Part("enough " + d.name); err != nil {
			return nil, err
		}
		if d.enough, err = decodeEnough(part); err != nil {
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
	view     view
	arc      arcView
	features []linear.Feature
	scores   [linear.MaxClasses]int32
	others   [linear.MaxClasses]int32 // by the features that are not quick

	moves, relations *record // when short cuts are learned; nil otherwise
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
	p.view.look(s)
	p.features = s.quickFeatures(p.features[:0], &p.view)
	by.scores.Scores(p.features, &p.scores)
	m, lead := s.best(&p.scores)
	if lead >= by.enough {
		return m
	}
	quick := m
	p.features = s.otherFeatures(p.features[:0], &p.view)
	p.add(by)
	m, _ = s.best(&p.scores)
	if p.moves != nil {
		p.moves.count(context, int(m), lead, quick == m)
	}
	return m
}

func (p *parser) relation(by *decider, head, dependent int) corpus.Relation {
	s := &p.state
	context := s.relationContext(head, dependent)
	if class, ok := by.sure.find(context); ok {
		return corpus.Relation(class)
	}
	p.arc.look(s, head, dependent)
	p.features = s.quickRelationFeatures(p.features[:0], &p.arc)
	by.scores.Scores(p.features, &p.scores)
	class, lead := leader(p.scores[:corpus.NumRelations])
	if lead >= by.enough {
		return relationOf(class)
	}
	quick := class
	p.features = s.otherRelationFeatures(p.features[:0], &p.arc)
	p.add(by)
	class, _ = leader(p.scores[:corpus.NumRelations])
	if p.relations != nil {
		p.relations.count(context, int(relationOf(class)), lead, quick == class)
	}
	return relationOf(class)
}

// add adds the scores of p's features to those there are.
func (p *parser) add(by *decider) {
	by.scores.Scores(p.features, &p.others)
	for c := range by.scores.Classes() {
		p.scores[c] += p.others[c]
	}
}

// leader is the class with the highest score, of equals the first, and how far it leads.
func leader(scores []int32) (best int, lead int32) {
	first, second := scores[0], int32(math.MinInt32)
	for c := 1; c < len(scores); c++ {
		switch x := scores[c]; {
		case x > first:
			best, first, second = c, x, first
		case x > second:
			second = x
		}
	}
	return best, first - second
}

// relationOf keeps to relations that a token below another can have: what a model
// never saw may come out as none, or as root.
func relationOf(class int) corpus.Relation {
	if r := corpus.Relation(class); r > corpus.Root {
		return r
	}
	return corpus.Dep
}
