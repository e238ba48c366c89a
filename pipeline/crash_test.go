package pipeline_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"onrecord/corpus"
	"onrecord/output"
	"onrecord/pipeline"
)

// deadly ends the process, in a way that no recover can catch, over a document that
// says so; or it refuses the document.
type deadly struct {
	How string `json:"-"`
}

const lastWords = "the end is near"

var atWork atomic.Int32 // in this stage

func (deadly) Info() corpus.Info { return corpus.Info{Name: "deadly", Version: 1} }
func (s deadly) Annotator() (func(*corpus.Document) error, error) {
	return func(d *corpus.Document) error {
		atWork.Add(1)
		defer atWork.Add(-1)
		if !strings.Contains(d.Text, lastWords) {
			if s.How == "alone" {
				time.Sleep(time.Millisecond)
			}
			return nil
		}
		switch s.How {
		case "alone": // do no harm, but mind the company
			time.Sleep(10 * time.Millisecond)
			if n := atWork.Load(); n > 1 {
				return fmt.Errorf("%d others are at work", n-1)
			}
			return nil
		case "exit":
			os.Exit(7)
		case "kill":
			return errors.Join(syscall.Kill(os.Getpid(), syscall.SIGKILL), errors.New("survived"))
		case "stack":
			debug.SetMaxStack(1 << 20)
			return errors.New(fmt.Sprint(bottomless(1)))
		case "memory":
			return exhaust()
		}
		return errors.New("refused, as asked")
	}, nil
}

func bottomless(n int) int {
	if n < 0 {
		return n
	}
	return n + bottomless(n+1)
}

// exhaust allocates until there is no more.
func exhaust() error {
	var pages, rest uint64
	text, err := os.ReadFile("/proc/self/statm")
	if err == nil {
		_, err = fmt.Sscan(string(text), &pages, &rest)
	}
	if err == nil {
		most := pages*uint64(os.Getpagesize()) + 64<<20
		err = syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: most, Max: most})
	}
	var held [][]byte
	for err == nil {
		held = append(held, make([]byte, 16<<20))
	}
	return fmt.Errorf("after %d pieces: %w", len(held), err)
}

// start runs the task until it ends by itself and wants that to be so at the last of
// so many times.
func (x task) start(t *testing.T, starts int) {
	t.Helper()
	for n := 1; ; n++ {
		text, err := x.command(t).CombinedOutput()
		if err == nil && n == starts {
			return
		}
		if err == nil || n == starts {
			t.Fatalf("%s with %d workers: start %d of %d: %v\n%s", x.Deadly, x.Workers, n, starts, err, text)
		}
	}
}

