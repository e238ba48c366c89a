package corpus

import (
	"context"
	"io"
	"sync/atomic"
)

// Reader reads records from files, one after the other. It is for one goroutine,
// but for Read.
type Reader struct {
	opt     Options
	entries []entry
	current *input
	buffers *buffers
	inputs  []Input
	size    int64 // of all files; -1 if one is not known
	read    atomic.Int64
}

// Open finds what the inputs name: files, folders (all files below them, sorted
// by path, hidden ones skipped), patterns with *, ?, [a-z] and ** for any number
// of folders, and "-" for standard input. What a file is, its content tells:
// gzip and zstd by their first bytes, then JSON lines, HTML, Markdown or plain
// text. An input that names no file is an error; a file that can't be read is a
// record with Err set.
func Open(inputs []string, opt Options) (*Reader, error) {
	if err := opt.Validate(); err != nil {
		return nil, err
	}
	entries, err := expand(inputs, opt.Except)
	if err != nil {
		return nil, err
	}
	r := &Reader{opt: opt.withDefaults(), entries: entries, buffers: newBuffers()}
	for _, e := range entries {
		if e.size < 0 {
			r.size = -1
			break
		}
		r.size += e.size
	}
	return r, nil
}

// Next is the next record; io.EOF after the last. Any other error is the
// context's: what is wrong with the input is in the record.
func (r *Reader) Next(ctx context.Context) (Record, error) {
	for {
		if err := ctx.Err(); err != nil {
			return Record{}, err
		}
		if r.current == nil {
			if len(r.entries) == 0 {
				return Record{}, io.EOF
			}
			e := r.entries[0]
			r.entries = r.entries[1:]
			in, err := openInput(e, r.opt, r.buffers, &r.read)
			if err != nil {
				return r.unopened(e, err), nil
			}
			r.current = in
		}
		rec, err := r.current.next()
		if err == nil {
			return rec, nil
		}
		r.inputs = append(r.inputs, r.current.finish())
		r.current = nil
	}
}

// unopened is the one record of a file that can't be opened.
func (r *Reader) unopened(e entry, err error) Record {
	in := input{uri: printable(e.path), root: printable(e.root)}
	r.inputs = append(r.inputs, Input{URI: in.uri, Records: 1})
	return in.broken(in.record(), err)
}

// Inputs says what each file held, in the order of reading, once Next has
// returned io.EOF.
func (r *Reader) Inputs() []Input { return r.inputs }

// Size is the number of bytes that all files take on disk; it is not known for
// pipes and standard input.
func (r *Reader) Size() (bytes int64, known bool) { return max(r.size, 0), r.size >= 0 }

// Read is the number of bytes read from disk so far. Any goroutine may call it.
func (r *Reader) Read() int64 { return r.read.Load() }

// Close closes the file being read. What was read stays valid.
func (r *Reader) Close() error {
	if r.current == nil {
		return nil
	}
	in := r.current
	r.current, r.entries = nil, nil
	in.free()
	return in.file.Close()
}
