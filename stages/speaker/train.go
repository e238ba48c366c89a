package speaker

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
	"onrecord/stages/internal/linear"
	"onrecord/stages/tag"
)

// learnRanking was chosen by cross-validation over the training articles: agreement with
// the chains differed by half a point among those tried.
var learnRanking = linear.Logistic{Bits: 14, Epochs: 6, Rate: 0.05, L1: 1, L2: 20}

// folds of the cross-validation by which the ranking is calibrated and measured.
const folds = 5

// leastCalibrated is the number of decisions in a block of the calibration.
const leastCalibrated = 100

// Train learns antecedent.model from the articles polnear-train.jsonl with the chains of
// polnear-train-corenlp.jsonl.gz; see stages.Trainer. Nobody has looked at the chains: a
// pronoun teaches something only if its chain names one of its candidates.
func (Stage) Train(ctx context.Context, data string, say func(line string)) (map[string][]byte, error) {
	lessons, err := readLessons(ctx, data, "train")
	if err != nil {
		return nil, err
	}
	persons, referents := make([][]decision, len(lessons)), make([][]decision, len(lessons)) // by article
	for i := range lessons {
		persons[i], referents[i] = lessons[i].decisions(), lessons[i].referents()
	}
	m := &model{}
	if m.ranking, m.sure, err = learn(ctx, persons, "he and she", say); err != nil {
		return nil, err
	}
	if m.referents, m.sureReferent, err = learn(ctx, referents, "they and it", say); err != nil {
		return nil, err
	}
	return map[string][]byte{modelName: m.encode()}, nil
}

// learn fits a ranking to the decisions of articles, and its calibration to what rankings
// of the other articles decide.
func learn(ctx context.Context, decisions [][]decision, of string, say func(string)) (*linear.Regression, linear.Curve, error) {
	var held outcome
	var all []linear.Choice
	for fold := range folds {
		if err := ctx.Err(); err != nil {
			return nil, linear.Curve{}, err
		}
		var choices []linear.Choice
		var rest []decision
		for i, ds := range decisions {
			if i%folds == fold {
				rest = append(rest, ds...)
				continue
			}
			for _, d := range ds {
				choices = append(choices, d.Choice)
			}
		}
		held.judge(learnRanking.FitChoices(choices), rest)
	}
	for _, ds := range decisions {
		for _, d := range ds {
			all = append(all, d.Choice)
		}
	}
	say(fmt.Sprintf("%s, in articles not learned from: %s", of, held.String()))
	return learnRanking.FitChoices(all), linear.FitIsotonic(held.p, held.right, leastCalibrated), nil
}

// outcome counts decisions made rightly.
type outcome struct {
	p                                      []float64 // of the likeliest candidate
	right                                  []bool    // whether it is the one
	presence, sources, ranked, mostPresent int       // right by presence; sources, right by ranking and by presence
}

func (o *outcome) judge(m *linear.Regression, decisions []decision) {
	for _, d := range decisions {
		scores := make([]float64, len(d.Groups))
		for n, g := range d.Groups {
			scores[n] = m.Score(g, nil)
		}
		best := 0
		if d.candidates != nil {
			best = weighCandidates(d.candidates, scores, d.source)
		} else {
			linear.Softmax(scores, 1)
			best = likeliest(scores)
		}
		right := best == d.Right
		o.p, o.right = append(o.p, scores[best]), append(o.right, right)
		if d.rule == d.Right {
			o.presence++
		}
		if d.source {
			o.sources++
			if right {
				o.ranked++
			}
			if d.rule == d.Right {
				o.mostPresent++
			}
		}
	}
}

func (o *outcome) rankedRight() int {
	n := 0
	for _, r := range o.right {
		if r {
			n++
		}
	}
	return n
}

