package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/output"
	"onrecord/pipeline"
	"onrecord/stages"
)

func articles(t *testing.T, dir string, texts map[string]string) {
	t.Helper()
	for name, text := range texts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// documents are the rows of all batches, by id and revision number.
func documents(t *testing.T, out string) map[string]output.DocumentRow {
	t.Helper()
	rows := map[string]output.DocumentRow{}
	data, err := output.OpenRead(out)
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	batches, err := data.Batches()
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range batches {
		for _, path := range data.Files(b.Batch, "documents") {
			err := output.Documents.Read(path, func(read []output.DocumentRow) error {
				for _, r := range read {
					rows[fmt.Sprintf("%s/%d", r.DocID, r.RevisionNumber)] = r
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	return rows
}

func TestChangedArticleIsANewRevision(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	texts := []string{
		"Calder said on Monday that the pier would close for good.",
		"Calder said on Monday that the pier would close for a month.",
		"Calder said on Monday that the pier would not close at all.",
	}
	other := "Brandel said on Monday that nothing had changed in the harbour."
	// Night after night in an order of dates that a clock which was wrong may give.
	for i, batch := range []string{"2026-11-22", "2026-11-24", "2026-11-23"} {
		articles(t, dir, map[string]string{"pier.txt": texts[i], "other.txt": other})
		r := mustRun(t, task{Out: out, Batch: batch, Inputs: []string{dir}}.config())
		if want := int64(1); i > 0 && (r.Counts.Documents != want || r.Counts.Known != 1) {
			t.Errorf("night %d: %+v, want one new revision", i, r.Counts)
		}
	}
	rows := documents(t, out)
	if len(rows) != 4 {
		t.Fatalf("%d revisions, want 4", len(rows))
	}
	for i, text := range texts {
		r := rows[fmt.Sprintf("pier.txt/%d", i+1)]
		switch {
		case r.Text != text:
			t.Errorf("revision %d is %q, want %q", i+1, r.Text, text)
		case i == 0 && r.Supersedes != nil:
			t.Errorf("the first revision supersedes %s", *r.Supersedes)
		case i > 0 && (r.Supersedes == nil || *r.Supersedes != rows[fmt.Sprintf("pier.txt/%d", i)].Revision):
			t.Errorf("revision %d supersedes %v", i+1, r.Supersedes)
		}
	}
	before := tree(t, out)
	if _, err := pipeline.Rerun(context.Background(), pipeline.RerunConfig{Out: out, Stage: "words", All: true, Write: true, Chain: cheap()}); err != nil {
		t.Fatal(err)
	}
	sameTree(t, before, tree(t, out)) // a rerun keeps the numbers
}

func TestRefusedIsNotTriedAgainUntilSomethingChanges(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	articles(t, dir, map[string]string{
		"good.txt":  "Calder said on Monday that the pier would close for good.",
		"bad.txt":   "Calder said on Monday: refuse me, please, and the pier with it.",
		"empty.txt": " \n",
	})
	cfg := task{Out: out, Batch: "2026-11-22", Inputs: []string{dir}}.config()
	if r := mustRun(t, cfg); r.Counts.Documents != 1 || r.Counts.Rejects != 2 {
		t.Fatalf("first night: %+v", r.Counts)
	}
	cfg.Batch = "2026-11-23"
	if r := mustRun(t, cfg); !r.NothingToDo || r.Counts.Known != 3 {
		t.Errorf("a night without news: %+v", r)
	}
	cfg.Retry = true
	if r := mustRun(t, cfg); r.Counts.Rejects != 2 || r.Counts.Known != 1 {
		t.Errorf("asked to retry: %+v", r.Counts)
	}
	// A new version of a stage tries what it refused, not what it never saw.
	cfg.Retry = false
	cfg.Chain = []stages.Stage{cheapWords{}, cheapTone{Edition: 1}}
	if _, err := pipeline.Rerun(context.Background(), pipeline.RerunConfig{Out: out, Stage: "mood", All: true, Write: true, Chain: cfg.Chain}); err != nil {
		t.Fatal(err)
	}
	cfg.Batch = "2026-11-24"
	if r := mustRun(t, cfg); !r.NothingToDo {
		t.Errorf("mood changed, and what words refused was tried again: %+v", r.Counts)
	}
	cfg.Chain = []stages.Stage{cheapWords{Nap: 1}, cheapTone{Edition: 1}}
	if _, err := pipeline.Rerun(context.Background(), pipeline.RerunConfig{Out: out, Stage: "words", All: true, Write: true, Chain: cfg.Chain}); err != nil {
		t.Fatal(err)
	}
	if r := mustRun(t, cfg); r.Counts.Rejects != 1 || r.Counts.Known != 2 {
		t.Errorf("words changed: %+v, want its reject tried again", r.Counts)
	}
}

func TestMixingIsRefused(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	first, second := wire(t, dir, "a.jsonl", "Gazette", 20, nil), wire(t, dir, "b.jsonl", "Gazette", 20, nil)
	mustRun(t, task{Out: out, Batch: "2026-11-22", Inputs: []string{first}}.config())
	before := tree(t, out)
	cfg := task{Out: out, Batch: "2026-11-23", Inputs: []string{second}}.config()
	tests := []struct {
		name  string
		chain []stages.Stage
		form  output.Format
		want  []string
	}{
		{"version", []stages.Stage{cheapWords{}, cheapTone{Edition: 1}}, "", []string{"batch 2026-11-22", "stage mood was version 1, is 2", "onrecord rerun mood --all --write"}},
		{"option", []stages.Stage{cheapWords{}, cheapTone{Gloom: 0.1}}, "", []string{`options of stage mood were {"Edition":0,"Gloom":0}, are {"Edition":0,"Gloom":0.1}`, "--out"}},
		{"new stage", append(cheap(), touchy{}), "", []string{"stage touchy is new in its place", "onrecord rerun touchy"}},
		{"stage gone", []stages.Stage{cheapWords{}}, "", []string{"stage mood is gone"}},
		{"format", cheap(), output.Arrow, []string{"its files are parquet, --format is arrow"}},
	}
	for _, tt := range tests {
		c := cfg
		c.Chain, c.Format = tt.chain, tt.form
		_, err := pipeline.Run(context.Background(), c)
		var mixed *pipeline.MixedError
		if !errors.As(err, &mixed) {
			t.Fatalf("%s: error %v, want a refusal", tt.name, err)
		}
		for _, want := range tt.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %q does not say %q", tt.name, err, want)
			}
		}
	}
	sameTree(t, before, tree(t, out))

	// What the message advises helps.
	cfg.Chain = tests[0].chain
	d, err := pipeline.Rerun(context.Background(), pipeline.RerunConfig{Out: out, Stage: "mood", All: true, Write: true, Chain: cfg.Chain})
	if err != nil || len(d.Stale) > 0 {
		t.Fatalf("rerun: stale %v, error %v", d.Stale, err)
	}
	mustRun(t, cfg)
	cfg.Chain, cfg.Mix, cfg.Batch, cfg.Inputs = cheap(), true, "2026-11-24", []string{wire(t, dir, "c.jsonl", "Gazette", 20, nil)}
	mustRun(t, cfg)
}

func TestRerunEqualsAFullRun(t *testing.T) {
	dir := t.TempDir()
	out, fresh := filepath.Join(dir, "out"), filepath.Join(dir, "fresh")
	gloomy := []stages.Stage{cheapWords{}, cheapTone{Gloom: 0.2}}
	nights := map[string]string{"2026-11-22": wire(t, dir, "a.jsonl", "Gazette", 600, nil), "2026-11-23": wire(t, dir, "b.jsonl", "Herald", 300, nil)}
	for _, batch := range []string{"2026-11-22", "2026-11-23"} {
		cfg := task{Out: out, Batch: batch, Inputs: []string{nights[batch]}}.config()
		mustRun(t, cfg)
		cfg.Out, cfg.Chain = fresh, gloomy
		mustRun(t, cfg)
	}
	before := tree(t, out)
	cfg := pipeline.RerunConfig{Out: out, Stage: "mood", All: true, Chain: gloomy, Limit: 10}
	d, err := pipeline.Rerun(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if d.Documents != 900 || d.Kinds[pipeline.RowChanged] != 900 || len(d.Changes) != 10 || d.MeanShift > -0.19 || d.MeanShift < -0.21 {
		t.Errorf("%d documents, %v, %d shown, mean moved by %v", d.Documents, d.Kinds, len(d.Changes), d.MeanShift)
	}
	sameTree(t, before, tree(t, out)) // nothing was written
	cfg.Write = true
	if _, err := pipeline.Rerun(context.Background(), cfg); err != nil {
		t.Fatal(err)
	}
	sameTree(t, tree(t, fresh), tree(t, out))
}

func TestRerunOfOneBatchSaysWhatIsLeft(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	for i, batch := range []string{"2026-11-22", "2026-11-23"} {
		cfg := task{Out: out, Batch: batch, Inputs: []string{wire(t, dir, fmt.Sprint(i, ".jsonl"), "Gazette", 20, nil)}}.config()
		cfg.Format = output.Arrow
		mustRun(t, cfg)
	}
	d, err := pipeline.Rerun(context.Background(), pipeline.RerunConfig{Out: out, Batch: "2026-11-23", Stage: "mood", Write: true,
		Chain: []stages.Stage{cheapWords{}, cheapTone{Gloom: 0.2}}})
	if err != nil || len(d.Stale) != 1 || d.Stale[0] != "2026-11-22" {
		t.Errorf("left: %v, error %v", d.Stale, err)
	}
	for _, f := range manifest(t, out, "2026-11-23").Files {
		if strings.HasSuffix(f.Path, ".parquet") {
			t.Errorf("a dataset of Arrow files got %s", f.Path)
		}
	}
}

// A run that was stopped before midnight goes on under its own date, whatever the
// clock says by then.
func TestInterruptedRunKeepsItsDate(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	input := wire(t, dir, "a.jsonl", "Gazette", 600, nil)
	cfg := task{Out: out, Inputs: []string{input}}.config()
	cfg.Now = func() time.Time { return time.Date(2026, 11, 22, 23, 50, 0, 0, time.UTC) }
	ctx, cancel := context.WithCancel(context.Background())
	cfg.Progress = stopAfterFirst(cancel)
	if _, err := pipeline.Run(ctx, cfg); !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want an interruption", err)
	}
	cfg.Progress = nil
	other := cfg
	other.Inputs = []string{wire(t, dir, "b.jsonl", "Gazette", 20, nil)}
	for _, tt := range []struct {
		cfg  pipeline.Config
		now  time.Time
		want string
	}{
		{other, time.Date(2026, 11, 23, 0, 10, 0, 0, time.UTC), "2026-11-23"}, // other input is another run
		{cfg, time.Date(1970, 1, 1, 0, 10, 0, 0, time.UTC), "2026-11-22"},
	} {
		if tt.want == "2026-11-22" { // b is known by now: the plan is not the one that was interrupted
			if err := os.RemoveAll(filepath.Join(out, "_runs", "2026-11-23")); err != nil {
				t.Fatal(err)
			}
		}
		tt.cfg.Now = func() time.Time { return tt.now }
		if r := mustRun(t, tt.cfg); r.Batch != tt.want {
			t.Errorf("at %s: batch %s, want %s", tt.now, r.Batch, tt.want)
		} else if tt.want == "2026-11-22" && r.Resumed == 0 {
			t.Error("finished chunks were made again")
		}
	}
}

type stopAfterFirst func()

func (f stopAfterFirst) Update(pipeline.Status) { f() }
