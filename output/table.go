package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
)

// Table is one table of the dataset, described by a row struct: every exported
// field is a column.
//
// The field's tags say the rest: `column:"name"`, optionally followed by
// ",label" (a closed vocabulary, stored as a dictionary) or ",long" (text too
// long for statistics), and `about:"..."`, its description. A pointer field may
// be null; a time.Time is null when zero; every other column is required.
// Strings, bytes, bools, int32, int64, float32, times, structs and slices of these are
// supported.
type Table[T any] struct {
	Name    string
	schema  *arrow.Schema
	columns []column
}

// column joins a field of the row struct with a column of the table.
type column struct {
	name, about string
	label, long bool
	nullable    bool
	index       int    // of the struct's field
	fact        string // of a user's label, the name of it in the list of that field
	codec       codec
}

// codec moves values of one Go type into and out of Arrow arrays.
type codec struct {
	typ    arrow.DataType
	append func(array.Builder, reflect.Value)
	read   func(arrow.Array, int, reflect.Value)
}

// SchemaVersion is raised when a column is added, renamed or changes its meaning;
// a dataset holds one version only.
//
//	1: the tables of the first release
const SchemaVersion = 1

// newTable derives the schema from T. A mistake in a tag is a mistake of the
// program, found by every test: it panics.
func newTable[T any](name string) *Table[T] {
	t := &Table[T]{Name: name, columns: columnsOf(reflect.TypeFor[T]())}
	t.schema = schemaOf(name, t.columns)
	return t
}

func schemaOf(name string, columns []column) *arrow.Schema {
	fields := make([]arrow.Field, len(columns))
	about := map[string]string{}
	for i, c := range columns {
		fields[i] = c.field(strconv.Itoa(i + 1))
		about[c.name] = c.about
	}
	descriptions, err := json.Marshal(about)
	if err != nil {
		panic(err)
	}
	meta := arrow.MetadataFrom(map[string]string{
		"onrecord.schema":  strconv.Itoa(SchemaVersion),
		"onrecord.table":   name,
		"onrecord.columns": string(descriptions),
	})
	return arrow.NewSchema(fields, &meta)
}

// Schema is the table's Arrow schema, with descriptions and field ids as metadata.
func (t *Table[T]) Schema() *arrow.Schema { return t.schema }

func (c column) field(id string) arrow.Field {
	keys, values := []string{"PARQUET:field_id"}, []string{id}
	if c.about != "" {
		keys, values = append(keys, "description"), append(values, c.about)
	}
	return arrow.Field{Name: c.name, Type: c.codec.typ, Nullable: c.nullable, Metadata: arrow.NewMetadata(keys, values)}
}

func columnsOf(t reflect.Type) []column {
	var out []column
	for i := range t.NumField() {
		f := t.Field(i)
		tag, ok := f.Tag.Lookup("column")
		if !ok {
			panic(fmt.Sprintf("output: field %s.%s has no column tag", t.Name(), f.Name))
		}
		parts := strings.Split(tag, ",")
		c := column{name: parts[0], about: f.Tag.Get("about"), index: i}
		for _, option := range parts[1:] {
			switch option {
			case "label":
				c.label = true
			case "long":
				c.long = true
			default:
				panic(fmt.Sprintf("output: field %s.%s has the unknown option %q", t.Name(), f.Name, option))
			}
		}
		typ := f.Type
		if c.nullable = typ.Kind() == reflect.Pointer || typ == timeType; typ.Kind() == reflect.Pointer {
			c.codec = pointerTo(codecOf(typ.Elem(), c.label))
		} else {
			c.codec = codecOf(typ, c.label)
		}
		out = append(out, c)
	}
	return out
}

var (
	timeType  = reflect.TypeFor[time.Time]()
	labelType = &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int32, ValueType: arrow.BinaryTypes.String}
)

func codecOf(t reflect.Type, label bool) codec {
	switch {
	case t == timeType:
		return timeCodec
	case t.Kind() == reflect.String && label:
		return labelCodec
	}
	switch t.Kind() {
	case reflect.String:
		return codec{arrow.BinaryTypes.String,
			func(b array.Builder, v reflect.Value) { b.(*array.StringBuilder).Append(v.String()) },
			func(a arrow.Array, i int, v reflect.Value) { v.SetString(strings.Clone(a.(*array.String).Value(i))) }}
	case reflect.Bool:
		return codec{arrow.FixedWidthTypes.Boolean,
			func(b array.Builder, v reflect.Value) { b.(*array.BooleanBuilder).Append(v.Bool()) },
			func(a arrow.Array, i int, v reflect.Value) { v.SetBool(a.(*array.Boolean).Value(i)) }}
	case reflect.Int32:
		return codec{arrow.PrimitiveTypes.Int32,
			func(b array.Builder, v reflect.Value) { b.(*array.Int32Builder).Append(int32(v.Int())) },
			func(a arrow.Array, i int, v reflect.Value) { v.SetInt(int64(a.(*array.Int32).Value(i))) }}
	case reflect.Int64:
		return codec{arrow.PrimitiveTypes.Int64,
			func(b array.Builder, v reflect.Value) { b.(*array.Int64Builder).Append(v.Int()) },
			func(a arrow.Array, i int, v reflect.Value) { v.SetInt(a.(*array.Int64).Value(i)) }}
	case reflect.Float32:
		return codec{arrow.PrimitiveTypes.Float32,
			func(b array.Builder, v reflect.Value) { b.(*array.Float32Builder).Append(float32(v.Float())) },
			func(a arrow.Array, i int, v reflect.Value) { v.SetFloat(float64(a.(*array.Float32).Value(i))) }}
	case reflect.Struct:
		return structCodec(t)
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return codec{arrow.BinaryTypes.Binary,
				func(b array.Builder, v reflect.Value) { b.(*array.BinaryBuilder).Append(v.Bytes()) },
				func(a arrow.Array, i int, v reflect.Value) { v.SetBytes(bytes.Clone(a.(*array.Binary).Value(i))) }}
		}
		return listCodec(t, label)
	}
	panic(fmt.Sprintf("output: no column type for %v", t))
}

