package output

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/pqarrow"
)

// Format is how a table is written.
type Format string

// The formats. A dataset is kept in Parquet or Arrow (IPC file, Feather V2); the
// other two are for export.
const (
	Parquet Format = "parquet"
	Arrow   Format = "arrow"
	JSONL   Format = "jsonl"
	CSV     Format = "csv"
)

// ParseFormat reads the name of a format.
func ParseFormat(s string) (Format, error) {
	switch f := Format(s); f {
	case Parquet, Arrow, JSONL, CSV:
		return f, nil
	}
	return "", fmt.Errorf("format %q is none of parquet, arrow, jsonl, csv", s)
}

// Writer writes the rows of one table to one stream. Close completes the file,
// not the stream below it.
type Writer[T any] interface {
	Write(rows []T) error
	Close() error
}

// A Parquet row group, or Arrow batch, ends at so many rows or so much text and
// list content, whichever comes first: both are functions of the rows alone, and
// the second bounds the memory of a writer whatever the articles.
const (
	rowGroup      = 128 << 10
	rowGroupBytes = 4 << 20
)

// NewWriter begins a file of the table.
func (t *Table[T]) NewWriter(w io.Writer, f Format) (Writer[T], error) {
	switch f {
	case Parquet, "":
		pw, err := pqarrow.NewFileWriter(t.schema, w, t.properties(), pqarrow.NewArrowWriterProperties())
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", t.Name, err)
		}
		return &recordWriter[T]{table: t, sink: parquetSink{pw}}, nil
	case Arrow:
		aw, err := ipc.NewFileWriter(&tally{Writer: w}, ipc.WithSchema(t.schema), ipc.WithZstd())
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", t.Name, err)
		}
		return &recordWriter[T]{table: t, sink: aw}, nil
	case JSONL:
		return &jsonWriter[T]{out: w, columns: t.columns}, nil
	case CSV:
		c := &csvWriter[T]{out: csv.NewWriter(w), columns: t.columns}
		return c, c.header()
	}
	return nil, fmt.Errorf("table %s: unknown format %q", t.Name, f)
}

// writeChunk writes rows as an Arrow file for a checkpoint: read back once, soon,
// and by us alone, so lightly compressed and in one batch.
func (t *Table[T]) writeChunk(w io.Writer, rows []T) error {
	out, err := ipc.NewFileWriter(&tally{Writer: w}, ipc.WithSchema(t.schema), ipc.WithLZ4())
	if err != nil {
		return err
	}
	rec := t.record(rows)
	defer rec.Release()
	if err := out.Write(rec); err != nil {
		return errors.Join(err, out.Close())
	}
	return out.Close()
}

// properties of Parquet files. Dictionaries are off except on labels: where a
// column falls back from dictionary to plain, arrow/go orders the footer's
// encoding statistics by a map, and the bytes differ from run to run.
func (t *Table[T]) properties() *parquet.WriterProperties {
	options := []parquet.WriterProperty{
		parquet.WithCompression(compress.Codecs.Zstd),
		parquet.WithCompressionLevel(3),
		parquet.WithDictionaryDefault(false),
		parquet.WithMaxRowGroupLength(rowGroup),
		parquet.WithCreatedBy("onrecord"),
		parquet.WithVersion(parquet.V2_LATEST),
		parquet.WithDataPageVersion(parquet.DataPageV1),
	}
	for _, c := range t.columns {
		if c.label {
			options = append(options, parquet.WithDictionaryFor(c.name, true))
		}
		if c.long {
			options = append(options, parquet.WithStatsFor(c.name, false))
		}
	}
	return parquet.NewWriterProperties(options...)
}

// tally lets the Arrow writer ask where it is on a stream that cannot seek.
type tally struct {
	io.Writer
	n int64
}

func (t *tally) Write(p []byte) (int, error) {
	n, err := t.Writer.Write(p)
	t.n += int64(n)
	return n, err
}

