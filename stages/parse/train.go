package parse

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
	"onrecord/stages/internal/linear"
)

// Constants of training; see MODEL.md.
const (
	minCount = 5   // a rarer form is known by its looks only
	margin   = 60  // a right move leads its best rival by that much, about one a feature
	tagFolds = 5   // of the articles, each tagged by a tagger that has not seen it
	follow   = 0.9 // share of mistakes that are followed, to learn what to do after them
)

// settings are those of one pass.
type settings struct {
	back                   bool // it reads sentences from the end, and finds no relations
	epochs                 int
	moveBits, relationBits uint
	moveSpread             int // rows whose weights lie that close together are left out; see train
	relationSpread         int
	means                  int // how many are learned, of which the mean is taken
}

// plan is how much is learned.
type plan struct {
	backFolds   int // of the articles, each read from the end by a pass that has not seen it
	back, forth settings
}

var (
	wholePlan = plan{backFolds: 3,
		back:  settings{back: true, epochs: 3, moveBits: 20, moveSpread: 12, means: 1},
		forth: settings{epochs: 4, moveBits: 22, relationBits: 17, moveSpread: 12, relationSpread: 4, means: 3},
	}
	briefPlan = plan{backFolds: 2,
		back:  settings{back: true, epochs: 2, moveBits: 20, moveSpread: 12, means: 1},
		forth: settings{epochs: 2, moveBits: 21, relationBits: 16, moveSpread: 12, relationSpread: 4, means: 1},
	}
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
	if err := retag(ctx, docs, tagFolds, say); err != nil {
		return nil, err
	}
	model, err := wholePlan.learn(ctx, docs, keys, say)
	if err != nil {
		return nil, err
	}
	return map[string][]byte{"parse.model": model}, nil
}

// Learn is Train from articles at hand, whose tags are those that the parser will meet.
// It gives the model file, for Load: so are parsers made for articles that they have not
// seen. It takes half the time, and the parser is a little less accurate.
func Learn(ctx context.Context, docs []*corpus.Document, say func(line string)) ([]byte, error) {
	return briefPlan.learn(ctx, docs, learnLexicon(docs), say)
}

// learn makes a model file.
func (p plan) learn(ctx context.Context, docs []*corpus.Document, keys []uint32, say func(line string)) ([]byte, error) {
	say(fmt.Sprintf("%d word forms", len(keys)))
	m := &model{words: newLexicon(keys)}
	if err := p.passes(ctx, docs, m, say); err != nil {
		return nil, err
	}
	return encodeModel(keys, m), nil
}

func encodeModel(keys []uint32, m *model) []byte {
	var file linear.File
	file.Add("words", encodeLexicon(keys))
	for _, d := range m.deciders() {
		file.AddModel(d.name, d.scores)
		file.Add("sure "+d.name, d.sure.encode())
		file.Add("enough "+d.name, encodeEnough(d.enough))
	}
	return file.Encode()
}

// passes trains both passes of m. The second learns from guesses of first passes that
// have not seen the article, since such it will meet.
func (p plan) passes(ctx context.Context, docs []*corpus.Document, m *model, say func(line string)) error {
	articles := make([]*article, len(docs))
	for i, doc := range docs {
		articles[i] = &article{Document: doc}
	}
	for fold := range p.backFolds {
		var seen []*article
		for i, a := range articles {
			if i%p.backFolds != fold {
				seen = append(seen, a)
			}
		}
		first := parser{model: &model{words: m.words}}
		var err error
		if first.model.back, _, err = train(ctx, p.back, m.words, seen, say); err != nil {
			return err
		}
		for i, a := range articles {
			if i%p.backFolds == fold {
				a.guesses = first.guesses(a.Document)
			}
		}
	}
	var err error
	if m.back, _, err = train(ctx, p.back, m.words, articles, say); err != nil {
		return err
	}
	m.forth, m.relations, err = train(ctx, p.forth, m.words, articles, say)
	return err
}

// article is a document to learn from, with what a first pass found of its tokens.
type article struct {
	*corpus.Document
	guesses []guess
}

// read makes s a sentence of the article as a pass meets it.
func (a *article) read(s *state, span corpus.Span, words *lexicon, back bool) {
	s.read(a.Document, span, words)
	if back {
		s.flip()
		return
	}
	s.guided = true
	for i := 1; i <= s.n; i++ {
		s.words[i].guess = a.guesses[int(span.Start)+i-1]
	}
}

// guesses are what the first pass finds of the tokens of doc.
func (p *parser) guesses(doc *corpus.Document) []guess {
	out := make([]guess, len(doc.Tokens))
	s := &p.state
	for _, span := range doc.Sentences {
		p.sketch(doc, span)
		for i := 1; i <= s.n; i++ {
			out[int(span.Start)+i-1] = s.words[i].guess
		}
	}
	return out
}

// trainer learns both classifiers of a pass on the fly: what is decided later sees what
// was decided before it, right or wrong, as it will when the model is used.
type trainer struct {
	settings
	words            *lexicon
	moves, relations *linear.Perceptron
	random           *rand.Rand
	state            state
	view             view
	arc              arcView
	oracle           oracle
	gold             []int32           // heads
	names            []corpus.Relation // of the arcs to them
	features         []linear.Feature
	heads, labels    tally
}

type tally struct{ right, all int }

func (t *tally) count(right bool) {
	t.all++
	if right {
		t.right++
	}
}

func (t *tally) percent() float64 { return 100 * float64(t.right) / float64(max(t.all, 1)) }

