package pipeline_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"onrecord/corpus"
	"onrecord/output"
	"onrecord/pipeline"
	"onrecord/stages"
)

// mount makes a small file system in memory; the test is skipped where that is not
// allowed.
func mount(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if os.Getuid() != 0 {
		t.Skip("not root: no file system can be mounted here")
	}
	if text, err := exec.Command("mount", "-t", "tmpfs", "-o", options, "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no file system can be mounted here: %s", text)
	}
	t.Cleanup(func() {
		if text, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %s", text)
		}
	})
	return dir
}

func remount(t *testing.T, dir, options string) {
	t.Helper()
	if text, err := exec.Command("mount", "-o", "remount,"+options, dir).CombinedOutput(); err != nil {
		t.Fatalf("remount: %s", text)
	}
}

func TestDiskThatIsReallyFull(t *testing.T) {
	small := mount(t, "size=700k")
	files := t.TempDir()
	first := wire(t, files, "first.jsonl", "Gazette", 20, nil)
	second := wire(t, files, "second.jsonl", "Herald", 2000, nil)
	out := filepath.Join(small, "out")
	mustRun(t, task{Out: out, Batch: "2026-11-22", Inputs: []string{first}}.config())
	before := tree(t, out)
	cfg := task{Out: out, Batch: "2026-11-23", Inputs: []string{second}}.config()
	_, err := pipeline.Run(context.Background(), cfg)
	var full *output.FullError
	if !errors.As(err, &full) || !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), out) {
		t.Fatalf("error %v, want one that says where the disk is full", err)
	}
	t.Log(err)
	// The room that was set aside is there for whoever has to write about it.
	log := filepath.Join(small, "log")
	if err := os.WriteFile(log, make([]byte, 200<<10), 0o666); err != nil {
		t.Errorf("no room for a log: %v", err)
	}
	if _, err := pipeline.Run(context.Background(), cfg); !errors.As(err, &full) || !strings.Contains(err.Error(), "_reserve") {
		t.Errorf("with the disk still full: %v", err)
	}
	for name, sum := range before {
		if tree(t, out)[name] != sum {
			t.Errorf("%s is not as it was", name)
		}
	}
	remount(t, small, "size=64m")
	mustRun(t, cfg)

	calm := filepath.Join(files, "calm")
	for _, x := range []task{{Out: calm, Batch: "2026-11-22", Inputs: []string{first}}, {Out: calm, Batch: "2026-11-23", Inputs: []string{second}}} {
		mustRun(t, x.config())
	}
	sameTree(t, tree(t, calm), tree(t, out))
}

// On a disk that something else has filled to the last byte, the room set aside is
// enough to make more.
func TestPruneOnAFullDisk(t *testing.T) {
	small := mount(t, "size=4m")
	x := task{Out: filepath.Join(small, "out"), Batch: "2026-11-22", Inputs: []string{wire(t, t.TempDir(), "a.jsonl", "Gazette", 300, nil)}}
	mustRun(t, x.config())
	junk, err := os.Create(filepath.Join(small, "junk"))
	if err != nil {
		t.Fatal(err)
	}
	defer junk.Close()
	for size := 1 << 16; size > 0; size /= 2 {
		for err = nil; err == nil; {
			_, err = junk.Write(make([]byte, size))
		}
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	waste, err := pipeline.Prune(context.Background(), pipeline.PruneConfig{Out: x.Out, Delete: true})
	if err != nil || len(waste) != 1 || waste[0].Kind != pipeline.OldLayers {
		t.Fatalf("%+v, error %v", waste, err)
	}
	sound(t, x.Out)
}

func TestOutputThatCannotBeWritten(t *testing.T) {
	disk := mount(t, "size=8m")
	files := t.TempDir()
	x := task{Out: filepath.Join(disk, "out"), Batch: "2026-11-22", Inputs: []string{wire(t, files, "a.jsonl", "Gazette", 20, nil)}}
	mustRun(t, x.config())
	before := tree(t, x.Out)
	remount(t, disk, "ro")
	x.Batch, x.Inputs = "2026-11-23", []string{wire(t, files, "b.jsonl", "Gazette", 20, nil)}
	_, err := pipeline.Run(context.Background(), x.config())
	if !errors.Is(err, syscall.EROFS) || !strings.Contains(err.Error(), x.Out) {
		t.Errorf("error %v, want one that says what is read-only", err)
	}
	sameTree(t, before, tree(t, x.Out))
	if data, err := output.OpenRead(x.Out); err != nil {
		t.Errorf("reading needs no writing: %v", err)
	} else if found, err := data.Verify(context.Background()); err != nil || len(found) > 0 {
		t.Errorf("findings %v, error %v", found, err)
	}
}

// nobody is a user who may do nothing.
const nobody = 65534

func TestWithoutPermission(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("not root: this process can't become a user who may do nothing")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "test")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if text, err := exec.Command("cp", self, program).CombinedOutput(); err != nil {
		t.Fatalf("%s", text)
	}
	for d := dir; len(d) > len(os.TempDir()); d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	in := filepath.Join(dir, "in")
	if err := os.Mkdir(in, 0o755); err != nil {
		t.Fatal(err)
	}
	wire(t, in, "open.jsonl", "Gazette", 20, nil)
	if err := os.Chmod(wire(t, in, "closed.jsonl", "Gazette", 20, nil), 0o600); err != nil {
		t.Fatal(err)
	}
	theirs := filepath.Join(dir, "theirs")
	if err := errors.Join(os.Mkdir(theirs, 0o777), os.Chown(theirs, nobody, nobody)); err != nil {
		t.Fatal(err)
	}
	run := func(out string) (string, error) {
		cmd := task{Out: out, Batch: "2026-11-22", Inputs: []string{in}}.command(t)
		cmd.Path = program
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
		text, err := cmd.CombinedOutput()
		return string(text), err
	}
	if text, err := run(filepath.Join(dir, "out")); err == nil || !strings.Contains(text, "permission denied") || !strings.Contains(text, filepath.Join(dir, "out")) {
		t.Errorf("error %v, %q: want one that says what is not allowed", err, text)
	}
	if text, err := run(filepath.Join(theirs, "out")); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	m := manifest(t, filepath.Join(theirs, "out"), "2026-11-22")
	if m.Counts.Documents != 20 || m.Reasons[string(corpus.Unreadable)] != 1 || m.Inputs[0].Complete {
		t.Errorf("counts %+v, reasons %v, inputs %+v: want one unreadable file among two", m.Counts, m.Reasons, m.Inputs)
	}
}

