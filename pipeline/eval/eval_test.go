package eval

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"onrecord/corpus"
)

// mark finds the spans of the given pieces of a text, in code points.
func mark(t *testing.T, text string, pieces ...string) []Span {
	t.Helper()
	var out []Span
	for _, p := range pieces {
		at := strings.Index(text, p)
		if at < 0 {
			t.Fatalf("%q is not in the text", p)
		}
		start := len([]rune(text[:at]))
		out = append(out, Span{start, start + len([]rune(p))})
	}
	return out
}

const text = `“Prices will fall,” Ana Ruiz said. She called the levy unfair. Mr. Bo hopes that it ends.`

func article(t *testing.T) Article {
	ana, bo := "Ana Ruiz", "Bo"
	down, up := -1, 1
	return Article{ID: "a", Text: text, Attributions: []Attribution{
		{Content: mark(t, text, "“Prices will fall,”"), Cue: mark(t, text, "said"), Source: mark(t, text, "Ana Ruiz"),
			Speaker: &ana, Tone: &up, Stances: []TargetStance{}},
		{Content: mark(t, text, "the levy unfair"), Cue: mark(t, text, "called"), Source: mark(t, text, "She"),
			Speaker: &ana, Tone: &down, Stances: []TargetStance{{"the levy", -1}}},
		{Content: mark(t, text, "that it ends"), Cue: mark(t, text, "hopes"), Source: mark(t, text, "Mr. Bo"),
			Speaker: &bo, Tone: &up, Stances: []TargetStance{}},
	}}
}

func TestScore(t *testing.T) {
	a := article(t)
	perfect := []Statement{
		{Content: a.Attributions[0].Content, Cue: a.Attributions[0].Cue, Source: a.Attributions[0].Source, Speaker: "Ana Ruiz", Tone: "positive"},
		{Content: a.Attributions[1].Content, Cue: a.Attributions[1].Cue, Source: a.Attributions[1].Source, Speaker: "Ruiz", Tone: "negative",
			Stances: []StanceLabel{{"levy", "oppose"}, {"prices", "neutral"}}},
		{Content: a.Attributions[2].Content, Cue: a.Attributions[2].Cue, Source: a.Attributions[2].Source, Speaker: "Mr. Bo", Tone: "positive"},
	}
	change := func(f func(rows []Statement) []Statement) []Statement {
		rows := append([]Statement(nil), perfect...)
		return f(rows)
	}
	tests := []struct {
		name   string
		rows   []Statement
		want   map[string]float64 // figures that differ from those of a perfect prediction
		misses []string
	}{
		{"all right", perfect, nil, nil},
		{"final full stop and spaces do not matter", change(func(r []Statement) []Statement {
			r[1].Content = mark(t, text, " the levy unfair.")
			return r
		}), nil, nil},
		{"one not found", perfect[:2],
			map[string]float64{"content exact": 80, "content overlap": 85, "source exact": 80, "source overlap": 78.6,
				"cue exact": 80, "cue overlap": 80, "relation": 80, "relation indirect recall": 50,
				"found recall": 66.7, "found indirect recall": 50, "speaker": 80},
			[]string{"not found"}},
		{"wrong speaker, tone and stance", change(func(r []Statement) []Statement {
			r[1].Speaker, r[1].Tone, r[1].Stances = "Eva Ruiz", "neutral", []StanceLabel{{"levy", "support"}}
			return r
		}), map[string]float64{"speaker": 66.7, "tone accuracy": 66.7, "tone macro-F1": 33.3, "stance": 0},
			[]string{"speaker", "tone", "stance"}},
		{"no source", change(func(r []Statement) []Statement { r[0].Source = nil; return r }),
			map[string]float64{"source exact": 80, "source overlap": 69.2, "relation": 66.7, "relation direct recall": 0},
			[]string{"source"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tally, misses, err := Score(&a, tt.rows)
			if err != nil {
				t.Fatal(err)
			}
			var what []string
			for _, m := range misses {
				what = append(what, m.What)
			}
			if !reflect.DeepEqual(what, tt.misses) {
				t.Errorf("misses %q, want %q", what, tt.misses)
			}
			report := tally.Report()
			for _, f := range report.Figures() {
				want, ok := tt.want[f.Name]
				switch {
				case ok:
				case strings.Contains(f.Name, "mixed"): // the article has none
					want = 0
				case f.Name == "tone macro-F1": // nor a neutral statement
					want = 66.7
				default:
					want = 100
				}
				if f.Value != want {
					t.Errorf("%s is %v, want %v", f.Name, f.Value, want)
				}
			}
		})
	}
}

func TestScoreLeavesDiscardedRegionsAside(t *testing.T) {
	a := article(t)
	a.Attributions = a.Attributions[:2]
	a.Discard = mark(t, text, "Mr. Bo hopes that it ends.")
	tally, _, err := Score(&a, []Statement{{Content: mark(t, text, "that it ends"), Source: mark(t, text, "Mr. Bo")}})
	if err != nil {
		t.Fatal(err)
	}
	if n := tally.relation.predicted; n != 0 {
		t.Errorf("%d statements counted, want 0: the only one is in a discarded region", n)
	}
}

