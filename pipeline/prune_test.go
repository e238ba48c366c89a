package pipeline_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/output"
	"onrecord/pipeline"
)

func TestPrune(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	night := func(batch, file string) pipeline.Config {
		cfg := task{Out: out, Batch: batch, Inputs: []string{wire(t, dir, file, "Gazette", 600, func(i int, text string) string {
			if i == 3 {
				text += " Please refuse me."
			}
			return text
		})}}.config()
		cfg.KeepRejects = true
		return cfg
	}
	interrupt := func(cfg pipeline.Config) {
		ctx, cancel := context.WithCancel(context.Background())
		cfg.Progress = stopAfterFirst(cancel)
		if _, err := pipeline.Run(ctx, cfg); !errors.Is(err, context.Canceled) {
			t.Fatalf("error %v, want an interruption", err)
		}
	}
	mustRun(t, night("2026-08-01", "a.jsonl"))
	mustRun(t, night("2026-11-21", "b.jsonl"))
	interrupt(night("2026-11-22", "c.jsonl"))
	mustRun(t, night("2026-11-23", "d.jsonl")) // c can't go on: it may hold the same articles
	interrupt(night("2026-11-24", "e.jsonl"))
	if err := os.WriteFile(filepath.Join(out, "_layers", "segment", "loose"), []byte("12345"), 0o666); err != nil {
		t.Fatal(err)
	}
	before := tree(t, out)
	cfg := pipeline.PruneConfig{Out: out, KeepLayers: 2, KeepOriginals: 90,
		Now: func() time.Time { return time.Date(2026, 11, 25, 3, 0, 0, 0, time.UTC) }}
	prune := func() (kinds string) {
		t.Helper()
		waste, err := pipeline.Prune(context.Background(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range waste {
			kinds += w.Kind + " " + w.Batch + "; "
			if w.Bytes == 0 || w.Kind == pipeline.LooseLeftovers && w.Bytes != 5 {
				t.Errorf("%s of %s has %d bytes", w.Kind, w.Batch, w.Bytes)
			}
		}
		return kinds
	}
	const want = "runs that can't go on 2026-11-22; what no batch names any more ; layers of old batches 2026-08-01; originals of old rejects 2026-08-01; "
	if got := prune(); got != want {
		t.Errorf("could go: %s\nwant:     %s", got, want)
	}
	sameTree(t, before, tree(t, out))
	cfg.Delete = true
	if got := prune(); got != want {
		t.Errorf("went: %s\nwant: %s", got, want)
	}
	for name := range before {
		gone := strings.HasPrefix(name, "_staging/2026-11-22/") || strings.HasSuffix(name, "loose") ||
			strings.HasPrefix(name, "_layers/") && strings.Contains(name, "2026-08-01") || name == "_runs/2026-08-01/rejects.tar.zst"
		if _, there := tree(t, out)[name]; there == gone {
			t.Errorf("%s: there is %v", name, there)
		}
	}
	if got := prune(); got != "" {
		t.Errorf("a second time: %s", got)
	}
	sound(t, out)

	// The results can be made again from the texts, and a run goes on.
	if r := mustRun(t, night("2026-11-24", "e.jsonl")); r.Resumed == 0 {
		t.Error("an interrupted run began anew")
	}
	d, err := pipeline.Rerun(context.Background(), pipeline.RerunConfig{Out: out, Stage: "mood", Batch: "2026-08-01", Chain: cheap()})
	if err != nil || len(d.Uncompared) != 1 || d.Documents != 0 {
		t.Errorf("a rerun without layers: %+v, error %v", d, err)
	}
	if _, err := pipeline.Rerun(context.Background(), pipeline.RerunConfig{Out: out, Stage: "mood", Batch: "2026-08-01", Write: true, Chain: cheap()}); err != nil {
		t.Fatal(err)
	}
	sound(t, out)
	again := tree(t, out)
	for _, name := range []string{"_runs/2026-08-01/rejects.tar.zst", "_runs/2026-08-01/manifest.json", filepath.Join("_layers", "segment", "loose")} {
		delete(before, name)
	}
	maps.DeleteFunc(before, func(name, _ string) bool { return strings.HasPrefix(name, "_staging/") })
	for name, sum := range before {
		if again[name] != sum {
			t.Errorf("%s is not as it was before its layers went", name)
		}
	}
}

// sound wants a dataset without findings.
func sound(t *testing.T, out string) {
	t.Helper()
	data, err := output.OpenRead(out)
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	if found, err := data.Verify(context.Background()); err != nil || len(found) > 0 {
		t.Errorf("findings %v, error %v", found, err)
	}
}
