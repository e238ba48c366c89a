package labels

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
)

func TestParse(t *testing.T) {
	got, err := parse("# a comment\n= a1\nAnn Kovář\tperson\t-\t+the ferry\t-Bo Holm\t0Cy\n-\tunknown\t0\n= a2\n")
	want := map[string][]label{
		"a1": {{"Ann Kovář", "person", -1, []gold.Stance{{Target: "the ferry", Stance: 1}, {Target: "Bo Holm", Stance: -1}, {Target: "Cy"}}}, {kind: "unknown"}},
		"a2": {},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, tt := range []struct{ text, says string }{
		{"Ann\tperson\t+", "before any article"},
		{"= a\nAnn\tperson", "not a speaker"},
		{"= a\nAnn\tprince\t+", "prince"},
		{"= a\nAnn\tperson\t1", `"1" is not`},
		{"= a\nAnn\tperson\t+\tthe ferry", `"t" is not`},
		{"= a\nAnn\tperson\t+\t-", "sign and a target"},
		{"= a\n= a", "line 2: article a comes twice"},
	} {
		if _, err := parse(tt.text); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%q: error %v, want one that says %q", tt.text, err, tt.says)
		}
	}
}

func TestJoin(t *testing.T) {
	one := 1
	articles := []gold.Article{
		{ID: "a", Attributions: make([]gold.Attribution, 1)},
		{ID: "b", Attributions: make([]gold.Attribution, 1)},
		{ID: "c", Attributions: []gold.Attribution{{Tone: &one}}},
	}
	got, err := join(articles, map[string][]label{"b": {{"Ann", "person", -1, nil}}})
	if err != nil || len(got) != 2 || got[0].ID != "b" || *got[0].Attributions[0].Tone != -1 || !got[0].Attributions[0].Labelled || got[1].ID != "c" {
		t.Errorf("got %v, %v; want b with its label and c", got, err)
	}
	if _, err := join(articles, map[string][]label{"b": {}}); err == nil {
		t.Error("an article with a label missing was joined")
	}
}

// TestLabelsFitTheArticles holds the file to the articles that it is about.
func TestLabelsFitTheArticles(t *testing.T) {
	articles, err := Read(filepath.Join("..", gold.Dir))
	if os.IsNotExist(err) {
		t.Skipf("needs ../shared/gold beside the repository: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	known, err := parse(text)
	if err != nil || len(articles) != len(known) {
		t.Errorf("%d of %d labelled articles are there (%v)", len(articles), len(known), err)
	}
	var tones [3]int
	statements, positions := 0, 0
	for _, a := range articles {
		for _, at := range a.Attributions {
			statements++
			tones[*at.Tone+1]++
			for _, s := range at.Stances {
				if s.Stance != 0 {
					positions++
				}
			}
			if _, err := corpus.ParseSpeakerKind(at.Kind); err != nil {
				t.Error(err)
			}
		}
	}
	t.Logf("%d articles, %d statements, %v negative, neutral and positive, %d positions", len(articles), statements, tones, positions)
}

// TestLabelsQuoteNothing promises that names stay names: no ten words in a row are an
// article's.
func TestLabelsQuoteNothing(t *testing.T) {
	articles, err := Read(filepath.Join("..", gold.Dir))
	if os.IsNotExist(err) {
		t.Skipf("needs ../shared/gold beside the repository: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	const most = 10
	runs := func(text string) (out []string) {
		words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		for i := 0; i+most <= len(words); i++ {
			out = append(out, strings.Join(words[i:i+most], " "))
		}
		return out
	}
	quoted := map[string]bool{}
	for _, a := range articles {
		for _, run := range runs(a.Text) {
			quoted[run] = true
		}
	}
	for _, run := range runs(text) {
		if quoted[run] {
			t.Errorf("%q stands in an article", run)
		}
	}
}
