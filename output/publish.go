package output

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"onrecord/corpus"
)

// Publishing happens in this order: the parts of every table and layer are
// written and flushed under _staging/<batch>/ready; the journal, which names all
// the moves to come, is made durable; then each table's folder is moved to its
// place, documents and speakers before statements before stances, so that what is
// referred to is there before what refers to it; the manifest comes last. From
// the journal on, a publish can only be finished: the next Open does it.
//
// Replacing a batch exchanges its folders one by one, which takes milliseconds
// and is finished in the same way.

const (
	journalName = "publish.json"
	partRows    = 1 << 20 // rows in one part file
)

type journal struct {
	Batch string `json:"batch"`
	Moves []move `json:"moves"`
}

// move puts the file or folder From in the place of To; both are below the
// dataset's folder. Holds are the names in a folder To once the move is done:
// they carry digests, so equal names are equal content.
type move struct {
	From  string   `json:"from"`
	To    string   `json:"to"`
	Holds []string `json:"holds,omitempty"`
}

// Publish assembles the chunks 0 to chunks-1 into the tables of the batch and
// makes them visible. m says what is known of the batch; Publish adds the files.
func (s *Staging) Publish(ctx context.Context, m Manifest, chunks int, info RunInfo) (Manifest, error) {
	if err := s.dropFrom(chunks); err != nil {
		return m, err
	}
	ready := filepath.Join(s.dir, "ready")
	if err := os.RemoveAll(ready); err != nil {
		return m, err
	}
	m.Format, m.Batch = schemaVersion, s.batch
	j := journal{Batch: s.batch}
	totals := speakerTotals{}
	order := []sheet{tables[0], speakerSheet, tables[1], tables[2], tables[3]}
	files := map[string][]File{}
	copied, beside, err := s.findCopies(ctx, ready, chunks)
	if err != nil {
		return m, err
	}
	defer copied.close()
	repeats, index, err := s.findSaid(ctx, ready, chunks)
	if err != nil {
		return m, err
	}
	defer repeats.close()
	beside = append(beside, index)
	for _, sh := range append(slices.Clone(tables), layers...) {
		var watch func(*Rows) error
		switch {
		case sh.id() == Documents.Name:
			watch = func(r *Rows) error { return copied.fill(r.Documents) }
		case sh.id() == Statements.Name:
			watch = func(r *Rows) error { return repeats.fill(r.Statements, totals) }
		case sh.layer == corpus.Speakers: // after the statements
			watch = func(r *Rows) error {
				for i := range r.Speakers {
					totals.learn(&r.Speakers[i])
				}
				return nil
			}
		}
		parts, err := s.assemble(ctx, ready, sh, func(yield func(*Rows) error) error {
			return s.eachChunk(ctx, chunks, sh, func(r *Rows) error {
				if watch != nil {
					if err := watch(r); err != nil {
						return err
					}
				}
				return yield(r)
			})
		})
		if err != nil {
			return m, err
		}
		files[sh.id()] = parts
	}
	parts, err := s.assemble(ctx, ready, speakerSheet, func(yield func(*Rows) error) error {
		return yield(&Rows{speakerTotals: totals.rows()})
	})
	if err != nil {
		return m, err
	}
	files[speakerSheet.id()] = parts

	for _, sh := range append(order, layers...) {
		m.Files = append(m.Files, files[sh.id()]...)
	}
	for _, sh := range order {
		j.Moves = append(j.Moves, s.folderMove(sh.id(), files[sh.id()]))
	}
	for _, stage := range layerStages() {
		var parts []File
		for _, l := range layers {
			if l.stage == stage {
				parts = append(parts, files[l.id()]...)
			}
		}
		if len(parts) > 0 {
			j.Moves = append(j.Moves, s.folderMove("_layers/"+stage, parts))
		}
	}
	known, err := s.writeKnown(ctx, ready, chunks)
	if err != nil {
		return m, err
	}
	beside = append(beside, known)
	m.Files = append(m.Files, beside...)
	if err := s.writeManifest(ready, m, info); err != nil {
		return m, err
	}
	paths := []string{}
	for _, f := range beside {
		paths = append(paths, f.Path)
	}
	for _, to := range append(paths, "_runs/"+s.batch+"/run.json", "_runs/"+s.batch+"/manifest.json") {
		j.Moves = append(j.Moves, move{From: s.below("ready/" + to), To: to})
	}
	text, err := json.MarshalIndent(j, "", " ")
	if err != nil {
		return m, err
	}
	if err := ctx.Err(); err != nil {
		return m, err
	}
	if err := writeBytes(filepath.Join(s.dir, journalName), text); err != nil {
		return m, err
	}
	return m, s.data.finish(s.dir, j)
}

func (s *Staging) below(path string) string { return "_staging/" + s.batch + "/" + path }

func (s *Staging) folderMove(table string, parts []File) move {
	to := table + "/batch=" + s.batch
	m := move{From: s.below("ready/" + to), To: to}
	for _, f := range parts {
		m.Holds = append(m.Holds, filepath.Base(f.Path))
	}
	slices.Sort(m.Holds)
	return m
}

func layerStages() []string {
	var out []string
	for _, l := range layers {
		if !slices.Contains(out, l.stage) {
			out = append(out, l.stage)
		}
	}
	return out
}

