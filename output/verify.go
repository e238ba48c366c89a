package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"onrecord/corpus"
)

// Finding is one thing that is wrong with a dataset.
type Finding struct {
	Kind    FindingKind
	Batch   string
	Path    string // of the file; empty if it is not about one
	Message string
}

func (f Finding) String() string {
	where := f.Path
	if where == "" {
		where = "batch " + f.Batch
	}
	return fmt.Sprintf("%s: %s: %s", where, f.Kind, f.Message)
}

// FindingKind is a kind of damage.
type FindingKind string

// The kinds.
const (
	FileMissing   FindingKind = "missing file"
	FileDamaged   FindingKind = "damaged file"
	FileUnknown   FindingKind = "unknown file"
	FileUnread    FindingKind = "unreadable file"
	Unpublished   FindingKind = "unfinished publish"
	RowCount      FindingKind = "row count"
	BadEquation   FindingKind = "records do not add up"
	BadReference  FindingKind = "dangling reference"
	BadSpan       FindingKind = "span does not fit the text"
	BadContent    FindingKind = "content is not the text at its spans"
	OutOfRange    FindingKind = "score out of range"
	BadVocabulary FindingKind = "unknown label"
)

// Verify looks at every file and row of the dataset. Findings are damage; an
// error means that it could not go on looking.
func (d *Dataset) Verify(ctx context.Context) ([]Finding, error) {
	batches, err := d.Batches()
	if err != nil {
		return nil, err
	}
	var out []Finding
	pending, err := d.unfinished()
	if err != nil {
		return nil, err
	}
	for dir, name := range pending {
		if name == journalName { // OpenRead would have finished it
			out = append(out, Finding{Unpublished, filepath.Base(dir), filepath.Join(dir, name),
				"a publish is under way, or was interrupted and can't be finished from here; until then parts of the batch may look damaged"})
		}
	}
	known := map[string]bool{}
	for _, m := range batches {
		for _, name := range []string{manifestName, "run.json"} {
			known["_runs/"+m.Batch+"/"+name] = true
		}
		v := verifier{data: d, m: m, found: &out}
		for _, f := range m.Files {
			known[f.Path] = true
		}
		if err := v.verify(ctx); err != nil {
			return out, err
		}
	}
	names := []string{Speakers.Name, "_layers", "_runs"}
	for _, s := range tables {
		names = append(names, s.name)
	}
	for _, name := range names {
		err := filepath.WalkDir(filepath.Join(d.dir, name), func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				if errors.Is(err, fs.ErrNotExist) {
					return nil
				}
				return err
			}
			rel, err := filepath.Rel(d.dir, path)
			if err == nil && !known[filepath.ToSlash(rel)] {
				out = append(out, Finding{Kind: FileUnknown, Path: path, Message: "no manifest names it; a reader would count it"})
			}
			return err
		})
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

type verifier struct {
	data  *Dataset
	m     Manifest
	found *[]Finding
}

func (v *verifier) report(kind FindingKind, path, format string, args ...any) {
	*v.found = append(*v.found, Finding{kind, v.m.Batch, path, fmt.Sprintf(format, args...)})
}

func (v *verifier) verify(ctx context.Context) error {
	sound := true
	for _, f := range v.m.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		path := v.data.path(f.Path)
		var damaged *DamagedError
		switch err := v.data.check(f); {
		case err == nil:
			continue
		case errors.Is(err, fs.ErrNotExist):
			v.report(FileMissing, path, "the manifest names it")
		case errors.As(err, &damaged):
			v.report(FileDamaged, path, "%v", err)
		default:
			v.report(FileUnread, path, "%v", err)
		}
		sound = false
	}
	c := v.m.Counts
	if c.Records != c.Known+c.Documents+c.Rejects {
		v.report(BadEquation, "", "%d records, but %d known + %d documents + %d rejects", c.Records, c.Known, c.Documents, c.Rejects)
	}
	if !sound {
		return nil // rows of damaged files say nothing
	}
	counts := map[string]int64{}
	for _, f := range v.m.Files {
		counts[f.Table] += f.Rows
	}
	for table, want := range map[string]int64{Documents.Name: c.Documents, Statements.Name: c.Statements, Stances.Name: c.Stances, Rejects.Name: c.Rejects} {
		if counts[table] != want {
			v.report(RowCount, "", "%s has %d rows, the counts say %d", table, counts[table], want)
		}
	}
	// A file as it was written can still have been written wrong.
	if err := v.rows(ctx); err != nil {
		var bad *fs.PathError
		if errors.As(err, &bad) || ctx.Err() != nil {
			return err
		}
		v.report(FileUnread, "", "%v", err)
	}
	return v.layers(ctx)
}

// layers puts every document together with all its layers, which fails if a span
// does not fit its text.
func (v *verifier) layers(ctx context.Context) error {
	if v.m.Counts.Documents == 0 {
		return nil
	}
	var have corpus.Layer
	for _, f := range v.m.Files {
		have |= LayerOf(f.Table)
	}
	documents := int64(0)
	err := v.data.Documents(ctx, v.m.Batch, have, "", func(*corpus.Document) error { documents++; return nil })
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		v.report(BadSpan, "", "after %d documents: %v", documents, err)
	case documents != v.m.Counts.Documents:
		v.report(RowCount, "", "%d documents have layers, the counts say %d", documents, v.m.Counts.Documents)
	}
	return nil
}

