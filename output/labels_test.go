package output

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestLabelsOfTheUserAreColumns promises that each label is a column, null where nothing is
// said, that the rows come back as they were, and that the bytes are the same each time.
func TestLabelsOfTheUserAreColumns(t *testing.T) {
	rows := []SpeakerRow{
		{SpeakerID: "1", Speaker: "Marta Olsen", Kind: "person", Roles: []string{}, Aliases: []string{},
			Labels: []FactValue{{"desk", "rates"}, {"later", "x"}}},
		{SpeakerID: "2", Speaker: "Erik Holm", Kind: "person", Roles: []string{}, Aliases: []string{}, Labels: []FactValue{}},
	}
	for _, format := range []Format{Parquet, Arrow, JSONL, CSV} {
		t.Run(string(format), func(t *testing.T) {
			var first []byte
			for range 3 {
				var b bytes.Buffer
				w, err := SpeakersWith([]string{"desk", "end"}).NewWriter(&b, format)
				if err != nil {
					t.Fatal(err)
				}
				if err := w.Write(rows); err != nil {
					t.Fatal(err)
				}
				if err := w.Close(); err != nil {
					t.Fatal(err)
				}
				if first != nil && !bytes.Equal(first, b.Bytes()) {
					t.Fatal("the same rows became other bytes")
				}
				first = b.Bytes()
			}
			switch format {
			case JSONL:
				lines := strings.Split(string(first), "\n")
				if !strings.HasSuffix(lines[0], `"label_desk":"rates","label_end":null}`) || !strings.HasSuffix(lines[1], `"label_desk":null,"label_end":null}`) {
					t.Errorf("lines %q", lines)
				}
				return
			case CSV:
				lines := strings.Split(string(first), "\n")
				if !strings.HasSuffix(lines[0], ",label_desk,label_end") || !strings.HasSuffix(lines[1], ",rates,") {
					t.Errorf("lines %q", lines)
				}
				return
			}
			path := filepath.Join(t.TempDir(), "speakers")
			if err := os.WriteFile(path, first, 0o600); err != nil {
				t.Fatal(err)
			}
			for _, table := range []*Table[SpeakerRow]{Speakers, SpeakersWith([]string{"other"})} {
				var got []SpeakerRow
				if err := table.Read(path, func(r []SpeakerRow) error { got = append(got, r...); return nil }); err != nil {
					t.Fatal(err)
				}
				if !reflect.DeepEqual(got, rows) {
					t.Errorf("got %+v\nwant %+v", got, rows)
				}
			}
		})
	}
	if SpeakersWith(nil) != Speakers {
		t.Error("without labels the table is another")
	}
}
