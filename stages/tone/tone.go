// Package tone says how a statement's speaker speaks: constructive or critical,
// hopeful or alarmed, judged from the words of the cue and of the content.
//
// Words of a lexicon, and what stands around them, make judgements (package polarity);
// these and the other words, names masked, are the features of a learned regression, one
// for statements and one for bare sentences. Its probabilities and those that the sum of
// the judgements has by rule are multiplied (see MODEL.md). The verdict of
// cdipaolo/sentiment, a naive Bayes classifier of film reviews, stands beside it as a
// second opinion and takes no part.
package tone

import (
	"cmp"
	"fmt"
	"slices"

	"onrecord/corpus"
	"onrecord/stages/internal/bare"
	"onrecord/stages/internal/linear"
	"onrecord/stages/internal/masked"
	"onrecord/stages/internal/polarity"
	"onrecord/stages/internal/verdict"
)

// version is raised when the same input may give another result.
// 1: lexicon with operators, ordinal logistic. 2: regression over words beside it. 3: trained again.
// 4: a prior of statements. 5: "agreed" weighs more. 6: no prior; label and score agree.
// 7: statements are judged by a regression of their own; more words weigh something.
const version = 7

// Stage adds a Tone to every statement.
type Stage struct {
	// NoBayes leaves the second opinion out: every Tone.Bayes is neutral. It
	// saves 17 MB and about 14 µs a statement.
	NoBayes bool
}

// Info describes the stage.
func (Stage) Info() corpus.Info {
	return corpus.Info{
		Name:    "tone",
		Version: version,
		Needs:   corpus.Sentences | corpus.Tokens | corpus.Tags | corpus.Entities | corpus.Statements,
		Adds:    corpus.Tones,
		Models:  append(polarity.Models(), "tone.model:"+digest()),
	}
}

// Annotator returns the function that adds Tones to one document.
func (s Stage) Annotator() (func(*corpus.Document) error, error) { return s.Explainer(nil) }

// Explainer is Annotator; say, if not nil, hears the terms of every statement.
func (s Stage) Explainer(say func(string)) (func(*corpus.Document) error, error) {
	m, err := embedded()
	if err != nil {
		return nil, fmt.Errorf("tone: %w", err)
	}
	sc, err := newScorer(m, !s.NoBayes)
	if err != nil {
		return nil, err
	}
	sc.say = say
	return sc.annotate, nil
}

// Scorer judges statements, or bare texts; it is for one goroutine.
type Scorer struct {
	model  *model
	words  *polarity.Analyzer
	forms  masked.Reader
	texts  *bare.Annotator // of Score; started by the first
	bayes  *bayes          // nil: no second opinion
	say    func(string)
	hits   []polarity.Hit
	parts  []corpus.Span // tokens: the cue and the content, by sentence
	masked []masked.Word
	found  []linear.Feature
	origin []int32 // of each of found
	doc    corpus.Document
	bare   []byte // content of several spans joined, for the second opinion
}

// NewScorer returns a Scorer for bare texts.
func NewScorer() (*Scorer, error) {
	m, err := embedded()
	if err != nil {
		return nil, fmt.Errorf("tone: %w", err)
	}
	return newScorer(m, true)
}

// newScorer makes a Scorer; without a model it only finds features.
func newScorer(m *model, second bool) (*Scorer, error) {
	lex, err := polarity.Load()
	if err != nil {
		return nil, fmt.Errorf("tone: %w", err)
	}
	sc := &Scorer{model: m, words: polarity.NewAnalyzer(lex)}
	if second {
		sc.bayes = startBayes()
	}
	return sc, nil
}

// Score judges a text as the words of one speaker.
func (sc *Scorer) Score(text string) (corpus.Tone, error) {
	if err := sc.read(&sc.doc, text); err != nil {
		return corpus.Tone{}, err
	}
	sum := sc.look(sc.doc.Sentences)
	t := sc.tone(&sc.doc, &sc.model.bare, bareRule, sc.features(sc.doc.Sentences), sum)
	var err error
	if sc.bayes != nil {
		t.Bayes, err = sc.bayes.opinion(text)
	}
	return t, err
}

// read annotates a bare text.
func (sc *Scorer) read(doc *corpus.Document, text string) error {
	if sc.texts == nil {
		var err error
		if sc.texts, err = bare.New(); err != nil {
			return err
		}
	}
	if err := sc.texts.Annotate(doc, text); err != nil {
		return err
	}
	sc.words.Reset(doc)
	sc.forms.Reset(doc)
	return nil
}

