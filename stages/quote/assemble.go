package quote

import (
	"fmt"
	"slices"

	"onrecord/corpus"
)

// assembler settles candidates and quotations into statements.
type assembler struct {
	reader
	say func(string) // nil unless explaining

	sentence   []candidate // proposed in the sentence at hand
	statements []draft
	claimed    []int32 // for each quotation, the draft that has it, or -1
}

// draft is a statement in tokens.
type draft struct {
	rule       string
	chance     float32
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
	a.speech(doc)
	return a.finish(doc, min)
}

// settle accepts the candidates of a sentence that do not contradict one
// another: cues that stand behind a quotation first, since they are surest, then
// from left to right, so that what a statement contains is not one itself.
func (a *assembler) settle() {
	slices.SortStableFunc(a.sentence, func(x, y candidate) int { return x.rank() - y.rank() })
	first := len(a.statements)
	for i := range a.sentence {
		c := &a.sentence[i]
		if why := a.refuse(c, a.statements[first:]); why != "" {
			a.explain(c, why)
			continue
		}
		a.explain(c, "accepted")
		a.accept(c)
	}
}

func (c *candidate) rank() int {
	switch c.frame.active() {
	case trailQuoteFrame, quoteFrame:
		return 0
	case objQuoteFrame:
		if c.quote >= 0 {
			return 0
		}
	case trailFrame:
		return 1
	}
	if c.rule == "according" {
		return 1
	}
	return 2
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

func (a *assembler) accept(c *candidate) {
	d := draft{rule: c.rule, chance: c.chance, cue: c.cue, source: c.source.span, sourceRule: c.source.rule}
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
func (a *assembler) trim(s span) span {
	for !s.empty() {
		t := &a.tokens[s.end-1]
		if t.quote >= 0 || t.tag != corpus.Comma && t.tag != corpus.Colon && !(t.tag == corpus.Period && a.text[t.Start] == '.') && !isDash(t.Of(a.text)) {
			break
		}
		s.end--
	}
	for !s.empty() {
		t := &a.tokens[s.first]
		if t.quote >= 0 || t.tag != corpus.Comma && t.tag != corpus.Colon && !isDash(t.Of(a.text)) {
			break
		}
		s.first++
	}
	return s
}

// speech gives the quotations that no cue claims to whom the layout gives them:
// to the statement before in the same paragraph, to a sentence that ends in a
// colon before them, or to the speaker of the paragraph before.
func (a *assembler) speech(doc *corpus.Document) {
	last := int32(-1) // the draft of the latest quotation
	block := 0
	lastBlock := -1
	for q := range a.quotes {
		for block < len(doc.Blocks) && doc.Blocks[block].End <= a.quotes[q].Start {
			block++
		}
		if a.claimed[q] >= 0 {
			last, lastBlock = a.claimed[q], block
			continue
		}
		words := a.closing[q] - a.opening[q]
		if words < 4 {
			continue
		}
		at := span{a.opening[q], a.closing[q]}
		switch {
		case a.quotes[q].Continued && last >= 0 && lastBlock >= block-1, lastBlock == block && last >= 0 && a.startsSentence(q):
			a.statements[last].content = append(a.statements[last].content, at)
			a.claimed[q] = last
			lastBlock = block
		case a.colonBefore(q, at):
			last, lastBlock = a.claimed[q], block
		case lastBlock == block-1 && last >= 0 && a.startsSentence(q) && words > 6:
			d := a.statements[last]
			a.statements = append(a.statements, draft{rule: "continued", chance: 0.5, cue: d.cue, source: d.source, sourceRule: d.sourceRule, content: []span{at}})
			a.claimed[q] = int32(len(a.statements) - 1)
			last, lastBlock = a.claimed[q], block
		}
	}
}

// startsSentence reports whether the quotation begins a sentence, or goes on
// behind a cue within one.
func (a *assembler) startsSentence(q int) bool {
	i := a.opening[q]
	if a.sentences[a.sentenceOf(i)].first == i {
		return true
	}
	before := &a.tokens[i-1]
	return before.tag == corpus.Period || before.tag == corpus.Comma
}

// colonBefore attributes quotation q to the sentence before it if that ends in a colon.
func (a *assembler) colonBefore(q int, at span) bool {
	k := a.opening[q] - 1
	if k < 0 || a.text[a.tokens[k].Start] != ':' {
		return false
	}
	s := span{a.sentences[a.sentenceOf(k)].first, k}
	for g := len(a.groups) - 1; g >= 0; g-- {
		if a.groups[g].head >= k || a.inQuote(a.groups[g].head) {
			continue
		}
		if a.groups[g].first < s.first {
			break
		}
		if !a.strong(a.groups[g].head) {
			continue
		}
		src := a.subject(int32(g), s)
		if src.empty() {
			continue
		}
		a.statements = append(a.statements, draft{rule: "colon", chance: 0.8, cue: span{a.groups[g].first, a.groups[g].head + 1}, source: src.span, sourceRule: src.rule, content: []span{at}})
		a.claimed[q] = int32(len(a.statements) - 1)
		return true
	}
	if s.end-s.first <= 6 && s.end > s.first && a.tokens[s.first].phrase >= 0 {
		a.statements = append(a.statements, draft{rule: "name-colon", chance: 0.8, cue: span{k, k + 1}, source: s, content: []span{at}})
		a.claimed[q] = int32(len(a.statements) - 1)
		return true
	}
	return false
}

// finish turns drafts into statements.
func (a *assembler) finish(doc *corpus.Document, min float32) []corpus.Statement {
	out := make([]corpus.Statement, 0, len(a.statements))
	for i := range a.statements {
		d := &a.statements[i]
		st := corpus.Statement{Rule: d.rule, Confidence: d.chance}
		if st.Confidence < min {
			continue
		}
		slices.SortFunc(d.content, func(x, y span) int { return int(x.first - y.first) })
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
	slices.SortStableFunc(out, func(x, y corpus.Statement) int { return int(x.Content[0].Start - y.Content[0].Start) })
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

func (a *assembler) explain(c *candidate, outcome string) {
	if a.say == nil {
		return
	}
	a.say(fmt.Sprintf("cue %q in frame %s, chance %.2f, source %q by %q: %s", a.bytes(c.cue).Of(a.text), frameNames[c.frame], c.chance, a.sourceText(c), c.source.rule, outcome))
}

func (a *assembler) sourceText(c *candidate) string {
	if c.source.empty() {
		return ""
	}
	return a.bytes(c.source.span).Of(a.text)
}
