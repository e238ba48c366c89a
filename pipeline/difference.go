package pipeline

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"onrecord/corpus"
	"onrecord/output"
)

// Difference is what a rerun found, document by document, in the order of the batch.
type Difference struct {
	Documents int // compared
	Differing int // with at least one change
	Changes   []Change
	Failed    []corpus.Reject // documents that a stage now refuses

	Flips     map[string]int // label changes by column and direction: "tone_label: neutral -> negative"
	MeanShift float64        // mean of tone after minus before, over the statements in both
	both      int

	Uncompared []string // batches without the layers to compare with

	Stale   []string           // after writing: batches that other versions or options made still
	Kinds   map[ChangeKind]int // how many changes there are, also of those beyond the limit
	limit   int                // of Changes; 0 is none
	batches []output.Manifest
}

// total is the number of changes.
func (d *Difference) total() int { return d.Kinds[RowAdded] + d.Kinds[RowGone] + d.Kinds[RowChanged] }

// Change is one row that is not as it was.
type Change struct {
	DocID, Table string
	ID           string // of the row: the statement, or statement and target
	What         ChangeKind
	Text         string // the content, to recognise it by
	Fields       []FieldChange
}

// FieldChange is one column of a changed row, as JSON.
type FieldChange struct{ Column, Before, After string }

// ChangeKind says what happened to a row.
type ChangeKind string

// The kinds of change.
const (
	RowAdded   ChangeKind = "added"
	RowGone    ChangeKind = "gone"
	RowChanged ChangeKind = "changed"
)

// flipColumns are the labels whose changes are worth counting by themselves.
var flipColumns = map[string]bool{"kind": true, "tone_label": true, "label": true, "speaker": true, "speaker_how": true}

// compare adds what changed in one document. Rows are known by their ids, so an
// insertion does not make everything behind it look changed.
func (d *Difference) compare(before, after *output.Rows) error {
	docID := ""
	if len(before.Documents) > 0 {
		docID = before.Documents[0].DocID
	}
	d.Documents++
	n := d.total()
	statements, err := rowsByID(before.Statements, after.Statements, func(r output.StatementRow) (string, string) {
		return r.StatementID, r.Content
	})
	if err != nil {
		return err
	}
	d.add(docID, "statements", statements)
	stances, err := rowsByID(before.Stances, after.Stances, func(r output.StanceRow) (string, string) {
		return r.StatementID + " " + r.TargetID, r.Target
	})
	if err != nil {
		return err
	}
	d.add(docID, "stances", stances)
	if d.total() > n {
		d.Differing++
	}
	tones := make(map[string]float32, len(before.Statements))
	for _, s := range before.Statements {
		if s.Tone != nil {
			tones[s.StatementID] = *s.Tone
		}
	}
	for _, s := range after.Statements {
		if was, ok := tones[s.StatementID]; ok && s.Tone != nil {
			d.both++
			d.MeanShift += (float64(*s.Tone) - float64(was) - d.MeanShift) / float64(d.both)
		}
	}
	return nil
}

func (d *Difference) add(docID, table string, changes []Change) {
	for _, c := range changes {
		c.DocID, c.Table = docID, table
		if d.limit == 0 || len(d.Changes) < d.limit {
			d.Changes = append(d.Changes, c)
		}
		if d.Kinds == nil {
			d.Kinds = map[ChangeKind]int{}
		}
		d.Kinds[c.What]++
		for _, f := range c.Fields {
			if flipColumns[f.Column] {
				if d.Flips == nil {
					d.Flips = map[string]int{}
				}
				d.Flips[fmt.Sprintf("%s: %s -> %s", f.Column, f.Before, f.After)]++
			}
		}
	}
}

// rowsByID pairs rows by id and reports what differs, gone and changed rows in
// their old order, then the new ones.
func rowsByID[T any](before, after []T, describe func(T) (id, text string)) ([]Change, error) {
	now := make(map[string]T, len(after))
	for _, r := range after {
		id, _ := describe(r)
		now[id] = r
	}
	var out []Change
	for _, was := range before {
		id, text := describe(was)
		is, there := now[id]
		if !there {
			out = append(out, Change{ID: id, Text: text, What: RowGone})
			continue
		}
		delete(now, id)
		fields, err := fieldChanges(was, is)
		if err != nil {
			return nil, err
		}
		if len(fields) > 0 {
			out = append(out, Change{ID: id, Text: text, What: RowChanged, Fields: fields})
		}
	}
	for _, r := range after {
		id, text := describe(r)
		if _, isNew := now[id]; isNew {
			out = append(out, Change{ID: id, Text: text, What: RowAdded})
		}
	}
	return out, nil
}

// fieldChanges compares two rows column by column, as users see them.
func fieldChanges(before, after any) ([]FieldChange, error) {
	was, err := columns(before)
	if err != nil {
		return nil, err
	}
	is, err := columns(after)
	if err != nil {
		return nil, err
	}
	var out []FieldChange
	for name, b := range was {
		if !bytes.Equal(b, is[name]) {
			out = append(out, FieldChange{name, string(b), string(is[name])})
		}
	}
	slices.SortFunc(out, func(a, b FieldChange) int { return bytes.Compare([]byte(a.Column), []byte(b.Column)) })
	return out, nil
}

func columns(row any) (map[string]json.RawMessage, error) {
	b, err := json.Marshal(row)
	if err != nil {
		return nil, err
	}
	var out map[string]json.RawMessage
	return out, json.Unmarshal(b, &out)
}
