package pipeline_test

import (
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// TestKilledRunsGoOn really kills the program, at random instants and several
// times in a row, and wants the dataset of an undisturbed run.
func TestKilledRunsGoOn(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: nothing is killed")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "onrecord")
	if text, err := exec.Command("go", "build", "-o", program, "..").CombinedOutput(); err != nil {
		t.Fatalf("building: %v\n%s", err, text)
	}
	input := copiesOfSample(t, 600)
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
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	kills := 0
	for round := range 5 {
		out := filepath.Join(dir, "round"+strconv.Itoa(round))
		for range 1 + rng.IntN(5) {
			cmd := command(out, 1+rng.IntN(8))
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(rng.Int64N(int64(length))))
			if err := cmd.Process.Kill(); err == nil {
				kills++
			}
			cmd.Wait() //nolint:errcheck // it was killed
		}
		if text, err := command(out, 1+rng.IntN(8)).CombinedOutput(); err != nil {
			t.Fatalf("round %d: the run after the kills failed: %v\n%s", round, err, text)
		}
		sameTree(t, want, tree(t, out))
	}
	t.Logf("%d kills", kills)
}
