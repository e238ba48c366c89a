package quote

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
)

const cuesHeader = `# Words that mark an attribution, counted outside quotations in the training articles
# of PolNeAR 1.0: lemma, part of speech, times seen, times it was the head of a cue, and
# of these those with a clause and with a noun phrase behind it.
`

// countCues writes the list of cues that the lessons hold. Words and counts are all
// that leaves the articles.
func countCues(lessons []*lesson) (string, error) {
	type key struct {
		lemma string
		part  part
	}
	counted := map[key]*counts{}
	empty, err := readLexicon("")
	if err != nil {
		return "", err
	}
	t := &teacher{assembler: assembler{reader: reader{lex: empty}}}
	for _, l := range lessons {
		if l.lemmas == nil {
			continue
		}
		t.read(l.doc)
		for _, s := range t.sentences {
			t.readHeads(s)
			answers := t.answers(l)
			for i := range t.heads {
				h := &t.heads[i]
				lemma := l.lemmas[h.token]
				if len(lemma) < 2 || strings.ContainsAny(lemma, " 0123456789") || t.tokens[h.token].class&(isBe|isHave|isDo) != 0 {
					continue
				}
				k := key{lemma, h.part}
				c := counted[k]
				if c == nil {
					c = &counts{}
					counted[k] = c
				}
				c.seen++
				if answers[i] < 0 {
					continue
				}
				c.cue++
				switch h.frame {
				case clauseFrame, thatFrame:
					c.clause++
				case objFrame, objPrepFrame:
					c.things++
				}
			}
		}
	}
	var b strings.Builder
	b.WriteString(cuesHeader)
	for _, k := range slices.SortedFunc(maps.Keys(counted), func(x, y key) int {
		return cmp.Or(cmp.Compare(x.lemma, y.lemma), cmp.Compare(x.part, y.part))
	}) {
		if c := counted[k]; c.cue > 0 {
			fmt.Fprintln(&b, k.lemma, partNames[k.part], c.seen, c.cue, c.clause, c.things)
		}
	}
	return b.String(), nil
}

// lemmatize gives the lessons the lemmas that CoreNLP found.
func lemmatize(lessons []*lesson, data, split string) error {
	docs, lemmas, err := gold.Lemmatized(data, split)
	if err != nil {
		return err
	}
	given := map[string]int{}
	for i, d := range docs {
		given[d.ID] = i
	}
	for _, l := range lessons {
		if i, ok := given[l.ID]; ok {
			l.lemmas = lemmatized(l.doc, docs[i], lemmas[i])
		}
	}
	return nil
}

// lemmatized gives the tokens of doc the lemmas of the tokens that begin where they do.
func lemmatized(doc, given *corpus.Document, lemmas []string) []string {
	out := make([]string, len(doc.Tokens))
	k := 0
	for i, t := range doc.Tokens {
		for k < len(given.Tokens) && given.Tokens[k].Start < t.Start {
			k++
		}
		if k < len(given.Tokens) && given.Tokens[k].Start == t.Start {
			out[i] = strings.ToLower(lemmas[k])
		}
	}
	return out
}
