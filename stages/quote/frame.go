package quote

import "onrecord/corpus"

// frame is what stands after a cue word, or before it: the syntax by which the
// same word is a cue here and none there.
type frame uint8

const (
	noFrame         frame = iota
	quoteFrame            // said: "..."
	thatFrame             // said that
	whFrame               // asked whether
	clauseFrame           // said he would
	toFrame               // vowed to
	ofFrame               // warned of
	forFrame              // called for
	onFrame               // commented on
	aboutFrame            // complained about
	againstFrame          // railed against
	withFrame             // agreed with
	atFrame               // lashed out at
	inFrame               // believes in
	asFrame               // seen as
	toNounFrame           // objected to
	prepFrame             // any other preposition
	objThatFrame          // told reporters that
	objWhFrame            // asked him whether
	objQuoteFrame         // told reporters: "..."
	objClauseFrame        // told reporters he would
	objToFrame            // urged him to
	objPrepFrame          // accused him of
	objFrame              // criticised him
	gerundFrame           // denied having
	adjFrame              // is certain
	trailFrame            // ..., he said.
	trailQuoteFrame       // "...," he said.
	colonFrame            // said: he would
	numActive
	numFrames = 2 * numActive // the same again for passives
)

var frameNames = func() (names [numFrames]string) {
	active := [numActive]string{"none", "quote", "that", "wh", "clause", "to", "of", "for", "on", "about", "against",
		"with", "at", "in", "as", "to-noun", "prep", "obj-that", "obj-wh", "obj-quote", "obj-clause", "obj-to",
		"obj-prep", "obj", "gerund", "adj", "trail", "trail-quote", "colon"}
	for i, n := range active {
		names[i] = n
		names[int(numActive)+i] = "passive-" + n
	}
	return names
}()

// active is the frame without its voice.
func (f frame) active() frame {
	if f >= numActive {
		return f - numActive
	}
	return f
}

// complement is what a cue word governs.
type complement struct {
	frame  frame
	first  int32 // first token of what may be content; -1 if there is none after the word
	object span  // the noun phrase of the obj frames
	cueEnd int32 // the token after the cue's last: past a particle or preposition
	quote  int32 // the quotation of a quote frame, or -1
}

// span is a stretch of tokens, half open; empty if end <= first.
type span struct{ first, end int32 }

func (s span) empty() bool          { return s.end <= s.first }
func (s span) holds(i int32) bool   { return s.first <= i && i < s.end }
func (s span) overlaps(t span) bool { return s.first < t.end && t.first < s.end }

// adjunctLimit is how far a "that" or a quotation may stand from its verb, in
// tokens: "said in a statement on Tuesday that".
const adjunctLimit = 14

