package output

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onrecord/corpus"
)

// rows of a batch as they can be damaged before they are written.
type batchRows struct {
	rows   Rows
	counts Counts
	folder string
}

// publishRows publishes rows as they are, whatever they say.
func publishRows(t *testing.T, damage func(*batchRows)) *Dataset {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	b := batchRows{folder: dir}
	for i, text := range []string{"Nora Blythe said the pièr would close.", "The pier stays, Tom Arkwright said."} {
		if err := b.rows.Add(smallDocument(string(rune('a'+i)), text)); err != nil {
			t.Fatal(err)
		}
	}
	b.rows.AddReject(corpus.Reject{URI: "x.txt", Stage: "read", Reason: corpus.EmptyText, Offset: -1, Size: -1})
	b.counts = Counts{Records: 3, Rejects: 1}
	tally := Tally{}
	tally.rows(&b.rows)
	for _, p := range tally {
		b.counts.Add(p.Counts)
	}
	damage(&b)
	data, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	s, err := data.Begin("2026-11-22", []byte("{}"), nil)
	if err != nil {
		t.Fatal(err)
	}
	info := ChunkInfo{Key: "k"}
	if err := data.disk.writeDurable(s.path(0), func(w io.Writer) error { return info.write(w, &b.rows) }); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Publish(t.Context(), Manifest{Plan: []byte("{}"), Counts: b.counts}, 1, RunInfo{}); err != nil {
		t.Fatal(err)
	}
	return data
}

