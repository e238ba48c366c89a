package eval

import (
	"fmt"
	"slices"
)

// matchAt is the Jaccard overlap of characters from which two contents, or two
// sources, are taken for the same.
const matchAt = 0.5

// Miss is a gold attribution that was not found, or of which something is wrong.
type Miss struct {
	DocID string
	What  string // "not found", "source", "speaker", "tone" or "stance"
	Kind  string // direct, mixed or indirect
	Gold  string
	Got   string
}

func (m Miss) String() string {
	return fmt.Sprintf("%s | %s | %s | %s | %s", m.DocID, m.What, m.Kind, m.Gold, m.Got)
}

// Score counts one article:
//
//   - content, source, cue, exact: spans that agree in both ends (white space and a
//     final comma or full stop left aside); overlap: characters;
//   - found: gold attributions whose content overlaps that of a statement with a
//     Jaccard index of at least 0.5, one to one, best first;
//   - relation: those of them whose sources overlap as much, or both have none;
//   - speaker: of the gold attributions with a labelled speaker, those found (recall)
//     and given that speaker (precision: of those found);
//   - tone: labels of the found ones; stance: (target, support or oppose) pairs of the
//     found ones, a target being the same when the words of its name overlap by half
//     of the shorter name.
//
// Statements all in regions that the annotators discarded are left aside. An error
// means that a span lies outside the text.
func Score(article *Article, statements []Statement) (Tally, []Miss, error) {
	s := scoring{article: article, text: []rune(article.Text)}
	if err := s.check(statements); err != nil {
		return Tally{}, nil, fmt.Errorf("document %q: %w", article.ID, err)
	}
	discarded := regionOf(article.Discard)
	for i := range statements {
		st := &statements[i]
		if len(st.Content) > 0 && regionOf(st.Content).within(discarded) {
			continue
		}
		s.rows = append(s.rows, st)
	}
	s.spans()
	s.relations()
	return s.Tally, s.misses, nil
}

type scoring struct {
	Tally
	article *Article
	text    []rune
	rows    []*Statement
	misses  []Miss
}

func (s *scoring) check(statements []Statement) error {
	valid := func(spans []Span) error {
		for _, sp := range spans {
			if sp.Start < 0 || sp.End < sp.Start || sp.End > len(s.text) {
				return fmt.Errorf("span %d to %d is outside the text of %d characters", sp.Start, sp.End, len(s.text))
			}
		}
		return nil
	}
	for _, st := range statements {
		for _, spans := range [][]Span{st.Content, st.Cue, st.Source} {
			if err := valid(spans); err != nil {
				return fmt.Errorf("a statement's %w", err)
			}
		}
	}
	for _, a := range s.article.Attributions {
		for _, spans := range [][]Span{a.Content, a.Cue, a.Source} {
			if err := valid(spans); err != nil {
				return fmt.Errorf("an annotation's %w", err)
			}
		}
	}
	return nil
}

// spans counts each role's spans, whatever statement they belong to.
func (s *scoring) spans() {
	role := func(into *spanCounts, gold func(*Attribution) []Span, got func(*Statement) []Span) {
		var g, p []Span
		for i := range s.article.Attributions {
			g = append(g, gold(&s.article.Attributions[i])...)
		}
		for _, r := range s.rows {
			p = append(p, got(r)...)
		}
		g, p = s.trimmed(g), s.trimmed(p)
		into.exact = count{shared(g, p), len(p), len(g)}
		gr, pr := regionOf(g), regionOf(p)
		into.overlap = count{gr.common(pr), pr.size(), gr.size()}
	}
	role(&s.content, func(a *Attribution) []Span { return a.Content }, func(r *Statement) []Span { return r.Content })
	role(&s.source, func(a *Attribution) []Span { return a.Source }, func(r *Statement) []Span { return r.Source })
	role(&s.cue, func(a *Attribution) []Span { return a.Cue }, func(r *Statement) []Span { return r.Cue })
}

// trimmed is the set of the spans, trimmed: in order and without repeats.
func (s *scoring) trimmed(spans []Span) []Span {
	for i := range spans {
		spans[i] = trim(s.text, spans[i])
	}
	slices.SortFunc(spans, compareSpans)
	return slices.Compact(spans)
}

// shared counts the elements of both; a and b are sorted sets.
func shared(a, b []Span) int {
	n := 0
	for _, s := range a {
		if _, ok := slices.BinarySearchFunc(b, s, compareSpans); ok {
			n++
		}
	}
	return n
}

