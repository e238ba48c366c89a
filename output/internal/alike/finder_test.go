package alike

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// find runs texts through a Finder and returns what each repeats, by number: its own if
// nothing; texts of earlier batches are numbered before them.
func find(t testing.TB, dir string, batches [][]string, least, group int) []Result {
	t.Helper()
	var out []Result
	var earlier []File
	own := uint64(0)
	for b, batch := range batches {
		f := Finder{Dir: dir, Name: fmt.Sprint("batch", b), Earlier: earlier, Least: least, Fresh: true, group: group}
		s := Sketch{Words: 2, Bands: 5, Rows: 3}
		var keys []uint64
		for _, text := range batch {
			own++
			keys = s.Keys(keys[:0], 7, text)
			if err := f.Add(keys, own); err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join(dir, fmt.Sprint("index", b))
		var index bytes.Buffer
		if _, err := f.Write(&index); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, index.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		earlier = append(earlier, File{Path: path})
		next := f.Results()
		for range batch {
			r, err := next()
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, r)
		}
		if _, err := next(); !errors.Is(err, io.EOF) && len(batch) > 0 {
			t.Fatalf("more results than texts: %v", err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, "*.tmp"))
	if err != nil || len(left) > 0 {
		t.Errorf("files left behind: %v %v", left, err)
	}
	return out
}

func values(results []Result) []uint64 {
	var out []uint64
	for _, r := range results {
		out = append(out, r.Value)
	}
	return out
}

func TestRepeatsAreFoundWithinAndAcrossBatches(t *testing.T) {
	wall := "the harbour wall will be built before the winter storms come back to the coast"
	got := find(t, t.TempDir(), [][]string{
		{wall, "something else entirely was said about fish", "No!"},
		{"The harbour wall WILL be built before the winter storms come back to the coast.", "no", "", "a third thing, never said before by anyone"},
		{"“The harbour wall will be built, before the winter storms come back to our coast”", "a third thing, never said before by anyone", "a third thing never said before by anyone"},
	}, 1, 0)
	if want := []uint64{1, 2, 3, 1, 3, 6, 7, 1, 7, 7}; !slices.Equal(values(got), want) {
		t.Errorf("texts repeat %v, want %v", values(got), want)
	}
	for i, fresh := range []bool{true, true, true, true, true, true, true, true, true, false} {
		if got[i].Fresh != fresh {
			t.Errorf("text %d: fresh is %v, want %v", i+1, got[i].Fresh, fresh)
		}
	}
}

// TestGroupsDoNotMatter: how many texts are looked up at once changes nothing.
func TestGroupsDoNotMatter(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var texts []string
	for range 300 {
		if len(texts) > 0 && rng.IntN(3) == 0 {
			texts = append(texts, edit(rng, texts[rng.IntN(len(texts))], 0.05))
		} else {
			texts = append(texts, sentence(rng, 5+rng.IntN(25)))
		}
	}
	batches := [][]string{texts[:120], nil, texts[120:]}
	want := find(t, t.TempDir(), batches, 1, 1000)
	repeats := 0
	for i, r := range want {
		if r.Value != uint64(i+1) {
			repeats++
		}
		if r.Found != (r.Value != uint64(i+1)) {
			t.Fatalf("text %d repeats %d, found is %v", i+1, r.Value, r.Found)
		}
	}
	if repeats < 60 {
		t.Fatalf("only %d of 300 texts repeat another", repeats)
	}
	for _, group := range []int{9, 64} {
		got := find(t, t.TempDir(), batches, 1, group)
		different := 0
		for i := range got {
			if got[i] != want[i] {
				different++
			}
		}
		// A text that is near two others may be led to either.
		if different > 3 {
			t.Errorf("in groups of %d, %d of 300 texts repeat others", group, different)
		}
	}
}

func TestDamagedPostingsAreNoticed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index")
	if err := os.WriteFile(path, make([]byte, 32), 0o666); err != nil {
		t.Fatal(err)
	}
	f := Finder{Dir: t.TempDir(), Name: "x", Earlier: []File{{path, strings.Repeat("0", 64)}}, Least: 1}
	defer f.Close()
	if err := f.Add([]uint64{1}, 1); err != nil {
		t.Fatal(err)
	}
	_, err := f.Write(io.Discard)
	var changed *ChangedError
	if !errors.As(err, &changed) || changed.Path != path {
		t.Errorf("error %v, want a ChangedError of %s", err, path)
	}
	if err := os.WriteFile(path, make([]byte, 31), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(io.Discard); err == nil {
		t.Error("a cut file was read to its end")
	}
}

// vocabulary has words of Zipf-like frequency, as texts have.
func word(rng *rand.Rand) string {
	return fmt.Sprintf("w%d", int(2000*rng.Float64()*rng.Float64()*rng.Float64()))
}

func sentence(rng *rand.Rand, words int) string {
	out := make([]string, words)
	for i := range out {
		out[i] = word(rng)
	}
	return strings.Join(out, " ")
}

// edit replaces, drops or doubles this share of words.
func edit(rng *rand.Rand, text string, share float64) string {
	var out []string
	for _, w := range strings.Fields(text) {
		if rng.Float64() >= share {
			out = append(out, w)
			continue
		}
		switch rng.IntN(3) {
		case 0:
			out = append(out, word(rng))
		case 1:
			out = append(out, w, word(rng))
		}
	}
	return strings.Join(out, " ")
}
