package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"github.com/apache/arrow/go/v17/arrow"

	"onrecord/output"
)

// anyTable is a table or layer, whatever its rows are.
type anyTable struct {
	name   string
	schema func() *arrow.Schema
	write  func(ctx context.Context, files []string, w io.Writer, f output.Format) error
}

// publicTables are what a notebook reads.
func publicTables() []anyTable {
	return []anyTable{
		ofRows(output.Documents), ofRows(output.Statements), ofRows(output.Stances),
		ofRows(output.Speakers), ofRows(output.Rejects),
	}
}

// publicLayers are the layers that can be exported. Those that a table shows, and
// shows better, are left out.
func publicLayers() []anyTable {
	return []anyTable{
		ofRows(output.BlockLayer), ofRows(output.SentenceLayer), ofRows(output.TokenLayer),
		ofRows(output.TagLayer), ofRows(output.EntityLayer), ofRows(output.ArcLayer), ofRows(output.LabelLayer),
	}
}

// speakersOf is the table of speakers with the columns that these batches have.
func speakersOf(data *output.Dataset, batch string) (anyTable, error) {
	batches, err := data.Batches()
	var labels []string
	for _, m := range batches {
		if batch != "" && batch != m.Batch {
			continue
		}
		for _, name := range m.Labels {
			if !slices.Contains(labels, name) {
				labels = append(labels, name)
			}
		}
	}
	slices.Sort(labels)
	return ofRows(output.SpeakersWith(labels)), err
}

func ofRows[T any](t *output.Table[T]) anyTable {
	return anyTable{t.Name, t.Schema, func(ctx context.Context, files []string, w io.Writer, f output.Format) error {
		out, err := t.NewWriter(w, f)
		if err != nil {
			return err
		}
		if err := readFiles(ctx, t, files, out.Write); err != nil {
			return err
		}
		return out.Close()
	}}
}

// scan hands over the rows of a table: of one batch, or of all in order.
func scan[T any](ctx context.Context, data *output.Dataset, batch string, t *output.Table[T], yield func([]T) error) error {
	files, err := filesOf(data, batch, t.Name)
	if err != nil {
		return err
	}
	return readFiles(ctx, t, files, yield)
}

func readFiles[T any](ctx context.Context, t *output.Table[T], files []string, yield func([]T) error) error {
	for _, file := range files {
		err := t.Read(file, func(rows []T) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return yield(rows)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// filesOf lists a table's files: of one batch, or of all in order.
func filesOf(data *output.Dataset, batch, table string) ([]string, error) {
	if batch != "" {
		if _, err := data.Batch(batch); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no batch %s; \"onrecord batches\" lists those that are", batch)
		} else if err != nil {
			return nil, err
		}
		return data.Files(batch, table), nil
	}
	batches, err := data.Batches()
	if err != nil {
		return nil, err
	}
	var files []string
	for _, b := range batches {
		files = append(files, data.Files(b.Batch, table)...)
	}
	return files, nil
}
