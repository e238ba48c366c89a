package output

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"reflect"
	"strconv"
	"time"
)

// jsonWriter writes one object a line, columns in the order of the table.
type jsonWriter[T any] struct {
	out     io.Writer
	columns []column
	line    bytes.Buffer
}

func (w *jsonWriter[T]) Write(rows []T) error {
	for i := range rows {
		w.line.Reset()
		if err := writeObject(&w.line, w.columns, reflect.ValueOf(&rows[i]).Elem()); err != nil {
			return err
		}
		w.line.WriteByte('\n')
		if _, err := w.out.Write(w.line.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

func (*jsonWriter[T]) Close() error { return nil }

func writeObject(b *bytes.Buffer, columns []column, v reflect.Value) error {
	b.WriteByte('{')
	for i, c := range columns {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Quote(c.name))
		b.WriteByte(':')
		if err := writeValue(b, c.of(v)); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

func writeValue(b *bytes.Buffer, v reflect.Value) error {
	switch {
	case v.Kind() == reflect.Pointer:
		if v.IsNil() {
			b.WriteString("null")
			return nil
		}
		return writeValue(b, v.Elem())
	case v.Type() == timeType:
		t := v.Interface().(time.Time)
		if t.IsZero() {
			b.WriteString("null")
			return nil
		}
		b.WriteString(strconv.Quote(t.UTC().Format(time.RFC3339Nano)))
		return nil
	case v.Kind() == reflect.Struct:
		return writeObject(b, columnsOf(v.Type()), v)
	case v.Kind() == reflect.Slice:
		b.WriteByte('[')
		for i := range v.Len() {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := writeValue(b, v.Index(i)); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	}
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v.Interface()); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // Encode's newline
	return nil
}

// csvWriter writes RFC 4180 with a header; nested values are JSON, nulls empty.
type csvWriter[T any] struct {
	out     *csv.Writer
	columns []column
	cell    bytes.Buffer
}

func (w *csvWriter[T]) header() error {
	names := make([]string, len(w.columns))
	for i, c := range w.columns {
		names[i] = c.name
	}
	return w.out.Write(names)
}

func (w *csvWriter[T]) Write(rows []T) error {
	cells := make([]string, len(w.columns))
	for i := range rows {
		row := reflect.ValueOf(&rows[i]).Elem()
		for k, c := range w.columns {
			v := c.of(row)
			if v.Kind() == reflect.String {
				cells[k] = v.String()
				continue
			}
			w.cell.Reset()
			if err := writeValue(&w.cell, v); err != nil {
				return err
			}
			switch cell := w.cell.String(); {
			case cell == "null":
				cells[k] = ""
			case cell[0] == '"':
				if err := json.Unmarshal(w.cell.Bytes(), &cells[k]); err != nil {
					return err
				}
			default:
				cells[k] = cell
			}
		}
		if err := w.out.Write(cells); err != nil {
			return err
		}
	}
	return nil
}

func (w *csvWriter[T]) Close() error {
	w.out.Flush()
	return w.out.Error()
}
