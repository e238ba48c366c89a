package tone

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
	"onrecord/stages/internal/labels"
	"onrecord/stages/internal/linear"
	"onrecord/stages/internal/newsmtsc"
	"onrecord/stages/internal/verdict"
)

// How bare sentences and statements are learned was chosen by cross-validation on
// NewsMTSC and on the labelled articles; see MODEL.md.
var (
	bareLearning   = linear.Logistic{Bits: 18, Epochs: 6, Rate: 0.02, L2: 30}
	spokenLearning = linear.Logistic{Bits: 18, Epochs: 6, Rate: 0.02, L1: 1, L2: 30, Least: 2}
)

// bins of the calibration error.
const bins = 10

// Train learns tone.model from newsmtsc-train.jsonl in data and from the labelled articles
// of polnear-train.jsonl; see stages.Trainer.
func (Stage) Train(ctx context.Context, data string, say func(line string)) (map[string][]byte, error) {
	var m model
	if err := m.learnBare(ctx, data, say); err != nil {
		return nil, err
	}
	rows, err := labelledRows(ctx, data)
	if err != nil {
		return nil, err
	}
	m.learnSpoken(rows, say)
	var file linear.File
	m.bare.Add(&file, "bare")
	m.spoken.Add(&file, "spoken")
	return map[string][]byte{"tone.model": file.Encode()}, nil
}

// learnBare learns from NewsMTSC; the label is that of one target in a sentence.
func (m *model) learnBare(ctx context.Context, data string, say func(string)) error {
	rows, err := readRows(ctx, data)
	if err != nil {
		return err
	}
	var held verdict.HeldOut
	for fold := range newsmtsc.Folds {
		if err := ctx.Err(); err != nil {
			return err
		}
		held.Fold(rows, fold, bareLearning, bareRule)
	}
	before, after, _ := held.Errors(verdict.Isotonic, bins)
	say(fmt.Sprintf("%d sentences: macro-F1 %.1f on held-out articles, the target not looked at; expected calibration error %.1f points before, %.1f after",
		len(rows), held.MacroF1(), before, after))
	m.bare = verdict.Model{Words: bareLearning.Fit(verdict.Classes, verdict.Examples(rows, -1)), Sure: held.Curve(verdict.Isotonic)}
	return nil
}

// learnSpoken learns from labelled statements.
func (m *model) learnSpoken(rows []verdict.Row, say func(string)) {
	var held verdict.HeldOut
	for fold := range labels.Folds {
		held.Fold(rows, fold, spokenLearning, spokenRule)
	}
	before, after, chance := held.Errors(verdict.Tempered, bins)
	say(fmt.Sprintf("%d statements: right %.1f%%, macro-F1 %.1f on held-out articles; expected calibration error %.1f points before, %.1f after, where chance alone makes %.1f",
		len(rows), held.Accuracy(), held.MacroF1(), before, after, chance))
	m.spoken = verdict.Model{Words: spokenLearning.Fit(verdict.Classes, verdict.Examples(rows, -1)), Sure: held.Curve(verdict.Tempered)}
}

// HeldOut gives an annotator a fold of the labelled articles: one that has learned from
// all others. Their tones are like those of articles that nothing was learned from.
func HeldOut(ctx context.Context, data string) ([]func(*corpus.Document) error, error) {
	rows, err := labelledRows(ctx, data)
	if err != nil {
		return nil, err
	}
	var out []func(*corpus.Document) error
	for fold := range labels.Folds {
		sc, err := newScorer(&model{spoken: verdict.Model{Words: spokenLearning.Fit(verdict.Classes, verdict.Examples(rows, fold))}}, false)
		if err != nil {
			return nil, err
		}
		out = append(out, sc.annotate)
	}
	return out, nil
}

func readRows(ctx context.Context, data string) ([]verdict.Row, error) {
	read, err := newsmtsc.Read(filepath.Join(data, "newsmtsc-train.jsonl"))
	if err != nil {
		return nil, err
	}
	sc, err := newScorer(nil, false)
	if err != nil {
		return nil, err
	}
	var doc corpus.Document
	rows := make([]verdict.Row, len(read))
	for i, r := range read {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := sc.read(&doc, r.Text); err != nil {
			return nil, err
		}
		sum := sc.look(doc.Sentences)
		rows[i] = verdict.Row{Sum: sum, Fold: newsmtsc.Fold(r.ID), Example: linear.Example{
			Features: slices.Clone(sc.features(doc.Sentences)), Class: r.Label + 1}}
	}
	return rows, nil
}

// labelledRows are the statements of the labelled articles.
func labelledRows(ctx context.Context, data string) ([]verdict.Row, error) {
	articles, err := labels.Read(data)
	if err != nil {
		return nil, err
	}
	sc, err := newScorer(nil, false)
	if err != nil {
		return nil, err
	}
	var rows []verdict.Row
	for k := range articles {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		a := &articles[k]
		doc, err := sc.attributed(a)
		if err != nil {
			return nil, err
		}
		for i := range doc.Statements {
			features, sum := sc.describe(doc, i)
			rows = append(rows, verdict.Row{Sum: sum, Fold: labels.Fold(a.ID), Example: linear.Example{
				Features: slices.Clone(features), Class: *a.Attributions[i].Tone + 1, Group: k + 1}})
		}
	}
	return rows, nil
}

// attributed is an article with the annotators' statements.
func (sc *Scorer) attributed(a *gold.Article) (*corpus.Document, error) {
	doc := &corpus.Document{}
	if err := sc.read(doc, a.Text); err != nil {
		return nil, err
	}
	return doc, a.Attribute(doc)
}
