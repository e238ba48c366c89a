package quote

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
)

var showKind = flag.String("errors", "", "TestErrors prints what was missed of this kind (direct, mixed, indirect), wrong sources (source), what was given and is wrong (spurious), or counts only (count)")

// TestErrors counts the errors by category, and prints those asked for, for a
// person to read; it promises nothing.
func TestErrors(t *testing.T) {
	if *showKind == "" {
		t.Skip("run with -errors KIND to read errors, -errors count to count them")
	}
	logErrors(t, measured(t))
}

// logErrors counts and prints the errors of the statements of annotated articles.
func logErrors(t *testing.T, lessons []*lesson) {
	counts := map[string]int{}
	show := func(kind, format string, args ...any) {
		if *showKind == kind {
			fmt.Printf(format+"\n", args...)
		}
	}
	for _, l := range lessons {
		given := l.doc.Statements
		found := matches(l, given)
		used := map[int]bool{}
		for i, x := range l.Attributions {
			if len(x.Content) == 0 {
				continue
			}
			kind := kindOf(l.Text, x.Content).String()
			j := found[i]
			if j < 0 {
				why, near := whyMissed(x, given)
				counts["missed "+kind+": "+why]++
				show(kind, "%s MISSED (%s) S%q Q%q C%q", l.ID, why, texts(l.Text, x.Source), texts(l.Text, x.Cue), texts(l.Text, x.Content))
				for _, st := range near {
					show(kind, "   near [%s] S%q Q%q C%q", st.Rule, texts(l.Text, st.Source), texts(l.Text, st.Cue), texts(l.Text, st.Content))
				}
				continue
			}
			used[j] = true
			if st := given[j]; !sameSource(x, st) {
				counts["source of "+kind+": "+whySource(x, st)]++
				show("source", "%s SOURCE of %s [%s] want %q got %q Q%q in %q", l.ID, kind, st.Rule, texts(l.Text, x.Source), texts(l.Text, st.Source), texts(l.Text, st.Cue), around(l.Text, st.Cue))
			}
		}
		for j, st := range given {
			if !used[j] {
				counts["given and wrong: "+st.Kind.String()]++
				show("spurious", "SPURIOUS [%s] %.2f S%q Q%q C%q", st.Rule, st.Confidence, texts(l.Text, st.Source), texts(l.Text, st.Cue), texts(l.Text, st.Content))
			}
		}
	}
	for _, k := range slices.Sorted(maps.Keys(counts)) {
		t.Logf("%-50s %d", k, counts[k])
	}
}

// whyMissed tells why no statement matches x, and which overlap its content.
func whyMissed(x gold.Attribution, given []corpus.Statement) (why string, near []corpus.Statement) {
	why = "no cue seen"
	for _, st := range given {
		if jaccard(chars(st.Content), chars(x.Content)) == 0 {
			continue
		}
		near = append(near, st)
		if jaccard(chars(st.Cue), chars(x.Cue)) > 0 {
			why = "its cue seen, content too short or too long"
		} else if why == "no cue seen" {
			why = "inside or across another statement"
		}
	}
	return why, near
}

// whySource tells how the source of a statement differs from that of x.
func whySource(x gold.Attribution, st corpus.Statement) string {
	switch {
	case len(x.Source) == 0:
		return "none wanted"
	case len(st.Source) == 0:
		return "none given"
	case jaccard(chars(x.Source), chars(st.Source)) > 0:
		return "too short or too long"
	}
	return "another"
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
	var now *lesson
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
	for _, now = range measured(t) {
		if err := run(now.doc); err != nil {
			t.Fatal(err)
		}
	}
}
