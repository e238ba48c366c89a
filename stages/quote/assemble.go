package quote

import (
	"cmp"
	"slices"

	"onrecord/corpus"
)

// assembler settles candidates and quotations into statements.
type assembler struct {
	reader
	models  *models
	options options
	say     func(string) // nil unless explaining
	asked   *inquiry     // nil unless one place is explained

	sentence   []candidate // proposed in the sentence at hand
	statements []draft
	claimed    []int32 // for each quotation, the draft that has it, or -1
	labelled   []turn
}

// draft is a statement in tokens.
type draft struct {
	rule       string
	head       int32   // of the cue, or -1 if none proposed it
	worth      float64 // log-odds of being right, if a cue proposed it
	cue        span
	source     span
	sourceRule string
	content    []span
}

func (a *assembler) assemble(doc *corpus.Document, min float32) []corpus.Statement {
	a.statements = a.statements[:0]
	a.claimed = a.claimed[:0]
	for range a.quotes {
		a.claimed = append(a.claimed, -1)
	}
	for _, s := range a.sentences {
		a.sentence = a.propose(s, a.sentence[:0])
		a.settle()
	}
	a.turns(doc)
	a.headline(doc)
	a.speech(doc)
	return a.finish(doc, min)
}

// settle accepts the candidates of a sentence that do not contradict one another,
// the likeliest first; but cues right behind speech before all others, so that no other
// cue's content runs over a quotation and its speaker.
func (a *assembler) settle() {
	slices.SortStableFunc(a.sentence, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(a.rank(&x), a.rank(&y)), cmp.Compare(y.worth, x.worth))
	})
	first := len(a.statements)
	for i := range a.sentence {
		c := &a.sentence[i]
		if c.worth < minWorth {
			a.explain(c, "unlikely")
			continue
		}
		if why := a.refuse(c, a.statements[first:]); why != "" {
			a.explain(c, why)
			continue
		}
		a.explain(c, accepted)
		a.accept(c)
	}
}

// rank is lower for what is surer whatever the models think: a cue behind nothing but
// speech, then one behind a clause with speech in it.
func (a *assembler) rank(c *candidate) int {
	if c.frame.active() != trailQuoteFrame {
		return 2
	}
	first, last := &a.tokens[c.content[0].first], &a.tokens[c.content[0].end-1]
	if first.quote >= 0 && first.quote == last.quote {
		return 0
	}
	return 1
}

// refuse names the reason why a candidate cannot stand beside the drafts of its
// sentence; empty if it can. Content that runs into another's cue or source is
// cut there.
func (a *assembler) refuse(c *candidate, drafts []draft) string {
	for _, d := range drafts {
		for _, s := range d.content {
			if s.holds(c.head) {
				return "inside the content of " + d.rule
			}
		}
		if d.cue.holds(c.head) || d.source.holds(c.head) {
			return "inside the cue or source of " + d.rule
		}
		if c.contains(d.head) && !a.goesOnWith(d) {
			return "around the cue of " + d.rule
		}
		for i := 0; i < c.pieces; i++ {
			s := &c.content[i]
			for _, part := range [...]span{d.cue, d.source} {
				if !part.empty() && s.overlaps(part) && part.first > s.first {
					s.end = part.first
				} else if !part.empty() && s.overlaps(part) {
					s.first = part.end
				}
			}
			for _, other := range d.content {
				if s.overlaps(other) && other.first > s.first {
					s.end = other.first
				} else if s.overlaps(other) {
					s.first = other.end
				}
			}
			if s.empty() {
				return "its content belongs to " + d.rule
			}
		}
	}
	return ""
}

// goesOnWith reports whether a draft stands behind a comma or conjunction, so that what
// holds it may end there: "said it was safe, adding that".
func (a *assembler) goesOnWith(d draft) bool {
	first := d.cue.first
	if !d.source.empty() && d.source.end == first {
		first = d.source.first
	}
	if first == 0 {
		return false
	}
	t := &a.tokens[first-1]
	return t.tag == corpus.Comma || t.tag == corpus.CC
}

