package quote

import "onrecord/corpus"

// source is who a cue belongs to, and by which rule.
type source struct {
	span
	rule string // "subject", "apposition", "shared", "inverted", "agent", "possessor"; empty if there is none
}

// subject finds the source of verb group gi in sentence s: the noun phrase to its
// left with title and apposition, or the subject of the verb it shares one with.
func (r *reader) subject(gi int32, s span) source {
	for hops := 0; hops < 6; hops++ {
		g := r.groups[gi]
		if g.mood == finite || g.mood == participle {
			if n, rule := r.leftPhrase(g.first, s); !n.empty() {
				return source{n, rule}
			}
			if hops > 0 && g.first > 0 && r.tokens[g.first-1].mark {
				// "...," said the mayor, adding
				if n := r.follower(g.head+1, s.end); !n.empty() {
					return source{n, "inverted"}
				}
			}
		}
		if k := r.skipAdverbs(g.first); g.mood == gerund && k >= s.first && r.tokens[k].phrase >= 0 && !r.isTimePhrase(k) && !r.tokens[k].mark {
			if p := r.phrases[r.tokens[k].phrase]; r.tokens[p.first].tag != corpus.PRP {
				return source{r.widen(p, k+1, s), "subject"}
			}
		}
		prev := r.sharedWith(gi, s)
		if prev < 0 {
			break
		}
		gi = prev
	}
	return source{}
}

// sharedWith is the verb group before gi whose subject gi shares, or -1: "came
// and said", "left, adding", "went on to say".
func (r *reader) sharedWith(gi int32, s span) int32 {
	g := r.groups[gi]
	k := r.skipAdverbs(g.first)
	wantsConjunction := g.mood == finite
	if wantsConjunction && !(k >= s.first && (r.tokens[k].tag == corpus.CC || r.tokens[k].tag == corpus.Comma)) {
		return -1
	}
	nearest := int32(-1)
	for p := gi - 1; p >= 0 && r.groups[p].first >= s.first; p-- {
		m := r.groups[p].mood
		if r.inQuote(r.groups[p].head) != r.inQuote(g.head) || m != finite {
			continue
		}
		if nearest < 0 {
			nearest = p
		}
		if g.mood != infinitive && r.strong(r.groups[p].head) {
			return p // "said she was glad, but warned": not she
		}
	}
	return nearest
}

func (r *reader) inQuote(i int32) bool { return r.tokens[i].quote >= 0 }

// skipAdverbs is the token before i that is no adverb.
func (r *reader) skipAdverbs(i int32) int32 {
	k := i - 1
	for k >= 0 && r.tokens[k].tag == corpus.RB && !r.tokens[k].mark {
		k--
	}
	return k
}

// leftPhrase is the subject that ends before token first.
func (r *reader) leftPhrase(first int32, s span) (span, string) {
	k := r.skipAdverbs(first)
	for k >= s.first && r.isTimePhrase(k) {
		// "Smith on Tuesday said", "Smith Tuesday said"
		p := r.phrases[r.tokens[k].phrase]
		if p.first-1 < s.first {
			return span{}, ""
		}
		k = p.first - 1
		if t := &r.tokens[k]; t.tag == corpus.IN && k-1 >= s.first {
			k--
		}
	}
	if k < s.first {
		return span{}, ""
	}
	t := &r.tokens[k]
	switch {
	case t.phrase >= 0 && !t.mark:
		n := r.widen(r.phrases[t.phrase], k+1, s)
		if first := r.bracketBefore(n.first, s); first < n.first {
			n = r.widen(phrase{first: first}, k+1, s)
		}
		return r.whole(n, s), "subject"
	case t.tag == corpus.Comma || t.tag == corpus.RRB || isDash(t.Of(r.text)):
		return r.pastAside(k, s)
	case t.mark && t.quote >= 0:
		// Robert Miller, "Bob", said: a nickname belongs to the name
		if q := t.quote; r.closing[q] == k+1 && r.opening[q] > s.first && r.closing[q]-r.opening[q] <= 5 {
			if b := &r.tokens[r.opening[q]-1]; b.phrase >= 0 {
				return span{r.widen(r.phrases[b.phrase], k+1, s).first, k + 1}, "subject"
			}
		}
	}
	return span{}, ""
}

