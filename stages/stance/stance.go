// Package stance finds where a statement's speaker stands: for or against which
// people, organizations, places, groups and issues.
//
// The judgements in cue and content (package polarity) are related to the target: who
// praises whom, who harms what, what is said of it, what must be done with it. These and
// the words around the target, names masked, are the features of a regression learned
// from NewsMTSC; see MODEL.md.
package stance

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"onrecord/corpus"
	"onrecord/stages/internal/bare"
	"onrecord/stages/internal/linear"
	"onrecord/stages/internal/masked"
	"onrecord/stages/internal/polarity"
	"onrecord/stages/internal/tree"
	"onrecord/stages/internal/verdict"
)

// version is raised when the same input may give another result.
// 1: relations by tags, weights by relation and sign. 2: regression over words and relations.
// 3: the statement's tone takes part. 4: paths of arcs.
// 5: pronouns by salience, what a content consists of, demonyms in issues.
// 6: measures against a target, subjects of effects, hope for an issue; contents no longer.
// 7: words in capitals are no names.
// 8: issues only where the judgement is the speaker's; acts; the speaker itself.
// 9: features scaled by naive Bayes. 10: confidence in targets found. 11: "agreed" weighs more.
// 12: nouns that are positions, issues taken up again, acts of the cue, joined speakers themselves.
// 13: tones of another model, more words that judge.
const version = 13

// Stage adds Stances to statements.
type Stage struct {
	Targets *Watchlist // always reported; may be nil
}

// Info describes the stage.
func (Stage) Info() corpus.Info {
	return corpus.Info{
		Name:    "stance",
		Version: version,
		Needs: corpus.Sentences | corpus.Tokens | corpus.Tags | corpus.Entities | corpus.Arcs |
			corpus.Statements | corpus.Sources | corpus.Speakers | corpus.Tones,
		Adds:   corpus.Stances,
		Models: append(polarity.Models(), "verbs.txt:"+corpus.Revision(verbsText), "measures.txt:"+corpus.Revision(measuresText), "stance.model:"+digest()),
	}
}

// Annotator returns the function that adds Stances to one document.
func (s Stage) Annotator() (func(*corpus.Document) error, error) { return s.Explainer(nil) }

// Explainer is Annotator; say, if not nil, hears every target considered and what was said of it.
func (s Stage) Explainer(say func(string)) (func(*corpus.Document) error, error) {
	sc, err := NewScorer()
	if err != nil {
		return nil, err
	}
	sc.say, sc.watch = say, s.Targets
	return sc.annotate, nil
}

// Scorer finds stances; it is for one goroutine.
type Scorer struct {
	model    *model
	words    *polarity.Analyzer
	forms    masked.Reader
	tree     tree.Forest
	texts    *bare.Annotator // of Score; started by the first
	verbs    map[string]verbClass
	measures map[[2]uint64]bool
	watch    *Watchlist
	say      func(string)
	note     func(*corpus.Stance, facts) // of training; hears every verdict

	doc      corpus.Document // of Score
	base     int32           // first token of the sentence part at hand
	classes  []verbClass     // of its tokens
	lower    []byte
	begins   int32         // first token of the content; -1 in a bare text
	cue      []corpus.Span // of the statement at hand, in tokens
	contents []corpus.Span // of it, cut at sentence ends
	covered  []corpus.Span // phrases that name an issue of it
	at       int           // the statement at hand
	recent   recent        // the last issue before it
	selves   []int32       // tokens that stand for its speaker
	parts    []corpus.Span
	hits     []polarity.Hit
	bearing  []bearing
	all      []bearing // of all mentions of a target
	targets  []target
	mentions []corpus.Span
	masked   []masked.Word
	found    []linear.Feature
	origin   []int32         // of each of found, see from
	learned  []string        // what the regression says of the target at hand, for say
	up, down []int32         // of a path of arcs
	weights  map[int]float32 // of persons, see salient
	names    register
}

// bearing is a judgement with its relation to a target.
type bearing struct {
	hit      polarity.Hit
	relation relation
	weight   float32 // what it adds to the stance
	named    bool    // by the cue, which calls the target so
}

