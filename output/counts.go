package output

import (
	"cmp"
	"math"
	"slices"
)

// Counts are what came of the records: Records = Known + Documents + Rejects.
type Counts struct {
	Records    int64 `json:"records"`
	Bytes      int64 `json:"bytes"` // of the records
	Known      int64 `json:"known"` // skipped: the dataset has this revision, or refused it before
	Documents  int64 `json:"documents"`
	Rejects    int64 `json:"rejects"`
	Sentences  int64 `json:"sentences"`
	Tokens     int64 `json:"tokens"`
	TextBytes  int64 `json:"text_bytes"` // of the documents
	Speaking   int64 `json:"speaking"`   // documents with at least one statement
	Statements int64 `json:"statements"`
	Direct     int64 `json:"direct"`     // statements that are quoted whole
	Attributed int64 `json:"attributed"` // statements with a speaker
	Negative   int64 `json:"negative"`   // statements by tone_label
	Neutral    int64 `json:"neutral"`    //
	Positive   int64 `json:"positive"`   //
	Tone       int64 `json:"tone_total"` // sum of statements.tone in ten-thousandths: exact in any order
	Stances    int64 `json:"stances"`
}

// Add adds the counts of another part of the batch.
func (c *Counts) Add(o Counts) {
	c.Records += o.Records
	c.Bytes += o.Bytes
	c.Known += o.Known
	c.Documents += o.Documents
	c.Rejects += o.Rejects
	c.Sentences += o.Sentences
	c.Tokens += o.Tokens
	c.TextBytes += o.TextBytes
	c.Speaking += o.Speaking
	c.Statements += o.Statements
	c.Direct += o.Direct
	c.Attributed += o.Attributed
	c.Negative += o.Negative
	c.Neutral += o.Neutral
	c.Positive += o.Positive
	c.Tone += o.Tone
	c.Stances += o.Stances
}

func (c *Counts) document(d *DocumentRow) {
	c.Documents++
	c.Sentences += int64(d.Sentences)
	c.Tokens += int64(d.Tokens)
	c.TextBytes += int64(len(d.Text))
	if d.Statements > 0 {
		c.Speaking++
	}
}

func (c *Counts) statement(s *StatementRow) {
	c.Statements++
	c.Stances += int64(len(s.Stances))
	if s.Kind == "direct" {
		c.Direct++
	}
	if s.SpeakerID != nil {
		c.Attributed++
	}
	if s.ToneLabel != nil {
		switch *s.ToneLabel {
		case "negative":
			c.Negative++
		case "neutral":
			c.Neutral++
		case "positive":
			c.Positive++
		}
	}
	if s.Tone != nil {
		c.Tone += int64(math.Round(float64(*s.Tone) * 1e4))
	}
}

// PublisherCounts are the counts of one publisher's documents.
type PublisherCounts struct {
	Publisher string   `json:"publisher"`
	Silent    []string `json:"silent,omitempty"` // the first few documents without a statement
	Counts
}

const (
	mostSilent     = 3
	mostPublishers = 100 // in a manifest
)

// Tally counts documents publisher by publisher.
type Tally map[string]*PublisherCounts

func (t Tally) of(publisher string) *PublisherCounts {
	p := t[publisher]
	if p == nil {
		p = &PublisherCounts{Publisher: publisher}
		t[publisher] = p
	}
	return p
}

// Add adds the counts of a later part of the batch.
func (t Tally) Add(later []PublisherCounts) {
	for _, o := range later {
		p := t.of(o.Publisher)
		p.Counts.Add(o.Counts)
		p.Silent = append(p.Silent, o.Silent...)
		p.Silent = p.Silent[:min(len(p.Silent), mostSilent)]
	}
}

// rows counts the rows of one chunk.
func (t Tally) rows(r *Rows) {
	for i := range r.Documents {
		d := &r.Documents[i]
		p := t.of(d.Publisher)
		p.document(d)
		if d.Statements == 0 && len(p.Silent) < mostSilent {
			p.Silent = append(p.Silent, d.DocID)
		}
	}
	for i := range r.Statements {
		t.of(r.Statements[i].Publisher).statement(&r.Statements[i])
	}
}

// Largest are the publishers with most documents, by name.
func (t Tally) Largest() []PublisherCounts {
	out := t.all()
	slices.SortStableFunc(out, func(a, b PublisherCounts) int { return cmp.Compare(b.Documents, a.Documents) })
	out = out[:min(len(out), mostPublishers)]
	slices.SortFunc(out, byName)
	return out
}

func (t Tally) all() []PublisherCounts {
	var out []PublisherCounts
	for _, p := range t {
		out = append(out, *p)
	}
	slices.SortFunc(out, byName)
	return out
}

func byName(a, b PublisherCounts) int { return cmp.Compare(a.Publisher, b.Publisher) }