// widen adds to a subject what stands before it: the noun phrase that a
// preposition ties it to ("a spokesman for the city") and what "and" joins.
func (r *reader) widen(p phrase, end int32, s span) span {
	out := span{p.first, end}
	for out.first-2 >= s.first {
		joint, before := &r.tokens[out.first-1], &r.tokens[out.first-2]
		if before.phrase < 0 || before.mark || r.phrases[before.phrase].time {
			break
		}
		if r.tokens[out.first].tag == corpus.PRP && joint.class&isOf == 0 || r.tokens[out.first].class&isRel != 0 {
			break
		}
		first := r.phrases[before.phrase].first
		switch {
		case joint.tag == corpus.IN && joint.class&isPrep != 0 || joint.tag == corpus.TO:
			if !r.mayGovern(first, s) {
				return out
			}
		case joint.tag == corpus.CC:
			if first > s.first && !r.boundary(first-1, s) && !(first-2 >= s.first && r.tokens[first-1].class&isPrep != 0 && r.tokens[first-2].phrase >= 0) {
				return out
			}
		default:
			return out
		}
		out.first = first
	}
	return out
}

// whole takes a subject back over the participles and infinitives inside it:
// "voters trying to reach the city".
func (r *reader) whole(n span, s span) span {
	if n.first-1 < s.first || r.boundary(n.first-1, s) {
		return n
	}
	for i := n.first - 1; i >= s.first; i-- {
		t := &r.tokens[i]
		if t.group >= 0 && r.groups[t.group].mood == finite || t.mark {
			return n
		}
		if i > s.first && !r.boundary(i-1, s) {
			continue
		}
		if t.phrase >= 0 && !r.phrases[t.phrase].time && t.tag != corpus.PRP && t.class&isRel == 0 {
			return span{i, n.end}
		}
		return n
	}
	return n
}

// mayGovern reports whether a noun phrase at first can be the head of a subject
// rather than the object of a verb or preposition before it.
func (r *reader) mayGovern(first int32, s span) bool {
	if first == s.first {
		return true
	}
	b := &r.tokens[first-1]
	return b.group < 0 || r.groups[b.group].mood != finite
}

// boundary reports whether a clause may begin after token k.
func (r *reader) boundary(k int32, s span) bool {
	if k < s.first {
		return true
	}
	t := &r.tokens[k]
	return t.mark || t.tag == corpus.Comma || t.tag == corpus.CC || t.tag == corpus.Colon || t.tag == corpus.Period ||
		t.class&(isSub|isThat|isWh) != 0 || t.tag == corpus.LRB || t.tag == corpus.RB || t.tag == corpus.UH
}

// pastAside finds the subject before an aside that ends at token k: an
// apposition or relative clause, which belongs to the source, or an adverbial,
// which does not.
func (r *reader) pastAside(k int32, s span) (span, string) {
	const commas, longest = 4, 45
	seen, end := 0, k
	if r.tokens[k].tag == corpus.RRB {
		end = k + 1
	}
	for i := k - 1; i > s.first && i > k-longest && seen < commas; i-- {
		t := &r.tokens[i]
		opens := t.tag == corpus.Comma || t.tag == corpus.LRB || isDash(t.Of(r.text))
		if t.quote >= 0 && r.closing[t.quote]-r.opening[t.quote] > 8 {
			return span{}, ""
		}
		if !opens || t.quote >= 0 {
			continue
		}
		seen++
		b := &r.tokens[i-1]
		if b.phrase < 0 || b.mark || r.phrases[b.phrase].time {
			continue
		}
		n := r.widen(r.phrases[b.phrase], i, s)
		if n.first > s.first && !r.boundary(n.first-1, s) {
			continue
		}
		if r.tokens[n.first].tag == corpus.IN {
			continue
		}
		next := &r.tokens[i+1]
		switch {
		case next.phrase >= 0 || next.class&isRel != 0 || next.tag.IsAdjective() || next.tag == corpus.VBN || next.tag == corpus.RB && i+2 < k && r.tokens[i+2].phrase >= 0,
			next.class&isOf != 0:
			return span{n.first, end}, "apposition"
		case next.tag == corpus.IN, next.tag == corpus.RB, next.tag == corpus.VBG, next.tag == corpus.TO, next.tag == corpus.CC:
			return n, "subject"
		}
		return span{n.first, end}, "apposition"
	}
	return span{}, ""
}

// follower is the noun phrase that begins at token k, with what belongs to it up
// to limit: "Jane Roe, a spokeswoman for the city".
func (r *reader) follower(k, limit int32) span {
	for k < limit && r.tokens[k].tag == corpus.IN && r.tokens[k].class&isPrep == 0 {
		k++
	}
	first := k
	if r.nominalGroup(k, limit) {
		k++ // "said retired General Roe"
	}
	if k >= limit || r.tokens[k].phrase < 0 {
		return span{}
	}
	out := span{min(first, r.phrases[r.tokens[k].phrase].first), r.attachments(k, limit)}
	for r.nominalGroup(out.end, limit) {
		out.end = r.attachments(out.end+1, limit) // "said Smith ally Jane Roe", taken for a verb
	}
	for out.end < limit {
		t := &r.tokens[out.end]
		switch {
		case t.tag == corpus.LRB:
			if end := r.bracket(out.end, limit); end > 0 {
				out.end = end
				continue
			}
		case t.tag == corpus.CC && out.end+1 < limit && r.tokens[out.end+1].phrase >= 0 && !r.clauseAt(out.end+1, limit):
			out.end = r.attachments(out.end+1, limit)
			continue
		case t.tag == corpus.Comma && out.end+1 < limit:
			if end := r.apposition(out.end+1, limit); end > 0 {
				out.end = end
				continue
			}
		}
		break
	}
	return out
}

