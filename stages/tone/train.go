package tone

import (
	"context"
	"fmt"
	"path/filepath"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
	"onrecord/stages/internal/linear"
	"onrecord/stages/internal/newsmtsc"
	"onrecord/stages/internal/polarity"
	"onrecord/stages/internal/verdict"
)

// learning was chosen by five-fold cross-validation on NewsMTSC; see MODEL.md.
var learning = linear.Logistic{Bits: 18, Epochs: 6, Rate: 0.02, L2: 30}

// Train learns tone.model from newsmtsc-train.jsonl in data, and how sure it may be
// from labelled-dev.jsonl; see stages.Trainer.
func (Stage) Train(ctx context.Context, data string, say func(line string)) (map[string][]byte, error) {
	rows, err := readRows(ctx, data)
	if err != nil {
		return nil, err
	}
	say(fmt.Sprintf("%d sentences with a target", len(rows)))
	var held verdict.HeldOut
	for fold := range newsmtsc.Folds {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		held.Fold(rows, fold, learning, rule)
	}
	say(fmt.Sprintf("macro-F1 %.1f on held-out articles in %d folds, the target not looked at", held.MacroF1(), newsmtsc.Folds))
	words := learning.Fit(verdict.Classes, verdict.Examples(rows, -1))
	labelled, err := labelledRows(ctx, data)
	if err != nil {
		return nil, err
	}
	sure := inStatements(words, labelled, say)
	var file linear.File
	(&verdict.Model{Words: words, Sure: sure}).Add(&file)
	return map[string][]byte{"tone.model": file.Encode()}, nil
}

// readRows reads NewsMTSC's sentences; the label is that of one target in them.
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
		rows[i] = sc.row(doc.Sentences, r.Label)
		rows[i].Fold = newsmtsc.Fold(r.ID)
	}
	return rows, nil
}

func (sc *Scorer) row(parts []corpus.Span, label int) verdict.Row {
	x := verdict.Row{Sum: sc.look(parts)}
	x.Features = append(x.Features, sc.features(parts)...)
	x.Class = label + 1
	return x
}

// labelledRows are the labelled statements; a fold is an article.
func labelledRows(ctx context.Context, data string) ([]verdict.Row, error) {
	articles, err := gold.Labelled(data)
	if err != nil {
		return nil, err
	}
	sc, err := newScorer(nil, false)
	if err != nil {
		return nil, err
	}
	var rows []verdict.Row
	for k, a := range articles {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var doc corpus.Document
		if err := sc.read(&doc, a.Text); err != nil {
			return nil, err
		}
		for _, at := range a.Attributions {
			if at.Tone == nil {
				continue
			}
			st := corpus.Statement{Content: at.Content, Cue: at.Cue}
			x := sc.row(polarity.Parts(nil, &doc, &st), *at.Tone)
			x.Fold = k
			rows = append(rows, x)
		}
	}
	return rows, nil
}

// inStatements fits, on the labelled statements, how often the likeliest class is right
// (two numbers): the labels of NewsMTSC are of targets, which disagree with the tone of a
// sentence. What that is worth is said for articles that it was not fitted on.
func inStatements(words *linear.Regression, rows []verdict.Row, say func(string)) linear.Curve {
	var all verdict.HeldOut
	for i := range rows {
		all.Said(&rows[i], rows[i].Probabilities(words, rule))
	}
	_, after, chance := all.Errors(verdict.Tempered, 5)
	say(fmt.Sprintf("macro-F1 %.1f on %d labelled statements, spans given; expected calibration error, leaving one article out, %.1f points, where chance alone makes %.1f",
		all.MacroF1(), len(rows), after, chance))
	return all.Curve(verdict.Tempered)
}
