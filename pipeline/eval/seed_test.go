package eval_test

import (
	"context"
	"strings"
	"testing"

	"onrecord/corpus"
	"onrecord/stages"
)

// TestFirstArticle wants of the article that the project started from what its
// author wanted first of all. The article may not be published.
func TestFirstArticle(t *testing.T) {
	reader, err := corpus.Open([]string{"../../../shared/seed"}, corpus.Options{})
	if err != nil {
		t.Skip("no article beside the repository to try: ", err)
	}
	defer reader.Close()
	record, err := reader.Next(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	doc, reject := corpus.NewDecoder(corpus.Options{}).Decode(record)
	if reject != nil {
		t.Fatal(reject.Message)
	}
	for _, s := range stages.Chain(stages.Options{}) {
		annotate, err := s.Annotator()
		if err != nil {
			t.Fatal(err)
		}
		if err := annotate(doc); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		words, speaker string
		tone           corpus.Polarity
		opposes        string
	}{
		{"open, detailed, and constructive", "Chinese state media", corpus.Positive, ""},
		{"frank and detailed", "Scott Bessent", corpus.Positive, ""},
		{"not sustainable", "Donald Trump", corpus.Negative, ""},
		{"do not agree with China", "Lars Klingbeil", corpus.Negative, "China"},
	} {
		i := holding(doc, tt.words)
		if i < 0 {
			t.Errorf("no statement holds %q", tt.words)
			continue
		}
		speaker, opposed := "nobody", []string{}
		if n := doc.Sources[i].Speaker; n >= 0 {
			speaker = doc.Speakers[n].Name
		}
		for _, s := range doc.Stances {
			if int(s.Statement) == i && s.Label == corpus.Oppose {
				opposed = append(opposed, s.Target)
			}
		}
		if speaker != tt.speaker || doc.Tones[i].Label != tt.tone || tt.opposes != "" && !strings.Contains(strings.Join(opposed, ", "), tt.opposes) {
			t.Errorf("%q is %v, by %s, against %q; want %v, by %s, against %q", tt.words, doc.Tones[i].Label, speaker, opposed, tt.tone, tt.speaker, tt.opposes)
		}
	}
	name := false
	for _, e := range doc.Entities {
		words := doc.Text[doc.Tokens[e.Start].Start:doc.Tokens[e.End-1].End]
		name = name || e.Kind == corpus.Person && words == "He Lifeng"
	}
	if !name {
		t.Error("He Lifeng is no name")
	}
	rules := map[string]int{}
	for _, b := range doc.Blocks {
		if b.Kind == corpus.Boilerplate {
			rules[b.Rule]++
		}
	}
	if rules["related"] == 0 || rules["comments"] == 0 {
		t.Errorf("boilerplate %v; want the link to another article and the line about comments", rules)
	}
}

// holding is the first statement with the words in its content, -1 if there is none.
func holding(doc *corpus.Document, words string) int {
	for i, s := range doc.Statements {
		for _, span := range s.Content {
			if strings.Contains(span.Of(doc.Text), words) {
				return i
			}
		}
	}
	return -1
}
