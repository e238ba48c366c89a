package corpus

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// Decoder turns records into documents. The expensive part of reading is here,
// so that it can run in parallel: one Decoder a goroutine.
type Decoder struct {
	opt    Options
	fields fields
}

// NewDecoder returns a decoder; the options are those of [Open].
func NewDecoder(opt Options) *Decoder {
	opt = opt.withDefaults()
	return &Decoder{opt: opt, fields: newFields(opt.Fields)}
}

// Decode returns the record's document or, if there is none, the reject that
// says why. The result depends on the record and the options alone.
func (d *Decoder) Decode(rec Record) (*Document, *Reject) {
	if rec.Err != nil {
		return nil, rec.Err
	}
	doc := &Document{Meta: Meta{URI: rec.URI}}
	err := d.decode(rec, doc)
	if err == nil {
		err = d.accept(doc)
	}
	if err == nil {
		doc.Revision = Revision(doc.Text)
		return doc, nil
	}
	reason := Malformed
	var refused *refusal
	if errors.As(err, &refused) {
		reason = refused.reason
	}
	reject := rec.refuse(reason, err.Error())
	reject.DocID = doc.ID
	reject.Quote(rec.Raw)
	return nil, reject
}

// decode fills the document. The parsers of others that it calls are made for
// well-meant input: a panic in one of them costs the document only.
func (d *Decoder) decode(rec Record, doc *Document) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &refusal{Malformed, fmt.Sprintf("decoding it as %s panicked (%v); please report it with this document", rec.Format, p)}
		}
	}()
	switch rec.Format {
	case JSONLines:
		doc.ID = fmt.Sprintf("%s#%d", rec.path(), rec.Number)
		return d.line(rec, doc)
	case HTML:
		doc.ID = rec.path()
		return d.page(rec, doc)
	default:
		doc.ID = rec.path()
		return d.text(rec, doc)
	}
}

// accept says what is wrong with a document that was read well.
func (d *Decoder) accept(doc *Document) error {
	switch {
	case int64(len(doc.Text)) > d.opt.MaxDocument:
		return &refusal{TooLarge, fmt.Sprintf("%d bytes of text are more than the %d allowed; split the document or raise the limit", len(doc.Text), d.opt.MaxDocument)}
	case longest(doc.URI, doc.Title, doc.Publisher, doc.Author) > maxField:
		return &refusal{TooLarge, fmt.Sprintf("a title, author, publisher or address of more than %d bytes; is it the text?", maxField)}
	case mostlyControls(doc.Text):
		return &refusal{Binary, "control characters, as in a binary file; give the text itself"}
	case !strings.ContainsFunc(doc.Text, unicode.IsLetter):
		return &refusal{EmptyText, "no words in it; check the file, or the name of the text's field"}
	}
	return d.language(doc)
}

// maxField bounds what is repeated in many rows of the tables.
const maxField = 4 << 10

func longest(fields ...string) int {
	n := 0
	for _, f := range fields {
		n = max(n, len(f))
	}
	return n
}

// controlShare of a text's bytes may be control characters; old wire formats
// carry a few.
const controlShare = 50

func mostlyControls(text string) bool {
	controls := 0
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' || c == 0x7f {
			controls++
		}
	}
	return controls > len(text)/controlShare
}
