// Package stagetest holds a stage to the promises that every stage makes. A
// stage's test needs one line:
//
//	func TestContract(t *testing.T) { stagetest.Contract(t, Stage{}, clean.Stage{}, segment.Stage{}) }
//
// The stages after the first are those that go before it in the chain.
//
// On the sample articles and on hostile texts it checks that
//
//   - the stage reads no layer but those it declares as needed, changes none but
//     those it declares as added, and adds all of these;
//   - what it adds is as package corpus promises: spans inside the text, on rune
//     borders, in order, one item a token or statement, scores in range;
//   - the same document gives the same result again, in eight goroutines, and
//     whatever documents went before;
//   - empty, tiny, huge and broken texts are no reason to panic;
//   - little is allocated: not for each token;
//   - its output on stored input is the golden output, unless its Version or its
//     models are others than those that made the golden output.
package stagetest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"onrecord/corpus"
	"onrecord/corpus/corpustest"
)

// Stage is what all stages are; declared here, so that a stage's tests can import
// this package without a circle.
type Stage interface {
	Info() corpus.Info
	Annotator() (func(*corpus.Document) error, error)
}

// Contract checks the stage; before are the stages ahead of it in the chain.
func Contract(t *testing.T, stage Stage, before ...Stage) {
	t.Helper()
	c := &contract{stage: stage, info: stage.Info(), before: before}
	for _, s := range before {
		c.there |= s.Info().Adds
	}
	if missing := c.info.Needs &^ c.there; missing != 0 {
		t.Fatalf("%s needs %v: name the stages that add them", c.info.Name, missing.Names())
	}
	docs := c.prepare(t, sample(t))
	t.Run("layers", func(t *testing.T) { c.layers(t, docs) })
	t.Run("same", func(t *testing.T) { c.same(t, docs) })
	t.Run("hostile", func(t *testing.T) { c.hostile(t) })
	t.Run("allocations", func(t *testing.T) { c.allocations(t, docs) })
	t.Run("golden", func(t *testing.T) { c.golden(t, docs) })
}

type contract struct {
	stage  Stage
	info   corpus.Info
	before []Stage
	there  corpus.Layer // what the stages before add
}

// prepare runs the stages before on the documents.
func (c *contract) prepare(t testing.TB, docs []*corpus.Document) []*corpus.Document {
	t.Helper()
	for _, s := range c.before {
		run := annotator(t, s)
		for _, doc := range docs {
			if err := run(doc); err != nil {
				t.Fatalf("%s before %s: %s: %v", s.Info().Name, c.info.Name, doc.ID, err)
			}
		}
	}
	return docs
}

func annotator(t testing.TB, s Stage) func(*corpus.Document) error {
	t.Helper()
	run, err := s.Annotator()
	if err != nil {
		t.Fatalf("the annotator of %s: %v", s.Info().Name, err)
	}
	return run
}

// fresh is a copy of doc to annotate that holds the given layers.
func fresh(doc *corpus.Document, keep corpus.Layer) *corpus.Document {
	return &corpus.Document{ID: doc.ID, Revision: doc.Revision, Meta: doc.Meta, Text: doc.Text, Layers: doc.Only(keep)}
}

// added is the content of the layers that the stage adds, exactly.
func (c *contract) added(doc *corpus.Document) []byte { return encode(doc.Only(c.info.Adds)) }

func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("stagetest: a document is not JSON: %v", err)) // NaN or infinite
	}
	return b
}

