package quote

import "onrecord/stages/internal/linear"

// options are what a model chooses among: spans that may be the content, source or
// cue of one head. What options have in common (a beginning, an end) is a group of
// facts, scored once.
type options struct {
	facts  facts
	groups []span   // each group's facts
	list   []option // the options
	scores []float64
	sums   []float64
}

// option is up to three stretches and the groups that speak for it.
type option struct {
	pieces [3]span
	count  int
	groups [8]int32
	used   int
	rules  uint32 // what proposed it: bits
}

func (o *options) reset() {
	o.facts.reset()
	o.groups, o.list = o.groups[:0], o.list[:0]
}

// group ends the group of facts added since the last one and returns its number.
func (o *options) group() int32 {
	first := int32(0)
	if n := len(o.groups); n > 0 {
		first = o.groups[n-1].end
	}
	o.groups = append(o.groups, span{first, int32(len(o.facts.list))})
	return int32(len(o.groups)) - 1
}

func (p *option) add(s span) {
	if !s.empty() && p.count < len(p.pieces) {
		p.pieces[p.count] = s
		p.count++
	}
}

func (p *option) by(group int32) {
	if p.used < len(p.groups) {
		p.groups[p.used] = group
		p.used++
	}
}

// same reports whether two options cover the same stretches.
func (p *option) same(q *option) bool {
	return p.count == q.count && p.pieces == q.pieces
}

// covers reports whether one of the option's stretches holds all of s.
func (p *option) covers(s span) bool {
	for _, piece := range p.pieces[:p.count] {
		if piece.first <= s.first && s.end <= piece.end {
			return true
		}
	}
	return false
}

// best scores all options, leaves their probabilities in scores, and returns the
// likeliest, -1 if there is none.
func (o *options) best(m *linear.Regression) int {
	o.sums = o.sums[:0]
	for _, g := range o.groups {
		o.sums = append(o.sums, m.Score(o.facts.list[g.first:g.end], nil))
	}
	o.scores = o.scores[:0]
	best := -1
	for i := range o.list {
		sum := 0.0
		for _, g := range o.list[i].groups[:o.list[i].used] {
			sum += o.sums[g]
		}
		o.scores = append(o.scores, sum)
		if best < 0 || sum > o.scores[best] {
			best = i
		}
	}
	if best >= 0 {
		linear.Softmax(o.scores, 1)
	}
	return best
}

// mass is the probability that best left in scores for an option and for all that are
// like it by half: borders that are in doubt do not make the whole doubtful.
func (o *options) mass(i int) float64 {
	sum := 0.0
	for k := range o.list {
		if k == i || o.list[k].alike(&o.list[i]) {
			sum += o.scores[k]
		}
	}
	return sum
}

// alike reports whether the stretches of two options have at least half of their tokens
// in common.
func (p *option) alike(q *option) bool {
	both, all := int32(0), int32(0)
	for _, a := range p.pieces[:p.count] {
		all += a.end - a.first
		for _, b := range q.pieces[:q.count] {
			both += max(0, min(a.end, b.end)-max(a.first, b.first))
		}
	}
	for _, b := range q.pieces[:q.count] {
		all += b.end - b.first
	}
	return both > 0 && 2*both >= all-both
}

// choice is the options as an example to learn from.
func (o *options) choice(right int) linear.Choice {
	c := linear.Choice{Right: right}
	list := append([]linear.Feature(nil), o.facts.list...)
	for _, g := range o.groups {
		c.Groups = append(c.Groups, list[g.first:g.end:g.end])
	}
	for i := range o.list {
		c.Options = append(c.Options, append([]int32(nil), o.list[i].groups[:o.list[i].used]...))
	}
	return c
}
