package quote

import (
	"strings"

	"onrecord/corpus"
)

// candidate is a statement that one cue proposes, in tokens.
type candidate struct {
	rule    string
	head    int32 // token of the cue that decides
	part    part
	frame   frame
	cue     span
	source  source
	content [3]span
	pieces  int
	quote   int32 // the first quotation of the content, or -1

	odds, contentOdds, sourceOdds float64 // log-odds of being a cue, and of its content and source among their options
	contentMass, sourceMass       float64 // log-odds of these and all options that are like them by half
	worth                         float64 // log-odds of being right as a whole
	why                           string  // the facts that made worth, when explaining
}

func (c *candidate) add(s span) {
	if !s.empty() && c.pieces < len(c.content) {
		c.content[c.pieces] = s
		c.pieces++
	}
}

// head is a word that may be a cue, with what it governs.
type head struct {
	token   int32
	part    part
	group   int32 // the verb's group, or the copula's; -1 for a noun
	cue     span
	frame   frame   // with the voice
	inverse span    // "said Smith": the subject after the verb
	odds    float64 // log-odds of being a cue, by the model
	c       complement
}

// readHeads collects the verbs, nouns and adjectives of the sentence that may be the
// head of a cue, in order.
func (r *reader) readHeads(s span) {
	r.heads = r.heads[:0]
	for i := s.first; i < s.end; i++ {
		t := &r.tokens[i]
		if t.mark || t.quote >= 0 && r.closing[t.quote]-r.opening[t.quote] > 5 {
			continue
		}
		switch {
		case t.group >= 0 && r.groups[t.group].head == i && t.tag.IsVerb():
			r.heads = append(r.heads, r.verbHead(i, s))
		case t.phrase >= 0 && r.phrases[t.phrase].end == i+1 && (t.tag == corpus.NN || t.tag == corpus.NNS):
			if c := r.complementOf(i, s.end); c.frame != noFrame || r.tokens[r.phrases[t.phrase].first].class&isPossessive != 0 {
				r.heads = append(r.heads, head{token: i, part: nounCue, group: -1, cue: span{i, c.cueEnd}, frame: c.frame, c: c})
			}
		case t.tag.IsAdjective() && t.phrase < 0 && i > s.first:
			g := r.copula(i, s)
			if c := r.complementOf(i, s.end); g >= 0 || c.frame != noFrame {
				h := head{token: i, part: adjectiveCue, group: g, cue: span{i, c.cueEnd}, frame: c.frame, c: c}
				if g >= 0 {
					h.cue.first = r.groups[g].first
				}
				r.heads = append(r.heads, h)
			}
		}
	}
}

// copula is the group of "be" or the like right before the adjective at i, or -1.
func (r *reader) copula(i int32, s span) int32 {
	k := r.skipAdverbs(i)
	if k < s.first || r.tokens[k].group < 0 {
		return -1
	}
	return r.tokens[k].group
}

func (r *reader) verbHead(i int32, s span) head {
	t := &r.tokens[i]
	g := r.groups[t.group]
	c := r.complementOf(i, s.end)
	h := head{token: i, part: verbCue, group: t.group, c: c, frame: c.frame, cue: span{g.first, c.cueEnd}}
	reported := g.passive && r.asSaying(i+1, s.end)
	if !g.passive || reported {
		r.trailing(&h, g, s)
	}
	if k := r.skipAdverbs(g.first); k < g.first-1 && k >= s.first && g.mood != infinitive {
		h.cue.first = k + 1
	}
	if g.mood == infinitive && t.group > 0 {
		// "went on to say": the verb before carries the infinitive
		if p := r.groups[t.group-1]; p.head == g.first-1 && p.first >= s.first && r.tokens[p.head].class&isChain != 0 {
			h.cue.first = p.first
		} else if p.first >= s.first && p.head == g.first-2 && r.tokens[p.head+1].tag == corpus.RP && r.tokens[p.head].class&isChain != 0 {
			h.cue.first = p.first
		}
	}
	if g.passive && !(reported && h.frame == trailQuoteFrame) {
		h.frame += numActive
	}
	return h
}

