package output

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"
)

// originalsName is a file beside the manifest: what was refused, as files in a tar
// archive, each called by the digest of the record.
const originalsName = "rejects.tar.zst"

// OriginalRow is a record that was refused, or its beginning.
type OriginalRow struct {
	Digest string `column:"digest"`
	Raw    []byte `column:"raw"`
}

var originalSheet = newSheet(newTable[OriginalRow]("originals"), func(r *Rows) *[]OriginalRow { return &r.originals })

// IsOriginals reports whether a file holds what was refused, which results need not.
func (f File) IsOriginals() bool { return f.Table == originalsName }

// writeOriginals writes what the chunks keep of records that were refused, each once,
// if they keep anything.
func (s *Staging) writeOriginals(ctx context.Context, ready string, chunks int) (f File, any bool, err error) {
	written := map[string]bool{}
	var archive *tar.Writer
	add := func(r *Rows) error {
		for _, o := range r.originals {
			if written[o.Digest] {
				continue
			}
			written[o.Digest] = true
			if archive == nil {
				return errFound
			}
			err := archive.WriteHeader(&tar.Header{Name: o.Digest, Mode: 0o644, Size: int64(len(o.Raw))})
			if err == nil {
				_, err = archive.Write(o.Raw)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.eachChunk(ctx, chunks, originalSheet, add); err == nil || !errors.Is(err, errFound) {
		return f, false, err
	}
	clear(written)
	f, err = s.writeBeside(ready, originalsName, func(w io.Writer) error {
		z, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
		if err != nil {
			return err
		}
		archive = tar.NewWriter(z)
		return errors.Join(s.eachChunk(ctx, chunks, originalSheet, add), archive.Close(), z.Close())
	})
	f.Rows = int64(len(written))
	return f, true, err
}

var errFound = errors.New("found")

// Originals hands over what is kept of the records that a batch refused.
func (d *Dataset) Originals(batch string, yield func(digest string, raw []byte) error) error {
	path := filepath.Join(filepath.Dir(d.manifestPath(batch)), originalsName)
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := zstd.NewReader(f, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	defer z.Close()
	archive := tar.NewReader(z)
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		raw, err := io.ReadAll(archive)
		if err == nil {
			err = yield(header.Name, raw)
		}
		if err != nil {
			return err
		}
	}
}
