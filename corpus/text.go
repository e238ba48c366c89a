package corpus

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// rawFactor is how many times the limit on a document's text a file may have: a
// character takes up to four bytes in UTF-32, and a page is mostly markup.
const rawFactor = 8

// whole reads a file that is one document.
func (in *input) whole() (Record, error) {
	in.ended = true
	rec := in.record()
	limit := min(in.opt.MaxRecord, rawFactor*in.opt.MaxDocument)
	var raw bytes.Buffer
	raw.Grow(int(min(max(in.size, 0), limit)) + bytes.MinRead)
	if _, err := raw.ReadFrom(io.LimitReader(in.body, limit+1)); err != nil {
		return in.broken(rec, err), nil
	}
	if int64(raw.Len()) > limit {
		rec.Err = rec.refuse(TooLarge, fmt.Sprintf("more than %d bytes; split the file, write it as JSON lines, or raise the limit on a document", limit))
		rec.Err.excerpt(bytes.Clone(raw.Bytes()[:min(raw.Len(), MostKept)]))
		return rec, nil
	}
	rec.Raw, rec.Size = raw.Bytes(), int64(raw.Len())
	return rec, nil
}

// text decodes plain text, which stands as it is, and Markdown.
func (d *Decoder) text(rec Record, doc *Document) error {
	text, err := decodeText(rec.Raw, "")
	if err != nil {
		return err
	}
	if strings.Contains(text, "\x00") {
		return &refusal{Binary, "NUL bytes, which text does not have"}
	}
	if rec.Format == Markdown {
		return d.markdown(text, doc)
	}
	doc.Text = text
	return nil
}
