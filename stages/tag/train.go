package tag

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
	"onrecord/stages/internal/linear"
)

// Constants of training, chosen on the development articles; see MODEL.md.
const (
	epochs      = 8
	speechBits  = 17
	nameBits    = 17
	minCount    = 3  // a rarer form has no usual tag
	sureCount   = 20 // a rarer form is never certain
	costOfError = 20
	sureShare   = 0.998 // of a certain form's occurrences have its usual tag
	spread      = 6     // rows whose weights lie that close together are left out
)

// Train learns tag.model from the CoreNLP annotation of the PolNeAR training
// articles in data; see stages.Trainer.
func (Stage) Train(ctx context.Context, data string, say func(line string)) (map[string][]byte, error) {
	docs, err := gold.Documents(data, "train")
	if err != nil {
		return nil, err
	}
	model, err := learn(ctx, docs, 2, say)
	if err != nil {
		return nil, err
	}
	return map[string][]byte{"tag.model": model}, nil
}

// Learn is Train from articles at hand; it changes their entities. It gives the model
// file, for Load: so are taggers made for articles that they have not seen. It takes half
// the time for a larger model.
func Learn(ctx context.Context, docs []*corpus.Document, say func(line string)) ([]byte, error) {
	return learn(ctx, docs, 1, say)
}

// learn trains that many times, each time without what had hardly any weight before.
func learn(ctx context.Context, docs []*corpus.Document, times int, say func(line string)) ([]byte, error) {
	say(fmt.Sprintf("%d articles", len(docs)))
	// CoreNLP overlooks many surnames that stand alone; the document knows better.
	var r repairer
	for _, doc := range docs {
		r.repair(doc)
	}
	entries := learnLexicon(docs)
	say(fmt.Sprintf("%d word forms", len(entries)))
	words := newLexicon(entries)
	var t *trainer
	for range times {
		var err error
		if t, err = train(ctx, docs, words, t, say); err != nil {
			return nil, err
		}
	}
	var file linear.File
	file.Add("words", encodeLexicon(entries))
	file.AddModel("speech", t.speech.Model())
	file.AddModel("names", t.names.Model())
	return file.Encode(), nil
}

// train learns both classifiers; if there was a training before, only where that gave
// weights that tell classes apart.
func train(ctx context.Context, docs []*corpus.Document, words *lexicon, before *trainer, say func(line string)) (*trainer, error) {
	t := &trainer{
		speech: linear.NewPerceptron(corpus.NumTags, speechBits),
		names:  linear.NewPerceptron(numLabels, nameBits),
		words:  words,
	}
	if before != nil {
		t.speech.Only(before.speech.Model().Thin(spread))
		t.names.Only(before.names.Model().Thin(spread))
	}
	order := slices.Clone(docs)
	random := rand.New(rand.NewPCG(1, 2))
	for epoch := range epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		t.tags, t.labels = tally{}, tally{}
		for _, doc := range order {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			t.learn(disguise(doc, random))
		}
		say(fmt.Sprintf("epoch %d: tags %.2f%%, labels %.2f%% right while learning", epoch+1, t.tags.percent(), t.labels.percent()))
	}
	return t, nil
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
			c := forms[keyOf(w.exact)]
			if c == nil {
				c = &counts{}
				forms[keyOf(w.exact)] = c
			}
			c.capital = w.looks&capital != 0
			c.tags[doc.Tags[i]]++
			if inside[i] {
				c.names++
			}
		}
	}
	entries := map[uint32]lexeme{}
	frequent := map[uint32]int32{}
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
			frequent[key] = total
			sure := total >= sureCount
			entries[key] = lexeme{usual: best,
				certain: sure && !c.capital && float64(c.tags[best]) >= sureShare*float64(total),
				outside: sure && !c.capital && float64(c.names) <= (1-sureShare)*float64(total)}
		}
	}
	for key, cluster := range clusters(docs, frequent) {
		e := entries[key]
		e.cluster = cluster
		entries[key] = e
	}
	return entries
}

// trainer learns both classifiers on the fly: what is decided later sees what was
// decided before it, right or wrong, as it will when the model is used.
type trainer struct {
	words         *lexicon
	speech, names *linear.Perceptron
	article       article
	memory        memory
	decoder       decoder
	features      []linear.Feature
	scores        [linear.MaxClasses]int32
	gold          []label // of the article's words
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
	a := &t.article
	a.read(doc, t.words)
	t.gold = resize(t.gold, len(a.words))
	for n := range a.sentences {
		s := &a.sentences[n]
		copy(t.gold[s.start:s.end], labels[s.first:])
		a.speech(s, func(i int) corpus.Tag {
			want := doc.Tags[int(s.first)+i-int(s.start)]
			t.features = a.tagFeatures(t.features[:0], s, i)
			t.speech.Scores(t.features, &t.scores)
			guess := a.speaks(s, i, &t.scores)
			if !want.IsProper() || !a.common(s, i) { // what cannot be chosen is not learned
				t.speech.Learn(t.features, int(guess), int(want))
			}
			t.tags.count(guess == want)
			return guess
		})
	}
	t.memory.forget()
	for n := range a.sentences {
		t.memory.observe(a, &a.sentences[n])
	}
	for n := range a.sentences {
		s := &a.sentences[n]
		for i := s.start; i < s.end; i++ {
			if !a.nameable(s, int(i)) {
				t.gold[i] = 0
			} else if !t.gold[i].follows(t.gold[i-1]) {
				t.gold[i]--
			}
		}
		t.decoder.names(a, s, &t.memory, t.names, t.gold, costOfError)
		for i := s.start; i < s.end; i++ {
			if a.nameable(s, int(i)) {
				t.labels.count(a.labels[i] == t.gold[i])
				t.move(s, int(i))
			}
		}
		for i := s.start; i < s.end; i++ {
			t.memory.learn(&a.words[i], a.labels[i])
		}
		t.names.Step()
	}
}

// move shifts the weights of word i from the label that was guessed to the right one.
func (t *trainer) move(s *sentence, i int) {
	a := &t.article
	guess, want := a.labels[i], t.gold[i]
	guess0, want0 := a.labels[i-1], t.gold[i-1]
	if guess != want {
		t.features = a.nameFeatures(t.features[:0], s, i, &t.memory)
		t.names.Move(t.features, int(want), 1)
		t.names.Move(t.features, int(guess), -1)
	}
	if guess != want || guess0 != want0 {
		t.features = a.linkFeatures(t.features[:0], i, want0)
		t.names.Move(t.features, int(want), 1)
		t.features = a.linkFeatures(t.features[:0], i, guess0)
		t.names.Move(t.features, int(guess), -1)
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