// asSaying reports whether "as saying" or the like follows at token k: who was quoted
// as saying something is who said it.
func (r *reader) asSaying(k, end int32) bool {
	return k+1 < end && r.tokens[k].tag == corpus.IN && r.tokens[k].lower(r.text, "as") && r.tokens[k+1].tag == corpus.VBG && r.strong(k+1)
}

// trailing recognises a cue that stands behind its content, or within it.
func (r *reader) trailing(h *head, g group, s span) {
	h.inverse = r.inverted(g, h.c, s)
	before := g.first - 1
	if h.inverse.empty() {
		n, _ := r.leftPhrase(g.first, s)
		if n.empty() || g.mood == gerund || g.mood == infinitive {
			return
		}
		before = n.first - 1
	}
	if before < s.first {
		// the sentence begins behind the marks: "Why?" he asked
		if q := r.quoteBefore(before + 1); q >= 0 && (!h.inverse.empty() || r.asksOn(q) || h.c.frame == noFrame || r.endsSpeech(q)) && r.sameLine(q, before+1) && r.mayGoOn(q, h) {
			h.frame, h.c.quote = trailQuoteFrame, q
		}
		return
	}
	if r.tokens[before].tag == corpus.CC {
		return
	}
	q := r.quoteBefore(before + 1)
	if q >= 0 && r.closing[q]-r.opening[q] <= shortQuotation && !r.asksOn(q) {
		if speech := r.speechBefore(r.opening[q], s); speech >= 0 {
			q = speech // and what is next to the name a nickname
		} else if speech := r.quoteBefore(s.first); speech >= 0 && r.asksOn(speech) && r.sameLine(speech, s.first) {
			q = speech
		}
	}
	follows := g.head + 1
	if !h.inverse.empty() {
		follows = h.inverse.end
	}
	switch {
	case q >= 0 && r.mayGoOn(q, h) && (h.c.frame != thatFrame && h.c.frame != clauseFrame || !h.inverse.empty() || r.opening[q] <= s.first && r.asksOn(q)):
		h.frame, h.c.quote = trailQuoteFrame, q
	case r.tokens[before].tag == corpus.Comma && before > s.first && r.closesClause(follows, s.end) && r.mainClause(before, s) && r.strong(g.head):
		h.frame = trailFrame
	}
}

// mayGoOn reports whether the sentence of quotation q may go on with head h. Behind a full
// stop a new one begins, "We saw nothing." Her brother nodded., but for slips of the pen:
// "We saw nothing." Roe said.
func (r *reader) mayGoOn(q int32, h *head) bool {
	if r.asksOn(q) || !r.endsSpeech(q) {
		return true
	}
	lemma := r.tokens[h.token].lemma[h.part]
	first := r.opening[q]
	return r.closesClause(h.token+1, r.sentences[r.sentenceOf(h.token)].end) && r.sentences[r.sentenceOf(first)].first == first &&
		lemma != 0 && r.lex.takesClauses(lemma) && r.lex.lemmas[lemma].rate() >= 0.8
}

// mainClause reports whether a main clause stands in the sentence before token k:
// "If it rains, we stay," but not "If it rains,".
func (r *reader) mainClause(k int32, s span) bool {
	first := s.first
	if t := &r.tokens[first]; t.tag == corpus.IN || t.tag == corpus.WRB || t.tag == corpus.VBG || t.tag == corpus.VBN || t.tag == corpus.RB || t.tag == corpus.TO || t.class&isSub != 0 {
		for first < k && (r.tokens[first].tag != corpus.Comma || r.tokens[first].quote >= 0) {
			first++
		}
	}
	return first < k && r.finiteBefore(k, span{first, s.end})
}

