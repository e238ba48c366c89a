package quote

import "onrecord/corpus"

// tail is the token after the last word of the sentence: its final punctuation
// does not belong to content, but marks and what stands inside them do.
func (r *reader) tail(s span) int32 {
	end := s.end
	for end > s.first {
		t := &r.tokens[end-1]
		if t.mark || t.tag != corpus.Period && t.tag != corpus.Comma && t.tag != corpus.Colon || t.quote >= 0 {
			break
		}
		if c := r.text[t.Start]; c == '?' || c == '!' {
			break
		}
		end--
	}
	return end
}

// clauseEnd is where the content of a clause that begins at from ends.
// subordinate holds if the cue's own clause is subordinate, so that a comma
// closes it; nominal if the content is a noun phrase rather than a clause.
func (r *reader) clauseEnd(from int32, s span, subordinate, nominal bool) int32 {
	end := r.tail(s)
	depth := 0
	for i := from; i < end; i++ {
		t := &r.tokens[i]
		if t.quote >= 0 {
			i = min(r.closing[t.quote], end) - 1
			continue
		}
		switch {
		case t.tag == corpus.LRB:
			depth++
		case t.tag == corpus.RRB:
			if depth == 0 {
				return i
			}
			depth--
		case depth > 0:
		case r.text[t.Start] == ';':
			return i
		case isDash(t.Of(r.text)) && t.Len() > 0 && i > from && r.text[t.Start] != '-':
			if nominal {
				return i
			}
		case t.tag == corpus.Comma:
			if i == from {
				continue
			}
			if subordinate || r.goesOn(i+1, end) {
				return i
			}
			if nominal && !r.listed(i+1, end) {
				return i
			}
		case t.tag == corpus.CC && i > from:
			if r.newCue(i+1, end) || nominal && r.predicateAt(i+1+r.adverbs(i+1, end), end) {
				return i
			}
		case nominal && i > from && t.class&isPrep != 0 && i+1 < end && (t.class&isAdjunct != 0 || r.isTimePhrase(i+1)):
			return i
		case nominal && i > from && t.class&isSub != 0 && (t.class&isPrep == 0 || i+1 < end && r.tokens[i+1].phrase >= 0 && r.clauseAt(i+1, end)):
			return i
		}
	}
	return end
}

// predicateAt reports whether a verb group that is no gerund begins at k.
func (r *reader) predicateAt(k, end int32) bool {
	return k < end && r.tokens[k].group >= 0 && r.groups[r.tokens[k].group].mood != gerund
}

// goesOn reports whether an attribution of its own begins after a comma: ",
// adding that", ", according to", ", he said", ", and called".
func (r *reader) goesOn(k, end int32) bool {
	if k >= end {
		return false
	}
	t := &r.tokens[k]
	if t.class&isAccording != 0 {
		return true
	}
	if t.tag == corpus.CC {
		return r.newCue(k+1, end)
	}
	k = k + r.adverbs(k, end)
	if k >= end {
		return false
	}
	t = &r.tokens[k]
	if t.group >= 0 && r.groups[t.group].mood == gerund {
		return r.strong(r.groups[t.group].head)
	}
	return false
}

func (r *reader) adverbs(k, end int32) int32 {
	n := int32(0)
	for k+n < end && r.tokens[k+n].tag == corpus.RB {
		n++
	}
	return n
}

// newCue reports whether a verb that is mostly a cue, in the past tense, begins
// at k: the second of two verbs that share a subject.
func (r *reader) newCue(k, end int32) bool {
	k += r.adverbs(k, end)
	if k >= end || r.tokens[k].group < 0 {
		return false
	}
	g := r.groups[r.tokens[k].group]
	return g.mood == finite && r.tokens[g.head].tag == corpus.VBD && r.strong(g.head)
}

// strong holds for verbs that are cues more often than not.
func (r *reader) strong(i int32) bool {
	l := r.tokens[i].lemma[verbCue]
	return l != 0 && r.lex.lemmas[l].rate() >= 0.3
}

// listed reports whether a comma before k stands inside a noun phrase: a list or
// an apposition.
func (r *reader) listed(k, end int32) bool {
	if k >= end {
		return false
	}
	t := &r.tokens[k]
	return t.phrase >= 0 && !r.clauseAt(k, end) || t.tag == corpus.CC && k+1 < end && r.tokens[k+1].phrase >= 0 && !r.clauseAt(k+1, end) ||
		t.tag.IsAdjective()
}

// quotedSpeech is the content of a quotation that a cue introduces: the whole of
// it, and the rest of the clause if the sentence goes on after the closing mark.
func (r *reader) quotedSpeech(q int32, s span, subordinate bool) span {
	out := span{r.opening[q], r.closing[q]}
	if out.end < s.end && !r.endsSpeech(q) {
		if t := &r.tokens[out.end]; t.tag != corpus.Comma && t.tag != corpus.Period && t.tag != corpus.Colon && t.group < 0 && !isDash(t.Of(r.text)) {
			out.end = r.clauseEnd(out.end, s, subordinate, false)
		}
	}
	return out
}

// endsSpeech reports whether punctuation stands before the closing mark.
func (r *reader) endsSpeech(q int32) bool {
	for i := r.closing[q] - 1; i > r.opening[q]; i-- {
		t := &r.tokens[i]
		if t.mark {
			continue
		}
		return t.tag == corpus.Comma || t.tag == corpus.Period
	}
	return false
}

// leftClause is the content before a trailing cue: from the clause's beginning,
// or the quotation's, up to token end.
func (r *reader) leftClause(end int32, s span) span {
	first := s.first
	for i := end - 1; i > s.first; i-- {
		t := &r.tokens[i]
		if t.quote >= 0 {
			continue
		}
		if r.text[t.Start] == ';' {
			first = i + 1
			break
		}
	}
	if t := &r.tokens[first]; t.tag == corpus.CC && first+1 < end {
		first++
		if r.tokens[first].tag == corpus.Comma {
			first++
		}
	}
	for end > first && r.tokens[end-1].tag == corpus.Comma && r.tokens[end-1].quote < 0 {
		end--
	}
	return span{first, end}
}

// leftQuote is the content of a cue behind quotation q: the quotation, and the
// beginning of the sentence if the quotation begins within it.
func (r *reader) leftQuote(q int32, s span) span {
	out := span{r.opening[q], r.closing[q]}
	if out.first > s.first && out.first < s.end {
		before := &r.tokens[out.first-1]
		if !before.mark && before.tag != corpus.Colon && before.tag != corpus.Period && before.tag != corpus.Comma {
			out.first = r.leftClause(out.end, s).first
		}
	}
	return out
}
