package corpus

import (
	"path/filepath"
	"strings"
)

// Format is how an input holds its documents.
type Format uint8

const (
	PlainText Format = iota // one document a file
	Markdown                // one document a file, its text without the markup
	HTML                    // one document a file
	JSONLines               // one document a line
)

var formatNames = []string{"text", "markdown", "html", "jsonl"}

func (f Format) String() string { return name(formatNames, int(f)) }

// Record is one document as read, not yet decoded. Records come in input order
// and are numbered before any stage sees them, so that a bad one never moves its
// neighbours.
type Record struct {
	URI    string  // the input: a path, or "-" for standard input
	Root   string  // the folder below which URI names the document
	Number int64   // 1-based; in JSON lines the number of the line, blank lines counted
	Offset int64   // where it begins in the decompressed input, in bytes
	Size   int64   // in bytes; -1 if the record was too large to read to its end
	Format Format  // of the input
	Raw    []byte  // as read, decompressed; nil if Err is set
	Err    *Reject // why the record could not be read
}

// path is the name of the input below the corpus root, with slashes.
func (r Record) path() string {
	rel, err := filepath.Rel(r.Root, r.URI)
	if err != nil || r.Root == "" {
		rel = r.URI
	}
	return filepath.ToSlash(rel)
}

// refuse makes a Reject that remembers where the record stood.
func (r Record) refuse(reason Reason, message string) *Reject {
	return &Reject{
		URI: r.URI, Record: r.Number, Stage: "read",
		Reason: reason, Message: message,
		Offset: r.Offset, Size: r.Size,
	}
}

// printable makes a file name fit for tables: bytes that are not UTF-8 are
// written %FF, so that two such names stay two names.
func printable(path string) string {
	valid := strings.ToValidUTF8(path, "\x00")
	if valid == path {
		return path
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i, r := range path {
		if r == '\uFFFD' && !strings.HasPrefix(path[i:], "\uFFFD") {
			b.WriteByte('%')
			b.WriteByte(hex[path[i]>>4])
			b.WriteByte(hex[path[i]&15])
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