// NewScorer returns a Scorer for bare texts.
func NewScorer() (*Scorer, error) {
	m, err := embedded()
	if err != nil {
		return nil, fmt.Errorf("stance: %w", err)
	}
	return newScorer(m)
}

// newScorer makes a Scorer; without a model it only finds features.
func newScorer(m *model) (*Scorer, error) {
	lex, err := polarity.Load()
	if err != nil {
		return nil, fmt.Errorf("stance: %w", err)
	}
	v, err := verbs()
	if err != nil {
		return nil, fmt.Errorf("stance: %w", err)
	}
	against, err := measures()
	if err != nil {
		return nil, fmt.Errorf("stance: %w", err)
	}
	return &Scorer{model: m, words: polarity.NewAnalyzer(lex), verbs: v, measures: against}, nil
}

// Score judges the position that a text takes towards the bytes of target in it.
func (sc *Scorer) Score(text string, target corpus.Span) (corpus.Stance, error) {
	out := corpus.Stance{Target: target.Of(text), TargetSpans: []corpus.Span{target}}
	if err := sc.read(&sc.doc, text); err != nil {
		return out, err
	}
	part, tokens, ok := sentenceOf(&sc.doc, target)
	if !ok {
		return out, fmt.Errorf("the target %q holds no word", out.Target)
	}
	sc.begins, sc.cue = -1, sc.cue[:0]
	sc.look(&sc.doc, part, tokens)
	var p [verdict.Classes]float64
	sc.found = sc.features(sc.found[:0], &sc.doc, part, tokens)
	sc.model.Words.Scores(sc.found, nil, p[:])
	sc.decide(&sc.doc, &out, &p)
	return out, nil
}

// read annotates a bare text.
func (sc *Scorer) read(doc *corpus.Document, text string) error {
	if sc.texts == nil {
		var err error
		if sc.texts, err = bare.New(); err != nil {
			return err
		}
	}
	if err := sc.texts.Annotate(doc, text); err != nil {
		return err
	}
	sc.words.Reset(doc)
	sc.forms.Reset(doc)
	sc.tree.Read(doc)
	return nil
}

// look finds the judgements of a part and relates them to a target in it.
func (sc *Scorer) look(doc *corpus.Document, part, target corpus.Span) {
	sc.bearing = sc.bearing[:0]
	sc.enter(doc, part)
	sc.bear(doc, part, target)
}

// enter finds the judgements and verbs of a stretch of tokens within one sentence.
func (sc *Scorer) enter(doc *corpus.Document, part corpus.Span) {
	sc.hits = sc.words.Hits(sc.hits[:0], part.Start, part.End)
	sc.base = part.Start
	sc.classes = sc.classes[:0]
	for i := part.Start; i < part.End; i++ {
		var c verbClass
		if !sc.words.Name(i) {
			c = sc.verbs[string(sc.fold(doc.Tokens[i].Of(doc.Text)))]
		}
		sc.classes = append(sc.classes, c)
	}
}

// bear relates the judgements of the part at hand to a target in it.
func (sc *Scorer) bear(doc *corpus.Document, part, target corpus.Span) {
	for _, h := range sc.hits {
		sc.add(h, sc.relate(doc, h, target.Start, target.End))
	}
	sc.called(doc, part, target)
	sc.bind(doc, part, target)
	sc.measured(doc, part, target)
}

func (sc *Scorer) add(h polarity.Hit, r relation) {
	sc.bearing = append(sc.bearing, bearing{hit: h, relation: r, weight: float32(worth[r] * h.Weight())})
}

// sum is what the judgements add up to for the target.
func (sc *Scorer) sum() float32 {
	sum := float32(0)
	for _, b := range sc.bearing {
		sum += b.weight
	}
	return sum
}

