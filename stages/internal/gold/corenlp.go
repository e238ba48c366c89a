// Package gold reads the annotated articles that the learned stages are trained on and
// measured by. They are not part of this repository: see [Dir].
package gold

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"unicode/utf8"

	"onrecord/corpus"
)

// Dir is where the articles lie in a checkout that has them, seen from the folder of a
// stage.
const Dir = "../../../shared/gold"

// Documents reads polnear-<split>.jsonl and polnear-<split>-corenlp.jsonl.gz of a
// folder: articles with tokens, sentences, tags, entities and dependencies by CoreNLP.
func Documents(dir, split string) ([]*corpus.Document, error) {
	docs, _, err := Lemmatized(dir, split)
	return docs, err
}

// Lemmatized is Documents with the lemmas of each, one a token.
func Lemmatized(dir, split string) (docs []*corpus.Document, lemmas [][]string, err error) {
	byID, err := texts(filepath.Join(dir, "polnear-"+split+".jsonl"))
	if err != nil {
		return nil, nil, err
	}
	name := filepath.Join(dir, "polnear-"+split+"-corenlp.jsonl.gz")
	file, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	lines := json.NewDecoder(bufio.NewReaderSize(unzipped, 1<<20))
	for {
		var line struct {
			ID        string
			Sentences [][]token
		}
		if err := lines.Decode(&line); err == io.EOF {
			return docs, lemmas, nil
		} else if err != nil {
			return nil, nil, fmt.Errorf("%s: article %d: %w", name, len(docs)+1, err)
		}
		text, ok := byID[line.ID]
		if !ok {
			return nil, nil, fmt.Errorf("%s: no text for article %q", name, line.ID)
		}
		docs = append(docs, document(line.ID, text, line.Sentences))
		var words []string
		for _, s := range line.Sentences {
			for _, t := range s {
				words = append(words, t.lemma)
			}
		}
		lemmas = append(lemmas, words)
	}
}

// token is [start, end, lemma, tag, entity, head, relation], offsets in code points.
type token struct {
	start, end int
	lemma      string
	tag        corpus.Tag
	entity     string
	head       int // in the sentence; -1 at the root
	relation   corpus.Relation
}

func (t *token) UnmarshalJSON(data []byte) error {
	var fields []any
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	if len(fields) < 7 {
		return fmt.Errorf("token of %d fields", len(fields))
	}
	start, _ := fields[0].(float64)
	end, _ := fields[1].(float64)
	t.lemma, _ = fields[2].(string)
	tag, _ := fields[3].(string)
	t.start, t.end = int(start), int(end)
	t.entity, _ = fields[4].(string)
	head, _ := fields[5].(float64)
	relation, _ := fields[6].(string)
	t.head = int(head)
	var err error
	if t.tag, err = corpus.ParseTag(tag); err != nil {
		return err
	}
	t.relation, err = corpus.ParseRelation(relation)
	return err
}

func texts(name string) (map[string]string, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	out := map[string]string{}
	for lines := json.NewDecoder(bufio.NewReaderSize(file, 1<<20)); ; {
		var line struct{ ID, Text string }
		if err := lines.Decode(&line); err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: article %d: %w", name, len(out)+1, err)
		}
		out[line.ID] = line.Text
	}
}

// kinds are the entity classes we keep; dates and amounts are not names.
var kinds = map[string]corpus.EntityKind{
	"PERSON": corpus.Person, "ORGANIZATION": corpus.Organization, "LOCATION": corpus.Place, "MISC": corpus.Misc}

func document(id, text string, sentences [][]token) *corpus.Document {
	doc := &corpus.Document{ID: id, Text: text}
	doc.Entities = []corpus.Entity{}
	bytes := byteOffsets(text)
	for _, tokens := range sentences {
		first := int32(len(doc.Tokens))
		previous := ""
		for _, t := range tokens {
			at := int32(len(doc.Tokens))
			doc.Tokens = append(doc.Tokens, corpus.Span{Start: bytes[t.start], End: bytes[t.end]})
			doc.Tags = append(doc.Tags, t.tag)
			arc := corpus.Arc{Head: -1, Relation: t.relation}
			if t.head >= 0 {
				arc.Head = first + int32(t.head)
			}
			doc.Arcs = append(doc.Arcs, arc)
			if kind, ok := kinds[t.entity]; ok {
				if t.entity != previous {
					doc.Entities = append(doc.Entities, corpus.Entity{Span: corpus.Span{Start: at}, Kind: kind})
				}
				doc.Entities[len(doc.Entities)-1].End = at + 1
			}
			previous = t.entity
		}
		doc.Sentences = append(doc.Sentences, corpus.Span{Start: first, End: int32(len(doc.Tokens))})
	}
	return doc
}

// byteOffsets gives the byte offset of every code point of text, and of its end.
func byteOffsets(text string) []int32 {
	out := make([]int32, 0, utf8.RuneCountInString(text)+1)
	for i := range text {
		out = append(out, int32(i))
	}
	return append(out, int32(len(text)))
}
