package quote

import "onrecord/corpus"

// Kinds of facts about the extent of a cue; see cueOptions.
const (
	extentStart = 500 + iota
	extentStartLemma
	extentStartBefore
	extentStartGroup
	extentStartTag
	extentEnd
	extentEndLemma
	extentEndNext
	extentEndTags
	extentEndLink
	extentEndPlace
	extentEndFrame
	extentPair
	extentPairWords
	extentLength
	extentGap
)

const (
	cueReachLeft  = 6
	cueReachRight = 9
)

// cueOptions lists how far the cue of a head may extend: from auxiliaries and adverbs
// before it to particles, prepositions and adjuncts behind it, up to where content and
// source begin.
func (r *reader) cueOptions(o *options, h *head, c *candidate, s span) {
	o.reset()
	x := r.sceneOf(h, s, 0)
	taken := func(i int32) bool {
		if c.source.holds(i) {
			return true
		}
		for _, piece := range c.content[:c.pieces] {
			if piece.holds(i) {
				return true
			}
		}
		return false
	}
	groupFirst := h.token
	if h.group >= 0 {
		groupFirst = min(h.token, r.groups[h.group].first)
	}
	r.starts, r.ends = r.starts[:0], r.ends[:0]
	for i := h.token; i >= s.first && i > h.token-cueReachLeft; i-- {
		t, before := &r.tokens[i], r.at(i-1, s)
		if taken(i) || i < h.token && (t.tag == corpus.Comma || t.mark) {
			break
		}
		where := uint64(1)
		if i < groupFirst {
			where = 0
		} else if i > groupFirst {
			where = 2
		}
		where = where<<1 | bit(i == h.cue.first)
		f := &o.facts
		f.add(extentStart, uint64(t.word), uint64(before.tag))
		f.add(extentStartLemma, uint64(t.word), x.lemma)
		f.add(extentStartBefore, uint64(before.word), where)
		f.add(extentStartGroup, where, x.frame)
		f.add(extentStartTag, uint64(t.tag)<<8|uint64(before.tag), where<<4|bin(h.token-i))
		r.starts = append(r.starts, place{at: i, group: o.group()})
	}
	for i := h.token + 1; i <= s.end && i <= h.token+cueReachRight; i++ {
		t, last := r.at(i, s), &r.tokens[i-1]
		if i-1 > h.token && (taken(i-1) || last.mark) {
			break
		}
		if last.tag == corpus.Comma {
			continue
		}
		place0 := bit(i == h.c.cueEnd)<<3 | bit(i == h.c.object.end)<<2 | bit(c.pieces > 0 && i == c.content[0].first)<<1 | bit(i == c.source.first)
		f := &o.facts
		f.add(extentEnd, uint64(last.word), uint64(h.part))
		f.add(extentEndLemma, uint64(last.word), x.lemma)
		f.add(extentEndNext, uint64(t.word), uint64(last.tag))
		f.add(extentEndTags, uint64(t.tag)<<8|uint64(last.tag), bin(i-h.token))
		f.add(extentEndLink, r.link(i-1, &x), bit(i-1 > h.token))
		f.add(extentEndPlace, place0, x.frame)
		f.add(extentEndPlace, place0, x.lemma<<4|bin(i-h.token))
		f.add(extentEndFrame, bin(i-h.token), x.frame)
		r.ends = append(r.ends, place{at: i, group: o.group()})
	}
	for i := range r.starts {
		for k := range r.ends {
			a, b := &r.starts[i], &r.ends[k]
			f := &o.facts
			f.add(extentLength, bin(b.at-a.at), uint64(h.part))
			f.add(extentPairWords, uint64(r.tokens[a.at].word), uint64(r.tokens[b.at-1].word))
			f.add(extentPair, bin(h.token-a.at), bin(b.at-h.token)<<8|uint64(h.part))
			p := option{}
			p.add(span{a.at, b.at})
			p.by(a.group)
			p.by(b.group)
			p.by(o.group())
			o.list = append(o.list, p)
		}
	}
}
