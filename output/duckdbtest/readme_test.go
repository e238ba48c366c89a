package duckdbtest

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeQueries runs every query of the README, as it stands, on the sample.
func TestReadmeQueries(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	queries := regexp.MustCompile("(?s)```sql\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	if len(queries) < 5 {
		t.Fatalf("README.md has %d queries", len(queries))
	}
	dir, _ := dataset(t)
	db := open(t)
	t.Chdir(dir + "/..")
	for _, q := range queries {
		rows, err := db.Query(q[1])
		if err != nil {
			t.Errorf("%v in\n%s", err, q[1])
			continue
		}
		n := 0
		for rows.Next() {
			n++
		}
		watched := strings.Contains(q[1], "target = '") // of somebody's own watch list: the sample has none
		if err := rows.Err(); err != nil || n == 0 && !watched {
			t.Errorf("%d rows, error %v, of\n%s", n, err, q[1])
		}
		rows.Close()
	}
	if _, err := os.Stat("check.csv"); err != nil {
		t.Error(err)
	}
}