// rows walks documents, statements and stances side by side: they are in the same
// order, so that no more than one document is in memory.
func (v *verifier) rows(ctx context.Context) error {
	speakers := map[string]bool{}
	for _, f := range v.m.parts(speakerSheet) {
		err := Speakers.Read(v.data.path(f.Path), func(rows []SpeakerRow) error {
			for i := range rows {
				speakers[rows[i].SpeakerID] = true
			}
			return ctx.Err()
		})
		if err != nil {
			return err
		}
	}
	err := v.data.Rejects(v.m.Batch, func(x corpus.Reject) error {
		if !slices.Contains(corpus.Reasons, x.Reason) {
			v.report(BadVocabulary, "", "record %d of %s: the reason %q", x.Record, x.URI, x.Reason)
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	docs := newCursor(ctx, v.data, tables[0], v.m.parts(tables[0]))
	defer docs.stop()
	statements := newAhead(newCursor(ctx, v.data, tables[1], v.m.parts(tables[1])))
	defer statements.stop()
	stances := newAhead(newCursor(ctx, v.data, tables[2], v.m.parts(tables[2])))
	defer stances.stop()
	for {
		r, err := docs.next()
		if err != nil {
			if r, err := statements.peek(); err == nil {
				v.report(BadReference, "", "statement %s is of document %q, which is not there", r.Statements[0].StatementID, r.Statements[0].DocID)
			}
			if r, err := stances.peek(); err == nil {
				v.report(BadReference, "", "a stance is of statement %s, which is not there", r.Stances[0].StatementID)
			}
			return eofIsFine(err)
		}
		doc := &r.Documents[0]
		if (doc.RevisionNumber > 1) != (doc.Supersedes != nil) || doc.RevisionNumber < 1 {
			v.report(BadReference, "", "document %q is revision %d, and what it supersedes does not fit", doc.DocID, doc.RevisionNumber)
		}
		text := []rune(doc.Text)
		if got := corpus.Revision(doc.Text); got != doc.Revision {
			v.report(BadContent, "", "document %q: the revision is not the digest of its text", doc.DocID)
		}
		for {
			r, err := statements.peek()
			if err != nil || r.Statements[0].DocID != doc.DocID {
				if eofIsFine(err) != nil {
					return err
				}
				break
			}
			statements.take()
			s := &r.Statements[0]
			if s.SpeakerID != nil && !speakers[*s.SpeakerID] {
				v.report(BadReference, "", "statement %s is by speaker %s, who is not in the table of speakers", s.StatementID, *s.SpeakerID)
			}
			v.statement(s, text)
			for {
				r, err := stances.peek()
				if err != nil || r.Stances[0].StatementID != s.StatementID {
					if eofIsFine(err) != nil {
						return err
					}
					break
				}
				stances.take()
				v.stance(&r.Stances[0], text)
			}
		}
	}
}

func (v *verifier) statement(s *StatementRow, text []rune) {
	for _, part := range []struct {
		name  string
		spans []SpanValue
		want  string
	}{{"content", s.ContentSpans, s.Content}, {"cue", s.CueSpans, s.Cue}, {"source", s.SourceSpans, s.Source}} {
		got, ok := cut(text, part.spans)
		if !ok {
			v.report(BadSpan, "", "statement %s of %q: %s", s.StatementID, s.DocID, part.name)
		} else if got != part.want {
			v.report(BadContent, "", "statement %s of %q: %s", s.StatementID, s.DocID, part.name)
		}
	}
	for _, x := range []*float32{&s.Confidence, &s.SpeakerConfidence, s.ToneConfidence} {
		if x != nil && !(*x >= 0 && *x <= 1) {
			v.report(OutOfRange, "", "statement %s: a confidence of %v", s.StatementID, *x)
		}
	}
	if s.Tone != nil && !(*s.Tone >= -1 && *s.Tone <= 1) {
		v.report(OutOfRange, "", "statement %s: a tone of %v", s.StatementID, *s.Tone)
	}
	_, kindErr := corpus.ParseStatementKind(s.Kind)
	_, howErr := corpus.ParseHow(s.SpeakerHow)
	_, speakerErr := corpus.ParseSpeakerKind(s.SpeakerKind)
	var toneErr error
	if s.ToneLabel != nil {
		_, toneErr = corpus.ParsePolarity(*s.ToneLabel)
	}
	if err := errors.Join(kindErr, howErr, speakerErr, toneErr); err != nil {
		v.report(BadVocabulary, "", "statement %s: %v", s.StatementID, err)
	}
}

func (v *verifier) stance(s *StanceRow, text []rune) {
	if _, ok := cut(text, s.TargetSpans); !ok {
		v.report(BadSpan, "", "stance of statement %s towards %q", s.StatementID, s.Target)
	}
	if !(s.Stance >= -1 && s.Stance <= 1) || !(s.Confidence >= 0 && s.Confidence <= 1) {
		v.report(OutOfRange, "", "stance of statement %s towards %q: %v with confidence %v", s.StatementID, s.Target, s.Stance, s.Confidence)
	}
	if _, err := corpus.ParsePosition(s.Label); err != nil {
		v.report(BadVocabulary, "", "stance of statement %s: %v", s.StatementID, err)
	}
}

// cut is the text at some spans, as it stands in a row.
func cut(text []rune, spans []SpanValue) (string, bool) {
	var out []rune
	for i, s := range spans {
		if s.Start < 0 || s.End < s.Start || int(s.End) > len(text) {
			return "", false
		}
		if i > 0 {
			out = append(out, []rune(" ... ")...)
		}
		out = append(out, text[s.Start:s.End]...)
	}
	return string(out), true
}

// ahead is a cursor that can be looked at before it is moved.
type ahead struct {
	*cursor
	row  *Rows
	err  error
	have bool
}

func newAhead(c *cursor) *ahead { return &ahead{cursor: c} }

func (a *ahead) peek() (*Rows, error) {
	if !a.have {
		a.row, a.err = a.next()
		a.have = true
	}
	return a.row, a.err
}

func (a *ahead) take() { a.have = false }
