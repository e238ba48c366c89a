package parse

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
	"onrecord/stages/internal/linear"
	"onrecord/stages/tag"
)

// Constants of training; see MODEL.md.
const (
	epochs       = 3
	moveBits     = 20
	relationBits = 16
	minCount     = 5   // a rarer form is known by its looks only
	folds        = 5   // of the articles, each tagged by a tagger that has not seen it
	follow       = 0.9 // share of mistakes that are followed, to learn what to do after them
)

// Train learns parse.model from the CoreNLP annotation of the PolNeAR training
// articles in data; see stages.Trainer.
func (Stage) Train(ctx context.Context, data string, say func(line string)) (map[string][]byte, error) {
	docs, err := gold.Documents(data, "train")
	if err != nil {
		return nil, err
	}
	say(fmt.Sprintf("%d articles", len(docs)))
	keys := learnLexicon(docs)
	if err := retag(ctx, docs, say); err != nil {
		return nil, err
	}
	model, err := learn(ctx, docs, keys, say)
	if err != nil {
		return nil, err
	}
	return map[string][]byte{"parse.model": model}, nil
}

// Learn is Train from articles at hand, whose tags are those that the parser will meet.
// It gives the model file, for Load: so are parsers made for articles that they have not
// seen.
func Learn(ctx context.Context, docs []*corpus.Document, say func(line string)) ([]byte, error) {
	return learn(ctx, docs, learnLexicon(docs), say)
}

func learn(ctx context.Context, docs []*corpus.Document, keys []uint32, say func(line string)) ([]byte, error) {
	say(fmt.Sprintf("%d word forms", len(keys)))
	t := newTrainer(newLexicon(keys))
	if err := t.train(ctx, docs, say); err != nil {
		return nil, err
	}
	var file linear.File
	file.Add("words", encodeLexicon(keys))
	file.AddModel("moves", t.moves.Model())
	file.AddModel("relations", t.relations.Model())
	return file.Encode(), nil
}

// trainer learns both classifiers on the fly: what is decided later sees what
// was decided before it, right or wrong, as it will when the model is used.
type trainer struct {
	words            *lexicon
	moves, relations *linear.Perceptron
	random           *rand.Rand
	state            state
	oracle           oracle
	gold             []int32           // heads
	names            []corpus.Relation // of the arcs to them
	features         []linear.Feature
	heads, labels    tally
}

func newTrainer(words *lexicon) *trainer {
	return &trainer{words: words,
		moves:     linear.NewPerceptron(int(numMoves), moveBits),
		relations: linear.NewPerceptron(corpus.NumRelations, relationBits),
		random:    rand.New(rand.NewPCG(1, 2)),
	}
}

type tally struct{ right, all int }

func (t *tally) count(right bool) {
	t.all++
	if right {
		t.right++
	}
}

func (t *tally) percent() float64 { return 100 * float64(t.right) / float64(max(t.all, 1)) }

func (t *trainer) train(ctx context.Context, docs []*corpus.Document, say func(line string)) error {
	order := slices.Clone(docs)
	for epoch := range epochs {
		t.random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		t.heads, t.labels = tally{}, tally{}
		for _, doc := range order {
			if err := ctx.Err(); err != nil {
				return err
			}
			t.learn(doc, epoch > 0)
		}
		say(fmt.Sprintf("epoch %d: heads %.2f%%, relations %.2f%% right while learning", epoch+1, t.heads.percent(), t.labels.percent()))
	}
	return nil
}

func (t *trainer) learn(doc *corpus.Document, explore bool) {
	s := &t.state
	for _, span := range doc.Sentences {
		s.read(doc, span, t.words)
		t.gold, t.names = append(t.gold[:0], 0), append(t.names[:0], 0)
		for _, arc := range doc.Arcs[span.Start:span.End] {
			head := int32(s.root())
			if arc.Head >= 0 {
				head = arc.Head - span.Start + 1
			}
			t.gold, t.names = append(t.gold, head), append(t.names, arc.Relation)
		}
		t.gold = append(t.gold, 0)
		t.oracle.read(t.gold)
		t.parse(explore)
	}
}

// parse parses one sentence, learning at every decision.
func (t *trainer) parse(explore bool) {
	s := &t.state
	var scores [linear.MaxClasses]int32
	for !s.done() {
		m, only := s.only()
		if !only {
			t.features = s.moveFeatures(t.features[:0])
			t.moves.Scores(t.features, &scores)
			m = s.best(&scores)
			best := t.oracle.best(s, m, &scores)
			t.moves.Learn(t.features, int(m), int(best))
			if !explore || t.random.Float64() > follow {
				m = best
			}
		}
		h, d := s.apply(m)
		if d == 0 {
			continue
		}
		relation := corpus.Root
		if h != s.root() {
			t.features = s.relationFeatures(t.features[:0], h, d)
			guess := t.relations.Best(t.features)
			if int(t.gold[d]) == h {
				t.relations.Learn(t.features, guess, int(t.names[d]))
				t.labels.count(guess == int(t.names[d]))
			}
			relation = relationOf(guess)
		}
		s.attach(h, d, relation)
	}
	for d := 1; d <= s.n; d++ {
		t.heads.count(s.heads[d] == t.gold[d])
	}
}

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
func retag(ctx context.Context, docs []*corpus.Document, say func(line string)) error {
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
