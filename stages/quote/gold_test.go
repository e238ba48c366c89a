package quote

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/clean"
	"onrecord/stages/segment"
	"onrecord/stages/tag"
)

// goldDir has articles that are not part of this repository.
const goldDir = "../../../shared/gold"

var given = flag.Bool("given", false, "measure on the tokens and tags that go with the articles instead of our own stages")

// before are the stages that the articles go through first.
var before = []interface {
	Annotator() (func(*corpus.Document) error, error)
}{clean.Stage{}, segment.Stage{}, tag.Stage{}}

// article is a labelled article. Spans are bytes of the text.
type article struct {
	ID           string
	Text         string
	Attributions []attribution
	Discard      []corpus.Span
	doc          *corpus.Document // text and the layers that quote needs
	given        *corpus.Document // the same from another program, or nil
	lemmas       []string         // one a token of given
}

type attribution struct{ Source, Cue, Content []corpus.Span }

// loadGold reads the articles of a part with the tokens, sentences and tags that
// go with them. It skips the test where they are not at hand.
func loadGold(t testing.TB, part string) []*article {
	t.Helper()
	if _, err := os.Stat(goldDir); err != nil {
		t.Skip("no ../shared/gold beside this repository: nothing is measured")
	}
	layers := loadLayers(t, filepath.Join(goldDir, "polnear-"+part+"-corenlp.jsonl.gz"))
	f, err := os.Open(filepath.Join(goldDir, "polnear-"+part+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	runs := make([]func(*corpus.Document) error, len(before))
	for i, s := range before {
		if runs[i], err = s.Annotator(); err != nil {
			t.Fatal(err)
		}
	}
	var out []*article
	for in := json.NewDecoder(f); in.More(); {
		var row struct {
			ID, Text     string
			Discard      [][2]int
			Attributions []struct{ Source, Cue, Content [][2]int }
		}
		if err := in.Decode(&row); err != nil {
			t.Fatal(err)
		}
		at := runeOffsets(row.Text)
		spans := func(in [][2]int) (out []corpus.Span) {
			for _, s := range in {
				out = append(out, corpus.Span{Start: at[s[0]], End: at[s[1]]})
			}
			return out
		}
		a := &article{ID: row.ID, Text: row.Text, Discard: spans(row.Discard)}
		for _, x := range row.Attributions {
			a.Attributions = append(a.Attributions, attribution{spans(x.Source), spans(x.Cue), spans(x.Content)})
		}
		if l := layers[row.ID]; l != nil {
			a.given, a.lemmas = l.document(row.Text, at)
		}
		if a.doc = a.given; !*given {
			a.doc = &corpus.Document{Text: row.Text}
			for _, run := range runs {
				if err := run(a.doc); err != nil {
					t.Fatal(err)
				}
			}
		}
		out = append(out, a)
	}
	return out
}

// runeOffsets maps code points to bytes.
func runeOffsets(text string) []int32 {
	out := make([]int32, 0, len(text)+1)
	for i := range text {
		out = append(out, int32(i))
	}
	return append(out, int32(len(text)))
}

type parsed struct{ Sentences [][][]any }

func loadLayers(t testing.TB, path string) map[string]*parsed {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[string]*parsed)
	for in := json.NewDecoder(z); in.More(); {
		var row struct {
			ID string
			parsed
		}
		if err := in.Decode(&row); err != nil {
			t.Fatal(err)
		}
		out[row.ID] = &row.parsed
	}
	return out
}

func (p *parsed) document(text string, at []int32) (*corpus.Document, []string) {
	doc := &corpus.Document{Text: text}
	doc.Blocks = linesAsBlocks(text)
	doc.Entities = []corpus.Entity{}
	var lemmas []string
	for _, s := range p.Sentences {
		sentence := corpus.Span{Start: int32(len(doc.Tokens))}
		class := "O"
		for _, x := range s {
			if now := x[4].(string); entityKinds[now] != 0 {
				if now == class {
					doc.Entities[len(doc.Entities)-1].End++
				} else {
					i := int32(len(doc.Tokens))
					doc.Entities = append(doc.Entities, corpus.Entity{Span: corpus.Span{Start: i, End: i + 1}, Kind: entityKinds[now]})
				}
			}
			class = x[4].(string)
			tag, _ := corpus.ParseTag(x[3].(string))
			doc.Tokens = append(doc.Tokens, corpus.Span{Start: at[int(x[0].(float64))], End: at[int(x[1].(float64))]})
			doc.Tags = append(doc.Tags, tag)
			lemmas = append(lemmas, strings.ToLower(x[2].(string)))
		}
		sentence.End = int32(len(doc.Tokens))
		doc.Sentences = append(doc.Sentences, sentence)
	}
	return doc, lemmas
}

var entityKinds = map[string]corpus.EntityKind{"PERSON": corpus.Person, "ORGANIZATION": corpus.Organization, "LOCATION": corpus.Place}

func linesAsBlocks(text string) (out []corpus.Block) {
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		if strings.TrimSpace(text[start:end]) != "" {
			out = append(out, corpus.Block{Span: corpus.Span{Start: int32(start), End: int32(end)}})
		}
		start = end + 1
	}
	return out
}
