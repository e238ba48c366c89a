package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Reject is a record, or a document, that could not be processed: what it was,
// where it stands in the input, and why. One bad document costs one document;
// an error of the run itself is an error, never a Reject.
type Reject struct {
	URI     string // the input as found: a path, or "-" for standard input
	Record  int64  // 1-based number of the record in that input
	DocID   string // if known
	Stage   string // "read" or the name of the stage that refused it
	Reason  Reason
	Message string // one line for a person: what is wrong and what to do
	Offset  int64  // where the record begins in the (decompressed) input, in bytes; -1 if unknown
	Size    int64  // of the record, in bytes; -1 if unknown
	Digest  string // SHA-256 of the record as read, hexadecimal; empty if it could not be read

	Beginning string // its first bytes, fit to be read; empty if it could not be read
	Raw       []byte // the record, or its first MostKept bytes; nil if it could not be read, or was read by another run
}

const (
	// MostKept is how much of a rejected record may be kept for whoever looks into it.
	MostKept = 1 << 20

	beginningBytes = 120
)

// Quote lets the reject say what the record was.
func (r *Reject) Quote(raw []byte) {
	sum := sha256.Sum256(raw)
	r.Digest = hex.EncodeToString(sum[:])
	r.excerpt(raw)
}

func (r *Reject) excerpt(raw []byte) {
	r.Raw = raw[:min(len(raw), MostKept)]
	r.Beginning = legible(raw, beginningBytes)
}

// legible is the beginning of some bytes, with \xNN for what is no text.
func legible(raw []byte, most int) string {
	var b strings.Builder
	for len(raw) > 0 && b.Len() < most {
		r, n := utf8.DecodeRune(raw)
		if r == utf8.RuneError && n < 2 || !unicode.IsPrint(r) && !unicode.IsSpace(r) {
			for _, c := range raw[:n] {
				fmt.Fprintf(&b, "\\x%02x", c)
			}
		} else {
			b.WriteRune(r)
		}
		raw = raw[n:]
	}
	return b.String()
}

// Reason is why a document was refused: a closed list, so that one can count by it.
type Reason string

// The reasons.
const (
	Unreadable      Reason = "unreadable"       // the input could not be opened or read
	Malformed       Reason = "malformed"        // not what its format asks for: broken JSON, a field of the wrong type
	BadCompression  Reason = "bad-compression"  // truncated or damaged gzip or zstd, or a decompression bomb
	EmptyText       Reason = "empty"            // no words
	Binary          Reason = "binary"           // not text
	TooLarge        Reason = "too-large"        // over a limit
	OtherLanguage   Reason = "language"         // not in the language asked for
	DuplicateID     Reason = "duplicate-id"     // the id was seen before in this run
	UnknownEncoding Reason = "unknown-encoding" // character set not recognised or text does not decode
	StageFailed     Reason = "stage-failed"     // a stage returned an error
	StagePanicked   Reason = "stage-panicked"   // a stage panicked; the message says where
	Crashed         Reason = "crashed"          // the process itself died at work on it, twice
)

// Reasons are all of them.
var Reasons = []Reason{Unreadable, Malformed, BadCompression, EmptyText, Binary, TooLarge, OtherLanguage, DuplicateID,
	UnknownEncoding, StageFailed, StagePanicked, Crashed}