// complementOf reads what follows token h, the head of a cue, up to the end of
// its sentence.
func (r *reader) complementOf(h, end int32) complement {
	c := complement{first: -1, cueEnd: h + 1, quote: -1}
	k := h + 1
	for k < end && r.tokens[k].tag == corpus.RP {
		k++
		c.cueEnd = k
	}
	for k < end && (r.tokens[k].tag == corpus.RB || r.isTimePhrase(k)) && r.tokens[k].class&(isThat|isWh) == 0 && !r.tokens[k].mark {
		k++
	}
	if k >= end {
		return c
	}
	t := &r.tokens[k]
	if q := r.opens(k); q >= 0 {
		c.frame, c.first, c.quote = quoteFrame, k, q
		return c
	}
	switch {
	case r.text[t.Start] == ':':
		if q := r.opensAfter(k); q >= 0 {
			c.frame, c.first, c.quote = quoteFrame, r.opening[q], q
		} else if k+1 < end {
			c.frame, c.first = colonFrame, k+1
		}
		return c
	case t.tag == corpus.Comma:
		if q := r.opensAfter(k); q >= 0 && r.opening[q] < end {
			c.frame, c.first, c.quote = quoteFrame, r.opening[q], q
		} else if f := r.afterAside(k, end); f >= 0 {
			return r.distant(c, f)
		}
		return c
	case t.class&isThat != 0 && (t.tag != corpus.DT || !r.finiteAt(k+1, end)):
		c.frame, c.first = thatFrame, k
		return c
	case t.class&isWh != 0 && t.class&isThat == 0 && t.tag != corpus.WDT:
		c.frame, c.first = whFrame, k
		return c
	case t.group >= 0:
		switch g := r.groups[t.group]; g.mood {
		case infinitive:
			c.frame, c.first = toFrame, k
		case gerund:
			c.frame, c.first = gerundFrame, k
		}
		return c
	case t.tag == corpus.IN || t.tag == corpus.TO:
		if f := r.distantThat(k, end); f >= 0 {
			return r.distant(c, f)
		}
		c.frame = r.prepositionFrame(k)
		c.first = k + 1
		if t.class&isCuePrep != 0 && c.frame != asFrame {
			c.cueEnd = k + 1
		}
		if k+1 >= end {
			c.first = -1
		}
		return c
	case t.phrase >= 0:
		return r.nominal(c, k, end)
	case t.tag.IsAdjective():
		c.frame, c.first = adjFrame, k
	}
	return c
}

// nominal reads a complement that begins with a noun phrase.
func (r *reader) nominal(c complement, k, end int32) complement {
	c.first = k
	after := r.extend(k, end)
	c.object = span{k, after}
	if r.clauseAt(k, end) {
		c.frame = clauseFrame
		return c
	}
	c.frame = objFrame
	for after < end && r.isTimePhrase(after) {
		after++
	}
	if after >= end {
		return c
	}
	t := &r.tokens[after]
	if q := r.opens(after); q >= 0 {
		c.frame, c.quote = objQuoteFrame, q
		return c
	}
	switch {
	case t.tag == corpus.Comma || r.text[t.Start] == ':':
		if q := r.opensAfter(after); q >= 0 && r.opening[q] < end {
			c.frame, c.quote = objQuoteFrame, q
		}
	case t.class&isThat != 0:
		c.frame = objThatFrame
	case t.class&isWh != 0 && t.tag != corpus.WP && t.tag != corpus.WDT:
		c.frame = objWhFrame
	case t.group >= 0 && r.groups[t.group].mood == infinitive:
		c.frame = objToFrame
	case t.phrase >= 0 && r.clauseAt(after, end):
		c.frame = objClauseFrame
	case t.tag == corpus.IN || t.tag == corpus.TO:
		if f := r.distantThat(after, end); f >= 0 {
			c.frame = objThatFrame
			if q := r.opens(f); q >= 0 {
				c.frame, c.quote = objQuoteFrame, q
			}
			c.object.end = f
			return c
		}
		c.frame = objPrepFrame
	}
	return c
}

// distant is the complement at token f, with adjuncts between it and the verb.
func (r *reader) distant(c complement, f int32) complement {
	c.first = f
	if q := r.opens(f); q >= 0 {
		c.frame, c.quote = quoteFrame, q
	} else {
		c.frame = thatFrame
	}
	return c
}

// distantThat looks for "that" or a quotation behind adjuncts of time and place
// that begin at k; -1 if there is none.
func (r *reader) distantThat(k, end int32) int32 {
	switch w := &r.tokens[k]; {
	case w.class&(isOf) != 0, w.class&isSub != 0 && w.class&isPrep == 0:
		return -1
	}
	for i := k + 1; i < end && i < k+adjunctLimit; i++ {
		t := &r.tokens[i]
		if q := r.opens(i); q >= 0 {
			before := &r.tokens[i-1]
			if before.tag == corpus.Comma || r.text[before.Start] == ':' {
				return i
			}
			return -1
		}
		if t.class&isThat != 0 && t.tag == corpus.IN {
			return i
		}
		if t.group >= 0 && r.groups[t.group].mood == finite {
			return -1
		}
		if t.tag == corpus.Comma && r.opensAfter(i) < 0 {
			if f := r.afterAside(i, end); f >= 0 {
				return f
			}
			return -1
		}
	}
	return -1
}