func (o *outcome) String() string {
	percent := func(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }
	return fmt.Sprintf("%d pronouns, ranking agrees with %.1f%% of chains, presence with %.1f%%; %d sources, %.1f%% and %.1f%%",
		len(o.right), percent(o.rankedRight(), len(o.right)), percent(o.presence, len(o.right)),
		o.sources, percent(o.ranked, o.sources), percent(o.mostPresent, o.sources))
}

// lesson is an article with the statements that people marked in it, and which of its
// mentions are the same by CoreNLP.
type lesson struct {
	doc    *corpus.Document
	chains [][]corpus.Span
}

func readLessons(ctx context.Context, data, split string) ([]lesson, error) {
	docs, err := gold.Documents(data, split)
	if err != nil {
		return nil, err
	}
	chains, err := gold.Chains(data, split)
	if err != nil {
		return nil, err
	}
	articles, err := gold.Attributed(data, split)
	if err != nil {
		return nil, err
	}
	attributions := map[string][]gold.Attribution{}
	for _, a := range articles {
		attributions[a.ID] = a.Attributions
	}
	tagger, err := tag.Stage{}.Annotator()
	if err != nil {
		return nil, err
	}
	var out []lesson
	for _, doc := range docs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		doc.Blocks = paragraphs(doc.Text)
		doc.Statements, _ = statements(doc, attributions[doc.ID])
		if err := tagger(doc); err != nil {
			return nil, fmt.Errorf("article %s: %w", doc.ID, err)
		}
		out = append(out, lesson{doc, chains[doc.ID]})
	}
	return out, nil
}

// paragraphs takes every line for a paragraph and the first for the headline.
func paragraphs(text string) []corpus.Block {
	var blocks []corpus.Block
	at := int32(0)
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			kind := corpus.Body
			if len(blocks) == 0 {
				kind = corpus.Headline
			}
			blocks = append(blocks, corpus.Block{Span: corpus.Span{Start: at, End: at + int32(len(line))}, Kind: kind})
		}
		at += int32(len(line))
	}
	return blocks
}

// statements are attributions as the stage before finds them, in order; those without
// content are left out.
func statements(doc *corpus.Document, attributions []gold.Attribution) ([]corpus.Statement, []gold.Attribution) {
	kept := slices.DeleteFunc(slices.Clone(attributions), func(a gold.Attribution) bool { return len(a.Content) == 0 })
	slices.SortStableFunc(kept, func(x, y gold.Attribution) int { return int(x.Content[0].Start - y.Content[0].Start) })
	var out []corpus.Statement
	for _, a := range kept {
		st := corpus.Statement{Content: a.Content, Cue: a.Cue, Source: a.Source, Confidence: 1}
		text := ""
		for _, c := range a.Content {
			text += c.Of(doc.Text)
		}
		const marks = "“”\""
		if strings.ContainsAny(text, marks) {
			st.Kind = corpus.Mixed
			if inner := strings.TrimRight(text, ".,"); strings.TrimLeft(inner, marks) != inner && strings.TrimRight(inner, marks) != inner {
				st.Kind = corpus.Direct
			}
		}
		for s, span := range doc.Sentences {
			if doc.Tokens[span.End-1].End > a.Content[0].Start {
				st.Sentence = int32(s)
				break
			}
		}
		out = append(out, st)
	}
	return out, kept
}

// decision is what an article teaches: candidates of a pronoun and the one that is right.
type decision struct {
	linear.Choice
	candidates []candidate // nil for "they" and "it"
	rule       int         // the candidate that is most present
	source     bool        // whether the pronoun is a source

	presence float64 // of the most present so far
}

// add appends a candidate.
func (d *decision) add(features []linear.Feature, presence float64) {
	n := len(d.Options)
	d.Groups = append(d.Groups, slices.Clone(features))
	d.Options = append(d.Options, []int32{int32(n)})
	if n == 0 || presence > d.presence {
		d.rule, d.presence = n, presence
	}
}