// decide joins what the regression and the judgements say of a target.
func (sc *Scorer) decide(doc *corpus.Document, out *corpus.Stance, p *[verdict.Classes]float64) {
	rule.Join(p, sc.sum())
	for _, b := range sc.bearing {
		if b.weight > 0.05 || b.weight < -0.05 {
			out.Terms = append(out.Terms, corpus.Term{
				Span:   corpus.Span{Start: doc.Tokens[b.hit.First].Start, End: doc.Tokens[b.hit.Last].End},
				Weight: b.weight,
			})
		}
	}
	slices.SortStableFunc(out.Terms, func(a, b corpus.Term) int {
		return cmp.Compare(max(b.Weight, -b.Weight), max(a.Weight, -a.Weight))
	})
	c := verdict.Best(p)
	out.Score = float32(p[2] - p[0])
	out.Label = corpus.Position(c - 1)
	out.Confidence = float32(sc.model.Sure.At(p[c]))
}

func (sc *Scorer) annotate(doc *corpus.Document) error {
	if len(doc.Tags) != len(doc.Tokens) {
		return fmt.Errorf("stance: %d tags for %d tokens", len(doc.Tags), len(doc.Tokens))
	}
	if len(doc.Arcs) != len(doc.Tokens) {
		return fmt.Errorf("stance: %d arcs for %d tokens", len(doc.Arcs), len(doc.Tokens))
	}
	if len(doc.Sources) != len(doc.Statements) {
		return fmt.Errorf("stance: %d sources for %d statements", len(doc.Sources), len(doc.Statements))
	}
	if len(doc.Tones) != len(doc.Statements) {
		return fmt.Errorf("stance: %d tones for %d statements", len(doc.Tones), len(doc.Statements))
	}
	doc.Stances = []corpus.Stance{}
	sc.recent = recent{}
	if len(doc.Statements) == 0 {
		return nil
	}
	sc.words.Reset(doc)
	sc.forms.Reset(doc)
	sc.tree.Read(doc)
	sc.names.reset(doc)
	for i := range doc.Statements {
		sc.statement(doc, i)
	}
	return nil
}

// statement adds the stances of one statement.
func (sc *Scorer) statement(doc *corpus.Document, i int) {
	sc.parts = polarity.Parts(sc.parts[:0], doc, &doc.Statements[i])
	sc.begins = polarity.TokensOf(doc, doc.Statements[i].Content[0]).Start
	sc.contents = polarity.Parts(sc.contents[:0], doc, &corpus.Statement{Content: doc.Statements[i].Content})
	sc.cue = sc.cue[:0]
	for _, c := range doc.Statements[i].Cue {
		sc.cue = append(sc.cue, polarity.TokensOf(doc, c))
	}
	sc.at = i
	sc.find(doc, i)
	first := len(doc.Stances)
	for k := range sc.targets {
		t := &sc.targets[k]
		st := corpus.Stance{Statement: int32(i), Target: t.name, TargetID: t.id, TargetKind: t.kind}
		p := sc.weigh(doc, t)
		if t.kind != corpus.TargetIssue {
			pull := float64(tonePull * float64(doc.Tones[i].Score))
			p[0], p[2] = p[0]-pull, p[2]+pull
		}
		for _, m := range t.mentions {
			st.TargetSpans = append(st.TargetSpans, corpus.Span{Start: doc.Tokens[m.Start].Start, End: doc.Tokens[m.End-1].End})
		}
		sc.decide(doc, &st, &p)
		sc.doubt(&st)
		if sc.inIssue(t) && t.key != isWatched {
			st.Label, st.Score = corpus.NoPosition, st.Score/2
		}
		sc.believe(doc, &st, t)
		if sc.say != nil {
			sc.explain(doc, &st)
		}
		if t.kind == corpus.TargetIssue && st.Label == corpus.NoPosition && t.key != isWatched {
			continue // an issue of which little is said is no target
		}
		if sc.note != nil {
			sc.note(&st, sc.facts(doc, &st, t))
		}
		if t.kind == corpus.TargetIssue {
			sc.recent = recent{st.Target, st.TargetID, i}
		}
		doc.Stances = append(doc.Stances, st)
	}
	slices.SortStableFunc(doc.Stances[first:], func(a, b corpus.Stance) int {
		return cmp.Compare(a.TargetSpans[0].Start, b.TargetSpans[0].Start)
	})
}

// tonePull is what the tone of a statement adds to the log-odds of support against
// oppose, at its strongest.
// Of labelled positions nine in ten have the sign of the tone. Between 1 and 2 the
// labelled statements do not care.
const tonePull = 1.5

