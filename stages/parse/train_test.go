package parse

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
	"onrecord/stages/internal/linear"
)

const (
	tinyText   = `{"id":"%d","text":"Anna Kovář spoke. Kovář left."}` + "\n"
	tinyTokens = `{"id":"%d","sentences":[` +
		`[[0,4,"Anna","NNP","PERSON",1,"compound"],[5,10,"Kovář","NNP","PERSON",2,"nsubj"],[11,16,"speak","VBD","O",-1,"root"],[16,17,".",".","O",2,"punct"]],` +
		`[[18,23,"Kovář","NNP","O",1,"nsubj"],[24,28,"leave","VBD","O",-1,"root"],[28,29,".",".","O",1,"punct"]]]}` + "\n"
)

// tinyGold writes a few articles, all the same, in the form of the training data.
func tinyGold(t *testing.T) string {
	dir := t.TempDir()
	var texts, zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	for id := range 8 {
		fmt.Fprintf(&texts, tinyText, id)
		if _, err := fmt.Fprintf(w, tinyTokens, id); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"polnear-train.jsonl": texts.Bytes(), "polnear-train-corenlp.jsonl.gz": zipped.Bytes()} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// learned is what training gives on a few articles, with tables of a small size.
func learned(t *testing.T) []byte {
	t.Helper()
	docs, err := gold.Documents(tinyGold(t), "train")
	if err != nil {
		t.Fatal(err)
	}
	small := settings{epochs: 10, moveBits: 10, relationBits: 8, means: 1}
	p := plan{backFolds: 2, back: small, forth: small}
	p.back.back = true
	model, err := p.learn(t.Context(), docs, learnLexicon(docs), func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	return model
}

func TestTrainingIsDeterministic(t *testing.T) {
	first, second := learned(t), learned(t)
	if !bytes.Equal(first, second) {
		t.Error("two trainings on the same articles gave different models")
	}
	m, err := readModel(first)
	if err != nil {
		t.Fatalf("the model does not load: %v", err)
	}
	doc := tokenised("Anna Kovář spoke .")
	doc.Tags = []corpus.Tag{corpus.NNP, corpus.NNP, corpus.VBD, corpus.Period}
	if err := (&parser{model: m}).annotate(doc); err != nil {
		t.Fatal(err)
	}
	if want := []corpus.Arc{{Head: 1, Relation: corpus.Compound}, {Head: 2, Relation: corpus.Nsubj}, {Head: -1, Relation: corpus.Root}, {Head: 2, Relation: corpus.Punct}}; !slices.Equal(doc.Arcs, want) {
		t.Errorf("the sentence learned from is parsed as %v, want %v", doc.Arcs, want)
	}
}

func TestTrainSaysWhatIsMissing(t *testing.T) {
	if _, err := (Stage{}).Train(t.Context(), t.TempDir(), nil); err == nil || !strings.Contains(err.Error(), "polnear-train.jsonl") {
		t.Errorf("error %v does not name the missing file", err)
	}
}

// reachable is how many of the gold arcs a parse can still have, found by trying all
// ways to go on.
func reachable(s state, gold []int32) int {
	if s.done() {
		n := 0
		for d := 1; d <= s.n; d++ {
			if s.heads[d] == gold[d] {
				n++
			}
		}
		return n
	}
	best := 0
	for _, m := range allowed(&s) {
		best = max(best, reachable(after(&s, m), gold))
	}
	return best
}

func allowed(s *state) []move {
	if m, only := s.only(); only {
		return []move{m}
	}
	if s.depth() < 2 {
		return []move{shift, left}
	}
	return []move{shift, left, right}
}

func after(s *state, m move) state {
	c := *s
	c.stack = append([]int32(nil), s.stack...)
	c.heads = append([]int32(nil), s.heads...)
	c.kinds = append([]kind(nil), s.kinds...)
	c.kids = append([]kids(nil), s.kids...)
	if h, d := c.apply(m); d != 0 {
		c.attach(h, d, kind(corpus.Dep))
	}
	return c
}

// TestOracleIsRight compares the costs in every state of short sentences, those that
// mistakes lead to included, with what all continuations can reach.
func TestOracleIsRight(t *testing.T) {
	// Heads from 1, the root one past the last; trees without crossings.
	for _, heads := range [][]int32{
		{0, 2, 5, 2, 3, 0},
		{0, 5, 1, 1, 3, 0},
		{0, 2, 3, 4, 5, 0},
		{0, 3, 1, 6, 5, 3, 0},
	} {
		n := len(heads) - 2
		doc := tokenised(strings.Repeat("x ", n))
		var s state
		s.read(doc, doc.Sentences[0], newLexicon(nil))
		s.start()
		heads[n+1] = 0
		var o oracle
		o.read(heads)
		var visit func(s state)
		visit = func(s state) {
			if s.done() {
				return
			}
			possible := reachable(s, heads)
			var scores [linear.MaxClasses]int32
			moves := allowed(&s)
			for _, m := range moves {
				next := after(&s, m)
				lost := possible - reachable(next, heads)
				if cost := o.costs(&s)[m]; len(moves) > 1 && cost != lost {
					t.Errorf("heads %v, stack %v, next %d: move %d costs %d, loses %d", heads, s.stack[bottom:], s.next, m, cost, lost)
				}
				if best, rival := o.judge(&s, &scores); o.costs(&s)[best] > o.costs(&s)[m] || rival != none && o.costs(&s)[rival] <= o.costs(&s)[best] {
					t.Errorf("heads %v, stack %v, next %d: %d is called better than %d and %d", heads, s.stack[bottom:], s.next, best, m, rival)
				}
				visit(next)
			}
		}
		visit(s)
	}
}
