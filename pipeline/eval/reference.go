package eval

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"

	"onrecord/corpus"
)

// Reference is an article's words as Stanford CoreNLP annotates them: what the first
// stages of the chain are compared with.
type Reference struct {
	ID        string     `json:"id"`
	Sentences [][]refTok `json:"sentences"`
}

// refTok is [start, end, lemma, tag, entity, head, relation]; offsets are code points,
// heads count in the sentence from 0, -1 is the root.
type refTok struct {
	Span
	tag      corpus.Tag
	entity   string
	head     int
	relation corpus.Relation
}

func (t *refTok) UnmarshalJSON(b []byte) error {
	var lemma, tag, relation string
	fields := []any{&t.Start, &t.End, &lemma, &tag, &t.entity, &t.head, &relation}
	want := len(fields)
	err := json.Unmarshal(b, &fields)
	switch {
	case err != nil:
		return err
	case len(fields) != want:
		return fmt.Errorf("a token has %d fields, this one %d: %s", want, len(fields), b)
	}
	if t.tag, err = corpus.ParseTag(tag); err != nil {
		return err
	}
	t.relation, err = corpus.ParseRelation(relation)
	return err
}

// ReadReferences reads annotated articles by their id: JSON values, commonly one a
// line, or such a file packed by gzip.
func ReadReferences(r io.Reader) (map[string]*Reference, error) {
	in := bufio.NewReader(r)
	if head, _ := in.Peek(2); string(head) == "\x1f\x8b" {
		unzipped, err := gzip.NewReader(in)
		if err != nil {
			return nil, err
		}
		defer unzipped.Close()
		r = unzipped
	} else {
		r = in
	}
	list, err := readAll[Reference](r)
	byID := make(map[string]*Reference, len(list))
	for i := range list {
		byID[list[i].ID] = &list[i]
	}
	return byID, err
}

// referenceKinds are the classes of names that we know; dates and amounts are none.
var referenceKinds = map[string]corpus.EntityKind{
	"PERSON": corpus.Person, "ORGANIZATION": corpus.Organization, "LOCATION": corpus.Place, "MISC": corpus.Misc}

// Document is the reference as a document of the text, with all layers from Sentences
// to Arcs.
func (r *Reference) Document(text string) (*corpus.Document, error) {
	bytes := make([]int32, 0, utf8.RuneCountInString(text)+1)
	for i := range text {
		bytes = append(bytes, int32(i))
	}
	bytes = append(bytes, int32(len(text)))
	doc := &corpus.Document{ID: r.ID, Text: text}
	doc.Entities = []corpus.Entity{}
	for _, tokens := range r.Sentences {
		first, entity := int32(len(doc.Tokens)), ""
		for _, t := range tokens {
			at := int32(len(doc.Tokens))
			if t.Start < 0 || t.End <= t.Start || t.End >= len(bytes) || t.head >= len(tokens) {
				return nil, fmt.Errorf("reference of %q: token %d, at [%d, %d] with head %d, does not fit the text", r.ID, at, t.Start, t.End, t.head)
			}
			doc.Tokens = append(doc.Tokens, corpus.Span{Start: bytes[t.Start], End: bytes[t.End]})
			doc.Tags = append(doc.Tags, t.tag)
			arc := corpus.Arc{Head: -1, Relation: t.relation}
			if t.head >= 0 {
				arc.Head = first + int32(t.head)
			}
			doc.Arcs = append(doc.Arcs, arc)
			if kind, ok := referenceKinds[t.entity]; ok {
				if t.entity != entity {
					doc.Entities = append(doc.Entities, corpus.Entity{Span: corpus.Span{Start: at}, Kind: kind})
				}
				doc.Entities[len(doc.Entities)-1].End = at + 1
			}
			entity = t.entity
		}
		if int(first) < len(doc.Tokens) {
			doc.Sentences = append(doc.Sentences, corpus.Span{Start: first, End: int32(len(doc.Tokens))})
		}
	}
	return doc, nil
}
