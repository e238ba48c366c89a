package pipeline_test

import (
	"context"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"onrecord/output"
	"onrecord/pipeline"
)

var kills = flag.Int("kills", defaultKills, "how many processes TestKilledRunsGoOn kills")

// situation is a dataset, a run upon it, and what must come of it.
type situation struct {
	name   string
	before string // a dataset; "" is none
	task   task
	want   map[string]string
	length time.Duration // of the run, undisturbed
}

// situations are a first batch, one beside another, and a replacement.
func situations(t *testing.T) []*situation {
	t.Helper()
	dir := t.TempDir()
	first := wire(t, dir, "first.jsonl", "Gazette", 500, nil)
	second := wire(t, dir, "second.jsonl", "Herald", 300, nil)
	published := filepath.Join(dir, "published")
	run := func(x task) {
		if text, err := x.command(t).CombinedOutput(); err != nil {
			t.Fatalf("undisturbed run: %v\n%s", err, text)
		}
	}
	run(task{Out: published, Batch: "2026-11-22", Inputs: []string{first}, Workers: 2})
	out := []*situation{
		{name: "first batch", task: task{Batch: "2026-11-22", Inputs: []string{first}}},
		{name: "second batch", before: published, task: task{Batch: "2026-11-23", Inputs: []string{first, second}}},
		{name: "replacement", before: published, task: task{Batch: "2026-11-22", Inputs: []string{second}, Replace: true}},
	}
	for _, s := range out {
		x := s.task
		x.Out, x.Workers = s.lay(t), 2
		begun := time.Now()
		run(x)
		s.length = time.Since(begun)
		s.want = tree(t, x.Out)
	}
	return out
}

// lay makes a copy of the dataset as it is before.
func (s *situation) lay(t *testing.T) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	if s.before != "" {
		copyTree(t, s.before, out)
	}
	return out
}

// finish runs the task to its end and compares.
func (s *situation) finish(t *testing.T, x task) {
	t.Helper()
	if s.task.Replace && replaced(t, x.Out, s.want) {
		x.Replace = false // the command that was killed had got that far: again it would only do the same
	}
	if text, err := x.command(t).CombinedOutput(); err != nil {
		t.Fatalf("%s: the run after the kills failed: %v\n%s", s.name, err, text)
	}
	sameTree(t, s.want, tree(t, x.Out))
}

// replaced reports whether the manifest is the new one already.
func replaced(t *testing.T, out string, want map[string]string) bool {
	t.Helper()
	data, err := output.OpenRead(out) // finishes what was begun
	if err != nil {
		t.Fatal(err)
	}
	if err := data.Close(); err != nil {
		t.Fatal(err)
	}
	const manifest = "_runs/2026-11-22/manifest.json"
	return tree(t, out)[manifest] == want[manifest]
}

// TestKilledRunsGoOn really kills processes, at random instants and several times
// in a row, also while they mend what a kill before left, and wants the dataset of
// an undisturbed run, byte by byte.
func TestKilledRunsGoOn(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: nothing is killed")
	}
	all := situations(t)
	seed := uint64(time.Now().UnixNano())
	rng := rand.New(rand.NewPCG(seed, 0))
	killed, finished := 0, 0
	for round := 0; killed < *kills && !t.Failed(); round++ {
		s := all[round%len(all)]
		x := s.task
		x.Out = s.lay(t)
		for range 3 + rng.IntN(6) {
			x.Workers = 1 + rng.IntN(8)
			cmd := x.command(t)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			begun := time.Now()
			timer := time.AfterFunc(time.Duration(rng.Int64N(int64(s.length))), func() { _ = cmd.Process.Kill() })
			var exit *exec.ExitError
			if err := cmd.Wait(); errors.As(err, &exit) && exit.ExitCode() < 0 {
				killed++
				s.length += s.length / 20
			} else { // the machine is faster than it was: the next instants come earlier
				finished++
				s.length = min(s.length, time.Since(begun))
			}
			timer.Stop()
			pardon(t, x.Out)
		}
		s.finish(t, x)
		os.RemoveAll(filepath.Dir(x.Out))
	}
	t.Logf("seed %d: %d processes killed, %d were done before", seed, killed, finished)
}

// TestProgramKilledGoesOn does the same to the real program with all its stages.
func TestProgramKilledGoesOn(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: nothing is killed")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "onrecord")
	if text, err := exec.Command("go", "build", "-o", program, "..").CombinedOutput(); err != nil {
		t.Fatalf("building: %v\n%s", err, text)
	}
	input := manyArticles(t, 3, 100)
	command := func(out string, workers int) *exec.Cmd {
		return exec.Command(program, "run", "--quiet", "--batch", "2026-11-23", "--workers", strconv.Itoa(workers), "--out", out, input)
	}
	calm := filepath.Join(dir, "calm")
	begun := time.Now()
	if text, err := command(calm, 2).CombinedOutput(); err != nil {
		t.Fatalf("undisturbed run: %v\n%s", err, text)
	}
	length := time.Since(begun)
	want := tree(t, calm)
	seed := uint64(time.Now().UnixNano())
	rng := rand.New(rand.NewPCG(seed, 0))
	for signal, status := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143} {
		interrupt(t, command(filepath.Join(dir, "signal"+strconv.Itoa(status)), 2), length/2, signal, status)
	}
	for round := range 3 {
		out := filepath.Join(dir, "round"+strconv.Itoa(round))
		for range 4 {
			cmd := command(out, 1+rng.IntN(8))
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(rng.Int64N(int64(length))))
			_ = cmd.Process.Kill() // it may be done
			_ = cmd.Wait()
			pardon(t, out)
		}
		if text, err := command(out, 1+rng.IntN(8)).CombinedOutput(); err != nil {
			t.Fatalf("seed %d, round %d: the run after the kills failed: %v\n%s", seed, round, err, text)
		}
		sameTree(t, want, tree(t, out))
	}
}

