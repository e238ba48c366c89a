package output

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"strings"

	"onrecord/corpus"
)

// Rows is what some documents add to every table and layer, in document order.
type Rows struct {
	Documents  []DocumentRow
	Statements []StatementRow
	Stances    []StanceRow
	Rejects    []RejectRow

	Blocks          []BlocksRow
	Sentences       []SentencesRow
	Tokens          []TokensRow
	Tags            []TagsRow
	Entities        []EntitiesRow
	Arcs            []ArcsRow
	StatementsLayer []StatementsRow
	Sources         []SourcesRow
	Speakers        []SpeakersRow
	Tones           []TonesRow
	StancesLayer    []StancesRow
	Labels          []LabelsRow

	originals     []OriginalRow // of rejects; in chunks only
	speakerTotals []SpeakerRow  // of a whole batch; never part of a chunk
	offsets       offsets
}

// Add appends the document's rows: its row of documents, its statements and
// stances, and a row of every layer that is there. An error means that a layer
// does not fit the text; nothing of the document is kept then.
func (r *Rows) Add(doc *corpus.Document) (err error) {
	before := *r
	defer func() {
		if p := recover(); p != nil { // numbers of a stage that lead nowhere
			err = fmt.Errorf("its layers do not fit together: %v", p)
		}
		if err != nil {
			o := r.offsets
			*r = before
			r.offsets = o
			err = fmt.Errorf("document %s: %w", doc.ID, err)
		}
	}()
	return r.add(doc)
}

func (r *Rows) add(doc *corpus.Document) error {
	r.offsets.points(doc.Text)
	if err := r.addTables(doc); err != nil {
		return err
	}
	return r.addLayers(doc)
}

// AddReject appends a row of rejects.
func (r *Rows) AddReject(x corpus.Reject) {
	row := RejectRow{URI: x.URI, Record: x.Record, DocID: orNull(x.DocID), Stage: x.Stage, Reason: string(x.Reason),
		Message: x.Message, Digest: orNull(x.Digest), Beginning: orNull(x.Beginning)}
	if x.Offset >= 0 {
		row.Start = &x.Offset
	}
	if x.Size >= 0 {
		row.Size = &x.Size
	}
	r.Rejects = append(r.Rejects, row)
	if x.Raw != nil && x.Digest != "" {
		r.originals = append(r.originals, OriginalRow{x.Digest, x.Raw})
	}
}

