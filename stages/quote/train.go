package quote

import (
	"context"
	"fmt"
	"slices"

	"onrecord/corpus"
	"onrecord/stages/clean"
	"onrecord/stages/internal/gold"
	"onrecord/stages/internal/linear"
	"onrecord/stages/parse"
	"onrecord/stages/segment"
	"onrecord/stages/tag"
)

// The files of this folder that are learned.
const (
	cuesName  = "cues.txt"
	modelName = "quote.model"
)

// Constants of learning, chosen by cross-validation over the training articles; see
// MODEL.md.
var (
	learnCue     = linear.Logistic{Bits: 18, Epochs: 6, Rate: 0.1, L1: 0.5, L2: 2}
	learnContent = linear.Logistic{Bits: 18, Epochs: 5, Rate: 0.1, L1: 0.5, L2: 2}
	learnSource  = linear.Logistic{Bits: 18, Epochs: 5, Rate: 0.1, L1: 0.5, L2: 2}
	learnExtent  = linear.Logistic{Bits: 17, Epochs: 5, Rate: 0.1, L1: 0.5, L2: 2}
	learnWorth   = linear.Logistic{Bits: 16, Epochs: 6, Rate: 0.05, L1: 0.5, L2: 5}
)

// Train learns quote.model from the PolNeAR training articles in data, read by the
// stages before this one; see stages.Trainer.
func (Stage) Train(ctx context.Context, data string, say func(line string)) (map[string][]byte, error) {
	lessons, err := readUnseen(ctx, data, say)
	if err != nil {
		return nil, err
	}
	if err := lemmatize(lessons, data, "train"); err != nil {
		return nil, err
	}
	say(fmt.Sprintf("%d articles", len(lessons)))
	m, err := learn(ctx, lessons, say)
	if err != nil {
		return nil, err
	}
	return map[string][]byte{cuesName: []byte(m.list), modelName: m.encode()}, nil
}

// lesson is an article with the attributions people marked in it.
type lesson struct {
	gold.Article
	doc    *corpus.Document
	lemmas []string // one a token of doc, in lower case; empty where nobody gave one; nil for some articles
	wanted []wanted
}

// wanted is an attribution in tokens, in order.
type wanted struct {
	content, source, cue []int32
}

// annotator is what a stage, or a model, makes of documents.
type annotator = func(*corpus.Document) error

// readLessons reads annotated articles with the stages as they are.
func readLessons(ctx context.Context, data, split string) ([]*lesson, error) {
	lessons, err := attributed(data, split)
	if err != nil {
		return nil, err
	}
	tagger, err := tag.Stage{}.Annotator()
	if err != nil {
		return nil, err
	}
	parser, err := parse.Stage{}.Annotator()
	if err != nil {
		return nil, err
	}
	return lessons, annotate(ctx, lessons, tagger, parser)
}

func attributed(data, split string) ([]*lesson, error) {
	articles, err := gold.Attributed(data, split)
	if err != nil {
		return nil, err
	}
	out := make([]*lesson, len(articles))
	for i, a := range articles {
		out[i] = &lesson{Article: a}
	}
	return out, nil
}

// annotate runs the chain before this stage on the lessons.
func annotate(ctx context.Context, lessons []*lesson, tagger, parser annotator) error {
	cleaner, err := clean.Stage{}.Annotator()
	if err != nil {
		return err
	}
	segmenter, err := segment.Stage{}.Annotator()
	if err != nil {
		return err
	}
	for _, l := range lessons {
		if err := ctx.Err(); err != nil {
			return err
		}
		l.doc = &corpus.Document{ID: l.ID, Text: l.Text}
		for _, run := range [...]annotator{cleaner, segmenter, tagger, parser} {
			if err := run(l.doc); err != nil {
				return fmt.Errorf("article %s: %w", l.ID, err)
			}
		}
		for _, x := range l.Attributions {
			l.wanted = append(l.wanted, wanted{l.tokens(x.Content), l.tokens(x.Source), l.tokens(x.Cue)})
		}
	}
	return nil
}

// unseenParts is how many parts the training articles are cut into, each read by a
// tagger and a parser that have learned from the others only. Those that ship have seen
// them all, and are far better there (92.7% of heads as CoreNLP has them) than on other
// articles (84.0%): what learns from their trees would trust trees too much.
const unseenParts = 3

