package pipeline_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"onrecord/corpus"
	"onrecord/output"
	"onrecord/pipeline"
	"onrecord/stages"
)

// cheap is a chain of two stages that cost nothing, for tests of the engine: a
// document is one token and one sentence, and a statement if it has the word
// "said"; whoever "objects" does so in a negative tone.
type cheapWords struct {
	Nap time.Duration // over each document
}

func (cheapWords) Info() corpus.Info {
	return corpus.Info{Name: "words", Version: 1, Adds: corpus.Blocks | corpus.Tokens | corpus.Sentences | corpus.Statements | corpus.Sources | corpus.Speakers}
}

func (s cheapWords) Annotator() (func(*corpus.Document) error, error) {
	return func(d *corpus.Document) error {
		time.Sleep(s.Nap)
		all := corpus.Span{Start: 0, End: int32(len(d.Text))}
		d.Blocks = []corpus.Block{{Span: all}}
		d.Tokens, d.Sentences = []corpus.Span{all}, []corpus.Span{{Start: 0, End: 1}}
		d.Statements, d.Sources, d.Speakers = []corpus.Statement{}, []corpus.Source{}, []corpus.Speaker{}
		if strings.Contains(d.Text, "refuse me") {
			return errors.New("refused, as asked")
		}
		if strings.Contains(d.Text, "said") {
			name := strings.TrimRight(strings.Fields(d.Text)[0], ".,")
			d.Speakers = append(d.Speakers, corpus.Speaker{ID: fmt.Sprintf("%016x", len(name)), Name: name, Kind: corpus.KindPerson})
			d.Statements = append(d.Statements, corpus.Statement{Content: []corpus.Span{all}, Confidence: 0.9, Rule: "cheap"})
			d.Sources = append(d.Sources, corpus.Source{How: corpus.HowNamed, Confidence: 0.9})
		}
		return nil
	}, nil
}

type cheapTone struct {
	Edition int // its version
	Gloom   float32
}

func (s cheapTone) Info() corpus.Info {
	return corpus.Info{Name: "mood", Version: 1 + s.Edition, Needs: corpus.Statements, Adds: corpus.Tones}
}

func (s cheapTone) Annotator() (func(*corpus.Document) error, error) {
	return func(d *corpus.Document) error {
		d.Tones = make([]corpus.Tone, len(d.Statements))
		for i := range d.Tones {
			d.Tones[i] = corpus.Tone{Score: 0.5 - s.Gloom, Label: corpus.Positive, Confidence: 0.8}
			if strings.Contains(d.Text, "objects") {
				d.Tones[i] = corpus.Tone{Score: -0.5 - s.Gloom, Label: corpus.Negative, Confidence: 0.8}
			}
		}
		return nil
	}, nil
}

func cheap() []stages.Stage { return []stages.Stage{cheapWords{}, cheapTone{}} }

// wire writes n articles of a publisher as JSON lines and returns the file. edit
// may change the text of an article.
func wire(t testing.TB, dir, name, publisher string, n int, edit func(i int, text string) string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	enc := json.NewEncoder(f)
	for i := range n {
		text := fmt.Sprintf("Calder%d said on Monday that the harbour of %s would stay open for %d more ships.", i%7, name, i)
		if i%3 == 0 {
			text = strings.Replace(text, "said", "objects, as he said", 1)
		}
		if edit != nil {
			text = edit(i, text)
		}
		if err := enc.Encode(map[string]string{"id": fmt.Sprint(name, "#", i), "text": text, "publisher": publisher}); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// task is a run that a test gives to a process of its own, which it may kill.
type task struct {
	Out, Batch string
	Inputs     []string
	Workers    int
	Replace    bool
	Nap        time.Duration
	Deadly     string // how documents that say so end the process; see deadly
	Rerun      string // the stage to run again instead, and write
}

const taskVariable = "PIPELINE_TEST_TASK"

// TestMain is the process of a task if the environment has one.
func TestMain(m *testing.M) {
	if text := os.Getenv(taskVariable); text != "" {
		os.Exit(do(text))
	}
	os.Exit(m.Run())
}

func do(text string) int {
	var x task
	if err := json.Unmarshal([]byte(text), &x); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	var err error
	if x.Rerun == "" {
		_, err = pipeline.Run(context.Background(), x.config())
	} else {
		_, err = pipeline.Rerun(context.Background(), pipeline.RerunConfig{Out: x.Out, Stage: x.Rerun, Batch: x.Batch, Write: true, Workers: x.Workers, Chain: x.config().Chain})
	}
	var locked *output.LockedError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &locked):
		return 75
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

func (x task) config() pipeline.Config {
	chain := []stages.Stage{cheapWords{Nap: x.Nap}, cheapTone{}}
	if x.Deadly != "" {
		chain = slices.Insert(chain, 1, stages.Stage(deadly{x.Deadly}))
	}
	return pipeline.Config{Inputs: x.Inputs, Out: x.Out, Batch: x.Batch, Replace: x.Replace, Workers: x.Workers,
		MaxRejects: pipeline.RejectLimit{None: true}, Chain: chain}
}

// command is the process of a task, begun by prefix if there is one.
func (x task) command(t testing.TB, prefix ...string) *exec.Cmd {
	t.Helper()
	text, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	args := append(prefix, program)
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), taskVariable+"="+string(text))
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return cmd
}

// copyTree copies a folder.
func copyTree(t testing.TB, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}
