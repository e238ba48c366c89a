package output

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// unfinished lists the folders of staging with the names of journals that say a
// publish was begun, or done and not cleared away yet.
func (d *Dataset) unfinished() (map[string]string, error) {
	entries, err := os.ReadDir(d.path("_staging"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, e := range entries {
		dir := d.path("_staging/" + e.Name())
		for _, name := range []string{journalName, publishedName} {
			if exists(filepath.Join(dir, name)) {
				out[dir] = name
				break
			}
		}
	}
	return out, nil
}

// recover finishes every publish whose journal is durable.
func (d *Dataset) recover() error {
	dirs, err := d.unfinished()
	if err != nil {
		return err
	}
	for dir, name := range dirs { // they are of different batches: the order is all the same
		if name == publishedName {
			if err := d.clear(dir); err != nil {
				return err
			}
			continue
		}
		path := filepath.Join(dir, journalName)
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var j journal
		if err := json.Unmarshal(text, &j); err != nil {
			return fmt.Errorf("%s: damaged journal: %w", path, err)
		}
		if err := d.finish(dir, j); err != nil {
			return err
		}
	}
	return nil
}

// finish does the moves of a journal that are not done yet and clears up.
func (d *Dataset) finish(staging string, j journal) error {
	return d.disk.insist(func() error { return d.finishOnce(staging, j) })
}

func (d *Dataset) finishOnce(staging string, j journal) error {
	replaces := false
	for i, m := range j.Moves {
		replaces = replaces || m.To == "" || m.Holds != nil && exists(d.path(m.From)) && exists(d.path(m.To))
		changed, err := d.move(m)
		// Several moves into one folder become durable together.
		if err == nil && changed != "" && (i+1 == len(j.Moves) || changed != filepath.Dir(d.path(j.Moves[i+1].To))) {
			err = d.disk.syncDir(changed)
		}
		if err != nil {
			return d.disk.explained(fmt.Errorf("publishing %s: %w", cmp.Or(m.To, m.From), err), d.dir)
		}
	}
	if ready := filepath.Join(staging, readyName); exists(ready) {
		// What was moved away must not be here again after a power cut.
		if err := d.disk.syncDir(ready); err != nil {
			return err
		}
	}
	if err := d.disk.rename(filepath.Join(staging, journalName), filepath.Join(staging, publishedName)); err != nil {
		return err
	}
	if err := d.disk.syncDir(staging); err != nil {
		return err
	}
	if replaces {
		d.disk.settle()
	}
	return d.clear(staging)
}

// clear removes a staging folder of which nothing is needed any more. That
// it is so must be known until the last: the mark goes at the end.
func (d *Dataset) clear(staging string) error {
	if err := d.disk.removeEndingWith(staging, publishedName); err != nil {
		return fmt.Errorf("clearing up after a publish: %w", err)
	}
	return d.disk.syncDir(filepath.Dir(staging))
}

// move makes a move if it was not made yet and returns the folder that is to be
// flushed then, also if the move was made before: nobody knows whether it was.
func (d *Dataset) move(m move) (changed string, err error) {
	from, to := d.path(m.From), d.path(m.To)
	if m.To == "" {
		return filepath.Dir(from), d.disk.removeAll(from)
	}
	changed = filepath.Dir(to)
	was, err := listing(from)
	if errors.Is(err, fs.ErrNotExist) {
		return changed, nil // done: after a move into an empty place nothing is left here
	}
	if err != nil {
		return changed, err
	}
	if err := d.disk.mkdirAll(changed); err != nil {
		return changed, err
	}
	holds, err := listing(to)
	switch {
	case m.Holds == nil || errors.Is(err, fs.ErrNotExist):
		return changed, d.disk.rename(from, to)
	case err != nil:
		return changed, err
	case slices.Equal(holds, m.Holds) || !slices.Equal(was, m.Holds):
		return changed, nil // done: what is left in staging is what was replaced
	}
	return changed, d.disk.swap(from, to)
}

// listing is the sorted names in a folder, nil for a file.
func listing(path string) ([]string, error) {
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() {
		return nil, err
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, nil
}