// layers: needs and adds are the truth, and what is added is well made.
func (c *contract) layers(t testing.TB, docs []*corpus.Document) {
	run := annotator(t, c.stage)
	for _, doc := range docs {
		narrow, wide := fresh(doc, c.info.Needs), fresh(doc, c.there)
		before, rest := encode(wide), c.there&^c.info.Adds
		kept := encode(wide.Only(rest))
		for _, d := range [...]*corpus.Document{narrow, wide} {
			if err := run(d); err != nil {
				t.Fatalf("%s: %v", doc.ID, err)
			}
		}
		if !bytes.Equal(c.added(narrow), c.added(wide)) {
			t.Errorf("%s: with the layers it declares, %v, the result differs from that with %v: %s",
				doc.ID, c.info.Needs.Names(), c.there.Names(), difference(c.added(narrow), c.added(wide)))
		}
		if !bytes.Equal(kept, encode(wide.Only(rest))) {
			t.Errorf("%s: layers other than %v were changed", doc.ID, c.info.Adds.Names())
		}
		if wide.Text != doc.Text || wide.Meta != doc.Meta || wide.ID != doc.ID || wide.Revision != doc.Revision {
			t.Errorf("%s: text, name or metadata were changed", doc.ID)
		}
		if have, want := wide.Have(), c.there|c.info.Adds; have != want {
			t.Errorf("%s: %v are there, want %v", doc.ID, have.Names(), want.Names())
		}
		if err := corpustest.Check(wide); err != nil {
			t.Errorf("%s: %v", doc.ID, err)
		}
		// A rerun meets its own earlier result.
		first := c.added(wide)
		if err := run(wide); err != nil {
			t.Fatalf("%s again: %v", doc.ID, err)
		}
		if !bytes.Equal(first, c.added(wide)) {
			t.Errorf("%s: a rerun on its own result differs: %s", doc.ID, difference(first, c.added(wide)))
		}
		if !bytes.Equal(before, encode(fresh(doc, c.there))) {
			t.Errorf("%s: the layers that it was given were changed in place", doc.ID)
		}
	}
}

// same: results depend on the document alone.
func (c *contract) same(t testing.TB, docs []*corpus.Document) {
	want := make([][]byte, len(docs))
	for i, doc := range docs { // an annotator of its own each
		d := fresh(doc, c.info.Needs)
		if err := annotator(t, c.stage)(d); err != nil {
			t.Fatalf("%s: %v", doc.ID, err)
		}
		want[i] = c.added(d)
	}
	const workers = 8
	var group sync.WaitGroup
	for w := range workers {
		run := annotator(t, c.stage)
		group.Go(func() {
			for i := range docs {
				n := (w + i) % len(docs)
				if w%2 == 1 {
					n = len(docs) - 1 - n
				}
				d := fresh(docs[n], c.info.Needs)
				if err := run(d); err != nil {
					t.Errorf("%s: %v", d.ID, err)
					return
				}
				if got := c.added(d); !bytes.Equal(got, want[n]) {
					t.Errorf("%s: worker %d differs from a run on this document alone: %s", d.ID, w, difference(want[n], got))
				}
			}
		})
	}
	group.Wait()
}

// difference shows the first place where two encodings part.
func difference(a, b []byte) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	around := func(s []byte) string {
		return strings.ToValidUTF8(string(s[max(0, i-60):min(len(s), i+60)]), "")
	}
	return fmt.Sprintf("…%s… and …%s…", around(a), around(b))
}

// What a stage may allocate: next to nothing a word, since scratch memory is kept;
// a few slices a document; and what a statement's results are made of.
const (
	allocationsPerWord      = 0.1
	allocationsPerDocument  = 30
	allocationsPerStatement = 30
)

func (c *contract) allocations(t testing.TB, docs []*corpus.Document) {
	run := annotator(t, c.stage)
	words, statements := 0, 0
	copies := make([]*corpus.Document, len(docs))
	for i, doc := range docs {
		words += len(strings.Fields(doc.Text))
		copies[i] = fresh(doc, c.info.Needs)
	}
	once := func() {
		for _, doc := range copies {
			if err := run(doc); err != nil {
				t.Fatal(err)
			}
		}
	}
	once() // scratch memory grows
	for _, doc := range copies {
		statements += len(doc.Statements)
	}
	most := allocationsPerWord*float64(words) + allocationsPerDocument*float64(len(docs)) + allocationsPerStatement*float64(statements)
	got := testing.AllocsPerRun(3, once)
	t.Logf("%.0f allocations in %d documents of %d words with %d statements", got, len(docs), words, statements)
	if got > most {
		t.Errorf("%.0f allocations, want at most %.0f", got, most)
	}
}
