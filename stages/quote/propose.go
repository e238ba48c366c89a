package quote

import "onrecord/corpus"

// isAccordingTo reports whether "according to" stands at token i.
func (r *reader) isAccordingTo(i int32, s span) bool {
	return r.tokens[i].class&isAccording != 0 && i+2 < s.end && r.tokens[i+1].class&isTo != 0
}

const accordingRule = "according"

// ruled is what the rules make of a head: a candidate, perhaps without content.
func (r *reader) ruled(h *head, s span) candidate {
	if r.isAccordingTo(h.token, s) {
		return r.according(h.token, s)
	}
	c := candidate{head: h.token, part: h.part, frame: h.frame, cue: h.cue, quote: -1, rule: frameNames[h.frame]}
	r.findSource(&c, *h, s)
	r.findContent(&c, *h, s)
	return c
}

// spoken tells speech before a verb from a title or a word at arm's length: its
// closing mark follows a comma or a mark that asks, or the verb is one of saying. The
// shorter it is, the likelier the cue must be.
func (r *reader) spoken(h *head) bool {
	t := &r.tokens[h.token]
	if t.class&(isBe|isHave|isDo) != 0 {
		return false
	}
	q := h.c.quote
	return t.lemma[h.part] != 0 && r.strong(h.token) || r.asksOn(q) && (r.closing[q]-r.opening[q] > shortQuotation || h.odds > 0 || r.betweenSpeech(h))
}

// betweenSpeech reports whether the clause of a cue behind speech is followed by speech
// again: “The army,” she continued, “has its orders.”
func (r *reader) betweenSpeech(h *head) bool {
	k := h.token + 1
	if !h.inverse.empty() {
		k = h.inverse.end
	}
	return int(k)+1 < len(r.tokens) && r.tokens[k].tag == corpus.Comma && r.opens(k+1) >= 0
}

// shortQuotation is the longest quotation, in tokens with its marks, that may be a
// word at arm's length, a nickname or a title rather than speech.
const shortQuotation = 6

func (r *reader) findSource(c *candidate, h head, s span) {
	switch {
	case !h.inverse.empty():
		c.source = source{h.inverse, "inverted"}
	case h.part == nounCue:
		c.source = r.possessor(h.token, s.end)
	case h.frame >= numActive:
		c.source = r.agent(h.token+1, s.end)
	case h.group >= 0:
		c.source = r.subject(h.group, s)
	}
}

// findContent fills in the content that the head's frame calls for.
func (r *reader) findContent(c *candidate, h head, s span) {
	sub := r.subordinate(c, s)
	k := h.c
	switch f := h.frame.active(); f {
	case noFrame:
		r.spokenOf(c, h, s)
	case toFrame, adjFrame:
		if h.group >= 0 && (h.frame >= numActive || r.tokens[h.token].class&isSeem != 0) {
			// "The bridge is expected to reopen": what is expected is all of it
			c.source = r.agent(h.token+1, s.end)
			if n, _ := r.leftPhrase(r.groups[h.group].first, s); !n.empty() {
				c.add(n)
			}
		}
		c.add(span{k.first, r.clauseEnd(k.first, s, sub, h.part == nounCue)})
	case quoteFrame:
		c.quote = k.quote
		c.add(r.quotedSpeech(k.quote, s, sub))
	case trailQuoteFrame:
		c.quote = k.quote
		c.add(r.leftQuote(k.quote, s))
		r.resume(c, h, s)
	case trailFrame:
		first := h.cue.first
		if h.inverse.empty() {
			first = c.source.first
		}
		c.add(r.leftClause(first, s))
		r.resume(c, h, s)
	case objThatFrame, objWhFrame, objClauseFrame, objQuoteFrame, objToFrame, objPrepFrame, objFrame:
		from := k.first
		if n := k.object.end; f == objThatFrame && r.tokens[h.token].class&isLight != 0 && r.tokens[n-1].lemma[nounCue] != 0 {
			// "expressed hope that": the noun is the cue's
			c.cue.end = n
			c.add(span{n, r.clauseEnd(n, s, sub, false)})
			return
		}
		if r.tokens[h.token].class&isHearer != 0 && f != objFrame && f != objPrepFrame && f != objToFrame {
			from = k.object.end
			for from < s.end && (r.tokens[from].tag == corpus.Comma || r.text[r.tokens[from].Start] == ':' || r.isTimePhrase(from)) {
				from++
			}
			if f == objQuoteFrame {
				c.quote = k.quote
				c.add(r.quotedSpeech(k.quote, s, sub))
				return
			}
		}
		nominal := (f == objFrame || f == objPrepFrame) && !r.lex.takesClauses(r.tokens[h.token].lemma[h.part])
		c.add(span{from, r.clauseEnd(from, s, sub, nominal)})
	default:
		if h.frame >= numActive && k.first > s.first && r.tokens[k.first-1].class&isBy != 0 {
			c.cue.end = k.first - 1
			r.spokenOf(c, h, s)
			return
		}
		if k.first >= 0 {
			nominal := f >= ofFrame && f <= prepFrame || f == gerundFrame || h.part == nounCue && f != thatFrame
			c.add(span{k.first, r.clauseEnd(k.first, s, sub, nominal)})
		}
	}
}

