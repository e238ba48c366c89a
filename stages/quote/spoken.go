package quote

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"onrecord/corpus"
)

// Why a stretch of content may begin where it does: bits.
const (
	byRule = 1 << iota
	afterHead
	afterCue
	afterObject
	atThat
	atInfinitive
	atChild
	inChild
	atQuote
	afterStop
	afterPreposition
)

// Bounds on what is considered for one cue.
const (
	maxStarts  = 9
	maxEnds    = 18
	startReach = 22  // tokens behind the cue's head
	endReach   = 120 // tokens behind a start
)

// place is a border that a stretch may have, with its facts.
type place struct {
	at    int32
	why   uint64
	group int32
}

// contentOptions lists what the content of a cue may be: what the rules say (in c),
// stretches on its right between likely borders, the clause it stands behind, with or
// without what goes on after it, and the subject of what is said of somebody.
// No stretch begins or ends inside a quotation.
func (r *reader) contentOptions(o *options, h *head, c *candidate, s span) {
	o.reset()
	o.facts.base = 0
	r.ruledEnd, r.ruledSub = -1, r.subordinate(c, s)
	if c.pieces > 0 {
		r.ruledEnd = r.trim(c.content[c.pieces-1]).end
		r.ruledOption(o, h, c, s)
	}
	right := r.sceneOf(h, s, rightSide)
	r.readStarts(o, c, &right)
	subject, subjectGroup := span{}, int32(-1)
	if h.group >= 0 && (h.frame >= numActive || h.part == adjectiveCue || h.frame.active() == toFrame) {
		if n, _ := r.leftPhrase(r.groups[h.group].first, s); !n.empty() {
			subject = n
			x := r.sceneOf(h, s, subjectSide)
			r.startFacts(&o.facts, n.first, 0, &x)
			r.endFacts(&o.facts, n.end, &x)
			o.facts.add(pairTotal, 1, x.frame)
			o.facts.add(pairTotal, 1, x.lemma)
			subjectGroup = o.group()
			p := option{}
			p.add(n)
			p.by(subjectGroup)
			o.facts.add(pairTotal, 2, x.frame)
			o.facts.add(pairTotal, 2, x.lemma)
			p.by(o.group())
			o.list = append(o.list, p)
		}
	}
	for i := range r.starts {
		r.rightOptions(o, &r.starts[i], c, subject, subjectGroup, &right)
	}
	if r.mayTrail(h, s) {
		r.leftOptions(o, h, c, s)
	}
	r.markRuled(o, c)
	if q := h.c.quote; q >= 0 && r.isSpeech(h, q, s) {
		o.list = slices.DeleteFunc(o.list, func(p option) bool { return !p.covers(span{r.opening[q], r.closing[q]}) })
	}
}

// isSpeech reports whether the quotation that stands beside a cue by its frame must be
// what was said, whatever a model thinks: it is punctuated as speech is, and long, or
// begins the sentence of a verb of saying, or goes on behind its cue.
func (r *reader) isSpeech(h *head, q int32, s span) bool {
	long := r.closing[q]-r.opening[q] > shortQuotation
	switch h.frame.active() {
	case trailQuoteFrame:
		return r.asksOn(q) && (long || r.opening[q] <= s.first && (r.strong(h.token) || r.betweenSpeech(h)))
	case quoteFrame:
		before := r.opening[q] - 1
		return long && before >= 0 && r.endsSpeech(q) && (r.tokens[before].tag == corpus.Comma || r.text[r.tokens[before].Start] == ':')
	}
	return false
}

// ruledOption adds what the rules propose.
func (r *reader) ruledOption(o *options, h *head, c *candidate, s span) {
	p := option{rules: byRule}
	for _, piece := range c.content[:c.pieces] {
		side := uint64(rightSide)
		if piece.first < h.token {
			side = leftSide
		} else if p.count > 0 {
			side = resumed
		}
		piece = r.snapped(r.trim(piece))
		if piece.empty() {
			continue
		}
		x := r.sceneOf(h, s, side)
		r.startFacts(&o.facts, piece.first, 0, &x)
		r.endFacts(&o.facts, piece.end, &x)
		st := stretch{start: piece.first, end: piece.first, root: -1}
		r.grow(&st, piece.end)
		r.stretchFacts(&o.facts, &st, byRule, &x)
		r.forget(&st)
		p.add(piece)
		p.by(o.group())
	}
	x := r.sceneOf(h, s, rightSide)
	o.facts.add(pairTotal, 8+uint64(c.pieces), x.frame)
	o.facts.add(pairTotal, 8+uint64(c.pieces), x.lemma)
	p.by(o.group())
	if p.count > 0 {
		o.list = append(o.list, p)
	}
}