// asksOn reports whether quotation q ends in a mark after which its sentence may
// go on: "Why?" he asked. The British put the comma behind it: 'We stay', he said.
func (r *reader) asksOn(q int32) bool {
	if k := r.closing[q]; int(k) < len(r.tokens) && r.tokens[k].tag == corpus.Comma && r.sentences[r.sentenceOf(k)].first == r.opening[q] {
		return true
	}
	for i := r.closing[q] - 1; i > r.opening[q]; i-- {
		t := &r.tokens[i]
		if t.mark {
			continue
		}
		return t.tag == corpus.Comma || r.text[t.Start] == '?' || r.text[t.Start] == '!'
	}
	return false
}

// sameLine reports whether no line ends between quotation q and token k.
func (r *reader) sameLine(q, k int32) bool {
	return !strings.Contains(r.text[r.quotes[q].End:r.tokens[k].Start], "\n")
}

// quoteBefore is the quotation that ends before token k, a comma aside, or -1.
func (r *reader) quoteBefore(k int32) int32 {
	for n := 0; n < 2 && k > 0; n++ {
		t := &r.tokens[k-1]
		if t.quote >= 0 && r.closing[t.quote] == k && !r.quotes[t.quote].open {
			return t.quote
		}
		if t.tag != corpus.Comma {
			break
		}
		k--
	}
	return -1
}

// inverted is the subject behind the verb: "said Smith", "says the mayor".
func (r *reader) inverted(g group, c complement, s span) span {
	k := g.head + 1
	if g.mood == gerund || g.mood == infinitive || g.mood == bare || k >= s.end || r.tokens[k].phrase < 0 && !r.nominalGroup(k, s.end) || r.isTimePhrase(k) {
		return span{}
	}
	if r.tokens[k].class&isObjective != 0 || g.first > s.first && !r.tokens[g.first-1].mark && r.tokens[g.first-1].tag != corpus.Comma {
		return span{}
	}
	if g.first == s.first && r.quoteBefore(g.first) < 0 || g.first-1 >= s.first && r.tokens[g.first-1].tag == corpus.Comma && r.quoteBefore(g.first) < 0 && !r.finiteBefore(g.first-1, s) {
		return span{}
	}
	if r.quoteBefore(g.first) < 0 {
		if n, _ := r.leftPhrase(g.first, s); !n.empty() || r.tokens[g.head].class&isHearer != 0 {
			return span{}
		}
	}
	n := r.follower(k, s.end)
	if n.empty() {
		return span{}
	}
	if q := r.quoteBefore(g.first); q < 0 || !r.asksOn(q) {
		if n.end < s.end && !r.closesClause(n.end, s.end) {
			return span{}
		}
		return n
	}
	// after speech nothing else can stand there: "said one who knew him"
	if n.end < s.end && r.tokens[n.end].class&isRel != 0 {
		if end := r.apposition(n.end, s.end); end > 0 {
			n.end = end
		}
	}
	return n
}

// closesClause reports whether nothing of weight follows token k in its clause:
// punctuation, or an adjunct and then punctuation.
func (r *reader) closesClause(k, end int32) bool {
	const longest = 25
	for i := k; i < end && i < k+longest; i++ {
		t := &r.tokens[i]
		switch {
		case t.tag == corpus.Comma, t.tag == corpus.Period, t.tag == corpus.Colon, t.mark, t.tag == corpus.RRB, t.tag == corpus.LRB, isDash(t.Of(r.text)):
			return true
		case i == k && (t.tag == corpus.IN && t.class&isThat == 0 || t.tag == corpus.RB || t.tag == corpus.TO && t.group < 0 || r.isTimePhrase(i) || t.tag == corpus.CC):
		case i == k:
			return false
		}
	}
	return true
}

// finiteBefore reports whether a finite verb stands in the sentence before token k.
func (r *reader) finiteBefore(k int32, s span) bool {
	for i := k - 1; i >= s.first; i-- {
		if g := r.tokens[i].group; g >= 0 && r.groups[g].mood == finite {
			return true
		}
	}
	return false
}
