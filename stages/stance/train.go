package stance

import (
	"context"
	"fmt"
	"path/filepath"

	"onrecord/corpus"
	"onrecord/stages/internal/linear"
	"onrecord/stages/internal/newsmtsc"
	"onrecord/stages/internal/polarity"
)

// learning was chosen by five-fold cross-validation on NewsMTSC; see MODEL.md. Twice
// or half the rate or L2 differ by 0.3 points.
var learning = linear.Logistic{Bits: 18, Epochs: 6, Rate: 0.02, L2: 30}

// Train learns stance.model from newsmtsc-train.jsonl in data; see stages.Trainer.
func (Stage) Train(ctx context.Context, data string, say func(line string)) (map[string][]byte, error) {
	rows, err := readRows(ctx, data)
	if err != nil {
		return nil, err
	}
	say(fmt.Sprintf("%d targets", len(rows)))
	var held heldOut
	for fold := range newsmtsc.Folds {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		held.add(rows, fold, learning)
	}
	say(fmt.Sprintf("macro-F1 %.1f on held-out articles in %d folds", newsmtsc.MacroF1(held.confusion), newsmtsc.Folds))
	sure := linear.FitIsotonic(held.promised, held.right, 400)
	say(fmt.Sprintf("expected calibration error %.1f points before, %.1f after", 100*linear.CalibrationError(held.promised, held.right, 10),
		100*linear.CalibrationError(crossCalibrated(&held), held.right, 10)))
	var file linear.File
	file.AddRegression("words", learning.Fit(classes, examples(rows, -1)))
	file.AddCurve("sure", sure)
	return map[string][]byte{"stance.model": file.Encode()}, nil
}

// row is an example with the sum of its judgements.
type row struct {
	linear.Example
	sum  float32
	fold int
}

func readRows(ctx context.Context, data string) ([]row, error) {
	read, err := newsmtsc.Read(filepath.Join(data, "newsmtsc-train.jsonl"))
	if err != nil {
		return nil, err
	}
	sc, err := newScorer(nil)
	if err != nil {
		return nil, err
	}
	var doc corpus.Document
	var rows []row
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
		x := row{sum: sc.sum(), fold: newsmtsc.Fold(r.ID)}
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

// heldOut counts what models say of rows that they have not seen.
type heldOut struct {
	confusion map[[2]int]int // {gold, said}
	promised  []float64      // the probability of what was said
	right     []bool
	folds     []int
}

// add learns from all folds but one and judges that one.
func (h *heldOut) add(rows []row, fold int, how linear.Logistic) {
	if h.confusion == nil {
		h.confusion = map[[2]int]int{}
	}
	m := how.Fit(classes, examples(rows, fold))
	for i := range rows {
		if rows[i].fold != fold {
			continue
		}
		var p [classes]float64
		m.Scores(rows[i].Features, nil, p[:])
		join(&p, rows[i].sum)
		c := best(&p)
		h.confusion[[2]int{rows[i].Class - 1, c - 1}]++
		h.promised = append(h.promised, p[c])
		h.right = append(h.right, c == rows[i].Class)
		h.folds = append(h.folds, fold)
	}
}

// crossCalibrated are the promises calibrated by the other folds: what the curve is worth
// on rows it was not fitted on.
func crossCalibrated(h *heldOut) []float64 {
	out := make([]float64, len(h.promised))
	for fold := range newsmtsc.Folds {
		var promised []float64
		var right []bool
		for i, f := range h.folds {
			if f != fold {
				promised, right = append(promised, h.promised[i]), append(right, h.right[i])
			}
		}
		c := linear.FitIsotonic(promised, right, 400)
		for i, f := range h.folds {
			if f == fold {
				out[i] = c.At(h.promised[i])
			}
		}
	}
	return out
}
