package parse

import (
	"context"
	"fmt"

	"onrecord/corpus"
	"onrecord/stages/tag"
)

// learnLexicon lists the word forms that are frequent, and are no names.
func learnLexicon(docs []*corpus.Document) []uint32 {
	type counts struct{ all, names int }
	forms := map[uint32]*counts{}
	for _, doc := range docs {
		inside := make([]bool, len(doc.Tokens))
		for _, e := range doc.Entities {
			for i := e.Start; i < e.End; i++ {
				inside[i] = true
			}
		}
		for i, t := range doc.Tokens {
			lower, _ := hash(t.Of(doc.Text))
			key := uint32(lower >> 32)
			if forms[key] == nil {
				forms[key] = &counts{}
			}
			forms[key].all++
			if inside[i] {
				forms[key].names++
			}
		}
	}
	var keys []uint32
	for key, c := range forms {
		if key != 0 && c.all >= minCount && 2*c.names < c.all {
			keys = append(keys, key)
		}
	}
	return keys
}

// retag gives the articles the tags that a tagger finds that has not seen them: the
// parser will meet tags with mistakes, and must not learn to trust them wholly.
func retag(ctx context.Context, docs []*corpus.Document, folds int, say func(line string)) error {
	for fold := range folds {
		var others []*corpus.Document
		for i, doc := range docs {
			if i%folds != fold {
				seen := *doc
				others = append(others, &seen)
			}
		}
		model, err := tag.Learn(ctx, others, func(string) {})
		if err != nil {
			return err
		}
		annotate, err := tag.Load(model)
		if err != nil {
			return err
		}
		var same tally
		for i, doc := range docs {
			if i%folds != fold {
				continue
			}
			guess := &corpus.Document{Text: doc.Text}
			guess.Tokens, guess.Sentences = doc.Tokens, doc.Sentences
			if err := annotate(guess); err != nil {
				return err
			}
			for k := range doc.Tags {
				same.count(doc.Tags[k] == guess.Tags[k])
			}
			doc.Tags = guess.Tags
		}
		say(fmt.Sprintf("fold %d: tags %.2f%% as in the data", fold+1, same.percent()))
	}
	return nil
}
