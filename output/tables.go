package output

import "time"

// The tables that a notebook reads. Offsets are Unicode code points into
// documents.text, 0-based and half open: text[start:end] in Python,
// substr(text, start + 1, end - start) in SQL. Scores are rounded to four decimals.
var (
	Documents  = newTable[DocumentRow]("documents")
	Statements = newTable[StatementRow]("statements")
	Stances    = newTable[StanceRow]("stances")
	Speakers   = newTable[SpeakerRow]("speakers")
	Rejects    = newTable[RejectRow]("rejects")
)

// DocumentRow is one article.
type DocumentRow struct {
	DocID          string    `column:"doc_id" about:"the record's own id, or its path below the corpus root"`
	Revision       string    `column:"revision" about:"SHA-256 of text; a corrected article has the same doc_id and another revision"`
	RevisionNumber int32     `column:"revision_number" about:"1 for the first revision of a doc_id in the dataset"`
	Supersedes     *string   `column:"supersedes" about:"the revision before this one, if there was one"`
	URI            string    `column:"uri" about:"where it was read"`
	Title          string    `column:"title,long" about:"headline as the source gives it; empty if unknown"`
	Publisher      string    `column:"publisher,label" about:"outlet; empty if unknown"`
	Author         string    `column:"author" about:"byline; empty if unknown"`
	PublishedAt    time.Time `column:"published_at" about:"UTC; null if unknown"`
	Language       string    `column:"language,label" about:"ISO 639-1 code; empty if unknown"`
	Text           string    `column:"text,long" about:"the article as decoded; all offsets count its code points"`
	Chars          int32     `column:"chars" about:"length of text in code points"`
	Sentences      int32     `column:"sentences" about:"number of sentences outside boilerplate"`
	Tokens         int32     `column:"tokens" about:"number of tokens outside boilerplate"`
	Statements     int32     `column:"statements" about:"number of statements"`
	DuplicateOf    *string   `column:"duplicate_of" about:"doc_id of the first article, in this batch or those before, that it is nearly the same as; null if none is"`
}

// StatementRow is one attribution: who said what, how, and for or against whom.
type StatementRow struct {
	StatementID       string        `column:"statement_id" about:"16 hexadecimal digits of doc_id, revision and content_spans: the same in every run"`
	SaidID            *string       `column:"said_id" about:"the same for (nearly) the same words of the same speaker in this batch and those before; null if nobody is known to speak"`
	DocID             string        `column:"doc_id" about:"the article"`
	Publisher         string        `column:"publisher,label" about:"outlet; empty if unknown"`
	PublishedAt       time.Time     `column:"published_at" about:"of the article, UTC; null if unknown"`
	Sentence          int32         `column:"sentence" about:"number of the sentence in which the content begins, from 0"`
	SentenceText      string        `column:"sentence_text,long" about:"that sentence"`
	Kind              string        `column:"kind,label" about:"direct, mixed or indirect: how far the words are quoted"`
	Content           string        `column:"content,long" about:"what is attributed; pieces joined by ' ... '"`
	ContentSpans      []SpanValue   `column:"content_spans" about:"where content stands"`
	Cue               string        `column:"cue" about:"the words that attribute it; empty if there are none"`
	CueSpans          []SpanValue   `column:"cue_spans" about:"where cue stands"`
	Source            string        `column:"source,long" about:"whom the text names as its source; empty if nobody"`
	SourceSpans       []SpanValue   `column:"source_spans" about:"where source stands"`
	Confidence        float32       `column:"confidence" about:"calibrated probability that the attribution is right, 0 to 1"`
	Rule              string        `column:"rule,label" about:"what assembled the statement"`
	Speaker           *string       `column:"speaker" about:"canonical name; null if unknown"`
	SpeakerID         *string       `column:"speaker_id" about:"16 hexadecimal digits, the same in every batch; null if unknown"`
	SpeakerKind       string        `column:"speaker_kind,label" about:"person, organization, group, unnamed, author or unknown"`
	SpeakerRole       string        `column:"speaker_role" about:"title or function as written; may be empty"`
	SpeakerHow        string        `column:"speaker_how,label" about:"named, surname, pronoun, nominal, continued or none: how the speaker was found"`
	SpeakerConfidence float32       `column:"speaker_confidence" about:"calibrated probability that the speaker is right, 0 to 1"`
	Tone              *float32      `column:"tone" about:"-1 to 1; null if not computed"`
	ToneLabel         *string       `column:"tone_label,label" about:"negative, neutral or positive; null if not computed"`
	ToneConfidence    *float32      `column:"tone_confidence" about:"calibrated probability that tone_label is right, 0 to 1"`
	ToneTerms         []TermValue   `column:"tone_terms" about:"the words that carried the tone, strongest first"`
	ToneBayes         *string       `column:"tone_bayes,label" about:"second opinion of a naive Bayes classifier that knows no neutral"`
	Stances           []StanceValue `column:"stances" about:"the rows of stances, in short"`
}

