package output

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"onrecord/corpus"
)

// Publishing happens in this order: the parts of every table and layer are
// written and flushed under _staging/<batch>/ready; the journal, which names all
// the moves to come, is made durable; then each table's folder is moved to its
// place, documents and speakers before statements before stances, so that what is
// referred to is there before what refers to it; the manifest comes last. From
// the journal on, a publish can only be finished: the next command does it.
//
// Replacing a batch exchanges its folders one by one, which takes milliseconds
// and is finished in the same way. When all moves are done the journal is renamed,
// so that what lies in staging from then on is only waste, and cleared away.

const (
	journalName   = "publish.json"
	publishedName = "published.json"
	partRows      = 1 << 20 // rows in one part file
)

type journal struct {
	Batch string `json:"batch"`
	Moves []move `json:"moves"`
}

// move puts the file or folder From in the place of To; both are below the
// dataset's folder. Holds are the names in a folder To once the move is done:
// they carry digests, so equal names are equal content. Without To, From is removed.
type move struct {
	From  string   `json:"from"`
	To    string   `json:"to,omitempty"`
	Holds []string `json:"holds,omitempty"`
}

// Publish assembles the chunks 0 to chunks-1 into the tables of the batch and
// makes them visible. m says what is known of the batch, with the files that stay
// where they are; Publish adds the others.
func (s *Staging) Publish(ctx context.Context, m Manifest, chunks int, info RunInfo) (Manifest, error) {
	disk := s.data.disk
	if err := s.dropFrom(chunks); err != nil {
		return m, err
	}
	ready := filepath.Join(s.dir, readyName)
	if err := disk.removeAll(ready); err != nil {
		return m, err
	}
	if err := disk.mkdirAll(ready); err != nil {
		return m, err
	}
	m.Format, m.Batch = SchemaVersion, s.batch
	order := []sheet{tables[0], speakerSheet, tables[1], tables[2], tables[3]}
	files, beside, err := s.assembleAll(ctx, ready, chunks, m.Labels)
	if err = errors.Join(err, s.flush(err == nil)); err != nil {
		return m, disk.explained(err, ready)
	}
	for _, folder := range append(layerFolders(), tableFolders(order)...) {
		if path := filepath.Join(ready, readyFolder(folder)); exists(path) {
			if err := disk.syncDir(path); err != nil {
				return m, err
			}
		}
	}
	j := journal{Batch: s.batch}
	for _, sh := range append(slices.Clone(order), layers...) {
		m.Files = append(m.Files, files[sh.id()]...)
	}
	for _, sh := range order {
		j.Moves = append(j.Moves, s.folderMove(sh.id(), files[sh.id()]))
	}
	for _, folder := range layerFolders() {
		var parts []File
		for _, l := range layers {
			if l.folder() == folder {
				parts = append(parts, files[l.id()]...)
			}
		}
		if len(parts) > 0 {
			j.Moves = append(j.Moves, s.folderMove(folder, parts))
		} else if to := folder + "/batch=" + s.batch; exists(s.data.path(to)) {
			// The batch that is replaced has a layer which this one has not.
			j.Moves = append(j.Moves, move{From: to})
		}
	}
	known, err := s.writeKnown(ctx, ready, chunks)
	if err != nil {
		return m, err
	}
	beside = append(beside, known)
	originals, any, err := s.writeOriginals(ctx, ready, chunks)
	if err != nil {
		return m, err
	}
	if any {
		beside = append(beside, originals)
	} else if path := "_runs/" + s.batch + "/" + originalsName; exists(s.data.path(path)) && len(m.parts(sheet{name: originalsName})) == 0 {
		j.Moves = append(j.Moves, move{From: path})
	}
	m.Files = append(m.Files, beside...)
	if err := s.writeManifest(ready, m, info); err != nil {
		return m, err
	}
	var names []string
	for _, f := range beside {
		names = append(names, filepath.Base(f.Path))
	}
	for _, name := range append(names, "run.json", manifestName) {
		j.Moves = append(j.Moves, move{From: s.below(readyName + "/" + name), To: "_runs/" + s.batch + "/" + name})
	}
	if err := disk.syncDir(ready); err != nil {
		return m, err
	}
	if err := s.dropDamaged(m.Files); err != nil {
		return m, err
	}
	text, err := json.MarshalIndent(j, "", " ")
	if err != nil {
		return m, err
	}
	if err := ctx.Err(); err != nil {
		return m, err
	}
	if err := disk.insist(func() error { return disk.writeBytes(filepath.Join(s.dir, journalName), text) }); err != nil {
		return m, err
	}
	return m, s.data.finish(s.dir, j)
}

// dropDamaged removes files of the batch being replaced that have the name of a new
// one but not its bytes: by their names alone a move would be taken for done.
func (s *Staging) dropDamaged(files []File) error {
	for _, f := range files {
		path := s.data.path(f.Path)
		if strings.HasPrefix(f.Path, "_runs/") || !exists(path) {
			continue // those are replaced whatever is there
		}
		var damaged *DamagedError
		if err := s.data.check(f); errors.As(err, &damaged) {
			if err := s.data.disk.remove(path); err != nil {
				return err
			}
		} else if err != nil {
			return err
		}
	}
	return nil
}

