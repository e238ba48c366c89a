package stance

import (
	"bufio"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/tone"
)

type goldArticle struct {
	ID, Text     string
	Attributions []struct {
		Source, Cue, Content [][2]int
		Speaker              string
		Kind                 string `json:"speaker_kind"`
		Stances              []struct {
			Target string
			Stance int
		}
	}
}

func readGold(t *testing.T) []goldArticle {
	f, err := os.Open("../../../shared/gold/labelled-dev.jsonl")
	if err != nil {
		t.Skipf("needs ../shared/gold beside the repository: %v", err)
	}
	defer f.Close()
	var out []goldArticle
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		var a goldArticle
		if err := json.Unmarshal(in.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		out = append(out, a)
	}
	return out
}

// goldDocument is an article with the annotators' statements and speakers.
func goldDocument(t *testing.T, sc *Scorer, a goldArticle) *corpus.Document {
	doc := &corpus.Document{ID: a.ID}
	if err := sc.read(doc, a.Text); err != nil {
		t.Fatal(err)
	}
	var at []int32
	for i := range a.Text {
		at = append(at, int32(i))
	}
	at = append(at, int32(len(a.Text)))
	spans := func(s [][2]int) (out []corpus.Span) {
		for _, x := range s {
			out = append(out, corpus.Span{Start: at[x[0]], End: at[x[1]]})
		}
		return out
	}
	known := map[string]int32{}
	for _, x := range a.Attributions {
		kind := corpus.Indirect
		if content := spans(x.Content)[0].Of(a.Text); strings.ContainsAny(content, "\"“”") {
			kind = corpus.Mixed
			if strings.HasPrefix(content, "\"") || strings.HasPrefix(content, "“") {
				kind = corpus.Direct
			}
		}
		doc.Statements = append(doc.Statements, corpus.Statement{Kind: kind, Content: spans(x.Content), Cue: spans(x.Cue), Source: spans(x.Source)})
		k, ok := known[x.Speaker]
		if !ok {
			k = int32(len(doc.Speakers))
			known[x.Speaker] = k
			kind, _ := corpus.ParseSpeakerKind(x.Kind)
			doc.Speakers = append(doc.Speakers, corpus.Speaker{Name: x.Speaker, Kind: kind})
		}
		doc.Sources = append(doc.Sources, corpus.Source{Speaker: k})
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
// name are shared.
func TestStanceOfLabelledArticles(t *testing.T) {
	sc, err := NewScorer()
	if err != nil {
		t.Fatal(err)
	}
	right, predicted, gold := 0.0, 0.0, 0.0
	for _, a := range readGold(t) {
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
				gold++
				hit := -1
				for k, s := range got {
					if int(s.Label) == w.Stance && sameTarget(s.Target, w.Target) {
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
			if testing.Verbose() && (len(missed) > 0 || len(got) > 0) {
				var wrong []string
				for _, s := range got {
					wrong = append(wrong, s.Label.String()+" "+s.Target)
				}
				t.Logf("missed %q, wrong %q: %q", missed, wrong, doc.Statements[i].Content[0].Of(doc.Text))
			}
		}
	}
	p, r := right/max(predicted, 1), right/gold
	f := 200 * p * r / max(p+r, 1e-9)
	t.Logf("stance on gold spans: precision %.1f, recall %.1f, F1 %.1f", 100*p, 100*r, f)
	if f < 30 {
		t.Errorf("F1 %.1f is below the floor of 30", f)
	}
}

var wordRE = regexp.MustCompile(`\w+`)

func sameTarget(a, b string) bool {
	words := func(s string) map[string]bool {
		out := map[string]bool{}
		for _, w := range wordRE.FindAllString(strings.ToLower(s), -1) {
			switch w {
			case "the", "a", "an", "of", "in", "on", "for", "to", "and", "or", "mr", "mrs", "ms", "dr", "s", "president", "senator", "secretary":
			default:
				out[w] = true
			}
		}
		return out
	}
	x, y := words(a), words(b)
	shared := 0
	for w := range x {
		if y[w] {
			shared++
		}
	}
	return len(x) > 0 && len(y) > 0 && 2*shared >= min(len(x), len(y))
}
