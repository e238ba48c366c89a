package duckdbtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"onrecord/output"
)

// TestEveryValue compares every value of every table and layer, as DuckDB reads it,
// with what our own reader makes of the file.
func TestEveryValue(t *testing.T) {
	dir, m := dataset(t)
	compared := map[string]int{}
	for _, f := range m.Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		var n int
		switch filepath.Base(f.Table) {
		case "documents":
			n = compareRows(t, output.Documents, path)
		case "statements":
			if f.Table == "statements" {
				n = compareRows(t, output.Statements, path)
			} else {
				n = compareRows(t, output.StatementLayer, path)
			}
		case "stances":
			if f.Table == "stances" {
				n = compareRows(t, output.Stances, path)
			} else {
				n = compareRows(t, output.StanceLayer, path)
			}
		case "speakers":
			if f.Table == "speakers" {
				n = compareRows(t, output.SpeakersWith(m.Labels), path)
			} else {
				n = compareRows(t, output.SpeakerLayer, path)
			}
		case "rejects":
			n = compareRows(t, output.Rejects, path)
		case "blocks":
			n = compareRows(t, output.BlockLayer, path)
		case "sentences":
			n = compareRows(t, output.SentenceLayer, path)
		case "tokens":
			n = compareRows(t, output.TokenLayer, path)
		case "tags":
			n = compareRows(t, output.TagLayer, path)
		case "entities":
			n = compareRows(t, output.EntityLayer, path)
		case "arcs":
			n = compareRows(t, output.ArcLayer, path)
		case "sources":
			n = compareRows(t, output.SourceLayer, path)
		case "tones":
			n = compareRows(t, output.ToneLayer, path)
		default:
			continue
		}
		compared[f.Table] += n
	}
	for _, table := range []string{"documents", "statements", "stances", "speakers", "rejects"} {
		if compared[table] == 0 {
			t.Errorf("nothing of %s was compared: %v", table, compared)
		}
	}
	if len(compared) < 12 {
		t.Errorf("only these were compared: %v", compared)
	}
}

// compareRows compares row by row, as JSON, and tells how many rows there are.
func compareRows[T any](t *testing.T, table *output.Table[T], path string) int {
	t.Helper()
	var ours bytes.Buffer
	w, err := table.NewWriter(&ours, output.JSONL)
	if err == nil {
		err = table.Read(path, w.Write)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(&ours)
	rows, err := open(t).Query(fmt.Sprintf("SELECT to_json(r)::VARCHAR FROM (FROM read_parquet('%s', hive_partitioning = false)) r", path))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for ; rows.Next(); n++ {
		var theirs string
		if err := rows.Scan(&theirs); err != nil {
			t.Fatal(err)
		}
		var got, want any
		if err := json.Unmarshal([]byte(theirs), &got); err != nil {
			t.Fatal(err)
		}
		if err := decoder.Decode(&want); err != nil {
			t.Fatalf("%s: DuckDB has more than %d rows: %v", table.Name, n, err)
		}
		if got, want := plain(got), plain(want); !reflect.DeepEqual(got, want) {
			t.Errorf("%s, row %d is to DuckDB\n%v\nto us\n%v", table.Name, n, got, want)
			return n
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if decoder.More() {
		t.Errorf("%s: DuckDB has %d rows, we have more", table.Name, n)
	}
	return n
}

// plain makes values of the two JSON dialects alike: numbers are as exact as
// float32, times are instants, an empty list is a list.
func plain(v any) any {
	switch v := v.(type) {
	case float64:
		return float32(v)
	case string:
		for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05-07"} {
			if at, err := time.Parse(layout, v); err == nil {
				return at.UTC()
			}
		}
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = plain(v[k])
		}
	}
	return v
}