func TestScoreRefusesSpansOutsideTheText(t *testing.T) {
	a := article(t)
	for _, s := range []Span{{-1, 3}, {5, 4}, {0, len(text)}} { // bytes, not code points: one past the end
		if _, _, err := Score(&a, []Statement{{Content: []Span{s}}}); err == nil {
			t.Errorf("no error for the span %v", s)
		}
	}
}

func TestSameSpeaker(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"Ana Ruiz", "Ana Ruiz", true},
		{"Ana Ruiz", "Ruiz", true},
		{"President Ana Ruiz", "Ana Ruiz", true},
		{"Ana Ruiz’s", "ana ruiz", true},
		{"Ana Ruiz", "Eva Ruiz", false},
		{"Ana Ruiz", "Ana Bo", false},
		{"Ana Ruiz and Li Bo", "Li Bo and Ana Ruiz", true},
		{"Ana Ruiz and Li Bo", "Li Bo", false},
		{"the", "", true},
		{"Ruiz", "", false},
	}
	for _, tt := range tests {
		if got := sameSpeaker(tt.a, tt.b); got != tt.want {
			t.Errorf("sameSpeaker(%q, %q) = %v", tt.a, tt.b, got)
		}
	}
}

func TestSpanReadsBothNotations(t *testing.T) {
	tests := []struct {
		json string
		want Span
		ok   bool
	}{
		{`[3, 7]`, Span{3, 7}, true},
		{`{"start": 3, "end": 7}`, Span{3, 7}, true},
		{`[3]`, Span{}, false},
		{`{"start": 3}`, Span{}, false},
		{`"3-7"`, Span{}, false},
	}
	for _, tt := range tests {
		var got Span
		if err := json.Unmarshal([]byte(tt.json), &got); (err == nil) != tt.ok || tt.ok && got != tt.want {
			t.Errorf("%s: got %v, error %v", tt.json, got, err)
		}
	}
}

func TestPredictCountsCodePoints(t *testing.T) {
	doc := &corpus.Document{ID: "d", Text: "“Ça va,” said Zoë 😀 Li."}
	at := func(piece string) []corpus.Span {
		i := strings.Index(doc.Text, piece)
		return []corpus.Span{{Start: int32(i), End: int32(i + len(piece))}}
	}
	doc.Statements = []corpus.Statement{{Content: at("“Ça va,”"), Cue: at("said"), Source: at("Zoë 😀 Li"), Confidence: 0.5}}
	doc.Speakers = []corpus.Speaker{{Name: "Zoë Li"}}
	doc.Sources = []corpus.Source{{Speaker: 0}}
	doc.Tones = []corpus.Tone{{Label: corpus.Positive}}
	doc.Stances = []corpus.Stance{{Statement: 0, Target: "x", Label: corpus.Oppose}}
	want := []Statement{{DocID: "d", Content: []Span{{0, 8}}, Cue: []Span{{9, 13}}, Source: []Span{{14, 22}},
		Speaker: "Zoë Li", Tone: "positive", Bayes: "neutral", Vader: "neutral", Stances: []StanceLabel{{"x", "oppose"}}, Confidence: new(0.5)}}
	if got := Predict(doc); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestIntervalsHoldTheFigureAndRepeat(t *testing.T) {
	a := article(t)
	var articles []Tally
	var all Tally
	for i := range 30 {
		one, _, err := Score(&a, []Statement{{Content: a.Attributions[i%3].Content, Source: a.Attributions[0].Source}})
		if err != nil {
			t.Fatal(err)
		}
		articles = append(articles, one)
		all.Add(&one)
	}
	got := Intervals(articles)
	if !reflect.DeepEqual(got, Intervals(articles)) {
		t.Error("the same articles gave other intervals")
	}
	report := all.Report()
	for _, f := range report.Figures() {
		if iv := got[f.Name]; iv[0] > f.Value || iv[1] < f.Value {
			t.Errorf("%s is %v, outside its interval %v", f.Name, f.Value, iv)
		}
	}
	if iv := got["relation"]; iv[0] == iv[1] {
		t.Errorf("relation differs by article, but its interval is %v", iv)
	}
	if Intervals(articles[:1]) != nil {
		t.Error("an interval from one article")
	}
}

func TestUnder(t *testing.T) {
	a := article(t)
	tally, _, err := Score(&a, nil)
	if err != nil {
		t.Fatal(err)
	}
	report := tally.Report()
	under, err := report.Under(map[string]float64{"relation": 0.1, "found recall": 0})
	if err != nil || len(under) != 1 || !strings.Contains(under[0], "relation is 0.0") {
		t.Errorf("got %q, %v", under, err)
	}
	if _, err := report.Under(map[string]float64{"relatoin": 50}); err == nil {
		t.Error("a floor for an unknown figure passed")
	}
}
