package stance

import (
	"os"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
	"onrecord/stages/internal/linear"
	"onrecord/stages/tone"
)

func readGold(t *testing.T) []gold.Article {
	articles, err := gold.Labelled(gold.Dir)
	if os.IsNotExist(err) {
		t.Skipf("needs ../shared/gold beside the repository: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return articles
}

// goldDocument is an article with the annotators' statements and speakers, and our tones.
func goldDocument(t *testing.T, sc *Scorer, a gold.Article) *corpus.Document {
	doc, err := sc.labelled(&a)
	if err != nil {
		t.Fatal(err)
	}
	judge, err := tone.Stage{NoBayes: true}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	if err := judge(doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestStanceOfLabelledArticles scores (statement, target, position) on the annotators'
// spans and speakers; two targets are the same when half the words of the shorter
// name are shared. Only errors of every other article are shown: the others are kept
// unread.
func TestStanceOfLabelledArticles(t *testing.T) {
	sc, err := NewScorer()
	if err != nil {
		t.Fatal(err)
	}
	right, predicted, wanted := 0.0, 0.0, 0.0
	for k, a := range readGold(t) {
		doc := goldDocument(t, sc, a)
		if err := sc.annotate(doc); err != nil {
			t.Fatal(err)
		}
		for i, x := range a.Attributions {
			var got []corpus.Stance
			for _, s := range doc.Stances {
				if int(s.Statement) == i && s.Label != corpus.NoPosition {
					got = append(got, s)
				}
			}
			predicted += float64(len(got))
			var missed []string
			for _, w := range x.Stances {
				if w.Stance == 0 {
					continue
				}
				wanted++
				hit := -1
				for k, s := range got {
					if int(s.Label) == w.Stance && gold.SameTarget(s.Target, w.Target) {
						hit = k
						break
					}
				}
				if hit < 0 {
					missed = append(missed, corpus.Position(w.Stance).String()+" "+w.Target)
					continue
				}
				right++
				got = append(got[:hit], got[hit+1:]...)
			}
			if testing.Verbose() && k%2 == 0 && (len(missed) > 0 || len(got) > 0) {
				var wrong []string
				for _, s := range got {
					wrong = append(wrong, s.Label.String()+" "+s.Target)
				}
				t.Logf("missed %q, wrong %q: %q", missed, wrong, doc.Statements[i].Content[0].Of(doc.Text))
			}
		}
	}
	p, r := right/max(predicted, 1), right/wanted
	f := 200 * p * r / max(p+r, 1e-9)
	t.Logf("stance on gold spans: precision %.1f, recall %.1f, F1 %.1f", 100*p, 100*r, f)
	if f < 30 {
		t.Errorf("F1 %.1f is below the floor of 30", f)
	}
}

// TestConfidenceComesTrue compares the confidence in targets found with how often they are
// right, in labelled articles that it was not fitted on. There are few: chance has a share.
func TestConfidenceComesTrue(t *testing.T) {
	sc, err := NewScorer()
	if err != nil {
		t.Fatal(err)
	}
	judge, err := tone.Stage{NoBayes: true}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	var promised []float64
	var right []bool
	for _, a := range readGold(t) {
		trials, err := sc.try(&a, judge)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range trials {
			promised, right = append(promised, sc.model.found.Probability(x.facts[:])), append(right, x.right)
		}
	}
	off, chance := 100*linear.CalibrationError(promised, right, bins), 100*linear.CalibrationNoise(promised, bins)
	t.Logf("%d targets: off by %.1f points, where chance alone makes %.1f", len(promised), off, chance)
	if off > chance+5 {
		t.Errorf("off by %.1f points, want at most 5 more than the %.1f of chance", off, chance)
	}
}