// TestVerifyFindsEveryKindOfDamage makes each kind and wants exactly its finding.
func TestVerifyFindsEveryKindOfDamage(t *testing.T) {
	far := float32(7)
	strange := "furious"
	nobody := "ffffffffffffffff"
	tests := []struct {
		name  string
		rows  func(*batchRows)               // damage that is written and digested like everything else
		files func(t *testing.T, dir string) // damage to what was written
		want  FindingKind
		says  string
	}{
		{name: "equation", rows: func(b *batchRows) { b.counts.Records++ }, want: BadEquation, says: "4 records"},
		{name: "count", rows: func(b *batchRows) { b.counts.Stances++ }, want: RowCount, says: "stances"},
		{name: "content", rows: func(b *batchRows) { b.rows.Statements[0].Content = "other words" }, want: BadContent, says: "content"},
		{name: "cue", rows: func(b *batchRows) { b.rows.Statements[1].Cue = "said" }, want: BadContent, says: "cue"},
		{name: "span", rows: func(b *batchRows) { b.rows.Statements[0].SourceSpans = []SpanValue{{2, 999}} }, want: BadSpan, says: "source"},
		{name: "target", rows: func(b *batchRows) { b.rows.Stances[0].TargetSpans = []SpanValue{{-1, 2}} }, want: BadSpan, says: "tariffs"},
		{name: "layer", rows: func(b *batchRows) { b.rows.Tokens[1].Items = []SpanValue{{0, 9999}} }, want: BadSpan, says: "layer tokens"},
		{name: "layer's vocabulary", rows: func(b *batchRows) { b.rows.Tones[0].Items[0].Label = strange }, want: BadSpan, says: strange},
		{name: "statement without document", rows: func(b *batchRows) {
			b.rows.Statements[1].DocID = "z"
			b.rows.Stances = b.rows.Stances[:1]
			b.counts.Stances = 1
		}, want: BadReference, says: `document "z"`},
		{name: "stance without statement", rows: func(b *batchRows) { b.rows.Stances[1].StatementID = nobody }, want: BadReference, says: nobody},
		{name: "revision", rows: func(b *batchRows) { b.rows.Documents[1].Revision = corpus.Revision("other") }, want: BadContent, says: "revision"},
		{name: "superseded", rows: func(b *batchRows) { b.rows.Documents[1].RevisionNumber = 3 }, want: BadReference, says: "revision 3"},
		{name: "confidence", rows: func(b *batchRows) { b.rows.Statements[0].Confidence = far }, want: OutOfRange, says: "7"},
		{name: "tone", rows: func(b *batchRows) { b.rows.Statements[0].Tone = &far }, want: OutOfRange, says: "7"},
		{name: "stance", rows: func(b *batchRows) { b.rows.Stances[0].Stance = -far }, want: OutOfRange, says: "-7"},
		{name: "kind", rows: func(b *batchRows) { b.rows.Statements[0].Kind = strange }, want: BadVocabulary, says: strange},
		{name: "tone label", rows: func(b *batchRows) { b.rows.Statements[0].ToneLabel = &strange }, want: BadVocabulary, says: strange},
		{name: "reason", rows: func(b *batchRows) { b.rows.Rejects[0].Reason = strange }, want: BadVocabulary, says: strange},
		{name: "stance label", rows: func(b *batchRows) { b.rows.Stances[0].Label = strange }, want: BadVocabulary, says: strange},
		{name: "missing", files: func(t *testing.T, dir string) { check(t, os.Remove(part(t, dir, "stances"))) }, want: FileMissing, says: "stances"},
		{name: "flipped", files: func(t *testing.T, dir string) { flip(t, part(t, dir, "statements")) }, want: FileDamaged, says: "statements"},
		{name: "flipped known", files: func(t *testing.T, dir string) { flip(t, filepath.Join(dir, "_runs/2026-11-22/known")) }, want: FileDamaged, says: "known"},
		{name: "longer", files: func(t *testing.T, dir string) {
			write(t, dir, map[string][]byte{rel(t, dir, part(t, dir, "rejects")): []byte("x")})
		}, want: FileDamaged, says: "rejects"},
		{name: "unreadable", files: func(t *testing.T, dir string) {
			path := part(t, dir, "documents")
			check(t, os.Remove(path))
			check(t, os.Mkdir(path, 0o777))
		}, want: FileUnread, says: "documents"},
		{name: "unknown", files: func(t *testing.T, dir string) {
			write(t, dir, map[string][]byte{"statements/batch=2026-11-22/part-00001-00000000.parquet": nil})
		}, want: FileUnknown, says: "part-00001"},
		{name: "unknown batch", files: func(t *testing.T, dir string) {
			write(t, dir, map[string][]byte{"statements/batch=2026-11-23/part-00000-00000000.parquet": nil})
		}, want: FileUnknown, says: "batch=2026-11-23"},
		{name: "unknown layer", files: func(t *testing.T, dir string) { write(t, dir, map[string][]byte{"_layers/tag/x": nil}) }, want: FileUnknown, says: "tag"},
		{name: "beside the manifest", files: func(t *testing.T, dir string) { write(t, dir, map[string][]byte{"_runs/2026-11-22/notes": nil}) }, want: FileUnknown, says: "notes"},
		{name: "unfinished", files: func(t *testing.T, dir string) {
			write(t, dir, map[string][]byte{"_staging/2026-11-23/publish.json": []byte("{}")})
		}, want: Unpublished, says: "publish.json"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.rows == nil {
				tt.rows = func(*batchRows) {}
			}
			data := publishRows(t, tt.rows)
			if tt.files != nil {
				tt.files(t, data.dir)
			}
			found, err := data.Verify(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			hit := slices.ContainsFunc(found, func(f Finding) bool { return f.Kind == tt.want && strings.Contains(f.String(), tt.says) })
			for _, f := range found {
				if f.Kind != tt.want {
					hit = false
				}
			}
			if !hit {
				t.Errorf("findings %v, want only %q that says %q", found, tt.want, tt.says)
			}
		})
	}
	t.Run("nothing", func(t *testing.T) {
		if found, err := publishRows(t, func(*batchRows) {}).Verify(context.Background()); err != nil || len(found) > 0 {
			t.Errorf("findings %v, error %v", found, err)
		}
	})
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// part is the first file of a table.
func part(t *testing.T, dir, table string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, table, "*", "part-*"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no file of %s: %v", table, err)
	}
	return found[0]
}

func rel(t *testing.T, dir, path string) string {
	t.Helper()
	out, err := filepath.Rel(dir, path)
	check(t, err)
	return out
}

func flip(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	check(t, err)
	b[len(b)/2] ^= 1
	check(t, os.WriteFile(path, b, 0o666))
}