func manifest(t *testing.T, out, batch string) output.Manifest {
	t.Helper()
	data, err := output.OpenRead(out)
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	m, err := data.Batch(batch)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// meddler does something once, when the first document passes it.
type meddler struct {
	cheapWords
	Do func() error `json:"-"`
}

func (m *meddler) Annotator() (func(*corpus.Document) error, error) {
	annotate, err := m.cheapWords.Annotator()
	return func(d *corpus.Document) error {
		if do := m.Do; do != nil {
			m.Do = nil
			if err := do(); err != nil {
				return err
			}
		}
		return annotate(d)
	}, err
}

func TestInputThatVanishesOrGrowsWhileItIsRead(t *testing.T) {
	long := func(_ int, text string) string { return text + strings.Repeat(" The ships are many.", 500) }
	tests := []struct {
		name   string
		meddle func(dir string) error
		reason corpus.Reason
	}{
		{"vanishes", func(dir string) error { return os.Remove(filepath.Join(dir, "b.jsonl")) }, corpus.Unreadable},
		{"grows", func(dir string) error {
			f, err := os.OpenFile(filepath.Join(dir, "b.jsonl"), os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			_, err = f.WriteString(`{"id": "late", "text": "Calder said on Monday that one more ship had come to the harbour."}` + "\n")
			return errors.Join(err, f.Close())
		}, ""},
		{"shrinks", func(dir string) error { return os.Truncate(filepath.Join(dir, "b.jsonl"), 50_000) }, corpus.Malformed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			wire(t, dir, "a.jsonl", "Gazette", 600, long) // more than is read ahead
			wire(t, dir, "b.jsonl", "Gazette", 10, long)
			whole, err := os.ReadFile(filepath.Join(dir, "b.jsonl"))
			if err != nil {
				t.Fatal(err)
			}
			x := task{Out: filepath.Join(t.TempDir(), "out"), Batch: "2026-11-22", Inputs: []string{dir}, Workers: 1}
			cfg := x.config()
			cfg.Chain = []stages.Stage{&meddler{Do: func() error { return tt.meddle(dir) }}, cheapTone{}}
			r := mustRun(t, cfg)
			if in := r.Manifest.Inputs; len(in) != 2 || !in[0].Complete || in[1].Complete {
				t.Errorf("inputs %+v: want the second marked as incomplete", in)
			}
			if tt.reason != "" && r.Manifest.Reasons[string(tt.reason)] != 1 {
				t.Errorf("rejects %v, want one %s", r.Manifest.Reasons, tt.reason)
			}
			if c := r.Counts; c.Records != c.Known+c.Documents+c.Rejects {
				t.Errorf("records do not add up: %+v", c)
			}
			// When the file is there again, only what is missing is new.
			if err := os.WriteFile(filepath.Join(dir, "b.jsonl"), whole, 0o666); err != nil {
				t.Fatal(err)
			}
			next := x
			next.Batch = "2026-11-23"
			again, err := pipeline.Run(context.Background(), next.config())
			if err != nil {
				t.Fatal(err)
			}
			if got := r.Counts.Documents + again.Counts.Documents; again.Counts.Known < 600 || tt.name != "grows" && got != 610 {
				t.Errorf("first %+v, then %+v: want 610 documents in all", r.Counts, again.Counts)
			}
		})
	}
}

func squeezed(t *testing.T, write func(io.Writer)) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	write(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDamagedGzip(t *testing.T) {
	dir := t.TempDir()
	lines, err := os.ReadFile(wire(t, t.TempDir(), "a.jsonl", "Gazette", 400, nil))
	if err != nil {
		t.Fatal(err)
	}
	whole := squeezed(t, func(w io.Writer) { w.Write(lines) })
	path := filepath.Join(dir, "a.jsonl.gz")
	if err := os.WriteFile(path, whole[:len(whole)/2], 0o666); err != nil {
		t.Fatal(err)
	}
	x := task{Out: filepath.Join(t.TempDir(), "out"), Batch: "2026-11-22", Inputs: []string{dir}}
	r := mustRun(t, x.config())
	if r.Counts.Documents == 0 || r.Counts.Documents == 400 || r.Manifest.Reasons[string(corpus.BadCompression)] != 1 || r.Manifest.Inputs[0].Complete {
		t.Errorf("counts %+v, rejects %v, inputs %+v: want a part, and the rest as one reject", r.Counts, r.Manifest.Reasons, r.Manifest.Inputs)
	}
	if err := os.WriteFile(path, whole, 0o666); err != nil {
		t.Fatal(err)
	}
	x.Batch = "2026-11-23"
	if next := mustRun(t, x.config()); next.Counts.Known != r.Counts.Documents || next.Counts.Documents+next.Counts.Known != 400 || next.Counts.Rejects != 0 {
		t.Errorf("the whole file: %+v after %+v", next.Counts, r.Counts)
	}
}

func TestGzipBomb(t *testing.T) {
	dir := t.TempDir()
	bomb := squeezed(t, func(w io.Writer) {
		line := []byte(`{"id": "x", "text": "` + strings.Repeat("boom ", 1<<12) + "\"}\n")
		for range 1 << 13 { // 160 MiB
			w.Write(line)
		}
	})
	if err := os.WriteFile(filepath.Join(dir, "bomb.jsonl.gz"), bomb, 0o666); err != nil {
		t.Fatal(err)
	}
	wire(t, dir, "fine.jsonl", "Gazette", 20, nil)
	x := task{Out: filepath.Join(t.TempDir(), "out"), Batch: "2026-11-22", Inputs: []string{dir}}
	r := mustRun(t, x.config())
	if r.Manifest.Reasons[string(corpus.BadCompression)] != 1 || r.Counts.Documents < 20 || r.Counts.Bytes > 100<<20 {
		t.Errorf("counts %+v, rejects %v: want the bomb put out early, the rest read", r.Counts, r.Manifest.Reasons)
	}
	var m runtime.MemStats
	if runtime.ReadMemStats(&m); m.Sys > 1<<30 {
		t.Errorf("%d MiB of memory", m.Sys>>20)
	}
}

func TestDamagedFileOfOursIsNamed(t *testing.T) {
	dir := t.TempDir()
	x := task{Out: filepath.Join(dir, "out"), Batch: "2026-11-22", Inputs: []string{wire(t, dir, "a.jsonl", "Gazette", 300, nil)}}
	mustRun(t, x.config())
	data, err := output.OpenRead(x.Out)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range manifest(t, x.Out, x.Batch).Files {
		path := filepath.Join(x.Out, filepath.FromSlash(f.Path))
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for name, damaged := range map[string][]byte{"flipped": flipped(whole), "truncated": whole[:len(whole)*2/3]} {
			if len(damaged) == len(whole) && name == "truncated" || len(whole) == 0 {
				continue
			}
			if err := os.WriteFile(path, damaged, 0o666); err != nil {
				t.Fatal(err)
			}
			found, err := data.Verify(context.Background())
			if err != nil || len(found) != 1 || found[0].Kind != output.FileDamaged || found[0].Path != path {
				t.Errorf("%s %s: findings %v, error %v", name, f.Path, found, err)
			}
			if f.Table == "documents" || f.Table == "_layers/segment/tokens" {
				_, err := pipeline.Rerun(context.Background(), pipeline.RerunConfig{Out: x.Out, Stage: "mood", Chain: cheap()})
				var d *output.DamagedError
				if !errors.As(err, &d) || d.Path != path {
					t.Errorf("%s %s: a rerun says %v, want the file named", name, f.Path, err)
				}
			}
		}
		if err := os.WriteFile(path, whole, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	// What a damaged file is mended by.
	path := data.Files(x.Batch, "statements")[0]
	if err := os.WriteFile(path, []byte("PAR1 no more"), 0o666); err != nil {
		t.Fatal(err)
	}
	x.Replace = true
	mustRun(t, x.config())
	if found, err := data.Verify(context.Background()); err != nil || len(found) > 0 {
		t.Errorf("after --replace: findings %v, error %v", found, err)
	}
}

func flipped(b []byte) []byte {
	out := bytes.Clone(b)
	if len(out) > 0 {
		out[len(out)/2] ^= 0x10
	}
	return out
}
