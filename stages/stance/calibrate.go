package stance

import (
	"context"
	"fmt"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
	"onrecord/stages/internal/labels"
	"onrecord/stages/internal/linear"
	"onrecord/stages/tone"
)

// foundRidge holds the weights back a little.
const foundRidge = 1

// bins of the calibration error, as `onrecord eval` has them.
const bins = 10

// calibrate learns how often what m says of targets that it finds is right, from the
// labelled statements, which nothing else of m is learned from. Spans and speakers are the
// annotators', the tones are those of models that have not seen the article. What it is
// worth is said for articles that it was not fitted on.
func calibrate(ctx context.Context, m *model, data string, say func(string)) (linear.Facts, error) {
	articles, err := labels.Read(data)
	if err != nil {
		return nil, err
	}
	sc, err := newScorer(m)
	if err != nil {
		return nil, err
	}
	tones, err := tone.HeldOut(ctx, data)
	if err != nil {
		return nil, err
	}
	var all, others []trial
	var checked []float64
	var right []bool
	for k := range articles {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		a := &articles[k]
		tried, err := sc.try(a, tones[labels.Fold(a.ID)])
		if err != nil {
			return nil, fmt.Errorf("article %s: %w", a.ID, err)
		}
		all = append(all, tried...)
	}
	for fold := range labels.Folds {
		others = others[:0]
		for _, x := range all {
			if x.fold != fold {
				others = append(others, x)
			}
		}
		w := fit(others)
		for _, x := range all {
			if x.fold == fold {
				checked, right = append(checked, w.Probability(x.facts[:])), append(right, x.right)
			}
		}
	}
	say(fmt.Sprintf("%d targets found in labelled statements; expected calibration error %.1f points on held-out articles, where chance alone makes %.1f",
		len(all), 100*linear.CalibrationError(checked, right, bins), 100*linear.CalibrationNoise(checked, bins)))
	return fit(all), nil
}

// trial is a target found in a labelled statement, and whether the labels say the same of it.
type trial struct {
	facts facts
	right bool
	fold  int
}

// try finds the targets of an article's statements.
func (sc *Scorer) try(a *gold.Article, tones func(*corpus.Document) error) (found []trial, err error) {
	doc, err := sc.labelled(a)
	if err != nil {
		return nil, err
	}
	if err := tones(doc); err != nil {
		return nil, err
	}
	sc.note = func(st *corpus.Stance, f facts) {
		found = append(found, trial{f, agrees(st, a.Attributions[st.Statement].Stances), labels.Fold(a.ID)})
	}
	defer func() { sc.note = nil }()
	return found, sc.annotate(doc)
}

func fit(trials []trial) linear.Facts {
	cases, right := make([][]float64, len(trials)), make([]bool, len(trials))
	for i := range trials {
		cases[i], right[i] = trials[i].facts[:], trials[i].right
	}
	return linear.FitFacts(cases, right, foundRidge)
}

// agrees reports whether the labels say the same of a target: the position, or none.
func agrees(st *corpus.Stance, labels []gold.Stance) bool {
	for _, l := range labels {
		if l.Stance != 0 && gold.SameTarget(l.Target, st.Target) && (st.Label == corpus.NoPosition || int(st.Label) == l.Stance) {
			return st.Label != corpus.NoPosition
		}
	}
	return st.Label == corpus.NoPosition
}

// labelled is a document with the annotators' statements and speakers.
func (sc *Scorer) labelled(a *gold.Article) (*corpus.Document, error) {
	doc := &corpus.Document{}
	if err := sc.read(doc, a.Text); err != nil {
		return nil, err
	}
	return doc, a.Attribute(doc)
}
