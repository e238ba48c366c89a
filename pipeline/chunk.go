package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"

	"onrecord/corpus"
)

const (
	// Chunk borders are a function of the input alone: of the number and size of
	// its records, never of what becomes of them, nor of workers or speed.
	chunkRecords = 256
	chunkBytes   = 1 << 20
)

// chunks reads the input to its end and hands it over chunk by chunk. A chunk's
// key digests every record in it, with where it stood.
func chunks(ctx context.Context, reader *corpus.Reader, yield func(*chunk) error) error {
	number := 0
	for {
		c := &chunk{number: number}
		key := newKey("")
		var err error
		var held int // of rejects
		for len(c.items) < chunkRecords && c.bytes+int64(held) < chunkBytes && err == nil {
			var rec corpus.Record
			if rec, err = reader.Next(ctx); err == nil {
				key.record(rec)
				c.items = append(c.items, item{record: rec})
				c.bytes += int64(len(rec.Raw))
				if rec.Err != nil {
					held += len(rec.Err.Raw)
				}
			}
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if len(c.items) > 0 {
			c.key = key.String()
			if err := yield(c); err != nil {
				return err
			}
		}
		if err != nil {
			return nil
		}
		number++
	}
}

// key digests length-delimited fields, so that no two lists of fields run together.
type key struct{ sum []byte }

func newKey(plan string) *key { return &key{sum: []byte(plan)} }

func (k *key) record(r corpus.Record) {
	h := sha256.New()
	field := func(b []byte) {
		var n [8]byte
		binary.LittleEndian.PutUint64(n[:], uint64(len(b)))
		h.Write(n[:])
		h.Write(b)
	}
	field(k.sum)
	field([]byte(r.URI))
	field([]byte(r.Root))
	field(binary.LittleEndian.AppendUint64(nil, uint64(r.Number)))
	field(r.Raw)
	if r.Err != nil {
		field([]byte(r.Err.Reason))
		field([]byte(r.Err.Message))
		field([]byte(r.Err.Digest))
	}
	k.sum = h.Sum(k.sum[:0])
}

// chunk adds a whole chunk.
func (k *key) chunk(c *chunk) { k.sum = []byte(digest(append(k.sum, c.key...))) }

// String is the digest so far, in hexadecimal.
func (k *key) String() string { return digest(k.sum) }