// interrupt signals a run that is at work and wants it to end soon, with its status
// and a word on how to go on. A run that was done before is as good.
func interrupt(t *testing.T, cmd *exec.Cmd, after time.Duration, signal syscall.Signal, status int) {
	t.Helper()
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	sent := time.Now()
	if err := cmd.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Logf("done before %v came", signal)
		return
	}
	// It gives up by itself after 1.5 s; the rest is for machines that are busy.
	if took := time.Since(sent); took > 8*time.Second {
		t.Errorf("%v after %v", took, signal)
	}
	if got := cmd.ProcessState.ExitCode(); got != status || strings.Count(stderr.String(), "run the same command to go on") != 1 {
		t.Errorf("after %v: status %d, want %d, and %q", signal, got, status, stderr.String())
	}
}

// TestSystemCallsStruck kills a run, or lets the disk be full or broken, at chosen
// system calls of the real process.
func TestSystemCallsStruck(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no system call is struck")
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("no strace here: system calls are not struck")
	}
	all := situations(t)
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	struck := 0
	for round, inject := range []string{
		"renameat,renameat2:signal=KILL", "fsync:signal=KILL", "unlinkat:signal=KILL", "mkdirat:signal=KILL",
		"renameat,renameat2:error=EIO", "fsync:error=EIO", "fsync:error=ENOSPC", "mkdirat:error=ENOSPC",
	} {
		s := all[(round+rng.IntN(len(all)))%len(all)]
		for n := 1 + rng.IntN(4); ; n += 1 + rng.IntN(1400/defaultKills) {
			x := s.task
			x.Out, x.Workers = s.lay(t), 1+rng.IntN(3)
			cmd := x.command(t, strace, "-f", "-qq", "-o", os.DevNull, "-e", "trace="+strings.Split(inject, ":")[0],
				"-e", "inject="+inject+":when="+strconv.Itoa(n))
			text, err := cmd.CombinedOutput()
			if strings.Contains(string(text), "Operation not permitted") || strings.Contains(string(text), "PTRACE") {
				t.Skipf("processes can't be traced here: %s", text)
			}
			failed := err != nil
			if failed && strings.Contains(inject, "error=") && !strings.Contains(string(text), "input/output error") && !strings.Contains(string(text), "no space left") {
				t.Errorf("%s at %d: the error does not say so: %s", inject, n, text)
			}
			s.finish(t, x)
			os.RemoveAll(filepath.Dir(x.Out))
			if !failed || t.Failed() { // no thread of it made so many of these calls
				break
			}
			struck++
		}
	}
	t.Logf("%d calls struck", struck)
	if struck < 8 {
		t.Errorf("only %d calls were struck", struck)
	}
}

// TestOneWriterAtATime starts twenty runs at once.
func TestOneWriterAtATime(t *testing.T) {
	dir := t.TempDir()
	x := task{Out: filepath.Join(dir, "out"), Batch: "2026-11-22", Workers: 1, Nap: 10 * time.Millisecond,
		Inputs: []string{wire(t, dir, "a.jsonl", "Gazette", 400, nil)}}
	var commands []*exec.Cmd
	for range 20 {
		cmd := x.command(t)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		commands = append(commands, cmd)
	}
	ended := make(chan *exec.Cmd, len(commands))
	for _, cmd := range commands {
		go func() {
			_ = cmd.Wait() // its status is looked at below
			ended <- cmd
		}()
	}
	for range len(commands) - 1 {
		if code := (<-ended).ProcessState.ExitCode(); code != 75 && code != 0 {
			t.Errorf("a run ended with %d, want 75: the dataset is in use", code)
		}
	}
	if last := <-ended; last.ProcessState.ExitCode() != 0 {
		t.Errorf("the run that had the lock ended with %d", last.ProcessState.ExitCode())
	}
	data, err := output.OpenRead(x.Out)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := data.Verify(context.Background()); err != nil || len(found) > 0 {
		t.Errorf("findings %v, error %v", found, err)
	}
}

// TestLockDiesWithItsHolder kills the holder; the next one need not wait for anything.
func TestLockDiesWithItsHolder(t *testing.T) {
	dir := t.TempDir()
	x := task{Out: filepath.Join(dir, "out"), Batch: "2026-11-22", Workers: 1, Nap: time.Second,
		Inputs: []string{wire(t, dir, "a.jsonl", "Gazette", 100, nil)}}
	holder := x.command(t)
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	for text := []byte{}; len(text) == 0; time.Sleep(10 * time.Millisecond) {
		text, _ = os.ReadFile(filepath.Join(x.Out, "_lock.holder"))
	}
	_, err := pipeline.Run(context.Background(), x.config())
	var locked *output.LockedError
	if !errors.As(err, &locked) || !strings.Contains(locked.Error(), "process "+strconv.Itoa(holder.Process.Pid)) {
		t.Errorf("error %v, want one that names process %d", err, holder.Process.Pid)
	}
	if err := holder.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = holder.Wait()
	x.Nap = 0
	if _, err := pipeline.Run(context.Background(), x.config()); err != nil {
		t.Errorf("after the holder's death: %v", err)
	}
}
