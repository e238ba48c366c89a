package output

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestReadersNeverSeeAPart looks at the folders of a batch all the time while it is
// replaced again and again. The name of each file says what it must hold, and each
// listing must be one of those that a finished replacement leaves.
func TestReadersNeverSeeAPart(t *testing.T) {
	dir := memoryDir(t)
	jobs := []job{
		{"2026-11-22", "one", []string{"Nora Blythe said the pier would close.", "The pier stays, Tom Arkwright said."}},
		{"2026-11-22", "two", []string{"Nora Blythe said the pier would stay."}},
	}
	tables := []string{"documents", "speakers", "statements", "stances"}
	folder := func(table string) string { return filepath.Join(dir, table, "batch=2026-11-22") }
	allowed := map[string]bool{}
	for _, j := range jobs {
		if err := j.run(osSystem{}, dir); err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			names, err := listing(folder(table))
			if err != nil {
				t.Fatal(err)
			}
			allowed[table+fmt.Sprint(names)] = true
		}
	}
	done := make(chan struct{})
	var readers sync.WaitGroup
	looks := make([]int, len(tables))
	for i, table := range tables {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				names, err := listing(folder(table))
				if errors.Is(err, fs.ErrNotExist) || len(names) == 0 {
					// This process slept for long between opening and listing.
					names, err = listing(folder(table))
				}
				if err != nil || !allowed[table+fmt.Sprint(names)] {
					t.Errorf("%s holds %v, error %v", table, names, err)
					return
				}
				for _, name := range names {
					b, err := os.ReadFile(filepath.Join(folder(table), name))
					if errors.Is(err, fs.ErrNotExist) {
						continue // replaced since: that is what the names are for
					}
					sum := sha256.Sum256(b)
					if err != nil || !strings.Contains(name, hex.EncodeToString(sum[:])[:8]) {
						t.Errorf("%s/%s has %d bytes that are not its own, error %v", table, name, len(b), err)
						return
					}
				}
				looks[i]++
			}
		})
	}
	for i := range 20 {
		if err := jobs[i%2].run(osSystem{}, dir); err != nil {
			t.Error(err)
			break
		}
	}
	close(done)
	readers.Wait()
	t.Logf("%v looks during 20 replacements", looks)
	for i, n := range looks {
		if n == 0 {
			t.Errorf("nobody looked at %s", tables[i])
		}
	}
}
