package corpus

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"sync/atomic"
)

// Input is what one file held, known after it was read to its end.
type Input struct {
	URI      string
	Bytes    int64  // as they are on disk
	SHA256   string // of those bytes, hexadecimal
	Records  int64  // read from it, rejects included
	Complete bool   // read to its end without damage, and as large as when it was found
}

// input is one file being read.
type input struct {
	opt     Options
	uri     string
	root    string
	file    io.Closer
	disk    *meter
	buffers *buffers
	started bool
	body    *bufio.Reader // decompressed
	free    func()        // what decompression holds
	size    int64         // on disk; -1 if unknown
	format  Format
	offset  int64 // in body
	line    int64
	records int64
	damaged bool
	ended   bool
}

// buffers are used for one input after the other: folders hold many small files.
type buffers struct{ disk, body *bufio.Reader }

func newBuffers() *buffers {
	return &buffers{disk: bufio.NewReaderSize(nil, 64<<10), body: bufio.NewReaderSize(nil, 256<<10)}
}

// openInput opens a file; what is in it, start finds out. An error is about that
// file alone.
func openInput(e entry, opt Options, buffers *buffers, read *atomic.Int64) (*input, error) {
	if e.err != nil {
		return nil, e.err
	}
	in := &input{opt: opt, uri: printable(e.path), root: printable(e.root), size: e.size, buffers: buffers, free: func() {}}
	var r io.Reader
	if e.path == stdinName {
		if r = opt.Stdin; r == nil {
			return nil, errors.New("no standard input here")
		}
		in.file = io.NopCloser(nil)
	} else {
		f, err := os.Open(e.path)
		if err != nil {
			return nil, err
		}
		r, in.file = f, f
	}
	in.disk = &meter{r: r, sum: sha256.New(), total: read}
	return in, nil
}

// start decompresses and detects. It is apart from opening because its errors
// are found in the data: the bytes before them count.
func (in *input) start() error {
	in.started = true
	disk := in.buffers.disk
	disk.Reset(in.disk)
	consumed := func() int64 { return in.disk.bytes - int64(disk.Buffered()) }
	r, free, err := decompressed(disk, in.opt.MaxRatio, consumed)
	if err != nil {
		return err
	}
	in.free = free
	in.body = in.buffers.body
	in.body.Reset(r)
	head, err := in.body.Peek(detectBytes)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return err
	}
	in.format, err = detect(in.uri, head)
	return err
}

// next is the next record; io.EOF after the last. Whatever is wrong with the
// data comes as a record with Err set.
func (in *input) next() (rec Record, err error) {
	// Decompressors of others are made for well-meant input, too.
	defer func() {
		if p := recover(); p != nil {
			in.records++
			rec, err = in.broken(in.record(), &compressionError{fmt.Sprintf("reading it panicked (%v); please report it with this file", p)}), nil
		}
	}()
	if in.ended {
		return Record{}, io.EOF
	}
	if !in.started {
		if err := in.start(); err != nil {
			in.records++
			return in.broken(in.record(), err), nil
		}
	}
	read := in.whole
	if in.format == JSONLines {
		read = in.nextLine
	}
	rec, err = read()
	if err == nil {
		in.records++
	}
	return rec, err
}

func (in *input) record() Record {
	return Record{URI: in.uri, Root: in.root, Number: in.line + 1, Offset: in.offset, Format: in.format, Size: -1}
}

// broken ends the input: what follows the damage can't be read.
func (in *input) broken(rec Record, err error) Record {
	in.ended, in.damaged = true, true
	rec.Raw, rec.Size = nil, -1
	var bad *compressionError
	var refused *refusal
	switch {
	case errors.As(err, &refused):
		in.damaged = false
		rec.Err = rec.refuse(refused.reason, refused.message)
	case errors.As(err, &bad):
		rec.Err = rec.refuse(BadCompression, bad.message)
	default:
		rec.Err = rec.refuse(Unreadable, fmt.Sprintf("%v; check the file and its permissions", err))
	}
	return rec
}

// finish reads what is left of the file, for its digest, and says what it was.
func (in *input) finish() Input {
	_, err := io.Copy(io.Discard, in.disk)
	in.free()
	if closed := in.file.Close(); err == nil {
		err = closed
	}
	return Input{
		URI:      in.uri,
		Bytes:    in.disk.bytes,
		SHA256:   hex.EncodeToString(in.disk.sum.Sum(nil)),
		Records:  in.records,
		Complete: err == nil && !in.damaged && (in.size < 0 || in.size == in.disk.bytes),
	}
}

// refusal is an input that is readable but not ours to read.
type refusal struct {
	reason  Reason
	message string
}

func (e *refusal) Error() string { return e.message }

// diskError is a failure to read bytes, whatever they mean.
type diskError struct{ err error }

func (e *diskError) Error() string { return e.err.Error() }
func (e *diskError) Unwrap() error { return e.err }

// meter counts and digests what is read from a file.
type meter struct {
	r     io.Reader
	sum   hash.Hash
	bytes int64
	total *atomic.Int64 // of all files
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.sum.Write(p[:n])
	m.bytes += int64(n)
	m.total.Add(int64(n))
	if err != nil && !errors.Is(err, io.EOF) {
		err = &diskError{err}
	}
	return n, err
}