// snapped widens a stretch to the whole quotations that its borders cut.
func (r *reader) snapped(s span) span {
	if s.empty() {
		return s
	}
	if q := r.tokens[s.first].quote; q >= 0 && r.opening[q] < s.first {
		s.first = r.opening[q]
	}
	if q := r.tokens[s.end-1].quote; q >= 0 && r.closing[q] > s.end {
		s.end = r.closing[q]
	}
	return s
}

// cuts reports whether a border before token i lies inside a quotation.
func (r *reader) cuts(i int32) bool {
	if i <= 0 || int(i) >= len(r.tokens) {
		return false
	}
	q := r.tokens[i].quote
	return q >= 0 && r.opening[q] < i
}

// readStarts collects where content on the right of the cue may begin.
func (r *reader) readStarts(o *options, c *candidate, x *scene) {
	r.starts = r.starts[:0]
	h, s := x.h, x.s
	for i := h.token + 1; i < min(s.end, h.token+startReach) && len(r.starts) < maxStarts; i++ {
		t, before := &r.tokens[i], &r.tokens[i-1]
		if r.cuts(i) || t.tag == corpus.Comma || t.tag == corpus.Period || t.tag == corpus.Colon && !t.mark {
			continue
		}
		why := uint64(0)
		if i == h.token+1 {
			why |= afterHead
		}
		if i == h.c.cueEnd {
			why |= afterCue
		}
		if !h.c.object.empty() && i == h.c.object.end {
			why |= afterObject
		}
		if t.class&(isThat|isWh) != 0 {
			why |= atThat
		}
		if g := t.group; g >= 0 && r.groups[g].first == i && r.groups[g].mood == infinitive {
			why |= atInfinitive
		}
		if r.opens(i) >= 0 {
			why |= atQuote
		}
		if before.tag == corpus.Comma || before.tag == corpus.Colon {
			why |= afterStop
		}
		if top := r.topFrom(i); r.nodes[top].head == h.token {
			why |= atChild
		} else if r.nodes[top].head >= 0 && r.nodes[top].head < i && r.nodes[r.nodes[top].head].head == h.token {
			why |= inChild
		}
		if (before.tag == corpus.IN || before.tag == corpus.TO) && i-1 > h.token {
			why |= afterPreposition
		}
		if why == 0 || why == afterStop && i > h.token+8 {
			continue
		}
		r.startFacts(&o.facts, i, why, x)
		r.starts = append(r.starts, place{at: i, why: why, group: o.group()})
	}
	// Ends are shared by all starts.
	r.ends = r.ends[:0]
	if len(r.starts) == 0 {
		return
	}
	r.readEnds(o, r.starts[0].at, x)
}

// readEnds collects where content that begins at start or behind may end.
func (r *reader) readEnds(o *options, start int32, x *scene) {
	s := x.s
	tail := r.tail(s)
	add := func(i int32) {
		if len(r.ends) > 0 && r.ends[len(r.ends)-1].at >= i {
			return
		}
		r.endFacts(&o.facts, i, x)
		r.ends = append(r.ends, place{at: i, group: o.group()})
	}
	for i := start + 1; i < min(tail, start+endReach) && len(r.ends) < maxEnds; i++ {
		if r.cuts(i) || !r.mayEndBefore(i, x) {
			continue
		}
		add(i)
	}
	if q := r.tokens[max(start, tail-1)].quote; q >= 0 && r.closing[q] > tail {
		add(r.closing[q])
	} else if tail > start {
		add(tail)
	}
}

// mayEndBefore reports whether content may end before token i.
func (r *reader) mayEndBefore(i int32, x *scene) bool {
	t, before := &r.tokens[i], &r.tokens[i-1]
	switch t.tag {
	case corpus.Comma, corpus.Colon, corpus.LRB, corpus.RRB, corpus.CC, corpus.IN, corpus.TO, corpus.WDT, corpus.WP, corpus.WRB, corpus.VBG, corpus.RB, corpus.Period, corpus.OpenQuote:
		return true
	}
	if before.mark && before.quote >= 0 && r.closing[before.quote] == i {
		return true
	}
	if before.tag == corpus.Comma {
		return false
	}
	if t.phrase >= 0 && r.phrases[t.phrase].first == i && r.phrases[t.phrase].time {
		return true
	}
	if t.group >= 0 && r.groups[t.group].first == i {
		return true
	}
	// Something that hangs on the cue or above it begins here.
	head := r.nodes[r.topFrom(i)].head
	return head >= 0 && (head == x.h.token || head < x.h.token)
}

