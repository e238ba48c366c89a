package output

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync/atomic"
)

const knownName = "known"

// Known answers which revisions of a document the dataset holds.
//
// Every batch has a file of fixed-size entries, sorted by the digest of the
// document's id. In memory there are eight bytes an entry: 48 bits of that digest
// and the number of the batch. A hit is confirmed in the batch's file, so that
// the answer is exact. Ten million documents take 80 MB, and two seconds to load;
// see BenchmarkKnown.
type Known struct {
	index   []uint64 // digest48<<16 | batch, sorted
	files   []knownFile
	rejects bool // some entries are of rejects
	err     atomic.Pointer[error]
}

// knownFile is opened for each look: a dataset of many years has more batches than
// a process may have files open.
type knownFile struct {
	path    string
	entries int64
	rejects bool // those of the batch count
}

// knownEntry is one revision of one document, or one record that was refused.
type knownEntry struct {
	id       [16]byte // digest of the document's id, or of the reject's input
	revision [32]byte // SHA-256 of the text, or of the record
	number   uint32   // of the revision, from 1; 0 is a reject
}

const (
	knownEntrySize = 16 + 32 + 4
	batchBits      = 16
	mostBatches    = 1 << batchBits
)

// History is what the dataset holds of a document.
type History struct {
	Same   bool   // this very revision
	Number int32  // of the latest revision, from 1; 0 if there is none
	Latest string // that revision
}

func knownID(space, id string) [16]byte {
	h := sha256.New()
	_, _ = io.WriteString(h, space) // a hash never fails
	_, _ = io.WriteString(h, id)
	return [16]byte(h.Sum(nil)[:16])
}

func documentID(id string) [16]byte { return knownID("document:", id) }
func rejectID(uri string) [16]byte  { return knownID("reject:", uri) }

// History looks a document up. It is safe for concurrent use. After a failure to
// read it knows nothing, and Err says why.
func (k *Known) History(docID, revision string) History {
	var h History
	k.each(documentID(docID), func(e *knownEntry, _ bool) {
		text := hex.EncodeToString(e.revision[:])
		h.Same = h.Same || text == revision
		if int32(e.number) > h.Number {
			h.Number, h.Latest = int32(e.number), text
		}
	})
	return h
}

// Refused reports whether this record, whose digest is SHA-256 in hexadecimal,
// was refused before by the same stages with the same options.
func (k *Known) Refused(uri, digest string) bool {
	if k == nil || !k.rejects || digest == "" {
		return false
	}
	found := false
	k.each(rejectID(uri), func(e *knownEntry, counts bool) {
		found = found || counts && hex.EncodeToString(e.revision[:]) == digest
	})
	return found
}

// HasRejects reports whether asking Refused can have any answer but no.
func (k *Known) HasRejects() bool { return k != nil && k.rejects }

// Err is the first failure to read.
func (k *Known) Err() error {
	if k == nil {
		return nil
	}
	if err := k.err.Load(); err != nil {
		return *err
	}
	return nil
}

// Len is the number of entries.
func (k *Known) Len() int { return len(k.index) }

// each hands over the entries of an id.
func (k *Known) each(id [16]byte, yield func(e *knownEntry, rejectsCount bool)) {
	if k == nil || len(k.index) == 0 {
		return
	}
	prefix := prefixOf(id)
	at, _ := slices.BinarySearch(k.index, prefix)
	for ; at < len(k.index) && k.index[at]&^(mostBatches-1) == prefix; at++ {
		f := k.files[k.index[at]&(mostBatches-1)]
		if err := f.each(id, func(e *knownEntry) { yield(e, f.rejects) }); err != nil {
			err = fmt.Errorf("looking up known documents in %s: %w", f.path, err)
			k.err.CompareAndSwap(nil, &err)
			return
		}
		for at+1 < len(k.index) && k.index[at+1] == k.index[at] { // the same batch was searched just now
			at++
		}
	}
}

func prefixOf(id [16]byte) uint64 { return binary.BigEndian.Uint64(id[:8]) &^ (mostBatches - 1) }

