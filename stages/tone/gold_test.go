package tone

import (
	"math"
	"os"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
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

// TestToneOfLabelledArticles scores tone on the annotators' spans.
func TestToneOfLabelledArticles(t *testing.T) {
	articles := readGold(t)
	sc, err := NewScorer()
	if err != nil {
		t.Fatal(err)
	}
	var ours, second [3][3]int // [gold][got]
	var bins [5]struct{ n, right, sum float64 }
	for k, a := range articles {
		doc, err := sc.attributed(&a)
		if err != nil {
			t.Fatal(err)
		}
		if err := sc.annotate(doc); err != nil {
			t.Fatal(err)
		}
		for i, at := range a.Attributions {
			if at.Tone == nil {
				continue
			}
			got := doc.Tones[i]
			ours[*at.Tone+1][got.Label+1]++
			second[*at.Tone+1][got.Bayes+1]++
			b := &bins[min(4, int(5*got.Confidence))]
			b.n, b.sum = b.n+1, b.sum+float64(got.Confidence)
			if int(got.Label) == *at.Tone {
				b.right++
			}
			if testing.Verbose() && k%2 == 0 && int(got.Label) != *at.Tone { // the others are kept unread
				t.Logf("wanted %+d, got %s %.2f: %s\n      %q %q", *at.Tone, got.Label, got.Score, marked(a.Text, got.Terms), texts(a.Text, doc.Statements[i].Cue), texts(a.Text, doc.Statements[i].Content))
			}
		}
	}
	gap, n := 0.0, 0.0
	for _, b := range bins {
		gap, n = gap+math.Abs(b.right-b.sum), n+b.n
		t.Logf("confidence bin: %3.0f statements, mean confidence %.2f, right %.2f", b.n, b.sum/max(b.n, 1), b.right/max(b.n, 1))
	}
	t.Logf("expected calibration error %.1f points", 100*gap/n)
	f := macroF1(ours)
	t.Logf("macro-F1 of tone on gold spans %.1f (gold by row) %v; cdipaolo/sentiment %.1f", f, ours, macroF1(second))
	if f < 62 {
		t.Errorf("macro-F1 %.1f is below the floor of 62", f)
	}
}

// macroF1 is in percent; a class that nobody has counts as wrong.
func macroF1(c [3][3]int) float64 {
	sum := 0.0
	for k := range 3 {
		got, want := 0, 0
		for j := range 3 {
			want += c[k][j]
			got += c[j][k]
		}
		if got+want > 0 {
			sum += 200 * float64(c[k][k]) / float64(got+want)
		}
	}
	return sum / 3
}

func texts(text string, spans []corpus.Span) []string {
	var out []string
	for _, s := range spans {
		out = append(out, s.Of(text))
	}
	return out
}
