package gold

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/corpus"
)

func write(t *testing.T, dir, name, data string) {
	if filepath.Ext(name) == ".gz" {
		var zipped bytes.Buffer
		w := gzip.NewWriter(&zipped)
		if _, err := w.Write([]byte(data)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		data = zipped.String()
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestOffsetsAreCodePoints(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "polnear-dev.jsonl", `{"id":"a","text":"Ann Kovář spoke."}`)
	write(t, dir, "polnear-dev-corenlp.jsonl.gz", `{"id":"a","sentences":[[[0,3,"Ann","NNP","PERSON",1,"compound"],`+
		`[4,9,"Kovář","NNP","PERSON",2,"nsubj"],[10,15,"speak","VBD","O",-1,"root"],[15,16,".",".","O",2,"punct"]]]}`)
	docs, err := Documents(dir, "dev")
	if err != nil {
		t.Fatal(err)
	}
	doc := docs[0]
	if len(doc.Entities) != 1 || doc.Entities[0] != (corpus.Entity{Span: corpus.Span{Start: 0, End: 2}, Kind: corpus.Person}) {
		t.Errorf("entities %v, want one person of two tokens", doc.Entities)
	}
	if got := doc.Tokens[2].Of(doc.Text); got != "spoke" || doc.Tags[2] != corpus.VBD {
		t.Errorf("third token is %q, %v; want spoke, VBD", got, doc.Tags[2])
	}
	write(t, dir, "labelled-dev.jsonl", `{"id":"a","text":"Ář said so.","attributions":[{"source":[[0,2]],"cue":[[3,7]],"content":[[8,10]],"speaker":"Ář"},{"source":[],"cue":[],"content":[[8,10]],"speaker":null}]}`)
	articles, err := Labelled(dir)
	if err != nil {
		t.Fatal(err)
	}
	at := articles[0].Attributions
	if got := at[0].Content[0].Of(articles[0].Text); got != "so" || !at[0].Labelled || at[1].Labelled {
		t.Errorf("content %q, labelled %v and %v; want so, true, false", got, at[0].Labelled, at[1].Labelled)
	}
}

func TestErrorsNameTheFile(t *testing.T) {
	dir := t.TempDir()
	if _, err := Documents(dir, "dev"); err == nil || !strings.Contains(err.Error(), "polnear-dev.jsonl") {
		t.Errorf("error %v does not name the missing file", err)
	}
	write(t, dir, "polnear-dev.jsonl", `{"id":"a","text":"x"}`)
	write(t, dir, "polnear-dev-corenlp.jsonl.gz", `{"id":"b","sentences":[]}`)
	if _, err := Documents(dir, "dev"); err == nil || !strings.Contains(err.Error(), `"b"`) {
		t.Errorf("error %v does not name the article without a text", err)
	}
	write(t, dir, "labelled-dev.jsonl", `{"id":`)
	if _, err := Labelled(dir); err == nil || !strings.Contains(err.Error(), "article 1") {
		t.Errorf("error %v does not say which article is broken", err)
	}
}

func TestSameName(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"Donald Trump", "Trump", true},
		{"Donald Trump", "Ivana Trump", false},
		{"President Barack Obama", "Barack Obama", true},
		{"The New York Times", "New York Times", true},
		{"P and Q", "Q and P", true},
		{"P and Q", "P", false},
		{"", "", true},
		{"", "Q", false},
	} {
		if got := SameName(test.a, test.b); got != test.want {
			t.Errorf("SameName(%q, %q) = %v, want %v", test.a, test.b, got, test.want)
		}
	}
}