// afterAside skips ", citing officials," at the comma k and returns where "that"
// or a quotation stands behind the second comma, or -1.
func (r *reader) afterAside(k, end int32) int32 {
	for i := k + 1; i < end && i < k+adjunctLimit; i++ {
		if r.tokens[i].mark {
			return -1
		}
		if r.tokens[i].tag != corpus.Comma || i+1 >= end {
			continue
		}
		if t := &r.tokens[i+1]; t.class&isThat != 0 && t.tag == corpus.IN || r.opens(i+1) >= 0 {
			return i + 1
		}
		return -1
	}
	return -1
}

// opens is the quotation whose first token is i, or -1.
func (r *reader) opens(i int32) int32 {
	if int(i) >= len(r.tokens) {
		return -1
	}
	if q := r.tokens[i].quote; q >= 0 && r.opening[q] == i {
		return q
	}
	return -1
}

// opensAfter is the quotation that begins right after token i, or -1.
func (r *reader) opensAfter(i int32) int32 { return r.opens(i + 1) }

func (r *reader) isTimePhrase(i int32) bool {
	p := r.tokens[i].phrase
	return p >= 0 && r.phrases[p].time
}

// finiteAt reports whether a finite verb group begins at i.
func (r *reader) finiteAt(i, end int32) bool {
	if i >= end {
		return false
	}
	g := r.tokens[i].group
	return g >= 0 && r.groups[g].first == i && r.groups[g].mood == finite
}

// extend is the token after the noun phrase at k and the prepositional phrases
// with "of" that belong to it.
func (r *reader) extend(k, end int32) int32 {
	after := r.phrases[r.tokens[k].phrase].end
	for after+1 < end && r.tokens[after].class&isOf != 0 && r.tokens[after+1].phrase >= 0 {
		after = r.phrases[r.tokens[after+1].phrase].end
	}
	return min(after, end)
}

// clauseAt reports whether a noun phrase at k is the subject of a finite verb:
// only what a subject is made of may stand between.
func (r *reader) clauseAt(k, end int32) bool {
	const longest = 20
	if r.tokens[k].class&isObjective != 0 {
		return false
	}
	for i := k; i < end && i < k+longest; {
		t := &r.tokens[i]
		switch {
		case t.phrase >= 0:
			if i > k && t.tag == corpus.PRP && r.tokens[i-1].tag != corpus.CC && r.tokens[i-1].tag != corpus.IN {
				return false // "told reporters he would": a clause, but not this phrase's
			}
			i = r.phrases[t.phrase].end
		case t.group >= 0:
			return r.groups[t.group].mood == finite
		case t.tag == corpus.CC && r.finiteAt(i+1, end):
			return false // "accused him and left"
		case t.mark, t.tag == corpus.IN && t.class&(isSub|isThat) == 0, t.tag == corpus.CC, t.tag == corpus.RB, t.tag == corpus.TO, t.tag.IsAdjective(), t.tag == corpus.POS, t.tag == corpus.LRB, t.tag == corpus.RRB:
			i++
		default:
			return false
		}
	}
	return false
}

// prepositionFrame names the frame of a preposition.
func (r *reader) prepositionFrame(k int32) frame {
	t := &r.tokens[k]
	if t.class&isOf != 0 {
		return ofFrame
	}
	switch word := t.Of(r.text); word {
	case "for":
		return forFrame
	case "on", "upon":
		return onFrame
	case "about":
		return aboutFrame
	case "against":
		return againstFrame
	case "with":
		return withFrame
	case "at":
		return atFrame
	case "in":
		return inFrame
	case "as":
		return asFrame
	case "to":
		return toNounFrame
	}
	return prepFrame
}
