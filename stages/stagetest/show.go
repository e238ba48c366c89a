package stagetest

import (
	"fmt"
	"strings"

	"onrecord/corpus"
	"onrecord/corpus/corpustest"
)

// show writes the layers of a document for a person to read: a line an item, so
// that a change of output is a difference of a few lines.
func show(out *strings.Builder, doc *corpus.Document, layers corpus.Layer) {
	words := func(s corpus.Span) string { // in tokens
		if s.Len() == 0 {
			return ""
		}
		return doc.Text[doc.Tokens[s.Start].Start:doc.Tokens[s.End-1].End]
	}
	if layers&corpus.Blocks != 0 {
		for _, b := range doc.Blocks {
			fmt.Fprintf(out, "%v %s: %s\n", b.Kind, b.Rule, start(b.Of(doc.Text)))
		}
	}
	if layers&corpus.Tokens != 0 {
		for _, s := range doc.Sentences {
			for i, t := range doc.Tokens[s.Start:s.End] {
				if i > 0 {
					out.WriteByte('|')
				}
				out.WriteString(t.Of(doc.Text))
			}
			out.WriteByte('\n')
		}
	}
	if layers&(corpus.Tags|corpus.Arcs) != 0 {
		for _, s := range doc.Sentences {
			for i := s.Start; i < s.End; i++ {
				out.WriteString(doc.Tokens[i].Of(doc.Text))
				if layers&corpus.Tags != 0 {
					fmt.Fprintf(out, "/%v", doc.Tags[i])
				}
				if layers&corpus.Arcs != 0 {
					fmt.Fprintf(out, ">%d.%v", doc.Arcs[i].Head-s.Start, doc.Arcs[i].Relation)
				}
				out.WriteByte(' ')
			}
			out.WriteByte('\n')
		}
	}
	if layers&corpus.Entities != 0 {
		for _, e := range doc.Entities {
			fmt.Fprintf(out, "%v: %s\n", e.Kind, words(e.Span))
		}
	}
	if layers&corpus.Statements != 0 {
		fmt.Fprintln(out, corpustest.Mark(doc))
		for i, s := range doc.Statements {
			fmt.Fprintf(out, "%d %v by %s %.3f: %s\n", i+1, s.Kind, s.Rule, s.Confidence, start(s.Content[0].Of(doc.Text)))
		}
	}
	if layers&corpus.Speakers != 0 {
		for i, s := range doc.Speakers {
			fmt.Fprintf(out, "speaker %d %v %s; roles %q, also %q, %d mentions, members %v\n",
				i, s.Kind, s.Name, s.Roles, s.Aliases, len(s.Mentions), s.Members)
		}
	}
	if layers&corpus.Sources != 0 {
		for i, s := range doc.Sources {
			name := "nobody"
			if s.Speaker >= 0 {
				name = doc.Speakers[s.Speaker].Name
			}
			fmt.Fprintf(out, "%d %s, %s; %v by %s %.3f: %s\n", i+1, name, s.Role, s.How, s.Rule, s.Confidence,
				start(doc.Statements[i].Content[0].Of(doc.Text)))
		}
	}
	if layers&corpus.Tones != 0 {
		for i, t := range doc.Tones {
			fmt.Fprintf(out, "%d %v %+.3f, sure %.3f, Bayes %v%s: %s\n", i+1, t.Label, t.Score, t.Confidence, t.Bayes,
				terms(doc, t.Terms), start(doc.Statements[i].Content[0].Of(doc.Text)))
		}
	}
	if layers&corpus.Stances != 0 {
		for _, s := range doc.Stances {
			fmt.Fprintf(out, "%d %v %s (%v) %+.3f, sure %.3f%s: %s\n", s.Statement+1, s.Label, s.Target, s.TargetKind, s.Score,
				s.Confidence, terms(doc, s.Terms), start(doc.Statements[s.Statement].Content[0].Of(doc.Text)))
		}
	}
	if layers&corpus.Labels != 0 {
		for _, l := range doc.Labels {
			fmt.Fprintf(out, "%s of %v %d: %s %+.3f\n", l.Name, l.Scope, l.Index, l.Value, l.Score)
		}
	}
}

func terms(doc *corpus.Document, list []corpus.Term) string {
	var out strings.Builder
	for _, term := range list {
		fmt.Fprintf(&out, ", %q %+.2f", term.Of(doc.Text), term.Weight)
	}
	return out.String()
}

// start is the first words of a piece of text, on one line.
func start(piece string) string {
	const most = 60
	piece = strings.Join(strings.Fields(piece), " ")
	if runes := []rune(piece); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return piece
}
