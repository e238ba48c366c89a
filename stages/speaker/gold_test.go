package speaker

import (
	"os"
	"slices"
	"strings"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
	"onrecord/stages/internal/linear"
	"onrecord/stages/tag"
)

// floor is the share of right speakers below which TestLabelledArticles fails, in percent.
const floor = 88

// TestLabelledArticles measures the stage alone: the statements and their sources are
// those that people marked, the tokens CoreNLP's.
func TestLabelledArticles(t *testing.T) {
	docs, wanted := labelledDocuments(t)
	type tally struct{ right, all int }
	var total, direct tally
	var promised []float64
	var kept []bool
	rules := map[string]*tally{}
	for d, doc := range docs {
		annotate(t, doc)
		for i, want := range wanted[d] {
			if !want.Labelled {
				continue
			}
			source, name := doc.Sources[i], ""
			if source.Speaker >= 0 {
				name = doc.Speakers[source.Speaker].Name
			}
			if rules[source.Rule] == nil {
				rules[source.Rule] = &tally{}
			}
			counts := []*tally{&total, rules[source.Rule]}
			if doc.Statements[i].Kind == corpus.Direct {
				counts = append(counts, &direct)
			}
			right := gold.SameName(want.Speaker, name)
			promised, kept = append(promised, float64(source.Confidence)), append(kept, right)
			for _, c := range counts {
				c.all++
				if right {
					c.right++
				}
			}
			if !right {
				t.Logf("%s: want %q, got %q by rule %s", sourceText(doc, i), want.Speaker, name, source.Rule)
			}
		}
	}
	for rule, c := range rules {
		t.Logf("rule %-17s %3d right of %3d", rule, c.right, c.all)
	}
	t.Logf("confidence is off by %.3f (expected calibration error, 10 bins)", linear.CalibrationError(promised, kept, 10))
	share := 100 * float64(total.right) / float64(total.all)
	t.Logf("%d right of %d, %.1f%%; of direct quotations %d of %d", total.right, total.all, share, direct.right, direct.all)
	if share < floor {
		t.Errorf("%.1f%% of speakers are right, want %d%%", share, floor)
	}
}

func sourceText(doc *corpus.Document, i int) string {
	var parts []string
	for _, s := range doc.Statements[i].Source {
		parts = append(parts, s.Of(doc.Text))
	}
	return "source “" + strings.Join(parts, " ... ") + "”"
}

// labelledDocuments gives the labelled articles tagged, with their statements, and who
// makes each.
func labelledDocuments(t testing.TB) (docs []*corpus.Document, wanted [][]gold.Attribution) {
	if _, err := os.Stat(gold.Dir); err != nil {
		t.Skip("no ../shared/gold beside this repository: speakers are not measured")
	}
	articles, err := gold.Labelled(gold.Dir)
	if err != nil {
		t.Fatal(err)
	}
	tokenised, err := gold.Documents(gold.Dir, "dev")
	if err != nil {
		t.Fatal(err)
	}
	tagger, err := tag.Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		i := slices.IndexFunc(tokenised, func(d *corpus.Document) bool { return d.ID == a.ID })
		if i < 0 {
			t.Fatalf("article %s has no tokens", a.ID)
		}
		doc := tokenised[i]
		doc.Blocks = paragraphs(doc.Text)
		var attributions []gold.Attribution
		doc.Statements, attributions = statements(doc, a.Attributions)
		if err := tagger(doc); err != nil {
			t.Fatal(err)
		}
		docs, wanted = append(docs, doc), append(wanted, attributions)
	}
	return docs, wanted
}

func BenchmarkSpeaker(b *testing.B) {
	docs, _ := labelledDocuments(b)
	resolve, err := Stage{}.Annotator()
	if err != nil {
		b.Fatal(err)
	}
	tokens := 0
	for _, doc := range docs {
		tokens += len(doc.Tokens)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, doc := range docs {
			if err := resolve(doc); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
