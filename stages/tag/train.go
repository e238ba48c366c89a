package tag

import (
	"context"
	"fmt"
	"math/rand/v2"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
	"onrecord/stages/internal/linear"
)

// Constants of training, chosen on the development articles; see MODEL.md.
const (
	epochs     = 8
	speechBits = 16
	nameBits   = 17
	minCount   = 5     // a rarer form has no usual tag
	sureCount  = 20    // a rarer form is never certain
	sureShare  = 0.998 // of a certain form's occurrences have its usual tag
)

// Train learns tag.model from the CoreNLP annotation of the PolNeAR training
// articles in data; see stages.Trainer.
func (Stage) Train(ctx context.Context, data string, say func(line string)) (map[string][]byte, error) {
	docs, err := gold.Documents(data, "train")
	if err != nil {
		return nil, err
	}
	model, err := Learn(ctx, docs, say)
	if err != nil {
		return nil, err
	}
	return map[string][]byte{"tag.model": model}, nil
}

// Learn is Train from articles at hand; it changes their entities and order. It gives
// the model file, for Load: so are taggers made for articles that they have not seen.
func Learn(ctx context.Context, docs []*corpus.Document, say func(line string)) ([]byte, error) {
	say(fmt.Sprintf("%d articles", len(docs)))
	// CoreNLP overlooks many surnames that stand alone; the document knows better.
	var r repairer
	for _, doc := range docs {
		r.repair(doc)
	}
	entries := learnLexicon(docs)
	say(fmt.Sprintf("%d word forms", len(entries)))
	t := &trainer{
		speech: linear.NewPerceptron(corpus.NumTags, speechBits),
		names:  linear.NewPerceptron(numLabels, nameBits),
		words:  newLexicon(entries),
	}
	random := rand.New(rand.NewPCG(1, 2))
	for epoch := range epochs {
		random.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		t.tags, t.labels = tally{}, tally{}
		for _, doc := range docs {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			t.learn(disguise(doc, random))
		}
		say(fmt.Sprintf("epoch %d: tags %.2f%%, labels %.2f%% right while learning", epoch+1, t.tags.percent(), t.labels.percent()))
	}
	var file linear.File
	file.Add("words", encodeLexicon(entries))
	file.AddModel("speech", t.speech.Model())
	file.AddModel("names", t.names.Model())
	return file.Encode(), nil
}

// learnLexicon counts how each word form is tagged.
func learnLexicon(docs []*corpus.Document) map[uint32]lexeme {
	type counts struct {
		tags  [corpus.NumTags]int32
		names int32
		// A capitalised word is never certain: somebody may be called so.
		capital bool
	}
	forms := map[uint32]*counts{}
	var w word
	for _, doc := range docs {
		inside := make([]bool, len(doc.Tokens))
		for _, e := range doc.Entities {
			for i := e.Start; i < e.End; i++ {
				inside[i] = true
			}
		}
		for i, t := range doc.Tokens {
			w.look(t.Of(doc.Text))
			c := forms[w.key()]
			if c == nil {
				c = &counts{}
				forms[w.key()] = c
			}
			c.capital = w.looks&capital != 0
			c.tags[doc.Tags[i]]++
			if inside[i] {
				c.names++
			}
		}
	}
	entries := map[uint32]lexeme{}
	for key, c := range forms {
		var total int32
		best := corpus.NoTag
		for t, n := range c.tags {
			total += n
			if n > c.tags[best] {
				best = corpus.Tag(t)
			}
		}
		if total >= minCount && key != 0 {
			sure := total >= sureCount
			entries[key] = lexeme{usual: best,
				certain: sure && !c.capital && float64(c.tags[best]) >= sureShare*float64(total),
				outside: sure && !c.capital && float64(c.names) <= (1-sureShare)*float64(total)}
		}
	}
	return entries
}

// trainer learns both classifiers on the fly: what is decided later sees what was
// decided before it, right or wrong, as it will when the model is used.
type trainer struct {
	words         *lexicon
	speech, names *linear.Perceptron
	sentence      sentence
	memory        memory
	features      []linear.Feature
	tags, labels  tally
}

type tally struct{ right, all int }

func (t *tally) count(right bool) {
	t.all++
	if right {
		t.right++
	}
}

func (t *tally) percent() float64 { return 100 * float64(t.right) / float64(max(t.all, 1)) }

func (t *trainer) learn(doc *corpus.Document) {
	labels := goldLabels(doc)
	s := &t.sentence
	t.memory.forget()
	for _, span := range doc.Sentences {
		s.read(doc, span, t.words)
		at := func(i int) int { return i - margin + int(span.Start) }
		s.speech(func(i int) corpus.Tag {
			if lex := s.words[i].lex; lex.certain {
				return lex.usual
			}
			want := doc.Tags[at(i)]
			t.features = s.tagFeatures(t.features[:0], i)
			guess := t.speech.Best(t.features)
			t.speech.Learn(t.features, guess, int(want))
			t.tags.count(guess == int(want))
			return corpus.Tag(guess)
		})
		s.names(&t.memory, func(i int) label {
			if s.words[i].lex.outside {
				return 0
			}
			want := labels[at(i)]
			t.features = s.nameFeatures(t.features[:0], i, &t.memory)
			guess := t.names.Best(t.features)
			t.names.Learn(t.features, guess, int(want))
			t.labels.count(guess == int(want))
			return label(guess)
		})
	}
}

func goldLabels(doc *corpus.Document) []label {
	labels := make([]label, len(doc.Tokens))
	for _, e := range doc.Entities {
		for i := e.Start; i < e.End; i++ {
			labels[i] = begin(e.Kind) + 1
		}
		labels[e.Start] = begin(e.Kind)
	}
	return labels
}
