package output

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"onrecord/corpus"
)

// Dataset is a folder of published batches. One process at a time may write to
// it; readers need no lock, because whatever they can see is complete.
type Dataset struct {
	dir    string
	format Format
	disk   disk
	lock   *flock.Flock // nil for a reader
}

// Options of a dataset. The zero value works.
type Options struct {
	Format Format        // of tables written; "" is Parquet
	NoLock bool          // for file systems without working locks; then the caller promises to be alone
	Wait   time.Duration // how long to wait for another writer to end
}

// Open makes the folder if need be, takes the lock and finishes a publish that
// was interrupted. It returns a *LockedError if another process has the lock.
func Open(ctx context.Context, dir string, opt Options) (*Dataset, error) {
	return openOn(ctx, osSystem{}, dir, opt)
}

func openOn(ctx context.Context, s system, dir string, opt Options) (*Dataset, error) {
	if opt.Format == "" {
		opt.Format = Parquet
	}
	if opt.Format != Parquet && opt.Format != Arrow {
		return nil, fmt.Errorf("a dataset is kept as parquet or arrow, not as %s", opt.Format)
	}
	d := &Dataset{dir: dir, format: opt.Format, disk: newDisk(s, dir)}
	if err := d.disk.mkdirAll(dir); err != nil {
		return nil, fmt.Errorf("making the dataset's folder: %w", err)
	}
	if !opt.NoLock {
		var err error
		if d.lock, err = lock(ctx, d.disk, dir, opt.Wait); err != nil {
			return nil, err
		}
	}
	if err := d.recover(); err != nil {
		return nil, errors.Join(fmt.Errorf("finishing an interrupted publish: %w", err), d.Close())
	}
	return d, nil
}

// OpenRead opens a dataset for reading. A publish that was interrupted is finished
// first, unless another process is about it or the folder can't be written to.
func OpenRead(dir string) (*Dataset, error) {
	d := &Dataset{dir: dir, format: Parquet, disk: newDisk(osSystem{}, dir)}
	if pending, err := d.unfinished(); err == nil && len(pending) > 0 {
		if w, err := Open(context.Background(), dir, Options{}); err == nil {
			if err := w.Close(); err != nil {
				return nil, err
			}
		}
	}
	if !exists(d.path("_runs")) {
		return nil, fmt.Errorf("there is no dataset in %s; make one with: onrecord run --out %s INPUT", dir, dir)
	}
	return d, nil
}

// SetFormat chooses the format of the tables that are written from now on.
func (d *Dataset) SetFormat(f Format) { d.format = f }

// LayerOf is the layer that a table of a manifest holds; 0 if it is none.
func LayerOf(table string) corpus.Layer {
	for _, l := range layers {
		if l.id() == table {
			return l.layer
		}
	}
	return 0
}

func newDisk(s system, dir string) disk { return disk{s, filepath.Join(dir, "_reserve")} }

// path is where something below the dataset's folder lies; rel has slashes.
func (d *Dataset) path(rel string) string { return filepath.Join(d.dir, filepath.FromSlash(rel)) }

// Close gives the lock back. It may be called twice.
func (d *Dataset) Close() error {
	if d.lock == nil {
		return nil
	}
	l := d.lock
	d.lock = nil
	return l.Unlock()
}

// Documents hands over the documents of a batch in order, with the layers asked
// for, after checking the digests of the files they come from. docID selects one
// document; "" means all. An error names the damaged file.
func (d *Dataset) Documents(ctx context.Context, batch string, need corpus.Layer, docID string, yield func(*corpus.Document) error) error {
	m, err := d.Batch(batch)
	if err != nil {
		return fmt.Errorf("batch %s: %w", batch, err)
	}
	var wanted []sheet
	for _, l := range layers {
		if l.layer&need == 0 {
			continue
		}
		if len(m.parts(l)) == 0 {
			return fmt.Errorf("batch %s has no layer %s", batch, l.name)
		}
		wanted = append(wanted, l)
	}
	for _, s := range append([]sheet{tables[0]}, wanted...) {
		for _, f := range m.parts(s) {
			if err := d.check(f); err != nil {
				return err
			}
		}
	}
	docs := newCursor(ctx, d, tables[0], m.parts(tables[0]))
	defer docs.stop()
	cursors := make([]*cursor, len(wanted))
	for i, l := range wanted {
		cursors[i] = newCursor(ctx, d, l, m.parts(l))
		defer cursors[i].stop()
	}
	for {
		row, err := docs.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		doc := row.Documents[0].Document()
		for i, l := range wanted {
			part, err := cursors[i].next()
			if err != nil {
				return fmt.Errorf("layer %s of document %s: %w", l.name, doc.ID, noEOF(err))
			}
			if docID == "" || doc.ID == docID {
				if err := l.restore([]*corpus.Document{doc}, part); err != nil {
					return err
				}
			}
		}
		if docID == "" || doc.ID == docID {
			if err := yield(doc); err != nil {
				return err
			}
		}
	}
}

// Rejects hands over the rejects of a batch.
func (d *Dataset) Rejects(batch string, yield func(corpus.Reject) error) error {
	for _, path := range d.Files(batch, Rejects.Name) {
		err := Rejects.Read(path, func(rows []RejectRow) error {
			for _, row := range rows {
				if err := yield(row.Reject()); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// parts are the files of a table or layer.
func (m *Manifest) parts(s sheet) []File {
	var out []File
	for _, f := range m.Files {
		if f.Table == s.id() {
			out = append(out, f)
		}
	}
	return out
}

// check compares a file with what the manifest says of it.
func (d *Dataset) check(f File) error {
	path := d.path(f.Path)
	size, sum, err := digestFile(path)
	if err != nil {
		return err
	}
	if size != f.Bytes || sum != f.SHA256 {
		return &DamagedError{Path: path, Want: f.SHA256, Got: sum}
	}
	return nil
}

// DamagedError says that a file is not what its manifest says.
type DamagedError struct{ Path, Want, Got string }

func (e *DamagedError) Error() string {
	return fmt.Sprintf("%s is damaged: its SHA-256 is %.12s..., the manifest says %.12s...; run its batch again with --replace", e.Path, e.Got, e.Want)
}

func digestFile(path string) (size int64, sum string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(h, f)
	return size, hex.EncodeToString(h.Sum(nil)), err
}

// id is the name of a table, or "_layers/<stage>/<layer>".
func (s sheet) id() string {
	if s.layer == 0 {
		return s.name
	}
	return "_layers/" + s.stage + "/" + s.name
}

func eofIsFine(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