// each searches the file by halves for the first entry of the id.
func (f knownFile) each(id [16]byte, yield func(*knownEntry)) error {
	file, err := os.Open(f.path)
	if err != nil {
		return err
	}
	defer file.Close()
	var buf [knownEntrySize]byte
	read := func(i int64) error {
		_, err := file.ReadAt(buf[:], i*knownEntrySize)
		return err
	}
	low, high := int64(0), f.entries
	for low < high {
		middle := low + (high-low)/2
		if err := read(middle); err != nil {
			return err
		}
		if bytes.Compare(buf[:16], id[:]) < 0 {
			low = middle + 1
		} else {
			high = middle
		}
	}
	for ; low < f.entries; low++ {
		if err := read(low); err != nil {
			return err
		}
		if !bytes.Equal(buf[:16], id[:]) {
			return nil
		}
		e := decodeKnown(&buf)
		yield(&e)
	}
	return nil
}

func decodeKnown(b *[knownEntrySize]byte) knownEntry {
	return knownEntry{[16]byte(b[:16]), [32]byte(b[16:48]), binary.LittleEndian.Uint32(b[48:])}
}

// Known opens the revisions of all published batches but one: a batch that is
// being replaced must not count its own documents as known. Rejects count if
// retried says no of their batch.
func (d *Dataset) Known(except string, retried func(Manifest) bool) (*Known, error) {
	batches, err := d.Batches()
	if err != nil {
		return nil, err
	}
	k := &Known{}
	var total int64
	for _, m := range batches {
		for _, f := range m.parts(sheet{name: knownName}) {
			if m.Batch != except {
				total += f.Rows
			}
		}
	}
	k.index = make([]uint64, 0, total)
	for _, m := range batches {
		if m.Batch == except {
			continue
		}
		for _, f := range m.parts(sheet{name: knownName}) {
			if err := k.load(d.path(f.Path), f, !retried(m)); err != nil {
				return nil, err
			}
		}
	}
	slices.Sort(k.index)
	return k, nil
}

func (k *Known) load(path string, want File, rejects bool) error {
	if len(k.files) == mostBatches {
		return fmt.Errorf("a dataset of more than %d batches can't be added to", mostBatches)
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	number := uint64(len(k.files))
	k.files = append(k.files, knownFile{path, want.Bytes / knownEntrySize, rejects})
	sum := sha256.New()
	in := bufio.NewReaderSize(io.TeeReader(f, sum), 64*knownEntrySize)
	var buf [knownEntrySize]byte
	for {
		if _, err := io.ReadFull(in, buf[:]); errors.Is(err, io.EOF) {
			break
		} else if errors.Is(err, io.ErrUnexpectedEOF) {
			break // the digest tells
		} else if err != nil {
			return err
		}
		e := decodeKnown(&buf)
		k.index = append(k.index, prefixOf(e.id)|number)
		k.rejects = k.rejects || rejects && e.number == 0
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != want.SHA256 {
		return &DamagedError{path, want.SHA256, got}
	}
	return nil
}

// writeKnown writes the batch's entries.
func (s *Staging) writeKnown(ctx context.Context, ready string, chunks int) (File, error) {
	var entries []knownEntry
	add := func(id [16]byte, revision string, number int32) error {
		e := knownEntry{id: id, number: uint32(number)}
		if n, err := hex.Decode(e.revision[:], []byte(revision)); err != nil || n != len(e.revision) {
			return fmt.Errorf("%q is no SHA-256", revision)
		}
		entries = append(entries, e)
		return nil
	}
	err := s.eachChunk(ctx, chunks, tables[0], func(r *Rows) error {
		for _, d := range r.Documents {
			if err := add(documentID(d.DocID), d.Revision, d.RevisionNumber); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = s.eachChunk(ctx, chunks, tables[3], func(r *Rows) error {
			for _, x := range r.Rejects {
				if x.Digest == nil || slices.Contains(s.retried, x.Stage) {
					continue
				}
				if err := add(rejectID(x.URI), *x.Digest, 0); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		return File{}, err
	}
	slices.SortFunc(entries, func(a, b knownEntry) int {
		if c := bytes.Compare(a.id[:], b.id[:]); c != 0 {
			return c
		}
		return bytes.Compare(a.revision[:], b.revision[:])
	})
	entries = slices.Compact(entries)
	f, err := s.writeBeside(ready, knownName, func(w io.Writer) error {
		out := bufio.NewWriter(w)
		for i := range entries {
			if err := entries[i].write(out); err != nil {
				return err
			}
		}
		return out.Flush()
	})
	f.Rows = int64(len(entries))
	return f, err
}

func (e *knownEntry) write(w io.Writer) error {
	var b [knownEntrySize]byte
	copy(b[:], e.id[:])
	copy(b[16:], e.revision[:])
	binary.LittleEndian.PutUint32(b[48:], e.number)
	_, err := w.Write(b[:])
	return err
}
