package output

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sort"
)

const knownName = "known"

// Known is the set of revisions that a dataset holds. It is exact to 128 bits of
// SHA-256 and takes 16 bytes a document.
type Known struct{ batches [][]revisionKey } // each sorted

type revisionKey [16]byte

func newRevisionKey(docID, revision string) revisionKey {
	h := sha256.New()
	fmt.Fprintf(h, "%d:%s%s", len(docID), docID, revision)
	return revisionKey(h.Sum(nil)[:16])
}

// Has reports whether the dataset holds this revision of the document. It is
// safe for concurrent use.
func (k *Known) Has(docID, revision string) bool {
	if k == nil || len(k.batches) == 0 {
		return false
	}
	key := newRevisionKey(docID, revision)
	for _, keys := range k.batches {
		i := sort.Search(len(keys), func(i int) bool { return bytes.Compare(keys[i][:], key[:]) >= 0 })
		if i < len(keys) && keys[i] == key {
			return true
		}
	}
	return false
}

// Len is the number of revisions.
func (k *Known) Len() int {
	n := 0
	for _, keys := range k.batches {
		n += len(keys)
	}
	return n
}

// Known reads the revisions of all published batches but one: a batch that is
// being replaced must not count its own documents as known.
func (d *Dataset) Known(except string) (*Known, error) {
	batches, err := d.Batches()
	if err != nil {
		return nil, err
	}
	known := &Known{}
	for _, m := range batches {
		if m.Batch == except {
			continue
		}
		for _, f := range m.Files {
			if f.Table != knownName {
				continue
			}
			path := filepath.Join(d.dir, filepath.FromSlash(f.Path))
			b, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != f.SHA256 {
				return nil, &DamagedError{path, f.SHA256, hex.EncodeToString(sum[:])}
			}
			keys := make([]revisionKey, len(b)/len(revisionKey{}))
			for i := range keys {
				copy(keys[i][:], b[i*len(keys[i]):])
			}
			known.batches = append(known.batches, keys)
		}
	}
	return known, nil
}

// writeKnown writes the sorted keys of the batch's documents.
func (s *Staging) writeKnown(ctx context.Context, ready string, chunks int) (File, error) {
	var keys []revisionKey
	err := s.eachChunk(ctx, chunks, tables[0], func(r *Rows) error {
		for _, d := range r.Documents {
			keys = append(keys, newRevisionKey(d.DocID, d.Revision))
		}
		return nil
	})
	if err != nil {
		return File{}, err
	}
	slices.SortFunc(keys, func(a, b revisionKey) int { return bytes.Compare(a[:], b[:]) })
	path := "_runs/" + s.batch + "/" + knownName
	full := filepath.Join(ready, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
		return File{}, err
	}
	h := sha256.New()
	err = writeDurable(full, func(w io.Writer) error {
		w = io.MultiWriter(w, h)
		for i := range keys {
			if _, err := w.Write(keys[i][:]); err != nil {
				return err
			}
		}
		return nil
	})
	size := int64(len(keys) * len(revisionKey{}))
	return File{Path: path, Table: knownName, Rows: int64(len(keys)), Bytes: size, SHA256: hex.EncodeToString(h.Sum(nil))}, err
}
