package stance

import (
	"context"
	"fmt"
	"strings"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
	"onrecord/stages/internal/linear"
	"onrecord/stages/tone"
)

// foundRidge holds the weights back a little: the labelled statements have some 200 targets.
// How much is best they don't tell (calibration error leaving one article out: 7.5 points
// with 0.3, 7.7 with 1, 10.0 with 3, 6.4 with 10, where chance alone makes 5.6 to 6).
const foundRidge = 1

// bins of the calibration error; more would measure chance alone.
const bins = 5

// calibrate learns how often what m says of targets that it finds is right, from the
// labelled statements, which nothing else is learned from. Spans and speakers are the
// annotators', the tones are ours. What it is worth is said for articles that it was not
// fitted on.
func calibrate(ctx context.Context, m *model, data string, say func(string)) (linear.Facts, error) {
	articles, err := gold.Labelled(data)
	if err != nil {
		return nil, err
	}
	sc, err := newScorer(m)
	if err != nil {
		return nil, err
	}
	tones, err := tone.Stage{NoBayes: true}.Annotator()
	if err != nil {
		return nil, err
	}
	var cases [][]float64
	var right []bool
	var from []int // article of each
	for k := range articles {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		a := &articles[k]
		sc.note = func(st *corpus.Stance, f facts) {
			cases, from = append(cases, f[:]), append(from, k)
			right = append(right, agrees(st, a.Attributions[st.Statement].Stances))
		}
		doc, err := sc.labelled(a)
		if err != nil {
			return nil, err
		}
		if err := tones(doc); err != nil {
			return nil, err
		}
		if err := sc.annotate(doc); err != nil {
			return nil, err
		}
	}
	checked := make([]float64, len(cases))
	for k := range articles {
		var c [][]float64
		var r []bool
		for i := range cases {
			if from[i] != k {
				c, r = append(c, cases[i]), append(r, right[i])
			}
		}
		w := linear.FitFacts(c, r, foundRidge)
		for i := range cases {
			if from[i] == k {
				checked[i] = w.Probability(cases[i])
			}
		}
	}
	found := linear.FitFacts(cases, right, foundRidge)
	fitted := make([]float64, len(cases))
	for i, c := range cases {
		fitted[i] = found.Probability(c)
	}
	say(fmt.Sprintf("%d targets found in labelled statements; expected calibration error %.1f points, leaving one article out %.1f; chance alone makes %.1f",
		len(cases), 100*linear.CalibrationError(fitted, right, bins), 100*linear.CalibrationError(checked, right, bins), 100*linear.CalibrationNoise(checked, bins)))
	return found, nil
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
	doc := &corpus.Document{ID: a.ID}
	if err := sc.read(doc, a.Text); err != nil {
		return nil, err
	}
	known := map[string]int32{}
	for _, x := range a.Attributions {
		doc.Statements = append(doc.Statements, corpus.Statement{Kind: kindOf(x.Content, a.Text), Content: x.Content, Cue: x.Cue, Source: x.Source})
		k, ok := known[x.Speaker]
		if !ok {
			kind, err := corpus.ParseSpeakerKind(x.Kind)
			if err != nil {
				return nil, fmt.Errorf("article %s: %w", a.ID, err)
			}
			k = int32(len(doc.Speakers))
			known[x.Speaker] = k
			doc.Speakers = append(doc.Speakers, corpus.Speaker{Name: x.Speaker, Kind: kind})
		}
		doc.Sources = append(doc.Sources, corpus.Source{Speaker: k})
	}
	return doc, nil
}

func kindOf(content []corpus.Span, text string) corpus.StatementKind {
	switch first := content[0].Of(text); {
	case strings.HasPrefix(first, "\"") || strings.HasPrefix(first, "“"):
		return corpus.Direct
	case strings.ContainsAny(first, "\"“”"):
		return corpus.Mixed
	}
	return corpus.Indirect
}
