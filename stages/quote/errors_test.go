package quote

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"onrecord/corpus"
)

var showKind = flag.String("errors", "", "TestErrors prints what was missed of this kind: direct, mixed, indirect, or given and wrong: spurious")

// TestErrors prints errors for a person to read; it promises nothing.
func TestErrors(t *testing.T) {
	if *showKind == "" {
		t.Skip("run with -errors KIND to read errors")
	}
	n := 0
	annotate(t, loadGold(t, *goldPart), Stage{}, func(a *article, doc *corpus.Document) {
		m := matches(a, doc.Statements)
		used := map[int]bool{}
		for i, x := range a.Attributions {
			if len(x.Content) == 0 {
				continue
			}
			if m[i] >= 0 {
				used[m[i]] = true
			}
			k := kindOf(a.Text, x.Content).String()
			if k != *showKind && *showKind != "source" {
				continue
			}
			switch {
			case m[i] < 0 && *showKind != "source":
				n++
				fmt.Printf("%s MISSED S%q Q%q C%q\n", a.ID, texts(a.Text, x.Source), texts(a.Text, x.Cue), texts(a.Text, x.Content))
				for _, st := range doc.Statements {
					if jaccard(chars(st.Content), chars(x.Content)) > 0 {
						fmt.Printf("   near [%s] S%q Q%q C%q\n", st.Rule, texts(a.Text, st.Source), texts(a.Text, st.Cue), texts(a.Text, st.Content))
					}
				}
			case m[i] >= 0 && !sameSource(x, doc.Statements[m[i]]):
				n++
				st := doc.Statements[m[i]]
				fmt.Printf("%s SOURCE [%s] want %q got %q Q%q in %q\n", a.ID, st.Rule, texts(a.Text, x.Source), texts(a.Text, st.Source), texts(a.Text, st.Cue), around(a.Text, st.Cue))
			}
		}
		if *showKind == "spurious" {
			for j, st := range doc.Statements {
				if !used[j] {
					fmt.Printf("SPURIOUS [%s] %.2f S%q Q%q C%q\n", st.Rule, st.Confidence, texts(a.Text, st.Source), texts(a.Text, st.Cue), texts(a.Text, st.Content))
				}
			}
		}
	})
	t.Log(n, "errors")
}

func texts(text string, spans []corpus.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, s.Of(text))
	}
	return strings.Join(out, " || ")
}

func around(text string, cue []corpus.Span) string {
	if len(cue) == 0 {
		return ""
	}
	from, to := max(0, int(cue[0].Start)-120), min(len(text), int(cue[0].End)+60)
	return strings.ToValidUTF8(text[from:to], "")
}

var explainText = flag.String("explain", "", "TestExplain prints what is said of candidates whose line holds this text")

// TestExplain prints the explanations of one passage for a person to read.
func TestExplain(t *testing.T) {
	if *explainText == "" {
		t.Skip("run with -explain TEXT to read explanations")
	}
	var now *article
	shown := false
	run, err := Stage{}.Explainer(func(line string) {
		if i := strings.Index(now.Text, *explainText); i >= 0 {
			if !shown {
				fmt.Println(now.Text[max(0, i-200):min(len(now.Text), i+400)])
				shown = true
			}
			fmt.Println(line)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, now = range loadGold(t, *goldPart) {
		if now.doc != nil {
			if err := run(now.doc); err != nil {
				t.Fatal(err)
			}
		}
	}
}