// decisions reads an article and asks, pronoun by pronoun, whom the chain of the pronoun
// names. A chain that names two of the candidates, or none, teaches nothing.
func (l *lesson) decisions() []decision {
	var out []decision
	a := &article{}
	a.read(l.doc)
	a.cluster()
	chainOf := map[int32]int{}
	for c, chain := range l.chains {
		for _, m := range chain {
			if m.Len() == 1 {
				chainOf[m.Start] = c
			}
		}
	}
	a.teach = func(i int32, candidates []candidate) int {
		c, ok := chainOf[i]
		if !ok || len(candidates) < 2 {
			return -1
		}
		right := -1
		for n := range candidates {
			if !a.isIn(candidates[n].figure, l.chains[c]) {
				continue
			}
			if right >= 0 {
				return -1
			}
			right = n
		}
		if right < 0 {
			return -1
		}
		d := decision{source: a.isSource(i), candidates: slices.Clone(candidates)}
		d.Right = right
		for n := range candidates {
			d.add(candidates[n].features, candidates[n].presence)
		}
		out = append(out, d)
		return right
	}
	a.follow()
	return out
}

// isIn reports whether a chain has a mention that ends with a name of the figure, or one
// that is its description.
func (a *article) isIn(figure int32, chain []corpus.Span) bool {
	f := &a.figures[figure]
	for _, m := range chain {
		if f.kind == corpus.KindUnnamed && len(f.mentions) > 0 && m.Start == f.mentions[0].Start {
			return true
		}
		for i := m.Start; i < m.End && m.Len() <= 8; i++ {
			if e := a.entity[i]; e != nobody && a.who[e] == figure && a.entities[e].End == m.End {
				return true
			}
		}
	}
	return false
}

// referents reads an article and asks of every "they" and "it" what its chain names; of
// several mentions of one chain the one that is listed first is right.
func (l *lesson) referents() []decision {
	a := &article{}
	a.read(l.doc)
	a.cluster()
	a.follow()
	chainOf := map[int32]int{}
	for c, chain := range l.chains {
		for _, m := range chain {
			if m.Len() == 1 {
				chainOf[m.Start] = c
			}
		}
	}
	var out []decision
	for i := range int32(len(l.doc.Tokens)) {
		switch strings.ToLower(a.word(i)) {
		case "they", "them", "their", "it", "its":
		default:
			continue
		}
		c, ok := chainOf[i]
		if !ok {
			continue
		}
		list := a.referentsBefore(i)
		right := slices.IndexFunc(list, func(r referent) bool { return a.isReferent(&r, l.chains[c], i) })
		if right < 0 || len(list) < 2 {
			continue
		}
		a.describeReferents(list, i)
		d := decision{source: a.isSource(i)}
		d.Right = right
		for n := range list {
			d.add(list[n].features, list[n].presence)
		}
		out = append(out, d)
	}
	return out
}

// isReferent reports whether a chain has a mention before token i that is the name, the
// joined or the group with what is attached to its noun.
func (a *article) isReferent(r *referent, chain []corpus.Span, i int32) bool {
	const longest = 14
	for _, m := range chain {
		switch {
		case m.Len() > longest || m.Start >= i || m.Len() == 1 && a.tag(m.Start).IsPronoun():
		case r.plural < 0:
			if a.isIn(a.who[r.entity], []corpus.Span{m}) {
				return true
			}
		case a.plurals[r.plural].members != nil:
			if m.Start <= r.span.Start && m.End == r.span.End {
				return true
			}
		default:
			if m.Start < r.span.End && a.headEnd(m) == r.span.End {
				return true
			}
		}
	}
	return false
}

// headEnd is where what is attached to the noun of a mention begins, or its end.
func (a *article) headEnd(m corpus.Span) int32 {
	for j := m.Start + 1; j < m.End; j++ {
		switch a.tag(j) {
		case corpus.IN, corpus.WP, corpus.WDT, corpus.Comma, corpus.VBN, corpus.VBG:
			if a.tag(j - 1).IsNoun() {
				return j
			}
		}
	}
	return m.End
}