// assembleAll writes the files of every table and layer, by the table's id, and
// those that lie beside the manifest.
func (s *Staging) assembleAll(ctx context.Context, ready string, chunks int, labels []string) (map[string][]File, []File, error) {
	totals := speakerTotals{}
	files := map[string][]File{}
	copied, beside, err := s.findCopies(ctx, ready, chunks)
	if err != nil {
		return nil, nil, err
	}
	defer copied.close()
	repeats, index, err := s.findSaid(ctx, ready, chunks)
	if err != nil {
		return nil, nil, err
	}
	defer repeats.close()
	beside = append(beside, index)
	for _, sh := range allSheets() {
		watch := func(*Rows) error { return nil }
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
				if err := watch(r); err != nil {
					return err
				}
				return yield(r)
			})
		})
		if err != nil {
			return nil, nil, err
		}
		files[sh.id()] = parts
	}
	speakers := newSheet(SpeakersWith(labels), func(r *Rows) *[]SpeakerRow { return &r.speakerTotals })
	parts, err := s.assemble(ctx, ready, speakers, func(yield func(*Rows) error) error {
		return yield(&Rows{speakerTotals: totals.rows()})
	})
	files[speakerSheet.id()] = parts
	return files, beside, err
}

const readyName = "ready"

func (s *Staging) below(path string) string { return "_staging/" + s.batch + "/" + path }

// readyFolder is where the parts of a table or of a stage's layers wait, below
// ready: flat, since the folder gets its name when it is moved.
func readyFolder(folder string) string { return strings.ReplaceAll(folder, "/", "-") }

func (s *Staging) folderMove(folder string, parts []File) move {
	m := move{From: s.below(readyName + "/" + readyFolder(folder)), To: folder + "/batch=" + s.batch}
	for _, f := range parts {
		m.Holds = append(m.Holds, filepath.Base(f.Path))
	}
	slices.Sort(m.Holds)
	return m
}

func layerFolders() []string { return tableFolders(layers) }

func tableFolders(sheets []sheet) []string {
	var out []string
	for _, s := range sheets {
		if f := s.folder(); !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// flush makes the bytes of all parts durable at once, which costs less than one
// after the other, and closes them.
func (s *Staging) flush(keep bool) error {
	var errs []error
	for _, f := range s.pending {
		if keep {
			errs = append(errs, f.Sync())
		}
		errs = append(errs, f.Close())
	}
	s.pending = nil
	return errors.Join(errs...)
}

// assemble writes the parts of one sheet. A table always has at least one part,
// so that every reader finds its columns; a layer that no document has, none.
func (s *Staging) assemble(ctx context.Context, ready string, sh sheet, source func(yield func(*Rows) error) error) ([]File, error) {
	folder := filepath.Join(ready, readyFolder(sh.folder()))
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
		return nil, s.data.disk.explained(err, folder)
	}
	return parts, nil
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
	path    string // while it is being written
	file    stream
	out     *bufio.Writer
	sum     hash.Hash
	size    *tally
	append  func(*Rows) (int, error)
	finish  func() error
	rows    int64
}

func (s *Staging) newPart(folder string, sh sheet, number int) (*partWriter, error) {
	if !exists(folder) {
		if err := s.data.disk.mkdir(folder); err != nil {
			return nil, err
		}
	}
	w := &partWriter{staging: s, sheet: sh, number: number, folder: folder, sum: sha256.New()}
	w.path = filepath.Join(folder, sh.name+".tmp")
	var err error
	if w.file, err = s.data.disk.create(w.path); err != nil {
		return nil, err
	}
	w.out = bufio.NewWriterSize(w.file, 256<<10)
	w.size = &tally{Writer: io.MultiWriter(w.out, w.sum)}
	w.append, w.finish, err = sh.writer(w.size, s.data.format)
	if err != nil {
		return nil, errors.Join(err, w.file.Close())
	}
	return w, nil
}

func (w *partWriter) write(r *Rows) error {
	n, err := w.append(r)
	w.rows += int64(n)
	return err
}

// close completes the part, which is flushed later, and gives it the name it will have: with its digest, so that a listing
// made before a replace fails instead of mixing old parts with new.
func (w *partWriter) close() (File, error) {
	err := w.finish()
	if err == nil {
		err = w.out.Flush()
	}
	w.staging.pending = append(w.staging.pending, w.file)
	if err != nil {
		return File{}, fmt.Errorf("writing %s: %w", w.path, err)
	}
	sum := hex.EncodeToString(w.sum.Sum(nil))
	prefix := "part"
	if w.sheet.layer != 0 {
		prefix = w.sheet.name
	}
	name := fmt.Sprintf("%s-%05d-%s.%s", prefix, w.number, sum[:8], w.staging.data.format)
	if err := w.staging.data.disk.rename(w.path, filepath.Join(w.folder, name)); err != nil {
		return File{}, err
	}
	path := w.sheet.folder() + "/batch=" + w.staging.batch + "/" + name
	return File{Path: path, Table: w.sheet.id(), Rows: w.rows, Bytes: w.size.n, SHA256: sum}, nil
}

func (s *Staging) writeManifest(ready string, m Manifest, info RunInfo) error {
	info.Finished = time.Now().UTC()
	for _, part := range []struct {
		name  string
		value any
	}{{manifestName, m}, {"run.json", info}} {
		text, err := json.MarshalIndent(part.value, "", " ")
		if err != nil {
			return err
		}
		err = s.data.disk.writeFlushed(filepath.Join(ready, part.name), func(w io.Writer) error {
			_, err := w.Write(append(text, '\n'))
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