// crashed are the records that are rejects because of it, by their documents.
func crashed(t *testing.T, out, batch string) (ids []string) {
	t.Helper()
	data, err := output.OpenRead(out)
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	err = data.Rejects(batch, func(r corpus.Reject) error {
		if r.Reason == corpus.Crashed {
			ids = append(ids, r.DocID)
			if r.Stage != "deadly" {
				t.Errorf("%s crashed in %q", r.DocID, r.Stage)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// withoutRejects leaves out what tells a crash from a refusal.
func withoutRejects(tree map[string]string) map[string]string {
	out := maps.Clone(tree)
	maps.DeleteFunc(out, func(name, _ string) bool {
		return strings.HasPrefix(name, "rejects/") || filepath.Base(name) == "manifest.json"
	})
	return out
}

func TestDocumentThatKillsTheProcess(t *testing.T) {
	dir := t.TempDir()
	marked := func(ids ...int) func(int, string) string {
		return func(i int, text string) string {
			for _, id := range ids {
				if i == id {
					text += " Now " + lastWords + "."
				}
			}
			return text
		}
	}
	one := wire(t, dir, "one.jsonl", "Gazette", 400, marked(123))
	two := wire(t, dir, "two.jsonl", "Gazette", 400, marked(123, 124))
	refused := task{Out: filepath.Join(dir, "refused"), Batch: "2026-11-22", Inputs: []string{one}, Deadly: "refuse"}
	mustRun(t, refused.config())
	want := withoutRejects(tree(t, refused.Out))
	var first map[string]string
	for _, tt := range []struct {
		how     string
		workers int
	}{{"exit", 1}, {"exit", 2}, {"exit", 8}, {"kill", 3}, {"stack", 2}, {"memory", 1}, {"memory", 8}} {
		x := task{Out: filepath.Join(dir, fmt.Sprint(tt.how, tt.workers)), Batch: "2026-11-22", Inputs: []string{one}, Deadly: tt.how, Workers: tt.workers}
		x.start(t, 3)
		if ids := crashed(t, x.Out, x.Batch); len(ids) != 1 || ids[0] != "one.jsonl#123" {
			t.Fatalf("%s with %d workers: crashed %q", tt.how, tt.workers, ids)
		}
		got := tree(t, x.Out)
		if first == nil {
			first = got
		}
		sameTree(t, first, got)
		sameTree(t, want, withoutRejects(got))
	}

	t.Run("two", func(t *testing.T) {
		x := task{Out: filepath.Join(dir, "out"), Batch: "2026-11-22", Inputs: []string{two}, Deadly: "exit", Workers: 1}
		x.start(t, 5)
		if ids := crashed(t, x.Out, x.Batch); len(ids) != 2 {
			t.Errorf("crashed %q, want both", ids)
		}
		// It is known from then on, and tried again when asked for.
		x.Batch = "2026-11-23"
		if r := mustRun(t, x.config()); !r.NothingToDo {
			t.Errorf("the next night: %+v", r.Counts)
		}
		x.Deadly = "refuse"
		cfg := x.config()
		cfg.Retry = true
		if r := mustRun(t, cfg); r.Counts.Rejects != 2 {
			t.Errorf("tried again: %+v", r.Counts)
		}
	})
	t.Run("rerun", func(t *testing.T) {
		x := task{Out: filepath.Join(dir, "again"), Batch: "2026-11-22", Inputs: []string{one}, Workers: 2}
		mustRun(t, x.config())
		x.Deadly, x.Rerun = "exit", "deadly"
		x.start(t, 3)
		if ids := crashed(t, x.Out, x.Batch); len(ids) != 1 {
			t.Errorf("crashed %q", ids)
		}
	})
}

func TestSuspectRunsAlone(t *testing.T) {
	dir := t.TempDir()
	in := wire(t, dir, "a.jsonl", "Gazette", 256, func(i int, text string) string {
		if i == 100 {
			text += " Now " + lastWords + "."
		}
		return text
	})
	for _, suspected := range []bool{false, true} {
		x := task{Out: filepath.Join(dir, fmt.Sprint(suspected)), Batch: "2026-11-22", Inputs: []string{in}, Workers: 8, Deadly: "exit"}
		if suspected {
			if err := x.command(t).Run(); err == nil {
				t.Fatal("it did no harm")
			}
		}
		x.Deadly = "alone"
		if alone := mustRun(t, x.config()).Counts.Rejects == 0; alone != suspected {
			t.Errorf("a suspect is %v, runs alone is %v", suspected, alone)
		}
	}
}

// An interruption is nobody's fault, however the process ends after it.
func TestInterruptedDocumentIsNotToBlame(t *testing.T) {
	dir := t.TempDir()
	x := task{Out: filepath.Join(dir, "out"), Batch: "2026-11-22", Inputs: []string{wire(t, dir, "a.jsonl", "Gazette", 400, nil)}}
	ctx, cancel := context.WithCancel(context.Background())
	cfg := x.config()
	cfg.Progress = stopAfterFirst(cancel)
	if _, err := pipeline.Run(ctx, cfg); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	for _, s := range inFlight(t, x.Out) {
		t.Errorf("document %x is to blame for %d deaths", s.id, s.deaths)
	}
}

type slot struct {
	id     uint64
	deaths uint32
}

// inFlight are the documents that were so when a process died.
func inFlight(t *testing.T, out string) (slots []slot) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(out, "_staging", "*", "inflight"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for r := bytes.NewReader(b); r.Len() > 0; {
			var s struct {
				ID           uint64
				Deaths, Step uint32
			}
			if err := binary.Read(r, binary.LittleEndian, &s); err != nil {
				t.Fatal(err)
			}
			if s.ID != 0 {
				slots = append(slots, slot{s.ID, s.Deaths})
			}
		}
	}
	return slots
}

// pardon undoes that a kill which strikes while one document runs alone, after a kill
// that struck while it ran among others, is taken for its fault.
func pardon(t *testing.T, out string) {
	t.Helper()
	for _, s := range inFlight(t, out) {
		if s.deaths > 1 {
			files, err := filepath.Glob(filepath.Join(out, "_staging", "*", "inflight"))
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range files {
				if err := os.Remove(path); err != nil {
					t.Fatal(err)
				}
			}
			return
		}
	}
}
