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
	const unit, small, large = 1 << 11, 4, 16      // bytes that hold a sentence of the longest, and how many of these
	const tries, slack = 5, 300 * time.Millisecond // of a busy machine; four times the square would be far more
	run := chain(t, before...)
	quote, err := Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	timed := func(doc *corpus.Document) time.Duration {
		start := time.Now()
		if err := quote(doc); err != nil {
			t.Fatal(err)
		}
		return time.Since(start)
	}
	for _, words := range []string{`"`, `" `, `he said, `, `"a" `, `said `, `(`, `, `, `the `, "Q: a\n\n", `who said that `, `of the `, "“a\n\n", `the man, `} {
		one := run(strings.Repeat(words, unit/len(words)))
		few, doc := tiled(one, small), tiled(one, large)
		a, b := timed(few), timed(doc)
		for n := 1; n < tries && b > 8*a+slack; n++ { // others use the machine too
			a, b = min(a, timed(few)), min(b, timed(doc))
		}
		if b > 8*a+slack {
			t.Errorf("%d KiB of %q took %v and %d KiB %v: more than twice as long for each", small*unit>>10, words, a, large*unit>>10, b)
		}
		if err := checkStatements(doc); err != nil {
			t.Errorf("%d KiB of %q: %v", large*unit>>10, words, err)
		}
	}
}

// tiled is an annotated document n times over, one behind the other. What is one
// paragraph stays one; sentences have a longest length.
func tiled(doc *corpus.Document, n int) *corpus.Document {
	out := &corpus.Document{Text: strings.Repeat(doc.Text, n), Layers: corpus.Layers{Entities: []corpus.Entity{}}}
	moved := func(s corpus.Span, by int32) corpus.Span { return corpus.Span{Start: s.Start + by, End: s.End + by} }
	for k := range int32(n) {
		text, token := k*int32(len(doc.Text)), k*int32(len(doc.Tokens))
		for _, b := range doc.Blocks {
			b.Span = moved(b.Span, text)
			out.Blocks = append(out.Blocks, b)
		}
		for _, s := range doc.Sentences {
			out.Sentences = append(out.Sentences, moved(s, token))
		}
		for _, s := range doc.Tokens {
			out.Tokens = append(out.Tokens, moved(s, text))
		}
		out.Tags = append(out.Tags, doc.Tags...)
		for _, e := range doc.Entities {
			e.Start, e.End = e.Start+token, e.End+token
			out.Entities = append(out.Entities, e)
		}
		for _, a := range doc.Arcs {
			if a.Head >= 0 {
				a.Head += token
			}
			out.Arcs = append(out.Arcs, a)
		}
	}
	if len(doc.Blocks) == 1 {
		out.Blocks = []corpus.Block{{Span: corpus.Span{End: int32(len(out.Text))}}}
	}
	return out
}
