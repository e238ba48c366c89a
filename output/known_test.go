package output

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/corpus"
)

// syntheticKnown lays a dataset of which only the known documents are there: "0",
// "1" and so on, spread over batches.
func syntheticKnown(t testing.TB, documents, batches int) *Dataset {
	t.Helper()
	dir := t.TempDir()
	per := documents / batches
	for b := range batches {
		entries := make([]knownEntry, per)
		for i := range entries {
			id := fmt.Sprint(b*per + i)
			entries[i] = knownEntry{id: documentID(id), revision: sha256.Sum256([]byte(id)), number: 1}
		}
		slices.SortFunc(entries, func(x, y knownEntry) int { return bytes.Compare(x.id[:], y.id[:]) })
		batch := time.Date(2020, 1, 1+b, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		folder := filepath.Join(dir, "_runs", batch)
		if err := os.MkdirAll(folder, 0o777); err != nil {
			t.Fatal(err)
		}
		file, err := os.Create(filepath.Join(folder, knownName))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.New()
		out := bufio.NewWriterSize(io.MultiWriter(file, sum), 1<<20)
		for i := range entries {
			if err := entries[i].write(out); err != nil {
				t.Fatal(err)
			}
		}
		if err := out.Flush(); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(Manifest{Format: SchemaVersion, Batch: batch, Plan: []byte("{}"), Files: []File{{
			Path: "_runs/" + batch + "/" + knownName, Table: knownName, Rows: int64(per), Bytes: int64(per) * knownEntrySize, SHA256: hex.EncodeToString(sum.Sum(nil))}}})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, manifestName), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	data, err := OpenRead(dir)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func noRetry(Manifest) bool { return false }

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestKnownDocumentsCostEightBytes(t *testing.T) {
	const documents = 300_000
	data := syntheticKnown(t, documents, 30)
	before := heap()
	known, err := data.Known("", noRetry)
	if err != nil {
		t.Fatal(err)
	}
	if got := float64(heap()-before) / documents; got > 10 {
		t.Errorf("%.1f bytes of memory a known document, want about 8", got)
	}
	for i := 0; i < documents; i += 997 {
		id := fmt.Sprint(i)
		if h := known.History(id, corpus.Revision(id)); !h.Same || h.Number != 1 {
			t.Fatalf("document %s: %+v, want it known", id, h)
		}
		if h := known.History(id, corpus.Revision("new "+id)); h.Same || h.Number != 1 || h.Latest != corpus.Revision(id) {
			t.Fatalf("a changed document %s: %+v", id, h)
		}
		if h := known.History("x"+id, corpus.Revision(id)); h != (History{}) {
			t.Fatalf("a new document: %+v", h)
		}
	}
	if err := known.Err(); err != nil {
		t.Fatal(err)
	}
}

func TestKnownLeavesTheReplacedBatchOut(t *testing.T) {
	data := syntheticKnown(t, 20, 2)
	known, err := data.Known("2020-01-02", noRetry)
	if err != nil {
		t.Fatal(err)
	}
	if !known.History("3", corpus.Revision("3")).Same || known.History("13", corpus.Revision("13")).Number != 0 {
		t.Error("the batch left out is not the one that was named")
	}
}

func TestKnownNamesADamagedFile(t *testing.T) {
	data := syntheticKnown(t, 20, 2)
	path := data.path("_runs/2020-01-02/" + knownName)
	flip(t, path)
	if _, err := data.Known("", noRetry); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("error %v, want one that names %s", err, path)
	}
	if _, err := data.Known("2020-01-02", noRetry); err != nil {
		t.Errorf("the damaged batch is to be replaced: %v", err)
	}
}

// BenchmarkKnown loads ten million known documents of a thousand nights and looks
// some up.
func BenchmarkKnown(b *testing.B) {
	const documents = 10_000_000
	data := syntheticKnown(b, documents, 1000)
	before := heap()
	begun := time.Now()
	known, err := data.Known("", noRetry)
	if err != nil {
		b.Fatal(err)
	}
	load := time.Since(begun)
	size := heap() - before
	n := 0
	for b.Loop() {
		n = (n + 7919) % documents
		id := fmt.Sprint(n)
		if !known.History(id, corpus.Revision(id)).Same {
			b.Fatal("not known: ", id)
		}
	}
	b.ReportMetric(load.Seconds(), "s-to-load")
	b.ReportMetric(float64(size)/(1<<20), "MiB")
}
