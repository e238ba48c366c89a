package alike

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"slices"
)

// posting says that a text with this value has this key. A file of postings is sorted by
// key, then value, without repeats; each takes 16 bytes, big-endian.
type posting struct{ key, value uint64 }

const postingSize = 16

func comparePostings(a, b posting) int {
	return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.value, b.value))
}

// File is a file of postings that a Finder wrote.
type File struct {
	Path   string
	SHA256 string // in hexadecimal; empty: not checked
}

// ChangedError says that a file is not what it was when it was written.
type ChangedError struct{ Path, Want, Got string }

func (e *ChangedError) Error() string {
	return fmt.Sprintf("%s has the SHA-256 %.12s... instead of %.12s...", e.Path, e.Got, e.Want)
}

// postings reads a file from beginning to end.
type postings struct {
	file *os.File
	in   *bufio.Reader
	sum  hash.Hash // nil if the file is not checked
	want string
	buf  [postingSize]byte
}

func openPostings(f File) (*postings, error) {
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, err
	}
	p := &postings{file: file, want: f.SHA256}
	var r io.Reader = file
	if f.SHA256 != "" {
		p.sum = sha256.New()
		r = io.TeeReader(file, p.sum)
	}
	p.in = bufio.NewReaderSize(r, 1<<16)
	return p, nil
}

// next is the next posting, or io.EOF after the last if the file is sound.
func (p *postings) next() (posting, error) {
	b := p.buf[:]
	if _, err := io.ReadFull(p.in, b); err == io.EOF {
		return posting{}, p.check()
	} else if err != nil {
		return posting{}, fmt.Errorf("%s: %w", p.file.Name(), err)
	}
	return posting{binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])}, nil
}

func (p *postings) check() error {
	if p.sum != nil {
		if got := hex.EncodeToString(p.sum.Sum(nil)); got != p.want {
			return &ChangedError{p.file.Name(), p.want, got}
		}
	}
	return io.EOF
}

func (p *postings) close() error { return p.file.Close() }

// mostValues bounds how many values of one key are looked at in one file: those beyond
// belong to a formula that everybody uses.
const mostValues = 4

// lookUp calls hit for every query whose key is in the file, with the value there. The
// queries are sorted by key.
func lookUp(f File, queries []posting, hit func(query posting, value uint64)) error {
	p, err := openPostings(f)
	if err != nil {
		return err
	}
	i, values, last := 0, 0, uint64(0)
	for {
		x, err := p.next()
		if err != nil {
			if err == io.EOF {
				err = nil
			}
			return errors.Join(err, p.close())
		}
		if x.key != last {
			last, values = x.key, 0
		}
		if values++; values > mostValues {
			continue
		}
		for i < len(queries) && queries[i].key < x.key {
			i++
		}
		for j := i; j < len(queries) && queries[j].key == x.key; j++ {
			hit(queries[j], x.value)
		}
	}
}

// writePostings sorts list and writes it without repeats.
func writePostings(w io.Writer, list []posting) error {
	slices.SortFunc(list, comparePostings)
	out := newPostingWriter(w)
	for _, x := range list {
		if err := out.write(x); err != nil {
			return err
		}
	}
	return out.flush()
}

type postingWriter struct {
	out   *bufio.Writer
	last  posting
	count int64
	buf   [postingSize]byte
}

func newPostingWriter(w io.Writer) *postingWriter {
	return &postingWriter{out: bufio.NewWriterSize(w, 1<<16)}
}

// write leaves out what was written just before.
func (w *postingWriter) write(x posting) error {
	if w.count > 0 && x == w.last {
		return nil
	}
	w.last = x
	w.count++
	binary.BigEndian.PutUint64(w.buf[:8], x.key)
	binary.BigEndian.PutUint64(w.buf[8:], x.value)
	_, err := w.out.Write(w.buf[:])
	return err
}

func (w *postingWriter) flush() error { return w.out.Flush() }

// merge writes the postings of sorted files as one, and says how many there are.
func merge(w io.Writer, files []File) (n int64, err error) {
	readers := make([]*postings, 0, len(files))
	heads := make([]posting, 0, len(files))
	defer func() {
		for _, r := range readers {
			err = errors.Join(err, r.close())
		}
	}()
	for _, f := range files {
		r, err := openPostings(f)
		if err != nil {
			return 0, err
		}
		readers = append(readers, r)
		x, err := r.next()
		if err != nil {
			return 0, err // a run is never empty
		}
		heads = append(heads, x)
	}
	out := newPostingWriter(w)
	for open := readers; len(open) > 0; {
		least := 0
		for i := range heads {
			if comparePostings(heads[i], heads[least]) < 0 {
				least = i
			}
		}
		if err := out.write(heads[least]); err != nil {
			return out.count, err
		}
		switch x, err := open[least].next(); {
		case err == io.EOF:
			open = slices.Concat(open[:least], open[least+1:])
			heads = slices.Delete(heads, least, least+1)
		case err != nil:
			return out.count, err
		default:
			heads[least] = x
		}
	}
	return out.count, out.flush()
}
