package output

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"onrecord/corpus"
)

// holds is rapid.Check, with fewer documents under the race detector: it is slow, and
// one goroutine has no race to show.
func holds(t *testing.T, property func(*rapid.T)) {
	if checks := flag.Lookup("rapid.checks"); raceDetector && checks != nil && checks.Value.String() == checks.DefValue {
		if err := checks.Value.Set("20"); err != nil {
			t.Fatal(err)
		}
		defer checks.Value.Set(checks.DefValue)
	}
	rapid.Check(t, property)
}

func writeFile[T any](t testing.TB, table *Table[T], f Format, rows []T) string {
	t.Helper()
	var b bytes.Buffer
	w, err := table.NewWriter(&b, f)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), table.Name)
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func readFile[T any](t testing.TB, table *Table[T], path string) []T {
	t.Helper()
	var out []T
	if err := table.Read(path, func(rows []T) error { out = append(out, rows...); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

// drawDocument draws a document with every layer, over a text with runes of all widths.
func drawDocument(t *rapid.T) *corpus.Document {
	text := rapid.StringMatching(`([a-zé“”漢𝒳 \n]){1,80}`).Draw(t, "text")
	var borders []int32
	for i := range text {
		borders = append(borders, int32(i))
	}
	borders = append(borders, int32(len(text)))
	span := rapid.Custom(func(t *rapid.T) corpus.Span {
		a := rapid.IntRange(0, len(borders)-1).Draw(t, "a")
		b := rapid.IntRange(a, len(borders)-1).Draw(t, "b")
		return corpus.Span{Start: borders[a], End: borders[b]}
	})
	spans := func(name string, least int) []corpus.Span {
		return orNil(rapid.SliceOfN(span, least, 3).Draw(t, name))
	}
	unit := rapid.Float32Range(-1, 1)
	name := rapid.StringMatching(`[A-Z][a-zé]{0,6}( [A-Z][a-z]{1,6})?`)
	terms := func() []corpus.Term {
		var out []corpus.Term
		for _, s := range spans("terms", 0) {
			out = append(out, corpus.Term{Span: s, Weight: unit.Draw(t, "weight")})
		}
		return out
	}
	doc := &corpus.Document{ID: name.Draw(t, "id"), Text: text, Revision: corpus.Revision(text)}
	if doc.Number = rapid.Int32Range(1, 3).Draw(t, "number"); doc.Number > 1 {
		doc.Replaces = corpus.Revision("before " + text)
	}
	doc.Meta = corpus.Meta{URI: "a/b.txt", Title: name.Draw(t, "title"), Publisher: "Gazette", Language: "en",
		Published: time.UnixMicro(rapid.Int64Range(1, 4e15).Draw(t, "at")).UTC()}
	doc.Blocks = []corpus.Block{{Span: span.Draw(t, "block"), Kind: corpus.Headline, Rule: "title"}}
	doc.Tokens = make([]corpus.Span, 0)
	for i := 1; i < len(borders); i += rapid.IntRange(1, 9).Draw(t, "gap") {
		doc.Tokens = append(doc.Tokens, corpus.Span{Start: borders[i-1], End: borders[i]})
	}
	n := int32(len(doc.Tokens))
	doc.Sentences = []corpus.Span{{Start: 0, End: n}}
	doc.Tags, doc.Arcs = []corpus.Tag{}, []corpus.Arc{}
	for i := range n {
		doc.Tags = append(doc.Tags, corpus.Tag(rapid.IntRange(0, corpus.NumTags-1).Draw(t, "tag")))
		doc.Arcs = append(doc.Arcs, corpus.Arc{Head: i - 1, Relation: corpus.Relation(rapid.IntRange(0, corpus.NumRelations-1).Draw(t, "rel"))})
	}
	doc.Entities = []corpus.Entity{{Span: corpus.Span{Start: 0, End: n}, Kind: corpus.Place}}
	doc.Speakers = []corpus.Speaker{{ID: "0123456789abcdef", Name: name.Draw(t, "speaker"), Kind: corpus.KindPerson,
		Roles: []string{"Mayor"}, Mentions: spans("mentions", 0), Members: []int32{0}, Facts: []corpus.Fact{{Name: "party", Value: name.Draw(t, "party")}}}}
	doc.Statements, doc.Sources, doc.Tones, doc.Stances = []corpus.Statement{}, []corpus.Source{}, []corpus.Tone{}, []corpus.Stance{}
	for i := range rapid.IntRange(0, 3).Draw(t, "statements") {
		doc.Statements = append(doc.Statements, corpus.Statement{Kind: corpus.Mixed, Content: spans("content", 1),
			Cue: spans("cue", 0), Source: spans("source", 0), Confidence: unit.Draw(t, "confidence"), Rule: "clause"})
		doc.Sources = append(doc.Sources, corpus.Source{Speaker: int32(i%2) - 1, How: corpus.HowSurname, Role: "Mayor", Rule: "last"})
		doc.Tones = append(doc.Tones, corpus.Tone{Score: unit.Draw(t, "score"), Label: corpus.Negative, Terms: terms(), Bayes: corpus.Positive})
		doc.Stances = append(doc.Stances, corpus.Stance{Statement: int32(i), Target: "tariffs", TargetID: "fedcba9876543210",
			TargetSpans: spans("target", 0), Score: unit.Draw(t, "stance"), Label: corpus.Oppose, Terms: terms()})
	}
	doc.Labels = []corpus.Label{{Name: "irony", Scope: corpus.OnStatement, Value: "yes", Score: unit.Draw(t, "label")}}
	return doc
}

func TestLayersComeBackAsTheyWere(t *testing.T) {
	for _, f := range []Format{Parquet, Arrow} {
		t.Run(string(f), func(t *testing.T) {
			holds(t, func(rt *rapid.T) {
				var rows Rows
				var want, got []*corpus.Document
				for range rapid.IntRange(1, 3).Draw(rt, "documents") {
					doc := drawDocument(rt)
					if err := rows.Add(doc); err != nil {
						rt.Fatal(err)
					}
					want = append(want, doc)
					bare := rows.Documents[len(rows.Documents)-1].Document()
					got = append(got, bare)
				}
				for _, s := range layers {
					path := writeSheet(t, s, f, &rows)
					err := s.read(path, func(r *Rows, n int) error { return s.restore(got, r) })
					if err != nil {
						rt.Fatalf("%s: %v", s.name, err)
					}
				}
				for i := range want {
					if !reflect.DeepEqual(got[i], want[i]) {
						rt.Fatalf("document %d came back as\n%+v, was\n%+v", i, got[i], want[i])
					}
				}
			})
		})
	}
}

func writeSheet(t testing.TB, s sheet, f Format, rows *Rows) string {
	t.Helper()
	var b bytes.Buffer
	write, closeFile, err := s.writer(&b, f)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := write(rows); err != nil {
		t.Fatal(err)
	}
	if err := closeFile(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), s.name)
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTablesComeBackAsTheyWere(t *testing.T) {
	for _, f := range []Format{Parquet, Arrow} {
		t.Run(string(f), func(t *testing.T) {
			holds(t, func(rt *rapid.T) {
				var rows Rows
				if err := rows.Add(drawDocument(rt)); err != nil {
					rt.Fatal(err)
				}
				rows.AddReject(corpus.Reject{URI: "x.txt", Record: 2, Stage: "read", Reason: corpus.EmptyText, Message: "no words", Offset: -1, Size: 3})
				totals := speakerTotals{}
				for i := range rows.Statements {
					totals.add(&rows.Statements[i], true)
				}
				comeBack(t, rt, Documents, f, rows.Documents)
				comeBack(t, rt, Statements, f, rows.Statements)
				comeBack(t, rt, Stances, f, rows.Stances)
				comeBack(t, rt, Rejects, f, rows.Rejects)
				comeBack(t, rt, Speakers, f, totals.rows())
			})
		})
	}
}

func comeBack[T any](t testing.TB, rt *rapid.T, table *Table[T], f Format, want []T) {
	got := readFile(t, table, writeFile(t, table, f, want))
	if len(got) != len(want) {
		rt.Fatalf("%s: %d rows came back of %d", table.Name, len(got), len(want))
	}
	var a, b bytes.Buffer
	for buf, rows := range map[*bytes.Buffer][]T{&a: want, &b: got} {
		w, err := table.NewWriter(buf, JSONL)
		if err == nil {
			err = w.Write(rows)
		}
		if err != nil {
			rt.Fatal(err)
		}
	}
	if a.String() != b.String() {
		rt.Fatalf("%s came back as\n%swas\n%s", table.Name, b.String(), a.String())
	}
}

func TestOneTableIsAlwaysTheSameBytes(t *testing.T) {
	var rows []StatementRow
	for i := range 5000 {
		tone := float32(i%7)/7 - 0.5
		label := corpus.Polarity(i%3 - 1).String()
		rows = append(rows, StatementRow{StatementID: "a", DocID: "d", Publisher: string(rune('a' + i%26)), Kind: "direct",
			Content: "words", ContentSpans: []SpanValue{{int32(i), int32(i + 5)}}, Tone: &tone, ToneLabel: &label})
	}
	var want []byte
	for range 40 {
		got, err := os.ReadFile(writeFile(t, Statements, Parquet, rows))
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) {
			t.Fatal("the same rows gave two different files")
		}
	}
}
