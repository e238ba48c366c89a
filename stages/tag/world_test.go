package tag

import (
	"os"
	"strings"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/segment"
)

// kindLetters are how world.txt marks kinds.
var kindLetters = map[byte]corpus.EntityKind{'P': corpus.Person, 'O': corpus.Organization, 'L': corpus.Place, 'M': corpus.Misc}

// world reads world.txt: articles cut by segment, with the names that people marked.
func world(t testing.TB) []*corpus.Document {
	data, err := os.ReadFile("testdata/world.txt")
	if err != nil {
		t.Fatal(err)
	}
	cut, err := segment.Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	var docs []*corpus.Document
	for article := range strings.SplitSeq(string(data), "\n\n") {
		if strings.HasPrefix(article, "#") {
			continue
		}
		doc := &corpus.Document{}
		var text strings.Builder
		var spans []corpus.Entity // in bytes
		for line := range strings.Lines(article) {
			start := int32(text.Len())
			for rest := line; rest != ""; {
				open := strings.IndexByte(rest, '[')
				if open < 0 {
					text.WriteString(rest)
					break
				}
				text.WriteString(rest[:open])
				kind, ok := kindLetters[rest[open+1]]
				end := strings.IndexByte(rest, ']')
				if !ok || end < open {
					t.Fatalf("testdata/world.txt: a name is badly marked: %s", line)
				}
				at := int32(text.Len())
				text.WriteString(rest[open+3 : end])
				spans = append(spans, corpus.Entity{Span: corpus.Span{Start: at, End: int32(text.Len())}, Kind: kind})
				rest = rest[end+1:]
			}
			doc.Blocks = append(doc.Blocks, corpus.Block{Span: corpus.Span{Start: start, End: int32(text.Len())}})
		}
		doc.Text = text.String()
		if err := cut(doc); err != nil {
			t.Fatal(err)
		}
		tokenAt := map[int32]int32{}
		for i, token := range doc.Tokens {
			tokenAt[token.Start] = int32(i)
			tokenAt[-token.End] = int32(i)
		}
		for _, s := range spans {
			first, ok := tokenAt[s.Start]
			last, ok2 := tokenAt[-s.End]
			if !ok || !ok2 {
				t.Fatalf("testdata/world.txt: %q is not whole tokens", doc.Text[s.Start:s.End])
			}
			doc.Entities = append(doc.Entities, corpus.Entity{Span: corpus.Span{Start: first, End: last + 1}, Kind: s.Kind})
		}
		docs = append(docs, doc)
	}
	return docs
}

// worldEval compares names with those that people marked.
func worldEval(t testing.TB, annotate func(*corpus.Document) error, show bool) float64 {
	var names, spans agreement
	for _, want := range world(t) {
		got := &corpus.Document{Text: want.Text}
		got.Tokens, got.Sentences = want.Tokens, want.Sentences
		if err := annotate(got); err != nil {
			t.Fatal(err)
		}
		names.count(want.Entities, got.Entities)
		spans.count(kindless(want.Entities), kindless(got.Entities))
		if show {
			t.Log(disagreement(want, got))
		}
	}
	t.Logf("names F1 %.1f%%, whatever their kind %.1f%%", names.f1(), spans.f1())
	return names.f1()
}

func kindless(names []corpus.Entity) []corpus.Entity {
	out := make([]corpus.Entity, len(names))
	for i, n := range names {
		out[i].Span = n.Span
	}
	return out
}

// disagreement lists names that only one of two documents has.
func disagreement(want, got *corpus.Document) string {
	var b strings.Builder
	list := func(word string, a, other *corpus.Document) {
		there := map[corpus.Entity]bool{}
		for _, e := range other.Entities {
			there[e] = true
		}
		for _, e := range a.Entities {
			if !there[e] {
				b.WriteString(word + " " + e.Kind.String() + " " + a.Text[a.Tokens[e.Start].Start:a.Tokens[e.End-1].End] + "; ")
			}
		}
	}
	list("missed", want, got)
	list("wrong", got, want)
	return b.String()
}

// TestNamesOfTheWorld holds the stage to a floor on news of another kind than its
// training articles.
func TestNamesOfTheWorld(t *testing.T) {
	if f1 := worldEval(t, annotator(t), testing.Verbose()); f1 < 88 {
		t.Errorf("names F1 %.1f%%: below 88", f1)
	}
}
