// Package tone says how a statement's speaker speaks: constructive or critical,
// hopeful or alarmed, judged from the words of the cue and of the content.
//
// The words come from a lexicon with learned weights; what stands around them
// turns, strengthens or weakens them (package polarity). Their sum decides between
// negative, neutral and positive by two learned thresholds, and the probability of
// the label is read off the same logistic curves (see MODEL.md). The verdict of
// cdipaolo/sentiment, a naive Bayes classifier of film reviews, stands beside it
// as a second opinion and takes no part.
package tone

import (
	"cmp"
	"fmt"
	"slices"

	"onrecord/corpus"
	"onrecord/stages/internal/polarity"
)

// version is raised when the same input may give another result.
// 1: lexicon with operators, ordinal logistic.
const version = 1

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
		Models:  polarity.Models(),
	}
}

// Annotator returns the function that adds Tones to one document.
func (s Stage) Annotator() (func(*corpus.Document) error, error) { return s.Explainer(nil) }

// Explainer is Annotator; say, if not nil, hears the terms of every statement.
func (s Stage) Explainer(say func(string)) (func(*corpus.Document) error, error) {
	sc, err := newScorer(!s.NoBayes)
	if err != nil {
		return nil, err
	}
	sc.say = say
	return sc.annotate, nil
}

// Scorer judges statements, or bare texts; it is for one goroutine.
type Scorer struct {
	words *polarity.Analyzer
	bayes *bayes // nil: no second opinion
	say   func(string)
	hits  []polarity.Hit
	parts []corpus.Span // tokens: the cue and the content, by sentence
	doc   corpus.Document
	bare  []byte // content of several spans joined, for the second opinion
}

// NewScorer returns a Scorer for bare texts.
func NewScorer() (*Scorer, error) { return newScorer(true) }

func newScorer(second bool) (*Scorer, error) {
	lex, err := polarity.Load()
	if err != nil {
		return nil, fmt.Errorf("tone: %w", err)
	}
	sc := &Scorer{words: polarity.NewAnalyzer(lex)}
	if second {
		sc.bayes = startBayes()
	}
	return sc, nil
}

// Score judges a text as the words of one speaker.
func (sc *Scorer) Score(text string) corpus.Tone {
	sc.doc.Text = text
	sc.words.Annotate(&sc.doc)
	sc.words.Reset(&sc.doc)
	t := sc.tone(&sc.doc, sc.doc.Sentences)
	if sc.bayes != nil {
		t.Bayes, _ = sc.bayes.opinion(text) // neutral, which the model never says, if it could not be restored
	}
	return t
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
	for i := range doc.Statements {
		st := &doc.Statements[i]
		sc.parts = polarity.Parts(sc.parts[:0], doc, st)
		t := sc.tone(doc, sc.parts)
		if sc.bayes != nil {
			var err error
			if t.Bayes, err = sc.bayes.opinion(sc.content(doc, st)); err != nil {
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

// tone judges stretches of tokens, each within one sentence.
func (sc *Scorer) tone(doc *corpus.Document, parts []corpus.Span) corpus.Tone {
	sc.hits = sc.hits[:0]
	for _, p := range parts {
		sc.hits = sc.words.Hits(sc.hits, p.Start, p.End)
	}
	sum := float32(0)
	for _, h := range sc.hits {
		sum += h.Weight()
	}
	t := corpus.Tone{Score: polarity.Squash(sum), Terms: terms(doc, sc.hits)}
	t.Label, t.Confidence = label(sum)
	return t
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
}
