package cli

import (
	"context"

	"onrecord/corpus"
	"onrecord/pipeline/eval"
	"onrecord/stages"
)

// wordScorer measures the stages before attribution on one article after another
// against the reference in a file; nil without one.
func (a *app) wordScorer(ctx context.Context, path string) (func(*eval.Article) (eval.Tally, error), error) {
	if path == "" {
		return nil, nil
	}
	references, err := readWith(ctx, a, path, eval.ReadReferences)
	if err != nil {
		return nil, err
	}
	chain := stages.Chain(stages.Options{})
	cut, err := annotator(upTo(chain, corpus.Tokens))
	if err != nil {
		return nil, err
	}
	describe, err := steps(describing(chain))
	if err != nil {
		return nil, err
	}
	return func(article *eval.Article) (eval.Tally, error) {
		reference := references[article.ID]
		if reference == nil {
			a.log.Warn("article without a reference; its words are not measured", "doc", article.ID, "reference", path)
			return eval.Tally{}, nil
		}
		want, err := reference.Document(article.Text)
		if err != nil {
			return eval.Tally{}, err
		}
		own := &corpus.Document{ID: article.ID, Text: article.Text}
		if err := cut(own); err != nil {
			return eval.Tally{}, err
		}
		given := &corpus.Document{ID: article.ID, Text: article.Text}
		given.Tokens, given.Sentences = want.Tokens, want.Sentences
		if err := describe(given); err != nil {
			return eval.Tally{}, err
		}
		return eval.ScoreWords(want, own, given), nil
	}, nil
}

// upTo is the part of the chain that ends with the stage adding a layer.
func upTo(chain []stages.Stage, layer corpus.Layer) []stages.Stage {
	for i, s := range chain {
		if s.Info().Adds&layer != 0 {
			return chain[:i+1]
		}
	}
	return chain
}

// describing are the stages that say something of given tokens and of nothing else.
func describing(chain []stages.Stage) (out []stages.Stage) {
	have := corpus.Tokens | corpus.Sentences
	for _, s := range chain {
		info := s.Info()
		if info.Needs&^have == 0 && info.Needs&corpus.Tokens != 0 && info.Adds&corpus.Statements == 0 {
			out, have = append(out, s), have|info.Adds
		}
	}
	return out
}
