package tone

import (
	"math"
	"strings"
	"sync"
	"testing"

	"onrecord/corpus"
)

func scorer(t testing.TB) *Scorer {
	t.Helper()
	sc, err := NewScorer()
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

func score(t testing.TB, sc *Scorer, text string) corpus.Tone {
	t.Helper()
	got, err := sc.Score(text)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestNegationIsOneTermWithItsWord(t *testing.T) {
	tests := []struct{ text, term string }{
		{"The pace of spending is not sustainable.", "not sustainable"},
		{"The treaty is no longer useful, he said.", "no longer useful"},
		{"Regulators failed to protect savers.", "failed to protect"},
		{"The visit could ease tensions.", "could ease tensions"},
		{"The plan is far from perfect.", "far from perfect"},
		{"We don’t trust them.", "n’t trust"},
	}
	sc := scorer(t)
	for _, tt := range tests {
		got := score(t, sc, tt.text)
		if len(got.Terms) != 1 || got.Terms[0].Of(tt.text) != tt.term {
			t.Errorf("terms of %q are %s, want the one term %q", tt.text, marked(tt.text, got.Terms), tt.term)
		}
	}
}

func TestTermsAreStrongestFirst(t *testing.T) {
	text := "It was a bad, dangerous and disgraceful plan with one good idea."
	got := score(t, scorer(t), text)
	if len(got.Terms) < 3 {
		t.Fatalf("terms of %q: %s", text, marked(text, got.Terms))
	}
	for i := 1; i < len(got.Terms); i++ {
		if abs(got.Terms[i].Weight) > abs(got.Terms[i-1].Weight) {
			t.Errorf("term %d is stronger than term %d: %v", i, i-1, got.Terms)
		}
	}
}

func abs(x float32) float32 { return max(x, -x) }

// names of people, countries, organizations and parties; many are tone words when written small.
var names = strings.Split("Grace Hope|Victor Good|Will Power|Joy Love|Peter Savage|Anna Pain|Hassan Rouhani|Li Wei|Ngozi Okafor|"+
	"Maria Garcia|John Smith|Fatima Zahra|Ivan Petrov|Yuki Tanaka|Abdul Rahman|Lakisha Washington|Emily Walsh|Jamal Jones|"+
	"Donald Trump|Hillary Clinton|Vladimir Putin|Xi Jinping|Angela Merkel|Narendra Modi|Ruritania|Germany|Iran|Israel|"+
	"Nigeria|China|Russia|Mexico|Cuba|Sweden|Liberty|Hazard|Paradise|Syria|the Justice Party|the Freedom Party|"+
	"the Labour Party|the Green Party|the Democratic Party|the Republican Party|the Peace Corps|the War Office|"+
	"Amnesty International|Greenpeace|Goldman Sachs|the World Bank", "|")

func TestNamesDoNotMoveTone(t *testing.T) {
	if len(names) < 50 {
		t.Fatalf("%d names", len(names))
	}
	sc := scorer(t)
	moved, n := 0.0, 0.0
	for _, frame := range []string{
		"The critics said %s did not help the terrible plan.",
		"We have great respect for %s and hope for the best.",
		"Nobody believes that %s failed to stop the violence, but the outlook is good.",
		"Officials met %s on Monday.",
		"We will not let %s ruin a fair deal.",
		"Talks with %s will resume in the spring.",
		"“I am with %s,” the mayor said.",
		"Support for %s has grown, though few expect it to last.",
	} {
		base := score(t, sc, strings.ReplaceAll(frame, "%s", "Alex Doe"))
		for _, name := range names {
			text := strings.ReplaceAll(frame, "%s", name)
			got := score(t, sc, text)
			by := math.Abs(float64(got.Score - base.Score))
			moved, n = moved+by, n+1
			if by > 0.02 {
				t.Logf("tone moved from %.3f to %.3f: %s %s", base.Score, got.Score, text, marked(text, got.Terms))
			}
		}
	}
	t.Logf("mean absolute change of tone %.4f over %.0f swaps", moved/n, n)
	if moved/n > 0.02 {
		t.Errorf("tone moves by %.3f on average with the name, 0.02 is the bound", moved/n)
	}
}

func TestCueCountsAndSourceDoesNot(t *testing.T) {
	tests := []struct {
		source, cue, content string
		want                 corpus.Polarity
	}{
		{"The envoy", "praised", "the committee", corpus.Positive},
		{"The envoy", "condemned", "the committee", corpus.Negative},
		{"The envoy", "met and said", "the committee has nine members", corpus.Neutral},
		{"The brave and honest envoy", "said", "the committee has nine members", corpus.Neutral},
		{"The envoy", "does not believe", "that it was a good plan", corpus.Negative},
		{"The envoy", "expressed hope for", "the meeting", corpus.Positive},
	}
	sc := scorer(t)
	for _, tt := range tests {
		doc := statement(sc, tt.source, tt.cue, tt.content)
		if err := sc.annotate(doc); err != nil {
			t.Fatal(err)
		}
		if got := doc.Tones[0]; got.Label != tt.want {
			t.Errorf("%q is %s, want %s: %s", doc.Text, got.Label, tt.want, marked(doc.Text, got.Terms))
		}
	}
}

// statement makes a document of one attribution.
func statement(sc *Scorer, source, cue, content string) *corpus.Document {
	doc := &corpus.Document{}
	if err := sc.read(doc, source+" "+cue+" "+content+"."); err != nil {
		panic(err)
	}
	a, b := int32(len(source)), int32(len(source)+1+len(cue))
	doc.Statements = []corpus.Statement{{
		Source:  []corpus.Span{{Start: 0, End: a}},
		Cue:     []corpus.Span{{Start: a + 1, End: b}},
		Content: []corpus.Span{{Start: b + 1, End: b + 1 + int32(len(content))}},
	}}
	return doc
}

func TestNoStatementsGiveAnEmptyLayer(t *testing.T) {
	doc := &corpus.Document{}
	if err := scorer(t).annotate(doc); err != nil || doc.Tones == nil || len(doc.Tones) != 0 {
		t.Errorf("tones %#v, error %v; want empty, not nil", doc.Tones, err)
	}
}

func TestMissingTagsAreAnError(t *testing.T) {
	doc := &corpus.Document{Text: "Yes", Layers: corpus.Layers{Tokens: []corpus.Span{{Start: 0, End: 3}}}}
	if err := scorer(t).annotate(doc); err == nil {
		t.Error("a document without tags was annotated")
	}
}

func TestSecondOpinionIsSharedByGoroutines(t *testing.T) {
	text := "It was a wonderful film and a moving story."
	want := score(t, scorer(t), text).Bayes
	if want == corpus.Neutral {
		t.Fatal("the second opinion could not be restored")
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			sc := scorer(t)
			for range 20 {
				if got := score(t, sc, text).Bayes; got != want {
					t.Errorf("second opinion %s, alone it was %s", got, want)
				}
			}
		})
	}
	wg.Wait()
}

