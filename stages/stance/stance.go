// Package stance finds where a statement's speaker stands: for or against which
// people, organizations, places, groups and issues.
//
// The judgements in cue and content (package polarity) are weighed by how they
// stand to the target: who praises whom, who harms what, what is said of it, what
// must be done with it. The relation is read off the tags between the words; what
// each relation is worth was learned from NewsMTSC (see MODEL.md).
package stance

import (
	"cmp"
	"fmt"
	"slices"

	"onrecord/corpus"
	"onrecord/stages/internal/polarity"
)

// version is raised when the same input may give another result.
// 1: relations by tags, weights by relation and sign.
const version = 1

// Stage adds Stances to statements.
type Stage struct{}

// Info describes the stage.
func (Stage) Info() corpus.Info {
	return corpus.Info{
		Name:    "stance",
		Version: version,
		Needs: corpus.Sentences | corpus.Tokens | corpus.Tags | corpus.Entities |
			corpus.Statements | corpus.Sources | corpus.Speakers,
		Adds:   corpus.Stances,
		Models: append(polarity.Models(), models()...),
	}
}

// Annotator returns the function that adds Stances to one document.
func (s Stage) Annotator() (func(*corpus.Document) error, error) { return s.Explainer(nil) }

// Explainer is Annotator; say, if not nil, hears every target considered and what was said of it.
func (Stage) Explainer(say func(string)) (func(*corpus.Document) error, error) {
	sc, err := NewScorer()
	if err != nil {
		return nil, err
	}
	sc.say = say
	return sc.annotate, nil
}

// Scorer finds stances; it is for one goroutine.
type Scorer struct {
	words *polarity.Analyzer
	verbs map[string]verbClass
	coef  [2 * numRelations]float32
	share float32 // of a judgement in no close relation that falls to the target at hand
	say   func(string)

	doc      corpus.Document // of Score
	base     int32           // first token of the sentence part at hand
	classes  []verbClass     // of its tokens
	lower    []byte
	parts    []corpus.Span
	hits     []polarity.Hit
	bearing  []bearing
	targets  []target
	mentions []corpus.Span
	names    register
}

// bearing is a judgement with its relation to a target.
type bearing struct {
	hit      polarity.Hit
	relation relation
	weight   float32 // what it adds to the stance
}

// NewScorer returns a Scorer for bare texts.
func NewScorer() (*Scorer, error) {
	lex, err := polarity.Load()
	if err != nil {
		return nil, fmt.Errorf("stance: %w", err)
	}
	v, err := verbs()
	if err != nil {
		return nil, fmt.Errorf("stance: %w", err)
	}
	coef, err := relationWeights()
	if err != nil {
		return nil, fmt.Errorf("stance: %w", err)
	}
	return &Scorer{words: polarity.NewAnalyzer(lex), verbs: v, coef: coef}, nil
}

// Score judges the position that a text takes towards the bytes of target in it.
func (sc *Scorer) Score(text string, target corpus.Span) corpus.Stance {
	sc.doc.Text = text
	sc.words.Annotate(&sc.doc)
	sc.words.Reset(&sc.doc)
	sc.bearing, sc.share = sc.bearing[:0], 1
	span := polarity.TokensOf(&sc.doc, target)
	for _, s := range sc.doc.Sentences {
		sc.enter(&sc.doc, s)
		if s.Contains(span) && span.Start < span.End {
			sc.bear(&sc.doc, s, span)
			continue
		}
		for _, h := range sc.hits {
			sc.add(h, elsewhere)
		}
	}
	out := corpus.Stance{Target: target.Of(text), TargetSpans: []corpus.Span{target}}
	sc.decide(&sc.doc, &out)
	return out
}

// enter finds the judgements and verbs of a stretch of tokens within one sentence.
func (sc *Scorer) enter(doc *corpus.Document, part corpus.Span) {
	sc.hits = sc.words.Hits(sc.hits[:0], part.Start, part.End)
	sc.base = part.Start
	sc.classes = sc.classes[:0]
	for i := part.Start; i < part.End; i++ {
		var c verbClass
		if !sc.words.Name(i) {
			c = sc.verbs[string(sc.fold(doc.Tokens[i].Of(doc.Text)))]
		}
		sc.classes = append(sc.classes, c)
	}
}

// bear relates the judgements of the part at hand to a target in it.
func (sc *Scorer) bear(doc *corpus.Document, part, target corpus.Span) {
	for _, h := range sc.hits {
		sc.add(h, sc.relate(doc, h, target.Start, target.End))
	}
	sc.bind(doc, part, target)
}

func (sc *Scorer) add(h polarity.Hit, r relation) {
	b := bearing{hit: h, relation: r}
	b.weight = sc.coef[feature(h, r)] * h.Weight()
	if r == elsewhere || r == clause {
		b.weight *= sc.share
	}
	sc.bearing = append(sc.bearing, b)
}

