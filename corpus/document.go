// Package corpus says what a document is and where documents come from.
//
// A [Document] is a text and its layers. The text is never rewritten: every
// layer points into it, so that whatever a later stage says of an article can be
// laid beside the words it was said of. The readers (see [Open]) turn files,
// folders, globs and standard input into numbered documents; what cannot become
// one becomes a [Reject], which says where it was found and why.
//
// The package imports nothing else of this module: stages and output both stand
// on it.
package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Document is one article: what was read and, stage by stage, what was understood.
type Document struct {
	ID       string // the record's own id, or its path below the corpus root
	Revision string // SHA-256 of Text, 64 hexadecimal digits; see Revision
	Number   int32  // of the revision among those of this ID in the dataset, from 1; 0 counts as 1
	Replaces string // the revision before this one; empty if there was none
	Meta
	Text string // as decoded, valid UTF-8, never rewritten; every Span points into it
	Layers
}

// Meta is what the source says of the document. Empty or zero means unknown.
type Meta struct {
	URI       string    // where it was read: a path or the record's own URL
	Title     string    // headline as the source gives it; it may also be the first line of Text
	Publisher string    // outlet
	Author    string    // byline as given
	Language  string    // ISO 639-1 code, "en"
	Published time.Time // UTC
}

// Revision is the digest by which a version of a text is known: SHA-256, in hexadecimal.
func Revision(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Span is a half-open interval. Unless a field says otherwise it counts bytes of
// Document.Text and both ends lie on rune borders; a span "in tokens" counts
// elements of Layers.Tokens. Tables hold the same spans in Unicode code points.
type Span struct{ Start, End int32 }

// Len is the length of the span in its own unit.
func (s Span) Len() int { return int(s.End - s.Start) }

// Contains reports whether t lies within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether the two spans share at least one unit.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Of is the piece of text that a byte span covers.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Layer is a set of layers, one bit each.
type Layer uint32

// The layers, in the order in which the chain adds them.
const (
	Blocks     Layer = 1 << iota // clean
	Sentences                    // segment
	Tokens                       // segment
	Tags                         // tag
	Entities                     // tag
	Arcs                         // parse
	Statements                   // quote
	Sources                      // speaker
	Speakers                     // speaker
	Tones                        // tone
	Stances                      // stance
	Labels                       // small stages without a table of their own
)

// Layers is what the stages found. A nil slice means that the layer is not there;
// a layer that was computed and found nothing is empty but not nil, so that each
// can be stored, hidden and compared alone.
type Layers struct {
	Blocks     []Block
	Sentences  []Span      // in tokens; in order, not overlapping, together all tokens
	Tokens     []Span      // in order, not overlapping; inside headline and body blocks
	Tags       []Tag       // one a token
	Entities   []Entity    // in order, not overlapping
	Arcs       []Arc       // one a token
	Statements []Statement // ordered by the start of the content
	Sources    []Source    // one a statement
	Speakers   []Speaker   // in order of first mention; Source.Speaker is an index
	Tones      []Tone      // one a statement
	Stances    []Stance    // ordered by statement, then by target's first span
	Labels     []Label
}

// Block is one paragraph. Blocks are in order, do not overlap, and cover all of
// the text that is not white space.
type Block struct {
	Span
	Kind BlockKind
	Rule string // the rule that called it a headline or boilerplate: "comments", "related", "dateline"; empty for body
}

// BlockKind says what a block is for. Later stages skip boilerplate.
type BlockKind uint8

const (
	Body BlockKind = iota
	Headline
	Boilerplate
)

// Entity is a name in the text.
type Entity struct {
	Span // in tokens
	Kind EntityKind
}

// EntityKind is the class of a name.
type EntityKind uint8

const (
	Misc EntityKind = iota // nationalities, events, laws, works
	Person
	Organization
	Place
)

// Arc joins a token to its dependency head.
type Arc struct {
	Head     int32 // index into Layers.Tokens, in the same sentence; -1 at the root
	Relation Relation
}

// Statement is one attribution in the sense of PolNeAR (Newell et al., LREC 2018):
// a source, a cue and the content attributed.
type Statement struct {
	Kind       StatementKind
	Content    []Span  // quotation marks included; in order, not overlapping; never empty
	Cue        []Span  // "said", "has accused", "according to"; empty if there is none
	Source     []Span  // "Vice Premier He Lifeng", "he"; empty if the text names none
	Sentence   int32   // index of the sentence in which Content begins
	Confidence float32 // calibrated probability that the statement is right, [0, 1]
	Rule       string  // what assembled it: "clause", "quote-cue-name", "continued"
}

// StatementKind tells how far the words are the speaker's own.
type StatementKind uint8

const (
	Indirect StatementKind = iota // no quotation marks in the content
	Mixed                         // some of the content is quoted
	Direct                        // quotation marks around the whole content
)

// Source says who made a statement.
type Source struct {
	Speaker    int32 // index into Layers.Speakers; -1 if nobody could be named
	How        How
	Role       string  // title or function as written beside the name, "Treasury Secretary"; may be empty
	Confidence float32 // calibrated probability that Speaker is right, [0, 1]
	Rule       string  // the rule or candidate that won
}

// How tells by which means a speaker was found.
type How uint8

const (
	HowNone      How = iota // no speaker
	HowNamed                // the source holds the name in full
	HowSurname              // the source holds a part of the name
	HowPronoun              // he, she, they, I
	HowNominal              // "the senator"
	HowContinued            // a quotation without a source of its own
)

// Speaker is somebody or something that statements are attributed to.
type Speaker struct {
	ID       string // 16 hexadecimal digits; the same in every article and batch for the same name and kind
	Name     string // canonical: the longest form in the document, without titles
	Kind     SpeakerKind
	Roles    []string // as written, in order of appearance, without repeats
	Aliases  []string // other forms of the name in the document, in order of appearance
	Mentions []Span   // bytes; where it is named
	Members  []int32  // for several speakers joined, their indexes in Layers.Speakers
	Facts    []Fact   // what the user's own file says of the speaker
}

// Fact is one thing that a user knows of a speaker: "party", "Centre".
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// SpeakerKind is the class of a speaker.
type SpeakerKind uint8

const (
	KindUnknown SpeakerKind = iota
	KindPerson
	KindOrganization
	KindGroup
	KindUnnamed // a single person without a name: "a senior official"
	KindAuthor  // the article's own voice
)

// Polarity is a label of tone: negative, neutral or positive.
type Polarity int8

const (
	Negative Polarity = iota - 1
	Neutral
	Positive
)

// Term is a stretch of text that carried a judgement.
type Term struct {
	Span           // bytes
	Weight float32 // what it added to the score; its sign is the direction
}

// Tone is how a statement's speaker speaks.
type Tone struct {
	Score      float32 // [-1, 1]
	Label      Polarity
	Confidence float32  // calibrated probability that Label is right, [0, 1]
	Terms      []Term   // strongest first
	Bayes      Polarity // the second opinion of cdipaolo/sentiment, which knows no neutral
}

// Stance is a speaker's position towards a target of one statement.
type Stance struct {
	Statement   int32 // index into Layers.Statements
	Target      string
	TargetID    string // as Speaker.ID
	TargetKind  TargetKind
	TargetSpans []Span  // bytes; where the content or cue speaks of it
	Score       float32 // [-1, 1]
	Label       Position
	Confidence  float32 // calibrated probability that Label is right, [0, 1]
	Terms       []Term
}

// TargetKind is the class of a target.
type TargetKind uint8

const (
	TargetIssue TargetKind = iota
	TargetPerson
	TargetOrganization
	TargetPlace
	TargetGroup
)

// Position is a label of stance.
type Position int8

const (
	Oppose Position = iota - 1
	NoPosition
	Support
)

// Label is what a small stage adds: a value on the document, a sentence or a statement.
type Label struct {
	Name  string
	Scope LabelScope
	Index int32 // of the sentence or statement; 0 for the document
	Value string
	Score float32
}

// LabelScope says what a Label is about.
type LabelScope uint8

const (
	OnDocument LabelScope = iota
	OnSentence
	OnStatement
)

// Info describes a stage: data, not behaviour.
type Info struct {
	Name        string   // folder, layer folder and command-line name
	Version     int      // raised when the same input may give another result
	Needs, Adds Layer    // layers read and written
	Models      []string // digests of the embedded models, "name:sha256", in a stable order
}

// Have is the set of layers that are there.
func (l *Layers) Have() Layer {
	var have Layer
	for i, there := range [...]bool{
		l.Blocks != nil, l.Sentences != nil, l.Tokens != nil, l.Tags != nil, l.Entities != nil, l.Arcs != nil,
		l.Statements != nil, l.Sources != nil, l.Speakers != nil, l.Tones != nil, l.Stances != nil, l.Labels != nil,
	} {
		if there {
			have |= 1 << i
		}
	}
	return have
}

// Only is a copy of l that holds the layers of keep alone; it shares their memory.
func (l *Layers) Only(keep Layer) Layers {
	var out Layers
	if keep&Blocks != 0 {
		out.Blocks = l.Blocks
	}
	if keep&Sentences != 0 {
		out.Sentences = l.Sentences
	}
	if keep&Tokens != 0 {
		out.Tokens = l.Tokens
	}
	if keep&Tags != 0 {
		out.Tags = l.Tags
	}
	if keep&Entities != 0 {
		out.Entities = l.Entities
	}
	if keep&Arcs != 0 {
		out.Arcs = l.Arcs
	}
	if keep&Statements != 0 {
		out.Statements = l.Statements
	}
	if keep&Sources != 0 {
		out.Sources = l.Sources
	}
	if keep&Speakers != 0 {
		out.Speakers = l.Speakers
	}
	if keep&Tones != 0 {
		out.Tones = l.Tones
	}
	if keep&Stances != 0 {
		out.Stances = l.Stances
	}
	if keep&Labels != 0 {
		out.Labels = l.Labels
	}
	return out
}
