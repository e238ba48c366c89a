package corpus

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// fieldNames are the fields read from JSON lines. text or html must be there.
var fieldNames = []string{"id", "text", "html", "title", "publisher", "author", "published_at", "language", "url"}

// maxID bounds an id, which stands in every row of every table.
const maxID = 1024

// nextLine is the next line that is not blank.
func (in *input) nextLine() (Record, error) {
	for {
		rec := in.record()
		line, err := readLine(in.body, in.opt.MaxRecord)
		if err != nil && !errors.Is(err, io.EOF) {
			return in.broken(rec, err), nil
		}
		if line.size == 0 {
			in.ended = true
			return Record{}, io.EOF
		}
		in.offset += line.size
		in.line++
		rec.Size = line.size
		if line.digest != "" {
			rec.Err = rec.refuse(TooLarge, fmt.Sprintf("a line of %d bytes, more than the %d allowed; split the record or raise the limit", line.size, in.opt.MaxRecord))
			rec.Err.excerpt(line.text)
			rec.Err.Digest = line.digest
			return rec, nil
		}
		if rec.Raw = bytes.TrimSpace(line.text); len(rec.Raw) > 0 {
			return rec, nil
		}
	}
}

// line is one line as read.
type line struct {
	text   []byte // with its end; the first of it if it is over the limit
	size   int64
	digest string // SHA-256 of a line over the limit, hexadecimal
}

// readLine reads one line. What is over the limit is read and forgotten.
func readLine(r *bufio.Reader, limit int64) (line, error) {
	var l line
	sum := sha256.New()
	for {
		part, err := r.ReadSlice('\n')
		l.size += int64(len(part))
		switch {
		case l.size <= limit:
			l.text = append(l.text, part...)
		case l.digest == "":
			sum.Write(l.text)
			l.text, l.digest = bytes.Clone(l.text[:min(len(l.text), MostKept)]), "too large"
			fallthrough
		default:
			sum.Write(part)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if l.digest != "" {
			l.digest = hex.EncodeToString(sum.Sum(nil))
		}
		return l, err
	}
}

// fields are the file's names of our fields, in the order of fieldNames.
type fields []string

func newFields(mapped map[string]string) fields {
	f := slices.Clone(fieldNames)
	for i, ours := range fieldNames {
		if theirs, ok := mapped[ours]; ok {
			f[i] = theirs
		}
	}
	return f
}

// called is the file's name of our field.
func (f fields) called(ours string) string { return f[slices.Index(fieldNames, ours)] }

// line decodes one JSON object.
func (d *Decoder) line(rec Record, doc *Document) error {
	raw := bytes.TrimSpace(bytes.TrimPrefix(rec.Raw, []byte("\uFEFF")))
	if !utf8.Valid(raw) {
		text, err := decodeText(raw, "")
		if err != nil {
			return err
		}
		raw = []byte(text)
	}
	v := values{fields: d.fields, raw: make([][]byte, len(d.fields))}
	if err := v.read(raw); err != nil {
		return malformed(err, len(raw))
	}
	id := v.text("id")
	doc.Title = v.text("title")
	doc.Publisher = v.text("publisher")
	doc.Author = v.text("author")
	doc.Language = languageCode(v.text("language"))
	if url := v.text("url"); url != "" {
		doc.URI = url
	}
	published := v.text("published_at")
	doc.Text = v.text("text")
	html := ""
	if doc.Text == "" {
		html = v.text("html")
	}
	if v.err != nil {
		return v.err
	}
	if len(id) > maxID {
		return &refusal{Malformed, fmt.Sprintf("field %q has %d bytes, more than the %d an id may have", d.fields.called("id"), len(id), maxID)}
	}
	if id != "" {
		doc.ID = id
	}
	if published != "" {
		t, err := parseDate(published)
		if err != nil {
			return &refusal{Malformed, fmt.Sprintf("field %q: %v", d.fields.called("published_at"), err)}
		}
		doc.Published = t
	}
	if html != "" {
		return d.extract(html, doc)
	}
	if doc.Text == "" {
		return &refusal{EmptyText, fmt.Sprintf("neither field %q nor field %q holds text; if they have other names, map them", d.fields.called("text"), d.fields.called("html"))}
	}
	return nil
}

// malformed says where a line stops being JSON.
func malformed(err error, size int) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax) && syntax.Offset >= int64(size):
		return &refusal{Malformed, "the line ends within a JSON value; write one object a line"}
	case errors.As(err, &syntax):
		return &refusal{Malformed, fmt.Sprintf("not JSON at byte %d of the line: %v", syntax.Offset, err)}
	case errors.As(err, &kind):
		return &refusal{Malformed, fmt.Sprintf("a JSON %s, where an object is expected", kind.Value)}
	}
	return &refusal{Malformed, fmt.Sprintf("not JSON: %v", err)}
}

// values are the fields of an object, and the first error in reading them.
type values struct {
	fields fields
	raw    [][]byte // the value of each, in the order of fields; nil if it is not there
	err    error
}

// read finds the fields of a JSON object. Of two members of the same name the
// last counts, as in encoding/json.
func (v *values) read(object []byte) error {
	err := eachMember(object, func(name string, value []byte) {
		for i, theirs := range v.fields {
			if name == theirs {
				v.raw[i] = value
			}
		}
	})
	if err == nil && object[0] != '{' {
		return &json.UnmarshalTypeError{Value: "null"}
	}
	return err
}

// text is the value of a field as text: a string, a number as it is written, or
// for lists (several authors) their elements joined. Null is as if it were not there.
func (v *values) text(field string) string {
	raw := v.raw[slices.Index(fieldNames, field)]
	if len(raw) == 0 || v.err != nil {
		return ""
	}
	var err error
	var s string
	switch c := raw[0]; {
	case c == '"':
		s = unquote(raw)
	case c == 'n':
	case field == "text" || field == "html":
		err = errors.New("not a string")
	case c == '[':
		var list []string
		err = json.Unmarshal(raw, &list)
		s = strings.Join(list, ", ")
	case c == '-' || c >= '0' && c <= '9':
		s = string(raw)
	default:
		err = errors.New("neither a string nor a number")
	}
	if err != nil {
		v.err = &refusal{Malformed, fmt.Sprintf("field %q is %s: %v", v.fields.called(field), excerpt(raw), err)}
	}
	return s
}

// excerpt is the beginning of a value, for a message.
func excerpt(raw []byte) string {
	const most = 40
	s := strings.ToValidUTF8(string(raw[:min(len(raw), most)]), "")
	if len(raw) > most {
		s += "…"
	}
	return s
}