// feature numbers relation and sign.
func feature(h polarity.Hit, r relation) int {
	if h.Weight() < 0 {
		return 2 * int(r)
	}
	return 2*int(r) + 1
}

// decide sums up what was said of a target.
func (sc *Scorer) decide(doc *corpus.Document, out *corpus.Stance) {
	sum := float32(0)
	for _, b := range sc.bearing {
		sum += b.weight
		if b.weight > 0.05 || b.weight < -0.05 {
			out.Terms = append(out.Terms, corpus.Term{
				Span:   corpus.Span{Start: doc.Tokens[b.hit.First].Start, End: doc.Tokens[b.hit.Last].End},
				Weight: b.weight,
			})
		}
	}
	slices.SortStableFunc(out.Terms, func(a, b corpus.Term) int {
		return cmp.Compare(max(b.Weight, -b.Weight), max(a.Weight, -a.Weight))
	})
	out.Score = polarity.Squash(sum)
	out.Label, out.Confidence = label(sum)
}

func (sc *Scorer) annotate(doc *corpus.Document) error {
	if len(doc.Tags) != len(doc.Tokens) {
		return fmt.Errorf("stance: %d tags for %d tokens", len(doc.Tags), len(doc.Tokens))
	}
	if len(doc.Sources) != len(doc.Statements) {
		return fmt.Errorf("stance: %d sources for %d statements", len(doc.Sources), len(doc.Statements))
	}
	doc.Stances = []corpus.Stance{}
	if len(doc.Statements) == 0 {
		return nil
	}
	sc.words.Reset(doc)
	sc.names.reset(doc)
	for i := range doc.Statements {
		sc.statement(doc, i)
	}
	return nil
}

// statement adds the stances of one statement.
func (sc *Scorer) statement(doc *corpus.Document, i int) {
	sc.parts = polarity.Parts(sc.parts[:0], doc, &doc.Statements[i])
	sc.find(doc, i)
	first := len(doc.Stances)
	for k := range sc.targets {
		t := &sc.targets[k]
		sc.bearing, sc.share = sc.bearing[:0], sc.shareOf(t)
		for _, part := range sc.parts {
			sc.enter(doc, part)
			in := false
			for _, m := range t.mentions {
				if part.Contains(m) {
					in = true
					sc.bear(doc, part, m)
				}
			}
			if !in {
				for _, h := range sc.hits {
					sc.add(h, elsewhere)
				}
			}
		}
		st := corpus.Stance{Statement: int32(i), Target: t.name, TargetID: t.id, TargetKind: t.kind}
		for _, m := range t.mentions {
			st.TargetSpans = append(st.TargetSpans, corpus.Span{Start: doc.Tokens[m.Start].Start, End: doc.Tokens[m.End-1].End})
		}
		sc.decide(doc, &st)
		if sc.say != nil {
			sc.explain(doc, &st)
		}
		if t.kind == corpus.TargetIssue && max(st.Score, -st.Score) < issueScore {
			continue // an issue of which little is said is no target
		}
		doc.Stances = append(doc.Stances, st)
	}
	slices.SortStableFunc(doc.Stances[first:], func(a, b corpus.Stance) int {
		return cmp.Compare(a.TargetSpans[0].Start, b.TargetSpans[0].Start)
	})
}

// shareOf divides judgements in no close relation among the people and bodies that a
// statement names; places and issues take no part in them.
func (sc *Scorer) shareOf(t *target) float32 {
	if t.kind == corpus.TargetPlace || t.kind == corpus.TargetIssue {
		return 0
	}
	n := 0
	for i := range sc.targets {
		if k := sc.targets[i].kind; k != corpus.TargetPlace && k != corpus.TargetIssue {
			n++
		}
	}
	return 1 / float32(n)
}

// issueScore is the least score of an issue that is reported: noun phrases are many.
const issueScore = 0.3

func (sc *Scorer) explain(doc *corpus.Document, st *corpus.Stance) {
	sc.say(fmt.Sprintf("statement %d, %s %q: %s, score %.2f, confidence %.2f", st.Statement, st.TargetKind, st.Target, st.Label, st.Score, st.Confidence))
	for _, b := range sc.bearing {
		s := corpus.Span{Start: doc.Tokens[b.hit.First].Start, End: doc.Tokens[b.hit.Last].End}
		sc.say(fmt.Sprintf("  %+.2f %q weighs %+.2f, %s", b.weight, s.Of(doc.Text), b.hit.Weight(), relationNames[b.relation]))
	}
}

// fold is a word in small letters, in scratch memory.
func (sc *Scorer) fold(word string) []byte {
	sc.lower = sc.lower[:0]
	for i := 0; i < len(word); i++ {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		sc.lower = append(sc.lower, c)
	}
	return sc.lower
}