// rightOptions pairs a start with the ends behind it.
func (r *reader) rightOptions(o *options, from *place, c *candidate, subject span, subjectGroup int32, x *scene) {
	st := stretch{start: from.at, end: from.at, root: -1}
	defer r.forget(&st)
	for i := range r.ends {
		e := &r.ends[i]
		if e.at <= from.at {
			continue
		}
		r.grow(&st, e.at)
		r.stretchFacts(&o.facts, &st, 0, x)
		o.facts.add(pairTotal, 9, x.frame)
		o.facts.add(pairTotal, 9, x.lemma)
		p := option{}
		p.add(span{from.at, e.at})
		p.by(from.group)
		p.by(e.group)
		pair := o.group()
		p.by(pair)
		o.list = append(o.list, p)
		if subjectGroup >= 0 && from.why&(atInfinitive|afterHead) != 0 {
			p := option{}
			p.add(subject)
			p.add(span{from.at, e.at})
			p.by(subjectGroup)
			p.by(from.group)
			p.by(e.group)
			p.by(pair)
			o.list = append(o.list, p)
		}
	}
}

// mayTrail reports whether a cue may stand behind its content or within it.
func (r *reader) mayTrail(h *head, s span) bool {
	if h.token == s.first {
		return false
	}
	switch h.frame.active() {
	case trailFrame, trailQuoteFrame:
		return true
	case thatFrame, toFrame:
		return false
	case quoteFrame:
		return r.splitsClause(h, s)
	}
	if r.tokens[h.token].class&isAccording != 0 {
		return true
	}
	if h.part != verbCue || h.frame >= numActive {
		return false
	}
	if r.speechBefore(h.token, s) >= 0 {
		return true
	}
	return h.frame == noFrame || h.frame == prepFrame || h.frame == inFrame || h.frame == onFrame || h.frame == objFrame || !h.inverse.empty()
}

// splitsClause reports whether a cue before a quotation stands within what is said: The
// gaps, he said, “are closed.”
func (r *reader) splitsClause(h *head, s span) bool {
	if h.group < 0 || h.frame >= numActive || h.c.quote < 0 {
		return false
	}
	first, inside := h.cue.first, r.opening[h.c.quote]+1
	if n, _ := r.leftPhrase(r.groups[h.group].first, s); !n.empty() {
		first = n.first
	}
	if first <= s.first+1 || r.tokens[first-1].tag != corpus.Comma || int(inside) >= len(r.tokens) {
		return false
	}
	c, _ := utf8.DecodeRuneInString(r.tokens[inside].Of(r.text))
	return unicode.IsLower(c)
}

// leftOptions adds the clause on the cue's left, and what goes on behind it; and the
// quotations there by themselves, since a long source may hide where they end.
func (r *reader) leftOptions(o *options, h *head, c *candidate, s span) {
	end := h.cue.first
	if n := c.source.span; !n.empty() && n.end <= h.cue.first {
		end = n.first
	}
	for end > s.first && r.tokens[end-1].tag == corpus.Comma && r.tokens[end-1].quote < 0 {
		end--
	}
	after := r.resumptions(o, h, c, s)
	r.clausesBefore(o, h, end, after, s)
	found := 0
	for i := end - 1; i > s.first && found < 2; i-- {
		q := r.tokens[i].quote
		if q < 0 {
			continue
		}
		if r.closing[q] == i+1 && i+1 < end && r.asksOn(q) {
			r.clausesBefore(o, h, i+1, after, s)
			found++
		}
		i = max(s.first, r.opening[q])
	}
}

// speechBefore is the nearest quotation on the left of token i, in its sentence, that
// ends as speech does before its speaker is named; -1 if there is none. Nicknames and
// words at arm's length are passed over.
func (r *reader) speechBefore(i int32, s span) int32 {
	for k := i - 1; k > s.first; k-- {
		q := r.tokens[k].quote
		if q < 0 {
			continue
		}
		if r.closing[q] == k+1 && r.asksOn(q) && r.closing[q]-r.opening[q] > shortQuotation {
			return q
		}
		k = max(s.first, r.opening[q])
	}
	return -1
}

