package quote

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"onrecord/corpus"
)

// paragraphs makes a body block of every stretch between blank lines.
func paragraphs(text string) []corpus.Block {
	var blocks []corpus.Block
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.Index(text[start:], "\n\n"); i >= 0 {
			end = start + i
		}
		if end > start {
			blocks = append(blocks, corpus.Block{Span: corpus.Span{Start: int32(start), End: int32(end)}})
		}
		start = end + 2
	}
	return blocks
}

// drawn writes the quotations into the text: ⟦ ⟧ around each, ⟧~ where one has no
// closing mark, ~⟦ where one goes on from the paragraph before.
func drawn(text string, found []quotation) string {
	insert := make(map[int]string)
	for _, q := range found {
		before, after := "⟦", "⟧"
		if q.continued {
			before = "~⟦"
		}
		if q.open {
			after = "⟧~"
		}
		insert[int(q.Start)] += before
		insert[int(q.End)] = after + insert[int(q.End)]
	}
	var b strings.Builder
	for i := 0; i <= len(text); i++ {
		b.WriteString(insert[i])
		if i < len(text) {
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

var markCases = []struct{ name, want string }{
	{"none", `The minister left early.`},
	{"curly", `⟦“We will stay,”⟧ he said.`},
	{"two", `⟦“We will stay,”⟧ he said. ⟦“For now.”⟧`},
	{"two single marks for a double one", `⟦‘‘We will stay,’’⟧ he said. ⟦‘‘For the workers’ sake.”⟧`},
	{"straight", `⟦"We will stay,"⟧ he said. ⟦"For now."⟧`},
	{"straight, no spaces", `He said:⟦"Stay."⟧She left.`},
	{"straight after a dash", `They came—⟦"all of them"⟧—and went.`},
	{"straight in brackets", `He left (⟦"for good"⟧).`},
	{"spaces within", `He said ⟦" stay here "⟧ and left.`},
	{"space before the closing mark", `⟦"They see that. "⟧ Then he left.`},
	{"two single marks", `⟦''We will stay,''⟧ he said. ⟦''For now.''⟧`},
	{"grave accents", "⟦``We will stay,''⟧ he said."},
	{"British", `⟦‘We will stay,’⟧ he said. ⟦‘For now.’⟧`},
	{"British, straight", `⟦'We will stay,'⟧ he said. ⟦'For now.'⟧`},
	{"British with apostrophes", `⟦‘We don’t know what they’re doing,’⟧ he said.`},
	{"British with straight apostrophes", `⟦'We don't know what they're doing,'⟧ he said.`},
	{"British with a plural's genitive", `⟦‘The workers’ rights are gone,’⟧ she said.`},
	{"British with a clipped word", `⟦‘I am goin’ home,’⟧ she said.`},
	{"British one word ending in s", `He answered ⟦‘yes’⟧ to the question.`},
	{"British, two short ones", `He said ⟦‘yes’⟧ and ⟦‘perhaps’⟧ and left.`},
	{"British nesting", `⟦‘She told me ⟦“no”⟧, and left,’⟧ he said.`},
	{"American nesting", `⟦“She told me ⟦‘no’⟧, and left,”⟧ he said.`},
	{"straight nesting", `⟦"She told me ⟦'no'⟧, and left,"⟧ he said.`},
	{"nested to the end", `⟦“She told me, ⟦‘Leave.’⟧”⟧`},
	{"nested to the end, straight", `⟦"She told me, ⟦'Leave.'⟧"⟧`},
	{"nested from the start", `⟦"⟦'Leave,'⟧ she told me,"⟧ he said.`},
	{"nested in the same type", `⟦“She said ⟦“no”⟧”⟧ he told us.`},
	{"nested in the same straight type", `⟦"She said ⟦"no"⟧"⟧ he told us.`},
	{"straight inside curly", `⟦“He called it ⟦"big"⟧ and left,”⟧ she said.`},
	{"three single marks", `⟦''⟦'Leave,'⟧ she told me,''⟧ he said.`},
	{"apostrophes only", `The workers' and nurses' pay didn't rise; it's O'Neill's fault.`},
	{"curly apostrophes only", `The workers’ and nurses’ pay didn’t rise; it’s O’Neill’s fault.`},
	{"elisions", `In the '90s rock 'n' roll got 'em.`},
	{"elision in a capital", `'Tis the season of the '90s.`},
	{"elisions facing the wrong way", `In the ‘90s they got ‘em, and in ‘08 too.`},
	{"feet and inches", `He is 6'2" tall and she is 5'11" tall.`},
	{"feet and inches with a space", `He is 6' 2" tall.`},
	{"feet in speech", `⟦"He is 6'2" tall,"⟧ she said.`},
	{"curly nested in straight", `⟦"The law isn’t about ⟦“order”⟧ any more. It's about us."⟧`},
	{"curly nested in straight, several paragraphs", "⟦\"The law isn’t about ⟦“order”⟧ any more.⟧~\n\n~⟦\"It's about ⟦“us.”⟧\"⟧"},
	{"straight unclosed before curly", `He said: ⟦"We stay.⟧~ ⟦“For now,”⟧ she said.`},
	{"nested, closed by a straight mark", `It read: ⟦“The ministry said, ⟦‘We shall see,'⟧”⟧ and no more.`},
	{"nested, both closed by straight marks", `It read: ⟦"The ministry said, ⟦‘We shall see,'⟧"⟧ and no more.`},
	{"nested before the outer end", `⟦“I never said ⟦‘never,’⟧”⟧ Moore insisted.`},
	{"British nested, straight", `⟦'He told me, ⟦"Leave now,"⟧ and I left,'⟧ she said.`},
	{"British plural before the closing mark", `⟦'It is the voters' choice,'⟧ she said. ⟦'And the nurses'.'⟧`},
	{"inches in speech", `⟦"It is a 12" pipe,"⟧ she said.`},
	{"a year before the closing mark", `He said ⟦"not before 2020"⟧ and left.`},
	{"a year before the closing mark, and another quotation", `He said ⟦"not before 2020"⟧ and ⟦"never"⟧ again.`},
	{"guillemets", `⟦«Nous restons»⟧, a-t-il dit.`},
	{"guillemets with spaces", "⟦« Nous restons »⟧, a-t-il dit."},
	{"guillemets inwards", `⟦»Wir bleiben«⟧, sagte er.`},
	{"guillemets nested", `⟦«Elle dit ⟦«non»⟧»⟧`},
	{"single guillemets", `⟦«Elle dit ⟦‹non›⟧.»⟧`},
	{"German", `⟦„Wir bleiben“⟧, sagte er. ⟦„Noch.“⟧`},
	{"German with a right mark", `⟦„Zostajemy”⟧, he said.`},
	{"German nested", `⟦„Er sagte ⟦‚nein‘⟧ zu mir“⟧, sagte er.`},
	{"German, straight end", `⟦„Wir bleiben"⟧, sagte er.`},
	{"wrong-facing end", `⟦“They see that. “⟧ Then he left.`},
	{"wrong-facing end at a comma", `⟦“We stay,“⟧ he said.`},
	{"wrong-facing start", `The paper wrote ⟦” the train has left,”⟧ and more.`},
	{"both face right", `⟦”We stay,”⟧ he said.`},
	{"curly closed by straight", `⟦“We stay,"⟧ he said.`},
	{"straight closed by curly", `⟦"We stay,”⟧ he said.`},
	{"closing mark alone", `We stay,” he said. Then he left.`},
	{"straight closing mark alone", `We stay," he said. Then he left.`},
	{"opening mark alone", `He said: ⟦“We stay. Then he left.⟧~`},
	{"straight opening mark alone", `He said: ⟦"We stay. Then he left.⟧~`},
	{"single opening mark alone", `He said: ‘We stay. Then he left.`},
	{"unclosed before the next", `⟦“We stay, he said.⟧~ ⟦“For now.”⟧`},
	{"unclosed ends with its paragraph", "⟦“We stay, he said.⟧~\n\nThen he left. It ⟦“rained.”⟧"},
	{"several paragraphs", "⟦“We stay.⟧~\n\n~⟦“We always did.⟧~\n\n~⟦“We will.”⟧ He left."},
	{"several paragraphs, straight", "⟦\"We stay.⟧~\n\n~⟦\"We will.\"⟧ He left."},
	{"several paragraphs, British", "⟦‘We stay.⟧~\n\n~⟦‘We will,’⟧ he said."},
	{"several paragraphs, guillemets", "⟦«We stay.⟧~\n\n~⟦«We will»⟧, he said."},
	{"straight unclosed, then a curly paragraph", "⟦\"We stay.⟧~\n\n⟦“We will,”⟧ he said."},
	{"unclosed, then an unquoted paragraph", "⟦“We stay.⟧~\n\nHe left.\n\n⟦“We will,”⟧ he said."},
	{"closed, then another", "⟦“We stay.”⟧\n\n⟦“We will.”⟧"},
	{"a mark by itself", `"`},
	{"two marks by themselves", `“”`},
	{"single inside an unclosed double", `⟦“The ‘90s were ours, he said.⟧~`},
	{"apostrophe does not close over a quotation", `⟦“The workers’ day,”⟧ he said, ⟦“and the nurses’ day.”⟧`},
	{"nickname", `Robert ⟦“Bob”⟧ Miller spoke.`},
	{"title", `She sang ⟦“The Long Road”⟧ and left.`},
	{"question inside", `⟦"Why?"⟧ he asked. ⟦"Because,"⟧ she said.`},
	{"ellipsis", `⟦"..."⟧ and ⟦“… and so on”⟧ he wrote.`},
	{"quotation after an interviewer's letter", `Q: ⟦"Did he?"⟧ A: ⟦"He did."⟧`},
	{"apostrophe at the word's end before a quotation", `The voters' ⟦'mandate'⟧ was clear.`},
}

func TestPair(t *testing.T) {
	undraw := strings.NewReplacer("~⟦", "", "⟦", "", "⟧~", "", "⟧", "")
	for _, c := range markCases {
		t.Run(c.name, func(t *testing.T) {
			text := undraw.Replace(c.want)
			var p pairer
			if got := drawn(text, p.pair(text, paragraphs(text))); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestPairSkipsBoilerplate(t *testing.T) {
	text := "“Read more”\n\n“We stay,” he said."
	blocks := paragraphs(text)
	blocks[0].Kind = corpus.Boilerplate
	var p pairer
	if got, want := drawn(text, p.pair(text, blocks)), "“Read more”\n\n⟦“We stay,”⟧ he said."; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// checkPairs reports the first promise that the quotations break.
func checkPairs(text string, blocks []corpus.Block, found []quotation) error {
	var around []quotation
	for i, q := range found {
		if q.Start < 0 || q.End <= q.Start || int(q.End) > len(text) {
			return fmt.Errorf("quotation %d: %v outside the text or empty", i, q.Span)
		}
		if !utf8.RuneStart(text[q.Start]) || int(q.End) < len(text) && !utf8.RuneStart(text[q.End]) {
			return fmt.Errorf("quotation %d: %v not on rune borders", i, q.Span)
		}
		if i > 0 && q.Start < found[i-1].Start {
			return fmt.Errorf("quotation %d begins before the one ahead of it", i)
		}
		inside := false
		for _, b := range blocks {
			inside = inside || b.Contains(q.Span)
		}
		if !inside {
			return fmt.Errorf("quotation %d: %v leaves its paragraph", i, q.Span)
		}
		for len(around) > 0 && around[len(around)-1].End <= q.Start {
			around = around[:len(around)-1]
		}
		if len(around) > 0 && !around[len(around)-1].Contains(q.Span) {
			return fmt.Errorf("quotation %d: %v crosses %v", i, q.Span, around[len(around)-1].Span)
		}
		if int(q.depth) != len(around) {
			return fmt.Errorf("quotation %d: depth %d, want %d", i, q.depth, len(around))
		}
		around = append(around, q)
	}
	return nil
}

func FuzzPair(f *testing.F) {
	undraw := strings.NewReplacer("~⟦", "", "⟦", "", "⟧~", "", "⟧", "")
	for _, c := range markCases {
		f.Add(undraw.Replace(c.want))
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "�")
		blocks := paragraphs(text)
		var p pairer
		found := p.pair(text, blocks)
		if err := checkPairs(text, blocks, found); err != nil {
			t.Fatalf("%v in %q", err, text)
		}
		first := drawn(text, found)
		if again := drawn(text, p.pair(text, blocks)); again != first {
			t.Fatalf("a second pass differs:\n%s\n%s", first, again)
		}
	})
}

// TestPairIsLinear gives the pairer what would make a careless one slow.
func TestPairIsLinear(t *testing.T) {
	const small, large = 1 << 15, 1 << 17
	const slack = 200 * time.Millisecond // of a busy machine
	for _, unit := range []string{`"`, `'`, `“`, `”`, `‘`, `’`, `„`, `«`, `»`, `' "`, `" `, ` "a`, `“‘`, `’ a`, `“a” "b' `, "\"\n\n"} {
		timed := func(size int) time.Duration {
			text := strings.Repeat(unit, size/len(unit))
			blocks := paragraphs(text)
			var p pairer
			var found []quotation
			best := time.Hour
			for range 2 {
				start := time.Now()
				found = p.pair(text, blocks)
				best = min(best, time.Since(start))
			}
			if len(blocks) < 100 {
				if err := checkPairs(text, blocks, found); err != nil {
					t.Errorf("%d KiB of %q: %v", size>>10, unit, err)
				}
			}
			return best
		}
		if a, b := timed(small), timed(large); b > 8*a+slack {
			t.Errorf("%d KiB of %q took %v and %d KiB %v: more than twice as long for each", small>>10, unit, a, large>>10, b)
		}
	}
}

func BenchmarkPair(b *testing.B) {
	text := strings.Repeat("“We will not leave,” the minister said on Tuesday. ‘It’s over,’ he added, \"for now.\"\n\n", 1000)
	blocks := paragraphs(text)
	var p pairer
	p.pair(text, blocks)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		p.pair(text, blocks)
	}
}
