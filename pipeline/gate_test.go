package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/output"
	"onrecord/pipeline"
)

func TestGatesRingForWhatChangedAlone(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	night := 0
	run := func(opt pipeline.GateOptions, gazette, herald int, edit func(int, string) string) pipeline.Result {
		t.Helper()
		night++
		cfg := pipeline.Config{Out: out, Batch: time.Date(2026, 11, night, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), Chain: cheap(), Gates: opt}
		cfg.Inputs = []string{
			wire(t, dir, fmt.Sprint("g", night, ".jsonl"), "Gazette", gazette, edit),
			wire(t, dir, fmt.Sprint("h", night, ".jsonl"), "Herald", herald, nil),
		}
		return mustRun(t, cfg)
	}
	opt := pipeline.GateOptions{Documents: 30, Least: 3}
	for range 3 {
		if r := run(opt, 60+night, 60-night, nil); len(r.Manifest.Gates) > 0 {
			t.Fatalf("night %d: gates %v, want none without a baseline", night, r.Manifest.Gates)
		}
	}
	if r := run(opt, 20, 18, nil); len(pipeline.Alarms(r.Manifest)) > 0 {
		t.Errorf("a quiet Sunday rings: %v", pipeline.Alarms(r.Manifest))
	}
	broken := func(i int, text string) string {
		if i%4 > 0 {
			return "Please enable cookies to read what we have about the harbour today."
		}
		return text
	}
	opt.Hold = true
	r := run(opt, 60, 58, broken)
	alarms := strings.Join(pipeline.Alarms(r.Manifest), "\n")
	for _, want := range []string{"statements per document of Gazette is 0.25, usually 0.7 to 1.3 (median 1), -75%; nothing was found in g5.jsonl#1, ", "share of documents with a statement of Gazette"} {
		if !strings.Contains(alarms, want) {
			t.Errorf("alarms\n%s\nlack %q", alarms, want)
		}
	}
	if strings.Contains(alarms, "Herald") {
		t.Errorf("another publisher's gate rang:\n%s", alarms)
	}

	// Held back: nothing is published until it is released.
	if !r.Held {
		t.Fatal("the batch was not held back")
	}
	data, err := output.OpenRead(out)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := data.Batch(r.Batch); err == nil {
		t.Error("the batch that was held back is published")
	}
	m, err := pipeline.Release(context.Background(), pipeline.ReleaseConfig{Out: out})
	if err != nil || m.Batch != r.Batch || m.Counts.Documents != 118 {
		t.Fatalf("released %s, %+v, error %v", m.Batch, m.Counts, err)
	}
	if found, err := data.Verify(context.Background()); err != nil || len(found) > 0 {
		t.Errorf("findings %v, error %v", found, err)
	}
	if _, err := pipeline.Release(context.Background(), pipeline.ReleaseConfig{Out: out}); err == nil {
		t.Error("a batch was released twice")
	}

	// Others may have been published in between, with the same articles.
	held := run(opt, 60, 58, broken)
	if !held.Held {
		t.Fatal("the second batch was not held back")
	}
	run(pipeline.GateOptions{Off: true}, 60, 58, nil)
	if _, err := pipeline.Release(context.Background(), pipeline.ReleaseConfig{Out: out}); err == nil || !strings.Contains(err.Error(), "--drop") {
		t.Errorf("error %v, want one that says what to do", err)
	}
	if _, err := pipeline.Release(context.Background(), pipeline.ReleaseConfig{Out: out, Drop: true}); err != nil {
		t.Error(err)
	}
}

func TestSameInputAgainReleasesWithoutComputing(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	opt := pipeline.GateOptions{Documents: 10, Least: 1, Hold: true}
	cfg := task{Out: out, Batch: "2026-11-22", Inputs: []string{wire(t, dir, "a.jsonl", "Gazette", 40, nil)}}.config()
	cfg.Gates = opt
	mustRun(t, cfg)
	cfg.Batch = "2026-11-23"
	cfg.Inputs = []string{wire(t, dir, "b.jsonl", "Gazette", 40, func(i int, _ string) string {
		return fmt.Sprintf("A list of ships, number %d, and of nothing else but ships.", i)
	})}
	if r := mustRun(t, cfg); !r.Held {
		t.Fatal("not held back")
	}
	cfg.Gates.Hold = false
	r := mustRun(t, cfg)
	if r.Held || r.Resumed != 1 || len(pipeline.Alarms(r.Manifest)) == 0 {
		t.Errorf("held %v, %d chunks resumed, alarms %v", r.Held, r.Resumed, pipeline.Alarms(r.Manifest))
	}
	_, err := pipeline.Run(context.Background(), cfg)
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
