package corpus

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// checkInput reads an input twice and decodes it: the same both times, one
// document or one reject a record, everything valid UTF-8.
func checkInput(t *testing.T, raw []byte) []Record {
	opt := Options{MaxDocument: 1 << 16, MaxRecord: 1 << 18}
	var results [2][]any
	var recs []Record
	for i := range results {
		opt.Stdin = bytes.NewReader(raw)
		var inputs []Input
		recs, inputs = records(t, opt, "-")
		if inputs[0].Bytes != int64(len(raw)) || inputs[0].SHA256 != Revision(string(raw)) || inputs[0].Records != int64(len(recs)) {
			t.Fatalf("input %+v of %d bytes, %d records", inputs[0], len(raw), len(recs))
		}
		d := NewDecoder(opt)
		for _, rec := range recs {
			doc, reject := d.Decode(rec)
			results[i] = append(results[i], checkResult(t, rec, doc, reject, opt))
		}
	}
	if !reflect.DeepEqual(results[0], results[1]) {
		t.Fatalf("read once %+v\nand once %+v", results[0], results[1])
	}
	return recs
}

func checkResult(t *testing.T, rec Record, doc *Document, reject *Reject, opt Options) any {
	if (doc == nil) == (reject == nil) {
		t.Fatalf("record %d: document %v and reject %v; want one of them", rec.Number, doc, reject)
	}
	if reject != nil {
		if reject.Reason == "" || reject.Stage != "read" || strings.Contains(reject.Message, "\n") || strings.Contains(reject.Message, "panicked") || !utf8.ValidString(reject.Message) {
			t.Fatalf("reject %+v", reject)
		}
		return *reject
	}
	for _, s := range []string{doc.ID, doc.URI, doc.Title, doc.Author, doc.Publisher, doc.Language, doc.Text} {
		if !utf8.ValidString(s) {
			t.Fatalf("not UTF-8: %q", s)
		}
	}
	if doc.ID == "" || doc.Revision != Revision(doc.Text) || doc.Text == "" || int64(len(doc.Text)) > opt.MaxDocument {
		t.Fatalf("document %+v", doc)
	}
	return *doc
}

func FuzzText(f *testing.F) {
	for _, s := range []string{prose, "\uFEFF" + prose, "\xff\xfeT\x00h\x00e\x00", "caf\xe9 said the minister", "\x00", "[Applause]", "<!doctype html>", "{\"", "%PDF-", ""} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) { checkInput(t, raw) })
}

func FuzzJSONL(f *testing.F) {
	for _, s := range []string{day(3), `{"text": "\ud83d", "id": 5}`, `{"text": "` + said + `", "published_at": "2026-01-31"}` + "\r\n\n{}", `{"html": "<p>` + said + `"}`, `{"author": ["a", 1]}`, "{\"a\":\xff}", "null"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		checkInput(t, raw)
		checkObject(t, raw)
	})
}

// checkObject compares our reading of an object with encoding/json's.
func checkObject(t *testing.T, raw []byte) {
	var want map[string]any
	if !utf8.Valid(raw) {
		return
	}
	if err := json.Unmarshal(raw, &want); err != nil {
		want = nil
	}
	got := map[string]any{}
	err := eachMember(raw, func(name string, value []byte) {
		var v any
		if value[0] == '"' {
			v = unquote(value)
		} else if err := json.Unmarshal(value, &v); err != nil {
			t.Fatalf("the value %q of %q: %v", value, name, err)
		}
		got[name] = v
	})
	if err == nil && want != nil && !reflect.DeepEqual(got, want) {
		t.Fatalf("read %v\nwant %v", got, want)
	}
	if (err == nil) != (want != nil) && string(bytes.TrimSpace(raw)) != "null" {
		var number *json.UnmarshalTypeError
		if !asNumberError(raw, &number) {
			t.Fatalf("error %v, where encoding/json gives %v", err, want)
		}
	}
}

// asNumberError reports whether the object has a number that no float64 holds,
// which is an error only to those who want it as one.
func asNumberError(raw []byte, target **json.UnmarshalTypeError) bool {
	var v map[string]any
	err, ok := json.Unmarshal(raw, &v).(*json.UnmarshalTypeError)
	*target = err
	return ok && strings.HasPrefix(err.Value, "number")
}

func FuzzHTML(f *testing.F) {
	for _, s := range []string{"<p>" + prose, "<html><head><title>T</title><script type='application/ld+json'>{\"@type\":\"Article\",\"author\":[[1]]}</script>", "<table><tr><td>" + prose, "<pre>a\n\nb</pre><br><br>", "<meta charset=utf-16><p>x", "<svg><p><template>" + prose} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) { checkInput(t, append([]byte("<!doctype html><html><body>"), raw...)) })
}

func FuzzDecompress(f *testing.F) {
	f.Add([]byte(gzipped(f, day(3))))
	f.Add([]byte(zstded(f, day(3))))
	f.Add([]byte(gzipped(f, prose) + "\x00\x00"))
	f.Add([]byte(gzipped(f, gzipped(f, prose))))
	f.Add([]byte(gzipMagic))
	f.Add([]byte(zstdMagic))
	f.Fuzz(func(t *testing.T, raw []byte) {
		checkInput(t, raw)
		// Compressed and whole, the same bytes are the same records.
		if len(raw) > 0 && !bytes.HasPrefix(raw, gzipMagic) && !bytes.HasPrefix(raw, zstdMagic) {
			plain, packed := checkInput(t, raw), checkInput(t, []byte(gzipped(t, string(raw))))
			if len(plain) != len(packed) {
				t.Fatalf("%d records as they are, %d compressed", len(plain), len(packed))
			}
		}
	})
}