// attachments is the token after the noun phrase at k and the prepositional
// phrases behind it.
func (r *reader) attachments(k, limit int32) int32 {
	after := r.phrases[r.tokens[k].phrase].end
	for after+1 < limit {
		t := &r.tokens[after]
		if t.mark || t.tag != corpus.IN && t.tag != corpus.TO || t.class&isPrep == 0 || r.tokens[after+1].phrase < 0 || r.isTimePhrase(after+1) {
			break
		}
		after = r.phrases[r.tokens[after+1].phrase].end
	}
	return min(after, limit)
}

// bracketBefore is the first token of the noun phrase before a bracket that ends
// at token k: "the Group of Seven (G7) ministers"; k if there is none.
func (r *reader) bracketBefore(k int32, s span) int32 {
	const longest = 6
	if k <= s.first || r.tokens[k-1].tag != corpus.RRB {
		return k
	}
	for i := k - 2; i > s.first && i > k-longest; i-- {
		if r.tokens[i].tag == corpus.LRB {
			if b := &r.tokens[i-1]; b.phrase >= 0 && !b.mark {
				return r.phrases[b.phrase].first
			}
			return k
		}
	}
	return k
}

// nominalGroup reports whether a single word without tense at k, taken for a verb,
// stands before a noun phrase.
func (r *reader) nominalGroup(k, limit int32) bool {
	if k+1 >= limit || r.tokens[k].group < 0 || r.tokens[k+1].phrase < 0 {
		return false
	}
	g := r.groups[r.tokens[k].group]
	return g.first == k && g.head == k && (g.mood == bare || g.mood == participle)
}

// bracket is the token after the short bracket that opens at k; 0 if it does not close.
func (r *reader) bracket(k, limit int32) int32 {
	const longest = 8
	for i := k + 1; i < limit && i < k+longest; i++ {
		if r.tokens[i].tag == corpus.RRB {
			return i + 1
		}
	}
	return 0
}

// apposition is the token after an apposition or relative clause at k that a
// comma, or the end of the sentence, closes; 0 if there is none.
func (r *reader) apposition(k, limit int32) int32 {
	t := &r.tokens[k]
	relative := t.class&isRel != 0 && t.class&isThat == 0
	if !relative {
		if t.phrase < 0 || t.tag == corpus.PRP || t.mark || r.isTimePhrase(k) || r.clauseAt(k, limit) {
			return 0
		}
	}
	for i := k; i < limit; i++ {
		n := &r.tokens[i]
		if n.mark {
			return 0
		}
		if n.tag == corpus.Comma || n.tag == corpus.Period || n.tag == corpus.Colon {
			return i
		}
		if n.tag == corpus.CC && !relative && i+1 < limit && r.tokens[i+1].phrase < 0 {
			return i
		}
		if !relative && n.group >= 0 && r.groups[n.group].mood == finite {
			return 0
		}
	}
	return limit
}

// agent is the noun phrase of "by" after token k, near it.
func (r *reader) agent(k, end int32) source {
	for i := k; i < end && i < k+8; i++ {
		t := &r.tokens[i]
		if t.class&isBy != 0 && i+1 < end && r.tokens[i+1].phrase >= 0 && !r.isTimePhrase(i+1) {
			return source{span{i + 1, r.attachments(i+1, end)}, "agent"}
		}
		if t.mark || t.tag == corpus.Comma || t.group >= 0 && r.groups[t.group].mood == finite {
			break
		}
	}
	return source{}
}

// possessor is the source of a cue noun: "his claim", "the senator's claim",
// "claims by the senator".
func (r *reader) possessor(h, end int32) source {
	p := r.phrases[r.tokens[h].phrase]
	for i := p.first; i < h; i++ {
		t := &r.tokens[i]
		if t.tag == corpus.PRPS {
			return source{span{i, i + 1}, "possessor"}
		}
		if t.tag == corpus.POS && i > p.first {
			return source{span{p.first, i}, "possessor"}
		}
	}
	return r.agent(h+1, min(end, h+3))
}

func isDash(s string) bool { return s == "—" || s == "–" || s == "--" || s == "-" || s == "―" }
