package pipeline_test

import (
	"strings"
	"testing"

	"onrecord/corpus"
	"onrecord/stages"
)

// directQuotations are the direct quotations of the sample: some words of each
// and its speaker.
var directQuotations = []struct{ words, speaker string }{
	{"We have never been this close", "Sigrun Halldal"},
	{"The quota rules are fair", "Sigrun Halldal"},
	{"This levy is a mistake", "Park Jun-ho"},
	{"It punishes partners", "Park Jun-ho"},
	{"This strike is needless and cruel", "Oliver Pryce"},
	{"The offer on the table", "Oliver Pryce"},
	{"He has not met us once", "Moira Fenwick"},
	{"He didn’t answer our letters", "Moira Fenwick"},
	{"We will not be spectators", "Sigrun Halldal"},
	{"For thirty years we have watched", "Sigrun Halldal"},
	{"That ends this spring", "Sigrun Halldal"},
	{"I am proud of the men and women", "Sigrun Halldal"},
	{"My father used to say", "Birkir Stein"},
	{"The public paid for this study", "Ruth Abelard"},
	{"The levy works", "Dana Whitlock"},
	{"I want a deal, not a war", "Moira Fenwick"},
	{"It has brought the minister to his senses", "Moira Fenwick"},
	{"That is an ugly phrase", "Moira Fenwick"},
	{"Gladly. Sir Alan Teague", "Moira Fenwick"},
	{"The wall protects four hundred homes", "Ines Calder"},
	{"The wall is a monument to panic", "Peter Brewis"},
	{"The engineers disagree with you", "Ines Calder"},
	{"People are frightened", "Ines Calder"},
	{"Ray is the best teacher", "Amara Diallo"},
	{"He is patient, he is honest", "Amara Diallo"},
	{"I never thought they'd call", `Ray "Thunder" Dolan`},
	{"Now the work begins", `Ray "Thunder" Dolan`},
	{"It's a sentimental choice", "Hugh Barlow"},
	{"Ask me in August", `Ray "Thunder" Dolan`},
	{"This pause is good for workers", "Dana Whitlock and Park Jun-ho"},
	{"A tax that sleeps", "He Wenbo"},
	{"I have been her harshest critic", "Ruth Abelard"},
	{"Today she did the right thing", "Ruth Abelard"},
	{"People are tired", "Helen Moss"},
	{"They don't hate the strikers", "Helen Moss"},
	{"We lose money every day", "guard at Euston station"},
	{"But if we give in now", "guard at Euston station"},
	{"The rota was a mistake", "Oliver Pryce"},
	{"Moira Fenwick has been a tough opponent", "Oliver Pryce"},
	{"I did very little", "Alan Teague"},
	{"This deal was available", "Daniel Okoro"},
	{"Nineteen days of misery", "Daniel Okoro"},
	{"The panic is over", "Erik Lund"},
	{"Nobody is buying", "fund manager in Singapore"},
	{"It is a fine treaty", "Trygve Osland"},
	{"I was wrong to doubt it", "Trygve Osland"},
	{"They have sold the small boats", "Inga Brekke"},
	{"The plan was rushed", "Marian Holt"},
	{"The beach is safe", "Peter Brewis"},
	{"Common sense won", "Peter Brewis"},
	{"If the sea comes in this winter", "Ines Calder"},
	{"Give me a reason", "Dana Whitlock"},
}

// leastRight is the floor of the test below: all of them.
const leastRight = 52

func TestSpeakersOfDirectQuotationsInTheSample(t *testing.T) {
	docs := annotatedSample(t)
	right := 0
	for _, q := range directQuotations {
		got, found := speakerOf(docs, q.words)
		switch {
		case !found:
			t.Logf("not found: %q of %s", q.words, q.speaker)
		case got != q.speaker:
			t.Logf("%q is given to %q, said %s", q.words, got, q.speaker)
		default:
			right++
		}
	}
	t.Logf("%d of %d", right, len(directQuotations))
	if right < leastRight {
		t.Errorf("%d of %d direct quotations have their speaker, want at least %d", right, len(directQuotations), leastRight)
	}
}

func TestBoilerplateOfTheSampleIsInNoStatement(t *testing.T) {
	docs := annotatedSample(t)
	for _, line := range []string{"Port Towns Brace for a Long Summer", "Comments are closed", "READ MORE",
		"How a Small Factory Town Learned", "All rights reserved", "Share this"} {
		if _, found := speakerOf(docs, line); found {
			t.Errorf("a statement holds %q", line)
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

// speakerOf is the speaker of the statement whose content holds the words.
func speakerOf(docs []*corpus.Document, words string) (speaker string, found bool) {
	for _, doc := range docs {
		for i, s := range doc.Statements {
			for _, span := range s.Content {
				if !strings.Contains(span.Of(doc.Text), words) {
					continue
				}
				if n := doc.Sources[i].Speaker; n >= 0 {
					return doc.Speakers[n].Name, true
				}
				return "", true
			}
		}
	}
	return "", false
}