func TestExplainNamesTheTerms(t *testing.T) {
	var lines []string
	annotate, err := Stage{NoBayes: true}.Explainer(func(s string) { lines = append(lines, s) })
	if err != nil {
		t.Fatal(err)
	}
	doc := statement(scorer(t), "The envoy", "said", "the offer is not fair")
	if err := annotate(doc); err != nil {
		t.Fatal(err)
	}
	if all := strings.Join(lines, "\n"); !strings.Contains(all, "negative") || !strings.Contains(all, `"not fair"`) {
		t.Errorf("explanation lacks label or term:\n%s", all)
	}
}

var benchText = strings.Repeat("The minister said the plan is not sustainable and would harm families, but he expressed hope for a fair deal. "+
	"Officials met on Monday in the capital to discuss the terms of the agreement with their partners from abroad. ", 40)

func BenchmarkTone(b *testing.B) {
	sc := scorer(b)
	sc.bayes = nil
	doc := &corpus.Document{}
	if err := sc.read(doc, benchText); err != nil {
		b.Fatal(err)
	}
	for _, s := range doc.Sentences {
		doc.Statements = append(doc.Statements, corpus.Statement{
			Content: []corpus.Span{{Start: doc.Tokens[s.Start].Start, End: doc.Tokens[s.End-1].End}}})
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := sc.annotate(doc); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(doc.Tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkSecondOpinion(b *testing.B) {
	bayes := startBayes()
	text := benchText[:strings.Index(benchText, ". ")]
	bayes.opinion(text)
	b.ReportAllocs()
	for b.Loop() {
		bayes.opinion(text)
	}
}

// marked lists terms with their words.
func marked(text string, terms []corpus.Term) string {
	var b strings.Builder
	for _, m := range terms {
		b.WriteString("«" + m.Of(text) + "»")
		if m.Weight < 0 {
			b.WriteString("- ")
		} else {
			b.WriteString("+ ")
		}
	}
	return b.String()
}

func TestVaderIsVader(t *testing.T) {
	tests := []struct {
		text string
		want corpus.Polarity
	}{
		{"A good and honest deal.", corpus.Positive},
		{"A terrible, dangerous deal.", corpus.Negative},
		{"The deal is not good.", corpus.Negative},
		{"The deal was signed on Monday.", corpus.Neutral},
	}
	for _, tt := range tests {
		if got, err := Vader(tt.text); err != nil || got != tt.want {
			t.Errorf("%q is %s, want %s (%v)", tt.text, got, tt.want, err)
		}
	}
}

// TestStatements judges cue and content together, as the pipeline does, where a bare
// sentence would not do: what is judged is label and score, which agree.
func TestStatements(t *testing.T) {
	sc, err := NewScorer()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text, cue string // the content is what follows the cue
		want      corpus.Polarity
	}{
		{"The harbour masters agreed to publish a common timetable.", "agreed", corpus.Positive},
		{"She said that the talks on the fishing treaty had been “open, serious, and productive.”", "said", corpus.Positive},
		{"He told reporters the exchange was “open, detailed, and constructive.”", "told", corpus.Positive},
		{"The envoy hoped the remaining differences could be settled before Easter.", "hoped", corpus.Positive},
		{"The minister said the present system of quotas was “not sustainable.”", "said", corpus.Negative},
		{"The mayor said the ferry would leave at nine.", "said", corpus.Neutral},
	} {
		var doc corpus.Document
		if err := sc.read(&doc, c.text); err != nil {
			t.Fatal(err)
		}
		start := int32(strings.Index(c.text, c.cue))
		end := start + int32(len(c.cue))
		doc.Statements = []corpus.Statement{{
			Cue:     []corpus.Span{{Start: start, End: end}},
			Content: []corpus.Span{{Start: end + 1, End: int32(len(c.text)) - 1}},
		}}
		if err := sc.annotate(&doc); err != nil {
			t.Fatal(err)
		}
		if got := doc.Tones[0]; got.Label != c.want || got.Score*float32(c.want) < 0 {
			t.Errorf("%q is %s, score %.2f, want %s", c.text, got.Label, got.Score, c.want)
		}
	}
}
