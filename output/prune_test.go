package output

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"testing"
)

// Wherever it stops, no manifest names what is not there, and the same again ends it.
func TestForgetMayStopAnywhere(t *testing.T) {
	start := memoryDir(t)
	first := job{"2026-11-22", "first", []string{"Nora Blythe said the pier would close.", "The pier stays, Tom Arkwright said."}}
	if err := first.run(hasty{}, start); err != nil {
		t.Fatal(err)
	}
	forget := func(s system, dir string) error {
		data, err := openOn(context.Background(), s, dir, Options{NoLock: true})
		if err != nil {
			return err
		}
		loose, err := data.Loose()
		if err != nil {
			return err
		}
		for path := range loose {
			if err := data.RemoveLoose(path); err != nil {
				return err
			}
		}
		return data.Forget("2026-11-22", File.IsLayer)
	}
	before := read(t, start)
	calm := memoryDir(t)
	write(t, calm, before)
	counter := newFaulty(t, calm)
	if err := forget(counter, calm); err != nil {
		t.Fatal(err)
	}
	want := digests(read(t, calm))
	if len(want) > len(before)-4 {
		t.Fatalf("of %d files %d are left", len(before), len(want))
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for at := 1; at <= counter.n; at++ {
		for what, blow := range map[aftermath]blow{keepAll: noSpace, loseAll: stop, loseSome: stopHalf} {
			dir := filepath.Join(memoryDir(t), "out")
			write(t, dir, before)
			f := newFaulty(t, dir)
			f.at, f.how = at, blow
			if err := forget(f, dir); err == nil && exists(filepath.Join(dir, "_reserve")) {
				t.Fatalf("%s failed, and nobody was told", f.struck)
			}
			left := memoryDir(t)
			f.lay(t, left, what, rng)
			data, err := OpenRead(left)
			if err != nil {
				t.Fatal(err)
			}
			found, err := data.Verify(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range found {
				if x.Kind == FileMissing || x.Kind == FileDamaged {
					t.Errorf("struck at %s: %v", f.struck, x)
				}
			}
			if err := forget(hasty{}, left); err != nil {
				t.Fatal(err)
			}
			if wrong := differences(want, digests(read(t, left))); wrong != "" {
				t.Errorf("struck at %s: %s", f.struck, wrong)
			}
		}
	}
}
