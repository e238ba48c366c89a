package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

var (
	gzipMagic = []byte{0x1f, 0x8b}
	zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}
)

const (
	// freeOutput may come out of any input before its ratio is looked at.
	freeOutput = 64 << 20

	// zstdWindow is the largest window that zstd itself accepts unless asked for more.
	zstdWindow = 128 << 20
)

// decompressed reads gzip and zstd, known by their first bytes, and anything
// else as it is. All bytes before damage come out before the error does. The
// second result frees what the reader holds.
func decompressed(r *bufio.Reader, maxRatio int64, consumed func() int64) (io.Reader, func(), error) {
	magic, err := r.Peek(len(zstdMagic))
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, err
	}
	switch {
	case bytes.HasPrefix(magic, gzipMagic):
		return &guard{r: &members{r: r}, format: "gzip", maxRatio: maxRatio, consumed: consumed}, func() {}, nil
	case bytes.HasPrefix(magic, zstdMagic):
		d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(zstdWindow))
		if err != nil {
			return nil, nil, fmt.Errorf("starting a zstd reader: %w", err)
		}
		return &guard{r: d, format: "zstd", maxRatio: maxRatio, consumed: consumed}, d.Close, nil
	}
	return r, func() {}, nil
}

// compressionError is damage of a compressed input, as against a disk that can't be read.
type compressionError struct{ message string }

func (e *compressionError) Error() string { return e.message }

// guard names the damage of a compressed input and stops a bomb.
type guard struct {
	r        io.Reader
	format   string
	maxRatio int64
	consumed func() int64 // compressed bytes so far
	out      int64
	err      error
}

func (g *guard) Read(p []byte) (int, error) {
	if g.err != nil {
		return 0, g.err
	}
	n, err := g.r.Read(p)
	g.out += int64(n)
	g.err = g.judge(err)
	return n, g.err
}

func (g *guard) judge(err error) error {
	var disk *diskError
	switch {
	case err == nil && g.out > freeOutput && g.out/g.maxRatio > g.consumed():
		return &compressionError{fmt.Sprintf("%d bytes of %s grew to more than %d times as much, as a decompression bomb does; if it is meant, raise the limit on the ratio",
			g.consumed(), g.format, g.maxRatio)}
	case err == nil, errors.Is(err, io.EOF), errors.As(err, &disk):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &compressionError{fmt.Sprintf("the %s data end before their time; fetch the file again", g.format)}
	}
	return &compressionError{fmt.Sprintf("the %s data are damaged (%v); fetch the file again", g.format, err)}
}

// members reads the members of a gzip file one after the other. Unlike
// gzip.Reader's own way it takes the padding with zeros that tapes and some
// object stores leave behind for the end.
type members struct {
	r  *bufio.Reader
	gz *gzip.Reader
}

func (m *members) Read(p []byte) (int, error) {
	if m.gz == nil {
		gz, err := gzip.NewReader(m.r)
		if err != nil {
			return 0, unexpected(err)
		}
		m.gz = gz
		m.gz.Multistream(false)
	}
	for {
		n, err := m.gz.Read(p)
		if n > 0 || !errors.Is(err, io.EOF) {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return n, err
		}
		if err := m.next(); err != nil {
			return 0, err
		}
	}
}

// next goes to the next member; io.EOF if there is none.
func (m *members) next() error {
	switch b, err := m.r.Peek(1); {
	case err != nil:
		return err
	case b[0] == 0:
		return m.padding()
	}
	if err := m.gz.Reset(m.r); err != nil {
		return unexpected(err)
	}
	m.gz.Multistream(false)
	return nil
}

func (m *members) padding() error {
	for {
		b, err := m.r.ReadByte()
		if err != nil {
			return err
		}
		if b != 0 {
			return errors.New("something follows its end")
		}
	}
}

// unexpected says of a header that is cut short that it is.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