// SpanValue is a stretch of documents.text, in code points.
type SpanValue struct {
	Start int32 `column:"start"`
	End   int32 `column:"end"`
}

// TermValue is a stretch of text that carried a judgement.
type TermValue struct {
	Term   string  `column:"term"`
	Start  int32   `column:"start"`
	End    int32   `column:"end"`
	Weight float32 `column:"weight"`
}

// StanceValue is a stance as it stands in a statement's row.
type StanceValue struct {
	Target string  `column:"target"`
	Label  string  `column:"label"`
	Stance float32 `column:"stance"`
}

// StanceRow is a speaker's position towards one target of one statement.
type StanceRow struct {
	StatementID string      `column:"statement_id" about:"the statement"`
	DocID       string      `column:"doc_id" about:"the article"`
	PublishedAt time.Time   `column:"published_at" about:"of the article, UTC; null if unknown"`
	Speaker     *string     `column:"speaker" about:"canonical name; null if unknown"`
	SpeakerID   *string     `column:"speaker_id" about:"as in statements"`
	Target      string      `column:"target" about:"whom or what the position is about"`
	TargetID    string      `column:"target_id" about:"16 hexadecimal digits; for somebody who also speaks, the speaker_id"`
	TargetKind  string      `column:"target_kind,label" about:"person, organization, place, group or issue"`
	TargetSpans []SpanValue `column:"target_spans" about:"where the statement speaks of the target"`
	Stance      float32     `column:"stance" about:"-1 (against) to 1 (for)"`
	Label       string      `column:"label,label" about:"support, oppose or neutral"`
	Confidence  float32     `column:"confidence" about:"calibrated probability that label is right, 0 to 1"`
	Terms       []TermValue `column:"terms" about:"the words that carried the position, strongest first"`
}

// SpeakerRow is what one speaker said in one batch.
type SpeakerRow struct {
	SpeakerID  string      `column:"speaker_id" about:"16 hexadecimal digits, the same in every batch"`
	Speaker    string      `column:"speaker" about:"canonical name, the longest met in the batch"`
	Kind       string      `column:"kind,label" about:"person, organization, group, unnamed, author or unknown"`
	Roles      []string    `column:"roles" about:"titles and functions as written, most frequent first, at most 8"`
	Aliases    []string    `column:"aliases" about:"other forms of the name, most frequent first, at most 8"`
	Wikidata   *string     `column:"wikidata" about:"Wikidata id from the people file; null if it gives none"`
	Country    *string     `column:"country,label" about:"country from the people file; null if it gives none"`
	Party      *string     `column:"party,label" about:"party from the people file; null if it gives none"`
	Labels     []FactValue `column:"labels" about:"the user's own labels from the people file, by name; each is a column label_NAME too"`
	Documents  int32       `column:"documents" about:"articles with at least one statement"`
	Statements int32       `column:"statements" about:"statements, as often as they were printed"`
	Said       int32       `column:"said" about:"statements, those of one said_id counted once"`
	ToneMean   *float32    `column:"tone_mean" about:"mean of statements.tone; null without any"`
	ToneLow    *float32    `column:"tone_low" about:"lower end of the 95% interval of the mean; null below two statements"`
	ToneHigh   *float32    `column:"tone_high" about:"upper end of the 95% interval of the mean; null below two statements"`
	FirstSeen  time.Time   `column:"first_seen" about:"earliest published_at, UTC; null if unknown"`
	LastSeen   time.Time   `column:"last_seen" about:"latest published_at, UTC; null if unknown"`
}

// FactValue is what a people file says of a speaker.
type FactValue struct {
	Name  string `column:"name"`
	Value string `column:"value"`
}

// RejectRow is a record that did not become a document.
type RejectRow struct {
	URI     string  `column:"uri" about:"the input"`
	Record  int64   `column:"record" about:"number of the record in the input, from 1"`
	DocID   *string `column:"doc_id" about:"null if it was not known yet"`
	Stage   string  `column:"stage,label" about:"read, or the stage that refused it"`
	Reason  string  `column:"reason,label" about:"unreadable, malformed, bad-compression, empty, binary, too-large, language, duplicate-id, unknown-encoding, stage-failed, stage-panicked or crashed"`
	Message string  `column:"message" about:"what is wrong, and what to do"`
	Start   *int64  `column:"byte_offset" about:"where the record begins in the decompressed input; null if unknown"`
	Size    *int64  `column:"size" about:"of the record in bytes; null if unknown"`
	Digest  *string `column:"digest" about:"SHA-256 of the record; null if it could not be read to its end"`

	Beginning *string `column:"beginning,long" about:"the first bytes of the record, \\xNN for what is no text; null if it could not be read"`
}
