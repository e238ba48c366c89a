package corpus

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

const said = "The minister said that the talks had been frank and that they would go on."

// decodeLine decodes one line of JSON.
func decodeLine(t *testing.T, opt Options, line string) (*Document, *Reject) {
	t.Helper()
	doc, reject := NewDecoder(opt).Decode(Record{
		URI: "in/day.jsonl", Root: "in", Number: 7, Offset: 100, Size: int64(len(line)), Format: JSONLines, Raw: []byte(line)})
	if (doc == nil) == (reject == nil) {
		t.Fatalf("document %v and reject %v; want one of them", doc, reject)
	}
	return doc, reject
}

func TestEveryFieldOfALineIsRead(t *testing.T) {
	doc, reject := decodeLine(t, Options{}, `{"id": "x-1", "text": "`+said+`\r\n“No,” he said.", "title": "Talks", "publisher": "Courier",
		"author": ["A. Lind", "B. Bray"], "published_at": "2026-03-14T18:42:00+01:00", "language": "en-GB", "url": "https://example.com/a", "other": {"text": "not this"}}`)
	if reject != nil {
		t.Fatal(reject)
	}
	want := Document{ID: "x-1", Text: said + "\r\n“No,” he said.", Meta: Meta{
		URI: "https://example.com/a", Title: "Talks", Publisher: "Courier", Author: "A. Lind, B. Bray", Language: "en",
		Published: time.Date(2026, 3, 14, 17, 42, 0, 0, time.UTC)}}
	want.Revision = Revision(want.Text)
	if fmt.Sprintf("%+v", *doc) != fmt.Sprintf("%+v", want) {
		t.Errorf("read %+v\nwant %+v", *doc, want)
	}
}

func TestALineWithoutAnIDIsKnownByItsPlace(t *testing.T) {
	doc, reject := decodeLine(t, Options{}, `{"text": "`+said+`", "id": null}`)
	if reject != nil || doc.ID != "day.jsonl#7" || doc.URI != "in/day.jsonl" {
		t.Errorf("document %+v, reject %v; want the id day.jsonl#7", doc, reject)
	}
}

func TestFieldsAreMapped(t *testing.T) {
	opt := Options{Fields: map[string]string{"text": "body", "id": "nr", "published_at": "day"}}
	doc, reject := decodeLine(t, opt, `{"nr": 12, "body": "`+said+`", "text": "Not this.", "day": "2026-03-14"}`)
	if reject != nil || doc.ID != "12" || doc.Text != said || doc.Published.Day() != 14 {
		t.Errorf("document %+v, reject %v; want the mapped fields", doc, reject)
	}
	if _, err := Open([]string{"-"}, Options{Fields: map[string]string{"txt": "body"}}); err == nil || !strings.Contains(err.Error(), `"txt"`) {
		t.Errorf("a field that does not exist gave %v; want an error that quotes it", err)
	}
}

