package pipeline_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/corpus"
	"onrecord/output"
	"onrecord/pipeline"
	"onrecord/stages"
)

// askew leaves a layer that does not fit the text of documents which say so.
type askew struct{}

func (askew) Info() corpus.Info { return corpus.Info{Name: "askew", Version: 1, Adds: corpus.Entities} }
func (askew) Annotator() (func(*corpus.Document) error, error) {
	return func(d *corpus.Document) error {
		d.Entities = []corpus.Entity{}
		if strings.Contains(d.Text, "bend me") {
			d.Statements = []corpus.Statement{{Content: []corpus.Span{{Start: 0, End: 1 << 20}}}}
		}
		return nil
	}, nil
}

func rejects(t *testing.T, out, batch string) (rows []corpus.Reject, originals map[string][]byte) {
	t.Helper()
	data, err := output.OpenRead(out)
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	originals = map[string][]byte{}
	err = errors.Join(
		data.Rejects(batch, func(r corpus.Reject) error { rows = append(rows, r); return nil }),
		data.Originals(batch, func(digest string, raw []byte) error { originals[digest] = raw; return nil }))
	if err != nil {
		t.Fatal(err)
	}
	return rows, originals
}

func TestRejectsAreKept(t *testing.T) {
	dir := t.TempDir()
	path := wire(t, dir, "a.jsonl", "Gazette", 600, func(i int, text string) string {
		switch i {
		case 5, 300:
			return text + " Please refuse me."
		case 7:
			return "Brandel said: bend me."
		case 9:
			return strings.Repeat(" \t", 1<<20) // empty, and more than is kept
		}
		return text
	})
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("torn {\ntorn {\n"); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	x := task{Out: filepath.Join(dir, "out"), Batch: "2026-11-22", Inputs: []string{path}}
	plain := x.config()
	plain.Chain = []stages.Stage{cheapWords{}, askew{}, cheapTone{}}
	mustRun(t, plain)

	// Kept through an interruption, and without any other difference.
	keep := plain
	keep.Out, keep.KeepRejects = filepath.Join(dir, "kept"), true
	ctx, cancel := context.WithCancel(context.Background())
	keep.Progress = stopAfterFirst(cancel)
	if _, err := pipeline.Run(ctx, keep); !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want an interruption", err)
	}
	keep.Progress = nil
	mustRun(t, keep)
	rows, originals := rejects(t, keep.Out, x.Batch)
	if len(rows) != 6 || len(originals) != 5 {
		t.Fatalf("%d rejects, %d originals", len(rows), len(originals))
	}
	for _, r := range rows {
		record := bytes.TrimSpace(whole[r.Offset : r.Offset+r.Size])
		if want := record[:min(len(record), corpus.MostKept)]; !bytes.Equal(originals[r.Digest], want) || !bytes.HasPrefix(record, []byte(r.Beginning)) || r.Beginning == "" {
			t.Errorf("record %d (%s %s): %d bytes are kept, want %d; it begins %q", r.Record, r.Stage, r.Reason, len(originals[r.Digest]), len(want), r.Beginning)
		}
	}
	kept := tree(t, keep.Out)
	delete(kept, "_runs/2026-11-22/rejects.tar.zst")
	delete(kept, "_runs/2026-11-22/manifest.json")
	calm := tree(t, plain.Out)
	delete(calm, "_runs/2026-11-22/manifest.json")
	sameTree(t, calm, kept)

	// All of them are known, whatever refused them.
	keep.Batch = "2026-11-23"
	if r := mustRun(t, keep); !r.NothingToDo {
		t.Errorf("the next night: %+v", r.Counts)
	}
}
