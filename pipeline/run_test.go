package pipeline_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/corpus"
	"onrecord/output"
	"onrecord/pipeline"
	"onrecord/stages"
)

const sample = "../corpus/sample"

// tree digests every file of a dataset that promises the same bytes: all but
// run.json, which holds times, and the lock and the reserve, which come and go.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == "run.json" || strings.HasPrefix(e.Name(), "_lock") || e.Name() == "_reserve" {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(b)
		name, err := filepath.Rel(dir, path)
		out[name] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func sameTree(t *testing.T, want, got map[string]string) {
	t.Helper()
	for name, sum := range want {
		if got[name] != sum {
			t.Errorf("%s: %.8s in one dataset, %.8s in the other", name, sum, got[name])
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is in one dataset only", name)
		}
	}
}

func mustRun(t *testing.T, cfg pipeline.Config) pipeline.Result {
	t.Helper()
	result, err := pipeline.Run(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestSameBytesForAnyNumberOfWorkers(t *testing.T) {
	input := manyArticles(t, 3, 40) // several chunks' worth of batches
	var want map[string]string
	for _, workers := range []int{1, 2, 8} {
		out := filepath.Join(t.TempDir(), "out")
		mustRun(t, pipeline.Config{Inputs: []string{sample, input}, Out: out, Batch: "2026-11-23", Workers: workers})
		got := tree(t, out)
		if want == nil {
			want = got
			continue
		}
		sameTree(t, want, got)
	}
	if len(want) < 10 {
		t.Fatalf("only %d files were written: %v", len(want), want)
	}
}

func TestSameBatchAgainIsNothingToDo(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	cfg := pipeline.Config{Inputs: []string{sample}, Out: out, Batch: "2026-11-23"}
	mustRun(t, cfg)
	before := tree(t, out)
	if again := mustRun(t, cfg); !again.NothingToDo {
		t.Errorf("the same batch was made twice: %+v", again.Counts)
	}
	sameTree(t, before, tree(t, out))
}

func TestOtherInputUnderTheSameNameIsRefused(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	mustRun(t, pipeline.Config{Inputs: []string{sample}, Out: out, Batch: "2026-11-23"})
	before := tree(t, out)
	cfg := pipeline.Config{Inputs: []string{manyArticles(t, 1, 3)}, Out: out, Batch: "2026-11-23"}
	if _, err := pipeline.Run(context.Background(), cfg); err == nil || !strings.Contains(err.Error(), "--replace") {
		t.Errorf("error %v, want one that says --replace", err)
	}
	sameTree(t, before, tree(t, out))
	cfg.Replace = true
	if r := mustRun(t, cfg); r.Counts.Documents != 3 {
		t.Errorf("%d documents replaced the batch, want 3", r.Counts.Documents)
	}
}

func TestSecondNightDoesOnlyTheNewWork(t *testing.T) {
	folder := manyArticles(t, 1, 5)
	out := filepath.Join(t.TempDir(), "out")
	mustRun(t, pipeline.Config{Inputs: []string{folder}, Out: out, Batch: "2026-11-22"})
	if r := mustRun(t, pipeline.Config{Inputs: []string{folder}, Out: out, Batch: "2026-11-23"}); !r.NothingToDo || r.Counts.Known != 5 {
		t.Errorf("a night without news: %+v", r)
	}
	text := "\"The harbour stays open,\" Mayor Ines Calder said on Monday."
	if err := os.WriteFile(filepath.Join(folder, "new.txt"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	if r := mustRun(t, pipeline.Config{Inputs: []string{folder}, Out: out, Batch: "2026-11-24"}); r.Counts.Documents != 1 || r.Counts.Known != 5 {
		t.Errorf("a night with one new article among five: %+v", r.Counts)
	}
}

// touchy refuses, or panics on, documents that say so.
type touchy struct{}

func (touchy) Info() corpus.Info { return corpus.Info{Name: "touchy", Version: 1, Adds: corpus.Labels} }
func (touchy) Annotator() (func(*corpus.Document) error, error) {
	return func(d *corpus.Document) error {
		d.Labels = []corpus.Label{}
		switch {
		case strings.Contains(d.Text, "refuse me"):
			return errors.New("refused, as asked")
		case strings.Contains(d.Text, "panic now"):
			panic("as asked")
		}
		return nil
	}, nil
}

func TestOneBadDocumentCostsOneDocument(t *testing.T) {
	folder := manyArticles(t, 1, 30)
	bad := map[string]string{
		"a.txt": "Please refuse me, said the mayor of the town to the paper on Monday.",
		"b.txt": "Please panic now, said the mayor of the town to the paper on Monday.",
		"c.txt": "   \n",
	}
	for name, text := range bad {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "out")
	r := mustRun(t, pipeline.Config{Inputs: []string{folder}, Out: out, Batch: "2026-11-23",
		Chain: append(stages.Chain(stages.Options{}), touchy{})})
	if r.Counts.Documents != 30 || r.Counts.Rejects != 3 || r.Counts.Records != 33 {
		t.Errorf("counts %+v, want 33 records, 30 documents, 3 rejects", r.Counts)
	}
	reasons := map[string]string{}
	data, err := output.OpenRead(out)
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	for _, path := range data.Files("2026-11-23", "rejects") {
		err := output.Rejects.Read(path, func(rows []output.RejectRow) error {
			for _, row := range rows {
				reasons[filepath.Base(row.URI)] = fmt.Sprint(row.Stage, " ", row.Reason)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{
		"a.txt": "touchy stage-failed", "b.txt": "touchy stage-panicked", "c.txt": "read empty",
	} {
		if reasons[name] != want {
			t.Errorf("%s: rejected as %q, want %q", name, reasons[name], want)
		}
	}
}

func TestTooManyRejectsPublishNothing(t *testing.T) {
	folder := manyArticles(t, 1, 4)
	for i := range 3 {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprint("x", i, ".txt")), []byte("refuse me, please, said the mayor of the town"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "out")
	limit, err := pipeline.ParseRejectLimit("2")
	if err != nil {
		t.Fatal(err)
	}
	cfg := pipeline.Config{Inputs: []string{folder}, Out: out, Batch: "2026-11-23", MaxRejects: limit,
		Chain: append(stages.Chain(stages.Options{}), touchy{})}
	_, err = pipeline.Run(context.Background(), cfg)
	var many *pipeline.TooManyRejects
	if !errors.As(err, &many) || many.Rejects != 3 {
		t.Fatalf("error %v, want too many rejects", err)
	}
	if data, err := output.OpenRead(out); err == nil {
		defer data.Close()
		if batches, err := data.Batches(); err != nil || len(batches) != 0 {
			t.Errorf("batches %v, error %v: want none published", batches, err)
		}
	}
	cfg.MaxRejects = pipeline.RejectLimit{None: true}
	if r := mustRun(t, cfg); r.Resumed == 0 || r.Counts.Documents != 4 {
		t.Errorf("raising the limit did the work again: %+v", r)
	}
}

func TestDuplicateIDsInOneRun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "twice.jsonl")
	var b strings.Builder
	for i := range 1500 {
		line, _ := json.Marshal(map[string]string{"id": fmt.Sprint(i % 1000), "text": fmt.Sprintf("Report %d said the quay was closed for repair on Monday.", i)})
		b.Write(append(line, '\n'))
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	r := mustRun(t, pipeline.Config{Inputs: []string{path}, Out: filepath.Join(t.TempDir(), "out"), Batch: "2026-11-23",
		MaxRejects: pipeline.RejectLimit{None: true}})
	if r.Counts.Documents != 1000 || r.Counts.Rejects != 500 {
		t.Errorf("counts %+v, want 1000 documents and 500 rejects", r.Counts)
	}
}

// manyArticles writes folders times per short articles and returns their folder.
func manyArticles(t testing.TB, folders, per int) string {
	t.Helper()
	dir := t.TempDir()
	for f := range folders {
		sub := filepath.Join(dir, fmt.Sprintf("day%02d", f))
		if err := os.MkdirAll(sub, 0o777); err != nil {
			t.Fatal(err)
		}
		for i := range per {
			text := fmt.Sprintf("Harbour talks, round %d\n\nMinister Ada Quist said the offer of %d crowns was “not serious.” "+
				"“We expect a better one,” she added.\n\nPort director Tom Brandel welcomed the progress made on day %d.\n", i, i, f)
			if err := os.WriteFile(filepath.Join(sub, fmt.Sprintf("%03d.txt", i)), []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}