func (sc *Scorer) annotate(doc *corpus.Document) error {
	if len(doc.Tags) != len(doc.Tokens) {
		return fmt.Errorf("tone: %d tags for %d tokens", len(doc.Tags), len(doc.Tokens))
	}
	doc.Tones = make([]corpus.Tone, len(doc.Statements))
	if len(doc.Statements) == 0 {
		return nil
	}
	sc.words.Reset(doc)
	sc.forms.Reset(doc)
	for i := range doc.Statements {
		t := sc.statement(doc, i)
		if sc.bayes != nil {
			var err error
			if t.Bayes, err = sc.bayes.opinion(sc.content(doc, &doc.Statements[i])); err != nil {
				return err
			}
		}
		doc.Tones[i] = t
		if sc.say != nil {
			sc.explain(doc, i)
		}
	}
	return nil
}

// look finds the judgements in stretches of tokens, each within one sentence, and adds them up.
func (sc *Scorer) look(parts []corpus.Span) float32 {
	sc.hits = sc.hits[:0]
	for _, p := range parts {
		sc.hits = sc.words.Hits(sc.hits, p.Start, p.End)
	}
	return sum(sc.hits)
}

func sum(hits []polarity.Hit) float32 {
	sum := float32(0)
	for _, h := range hits {
		sum += h.Weight()
	}
	return sum
}

// statement judges one statement.
func (sc *Scorer) statement(doc *corpus.Document, i int) corpus.Tone {
	features, sum := sc.describe(doc, i)
	return sc.tone(doc, &sc.model.spoken, spokenRule, features, sum)
}

// describe gives the features of a statement and what its judgements add up to.
func (sc *Scorer) describe(doc *corpus.Document, i int) ([]linear.Feature, float32) {
	st := &doc.Statements[i]
	sc.parts = polarity.Parts(sc.parts[:0], doc, st)
	sum := sc.look(sc.parts)
	return sc.spoken(doc, st), sum
}

// tone judges by features and by what the judgements add up to.
func (sc *Scorer) tone(doc *corpus.Document, m *verdict.Model, rule verdict.Rule, features []linear.Feature, sum float32) corpus.Tone {
	var p [verdict.Classes]float64
	m.Words.Scores(features, nil, p[:])
	rule.Join(&p, sum)
	c := verdict.Best(&p)
	return corpus.Tone{
		Score:      float32(p[2] - p[0]),
		Label:      corpus.Polarity(c - 1),
		Confidence: float32(m.Sure.At(p[c])),
		Terms:      terms(doc, sc.hits),
	}
}

// terms turns hits into terms, strongest first.
func terms(doc *corpus.Document, hits []polarity.Hit) []corpus.Term {
	if len(hits) == 0 {
		return nil
	}
	out := make([]corpus.Term, 0, len(hits))
	for _, h := range hits {
		if w := h.Weight(); w != 0 {
			out = append(out, corpus.Term{
				Span:   corpus.Span{Start: doc.Tokens[h.First].Start, End: doc.Tokens[h.Last].End},
				Weight: w,
			})
		}
	}
	slices.SortStableFunc(out, func(a, b corpus.Term) int {
		return cmp.Compare(max(b.Weight, -b.Weight), max(a.Weight, -a.Weight))
	})
	return out
}

// content is the text of a statement's content, its spans joined by a space.
func (sc *Scorer) content(doc *corpus.Document, st *corpus.Statement) string {
	if len(st.Content) == 1 {
		return st.Content[0].Of(doc.Text)
	}
	sc.bare = sc.bare[:0]
	for i, s := range st.Content {
		if i > 0 {
			sc.bare = append(sc.bare, ' ')
		}
		sc.bare = append(sc.bare, s.Of(doc.Text)...)
	}
	return string(sc.bare)
}

func (sc *Scorer) explain(doc *corpus.Document, i int) {
	t := doc.Tones[i]
	sc.say(fmt.Sprintf("statement %d: %s, score %.2f, confidence %.2f; second opinion %s", i, t.Label, t.Score, t.Confidence, t.Bayes))
	for _, h := range sc.hits {
		s := corpus.Span{Start: doc.Tokens[h.First].Start, End: doc.Tokens[h.Last].End}
		sc.say(fmt.Sprintf("  %+.2f %q: %q weighs %+.2f, times %.2f by the words around it, plus %.2f",
			h.Weight(), s.Of(doc.Text), doc.Tokens[h.Head].Of(doc.Text), h.Base, h.Factor, h.Added))
	}
	p := spokenRule.Probabilities(float64(sum(sc.hits)))
	sc.say(fmt.Sprintf("  by rule: negative %.2f, neutral %.2f, positive %.2f", p[0], p[1], p[2]))
	sc.model.spoken.Words.Probabilities(sc.found, nil, p[:])
	sc.say(fmt.Sprintf("  learned: negative %.2f, neutral %.2f, positive %.2f", p[0], p[1], p[2]))
	for _, w := range linear.Shares(sc.model.spoken.Words, sc.found, sc.origin, verdict.Classes-1, 0, 10) {
		word := "what the judgements add up to"
		if w.Origin >= 0 {
			word = fmt.Sprintf("%q", doc.Tokens[w.Origin].Of(doc.Text))
		}
		sc.say(fmt.Sprintf("  %+.2f learned of %s", w.Share, word))
	}
}
