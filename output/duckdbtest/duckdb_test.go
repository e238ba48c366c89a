// Package duckdbtest reads the dataset with an engine that shares no code with
// the one that wrote it.
package duckdbtest

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"

	"onrecord/output"
	"onrecord/pipeline"
	"onrecord/stages"
	"onrecord/stages/speaker"
)

const sample = "../../corpus/sample"

func dataset(t *testing.T) (dir string, m output.Manifest) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "out")
	// A text with runes of several widths: offsets in bytes would not survive it.
	extra := filepath.Join(t.TempDir(), "extra.jsonl")
	line, err := json.Marshal(map[string]string{"id": "é/1", "publisher": "Gazette", "published_at": "2026-11-20T10:00:00Z",
		"text": "Señora Ângela Põhl lobte — “très bien 👍,” she said. “We back the treaty,” Minister Ângela Põhl said in Genève on Monday."})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(extra, append(line, "\n{broken\n"...), 0o666); err != nil {
		t.Fatal(err)
	}
	people, err := speaker.ReadPeople(strings.NewReader("- {name: Ângela Põhl, labels: {desk: treaties, bloc: north}}\n- {name: Nobody Here, labels: {end: never}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := pipeline.Run(context.Background(), pipeline.Config{Inputs: []string{sample, extra}, Out: dir, Batch: "2026-11-23", Stages: stages.Options{People: people}})
	if err != nil {
		t.Fatal(err)
	}
	return dir, r.Manifest
}

func open(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func one[T any](t *testing.T, db *sql.DB, query string) T {
	t.Helper()
	var v T
	if err := db.QueryRow(query).Scan(&v); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

func files(dir, table string) string { return fmt.Sprintf("'%s/%s/**/*.parquet'", dir, table) }

// TestLabelsAreColumns promises a column for each label of the people file, with the value of
// the list beside it.
func TestLabelsAreColumns(t *testing.T) {
	dir, _ := dataset(t)
	db := open(t)
	speakers := files(dir, "speakers")
	if got := one[string](t, db, "SELECT label_desk || ' ' || label_bloc FROM "+speakers+" WHERE label_desk IS NOT NULL"); got != "treaties north" {
		t.Errorf("labels %q", got)
	}
	if n := one[int64](t, db, "SELECT count(*) FROM "+speakers+" WHERE label_end IS NOT NULL"); n != 0 {
		t.Errorf("%d speakers have a label that nobody there has", n)
	}
	if got := one[string](t, db, "SELECT map_from_entries(labels)['desk'] FROM "+speakers+" WHERE label_desk IS NOT NULL"); got != "treaties" {
		t.Errorf("the list says %q", got)
	}
}

func TestRowCounts(t *testing.T) {
	dir, m := dataset(t)
	db := open(t)
	want := map[string]int64{}
	for _, f := range m.Files {
		if strings.HasSuffix(f.Path, ".parquet") {
			want[f.Table] += f.Rows
		}
	}
	if want["documents"] == 0 || want["statements"] == 0 || want["stances"] == 0 || want["speakers"] == 0 || want["rejects"] != 1 {
		t.Fatalf("the dataset lacks rows: %v", want)
	}
	for table, n := range want {
		pattern := files(dir, table)
		if strings.HasPrefix(table, "_layers/") {
			pattern = fmt.Sprintf("'%s/%s/batch=2026-11-23/%s-*.parquet'", dir, filepath.Dir(table), filepath.Base(table))
		}
		if got := one[int64](t, db, "SELECT count(*) FROM "+pattern); got != n {
			t.Errorf("%s: DuckDB counts %d rows, we wrote %d", table, got, n)
		}
	}
}

func TestSpansCutTheContentOut(t *testing.T) {
	dir, _ := dataset(t)
	db := open(t)
	query := fmt.Sprintf(`SELECT count(*) FROM %s s JOIN %s d USING (doc_id) WHERE len(content_spans) = 1
		AND substr(d.text, content_spans[1].start + 1, content_spans[1]."end" - content_spans[1].start) %%s s.content`,
		files(dir, "statements"), files(dir, "documents"))
	if wrong := one[int64](t, db, fmt.Sprintf(query, "<>")); wrong != 0 {
		t.Errorf("%d contents are not the text at their spans", wrong)
	}
	if right := one[int64](t, db, fmt.Sprintf(query, "=")); right < 10 {
		t.Errorf("only %d contents were compared", right)
	}
	if n := one[int64](t, db, "SELECT count(*) FROM "+files(dir, "documents")+" WHERE chars <> length(text)"); n != 0 {
		t.Errorf("chars of %d documents is not their length", n)
	}
}

func TestTypes(t *testing.T) {
	dir, _ := dataset(t)
	db := open(t)
	for _, tt := range []struct{ table, column, want string }{
		{"documents", "published_at", "TIMESTAMP WITH TIME ZONE"},
		{"documents", "batch", "DATE"},
		{"documents", "text", "VARCHAR"},
		{"documents", "chars", "INTEGER"},
		{"statements", "content_spans", `STRUCT("start" INTEGER, "end" INTEGER)[]`},
		{"statements", "tone", "FLOAT"},
		{"statements", "tone_label", "VARCHAR"},
		{"statements", "stances", `STRUCT("target" VARCHAR, "label" VARCHAR, stance FLOAT)[]`},
		{"stances", "label", "VARCHAR"},
		{"speakers", "aliases", "VARCHAR[]"},
		{"rejects", "size", "BIGINT"},
	} {
		got := one[string](t, db, fmt.Sprintf("SELECT column_type FROM (DESCRIBE FROM %s) WHERE column_name = '%s'", files(dir, tt.table), tt.column))
		if got != tt.want {
			t.Errorf("%s.%s is %s to DuckDB, want %s", tt.table, tt.column, got, tt.want)
		}
	}
}

func TestValues(t *testing.T) {
	dir, m := dataset(t)
	db := open(t)
	for _, f := range m.Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		switch f.Table {
		case "statements":
			err := output.Statements.Read(path, func(rows []output.StatementRow) error {
				for _, r := range rows {
					var content, kind, how string
					var speaker, tone sql.NullString
					var confidence float32
					err := db.QueryRow(fmt.Sprintf("SELECT content, kind, speaker_how, speaker, tone_label, confidence FROM %s WHERE statement_id = '%s'",
						files(dir, "statements"), r.StatementID)).Scan(&content, &kind, &how, &speaker, &tone, &confidence)
					if err != nil {
						return err
					}
					if content != r.Content || kind != r.Kind || how != r.SpeakerHow || confidence != r.Confidence ||
						speaker.Valid != (r.Speaker != nil) || speaker.Valid && speaker.String != *r.Speaker || tone.String != *r.ToneLabel {
						t.Errorf("statement %s reads otherwise: %q %s %s %v %v", r.StatementID, content, kind, how, speaker, tone)
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		case "documents":
			err := output.Documents.Read(path, func(rows []output.DocumentRow) error {
				for _, r := range rows {
					var text, revision string
					err := db.QueryRow("SELECT text, revision FROM "+files(dir, "documents")+" WHERE doc_id = ?", r.DocID).Scan(&text, &revision)
					if err != nil {
						return err
					}
					if text != r.Text || revision != r.Revision {
						t.Errorf("document %s reads otherwise", r.DocID)
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}