// spokenOf makes the subject of a passive verb the content: "The plan was
// criticised (by doctors)".
func (r *reader) spokenOf(c *candidate, h head, s span) {
	if h.frame < numActive || h.group < 0 {
		return
	}
	if n, _ := r.leftPhrase(r.groups[h.group].first, s); !n.empty() {
		c.add(n)
	}
}

// resume adds what goes on behind a parenthetical cue: "X, he said, is Y".
func (r *reader) resume(c *candidate, h head, s span) {
	k := h.token + 1
	if !h.inverse.empty() {
		k = h.inverse.end
	}
	end := r.tail(s)
	for ; k < end; k++ {
		t := &r.tokens[k]
		if t.quote >= 0 {
			return // quotations join later
		}
		if t.tag == corpus.Comma {
			break
		}
	}
	if k+1 >= end || h.frame == trailQuoteFrame || r.goesOn(k+1, end) {
		return
	}
	if t := &r.tokens[k+1]; t.phrase < 0 && t.group >= 0 && r.groups[t.group].mood == finite || t.phrase >= 0 || t.tag == corpus.IN || t.tag == corpus.CC {
		c.add(span{k + 1, r.clauseEnd(k+1, s, false, false)})
	}
}

// subordinate reports whether a comma ends the clause of the cue.
func (r *reader) subordinate(c *candidate, s span) bool {
	first := c.cue.first
	if first == s.first && c.source.empty() && c.part == verbCue {
		return true // "Asked whether he would, he left"
	}
	if !c.source.empty() && c.source.first < first {
		first = c.source.first
		if r.tokens[first].class&isRel != 0 && c.source.end-first == 1 {
			return true
		}
	}
	return first > s.first && r.tokens[first-1].class&isSub != 0
}

// according is "according to X" at token i.
func (r *reader) according(i int32, s span) candidate {
	c := candidate{rule: accordingRule, head: i, frame: toNounFrame, cue: span{i, i + 2}, quote: -1}
	tail := r.tail(s)
	if n := r.follower(i+2, tail); !n.empty() {
		c.source = source{n, accordingRule}
	} else {
		return c
	}
	after := c.source.end
	if i == s.first || i > s.first && r.tokens[i-1].tag == corpus.CC {
		for after < tail && r.tokens[after].tag != corpus.Comma {
			after++
		}
		c.add(span{after + 1, tail})
	} else {
		c.add(r.leftClause(i, s))
		if after+1 < tail && r.tokens[after].tag == corpus.Comma && r.tokens[i-1].tag == corpus.Comma && !r.goesOn(after+1, tail) {
			c.add(span{after + 1, tail})
		}
	}
	return c
}
