package masked

import (
	"slices"
	"strings"
	"testing"

	"onrecord/corpus"
)

// document splits at spaces; tags name the tags of the words that need one.
func document(text string, tags map[string]corpus.Tag, entities ...corpus.Entity) *corpus.Document {
	doc := &corpus.Document{Text: text}
	at := 0
	for _, w := range strings.Split(text, " ") {
		doc.Tokens = append(doc.Tokens, corpus.Span{Start: int32(at), End: int32(at + len(w))})
		doc.Tags = append(doc.Tags, tags[w])
		at += len(w) + 1
	}
	doc.Entities = entities
	return doc
}

// shown writes masked words: names as N, numbers as #, the target as T, under a negation with a minus.
func shown(doc *corpus.Document, words []Word) []string {
	var out []string
	for _, w := range words {
		s := strings.ToLower(corpus.Span{Start: doc.Tokens[w.First].Start, End: doc.Tokens[w.Last].End}.Of(doc.Text))
		switch w.Form {
		case Name:
			s = "N"
		case Number:
			s = "#"
		case Target:
			s = "T"
		}
		if w.Negated {
			s = "-" + s
		}
		out = append(out, s)
	}
	return out
}

func TestNamesAndTargetAreOneWordEach(t *testing.T) {
	tags := map[string]corpus.Tag{"Ann": corpus.NNP, "Bo": corpus.NNP, "Kim": corpus.NNP, "40": corpus.CD, ",": corpus.Comma}
	tests := []struct {
		text     string
		entities []corpus.Entity
		target   corpus.Span
		want     string
	}{
		{"Ann Bo never met 40 friends of Kim", []corpus.Entity{{Span: corpus.Span{Start: 0, End: 2}, Kind: corpus.Person}}, corpus.Span{Start: 7, End: 8}, "N never -met -# -friends -of T"},
		{"Ann Bo left", nil, corpus.Span{}, "N left"},
		{"Ann Bo Kim left", []corpus.Entity{{Span: corpus.Span{Start: 0, End: 3}}}, corpus.Span{Start: 1, End: 2}, "N T N left"},
		{"not here , gone", nil, corpus.Span{}, "not -here -, gone"},
		{"the long border wall stays", nil, corpus.Span{Start: 1, End: 4}, "the T stays"},
	}
	var r Reader
	for _, tt := range tests {
		doc := document(tt.text, tags, tt.entities...)
		r.Reset(doc)
		words, at := r.Words(nil, corpus.Span{End: int32(len(doc.Tokens))}, tt.target)
		got := strings.Join(shown(doc, words), " ")
		if got != tt.want {
			t.Errorf("%q reads %q, want %q", tt.text, got, tt.want)
		}
		if want := slices.Index(strings.Fields(tt.want), "T"); at != want {
			t.Errorf("target of %q is word %d, want %d", tt.text, at, want)
		}
	}
}

func TestFormsIgnoreCaseAndApostrophes(t *testing.T) {
	doc := document("Don’t don't Praising praised 1990 1991", map[string]corpus.Tag{"1990": corpus.CD, "1991": corpus.CD})
	var r Reader
	r.Reset(doc)
	if r.Form(0) != r.Form(1) || r.Form(0) != Hash("don't") {
		t.Error("the same word in other letters has another form")
	}
	if r.Form(2) == r.Form(3) || r.Stem(2) != r.Stem(3) {
		t.Error("praising and praised want forms of their own and one stem")
	}
	if r.Form(4) != r.Form(5) {
		t.Error("two numbers have two forms")
	}
}
