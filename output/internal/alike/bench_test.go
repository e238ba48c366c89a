package alike

import (
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkFinder adds a night of 100,000 statements to a dataset of a million: five of
// a hundred repeat another.
func BenchmarkFinder(b *testing.B) {
	const before, night = 1_000_000, 100_000
	rng := rand.New(rand.NewPCG(5, 6))
	path := filepath.Join(b.TempDir(), "earlier")
	list := make([]posting, 0, 5*before)
	for range 5 * before {
		list = append(list, posting{rng.Uint64(), rng.Uint64()})
	}
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	if err := writePostings(file, list); err != nil {
		b.Fatal(err)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
	texts := make([]string, night)
	for i := range texts {
		if i > 0 && rng.IntN(20) == 0 {
			texts[i] = edit(rng, texts[rng.IntN(i)], 0.02)
		} else {
			texts[i] = sentence(rng, 20)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		f := Finder{Dir: b.TempDir(), Name: "bench", Earlier: []File{{Path: path}}, Least: 1, Fresh: true}
		s := statementSketch()
		var keys []uint64
		for i, text := range texts {
			keys = s.Keys(keys[:0], 1, text)
			if err := f.Add(keys, uint64(i+1)); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := f.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(night)*float64(b.N)/b.Elapsed().Seconds(), "statements/s")
}

// BenchmarkKeys sketches an article of 700 words.
func BenchmarkKeys(b *testing.B) {
	text := sentence(rand.New(rand.NewPCG(7, 8)), 700)
	s := articleSketch()
	var keys []uint64
	for b.Loop() {
		keys = s.Keys(keys[:0], 0, text)
	}
}
