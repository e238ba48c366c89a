package quote

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"onrecord/corpus"
)

// checkStatements reports the first promise of corpus.Statement that is broken.
func checkStatements(doc *corpus.Document) error {
	last := int32(-1)
	for i, st := range doc.Statements {
		if len(st.Content) == 0 {
			return fmt.Errorf("statement %d has no content", i)
		}
		if st.Content[0].Start < last {
			return fmt.Errorf("statement %d stands before the one ahead of it", i)
		}
		last = st.Content[0].Start
		if st.Sentence < 0 || int(st.Sentence) >= len(doc.Sentences) {
			return fmt.Errorf("statement %d is in sentence %d of %d", i, st.Sentence, len(doc.Sentences))
		}
		if st.Confidence < 0 || st.Confidence > 1 || st.Rule == "" {
			return fmt.Errorf("statement %d: confidence %v by rule %q", i, st.Confidence, st.Rule)
		}
		for _, spans := range [...][]corpus.Span{st.Content, st.Cue, st.Source} {
			end := int32(0)
			for _, s := range spans {
				if s.Start < end || s.End <= s.Start || int(s.End) > len(doc.Text) {
					return fmt.Errorf("statement %d: span %v out of order, empty or outside the text", i, s)
				}
				if !utf8.RuneStart(doc.Text[s.Start]) || int(s.End) < len(doc.Text) && !utf8.RuneStart(doc.Text[s.End]) {
					return fmt.Errorf("statement %d: span %v not on rune borders", i, s)
				}
				end = s.End
			}
		}
	}
	return nil
}

// chain runs stages on a text.
func chain(t testing.TB, stages ...interface {
	Annotator() (func(*corpus.Document) error, error)
}) func(text string) *corpus.Document {
	t.Helper()
	var runs []func(*corpus.Document) error
	for _, s := range stages {
		run, err := s.Annotator()
		if err != nil {
			t.Fatal(err)
		}
		runs = append(runs, run)
	}
	return func(text string) *corpus.Document {
		doc := &corpus.Document{Text: text}
		for _, run := range runs {
			if err := run(doc); err != nil {
				t.Fatal(err)
			}
		}
		return doc
	}
}

func FuzzStatements(f *testing.F) {
	undraw := strings.NewReplacer("~⟦", "", "⟦", "", "⟧~", "", "⟧", "")
	for _, c := range markCases {
		f.Add(undraw.Replace(c.want))
	}
	f.Add("According to Ada Moore, “we stay,” said the mayor (who, she said, knew). Q: Why? A: It is expected to be said.")
	run := chain(f, append(before[:len(before):len(before)], Stage{})...)
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "�")
		doc := run(text)
		if err := checkStatements(doc); err != nil {
			t.Fatalf("%v in %q", err, text)
		}
		if first, again := told(doc), told(run(text)); first != again {
			t.Fatalf("a second pass differs:\n%s\n%s", first, again)
		}
	})
}

// TestHugeTexts gives the stage what a careless one would be slow on: four times the
// text may cost about four times the time, not sixteen.
func TestHugeTexts(t *testing.T) {
	const small, large = 1 << 14, 1 << 16
	const slack = 300 * time.Millisecond // of a busy machine; four times the square would be far more
	run := chain(t, before...)
	quote, err := Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	timed := func(doc *corpus.Document) time.Duration {
		best := time.Hour // of several runs, since others use the machine too
		for range 3 {
			start := time.Now()
			if err := quote(doc); err != nil {
				t.Fatal(err)
			}
			best = min(best, time.Since(start))
		}
		return best
	}
	for _, unit := range []string{`"`, `" `, `he said, `, `"a" `, `said `, `(`, `, `, `the `, "Q: a\n\n", `who said that `, `of the `, "“a\n\n", `the man, `} {
		few, doc := run(strings.Repeat(unit, small/len(unit))), run(strings.Repeat(unit, large/len(unit)))
		if a, b := timed(few), timed(doc); b > 8*a+slack {
			t.Errorf("%d KiB of %q took %v and %d KiB %v: more than twice as long for each", small>>10, unit, a, large>>10, b)
		}
		if err := checkStatements(doc); err != nil {
			t.Errorf("%d KiB of %q: %v", large>>10, unit, err)
		}
	}
}
