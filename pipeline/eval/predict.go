package eval

import (
	"strings"
	"unicode/utf8"

	"onrecord/corpus"
	"onrecord/stages/tone"
)

// Predict turns what the stages found in a document into statements with
// code-point offsets. Layers that are not there leave their columns empty.
func Predict(doc *corpus.Document) []Statement {
	points := codePoints(doc.Text)
	spans := func(in []corpus.Span) []Span {
		var out []Span
		for _, s := range in {
			out = append(out, Span{int(points[s.Start]), int(points[s.End])})
		}
		return out
	}
	out := make([]Statement, len(doc.Statements))
	for i, st := range doc.Statements {
		out[i] = Statement{DocID: doc.ID, Content: spans(st.Content), Cue: spans(st.Cue), Source: spans(st.Source), Confidence: new(float64(st.Confidence))}
		if doc.Sources != nil && doc.Sources[i].Speaker >= 0 {
			out[i].Speaker = doc.Speakers[doc.Sources[i].Speaker].Name
		}
		if doc.Tones != nil {
			out[i].Tone = doc.Tones[i].Label.String()
			out[i].Bayes = doc.Tones[i].Bayes.String()
			if v, err := tone.Vader(said(doc, &st)); err == nil {
				out[i].Vader = v.String()
			}
		}
	}
	for _, st := range doc.Stances {
		row := &out[st.Statement]
		row.Stances = append(row.Stances, StanceLabel{st.Target, st.Label.String()})
	}
	return out
}

// said is a statement's cue and content.
func said(doc *corpus.Document, st *corpus.Statement) string {
	var b strings.Builder
	for _, spans := range [][]corpus.Span{st.Cue, st.Content} {
		for _, s := range spans {
			b.WriteString(s.Of(doc.Text))
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// codePoints maps every byte offset of the text, its end included, to the number
// of code points before it.
func codePoints(text string) []int32 {
	out := make([]int32, len(text)+1)
	n := int32(-1)
	for i := range len(text) {
		if utf8.RuneStart(text[i]) {
			n++
		}
		out[i] = n
	}
	out[len(text)] = n + 1
	return out
}
