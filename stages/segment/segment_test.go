package segment

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"onrecord/corpus"
	"onrecord/stages/internal/conll"
)

// annotate segments a text whose lines are its blocks.
func annotate(t testing.TB, text string) *corpus.Document {
	t.Helper()
	doc := &corpus.Document{Text: text, Layers: corpus.Layers{Blocks: lines(text)}}
	run, err := Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	if err := run(doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

func lines(text string) []corpus.Block {
	blocks := []corpus.Block{}
	start := 0
	for i := 0; i <= len(text); i++ {
		if i == len(text) || text[i] == '\n' {
			if strings.TrimSpace(text[start:i]) != "" {
				blocks = append(blocks, corpus.Block{Span: corpus.Span{Start: int32(start), End: int32(i)}})
			}
			start = i + 1
		}
	}
	return blocks
}

// show is the text with | between tokens and / between sentences.
func show(doc *corpus.Document) string {
	var sentences []string
	for _, s := range doc.Sentences {
		var words []string
		for _, t := range doc.Tokens[s.Start:s.End] {
			words = append(words, t.Of(doc.Text))
		}
		sentences = append(sentences, strings.Join(words, "|"))
	}
	return strings.Join(sentences, " / ")
}

func TestTokensAndSentences(t *testing.T) {
	tests := []struct{ text, want string }{
		{"We don't know China's plan.", "We|do|n't|know|China|'s|plan|."},
		{"We can’t, won’t and didn’t.", "We|ca|n’t|,|wo|n’t|and|did|n’t|."},
		{"They'll say they've gone; I'm sure she'd.", "They|'ll|say|they|'ve|gone|;|I|'m|sure|she|'d|."},
		{"It cost $1.5 million, or 12%.", "It|cost|$|1.5|million|,|or|12|%|."},
		{"“Yes,” he said.", "“|Yes|,|”|he|said|."},
		{"\"Are we done?\" he asked. \"No.\"", "\"|Are|we|done|?|\"|he|asked|. / \"|No|.|\""},
		{"The U.S. President met Sen. Ada Quist on Jan. 5 in Ohio.", "The|U.S.|President|met|Sen.|Ada|Quist|on|Jan.|5|in|Ohio|."},
		{"She left the U.S. The rest stayed.", "She|left|the|U.S. / The|rest|stayed|."},
		{"J. R. Brandel of Acme Inc. said so.", "J.|R.|Brandel|of|Acme|Inc.|said|so|."},
		{"Prime Minister O'Neill's 18-year-old, so-called plan -- a U-turn.", "Prime|Minister|O'Neill|'s|18-year-old|,|so-called|plan|--|a|U-turn|."},
		{"He posted it on X. Ada Quist shared it. Francis X. Daly did not.", "He|posted|it|on|X|. / Ada|Quist|shared|it|. / Francis|X.|Daly|did|not|."},
		{"Well... maybe", "Well|...|maybe"},
		{"See https://example.com/a?b=1, @ada_q and #ports.", "See|https://example.com/a?b=1|,|@ada_q|and|#ports|."},
		{"I cannot go at 5 p.m. today", "I|can|not|go|at|5|p.m.|today"},
		{"Headline without a stop\nBy Ada Quist\nThe text.", "Headline|without|a|stop / By|Ada|Quist / The|text|."},
		{"The party (of five) ate 1,000.5 kg.", "The|party|(|of|five|)|ate|1,000.5|kg|."},
		{"In the '90s we told 'em.", "In|the|'90s|we|told|'em|."},
		{"The workers' union", "The|workers|'|union"},
		{"He said: “It ends.” Then left.", "He|said|:|“|It|ends|.|” / Then|left|."},
		{"Mr. He met Ms. May.", "Mr.|He|met|Ms.|May|."},
		{"a—b – c", "a|—|b|–|c"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := show(annotate(t, tt.text)); got != tt.want {
			t.Errorf("%q\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func TestLongSentencesAreCut(t *testing.T) {
	doc := annotate(t, strings.Repeat("word ", 10*maxSentence))
	for _, s := range doc.Sentences {
		if s.Len() > maxSentence {
			t.Errorf("a sentence has %d tokens, the limit is %d", s.Len(), maxSentence)
		}
	}
	if len(doc.Tokens) != 10*maxSentence {
		t.Errorf("%d tokens of %d", len(doc.Tokens), 10*maxSentence)
	}
}

func FuzzSegment(f *testing.F) {
	for _, s := range []string{"We don't, he said. \"U.S.\" $1.5 … 'em", "“a—b” http://x.y/z.", "\xff\x00’’’", "n't'll've", ".5 -5 ..", "www.", "é’s ’é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "�")
		doc := annotate(t, text)
		covered := make([]bool, len(text))
		last := int32(0)
		for _, tok := range doc.Tokens {
			if tok.Start < last || tok.End <= tok.Start || int(tok.End) > len(text) {
				t.Fatalf("token %v after %d in %q", tok, last, text)
			}
			if !utf8.RuneStart(text[tok.Start]) || int(tok.End) < len(text) && !utf8.RuneStart(text[tok.End]) {
				t.Fatalf("token %v cuts a rune of %q", tok, text)
			}
			last = tok.End
			for i := tok.Start; i < tok.End; i++ {
				covered[i] = true
			}
		}
		for i, r := range text {
			if !unicode.IsSpace(r) && r > ' ' && r != 0x7f && !covered[i] {
				t.Fatalf("%q at %d of %q is in no token", r, i, text)
			}
		}
		next := int32(0)
		for _, s := range doc.Sentences {
			if s.Start != next || s.Len() <= 0 {
				t.Fatalf("sentence %v after token %d", s, next)
			}
			next = s.End
		}
		if int(next) != len(doc.Tokens) {
			t.Fatalf("sentences hold %d of %d tokens", next, len(doc.Tokens))
		}
	})
}

func BenchmarkSegment(b *testing.B) {
	text := strings.Repeat("The minister, Ada Quist, said she didn't expect the U.S. tariffs — \"a mistake,\" in her words — to last past Jan. 5.\n", 50)
	doc := &corpus.Document{Text: text, Layers: corpus.Layers{Blocks: lines(text)}}
	run, err := Stage{}.Annotator()
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := run(doc); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(doc.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

// TestAgreesWithCoreNLP compares with automatic annotations of news articles,
// which are not part of this repository.
func TestAgreesWithCoreNLP(t *testing.T) {
	const dir = "../../../shared/gold/"
	annotations, err := os.Open(dir + "polnear-dev-corenlp.jsonl.gz")
	if err != nil {
		t.Skip("no annotated articles beside the repository: nothing to compare with")
	}
	defer annotations.Close()
	texts := map[string]string{}
	plain, err := os.Open(dir + "polnear-dev.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	eachLine(t, bufio.NewReader(plain), func(line []byte) {
		var d struct{ ID, Text string }
		if err := json.Unmarshal(line, &d); err != nil {
			t.Fatal(err)
		}
		texts[d.ID] = d.Text
	})
	unzipped, err := gzip.NewReader(annotations)
	if err != nil {
		t.Fatal(err)
	}
	var tokens, sentences tally
	differences := map[string]int{}
	eachLine(t, bufio.NewReader(unzipped), func(line []byte) {
		var d struct {
			ID        string
			Sentences [][][]any
		}
		if err := json.Unmarshal(line, &d); err != nil {
			t.Fatal(err)
		}
		text := texts[d.ID]
		bytesAt := make([]int32, 0, len(text)+1)
		for i := range text {
			bytesAt = append(bytesAt, int32(i))
		}
		bytesAt = append(bytesAt, int32(len(text)))
		var wantTokens, wantEnds []corpus.Span
		for _, s := range d.Sentences {
			for _, tok := range s {
				span := corpus.Span{Start: bytesAt[int(tok[0].(float64))], End: bytesAt[int(tok[1].(float64))]}
				wantTokens = append(wantTokens, span)
			}
			end := wantTokens[len(wantTokens)-1].End
			wantEnds = append(wantEnds, corpus.Span{Start: 0, End: end})
		}
		doc := annotate(t, text)
		var ends []corpus.Span
		for _, s := range doc.Sentences {
			ends = append(ends, corpus.Span{End: doc.Tokens[s.End-1].End})
		}
		tokens.add(wantTokens, doc.Tokens, func(s corpus.Span) { differences["token "+s.Of(text)]++ })
		sentences.add(wantEnds, ends, func(s corpus.Span) {
			differences["end "+text[max(0, s.End-12):min(len(text), int(s.End)+12)]]++
		})
	})
	t.Logf("tokens F1 %.2f, sentence ends F1 %.2f", tokens.f1(), sentences.f1())
	if tokens.f1() < 99 || sentences.f1() < 96 {
		t.Errorf("tokens F1 %.2f, sentence ends F1 %.2f: below 99 and 96", tokens.f1(), sentences.f1())
	}
	if testing.Verbose() {
		for d, n := range differences {
			if n > 4 || strings.HasPrefix(d, "end") {
				fmt.Println(n, d)
			}
		}
	}
}

func eachLine(t *testing.T, r *bufio.Reader, yield func([]byte)) {
	for {
		line, err := r.ReadBytes('\n')
		if len(line) > 1 {
			yield(line)
		}
		if err != nil {
			return
		}
	}
}

// tally counts agreement of two lists of spans.
type tally struct{ both, want, got int }

func (c *tally) add(want, got []corpus.Span, differs func(corpus.Span)) {
	there := make(map[corpus.Span]bool, len(got))
	for _, s := range got {
		there[s] = true
	}
	for _, s := range want {
		if there[s] {
			c.both++
		} else {
			differs(s)
		}
	}
	c.want += len(want)
	c.got += len(got)
}

func (c *tally) f1() float64 { return 200 * float64(c.both) / float64(c.want+c.got) }

// TestSentencesByHand compares with tokens that people made.
func TestSentencesByHand(t *testing.T) {
	sentences, err := conll.ReadFile("../parse/testdata/sanity.conll")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range sentences {
		if got := show(annotate(t, want.Text)); got != show(want.Document) {
			t.Errorf("%q\n got %s\nwant %s", want.Text, got, show(want.Document))
		}
	}
}
