package output

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/corpus"
)

var every = flag.Bool("every", false, "strike every operation on the disk instead of a sample")

// memoryDir is an empty folder in memory, where there is such a thing.
func memoryDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "onrecord-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// job is a command that makes one batch, and makes it again the same way when it
// was interrupted.
type job struct {
	batch string
	work  string
	texts []string // a chunk each
}

func (j job) run(s system, dir string) error {
	ctx := context.Background()
	data, err := openOn(ctx, s, dir, Options{NoLock: true})
	if err != nil {
		return err
	}
	defer data.Close()
	data.SetFormat(JSONL) // a hundred times as fast as Parquet to set up; the disk is the same
	if m, err := data.Batch(j.batch); err == nil && m.Work == j.work {
		return nil
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	plan, _ := json.Marshal(j.work)
	stage, err := data.Begin(j.batch, plan, []string{"in"})
	if err != nil {
		return err
	}
	m := Manifest{Work: j.work, Plan: plan}
	for i, text := range j.texts {
		info, ok := stage.Chunk(i, j.work)
		if !ok {
			c := &Chunk{Number: i, Key: j.work, Counts: Counts{Records: 1}, Docs: []*corpus.Document{smallDocument(fmt.Sprint(i), text)}}
			if info, err = stage.Put(ctx, c); err != nil {
				return err
			}
		}
		m.Counts.Add(info.Counts)
	}
	_, err = stage.Publish(ctx, m, len(j.texts), RunInfo{Started: time.Unix(1, 0)})
	return err
}

// smallDocument has one statement of a speaker, with tone and stance.
func smallDocument(id, text string) *corpus.Document {
	n := int32(len(text))
	all := []corpus.Span{{Start: 0, End: n}}
	doc := &corpus.Document{ID: id, Text: text, Revision: corpus.Revision(text)}
	doc.Tokens, doc.Sentences = all, []corpus.Span{{Start: 0, End: 1}}
	doc.Statements = []corpus.Statement{{Kind: corpus.Indirect, Content: all, Confidence: 0.5}}
	doc.Speakers = []corpus.Speaker{{ID: "0123456789abcdef", Name: "Ada Byrne", Kind: corpus.KindPerson}}
	doc.Sources = []corpus.Source{{How: corpus.HowNamed, Confidence: 0.5}}
	doc.Tones = []corpus.Tone{{Score: 0.5, Label: corpus.Positive, Confidence: 0.5}}
	doc.Stances = []corpus.Stance{{Target: "tariffs", TargetID: "fedcba9876543210", TargetSpans: all, Label: corpus.Oppose}}
	return doc
}

// scene is a folder as it is before a job, and as it should be after it.
type scene struct {
	name       string
	before     map[string][]byte
	job        job
	after      map[string][32]byte
	operations int
	newBatch   bool
}

func scenes(t *testing.T) []*scene {
	first := job{"2026-11-22", "first", []string{"Nora Blythe said the pier would close.", "The pier stays, Tom Arkwright said."}}
	second := job{"2026-11-23", "second", []string{"Nora Blythe changed her mind."}}
	replaced := job{"2026-11-22", "again", []string{"Nora Blythe said the pier would stay.", "The pier stays, Tom Arkwright said.", "So be it, said Ines Calder."}}
	var out []*scene
	dir := memoryDir(t)
	for i, s := range []*scene{{name: "first batch", job: first, newBatch: true}, {name: "batch beside another", job: second, newBatch: true}, {name: "replace", job: replaced}} {
		s.before = read(t, dir)
		counter := newFaulty(t, dir)
		if err := s.job.run(counter, dir); err != nil {
			t.Fatalf("scene %d: %v", i, err)
		}
		s.operations = counter.n
		s.after = digests(read(t, dir))
		out = append(out, s)
	}
	return out
}

// read is every file below a folder, by its path.
func read(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		out[rel], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func write(t *testing.T, dir string, files map[string][]byte) {
	t.Helper()
	for rel, b := range files {
		path := filepath.Join(dir, rel)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// digests leaves out run.json, which holds times, and the reserve, which comes and goes.
func digests(files map[string][]byte) map[string][32]byte {
	out := map[string][32]byte{}
	for path, b := range files {
		if name := filepath.Base(path); name != "run.json" && name != "_reserve" {
			out[path] = sha256.Sum256(b)
		}
	}
	return out
}

// differences between two trees, as text; empty if there are none.
func differences(want, got map[string][32]byte) string {
	var out []string
	for path, sum := range want {
		if is, ok := got[path]; !ok {
			out = append(out, path+" is missing")
		} else if is != sum {
			out = append(out, path+" is not the same")
		}
	}
	for path := range got {
		if _, ok := want[path]; !ok {
			out = append(out, path+" is too much")
		}
	}
	return strings.Join(out, "; ")
}

// glimpse is what is wrong with what a reader sees: a batch of a table that is
// neither as it was nor as it will be, or something that refers to what is not there.
func (s *scene) glimpse(files map[string][]byte) string {
	published := func(files map[string][32]byte, table string) map[string][32]byte {
		out := map[string][32]byte{}
		for path, sum := range files {
			if strings.HasPrefix(path, table+"/batch="+s.job.batch+"/") {
				out[path] = sum
			}
		}
		return out
	}
	before, now := digests(s.before), digests(files)
	var there []bool
	for _, table := range []string{"documents", "speakers", "statements", "stances", "rejects"} {
		got := published(now, table)
		if differences(published(before, table), got) != "" && differences(published(s.after, table), got) != "" {
			return "a part of " + table
		}
		there = append(there, len(got) > 0)
	}
	for i := 1; i < len(there) && s.newBatch; i++ {
		if there[i] && !there[i-1] {
			return "a table without the one that it refers to"
		}
	}
	if _, ok := files["_runs/"+s.job.batch+"/manifest.json"]; ok && s.newBatch && !there[len(there)-1] {
		return "a manifest without its tables"
	}
	return ""
}

// strike runs the scene's job with one operation struck, then what is left of it
// again, and says what is wrong, if anything.
func (s *scene) strike(t *testing.T, prepare func(*faulty), at int, how blow, left []aftermath, rng *rand.Rand) string {
	t.Helper()
	top := memoryDir(t)
	defer os.RemoveAll(top)
	dir := filepath.Join(top, "out")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, dir, s.before)
	f := newFaulty(t, dir)
	f.at, f.how = at, how
	prepare(f)
	err := s.job.run(f, dir)
	if f.struck == "" {
		return ""
	}
	mended := strings.HasPrefix(f.struck, "remove") || how != ioError && !exists(filepath.Join(dir, "_reserve")) // with the room of the reserve
	if err == nil && how != stop && how != stopHalf && !mended {
		return fmt.Sprintf("%s failed, and nobody was told", f.struck)
	}
	for _, what := range left {
		again := dir
		if what != keepAll {
			again = filepath.Join(top, fmt.Sprint("left", what))
			if err := os.Mkdir(again, 0o777); err != nil {
				t.Fatal(err)
			}
			f.lay(t, again, what, rng)
		}
		wrong := s.glimpse(read(t, again))
		if wrong == "" {
			if err := s.job.run(hasty{}, again); err != nil {
				wrong = fmt.Sprintf("the same command again: %v", err)
			} else {
				wrong = differences(s.after, digests(read(t, again)))
			}
		}
		if wrong != "" {
			return fmt.Sprintf("struck at operation %d (%s), blow %d, aftermath %d: %s", at, f.struck, how, what, wrong)
		}
	}
	return ""
}

// lasts cuts the power when the job has said that it is done, and says what is
// missing then.
func (s *scene) lasts(t *testing.T, prepare func(*faulty)) string {
	t.Helper()
	dir, left := memoryDir(t), memoryDir(t)
	write(t, dir, s.before)
	f := newFaulty(t, dir)
	prepare(f)
	if err := s.job.run(f, dir); err != nil {
		t.Fatal(err)
	}
	f.lay(t, left, loseAll, nil)
	return differences(s.after, digests(read(t, left)))
}

// TestEveryOperationMayBeTheLast stops the process, and the power, at every single
// operation on the disk, or lets the operation fail, and gives the same command
// again: the dataset must be that of an undisturbed run, and no reader may have
// seen half of it in between.
func TestEveryOperationMayBeTheLast(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	for _, s := range scenes(t) {
		t.Run(s.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 0))
			stride, first := 1, 1
			if !*every {
				stride = 16
				first += rng.IntN(stride)
			}
			t.Logf("seed %d, %d operations", seed, s.operations)
			asIs := func(*faulty) {}
			if wrong := s.lasts(t, asIs); wrong != "" {
				t.Fatalf("a power cut after the end: %s", wrong)
			}
			for at := first; at <= s.operations; at += stride {
				for _, blow := range []struct {
					how  blow
					left []aftermath
				}{
					{stop, []aftermath{loseAll, loseSome, keepAll}},
					{stopHalf, []aftermath{loseSome}},
					{[]blow{noSpace, ioError, shortWrite}[at%3], []aftermath{keepAll}},
				} {
					if wrong := s.strike(t, asIs, at, blow.how, blow.left, rng); wrong != "" {
						t.Fatal(wrong)
					}
				}
			}
		})
	}
}

// TestWithoutFlushingItWouldNotSurvive shows that the test above can fail: with
// flushes that do nothing, some stop loses data.
func TestWithoutFlushingItWouldNotSurvive(t *testing.T) {
	for name, prepare := range map[string]func(*faulty){
		"files":   func(f *faulty) { f.noSync = true },
		"folders": func(f *faulty) { f.noDirs = true },
	} {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 2))
			s := scenes(t)[0]
			if wrong := s.lasts(t, prepare); wrong != "" {
				t.Log(wrong)
				return
			}
			for at := s.operations; at > 0; at-- {
				if wrong := s.strike(t, prepare, at, stop, []aftermath{loseAll}, rng); wrong != "" {
					t.Log(wrong)
					return
				}
			}
			t.Error("nothing was lost without flushing: the test of every operation proves nothing")
		})
	}
}
