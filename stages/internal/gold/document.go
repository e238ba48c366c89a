package gold

import (
	"fmt"
	"strings"

	"onrecord/corpus"
)

// Attribute gives a document of the article's text the annotators' statements, and what
// labels say of who speaks.
func (a *Article) Attribute(doc *corpus.Document) error {
	doc.ID = a.ID
	doc.Statements, doc.Sources, doc.Speakers = nil, nil, nil
	known := map[string]int32{}
	for _, x := range a.Attributions {
		doc.Statements = append(doc.Statements, corpus.Statement{Kind: kindOf(x.Content, a.Text), Content: x.Content, Cue: x.Cue, Source: x.Source})
		k, ok := known[x.Speaker]
		switch {
		case !x.Labelled:
			k = -1
		case !ok:
			kind, err := corpus.ParseSpeakerKind(x.Kind)
			if err != nil {
				return fmt.Errorf("article %s: %w", a.ID, err)
			}
			k = int32(len(doc.Speakers))
			known[x.Speaker] = k
			doc.Speakers = append(doc.Speakers, corpus.Speaker{Name: x.Speaker, Kind: kind})
		}
		doc.Sources = append(doc.Sources, corpus.Source{Speaker: k})
	}
	return nil
}

// kindOf tells by its marks how far a content is quoted.
func kindOf(content []corpus.Span, text string) corpus.StatementKind {
	first := content[0].Of(text)
	for _, mark := range [...]string{"\"", "“", "''", "``"} {
		switch {
		case strings.HasPrefix(first, mark):
			return corpus.Direct
		case strings.Contains(first, mark):
			return corpus.Mixed
		}
	}
	return corpus.Indirect
}