// readUnseen reads the training articles with taggers and parsers that have not seen them.
func readUnseen(ctx context.Context, data string, say func(line string)) ([]*lesson, error) {
	lessons, err := attributed(data, "train")
	if err != nil {
		return nil, err
	}
	docs, err := gold.Documents(data, "train")
	if err != nil {
		return nil, err
	}
	for k := range unseenParts {
		var held []*lesson
		own := map[string]bool{}
		for i, l := range lessons {
			if i%unseenParts == k {
				held = append(held, l)
				own[l.ID] = true
			}
		}
		var others, copies []*corpus.Document
		for _, d := range docs {
			if !own[d.ID] {
				other, again := *d, *d
				other.Tags = slices.Clone(d.Tags)
				others, copies = append(others, &other), append(copies, &again)
			}
		}
		model, err := tag.Learn(ctx, copies, func(string) {})
		if err != nil {
			return nil, err
		}
		tagger, err := tag.Load(model)
		if err != nil {
			return nil, err
		}
		for _, d := range others {
			entities := d.Entities
			if err := tagger(d); err != nil {
				return nil, err
			}
			d.Entities = entities
		}
		if model, err = parse.Learn(ctx, others, func(string) {}); err != nil {
			return nil, err
		}
		parser, err := parse.Load(model)
		if err != nil {
			return nil, err
		}
		if err := annotate(ctx, held, tagger, parser); err != nil {
			return nil, err
		}
		say(fmt.Sprintf("part %d of %d read by a tagger and a parser that have not seen it", k+1, unseenParts))
	}
	return lessons, nil
}

// tokens are those that the spans touch, punctuation that the scorer leaves aside
// excepted.
func (l *lesson) tokens(spans []corpus.Span) []int32 {
	var out []int32
	for _, s := range spans {
		i, _ := slices.BinarySearchFunc(l.doc.Tokens, s.Start, func(t corpus.Span, at int32) int { return int(t.End - at - 1) })
		for ; i < len(l.doc.Tokens) && l.doc.Tokens[i].Start < s.End; i++ {
			out = append(out, int32(i))
		}
	}
	return out
}

// likeness is the share of tokens that the stretches and the wanted ones have in
// common of all in either, within a window; commas and full stops do not count.
func (r *reader) likeness(pieces []span, want []int32, window span) float64 {
	both, given, asked := 0, 0, 0
	weighs := func(i int32) bool { t := r.tokens[i].tag; return t != corpus.Comma && t != corpus.Period }
	for _, p := range pieces {
		for i := p.first; i < p.end; i++ {
			if weighs(i) {
				given++
			}
		}
	}
	for _, i := range want {
		if !window.holds(i) || !weighs(i) {
			continue
		}
		asked++
		for _, p := range pieces {
			if p.holds(i) {
				both++
				break
			}
		}
	}
	if given+asked == both {
		return 1
	}
	return float64(both) / float64(given+asked-both)
}

// teacher turns lessons into examples with what is already learned.
type teacher struct {
	assembler
	cues              []linear.Example
	contents, sources []linear.Choice
	extents           []linear.Choice
	worths            []linear.Example
	given             []float64 // the worth of statements given
	rights            []bool    // whether each was right
	layouts           map[string]share

	// What was reached where a choice was to be made.
	choices, reachable, alike int
}

func (t *teacher) facts() []linear.Feature {
	return slices.Clone(t.options.facts.list)
}

// answers finds for every head of the sentence the attribution whose cue it heads, -1
// if none: of the heads inside a cue, the last verb, else the last adjective, else the
// first noun.
func (t *teacher) answers(l *lesson) []int {
	out := make([]int, len(t.heads))
	for i := range out {
		out[i] = -1
	}
	for k, x := range l.wanted {
		best := -1
		for i := range t.heads {
			h := &t.heads[i]
			if !slices.Contains(x.cue, h.token) {
				continue
			}
			if best < 0 || h.part == verbCue || h.part == adjectiveCue && t.heads[best].part == nounCue {
				best = i
			}
		}
		if best >= 0 && out[best] < 0 {
			out[best] = k
		}
	}
	return out
}

