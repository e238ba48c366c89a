package eval

import "onrecord/corpus"

// wordCounts are what the stages before attribution are measured by.
type wordCounts struct {
	tokens, sentences count // token spans; the ends of sentences
	tags              count // of the reference's tokens
	entities          count // span and kind, on the reference's tokens
	heads, arcs       count // of the reference's tokens, punctuation too: heads; heads with relations
}

func (w *wordCounts) add(o wordCounts) {
	w.tokens.add(o.tokens)
	w.sentences.add(o.sentences)
	w.tags.add(o.tags)
	w.entities.add(o.entities)
	w.heads.add(o.heads)
	w.arcs.add(o.arcs)
}

// WordScores compare tokens, sentences, tags, names and dependencies with a [Reference].
type WordScores struct {
	Tokens    PRF     `json:"tokens"`
	Sentences PRF     `json:"sentences"`
	Tags      float64 `json:"tags"` // share of the reference's tokens
	Entities  PRF     `json:"entities"`
	Heads     float64 `json:"heads"` // unlabelled attachment: share of the reference's tokens, punctuation too
	Arcs      float64 `json:"arcs"`  // labelled attachment
}

func (w *wordCounts) scores() *WordScores {
	return &WordScores{w.tokens.prf(), w.sentences.prf(), percent(ratio(w.tags.right, w.tags.gold)), w.entities.prf(),
		percent(ratio(w.heads.right, w.heads.gold)), percent(ratio(w.arcs.right, w.arcs.gold))}
}

// figures lists the headline numbers of w.
func (w *WordScores) figures() []Figure {
	return []Figure{{"tokens", w.Tokens.F1}, {"sentences", w.Sentences.F1}, {"tags", w.Tags}, {"entities", w.Entities.F1},
		{"heads", w.Heads}, {"arcs", w.Arcs}}
}

// ScoreWords compares words with the reference's, want: own is the text as the chain
// cuts it, of which boilerplate is not compared; given is what the chain says of the
// reference's own tokens and sentences. Layers that given lacks are not compared.
func ScoreWords(want, own, given *corpus.Document) Tally {
	var w wordCounts
	tokens, ends := cuts(want, own.Blocks)
	ownTokens, ownEnds := cuts(own, own.Blocks)
	w.tokens = agreement(tokens, ownTokens)
	w.sentences = agreement(ends, ownEnds)
	if given.Tags != nil {
		for i, tag := range want.Tags {
			w.tags.gold++
			if given.Tags[i] == tag {
				w.tags.right++
			}
		}
	}
	if given.Entities != nil {
		w.entities = agreement(want.Entities, given.Entities)
	}
	if given.Arcs != nil {
		for i, arc := range want.Arcs {
			w.heads.gold++
			w.arcs.gold++
			if given.Arcs[i].Head == arc.Head {
				w.heads.right++
			}
			if given.Arcs[i] == arc {
				w.arcs.right++
			}
		}
	}
	return Tally{words: w}
}

// cuts are the tokens and the ends of sentences, in bytes, that lie in blocks which
// are no boilerplate.
func cuts(doc *corpus.Document, blocks []corpus.Block) (tokens []corpus.Span, ends []int32) {
	within, block := make([]bool, len(doc.Tokens)), 0
	for i, t := range doc.Tokens {
		for block < len(blocks) && blocks[block].End <= t.Start {
			block++
		}
		if within[i] = block < len(blocks) && blocks[block].Start <= t.Start && blocks[block].Kind != corpus.Boilerplate; within[i] {
			tokens = append(tokens, t)
		}
	}
	for _, s := range doc.Sentences {
		if within[s.End-1] {
			ends = append(ends, doc.Tokens[s.End-1].End)
		}
	}
	return tokens, ends
}

func agreement[T comparable](gold, predicted []T) count {
	c := count{gold: len(gold), predicted: len(predicted)}
	there := make(map[T]bool, len(gold))
	for _, x := range gold {
		there[x] = true
	}
	for _, x := range predicted {
		if there[x] {
			c.right++
		}
	}
	return c
}
