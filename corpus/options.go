package corpus

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Options say how inputs are read. The zero value works.
type Options struct {
	MaxDocument int64 // bytes of one document's text; 0 is 4 MiB
	MaxRecord   int64 // bytes of one record as read: a file, a line; 0 is 64 MiB

	// MaxRatio is how many times its compressed size an input may grow to before
	// it is taken for a decompression bomb; 0 is 200. The first 64 MiB are free.
	MaxRatio int64

	Language string            // ISO 639-1 code of the texts wanted; "" is "en", "any" takes all
	Fields   map[string]string // JSON lines: our name of a field to the file's, {"text": "body"}
	Stdin    io.Reader         // what "-" reads
	Except   string            // a folder below the inputs that is none, such as the dataset's; "" is none
}

const (
	defaultMaxDocument = 4 << 20
	defaultMaxRecord   = 64 << 20
	defaultMaxRatio    = 200
	maxDocumentCeiling = 1 << 30 // spans count bytes in 32 bits
)

func (o Options) withDefaults() Options {
	if o.MaxDocument == 0 {
		o.MaxDocument = defaultMaxDocument
	}
	if o.MaxRecord == 0 {
		o.MaxRecord = defaultMaxRecord
	}
	if o.MaxRatio == 0 {
		o.MaxRatio = defaultMaxRatio
	}
	if o.Language == "" {
		o.Language = "en"
	}
	return o
}

// Validate reports the first option that can't be meant.
func (o Options) Validate() error {
	for ours := range o.Fields {
		if !slices.Contains(fieldNames, ours) {
			return fmt.Errorf("no field is called %q; the fields are %s", ours, strings.Join(fieldNames, ", "))
		}
	}
	if o.MaxDocument < 0 || o.MaxRecord < 0 || o.MaxRatio < 0 {
		return fmt.Errorf("a limit is negative; 0 is the default")
	}
	if o.MaxDocument > maxDocumentCeiling {
		return fmt.Errorf("documents of more than %d bytes can't be handled", int64(maxDocumentCeiling))
	}
	if o.Language != "" && o.Language != anyLanguage && !knownLanguage(o.Language) {
		return fmt.Errorf("%q is not a language that can be recognised; give an ISO 639-1 code such as en, or any", o.Language)
	}
	return nil
}
