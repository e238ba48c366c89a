package stagetest

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/clean"
	"onrecord/stages/segment"
)

// fake is a stage that labels the document, and whatever else a test wants.
type fake struct {
	version int
	run     func(doc *corpus.Document, calls int)
}

func (f fake) Info() corpus.Info {
	return corpus.Info{Name: "fake", Version: f.version, Needs: corpus.Blocks, Adds: corpus.Labels}
}

func (f fake) Annotator() (func(*corpus.Document) error, error) {
	calls := 0
	return func(doc *corpus.Document) error {
		doc.Labels = []corpus.Label{{Name: "blocks", Value: fmt.Sprint(len(doc.Blocks))}}
		f.run(doc, calls)
		calls++
		return nil
	}, nil
}

// recorder keeps what a check says of a stage.
type recorder struct {
	testing.TB
	lock sync.Mutex
	said []string
}

func (r *recorder) Helper()             {}
func (r *recorder) Logf(string, ...any) {}
func (r *recorder) Errorf(format string, args ...any) {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.said = append(r.said, fmt.Sprintf(format, args...))
}
func (r *recorder) Fatalf(format string, args ...any) { r.Errorf(format, args...); panic(r) }

// listen runs a check and returns the first thing that it says.
func listen(t *testing.T, check func(testing.TB)) (said string) {
	r := &recorder{TB: t}
	defer func() {
		if p := recover(); p != nil && p != r {
			panic(p)
		}
		if len(r.said) > 0 {
			said = r.said[0]
		}
	}()
	check(r)
	return
}

// A contract that no stage can break proves nothing.
func TestBrokenPromisesAreFound(t *testing.T) {
	t.Chdir("../clean") // the sample lies as for a stage
	layers := func(c *contract, docs []*corpus.Document) func(testing.TB) {
		return func(t testing.TB) { c.layers(t, docs) }
	}
	same := func(c *contract, docs []*corpus.Document) func(testing.TB) {
		return func(t testing.TB) { c.same(t, docs) }
	}
	allocations := func(c *contract, docs []*corpus.Document) func(testing.TB) {
		return func(t testing.TB) { c.allocations(t, docs) }
	}
	hostile := func(c *contract, _ []*corpus.Document) func(testing.TB) { return func(t testing.TB) { c.hostile(t) } }
	for _, tt := range []struct {
		promise string
		check   func(*contract, []*corpus.Document) func(testing.TB)
		run     func(*corpus.Document, int)
		want    string
	}{
		{"none is broken", layers, func(*corpus.Document, int) {}, ""},
		{"none is broken by order", same, func(*corpus.Document, int) {}, ""},
		{"none is broken by texts", hostile, func(*corpus.Document, int) {}, ""},
		{"none is broken by memory", allocations, func(*corpus.Document, int) {}, ""},
		{"needs", layers, func(d *corpus.Document, _ int) { d.Labels[0].Score = float32(len(d.Tokens)) }, "with the layers it declares"},
		{"adds another layer", layers, func(d *corpus.Document, _ int) { d.Tags = []corpus.Tag{} }, "are there, want"},
		{"adds nothing", layers, func(d *corpus.Document, _ int) { d.Labels = nil }, "are there, want"},
		{"changes another layer", layers, func(d *corpus.Document, _ int) { d.Blocks = d.Blocks[:1] }, "were changed"},
		{"changes in place", layers, func(d *corpus.Document, _ int) { d.Blocks[0].Rule += "x" }, "changed"},
		{"changes the text", layers, func(d *corpus.Document, _ int) { d.Text += "." }, "text, name or metadata"},
		{"ill-made layer", layers, func(d *corpus.Document, _ int) { d.Labels[0].Index = 3 }, "labels: 0"},
		{"memory of other documents", same, func(d *corpus.Document, calls int) { d.Labels[0].Score = float32(calls) }, "differs from a run on this document alone"},
		{"ill-made layer of a hostile text", hostile, func(d *corpus.Document, _ int) { d.Labels[0].Index = int32(len(d.Text) / hugeText) }, "labels: 0"},
		{"allocations", allocations, func(d *corpus.Document, _ int) {
			for range strings.Fields(d.Text) {
				d.Labels = append([]corpus.Label{}, d.Labels...)
			}
		}, "allocations, want at most"},
	} {
		c := &contract{stage: fake{1, tt.run}, info: fake{}.Info(), before: []Stage{clean.Stage{}, segment.Stage{}},
			there: corpus.Blocks | corpus.Sentences | corpus.Tokens}
		docs := c.prepare(t, sample(t))
		if said := listen(t, tt.check(c, docs)); (said == "") != (tt.want == "") || !strings.Contains(said, tt.want) {
			t.Errorf("%s: the contract says %q, want %q", tt.promise, said, tt.want)
		}
	}
}

func TestGoldenOutputBelongsToAVersion(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("fake.go", []byte("package fake\n\nconst version = 1\n\nvar i = Info{Version: version}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	docs := []*corpus.Document{{ID: "a", Text: "He said no.", Layers: corpus.Layers{Blocks: []corpus.Block{}}}}
	defer func(old bool) { *update = old }(*update)
	for i, step := range []struct {
		version int
		output  float32
		update  bool
		want    string
	}{
		{1, 1, false, "is not there"},
		{1, 1, true, ""},
		{1, 1, false, ""},
		{1, 2, false, "raise Version at fake.go:3"},
		{1, 2, true, "raise Version at fake.go:3"}, // cannot be written away
		{2, 2, false, "output is that of a new version"},
		{2, 2, true, ""},
		{2, 2, false, ""},
		{3, 2, false, "the output is the same"},
		{3, 2, true, ""},
		{3, 2, false, ""},
	} {
		*update = step.update
		f := fake{step.version, func(d *corpus.Document, _ int) { d.Labels[0].Score = step.output }}
		c := &contract{stage: f, info: f.Info()}
		if said := listen(t, func(t testing.TB) { c.golden(t, docs) }); (said == "") != (step.want == "") || !strings.Contains(said, step.want) {
			t.Errorf("step %d %+v: said %q", i, step, said)
		}
	}
}