func TestEscapesAreDecodedAsTheStandardLibraryDoes(t *testing.T) {
	for _, c := range []struct{ escaped, want string }{
		{`a\"b\\c\/d\b\f\n\r\te`, "a\"b\\c/d\b\f\n\r\te"},
		{`\u00e9\u20AC`, "é€"},
		{`\ud83d\ude00`, "😀"},
		{`\ud83d alone`, "\uFFFD alone"},
		{`\ude00\ud83d`, "\uFFFD\uFFFD"},
		{`\ud83d\u0041`, "\uFFFDA"},
		{`\ud83d\n`, "\uFFFD\n"},
		{`ends in \\`, `ends in \`},
	} {
		doc, reject := decodeLine(t, Options{}, `{"text": "`+said+` `+c.escaped+`"}`)
		if reject != nil || doc.Text != said+" "+c.want {
			t.Errorf("%s: %v %v, want %q", c.escaped, doc, reject, c.want)
		}
	}
}

func TestBadLinesAreRefusedOneByOne(t *testing.T) {
	long := strings.Repeat("word ", 300)
	for _, c := range []struct {
		name, line string
		reason     Reason
		message    string
	}{
		{"not JSON", `id: 5`, Malformed, "byte 1"},
		{"cut off", `{"text": "The minister`, Malformed, "ends within"},
		{"two values", `{"text": "a"} {"text": "b"}`, Malformed, "byte 15"},
		{"a list", `["text"]`, Malformed, "array"},
		{"null", `null`, Malformed, "null"},
		{"text of another type", `{"text": 5}`, Malformed, `"text" is 5`},
		{"text in a list", `{"text": ["a", "b"]}`, Malformed, `"text"`},
		{"id of another type", `{"id": {"a": 1}, "text": "` + said + `"}`, Malformed, `"id"`},
		{"authors of another type", `{"author": [{"name": "A"}], "text": "` + said + `"}`, Malformed, `"author"`},
		{"an endless id", `{"id": "` + long + `", "text": "` + said + `"}`, Malformed, `"id"`},
		{"a date of no date", `{"published_at": "lately", "text": "` + said + `"}`, Malformed, `"published_at"`},
		{"nothing", `{}`, EmptyText, `"text"`},
		{"an empty text", `{"text": ""}`, EmptyText, `"text"`},
		{"white space", `{"text": " \n\t"}`, EmptyText, "no words"},
		{"no words", `{"text": "--- 404 ---"}`, EmptyText, "no words"},
		{"control characters", `{"text": "` + strings.Repeat(`\u0000\u0001abc`, 20) + `"}`, Binary, "control"},
		{"an endless title", `{"title": "` + strings.Repeat(long, 4) + `", "text": "` + said + `"}`, TooLarge, "title"},
		{"too large", `{"text": "` + strings.Repeat(long, 10) + `"}`, TooLarge, "10000"},
		{"a control character as it is", "{\"text\": \"a\x01b\"}", Malformed, "byte"},
		{"deep", strings.Repeat(`{"a":`, 1_000_000), Malformed, "depth"},
		{"an empty page", `{"html": "<p></p>"}`, EmptyText, "main text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, r := decodeLine(t, Options{MaxDocument: 10_000}, c.line)
			if r == nil || r.Reason != c.reason || !strings.Contains(r.Message, c.message) {
				t.Fatalf("reject %+v; want %q with %q in its message", r, c.reason, c.message)
			}
			if r.URI != "in/day.jsonl" || r.Record != 7 || r.Offset != 100 || r.Size != int64(len(c.line)) || len(r.Digest) != 64 || r.Stage != "read" {
				t.Errorf("reject %+v does not say where the record stood", r)
			}
		})
	}
}

func TestLinesAreNumberedAndPlaced(t *testing.T) {
	in := "\uFEFF{\"text\": \"one\"}\r\n\n  \n{\"text\": \"two\"}\nnot json\n{\"text\": \"three\"}"
	recs, inputs := records(t, Options{Stdin: strings.NewReader(in)}, "-")
	var got []string
	for _, r := range recs {
		got = append(got, fmt.Sprintf("%d@%d:%s", r.Number, r.Offset, strings.TrimPrefix(string(r.Raw), "\uFEFF")))
	}
	want := []string{`1@0:{"text": "one"}`, `4@24:{"text": "two"}`, `5@40:not json`, `6@49:{"text": "three"}`}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("read %q\nwant %q", got, want)
	}
	if i := inputs[0]; i.URI != "-" || i.Records != 4 || i.Bytes != int64(len(in)) || !i.Complete {
		t.Errorf("input %+v; want 4 records, complete", i)
	}
}

func TestALineOverTheLimitCostsItself(t *testing.T) {
	huge := `{"text": "` + strings.Repeat("x", 3_000_000) + `"}`
	in := `{"text": "one"}` + "\n" + huge + "\n" + `{"text": "three"}` + "\n" + huge
	recs, _ := records(t, Options{MaxRecord: 1_000_000, Stdin: strings.NewReader(in)}, "-")
	if len(recs) != 4 || recs[1].Err == nil || recs[3].Err == nil || string(recs[2].Raw) != `{"text": "three"}` {
		t.Fatalf("records %+v; want the second and the fourth refused", recs)
	}
	r := recs[1].Err
	if r.Reason != TooLarge || r.Record != 2 || r.Size != int64(len(huge))+1 || r.Digest != Revision(huge+"\n") {
		t.Errorf("reject %+v; want its size and digest", r)
	}
}

// repeated is an endless input without its memory.
type repeated struct {
	line string
	left int
	at   int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.line[r.at:])
	if r.at += n; r.at == len(r.line) {
		r.at = 0
		r.left--
	}
	return n, nil
}

func TestReadingStreams(t *testing.T) {
	line := `{"text": "` + strings.Repeat("x", 10_000) + `"}` + "\n"
	r, err := Open([]string{"-"}, Options{Stdin: &repeated{line: line, left: 10_000}})
	if err != nil {
		t.Fatal(err)
	}
	before := heap()
	for n := range 10_000 {
		if _, err := r.Next(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n%1000 == 999 {
			if grown := heap() - before; grown > 4<<20 {
				t.Fatalf("the heap grew by %d bytes in %d records", grown, n+1)
			}
		}
	}
	if _, err := r.Next(t.Context()); err != io.EOF {
		t.Errorf("after the last record: %v", err)
	}
}
