package pipeline_test

import (
	_ "embed"
	"strings"
	"testing"

	"onrecord/corpus"
	"onrecord/stages"
)

//go:embed testdata/quotations.tsv
var quotationFile string

// quotation is a line of quotations.tsv.
type quotation struct {
	article, speaker, words string
	whole                   bool
}

func quotations(t *testing.T) []quotation {
	var list []quotation
	for line := range strings.Lines(quotationFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 4 || fields[1] != "whole" && fields[1] != "part" {
			t.Fatalf("quotations.tsv: %q", line)
		}
		list = append(list, quotation{fields[0], fields[2], fields[3], fields[1] == "whole"})
	}
	return list
}

// Every quotation of the sample must be found, whole ones exactly, and have its
// speaker. One partial one fails: lower mostWrong when a stage gets better.
func TestSpeakersOfQuotationsInTheSample(t *testing.T) {
	const mostWrong = 1
	docs := map[string]*corpus.Document{}
	for _, doc := range annotatedSample(t) {
		docs[doc.ID] = doc
	}
	quoted, wrong := map[string]bool{}, 0
	for _, q := range quotations(t) {
		quoted[q.article] = true
		doc := docs[q.article]
		if doc == nil || !strings.Contains(doc.Text, q.words) {
			t.Errorf("quotations.tsv: %q is not in %s", q.words, q.article)
			continue
		}
		got, found := speakerOf(doc, q)
		switch {
		case found && got == q.speaker:
			continue
		case found:
			t.Logf("%s: %q is given to %q, said %s", q.article, q.words, got, q.speaker)
		default:
			t.Logf("%s: not found: %q of %s", q.article, q.words, q.speaker)
		}
		if wrong++; q.whole {
			t.Errorf("%s: %q must be a statement of %s", q.article, q.words, q.speaker)
		}
	}
	if wrong > mostWrong {
		t.Errorf("%d quotations lack their speaker, at most %d may", wrong, mostWrong)
	}
	for id, doc := range docs {
		if !quoted[id] && strings.ContainsAny(doc.Text, "\"“") {
			t.Errorf("quotations.tsv has nothing of %s", id)
		}
	}
}

func TestBoilerplateOfTheSampleIsInNoStatement(t *testing.T) {
	docs := annotatedSample(t)
	for _, line := range []string{"Port Towns Brace for a Long Summer", "Comments are closed", "READ MORE",
		"How a Small Factory Town Learned", "All rights reserved", "Share this"} {
		for _, doc := range docs {
			if _, found := speakerOf(doc, quotation{words: line}); found {
				t.Errorf("%s: a statement holds %q", doc.ID, line)
			}
		}
	}
}

func annotatedSample(t *testing.T) []*corpus.Document {
	docs := readSample(t)
	for _, s := range stages.Chain(stages.Options{}) {
		annotate, err := s.Annotator()
		if err != nil {
			t.Fatal(err)
		}
		for _, doc := range docs {
			if err := annotate(doc); err != nil {
				t.Fatal(err)
			}
		}
	}
	return docs
}

// speakerOf is the speaker of the first statement that has the quotation as a piece
// of its content, or, of a partial one, in a piece.
func speakerOf(doc *corpus.Document, q quotation) (speaker string, found bool) {
	for i, s := range doc.Statements {
		for _, span := range s.Content {
			if piece := span.Of(doc.Text); piece != q.words && (q.whole || !strings.Contains(piece, q.words)) {
				continue
			}
			if n := doc.Sources[i].Speaker; n >= 0 {
				return doc.Speakers[n].Name, true
			}
			return "", true
		}
	}
	return "", false
}