func (a *assembler) accept(c *candidate) {
	d := draft{rule: c.rule, head: c.head, worth: c.worth, cue: c.cue, source: a.trim(c.source.span), sourceRule: c.source.rule}
	for _, s := range c.content[:c.pieces] {
		s = a.widenQuotes(a.trim(s))
		if s.empty() {
			continue
		}
		d.content = append(d.content, s)
		a.claim(s, int32(len(a.statements)))
	}
	if len(d.content) == 0 {
		return
	}
	a.statements = append(a.statements, d)
}

// widenQuotes lets content end no earlier than the quotation it runs into.
func (a *assembler) widenQuotes(s span) span {
	if s.empty() {
		return s
	}
	if q := a.tokens[s.end-1].quote; q >= 0 && a.closing[q] > s.end && a.opening[q] >= s.first {
		s.end = a.closing[q]
	}
	return s
}

// claim marks the quotations within s as belonging to the draft.
func (a *assembler) claim(s span, draft int32) {
	for i := s.first; i < s.end; i++ {
		if q := a.tokens[i].quote; q >= 0 {
			a.claimed[q] = draft
			i = max(i, a.closing[q]-1)
		}
	}
}

// trim drops punctuation at the borders that is not inside quotation marks.
func (r *reader) trim(s span) span {
	for !s.empty() {
		t := &r.tokens[s.end-1]
		if t.quote >= 0 || t.tag != corpus.Comma && t.tag != corpus.Colon && !(t.tag == corpus.Period && r.text[t.Start] == '.') && !isDash(t.Of(r.text)) {
			break
		}
		s.end--
	}
	for !s.empty() {
		t := &r.tokens[s.first]
		if t.quote >= 0 || t.tag != corpus.Comma && t.tag != corpus.Colon && !isDash(t.Of(r.text)) {
			break
		}
		s.first++
	}
	return s
}

// finish turns drafts into statements.
func (a *assembler) finish(doc *corpus.Document, min float32) []corpus.Statement {
	for i := range a.statements {
		d := &a.statements[i]
		slices.SortFunc(d.content, func(x, y span) int { return int(x.first - y.first) })
		d.content = joined(d.content)
	}
	slices.SortStableFunc(a.statements, func(x, y draft) int {
		return cmp.Or(int(x.content[0].first-y.content[0].first), int(x.cue.first-y.cue.first))
	})
	out := make([]corpus.Statement, 0, len(a.statements))
	for i := range a.statements {
		d := &a.statements[i]
		st := corpus.Statement{Rule: d.rule, Confidence: a.models.calibration.of(d)}
		a.explainStatement(d, st.Confidence, min)
		if st.Confidence < min {
			continue
		}
		for _, s := range d.content {
			st.Content = append(st.Content, a.bytes(s))
		}
		if !d.cue.empty() {
			st.Cue = []corpus.Span{a.bytes(d.cue)}
		}
		if !d.source.empty() {
			st.Source = []corpus.Span{a.bytes(d.source)}
		}
		st.Kind = a.kind(d)
		st.Sentence = int32(a.sentenceOf(d.content[0].first))
		out = append(out, st)
	}
	return out
}

// joined merges spans that overlap; they are in order.
func joined(spans []span) []span {
	out := spans[:1]
	for _, s := range spans[1:] {
		if last := &out[len(out)-1]; s.first < last.end {
			last.end = max(last.end, s.end)
		} else {
			out = append(out, s)
		}
	}
	return out
}

func (a *assembler) bytes(s span) corpus.Span {
	return corpus.Span{Start: a.tokens[s.first].Start, End: a.tokens[s.end-1].End}
}

// kind tells direct from mixed and indirect by the marks.
func (a *assembler) kind(d *draft) corpus.StatementKind {
	quoted, all := false, true
	for _, s := range d.content {
		for i := s.first; i < s.end; i++ {
			if a.tokens[i].quote >= 0 {
				quoted = true
			} else {
				all = false
			}
		}
	}
	switch {
	case !quoted:
		return corpus.Indirect
	case all:
		return corpus.Direct
	}
	return corpus.Mixed
}