// assemble writes the parts of one sheet. A table always has at least one part,
// so that every reader finds its columns; a layer that no document has, none.
func (s *Staging) assemble(ctx context.Context, ready string, sh sheet, source func(yield func(*Rows) error) error) ([]File, error) {
	folder := filepath.Join(ready, filepath.FromSlash(sh.folder()), "batch="+s.batch)
	var parts []File
	var w *partWriter
	finish := func() error {
		if w == nil {
			return nil
		}
		f, err := w.close()
		w = nil
		parts = append(parts, f)
		return err
	}
	begin := func() (err error) {
		if w == nil {
			w, err = s.newPart(folder, sh, len(parts))
		}
		return err
	}
	err := source(func(r *Rows) error {
		if err := begin(); err != nil {
			return err
		}
		if err := w.write(r); err != nil {
			return err
		}
		if w.rows >= partRows {
			return finish()
		}
		return nil
	})
	if err == nil && sh.layer == 0 && len(parts) == 0 {
		err = begin()
	}
	if err = errors.Join(err, finish()); err != nil {
		return nil, err
	}
	if len(parts) == 0 {
		return nil, nil
	}
	return parts, syncDir(folder)
}

// folder is where a sheet's files lie.
func (s sheet) folder() string {
	if s.layer == 0 {
		return s.name
	}
	return "_layers/" + s.stage
}

// partWriter writes one part file and its digest at once.
type partWriter struct {
	staging *Staging
	sheet   sheet
	number  int
	folder  string
	file    *os.File
	sum     hash.Hash
	append  func(*Rows) (int, error)
	finish  func() error
	rows    int64
}

func (s *Staging) newPart(folder string, sh sheet, number int) (*partWriter, error) {
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return nil, err
	}
	f, err := os.Create(filepath.Join(folder, sh.name+".tmp"))
	if err != nil {
		return nil, err
	}
	w := &partWriter{staging: s, sheet: sh, number: number, folder: folder, file: f, sum: sha256.New()}
	w.append, w.finish, err = sh.writer(io.MultiWriter(f, w.sum), s.data.format)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return w, nil
}

func (w *partWriter) write(r *Rows) error {
	n, err := w.append(r)
	w.rows += int64(n)
	return err
}

// close gives the part the name it will have: with its digest, so that a listing
// made before a replace fails instead of mixing old parts with new.
func (w *partWriter) close() (File, error) {
	err := w.finish()
	if err == nil {
		err = w.file.Sync()
	}
	var size int64
	if info, e := w.file.Stat(); e == nil {
		size = info.Size()
	}
	if err = errors.Join(err, w.file.Close()); err != nil {
		return File{}, fmt.Errorf("writing %s: %w", w.file.Name(), err)
	}
	sum := hex.EncodeToString(w.sum.Sum(nil))
	prefix := "part"
	if w.sheet.layer != 0 {
		prefix = w.sheet.name
	}
	name := fmt.Sprintf("%s-%05d-%s.%s", prefix, w.number, sum[:8], w.staging.data.format)
	if err := os.Rename(w.file.Name(), filepath.Join(w.folder, name)); err != nil {
		return File{}, err
	}
	path := w.sheet.folder() + "/batch=" + w.staging.batch + "/" + name
	return File{Path: path, Table: w.sheet.id(), Rows: w.rows, Bytes: size, SHA256: sum}, nil
}

func (s *Staging) writeManifest(ready string, m Manifest, info RunInfo) error {
	dir := filepath.Join(ready, "_runs", s.batch)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	text, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	if err := writeBytes(filepath.Join(dir, "manifest.json"), append(text, '\n')); err != nil {
		return err
	}
	info.Finished = time.Now().UTC()
	if text, err = json.MarshalIndent(info, "", " "); err != nil {
		return err
	}
	return writeBytes(filepath.Join(dir, "run.json"), append(text, '\n'))
}

// recover finishes every publish whose journal is durable.
func (d *Dataset) recover() error {
	entries, err := os.ReadDir(filepath.Join(d.dir, "_staging"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		dir := filepath.Join(d.dir, "_staging", e.Name())
		text, err := os.ReadFile(filepath.Join(dir, journalName))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		var j journal
		if err := json.Unmarshal(text, &j); err != nil {
			return fmt.Errorf("%s: %w", filepath.Join(dir, journalName), err)
		}
		if err := d.finish(dir, j); err != nil {
			return err
		}
	}
	return nil
}

// finish does the moves of a journal that are not done yet and clears up. The
// journal goes first, and durably, before the old folders that it may refer to.
func (d *Dataset) finish(staging string, j journal) error {
	for _, m := range j.Moves {
		if err := d.move(m); err != nil {
			return fmt.Errorf("publishing %s: %w", m.To, err)
		}
	}
	if err := os.Remove(filepath.Join(staging, journalName)); err != nil {
		return err
	}
	if err := syncDir(staging); err != nil {
		return err
	}
	return os.RemoveAll(staging)
}

func (d *Dataset) move(m move) error {
	from, to := filepath.Join(d.dir, filepath.FromSlash(m.From)), filepath.Join(d.dir, filepath.FromSlash(m.To))
	if !exists(from) {
		return nil // done: after a move into an empty place nothing is left here
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return err
	}
	switch holds, err := listing(to); {
	case m.Holds == nil || errors.Is(err, fs.ErrNotExist):
		if err := os.Rename(from, to); err != nil {
			return err
		}
	case err != nil:
		return err
	case slices.Equal(holds, m.Holds):
		return nil // done: what is left in staging is what was replaced
	default:
		if err := exchange(from, to); err != nil {
			return err
		}
	}
	if err := syncDir(filepath.Dir(to)); err != nil {
		return err
	}
	return syncDir(filepath.Dir(from))
}

// listing is the sorted names in a folder.
func listing(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, nil
}
