package corpus

import (
	"os"
	"strings"
	"testing"
)

func TestTextStandsAsItIs(t *testing.T) {
	text := "  " + prose + "\r\n\tIndented, with a line that\u00a0ends in spaces   \r\n\r\n“Quoted.”"
	tree(t, map[string]string{"a.txt": "\uFEFF" + text, "c": text})
	docs, rejects := decoded(t, Options{}, "a.txt", "c")
	if len(docs) != 2 || len(rejects) > 0 {
		t.Fatalf("documents %q, rejects %v", ids(docs), rejects)
	}
	for _, doc := range docs {
		if doc.Text != text || doc.Title != "" {
			t.Errorf("%s is %q with title %q\nwant %q", doc.ID, doc.Text, doc.Title, text)
		}
	}
}

func TestWhatAFileIsItsContentTells(t *testing.T) {
	object := `{"id": "x", "text": "` + said + `"}`
	for _, c := range []struct {
		file, content string
		format        Format
		reason        Reason // of the only record, if it is refused
		message       string
	}{
		{"a.txt", prose, PlainText, "", ""},
		{"a.md", prose, Markdown, "", ""},
		{"a.md", "<!-- note -->\n<div>" + prose, Markdown, "", ""},
		{"a.txt", "<b>Not</b> a page: " + prose, PlainText, "", ""},
		{"a.txt", "  <!-- x --><!DOCTYPE html><p>" + prose, HTML, "", ""},
		{"a.html", "<p>" + prose, HTML, "", ""},
		{"a", `<?xml version="1.0"?><html><p>` + prose, HTML, "", ""},
		{"a.jsonl", object, JSONLines, "", ""},
		{"a.txt", object, JSONLines, "", ""},
		{"a.txt", "{curly} " + prose, PlainText, "", ""},
		{"a.txt", "[Applause] " + prose, PlainText, "", ""},
		{"a.jsonl", "no object\n", JSONLines, Malformed, "byte"},
		{"a.json", "[\n  " + object + "\n]\n", JSONLines, Malformed, "jq -c '.[]'"},
		{"a.json", "[" + object + ",\n" + object + "]", JSONLines, Malformed, "jq -c '.[]'"},
		{"a.json", "{\n  \"text\": \"x\"\n}\n", JSONLines, Malformed, "jq -c ."},
		{"a.jsonl", "[1]\n", JSONLines, Malformed, "array"},
		{"a.txt", "", PlainText, EmptyText, "no words"},
		{"a.txt", "\n\n", PlainText, EmptyText, "no words"},
		{"a.txt", "text\x00more", PlainText, Binary, "NUL"},
		{"a.txt", prose + strings.Repeat(" ", detectBytes) + "\x00", PlainText, Binary, "NUL"},
		{"a.txt", strings.Repeat("ab\x02\x1b", 50), PlainText, Binary, "control"},
		{"a.txt", "%PDF-1.7\n%\xe2\xe3", PlainText, Binary, "pdftotext"},
		{"a.docx", "PK\x03\x04....", PlainText, Binary, "office"},
		{"a.parquet", "PAR1....", PlainText, Binary, "Parquet"},
		{"a.txt", strings.Repeat(prose, 20), PlainText, TooLarge, "2000"},
		{"a.txt", strings.Repeat(prose, 200), PlainText, TooLarge, "16000"},
	} {
		t.Run(c.file+" "+c.content[:min(20, len(c.content))], func(t *testing.T) {
			tree(t, map[string]string{c.file: c.content})
			opt := Options{MaxDocument: 2000}
			recs, _ := records(t, opt, c.file)
			if len(recs) != 1 {
				t.Fatalf("%d records, want 1", len(recs))
			}
			doc, reject := NewDecoder(opt).Decode(recs[0])
			switch {
			case recs[0].Format != c.format:
				t.Errorf("taken for %v, want %v", recs[0].Format, c.format)
			case c.reason == "" && doc == nil:
				t.Errorf("refused: %+v", reject)
			case c.reason != "" && (reject == nil || reject.Reason != c.reason || !strings.Contains(reject.Message, c.message)):
				t.Errorf("reject %+v, want %q with %q in its message", reject, c.reason, c.message)
			}
		})
	}
}

func TestAnEmptyNightIsNoError(t *testing.T) {
	tree(t, map[string]string{"day.jsonl": "", "blank.jsonl": "\n\n"})
	recs, inputs := records(t, Options{}, "day.jsonl", "blank.jsonl")
	if len(recs) != 0 || len(inputs) != 2 || !inputs[0].Complete || !inputs[1].Complete {
		t.Errorf("records %v, inputs %+v; want none, both complete", recs, inputs)
	}
}

func TestAFileThatGrowsIsNoticed(t *testing.T) {
	tree(t, map[string]string{"a.jsonl": day(2)})
	r, err := Open([]string{"a.jsonl"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("a.jsonl", []byte(day(3)), 0o644); err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := r.Next(t.Context()); err != nil {
			break
		}
	}
	if in := r.Inputs()[0]; in.Complete || in.Records != 3 {
		t.Errorf("input %+v; want 3 records, and not complete", in)
	}
}

func TestAFileThatCannotBeReadCostsItself(t *testing.T) {
	tree(t, map[string]string{"news/a.txt": prose, "news/b.txt": prose, "news/c.txt": prose})
	r, err := Open([]string{"news"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if bytes, known := r.Size(); bytes != int64(3*len(prose)) || !known {
		t.Errorf("size %d, %v", bytes, known)
	}
	if err := os.Remove("news/b.txt"); err != nil {
		t.Fatal(err)
	}
	var got []string
	for {
		rec, err := r.Next(t.Context())
		if err != nil {
			break
		}
		reason := ""
		if rec.Err != nil {
			reason = " " + string(rec.Err.Reason)
		}
		got = append(got, rec.URI+reason)
	}
	if want := "news/a.txt, news/b.txt unreadable, news/c.txt"; strings.Join(got, ", ") != want {
		t.Errorf("read %q, want %q", got, want)
	}
	if in := r.Inputs(); len(in) != 3 || in[1].Complete || in[1].Records != 1 || r.Read() != int64(2*len(prose)) {
		t.Errorf("inputs %+v, %d bytes read", in, r.Read())
	}
}

func TestNamesThatAreNotUTF8StayApart(t *testing.T) {
	tree(t, map[string]string{"news/a\xff.txt": prose, "news/a\xfe.txt": prose})
	docs, _ := decoded(t, Options{}, "news")
	if got := strings.Join(ids(docs), " "); got != "a%FE.txt a%FF.txt" {
		t.Errorf("ids %q", got)
	}
}