// learnCues collects examples for the cue model.
func (t *teacher) learnCues(l *lesson) {
	t.read(l.doc)
	for _, s := range t.sentences {
		t.readHeads(s)
		answers := t.answers(l)
		for i := range t.heads {
			h := &t.heads[i]
			t.options.reset()
			t.cueFacts(&t.options.facts, h, s)
			class := 0
			h.odds = -1
			if answers[i] >= 0 {
				class, h.odds = 1, 1
			}
			t.cues = append(t.cues, linear.Example{Features: t.facts(), Class: class})
		}
	}
}

// score gives the heads of the sentence their odds.
func (t *teacher) score(s span) {
	for i := range t.heads {
		h := &t.heads[i]
		t.options.reset()
		t.cueFacts(&t.options.facts, h, s)
		h.odds = t.models.cue.Score(t.options.facts.list, nil)
	}
}

// learnParts collects examples for content, source and extent.
func (t *teacher) learnParts(l *lesson) {
	t.read(l.doc)
	o := &t.options
	for _, s := range t.sentences {
		t.readHeads(s)
		t.score(s)
		for i, k := range t.answers(l) {
			if k < 0 {
				continue
			}
			h, x := &t.heads[i], &l.wanted[k]
			c := t.ruled(h, s)
			t.contentOptions(o, h, &c, s)
			best, like := t.nearest(x.content, s)
			t.choices++
			if best < 0 || like < 0.5 {
				continue
			}
			t.reachable++
			if like == 1 {
				t.alike++
			}
			t.contents = append(t.contents, o.choice(best))
			content := o.list[best]
			t.sourceOptions(o, h, &c, &content, s)
			if best = t.nearestSource(x.source, s); best >= 0 {
				t.sources = append(t.sources, o.choice(best))
				c.pieces = 0
				for _, p := range content.pieces[:content.count] {
					c.add(p)
				}
				c.source = source{}
				if p := o.list[best]; p.count > 0 {
					c.source.span = p.pieces[0]
				}
				t.cueOptions(o, h, &c, s)
				if best, like = t.nearest(x.cue, s); best >= 0 && like > 0.3 {
					t.extents = append(t.extents, o.choice(best))
				}
			}
		}
	}
}

// nearest is the option that is most like what was wanted; of equals the first.
func (t *teacher) nearest(want []int32, s span) (best int, like float64) {
	best = -1
	for i := range t.options.list {
		p := &t.options.list[i]
		window := s
		for _, piece := range p.pieces[:p.count] {
			window = span{min(window.first, piece.first), max(window.end, piece.end)}
		}
		if v := t.likeness(p.pieces[:p.count], want, window); v > like {
			best, like = i, v
		}
	}
	return best, like
}

func (t *teacher) nearestSource(want []int32, s span) int {
	inside := 0
	for _, i := range want {
		if s.holds(i) {
			inside++
		}
	}
	if inside == 0 {
		return 0 // nobody, or nobody in this sentence
	}
	if best, like := t.nearest(want, s); like >= 0.5 {
		return best
	}
	return -1
}

// learnWorth collects examples for the worth model from what the others propose.
func (t *teacher) learnWorth(l *lesson) {
	t.read(l.doc)
	for _, s := range t.sentences {
		t.sentence = t.propose(s, t.sentence[:0])
		for i := range t.sentence {
			c := &t.sentence[i]
			t.options.reset()
			t.worthFacts(&t.options.facts, c, t.sentence, s)
			class := 0
			if t.right(c, l, s) {
				class = 1
			}
			t.worths = append(t.worths, linear.Example{Features: t.facts(), Class: class})
		}
	}
}

// right reports whether a candidate is one of the wanted attributions, content and
// source alike by half.
func (t *teacher) right(c *candidate, l *lesson, s span) bool {
	window := s
	for _, p := range c.content[:c.pieces] {
		window = span{min(window.first, p.first), max(window.end, p.end)}
	}
	for _, x := range l.wanted {
		if t.likeness(c.content[:c.pieces], x.content, window) >= 0.5 && t.sameSource(c.source.span, x.source) {
			return true
		}
	}
	return false
}

