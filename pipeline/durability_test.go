package pipeline_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// BenchmarkDurability runs the program on the annotated articles as it is and with
// every fsync left out, by turns, and compares the fastest runs. The program has no
// switch for that: strace answers its fsyncs without doing them. Where other work
// makes the times uneven, the share of the time that passed within fsync says more.
func BenchmarkDurability(b *testing.B) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		b.Skip("no strace here: nothing can leave the fsyncs out")
	}
	dir := b.TempDir()
	input := goldArticles(b, dir)
	program := filepath.Join(dir, "onrecord")
	if text, err := exec.Command("go", "build", "-o", program, "..").CombinedOutput(); err != nil {
		b.Fatalf("building: %v\n%s", err, text)
	}
	summary := filepath.Join(dir, "summary")
	run := func(injection ...string) float64 {
		out := filepath.Join(dir, "out")
		args := append([]string{"--seccomp-bpf", "-f", "-w", "-c", "-U", "time-total", "-qq", "-o", summary, "-e", "trace=fsync"}, injection...)
		args = append(args, program, "run", "--quiet", "--language", "any", "--out", out, "--batch", "2026-11-23", input)
		begun := time.Now()
		if text, err := exec.Command(strace, args...).CombinedOutput(); err != nil {
			b.Fatalf("run: %v\n%s", err, text)
		}
		took := time.Since(begun).Seconds()
		if err := os.RemoveAll(out); err != nil {
			b.Fatal(err)
		}
		return took
	}
	durable, plain, within, total := math.Inf(1), math.Inf(1), 0.0, 0.0
	for b.Loop() {
		took := run()
		durable, total = min(durable, took), total+took
		text, err := os.ReadFile(summary)
		if err != nil {
			b.Fatal(err)
		}
		sum, _ := strings.CutSuffix(strings.TrimSpace(string(text)), "total")
		sum = strings.TrimSpace(sum[strings.LastIndexByte(sum, '\n')+1:])
		seconds, err := strconv.ParseFloat(sum, 64)
		if err != nil {
			b.Fatalf("no sum at the end of %q", text)
		}
		within += seconds
		plain = min(plain, run("-e", "inject=fsync:retval=0"))
	}
	b.ReportMetric(durable, "s-durable")
	b.ReportMetric(plain, "s-plain")
	b.ReportMetric(100*within/total, "fsync-%")
	b.ReportMetric(100*(durable-plain)/plain, "cost-%")
}

// goldArticles writes id and text of the annotated articles as JSON lines.
func goldArticles(b *testing.B, dir string) string {
	path := filepath.Join(dir, "articles.jsonl")
	out, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close()
	enc := json.NewEncoder(out)
	for _, name := range []string{"polnear-train.jsonl", "polnear-dev.jsonl"} {
		in, err := os.Open(filepath.Join("..", "..", "shared", "gold", name))
		if err != nil {
			b.Skip("no annotated articles here: the cost of durability is not measured")
		}
		dec := json.NewDecoder(bufio.NewReader(in))
		for {
			var article struct {
				ID   string `json:"id"`
				Text string `json:"text"`
			}
			if err := dec.Decode(&article); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				b.Fatal(err)
			}
			if err := enc.Encode(article); err != nil {
				b.Fatal(err)
			}
		}
		if err := in.Close(); err != nil {
			b.Fatal(err)
		}
	}
	return path
}
