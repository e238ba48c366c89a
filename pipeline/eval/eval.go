// Package eval compares statements with articles that people have annotated.
//
// The measures are those of published work on attribution (PolNeAR, PARC3) and
// are defined where they are counted, in [Score]. All of them are sums of counts
// over articles, so that a [Tally] of one article, of all, or of a resample of
// them (see [Intervals]) is turned into figures by the same code.
//
// Offsets are Unicode code points, as in every table of a dataset: what is
// scored here may come from the stages directly ([Predict]) or from an exported
// table ([ReadStatements]).
package eval

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Article is a text with the attributions that people found in it.
type Article struct {
	ID           string        `json:"id"`
	Text         string        `json:"text"`
	Attributions []Attribution `json:"attributions"`
	Discard      []Span        `json:"discard"` // marked by the annotators as no part of the article
}

// Attribution is one annotated statement. Speaker, tone and stances are labelled
// in some articles only.
type Attribution struct {
	Source  []Span         `json:"source"`
	Cue     []Span         `json:"cue"`
	Content []Span         `json:"content"`
	Speaker *string        `json:"speaker"` // nil: not labelled, or nobody can be named
	Tone    *int           `json:"tone"`    // -1, 0, 1; nil: not labelled
	Stances []TargetStance `json:"stances"` // nil: not labelled; empty: no targets
}

// TargetStance is a labelled position: 1 for, -1 against, 0 neither.
type TargetStance struct {
	Target string `json:"target"`
	Stance int    `json:"stance"`
}

// Statement is what is compared with the annotation: the columns of the
// statements table that have a gold counterpart.
type Statement struct {
	DocID   string        `json:"doc_id"`
	Content []Span        `json:"content_spans"`
	Cue     []Span        `json:"cue_spans"`
	Source  []Span        `json:"source_spans"`
	Speaker string        `json:"speaker"`
	Tone    string        `json:"tone_label"`
	Bayes   string        `json:"tone_bayes"` // cdipaolo/sentiment's opinion
	Vader   string        `json:"-"`          // what VADER's words would say
	Stances []StanceLabel `json:"stances"`

	Confidence *float64 `json:"confidence"` // nil: not stated
}

// StanceLabel is a predicted position, by the names the tables use.
type StanceLabel struct {
	Target string `json:"target"`
	Label  string `json:"label"`
}

// Span is a half-open interval of code points.
type Span struct{ Start, End int }

// UnmarshalJSON reads both [12, 17], as the gold files write a span, and
// {"start": 12, "end": 17}, as the tables do.
func (s *Span) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '[' {
		var ends []int
		if err := json.Unmarshal(b, &ends); err != nil {
			return err
		}
		if len(ends) != 2 {
			return fmt.Errorf("a span has two ends, this one %d: %s", len(ends), b)
		}
		s.Start, s.End = ends[0], ends[1]
		return nil
	}
	var named struct{ Start, End *int }
	if err := json.Unmarshal(b, &named); err != nil {
		return err
	}
	if named.Start == nil || named.End == nil {
		return fmt.Errorf("a span has a start and an end: %s", b)
	}
	s.Start, s.End = *named.Start, *named.End
	return nil
}

// ReadArticles reads annotated articles: JSON values, commonly one a line.
func ReadArticles(r io.Reader) ([]Article, error) { return readAll[Article](r) }

// ReadStatements reads an exported statements table, JSON lines, by document.
func ReadStatements(r io.Reader) (map[string][]Statement, error) {
	rows, err := readAll[Statement](r)
	byDoc := make(map[string][]Statement)
	for _, row := range rows {
		byDoc[row.DocID] = append(byDoc[row.DocID], row)
	}
	return byDoc, err
}

func readAll[T any](r io.Reader) ([]T, error) {
	var out []T
	in := json.NewDecoder(bufio.NewReader(r))
	for {
		var v T
		err := in.Decode(&v)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, fmt.Errorf("record %d (byte %d): %w", len(out)+1, in.InputOffset(), err)
		}
		out = append(out, v)
	}
}
