package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"strings"
)

// detectBytes of the decompressed input are looked at.
const detectBytes = 8 << 10

// detect tells what an input is. What the content says beyond doubt wins; the
// name decides where a text may be read in several ways. A refusal says what
// the input is instead.
func detect(name string, head []byte) (Format, error) {
	for _, f := range foreign {
		if bytes.HasPrefix(head, []byte(f.magic)) {
			return PlainText, &refusal{Binary, fmt.Sprintf("%s, not text; %s", f.name, f.hint)}
		}
	}
	ext := extension(name)
	if text, err := decodeText(head, ""); err == nil {
		head = []byte(text)
	}
	head = bytes.TrimLeft(head, " \t\r\n\uFEFF")
	switch {
	case certainlyHTML(head):
		return HTML, nil
	case ext == ".jsonl" || ext == ".ndjson" || ext == ".json", objectStarts(head):
		return JSONLines, oneObjectALine(head)
	case bytes.IndexByte(head, 0) >= 0:
		return PlainText, &refusal{Binary, "NUL bytes, which text does not have; give the text itself"}
	case ext == ".html" || ext == ".htm" || ext == ".xhtml":
		return HTML, nil
	case ext == ".md" || ext == ".markdown":
		return Markdown, nil
	}
	return PlainText, nil
}

// extension is the file name's, below that of its compression.
func extension(name string) string {
	name = strings.ToLower(name)
	for _, c := range []string{".gz", ".zst", ".zstd"} {
		name = strings.TrimSuffix(name, c)
	}
	return path.Ext(name)
}

// foreign are formats that look like text to nobody but may well lie in a
// folder of articles.
var foreign = []struct{ magic, name, hint string }{
	{"%PDF-", "a PDF", "extract its text first, for instance with pdftotext"},
	{"PK\x03\x04", "a ZIP archive or an office document", "unpack it, or save it as text"},
	{"\xd0\xcf\x11\xe0", "an old office document", "save it as text"},
	{"{\\rtf", "an RTF document", "save it as text"},
	{"\x1f\x8b", "gzip within gzip", "unpack it once"},
	{"\x28\xb5\x2f\xfd", "zstd within a compressed file", "unpack it once"},
	{"BZh", "a bzip2 file", "unpack it, or compress it with gzip or zstd"},
	{"\xfd7zXZ\x00", "an xz file", "unpack it, or compress it with gzip or zstd"},
	{"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it"},
	{"PAR1", "Parquet", "export it as JSON lines"},
	{"WARC/", "a WARC archive", "extract its pages first"},
	{"\x89PNG", "an image", "remove it from the input"},
	{"\xff\xd8\xff", "an image", "remove it from the input"},
	{"GIF8", "an image", "remove it from the input"},
}

// certainlyHTML reports whether a page begins here. Markdown and plain text may
// begin with a tag or a comment, hence only what opens a document counts.
func certainlyHTML(head []byte) bool {
	for {
		rest, comment := bytes.CutPrefix(head, []byte("<!--"))
		if !comment {
			break
		}
		_, after, closed := bytes.Cut(rest, []byte("-->"))
		if !closed {
			return false
		}
		head = bytes.TrimLeft(after, " \t\r\n")
	}
	start := bytes.ToLower(head[:min(len(head), 512)])
	for _, tag := range []string{"<!doctype html", "<html", "<head>", "<body"} {
		if bytes.HasPrefix(start, []byte(tag)) {
			return true
		}
	}
	return bytes.HasPrefix(start, []byte("<?xml")) && bytes.Contains(start, []byte("<html"))
}

// objectStarts reports whether a JSON object with a first member, or a list of
// such objects, begins here.
func objectStarts(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte("["))
	rest, ok := bytes.CutPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("{"))
	rest = bytes.TrimLeft(rest, " \t\r\n")
	return ok && len(rest) > 0 && (rest[0] == '"' || rest[0] == '}')
}

// oneObjectALine refuses JSON that is laid out otherwise: as a list, or with one
// object over several lines. Line by line every line of it would be a bad record.
func oneObjectALine(head []byte) error {
	line, rest, _ := bytes.Cut(head, []byte("\n"))
	line, rest = bytes.TrimSpace(line), bytes.TrimSpace(rest)
	switch {
	case bytes.HasPrefix(line, []byte("[")) && objectStarts(head) && (len(rest) == 0 || !json.Valid(line)):
		return &refusal{Malformed, "a JSON list, where one object a line is expected; convert it with: jq -c '.[]'"}
	case bytes.Equal(line, []byte("{")) && !bytes.HasPrefix(rest, []byte("{")):
		return &refusal{Malformed, "a JSON object over several lines, where one object a line is expected; convert it with: jq -c ."}
	}
	return nil
}
