package stance

import (
	"context"
	"fmt"
	"path/filepath"

	"onrecord/corpus"
	"onrecord/stages/internal/linear"
	"onrecord/stages/internal/newsmtsc"
	"onrecord/stages/internal/polarity"
	"onrecord/stages/internal/verdict"
)

// learning was chosen by five-fold cross-validation on NewsMTSC; see MODEL.md. Twice
// or half the rate or L2 differ by 0.3 points.
var learning = linear.Logistic{Bits: 18, Epochs: 6, Rate: 0.02, L2: 10, Least: 2, Bayes: true}

// Train learns stance.model from newsmtsc-train.jsonl in data, and how sure it may be of
// targets that it finds from the labelled articles of polnear-train.jsonl; see
// stages.Trainer.
func (Stage) Train(ctx context.Context, data string, say func(line string)) (map[string][]byte, error) {
	rows, err := readRows(ctx, data)
	if err != nil {
		return nil, err
	}
	say(fmt.Sprintf("%d targets", len(rows)))
	var held verdict.HeldOut
	for fold := range newsmtsc.Folds {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		held.Fold(rows, fold, learning, rule)
	}
	before, after, _ := held.Errors(verdict.Isotonic, 10)
	say(fmt.Sprintf("macro-F1 %.1f on held-out articles in %d folds", held.MacroF1(), newsmtsc.Folds))
	say(fmt.Sprintf("expected calibration error %.1f points before, %.1f after", before, after))
	m := model{}
	m.Words, m.Sure = learning.Fit(verdict.Classes, verdict.Examples(rows, -1)), held.Curve(verdict.Isotonic)
	if m.found, err = calibrate(ctx, &m, data, say); err != nil {
		return nil, err
	}
	var file linear.File
	m.Add(&file, "words")
	file.AddFacts("found", m.found)
	return map[string][]byte{"stance.model": file.Encode()}, nil
}

func readRows(ctx context.Context, data string) ([]verdict.Row, error) {
	read, err := newsmtsc.Read(filepath.Join(data, "newsmtsc-train.jsonl"))
	if err != nil {
		return nil, err
	}
	sc, err := newScorer(nil)
	if err != nil {
		return nil, err
	}
	var doc corpus.Document
	var rows []verdict.Row
	for _, r := range read {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := sc.read(&doc, r.Text); err != nil {
			return nil, err
		}
		part, target, ok := sentenceOf(&doc, r.Target)
		if !ok {
			continue
		}
		sc.begins = -1
		sc.look(&doc, part, target)
		x := verdict.Row{Sum: sc.sum(), Fold: newsmtsc.Fold(r.ID)}
		x.Features = append(x.Features, sc.features(sc.found[:0], &doc, part, target)...)
		x.Class = r.Label + 1
		rows = append(rows, x)
	}
	return rows, nil
}

// sentenceOf finds the sentence of a target, and the target in tokens.
func sentenceOf(doc *corpus.Document, target corpus.Span) (part, tokens corpus.Span, ok bool) {
	tokens = polarity.TokensOf(doc, target)
	if tokens.Len() == 0 {
		return part, tokens, false
	}
	part = doc.Sentences[polarity.SentenceAt(doc, tokens.Start)]
	tokens.End = min(tokens.End, part.End)
	return part, tokens, true
}
