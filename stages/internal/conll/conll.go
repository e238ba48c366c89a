// Package conll reads sentences that were annotated by hand for the tests of the
// stages: one token a line, in columns parted by tabs.
//
//	# text = Ann spoke.
//	1	Ann	NNP	2	nsubj	B-person
//	2	spoke	VBD	0	root	O
//	3	.	.	2	punct	O
//
// The columns are number, token, Penn tag, number of the head (0: root), relation and
// entity. A comment of the form "key = value" belongs to the sentence after it; a
// sentence ends at an empty line.
package conll

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"onrecord/corpus"
)

// Sentence is one annotated sentence as a document of its own, with the layers from
// Blocks to Arcs, and its comments by key.
type Sentence struct {
	*corpus.Document
	Comments map[string]string
}

// ReadFile reads a file of sentences. Errors name the file and the line.
func ReadFile(name string) ([]Sentence, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	out, err := Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

// Read reads sentences.
func Read(in io.Reader) ([]Sentence, error) {
	var out []Sentence
	r := reader{comments: map[string]string{}}
	lines := bufio.NewScanner(in)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSuffix(lines.Text(), "\r")
		switch {
		case strings.HasPrefix(line, "# ") && r.doc == nil:
			if key, value, ok := strings.Cut(line[2:], " = "); ok {
				r.comments[key] = value
			}
		case line == "":
			out = r.finish(out)
		default:
			if err := r.token(strings.Split(line, "\t")); err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
		}
	}
	return r.finish(out), lines.Err()
}

// reader is the sentence that is being read.
type reader struct {
	comments map[string]string
	doc      *corpus.Document
	at       int // in the text, behind the last token
}

const columns = 6

func (r *reader) token(fields []string) error {
	if len(fields) != columns {
		return fmt.Errorf("%d columns, want %d", len(fields), columns)
	}
	if r.doc == nil {
		r.doc, r.at = &corpus.Document{Text: r.comments["text"]}, 0
		r.doc.Entities = []corpus.Entity{}
	}
	doc, at := r.doc, int32(len(r.doc.Tokens))
	if fields[0] != strconv.Itoa(int(at)+1) {
		return fmt.Errorf("token %q, want number %d", fields[0], at+1)
	}
	gap := strings.Index(doc.Text[r.at:], fields[1])
	if fields[1] == "" || gap < 0 {
		return fmt.Errorf("token %q is not in what remains of the text, %q", fields[1], doc.Text[r.at:])
	}
	start := r.at + gap
	r.at = start + len(fields[1])
	doc.Tokens = append(doc.Tokens, corpus.Span{Start: int32(start), End: int32(r.at)})
	tag, err := corpus.ParseTag(fields[2])
	if err != nil {
		return err
	}
	doc.Tags = append(doc.Tags, tag)
	head, err := strconv.Atoi(fields[3])
	if err != nil || head < 0 {
		return fmt.Errorf("%q is no head", fields[3])
	}
	relation, err := corpus.ParseRelation(fields[4])
	if err != nil {
		return err
	}
	doc.Arcs = append(doc.Arcs, corpus.Arc{Head: int32(head) - 1, Relation: relation})
	return r.entity(fields[5], at)
}

func (r *reader) entity(field string, at int32) error {
	how, name, _ := strings.Cut(field, "-")
	if field == "O" {
		return nil
	}
	kind, err := corpus.ParseEntityKind(name)
	if err != nil {
		return err
	}
	entities := r.doc.Entities
	switch n := len(entities); {
	case how == "B":
		r.doc.Entities = append(entities, corpus.Entity{Span: corpus.Span{Start: at, End: at + 1}, Kind: kind})
	case how == "I" && n > 0 && entities[n-1].End == at && entities[n-1].Kind == kind:
		entities[n-1].End++
	default:
		return fmt.Errorf("%q continues nothing", field)
	}
	return nil
}

func (r *reader) finish(out []Sentence) []Sentence {
	if r.doc == nil {
		return out
	}
	r.doc.Sentences = []corpus.Span{{Start: 0, End: int32(len(r.doc.Tokens))}}
	r.doc.Blocks = []corpus.Block{{Kind: corpus.Body, Span: corpus.Span{End: int32(len(r.doc.Text))}}}
	out = append(out, Sentence{r.doc, r.comments})
	r.doc, r.comments = nil, map[string]string{}
	return out
}
