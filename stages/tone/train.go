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
	sure, before := inStatements(words, labelled, say)
	var file linear.File
	(&verdict.Model{Words: words, Sure: sure}).Add(&file)
	file.AddFacts("prior", before[:])
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

// inStatements fits, on the labelled statements, their prior (two numbers) and how often
// the likeliest class is right (two more): the labels of NewsMTSC are of targets, which
// disagree with the tone of a sentence. What both are worth is said for articles that
// neither was fitted on.
func inStatements(words *linear.Regression, rows []verdict.Row, say func(string)) (linear.Curve, prior) {
	plain := make([][verdict.Classes]float64, len(rows))
	articles := 0
	for i := range rows {
		plain[i] = rows[i].Probabilities(words, rule)
		articles = max(articles, rows[i].Fold+1)
	}
	var without, held, all verdict.HeldOut
	for k := range articles {
		before := fitPrior(plain, rows, k)
		for i := range rows {
			if rows[i].Fold == k {
				without.Said(&rows[i], plain[i])
				p := plain[i]
				before.weigh(&p)
				held.Said(&rows[i], p)
			}
		}
	}
	before := fitPrior(plain, rows, -1)
	for i := range rows {
		p := plain[i]
		before.weigh(&p)
		all.Said(&rows[i], p)
	}
	_, after, chance := held.Errors(verdict.Platt, 5)
	say(fmt.Sprintf("macro-F1 %.1f on %d labelled statements, spans given; %.1f with a prior of the other articles, calibration error then %.1f points, where chance alone makes %.1f",
		without.MacroF1(), len(rows), held.MacroF1(), after, chance))
	return all.Curve(verdict.Platt), before
}

// fitPrior makes the labels of the rows outside a fold likeliest, held back like one
// statement's worth: gradient descent, which the two numbers make no work for.
func fitPrior(plain [][verdict.Classes]float64, rows []verdict.Row, fold int) (out prior) {
	const steps, rate, ridge = 500, 0.01, 1
	for range steps {
		var gradient prior
		for i := range rows {
			if rows[i].Fold == fold {
				continue
			}
			p := plain[i]
			out.weigh(&p)
			for c := range p {
				gradient[c] += p[c]
			}
			gradient[rows[i].Class]--
		}
		for c := range out {
			if c != neutral {
				out[c] -= float64(rate * (gradient[c] + float64(ridge*out[c])))
			}
		}
	}
	return out
}

// neutral is the class of no tone.
const neutral = 1
