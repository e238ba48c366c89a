package quote

import "onrecord/corpus"

// Kinds of facts about where a stretch begins and ends; see startFacts, endFacts and
// stretchFacts.
const (
	startWord = 100 + iota
	startTagFrame
	startBefore
	startLemmaWord
	startLemmaTag
	startDistance
	startRelation
	startRelationFrame
	startBeforeTag
	startLemmaBefore
	startPair
	startWhy
	startWhyLemma

	endWord
	endTags
	endWordTag
	endTagTag
	endTail
	endLast
	endLemmaTag
	endFrameTag
	endRelation
	endRelationFrame
	endTime
	endPair
	endNewCue
	endTailFrame
	endWordFrame
	endLeft
	endRelationWord
	endRuled
	endRuledLemma
	endSubordinate

	pairOutside
	pairRoot
	pairRootLemma
	pairAttach
	pairAttachFrame
	pairLength
	pairVerb
	pairRule
	pairCommas
	pairQuotes
	pairRootAttach
	pairRootWord
	pairStartEnd
	pairCue
	pairWhole
	pairTotal
)

// sides of a cue that a stretch of content may stand on.
const (
	rightSide = iota
	leftSide
	resumed // right of a cue whose content began on its left
	subjectSide
)

// scene is what the facts about a stretch depend on besides the stretch.
type scene struct {
	s     span
	h     *head
	frame uint64 // with the side
	lemma uint64
	side  uint64
}

func (r *reader) sceneOf(h *head, s span, side uint64) scene {
	return scene{s: s, h: h, frame: uint64(h.frame)<<2 | side, lemma: uint64(r.tokens[h.token].stem)<<2 | side, side: side}
}

// link tells how the phrase that begins at token i hangs on the tree: its relation,
// and whether on the cue's head, on something left of it, right of it, or nothing.
func (r *reader) link(i int32, x *scene) uint64 {
	if i < x.s.first || i >= x.s.end {
		return 0
	}
	top := r.topFrom(i)
	n := &r.nodes[top]
	where := uint64(0)
	switch {
	case top == x.h.token:
		where = 1
	case n.head == x.h.token:
		where = 2
	case n.head < 0:
		where = 3
	case n.head < i:
		where = 4
	default:
		where = 5
	}
	return uint64(n.relation)<<3 | where
}

func (r *reader) startFacts(f *facts, i int32, why uint64, x *scene) {
	t, before := r.at(i, x.s), r.at(i-1, x.s)
	if i < int32(len(r.tokens)) && i >= 0 {
		t = &r.tokens[i] // a quotation may begin before the sentence
	}
	relation := r.link(i, x)
	f.add(startWord, uint64(t.word), x.side)
	f.add(startTagFrame, uint64(t.tag), x.frame)
	f.add(startBefore, uint64(before.word), x.side)
	f.add(startLemmaWord, uint64(t.word), x.lemma)
	f.add(startLemmaTag, uint64(t.tag), x.lemma)
	f.add(startDistance, bin(max(i-x.h.cue.end, x.h.cue.first-i)), x.frame)
	f.add(startRelation, relation, x.side)
	f.add(startRelationFrame, relation, x.frame)
	f.add(startBeforeTag, uint64(before.tag), x.frame)
	f.add(startLemmaBefore, uint64(before.word), x.lemma)
	f.add(startPair, uint64(before.word), uint64(t.tag)<<2|x.side)
	f.add(startWhy, why, x.frame)
	f.add(startWhyLemma, why, x.lemma)
}

func (r *reader) endFacts(f *facts, end int32, x *scene) {
	t, last, second := r.at(end, x.s), &r.tokens[end-1], r.at(end+1, x.s)
	relation := r.link(end, x)
	f.add(endWord, uint64(t.word), x.side)
	f.add(endTags, uint64(t.tag)<<8|uint64(last.tag), x.side)
	f.add(endWordTag, uint64(t.word), uint64(second.tag))
	f.add(endTagTag, uint64(t.tag)<<8|uint64(second.tag), x.side)
	f.add(endPair, uint64(t.word), uint64(second.word))
	tail := r.tail(x.s)
	f.add(endTail, bit(end == tail), x.frame)
	f.add(endTailFrame, bit(end == tail)<<1|bit(end >= x.s.end), x.lemma)
	f.add(endLast, uint64(last.word), x.side)
	f.add(endLemmaTag, uint64(t.tag), x.lemma)
	f.add(endFrameTag, uint64(t.tag), x.frame)
	f.add(endWordFrame, uint64(t.word), x.frame)
	f.add(endRelation, relation, x.side)
	f.add(endRelationFrame, relation, x.frame)
	f.add(endRelationWord, relation, uint64(t.word))
	if end < x.s.end {
		f.add(endTime, bit(r.isTimePhrase(end))<<1|bit(end+1 < x.s.end && r.isTimePhrase(end+1)), uint64(t.tag))
	}
	f.add(endRuled, bit(end == r.ruledEnd), x.frame)
	f.add(endRuledLemma, bit(end == r.ruledEnd), x.lemma)
	f.add(endSubordinate, bit(r.ruledSub)<<8|uint64(t.tag), uint64(second.tag)<<2|x.side)
	f.add(endLeft, bin(tail-end), uint64(t.tag))
	f.add(endNewCue, r.cueAhead(end, x), uint64(t.tag))
}