// train learns a pass in two steps: first to see which buckets get weights that tell
// classes apart, a small part of them, then with those alone. That leaves less to fetch
// from memory for every decision, and loses nothing. The second step is done several times,
// with the articles in other orders, and the mean is taken: it errs less than any.
func train(ctx context.Context, by settings, words *lexicon, articles []*article, say func(line string)) (moves, relations decider, err error) {
	all := newTrainer(by, words, 0)
	if err := all.train(ctx, articles, say); err != nil {
		return decider{}, decider{}, err
	}
	var allMoves, allRelations []*linear.Perceptron
	for i := range by.means {
		t := newTrainer(by, words, i)
		t.moves.Only(all.moves.Model().Thin(by.moveSpread))
		allMoves = append(allMoves, t.moves)
		if !by.back {
			t.relations.Only(all.relations.Model().Thin(by.relationSpread))
			allRelations = append(allRelations, t.relations)
		}
		if err := t.train(ctx, articles, say); err != nil {
			return decider{}, decider{}, err
		}
	}
	moves.scores = linear.Mean(allMoves...)
	if !by.back {
		relations.scores = linear.Mean(allRelations...)
	}
	by.shorten(&moves, &relations, words, articles)
	return moves, relations, nil
}

// newTrainer prepares the learning of a pass; order picks one of many orders of articles.
func newTrainer(by settings, words *lexicon, order int) *trainer {
	t := &trainer{settings: by, words: words,
		moves:  linear.NewPerceptron(int(numMoves), by.moveBits),
		random: rand.New(rand.NewPCG(1, uint64(2+order))),
	}
	if !by.back {
		t.relations = linear.NewPerceptron(corpus.NumRelations, by.relationBits)
	}
	return t
}

func (t *trainer) train(ctx context.Context, articles []*article, say func(line string)) error {
	order := slices.Clone(articles)
	for epoch := range t.epochs {
		t.random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		t.heads, t.labels = tally{}, tally{}
		for _, a := range order {
			if err := ctx.Err(); err != nil {
				return err
			}
			t.learn(a, epoch > 0)
		}
		say(t.progress(epoch))
	}
	return nil
}

func (t *trainer) progress(epoch int) string {
	if t.back {
		return fmt.Sprintf("from the end, epoch %d: heads %.2f%% right while learning", epoch+1, t.heads.percent())
	}
	return fmt.Sprintf("epoch %d: heads %.2f%%, relations %.2f%% right while learning", epoch+1, t.heads.percent(), t.labels.percent())
}

// shorten finds the short cuts of what was learned, by how it decides without any.
func (by settings) shorten(moves, relations *decider, words *lexicon, articles []*article) {
	p := parser{moves: newRecord(), relations: newRecord()}
	use := relations
	if by.back {
		use = nil
	}
	for _, d := range []*decider{moves, relations} {
		d.sure, d.enough = newSure(nil), math.MaxInt32
	}
	for _, a := range articles {
		for _, span := range a.Sentences {
			a.read(&p.state, span, words, by.back)
			p.run(moves, use)
		}
	}
	moves.sure, moves.enough = p.moves.sure(), p.moves.enough()
	relations.sure, relations.enough = p.relations.sure(), p.relations.enough()
}

func (t *trainer) learn(a *article, explore bool) {
	s := &t.state
	for _, span := range a.Sentences {
		a.read(s, span, t.words, t.back)
		t.gold = append(t.gold[:0], make([]int32, s.n+2)...)
		t.names = append(t.names[:0], make([]corpus.Relation, s.n+2)...)
		for i := int32(1); int(i) <= s.n; i++ {
			at, head := i, int32(s.root())
			arc := a.Arcs[span.Start+i-1]
			if arc.Head >= 0 {
				head = arc.Head - span.Start + 1
			}
			if t.back {
				at, head = s.flipped(at), s.flipped(head)
			}
			t.gold[at], t.names[at] = head, arc.Relation
		}
		t.oracle.read(t.gold)
		t.parse(explore)
	}
}

// parse parses one sentence, learning at every decision.
func (t *trainer) parse(explore bool) {
	s := &t.state
	var scores [linear.MaxClasses]int32
	s.start()
	for !s.done() {
		m, only := s.only()
		if !only {
			t.view.look(s)
			t.features = s.quickFeatures(t.features[:0], &t.view)
			t.features = s.otherFeatures(t.features, &t.view)
			t.moves.Scores(t.features, &scores)
			best, rival := t.oracle.judge(s, &scores)
			if rival != none && scores[best]-scores[rival] < margin {
				t.moves.Learn(t.features, int(rival), int(best))
			} else {
				t.moves.Learn(t.features, int(best), int(best))
			}
			if m, _ = s.best(&scores); !explore || t.random.Float64() > follow {
				m = best
			}
		}
		h, d := s.apply(m)
		switch {
		case d == 0:
		case t.back:
			s.attach(h, d, kind(s.words[d].tag))
		case h == s.root():
			s.attach(h, d, kind(corpus.Root))
		default:
			s.attach(h, d, kind(t.relation(h, d)))
		}
	}
	for d := 1; d <= s.n; d++ {
		t.heads.count(s.heads[d] == t.gold[d])
	}
}

// relation gives the relation of d to its head h as the model stands, and learns from it
// if the arc is right.
func (t *trainer) relation(h, d int) corpus.Relation {
	t.arc.look(&t.state, h, d)
	t.features = t.state.quickRelationFeatures(t.features[:0], &t.arc)
	t.features = t.state.otherRelationFeatures(t.features, &t.arc)
	guess := t.relations.Best(t.features)
	if int(t.gold[d]) == h {
		t.relations.Learn(t.features, guess, int(t.names[d]))
		t.labels.count(guess == int(t.names[d]))
	}
	return relationOf(guess)
}