// clausesBefore adds the stretches that end before token end.
func (r *reader) clausesBefore(o *options, h *head, end int32, after []resumption, s span) {
	if end <= s.first || r.cuts(end) {
		return
	}
	x := r.sceneOf(h, s, leftSide)
	r.endFacts(&o.facts, end, &x)
	endGroup := o.group()
	count := 0
	for i := end - 1; i >= s.first && count < maxStarts; i-- {
		why := uint64(0)
		before := r.at(i-1, s)
		switch {
		case i == s.first:
			why = afterHead
		case r.opens(i) >= 0:
			why = atQuote
		case before.tag == corpus.CC || before.tag == corpus.Colon || before.tag == corpus.Comma || before.class&isThat != 0 || before.quote >= 0 && r.closing[before.quote] == i:
			why = afterStop
		}
		if why == 0 || r.cuts(i) && i != s.first || r.tokens[i].tag == corpus.Comma || r.tokens[i].tag == corpus.CC && i != s.first {
			continue
		}
		first := i
		if r.cuts(i) {
			first = r.opening[r.tokens[i].quote]
		}
		count++
		r.startFacts(&o.facts, first, why, &x)
		st := stretch{start: first, end: first, root: -1}
		r.grow(&st, end)
		r.stretchFacts(&o.facts, &st, why, &x)
		r.forget(&st)
		left := o.group()
		for _, a := range after {
			p := option{}
			p.add(span{first, end})
			p.add(span{a.at, a.end})
			p.by(left)
			p.by(endGroup)
			p.by(a.group)
			o.list = append(o.list, p)
		}
	}
}

// resumption is what goes on behind a parenthetical cue; empty if nothing does.
type resumption struct {
	at, end int32
	group   int32
}

// resumptions lists what may go on, nothing first.
func (r *reader) resumptions(o *options, h *head, c *candidate, s span) []resumption {
	x := r.sceneOf(h, s, resumed)
	k := h.cue.end
	if !c.source.empty() && c.source.first > h.token {
		k = max(k, c.source.end)
	}
	next := r.at(k, s)
	o.facts.add(pairTotal, 3, uint64(next.tag)<<8|uint64(r.at(k+1, s).tag))
	o.facts.add(pairTotal, 4, uint64(r.at(k+1, s).word))
	o.facts.add(pairTotal, 5, x.frame)
	o.facts.add(pairTotal, 6, r.link(k+1, &x))
	r.after = append(r.after[:0], resumption{group: o.group()})
	tail := r.tail(s)
	for k < tail && r.tokens[k].tag != corpus.Comma && r.tokens[k].tag != corpus.Colon && r.tokens[k].quote < 0 {
		k++
	}
	if k < tail && r.tokens[k].quote < 0 {
		k++
	}
	if k >= tail || r.cuts(k) {
		return r.after
	}
	st := stretch{start: k, end: k, root: -1}
	defer r.forget(&st)
	const most = 5
	for i := k + 1; i <= tail && len(r.after) < most; i++ {
		if i < tail && (r.tokens[i].tag != corpus.Comma && r.tokens[i].tag != corpus.CC || r.cuts(i)) {
			continue
		}
		if i == tail && r.cuts(tail) {
			i = r.closing[r.tokens[tail].quote]
		}
		r.startFacts(&o.facts, k, 0, &x)
		r.endFacts(&o.facts, i, &x)
		r.grow(&st, i)
		r.stretchFacts(&o.facts, &st, 0, &x)
		r.after = append(r.after, resumption{k, i, o.group()})
	}
	return r.after
}

// markRuled notes which options are what the rules propose, with a fact of its own.
func (r *reader) markRuled(o *options, c *candidate) {
	if len(o.list) == 0 || o.list[0].rules&byRule == 0 {
		return
	}
	ruled := &o.list[0]
	o.facts.add(pairTotal, 7, 0)
	group := o.group()
	for i := 1; i < len(o.list); i++ {
		if o.list[i].same(ruled) {
			o.list[i].rules |= byRule
			o.list[i].by(group)
			// one of the two is enough
			o.list[0] = o.list[i]
			o.list = append(o.list[:i], o.list[i+1:]...)
			break
		}
	}
}