func (s *scoring) relations() {
	var gold []*Attribution
	var goldContent []region
	for i := range s.article.Attributions {
		if a := &s.article.Attributions[i]; len(a.Content) > 0 {
			gold = append(gold, a)
			goldContent = append(goldContent, regionOf(a.Content))
		}
	}
	content := make([]region, len(s.rows))
	for i, r := range s.rows {
		content[i] = regionOf(r.Content)
	}
	match := pair(goldContent, content)
	s.relation.predicted = len(s.rows)
	right := make([]bool, len(s.rows))
	s.relation.gold = len(gold)
	for i, a := range gold {
		kind := kindOf(s.text, a.Content)
		s.relationKind[kind].gold++
		s.foundKind[kind].gold++
		s.found.gold++
		if a.Speaker != nil {
			s.speaker.gold++
			s.speakerKind[kind].gold++
		}
		s.stance.gold += positions(a.Stances)
		if match[i] < 0 {
			s.miss("not found", kind, s.words(a.Content), "")
			continue
		}
		right[match[i]] = s.matched(a, s.rows[match[i]], kind)
	}
	for i, r := range s.rows {
		if r.Confidence != nil {
			s.state(*r.Confidence, right[i])
		}
	}
}

// matched compares what was said of a content that both have, and reports whether the
// source is the right one.
func (s *scoring) matched(a *Attribution, r *Statement, kind int) bool {
	s.foundKind[kind].right++
	s.found.right++
	right := regionOf(a.Source).jaccard(regionOf(r.Source)) >= matchAt
	if right {
		s.relation.right++
		s.relationKind[kind].right++
	} else {
		s.miss("source", kind, s.words(a.Source), s.words(r.Source))
	}
	if a.Speaker != nil {
		s.speaker.predicted++
		s.speakerKind[kind].predicted++
		if sameSpeaker(*a.Speaker, r.Speaker) {
			s.speaker.right++
			s.speakerKind[kind].right++
		} else {
			s.miss("speaker", kind, *a.Speaker, r.Speaker)
		}
	}
	if a.Tone != nil {
		want := min(max(*a.Tone, -1), 1) + 1
		got := toneLabel(r.Tone)
		s.bayes[want][toneLabel(r.Bayes)]++
		s.vader[want][toneLabel(r.Vader)]++
		s.tone[want][got]++
		if got != want {
			s.miss("tone", kind, toneLabels[want], r.Tone+": "+s.words(a.Content))
		}
	}
	if a.Stances != nil {
		s.stances(a, r, kind)
	}
	return right
}

// toneLabel is the index of a label, the last plus one for none.
func toneLabel(name string) int {
	if i := slices.Index(toneLabels, name); i >= 0 {
		return i
	}
	return len(toneLabels)
}

var toneLabels = []string{"negative", "neutral", "positive"}

func (s *scoring) stances(a *Attribution, r *Statement, kind int) {
	var have []TargetStance
	for _, st := range r.Stances {
		switch st.Label {
		case "support":
			have = append(have, TargetStance{st.Target, 1})
		case "oppose":
			have = append(have, TargetStance{st.Target, -1})
		}
	}
	s.stance.predicted += len(have)
	for _, want := range a.Stances {
		if want.Stance == 0 {
			continue
		}
		hit := slices.IndexFunc(have, func(h TargetStance) bool {
			return h.Stance == want.Stance && sameTarget(want.Target, h.Target)
		})
		if hit < 0 {
			s.miss("stance", kind, fmt.Sprintf("%s %+d", want.Target, want.Stance), fmt.Sprint(r.Stances))
			continue
		}
		s.stance.right++
		have = slices.Delete(have, hit, hit+1)
	}
}

// positions counts the stances that take one.
func positions(stances []TargetStance) int {
	n := 0
	for _, st := range stances {
		if st.Stance != 0 {
			n++
		}
	}
	return n
}

// pair matches gold regions with predicted ones, one to one, best overlap first,
// and returns for each gold one the index of its partner, or -1.
func pair(gold, got []region) []int {
	type candidate struct {
		overlap float64
		i, j    int
	}
	var all []candidate
	for i, g := range gold {
		for j, p := range got {
			if v := g.jaccard(p); v >= matchAt && g.common(p) > 0 {
				all = append(all, candidate{v, i, j})
			}
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		switch {
		case a.overlap != b.overlap:
			if a.overlap > b.overlap {
				return -1
			}
			return 1
		case a.i != b.i:
			return b.i - a.i
		}
		return b.j - a.j
	})
	match, used := make([]int, len(gold)), make([]bool, len(got))
	for i := range match {
		match[i] = -1
	}
	for _, c := range all {
		if match[c.i] < 0 && !used[c.j] {
			match[c.i], used[c.j] = c.j, true
		}
	}
	return match
}

func (s *scoring) miss(what string, kind int, gold, got string) {
	s.misses = append(s.misses, Miss{s.article.ID, what, kindNames[kind], gold, got})
}

func (s *scoring) words(spans []Span) string {
	out := ""
	for i, sp := range spans {
		if i > 0 {
			out += " … "
		}
		out += string(s.text[sp.Start:sp.End])
	}
	return out
}