func (t *tally) Seek(offset int64, whence int) (int64, error) {
	if offset != 0 || whence != io.SeekCurrent {
		return 0, errors.New("this stream cannot seek")
	}
	return t.n, nil
}

type recordSink interface {
	Write(arrow.Record) error
	Close() error
}

// parquetSink leaves the stream below open.
type parquetSink struct{ *pqarrow.FileWriter }

// recordWriter gathers rows into whole row groups, so that the file's bytes do
// not depend on how its rows were handed over.
type recordWriter[T any] struct {
	table   *Table[T]
	sink    recordSink
	pending []T
	bytes   int // of the pending rows, roughly
}

func (w *recordWriter[T]) Write(rows []T) error {
	for i := range rows {
		w.pending = append(w.pending, rows[i])
		w.bytes += w.table.weight(&rows[i])
		if len(w.pending) == rowGroup || w.bytes >= rowGroupBytes {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *recordWriter[T]) flush() error {
	rec := w.table.record(w.pending)
	defer rec.Release()
	clear(w.pending)
	w.pending, w.bytes = w.pending[:0], 0
	if err := w.sink.Write(rec); err != nil {
		return fmt.Errorf("writing table %s: %w", w.table.Name, err)
	}
	return nil
}

func (w *recordWriter[T]) Close() error {
	if len(w.pending) > 0 {
		if err := w.flush(); err != nil {
			return errors.Join(err, w.sink.Close())
		}
	}
	if err := w.sink.Close(); err != nil {
		return fmt.Errorf("completing table %s: %w", w.table.Name, err)
	}
	return nil
}

// Read hands the rows of a Parquet or Arrow file of this table over, in order and
// in pieces that are valid only until yield returns. Damage is an error that
// names the file, never a panic.
func (t *Table[T]) Read(path string, yield func([]T) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: damaged: %v", path, p)
		}
	}()
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var magic [4]byte
	if _, err := f.ReadAt(magic[:], 0); err != nil {
		return fmt.Errorf("%s: reading its first bytes: %w", path, err)
	}
	read := t.readArrow
	if string(magic[:]) == "PAR1" {
		read = t.readParquet
	}
	if err := read(f, yield); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func (t *Table[T]) readArrow(f ipc.ReadAtSeeker, yield func([]T) error) error {
	r, err := ipc.NewFileReader(f)
	if err != nil {
		return err
	}
	defer r.Close()
	for i := range r.NumRecords() {
		rec, err := r.Record(i)
		if err != nil {
			return err
		}
		rows, err := t.rows(rec)
		if err != nil {
			return err
		}
		if err := yield(rows); err != nil {
			return err
		}
	}
	return nil
}

// readRows is how many rows are in memory at once when a file is read.
const readRows = 1024

func (t *Table[T]) readParquet(f ipc.ReadAtSeeker, yield func([]T) error) error {
	pf, err := file.NewParquetReader(f)
	if err != nil {
		return err
	}
	defer pf.Close()
	// pqarrow reads nothing, and says nothing, when BatchSize is 0.
	ar, err := pqarrow.NewFileReader(pf, pqarrow.ArrowReadProperties{BatchSize: readRows}, memory.DefaultAllocator)
	if err != nil {
		return err
	}
	var n int64
	for group := range pf.NumRowGroups() {
		rr, err := ar.GetRecordReader(context.Background(), nil, []int{group})
		if err != nil {
			return err
		}
		for rr.Next() {
			rows, err := t.rows(rr.Record())
			if err == nil {
				n += int64(len(rows))
				err = yield(rows)
			}
			if err != nil {
				rr.Release()
				return err
			}
		}
		err = rr.Err()
		rr.Release()
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
	}
	if n != pf.NumRows() {
		return fmt.Errorf("%d rows were read, its footer says %d", n, pf.NumRows())
	}
	return nil
}
