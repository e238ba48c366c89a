package pipeline_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"onrecord/output"
	"onrecord/pipeline"
)

var update = flag.Bool("update", false, "write the dataset of this schema anew")

// Datasets of every schema there has been are kept: what is in them must be read, and
// made again, by every later version.
func TestDatasetsOfEverySchema(t *testing.T) {
	now := fmt.Sprintf("testdata/schema-%d", output.SchemaVersion)
	if *update {
		writeDataset(t, now)
	}
	kept, err := filepath.Glob("testdata/schema-*")
	if err != nil || len(kept) != output.SchemaVersion {
		t.Fatalf("%d datasets of %d schemas, error %v; write that of a new one with -update", len(kept), output.SchemaVersion, err)
	}
	for _, dir := range kept {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			copyTree(t, dir, out)
			sound(t, out)
			batch := "2026-11-23"
			if c := manifest(t, out, batch).Counts; c.Documents != 2 || c.Rejects != 1 || c.Statements == 0 || c.Stances == 0 {
				t.Errorf("counts %+v", c)
			}
			if rows, originals := rejects(t, out, batch); len(rows) != 1 || len(originals) != 1 {
				t.Errorf("rejects %v, originals %v", rows, originals)
			}
			if rows := documents(t, out); len(rows) != 2 {
				t.Errorf("%d documents", len(rows))
			}
			for _, stage := range []string{"stance", "clean"} { // from the layers, and from the texts
				if _, err := pipeline.Rerun(context.Background(), pipeline.RerunConfig{Out: out, Stage: stage, Write: true}); err != nil {
					t.Errorf("rerun %s: %v", stage, err)
				}
				sound(t, out)
			}
		})
	}
}

// writeDataset makes a small one, without what differs from run to run.
func writeDataset(t *testing.T, dir string) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join("testdata", "broken.jsonl")
	mustRun(t, pipeline.Config{Inputs: []string{sample + "/08-joint-statement.txt", sample + "/10-climbdown.txt", broken}, Out: dir,
		Batch: "2026-11-23", KeepRejects: true})
	info, err := json.Marshal(output.RunInfo{Started: time.Unix(0, 0).UTC(), Host: "example"})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "_runs", "2026-11-23", "run.json"), info, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"_lock", "_lock.holder", "_reserve", "_staging"} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
}
