package speaker

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
	"onrecord/stages/internal/labels"
	"onrecord/stages/internal/linear"
	"onrecord/stages/tag"
)

// The labelled training articles (see internal/labels) have two halves by fold: the even
// folds may be read, the odd ones are only counted. Floors are shares of right speakers in percent.
const (
	floorRead = 83
	floorHeld = 81
)

// TestLabelledTraining measures the stage alone on the labelled training articles. The
// rankings of antecedent.model learned from the chains of these articles, and the tagger
// from their tags, but neither from these labels.
func TestLabelledTraining(t *testing.T) {
	docs, wanted := tagged(t, "train", labels.Read)
	var read, held score
	for _, j := range judge(t, docs, wanted) {
		if labels.Fold(j.doc.ID)%2 != 0 {
			held.add(j)
			continue
		}
		read.add(j)
		if !j.right && j.want.Labelled {
			t.Log(j)
		}
	}
	for _, half := range []struct {
		name  string
		score *score
		floor float64
	}{{"read", &read, floorRead}, {"held", &held, floorHeld}} {
		t.Logf("the half that is %s:", half.name)
		half.score.log(t)
		if share := half.score.total.share(); share < half.floor {
			t.Errorf("of the half that is %s %.1f%% of speakers are right, want %.1f%%", half.name, share, half.floor)
		}
	}
}

// floor is the share of right speakers below which TestLabelledArticles fails, in percent.
const floor = 88

// TestLabelledArticles measures the stage alone: the statements and their sources are
// those that people marked, the tokens CoreNLP's. Only errors of every other article, from the
// first, are shown: the others are kept unread.
func TestLabelledArticles(t *testing.T) {
	docs, wanted := labelledDocuments(t)
	var all score
	for _, j := range judge(t, docs, wanted) {
		all.add(j)
		if !j.right && j.want.Labelled && slices.Index(docs, j.doc)%2 == 0 {
			t.Log(j)
		}
	}
	all.log(t)
	if share := all.total.share(); share < floor {
		t.Errorf("%.1f%% of speakers are right, want %d%%", share, floor)
	}
}

// judgement is what the stage says of an attribution.
type judgement struct {
	doc        *corpus.Document
	want       gold.Attribution
	kind       corpus.StatementKind
	speaker    string // empty: nobody
	as         string // the kind of the speaker
	rule       string
	confidence float64
	right      bool
}

func (j judgement) String() string {
	return fmt.Sprintf("%s: %s: want %q (%s), got %q (%s) by rule %s", j.doc.ID, sourceText(j.doc, j.want), j.want.Speaker, j.want.Kind, j.speaker, j.as, j.rule)
}

// judge resolves the speakers of documents.
func judge(t testing.TB, docs []*corpus.Document, wanted [][]gold.Attribution) (out []judgement) {
	for d, doc := range docs {
		annotate(t, doc)
		for i, want := range wanted[d] {
			source := doc.Sources[i]
			j := judgement{doc: doc, want: want, kind: doc.Statements[i].Kind, as: corpus.KindUnknown.String(), rule: source.Rule, confidence: float64(source.Confidence)}
			if source.Speaker >= 0 {
				speaker := doc.Speakers[source.Speaker]
				j.speaker, j.as = speaker.Name, speaker.Kind.String()
			}
			j.right = gold.SameName(want.Speaker, j.speaker)
			out = append(out, j)
		}
	}
	return out
}

// tally counts what is right.
type tally struct{ right, all int }

func (c *tally) add(right bool) {
	c.all++
	if right {
		c.right++
	}
}

func (c tally) share() float64 { return 100 * float64(c.right) / float64(max(c.all, 1)) }

func (c tally) String() string {
	return fmt.Sprintf("%d right of %d, %.1f%%", c.right, c.all, c.share())
}

// score counts judgements by what they are about.
type score struct {
	total, direct, kind tally // kind: whether the kind of the speaker is right
	kinds, forms, rules map[string]*tally
	promised            []float64
	kept                []bool
}

// add counts a judgement. Where nobody could tell who speaks only the confidence counts: the
// stage may be sure that nobody does.
func (s *score) add(j judgement) {
	s.promised, s.kept = append(s.promised, j.confidence), append(s.kept, j.right)
	if !j.want.Labelled {
		return
	}
	if s.kinds == nil {
		s.kinds, s.forms, s.rules = map[string]*tally{}, map[string]*tally{}, map[string]*tally{}
	}
	s.total.add(j.right)
	if j.kind == corpus.Direct {
		s.direct.add(j.right)
	}
	s.kind.add(j.as == j.want.Kind)
	for _, by := range []struct {
		of  map[string]*tally
		key string
	}{{s.kinds, j.want.Kind}, {s.forms, sourceForm(j.doc, j.want)}, {s.rules, j.rule}} {
		if by.of[by.key] == nil {
			by.of[by.key] = &tally{}
		}
		by.of[by.key].add(j.right)
	}
}

func (s *score) log(t testing.TB) {
	for _, by := range []struct {
		what string
		of   map[string]*tally
	}{{"speaker", s.kinds}, {"source", s.forms}, {"rule", s.rules}} {
		for _, key := range slices.Sorted(maps.Keys(by.of)) {
			t.Logf("%-7s %-19s %v", by.what, key, *by.of[key])
		}
	}
	t.Logf("confidence is off by %.3f (expected calibration error, 10 bins)", linear.CalibrationError(s.promised, s.kept, 10))
	t.Logf("%v; of direct quotations %v; kind of speaker %v", s.total, s.direct, s.kind)
}

// sourceForm tells sources apart by how they are written.
func sourceForm(doc *corpus.Document, a gold.Attribution) string {
	if len(a.Source) == 0 {
		return "none"
	}
	words := strings.Fields(strings.Trim(a.Source[0].Of(doc.Text), "“”\"', "))
	if len(words) == 0 {
		return "none"
	}
	switch first := strings.ToLower(words[0]); first {
	case "he", "she", "him", "her", "his", "himself", "herself":
		if len(words) == 1 {
			return "he, she"
		}
		return "the, his"
	case "they", "them", "it":
		return "they, it"
	case "i", "we", "me", "us", "my":
		return "I, we"
	case "who", "which", "that":
		return "who, which"
	case "the", "this", "these", "those", "their", "its", "our":
		return "the, his"
	case "a", "an", "some", "many", "most", "several", "other", "another", "one":
		return "a, some"
	}
	last := words[len(words)-1]
	if last == strings.ToLower(last) {
		return "other description"
	}
	return "name"
}

func sourceText(doc *corpus.Document, a gold.Attribution) string {
	var parts []string
	for _, s := range a.Source {
		parts = append(parts, s.Of(doc.Text))
	}
	return "source “" + strings.Join(parts, " ... ") + "”"
}

// labelledDocuments gives the labelled articles tagged, with their statements, and who
// makes each.
func labelledDocuments(t testing.TB) (docs []*corpus.Document, wanted [][]gold.Attribution) {
	return tagged(t, "dev", gold.Labelled)
}

// tagged gives the articles that read finds, tokenised in a split.
func tagged(t testing.TB, split string, read func(dir string) ([]gold.Article, error)) (docs []*corpus.Document, wanted [][]gold.Attribution) {
	if _, err := os.Stat(gold.Dir); err != nil {
		t.Skip("no ../shared/gold beside this repository: speakers are not measured")
	}
	articles, err := read(gold.Dir)
	if err != nil {
		t.Fatal(err)
	}
	tokenised, err := gold.Documents(gold.Dir, split)
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
