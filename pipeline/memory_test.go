package pipeline_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// TestMemoryDoesNotGrowWithTheCorpus runs the real program on one and on ten
// copies of some articles and compares the operating system's account of its peak.
func TestMemoryDoesNotGrowWithTheCorpus(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: the large corpus is left out")
	}
	if runtime.GOOS != "linux" {
		t.Skip("peak memory is counted in other units here")
	}
	program := filepath.Join(t.TempDir(), "onrecord")
	if text, err := exec.Command("go", "build", "-o", program, "..").CombinedOutput(); err != nil {
		t.Fatalf("building: %v\n%s", err, text)
	}
	peak := func(copies int) float64 {
		input := copiesOfSample(t, 800*copies)
		cmd := exec.Command(program, "run", "--quiet", "--out", filepath.Join(t.TempDir(), "out"), input)
		if text, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("run: %v\n%s", err, text)
		}
		return float64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / 1024
	}
	// One peak differs from the next by a tenth, by when the collector came. Memory that
	// grows with the corpus would be too much every time.
	for range 3 {
		one, ten := peak(1), peak(10)
		t.Logf("peak %.0f MiB on 800 articles, %.0f MiB on 8,000", one, ten)
		if ten <= 1.2*one {
			return
		}
	}
	t.Error("three times the peak grew by more than a fifth")
}

// copiesOfSample writes n articles, each made of several sample articles, with ids of their own.
func copiesOfSample(t *testing.T, n int) string {
	t.Helper()
	docs := readSample(t)
	path := filepath.Join(t.TempDir(), "many.jsonl")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	for i := range n {
		text := ""
		for k := range 3 {
			text += docs[(i+k*5)%len(docs)].Text + "\n\n"
		}
		if err := enc.Encode(map[string]string{"id": fmt.Sprint(i), "text": text}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return path
}
