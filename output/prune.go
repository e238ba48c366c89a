package output

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// IsLayer reports whether a file holds a layer: results need it not, a rerun does.
func (f File) IsLayer() bool { return strings.HasPrefix(f.Path, "_layers/") }

// Forget removes files of a batch that results do not need: first the manifest no
// longer names them, then they go. What is left after a stop in between is in Loose.
func (d *Dataset) Forget(batch string, unwanted func(File) bool) error {
	m, err := d.Batch(batch)
	if err != nil {
		return err
	}
	gone := slices.DeleteFunc(slices.Clone(m.Files), func(f File) bool { return !unwanted(f) })
	for _, f := range gone {
		if !f.IsLayer() && !f.IsOriginals() {
			return fmt.Errorf("%s is a result", f.Path)
		}
	}
	m.Files = slices.DeleteFunc(m.Files, unwanted)
	text, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	if err := d.disk.insist(func() error { return d.disk.writeBytes(d.manifestPath(batch), append(text, '\n')) }); err != nil {
		return err
	}
	for _, f := range gone {
		if err := d.RemoveLoose(f.Path); err != nil {
			return err
		}
	}
	return nil
}

// Loose lists layers and originals that no manifest names, with their sizes.
func (d *Dataset) Loose() (map[string]int64, error) {
	batches, err := d.Batches()
	if err != nil {
		return nil, err
	}
	named := map[string]bool{}
	for _, m := range batches {
		for _, f := range m.Files {
			named[f.Path] = true
		}
	}
	out := map[string]int64{}
	for _, folder := range []string{"_layers", "_runs"} {
		err := d.sizes(folder, func(rel string, size int64) {
			if !named[rel] && (folder == "_layers" || filepath.Base(rel) == originalsName) {
				out[rel] = size
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// RemoveLoose removes a file that no manifest names, and its folder with the last one.
func (d *Dataset) RemoveLoose(rel string) error {
	path := d.path(rel)
	if err := d.disk.removeAll(path); err != nil {
		return err
	}
	if rest, err := os.ReadDir(filepath.Dir(path)); err == nil && len(rest) == 0 {
		return d.disk.remove(filepath.Dir(path))
	}
	return nil
}

// sizes hands over the files below a folder, by their paths below the dataset.
func (d *Dataset) sizes(folder string, yield func(rel string, size int64)) error {
	return filepath.WalkDir(d.path(folder), func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(d.dir, path)
		yield(filepath.ToSlash(rel), info.Size())
		return err
	})
}