// Bounds for texts that nobody wrote to be read; the guide of the labels has four
// targets a statement.
const (
	maxTargets  = 40 // of a statement
	maxMentions = 16 // of a target that are looked at
)

// weigh gives the regression's scores for a target, the mean over its mentions, and
// leaves all judgements that bear on it in sc.bearing.
func (sc *Scorer) weigh(doc *corpus.Document, t *target) (p [verdict.Classes]float64) {
	mentions := t.mentions[:min(len(t.mentions), maxMentions)]
	sc.all, sc.learned = sc.all[:0], sc.learned[:0]
	for _, m := range mentions {
		k := sort.Search(len(sc.parts), func(i int) bool { return sc.parts[i].End > m.Start })
		if k == len(sc.parts) || !sc.parts[k].Contains(m) {
			continue
		}
		sc.look(doc, sc.parts[k], m)
		sc.all = append(sc.all, sc.bearing...)
		if t.kind == corpus.TargetIssue {
			continue // the regression has learned from people and bodies
		}
		sc.found = sc.features(sc.found[:0], doc, sc.parts[k], m)
		var one [verdict.Classes]float64
		sc.model.Words.Scores(sc.found, nil, one[:])
		if sc.say != nil {
			sc.learn(doc)
		}
		for c := range p {
			p[c] += one[c] / float64(len(mentions))
		}
	}
	if t.claim.Factor != 0 {
		sc.bearing = sc.bearing[:0]
		sc.add(t.claim, bound)
		return p
	}
	sc.bearing = append(sc.bearing[:0], sc.all...)
	return p
}

// doubt takes back a position towards a place or an issue that no judgement close to it
// bears out. The regression learned from people and bodies: a place is mostly where it
// happens, and noun phrases are many.
func (sc *Scorer) doubt(st *corpus.Stance) {
	if st.TargetKind != corpus.TargetPlace && st.TargetKind != corpus.TargetIssue || st.Label == corpus.NoPosition {
		return
	}
	sum := float32(0)
	for _, b := range sc.bearing {
		switch b.relation {
		case object, judged, predicate, subject, bound:
			sum += b.weight
		}
	}
	if float32(sum*float32(st.Label)) < plain {
		st.Label, st.Score = corpus.NoPosition, st.Score/2
	}
}

// plain is the least that close judgements of a place or an issue add up to: "X will
// ease tensions".
const plain = 0.7

func (sc *Scorer) explain(doc *corpus.Document, st *corpus.Stance) {
	sc.say(fmt.Sprintf("statement %d, %s %q: %s, score %.2f, confidence %.2f", st.Statement, st.TargetKind, st.Target, st.Label, st.Score, st.Confidence))
	for _, b := range sc.bearing {
		s := corpus.Span{Start: doc.Tokens[b.hit.First].Start, End: doc.Tokens[b.hit.Last].End}
		sc.say(fmt.Sprintf("  %+.2f %q weighs %+.2f, %s", b.weight, s.Of(doc.Text), b.hit.Weight(), relationNames[b.relation]))
	}
	for _, line := range sc.learned {
		sc.say(line)
	}
}

// learn notes what the features found last say, by the words they come from.
func (sc *Scorer) learn(doc *corpus.Document) {
	var p [verdict.Classes]float64
	sc.model.Words.Probabilities(sc.found, nil, p[:])
	sc.learned = append(sc.learned, fmt.Sprintf("  learned of this mention: oppose %.2f, neutral %.2f, support %.2f", p[0], p[1], p[2]))
	for _, w := range linear.Shares(sc.model.Words, sc.found, sc.origin, verdict.Classes-1, 0, 8) {
		word := "what the judgements add up to"
		if w.Origin >= 0 {
			word = fmt.Sprintf("%q", doc.Tokens[w.Origin].Of(doc.Text))
		}
		sc.learned = append(sc.learned, fmt.Sprintf("    %+.2f by %s", w.Share, word))
	}
}

// fold is a word in small letters, in scratch memory.
func (sc *Scorer) fold(word string) []byte {
	sc.lower = sc.lower[:0]
	for i := 0; i < len(word); i++ {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		sc.lower = append(sc.lower, c)
	}
	return sc.lower
}
