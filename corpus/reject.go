package corpus

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