// cueAhead tells whether another likely cue begins within a few tokens.
func (r *reader) cueAhead(i int32, x *scene) uint64 {
	for k := range r.heads {
		e := &r.heads[k]
		if e.odds > 0 && e.token != x.h.token && e.cue.first >= i && e.cue.first < i+5 {
			return uint64(e.cue.first-i) + 1
		}
	}
	return 0
}

// stretch is what is counted of the tokens from a start on as the end moves right.
type stretch struct {
	start, end int32
	outside    int32 // tokens whose head is left of it or nowhere
	waiting    int32 // tokens whose head is right of it
	root       int32 // the last of those outside
	commas     int32
	verb       bool
}

// grow takes in the tokens up to end. pending has room for every token of the text
// and is zero outside the stretch; clear it with forget.
func (r *reader) grow(st *stretch, end int32) {
	for ; st.end < end; st.end++ {
		i := st.end
		n := &r.nodes[i]
		st.waiting -= r.pending[i]
		switch {
		case n.head < st.start:
			st.outside++
			st.root = i
		case n.head > i:
			r.pending[n.head]++
			st.waiting++
		}
		t := &r.tokens[i]
		if t.tag == corpus.Comma {
			st.commas++
		}
		if t.group >= 0 && r.groups[t.group].mood == finite {
			st.verb = true
		}
	}
}

func (r *reader) forget(st *stretch) {
	for i := st.start; i < st.end; i++ {
		if h := r.nodes[i].head; h > i {
			r.pending[h] = 0
		}
	}
}

func (r *reader) stretchFacts(f *facts, st *stretch, why uint64, x *scene) {
	relation, attached := uint64(0), uint64(0)
	if st.root >= 0 {
		n := &r.nodes[st.root]
		relation = uint64(n.relation)<<2 | bit(n.head == x.h.token)<<1 | bit(n.head == r.nodes[x.h.token].head)
	}
	if st.end < x.s.end && st.end >= x.s.first {
		top := r.topFrom(st.end)
		switch h := r.nodes[top].head; {
		case h < 0:
			attached = 1
		case st.start <= h && h < st.end:
			attached = 2
		case h == x.h.token:
			attached = 3
		case h < st.start:
			attached = 4
		default:
			attached = 5
		}
		attached |= uint64(r.nodes[top].relation) << 3
	}
	next := r.at(st.end, x.s)
	inside := uint64(0)
	for k := range r.heads {
		if e := &r.heads[k]; e.odds > 0 && e.token != x.h.token && st.start <= e.token && e.token < st.end {
			inside++
		}
	}
	f.add(pairOutside, uint64(min(st.outside, 3))<<2|uint64(min(st.waiting, 3)), x.frame)
	f.add(pairRoot, relation, x.frame)
	f.add(pairRootLemma, relation, x.lemma)
	f.add(pairAttach, attached, uint64(next.tag))
	f.add(pairAttachFrame, attached, x.frame)
	f.add(pairLength, bin(st.end-st.start), x.frame)
	f.add(pairVerb, bit(st.verb), uint64(r.tokens[st.start].tag)<<2|x.side)
	f.add(pairRule, why, x.frame)
	f.add(pairCommas, uint64(min(st.commas, 3)), uint64(next.tag))
	first, last := r.tokens[st.start].quote, r.tokens[st.end-1].quote
	f.add(pairQuotes, bit(first >= 0 && r.opening[first] == st.start)<<2|bit(last >= 0 && r.closing[last] == st.end)<<1|bit(first == last), x.frame)
	f.add(pairRootAttach, relation, attached)
	f.add(pairRootWord, relation, uint64(next.word))
	f.add(pairStartEnd, uint64(r.tokens[st.start].tag), uint64(next.tag)<<2|x.side)
	f.add(pairCue, min(inside, 3), uint64(next.tag))
	f.add(pairWhole, bit(st.outside == 1 && st.waiting == 0), attached&7)
}