// learnConfidence notes of every statement that is given how sure the worth model was
// and whether it is right.
func (t *teacher) learnConfidence(l *lesson) {
	t.read(l.doc)
	t.assemble(l.doc, 0)
	everything := span{0, int32(len(t.tokens))}
	for i := range t.statements {
		d := &t.statements[i]
		right := false
		for _, x := range l.wanted {
			if t.likeness(d.content, x.content, everything) >= 0.5 && t.sameSource(d.source, x.source) {
				right = true
			}
		}
		if d.head >= 0 {
			t.given, t.rights = append(t.given, d.worth), append(t.rights, right)
			continue
		}
		if t.layouts == nil {
			t.layouts = map[string]share{}
		}
		s := t.layouts[d.rule]
		s.given++
		if right {
			s.right++
		}
		t.layouts[d.rule] = s
	}
}

// calibrated fits the confidence to what was noted.
func (t *teacher) calibrated() calibration {
	const least = 200 // statements a step
	return calibration{worth: linear.FitIsotonic(t.given, t.rights, least), layouts: t.layouts}
}

// sameSource reports whether a source is like the wanted one by half, or both are none.
func (t *teacher) sameSource(n span, want []int32) bool {
	if n.empty() || len(want) == 0 {
		return n.empty() && len(want) == 0
	}
	return t.likeness([]span{n}, want, span{0, int32(len(t.tokens))}) >= 0.5
}

// folds is how many parts the lessons are cut into, so that what is learned from the
// models' own answers is learned from answers to lessons they have not seen.
const folds = 3

// learn learns all models.
func learn(ctx context.Context, lessons []*lesson, say func(string)) (*models, error) {
	list, err := countCues(lessons)
	if err != nil {
		return nil, err
	}
	lex, err := readLexicon(list)
	if err != nil {
		return nil, err
	}
	newTeacher := func(m *models) *teacher {
		return &teacher{assembler: assembler{reader: reader{lex: lex}, models: m}}
	}
	part := func(k int, inside bool) (out []*lesson) {
		for i, l := range lessons {
			if (i%folds == k) == inside {
				out = append(out, l)
			}
		}
		return out
	}
	cues := func(lessons []*lesson) *linear.Regression {
		t := newTeacher(nil)
		for _, l := range lessons {
			t.learnCues(l)
		}
		return learnCue.Fit(1, t.cues)
	}
	// The cue models that have not seen a fold.
	unseen := make([]*models, folds)
	for k := range folds {
		unseen[k] = &models{cue: cues(part(k, false))}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	parts := func(without int) *teacher {
		all := newTeacher(nil)
		for k := range folds {
			if k == without {
				continue
			}
			t := newTeacher(unseen[k])
			for _, l := range part(k, true) {
				t.learnParts(l)
			}
			all.contents = append(all.contents, t.contents...)
			all.sources = append(all.sources, t.sources...)
			all.extents = append(all.extents, t.extents...)
			all.choices, all.reachable, all.alike = all.choices+t.choices, all.reachable+t.reachable, all.alike+t.alike
		}
		return all
	}
	fitParts := func(m *models, t *teacher) {
		m.content = learnContent.FitChoices(t.contents)
		m.source = learnSource.FitChoices(t.sources)
		m.extent = learnExtent.FitChoices(t.extents)
	}
	all := newTeacher(nil)
	for k := range folds {
		m := unseen[k]
		fitParts(m, parts(k))
		t := newTeacher(m)
		for _, l := range part(k, true) {
			t.learnWorth(l)
		}
		all.worths = append(all.worths, t.worths...)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	m := &models{list: list, lex: lex, cue: cues(lessons), worth: learnWorth.Fit(1, all.worths)}
	calibrator := newTeacher(nil)
	for k := range folds {
		unseen[k].worth = m.worth
		calibrator.models = unseen[k]
		for _, l := range part(k, true) {
			calibrator.learnConfidence(l)
		}
	}
	m.calibration = calibrator.calibrated()
	t := parts(-1)
	say(fmt.Sprintf("%d cues, %d with an option for the content that is like it, %d with the very one", t.choices, t.reachable, t.alike))
	fitParts(m, t)
	return m, nil
}