var timeCodec = codec{arrow.FixedWidthTypes.Timestamp_us,
	func(b array.Builder, v reflect.Value) {
		if t := v.Interface().(time.Time); t.IsZero() {
			b.AppendNull()
		} else {
			b.(*array.TimestampBuilder).Append(arrow.Timestamp(t.UnixMicro()))
		}
	},
	func(a arrow.Array, i int, v reflect.Value) {
		if a.IsValid(i) {
			v.Set(reflect.ValueOf(time.UnixMicro(int64(a.(*array.Timestamp).Value(i))).UTC()))
		}
	}}

var labelCodec = codec{labelType,
	func(b array.Builder, v reflect.Value) {
		if err := b.(*array.BinaryDictionaryBuilder).AppendString(v.String()); err != nil {
			panic(err) // out of memory is the only way
		}
	},
	func(a arrow.Array, i int, v reflect.Value) {
		switch a := a.(type) {
		case *array.Dictionary:
			v.SetString(strings.Clone(a.Dictionary().(*array.String).Value(a.GetValueIndex(i))))
		case *array.String: // a reader may hand the plain values out
			v.SetString(strings.Clone(a.Value(i)))
		}
	}}

func pointerTo(c codec) codec {
	return codec{c.typ,
		func(b array.Builder, v reflect.Value) {
			if v.IsNil() {
				b.AppendNull()
			} else {
				c.append(b, v.Elem())
			}
		},
		func(a arrow.Array, i int, v reflect.Value) {
			if a.IsValid(i) {
				p := reflect.New(v.Type().Elem())
				c.read(a, i, p.Elem())
				v.Set(p)
			}
		}}
}

func structCodec(t reflect.Type) codec {
	cols := columnsOf(t)
	fields := make([]arrow.Field, len(cols))
	for i, c := range cols {
		fields[i] = arrow.Field{Name: c.name, Type: c.codec.typ, Nullable: c.nullable}
	}
	return codec{arrow.StructOf(fields...),
		func(b array.Builder, v reflect.Value) {
			sb := b.(*array.StructBuilder)
			sb.Append(true)
			for i, c := range cols {
				c.codec.append(sb.FieldBuilder(i), v.Field(c.index))
			}
		},
		func(a arrow.Array, i int, v reflect.Value) {
			sa := a.(*array.Struct)
			for k, c := range cols {
				c.codec.read(sa.Field(k), i, v.Field(c.index))
			}
		}}
}

func listCodec(t reflect.Type, label bool) codec {
	elem := codecOf(t.Elem(), label)
	return codec{arrow.ListOfNonNullable(elem.typ),
		func(b array.Builder, v reflect.Value) {
			lb := b.(*array.ListBuilder)
			lb.Append(true)
			values := lb.ValueBuilder()
			for i := range v.Len() {
				elem.append(values, v.Index(i))
			}
		},
		func(a arrow.Array, i int, v reflect.Value) {
			la := a.(*array.List)
			start, end := la.ValueOffsets(i)
			out := reflect.MakeSlice(t, int(end-start), int(end-start))
			for k := range out.Len() {
				elem.read(la.ListValues(), int(start)+k, out.Index(k))
			}
			v.Set(out)
		}}
}

// record turns rows into one Arrow record; the caller releases it.
func (t *Table[T]) record(rows []T) arrow.Record {
	b := array.NewRecordBuilder(memory.DefaultAllocator, t.schema)
	defer b.Release()
	b.Reserve(len(rows))
	for i := range rows {
		row := reflect.ValueOf(&rows[i]).Elem()
		for k, c := range t.columns {
			c.codec.append(b.Field(k), c.of(row))
		}
	}
	return b.NewRecord()
}

// rows reads a record back. Columns of the user's labels repeat what a list holds.
func (t *Table[T]) rows(rec arrow.Record) ([]T, error) {
	columns := t.columns
	for len(columns) > 0 && columns[len(columns)-1].fact != "" {
		columns = columns[:len(columns)-1]
	}
	n := int(rec.NumCols())
	for n > len(columns) && strings.HasPrefix(rec.ColumnName(n-1), LabelPrefix) {
		n--
	}
	if n != len(columns) {
		return nil, fmt.Errorf("table %s: %d columns, want %d", t.Name, n, len(columns))
	}
	out := make([]T, rec.NumRows())
	for k, c := range columns {
		if got := rec.ColumnName(k); got != c.name {
			return nil, fmt.Errorf("table %s: column %d is %q, want %q", t.Name, k, got, c.name)
		}
		col := rec.Column(k)
		for i := range out {
			c.codec.read(col, i, reflect.ValueOf(&out[i]).Elem().Field(c.index))
		}
	}
	return out, nil
}

// weight is roughly the memory of a row: its fixed part, its strings and lists.
func (t *Table[T]) weight(row *T) int {
	v := reflect.ValueOf(row).Elem()
	n := int(v.Type().Size())
	for _, c := range t.columns {
		switch f := v.Field(c.index); f.Kind() {
		case reflect.String:
			n += f.Len()
		case reflect.Slice:
			n += f.Len() * int(f.Type().Elem().Size())
		}
	}
	return n
}
