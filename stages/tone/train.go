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
	confusion := map[[2]int]int{}
	for fold := range newsmtsc.Folds {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		m := learning.Fit(classes, examples(rows, fold))
		for i := range rows {
			if rows[i].fold == fold {
				p := rows[i].probabilities(m)
				confusion[[2]int{rows[i].Class - 1, best(&p) - 1}]++
			}
		}
	}
	say(fmt.Sprintf("macro-F1 %.1f on held-out articles in %d folds, the target not looked at", newsmtsc.MacroF1(confusion), newsmtsc.Folds))
	words := learning.Fit(classes, examples(rows, -1))
	sure, err := confidence(ctx, words, data, say)
	if err != nil {
		return nil, err
	}
	var file linear.File
	file.AddRegression("words", words)
	file.AddCurve("sure", sure)
	return map[string][]byte{"tone.model": file.Encode()}, nil
}

// row is an example with the sum of its judgements.
type row struct {
	linear.Example
	sum  float32
	fold int
}

func (r *row) probabilities(m *linear.Regression) (p [classes]float64) {
	m.Scores(r.Features, nil, p[:])
	join(&p, r.sum)
	return p
}

// readRows reads NewsMTSC's sentences; the label is that of one target in them.
func readRows(ctx context.Context, data string) ([]row, error) {
	read, err := newsmtsc.Read(filepath.Join(data, "newsmtsc-train.jsonl"))
	if err != nil {
		return nil, err
	}
	sc, err := newScorer(nil, false)
	if err != nil {
		return nil, err
	}
	var doc corpus.Document
	rows := make([]row, len(read))
	for i, r := range read {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := sc.read(&doc, r.Text); err != nil {
			return nil, err
		}
		rows[i] = sc.row(doc.Sentences, r.Label)
		rows[i].fold = newsmtsc.Fold(r.ID)
	}
	return rows, nil
}

func (sc *Scorer) row(parts []corpus.Span, label int) row {
	x := row{sum: sc.look(parts)}
	x.Features = append(x.Features, sc.features(parts)...)
	x.Class = label + 1
	return x
}

// examples are the rows outside a fold.
func examples(rows []row, fold int) []linear.Example {
	var out []linear.Example
	for i := range rows {
		if rows[i].fold != fold {
			out = append(out, rows[i].Example)
		}
	}
	return out
}

// confidence fits how often the model is right, by the probability of what it says, on
// the labelled statements: those of NewsMTSC are labels of targets, which disagree with
// the tone of a sentence. It has two parameters; what it is worth is said for articles
// that it was not fitted on.
func confidence(ctx context.Context, words *linear.Regression, data string, say func(string)) (linear.Curve, error) {
	articles, err := gold.Labelled(data)
	if err != nil {
		return linear.Curve{}, err
	}
	sc, err := newScorer(nil, false)
	if err != nil {
		return linear.Curve{}, err
	}
	var promised []float64
	var right []bool
	var article []int
	confusion := map[[2]int]int{}
	for k, a := range articles {
		var doc corpus.Document
		if err := sc.read(&doc, a.Text); err != nil {
			return linear.Curve{}, err
		}
		for _, at := range a.Attributions {
			if at.Tone == nil {
				continue
			}
			st := corpus.Statement{Content: at.Content, Cue: at.Cue}
			x := sc.row(polarity.Parts(nil, &doc, &st), *at.Tone)
			p := x.probabilities(words)
			c := best(&p)
			confusion[[2]int{*at.Tone, c - 1}]++
			promised, right, article = append(promised, p[c]), append(right, c == x.Class), append(article, k)
		}
		if err := ctx.Err(); err != nil {
			return linear.Curve{}, err
		}
	}
	checked := make([]float64, len(promised))
	for k := range articles {
		var p []float64
		var r []bool
		for i := range promised {
			if article[i] != k {
				p, r = append(p, promised[i]), append(r, right[i])
			}
		}
		curve := platt(p, r)
		for i := range promised {
			if article[i] == k {
				checked[i] = curve.At(promised[i])
			}
		}
	}
	say(fmt.Sprintf("macro-F1 %.1f on %d labelled statements, spans given; expected calibration error %.1f points, leaving one article out",
		newsmtsc.MacroF1(confusion), len(promised), 100*linear.CalibrationError(checked, right, 5)))
	return platt(promised, right), nil
}

// platt is Platt's curve, at points.
func platt(promised []float64, right []bool) linear.Curve {
	a, b := linear.FitPlatt(promised, right)
	var c linear.Curve
	for x := 0.3; x <= 1; x += 0.05 {
		y := linear.Sigmoid(a*x + b)
		if n := len(c.Y); n > 0 {
			y = max(y, c.Y[n-1])
		}
		c.X, c.Y = append(c.X, x), append(c.Y, y)
	}
	return c
}