// Reject is the inverse of AddReject.
func (row RejectRow) Reject() corpus.Reject {
	x := corpus.Reject{URI: row.URI, Record: row.Record, Stage: row.Stage, Reason: corpus.Reason(row.Reason),
		Message: row.Message, Offset: -1, Size: -1}
	if row.DocID != nil {
		x.DocID = *row.DocID
	}
	if row.Digest != nil {
		x.Digest = *row.Digest
	}
	if row.Beginning != nil {
		x.Beginning = *row.Beginning
	}
	if row.Start != nil {
		x.Offset = *row.Start
	}
	if row.Size != nil {
		x.Size = *row.Size
	}
	return x
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// Document is the inverse of a row of documents: everything but the layers.
func (row DocumentRow) Document() *corpus.Document {
	doc := &corpus.Document{ID: row.DocID, Revision: row.Revision, Number: row.RevisionNumber, Text: row.Text, Meta: corpus.Meta{
		URI: row.URI, Title: row.Title, Publisher: row.Publisher, Author: row.Author, Language: row.Language,
		Published: row.PublishedAt}}
	if row.Supersedes != nil {
		doc.Replaces = *row.Supersedes
	}
	return doc
}

func (r *Rows) addTables(doc *corpus.Document) error {
	length, err := r.offsets.span(corpus.Span{Start: 0, End: int32(len(doc.Text))})
	if err != nil {
		return err
	}
	r.Documents = append(r.Documents, DocumentRow{
		DocID: doc.ID, Revision: doc.Revision, RevisionNumber: max(1, doc.Number), Supersedes: orNull(doc.Replaces), URI: doc.URI, Title: doc.Title, Publisher: doc.Publisher,
		Author: doc.Author, PublishedAt: doc.Published, Language: doc.Language, Text: doc.Text, Chars: length.End,
		Sentences: int32(len(doc.Sentences)), Tokens: int32(len(doc.Tokens)), Statements: int32(len(doc.Statements)),
	})
	first := len(r.Statements)
	for i := range doc.Statements {
		row, err := r.statementRow(doc, i)
		if err != nil {
			return fmt.Errorf("statement %d: %w", i, err)
		}
		r.Statements = append(r.Statements, row)
	}
	for i, s := range doc.Stances {
		if s.Statement < 0 || int(s.Statement) >= len(doc.Statements) {
			return fmt.Errorf("stance %d is of statement %d of %d", i, s.Statement, len(doc.Statements))
		}
		of := &r.Statements[first+int(s.Statement)]
		row, err := r.stanceRow(doc, s, of)
		if err != nil {
			return fmt.Errorf("stance %d: %w", i, err)
		}
		r.Stances = append(r.Stances, row)
		of.Stances = append(of.Stances, StanceValue{row.Target, row.Label, row.Stance})
	}
	return nil
}

func (r *Rows) statementRow(doc *corpus.Document, i int) (row StatementRow, err error) {
	s := doc.Statements[i]
	row = StatementRow{DocID: doc.ID, Publisher: doc.Publisher, PublishedAt: doc.Published, Sentence: s.Sentence,
		Kind: s.Kind.String(), Content: join(doc.Text, s.Content), Cue: join(doc.Text, s.Cue), Source: join(doc.Text, s.Source),
		Confidence: round(s.Confidence), Rule: s.Rule, SpeakerKind: corpus.KindUnknown.String(), SpeakerHow: corpus.HowNone.String()}
	if n := int(s.Sentence); n >= 0 && n < len(doc.Sentences) && doc.Sentences[n].Len() > 0 {
		tokens := doc.Tokens[doc.Sentences[n].Start:doc.Sentences[n].End]
		row.SentenceText = doc.Text[tokens[0].Start:tokens[len(tokens)-1].End]
	}
	if row.ContentSpans, err = r.offsets.values(s.Content); err != nil {
		return row, err
	}
	if row.CueSpans, err = r.offsets.values(s.Cue); err != nil {
		return row, err
	}
	if row.SourceSpans, err = r.offsets.values(s.Source); err != nil {
		return row, err
	}
	row.StatementID = statementID(doc, row.ContentSpans)
	if i < len(doc.Sources) {
		src := doc.Sources[i]
		row.SpeakerHow, row.SpeakerRole, row.SpeakerConfidence = src.How.String(), src.Role, round(src.Confidence)
		if src.Speaker >= 0 {
			if int(src.Speaker) >= len(doc.Speakers) {
				return row, fmt.Errorf("its speaker is number %d of %d", src.Speaker, len(doc.Speakers))
			}
			speaker := &doc.Speakers[src.Speaker]
			row.Speaker, row.SpeakerID, row.SpeakerKind = &speaker.Name, &speaker.ID, speaker.Kind.String()
		}
	}
	if i < len(doc.Tones) {
		t := doc.Tones[i]
		score, confidence := round(t.Score), round(t.Confidence)
		label, bayes := t.Label.String(), t.Bayes.String()
		row.Tone, row.ToneLabel, row.ToneConfidence, row.ToneBayes = &score, &label, &confidence, &bayes
		if row.ToneTerms, err = r.termValues(doc.Text, t.Terms); err != nil {
			return row, err
		}
	}
	return row, nil
}

func (r *Rows) stanceRow(doc *corpus.Document, s corpus.Stance, of *StatementRow) (row StanceRow, err error) {
	row = StanceRow{StatementID: of.StatementID, DocID: doc.ID, PublishedAt: doc.Published, Speaker: of.Speaker,
		SpeakerID: of.SpeakerID, Target: s.Target, TargetID: s.TargetID, TargetKind: s.TargetKind.String(),
		Stance: round(s.Score), Label: s.Label.String(), Confidence: round(s.Confidence)}
	if row.TargetSpans, err = r.offsets.values(s.TargetSpans); err != nil {
		return row, err
	}
	row.Terms, err = r.termValues(doc.Text, s.Terms)
	return row, err
}

func (r *Rows) termValues(text string, terms []corpus.Term) ([]TermValue, error) {
	return each(terms, func(t corpus.Term) (TermValue, error) {
		s, err := r.offsets.span(t.Span)
		if err != nil {
			return TermValue{}, err
		}
		return TermValue{t.Of(text), s.Start, s.End, round(t.Weight)}, nil
	})
}

// statementID depends on the article and on the place of the content alone: a
// rerun of tone, another batch or another machine gives the same.
func statementID(doc *corpus.Document, content []SpanValue) string {
	h := sha256.New()
	fmt.Fprintf(h, "%d:%s%s", len(doc.ID), doc.ID, doc.Revision)
	for _, s := range content {
		var b [8]byte
		binary.LittleEndian.PutUint32(b[:4], uint32(s.Start))
		binary.LittleEndian.PutUint32(b[4:], uint32(s.End))
		h.Write(b[:])
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// join shows a discontinuous stretch of text as one string.
func join(text string, spans []corpus.Span) string {
	if len(spans) == 1 {
		return spans[0].Of(text)
	}
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = s.Of(text)
	}
	return strings.Join(parts, " ... ")
}

// round keeps four decimals: scores are not more exact, and the bytes of a table
// must not depend on the last bit of a sum.
func round(x float32) float32 { return float32(math.Round(float64(x)*1e4) / 1e4) }
