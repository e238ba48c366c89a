package quote

import (
	"strings"

	"onrecord/corpus"
)

// What proposed a stretch as source: bits.
const (
	ruledSource = 1 << iota
	treeSubject
	treeAgent
	treeOwner
	treeModified
	treeControl
	treeShared
	basePhrase
	widePhrase
	wholePhrase
	shortPhrase
	bareName
)

// Kinds of facts about a stretch as source of a cue; see sourceFacts.
const (
	sourceNone = 300 + iota
	sourceWhy
	sourceWhyFrame
	sourceWhyLemma
	sourcePath
	sourcePathFrame
	sourcePathLemma
	sourceRule
	sourceRuleFrame
	sourceDistance
	sourceBetween
	sourceFirst
	sourceLast
	sourceClass
	sourceClassPath
	sourceNext
	sourceBefore
	sourceLength
	sourceShape
	sourceTree
	sourceContent
	sourceNextTags
	sourceBeside
	sourceMood
	sourceFirstWhy
	sourceSentence
	sourceNextRelation
	sourceClassNearest
)

const (
	maxSources  = 28
	sourceReach = 60 // tokens to either side of the cue
)

// sourceOptions lists who may be the source of a cue whose content is known: what the
// rules say, what the tree says, and every noun phrase near, each in several lengths;
// and nobody.
func (r *reader) sourceOptions(o *options, h *head, c *candidate, content *option, s span) {
	o.reset()
	o.facts.base = 0
	x := r.sceneOf(h, s, 0)
	form := uint64(0)
	if h.group >= 0 {
		form = uint64(r.groups[h.group].mood)<<1 | bit(r.groups[h.group].passive)
	}
	// Nobody.
	o.facts.add(sourceNone, 0, x.frame)
	o.facts.add(sourceNone, 1, x.lemma)
	o.facts.add(sourceNone, 2, form<<2|uint64(h.part))
	o.facts.add(sourceNone, 3, uint64(r.nodes[h.token].relation)<<4|form)
	o.facts.add(sourceNone, 4, bit(c.source.empty())<<8|uint64(h.part))
	o.facts.add(sourceNone, 5, bit(h.token == s.first || h.cue.first == s.first))
	o.facts.add(sourceNone, 6, uint64(r.classOf(r.subjectOf(h)))<<8|form)
	o.facts.add(sourceNone, 7, uint64(r.at(h.cue.first-1, s).word))
	p := option{}
	p.by(o.group())
	o.list = append(o.list, p)

	r.found = r.found[:0]
	r.addSource(c.source.span, ruledSource)
	r.treeSources(h, s)
	r.phraseSources(h, s)
	shared := int32(-1)
	o.facts.add(sourceMood, form, x.frame)
	o.facts.add(sourceMood, form+64, x.lemma)
	shared = o.group()
	for _, n := range r.found {
		if len(o.list) > maxSources {
			break
		}
		if r.isTimeBefore(n.span) || n.holds(h.token) || r.cuts(n.first) && r.closing[r.tokens[n.first].quote]-r.opening[r.tokens[n.first].quote] > 5 {
			continue
		}
		inside := false
		for _, piece := range content.pieces[:content.count] {
			inside = inside || piece.overlaps(n.span)
		}
		if inside {
			continue
		}
		r.sourceFacts(&o.facts, n, c, content, &x, form)
		p := option{rules: uint32(n.why)}
		p.add(n.span)
		p.by(o.group())
		p.by(shared)
		o.list = append(o.list, p)
	}
}

// isTimeBefore reports whether a stretch is a time that stands before somebody, and no
// source: "a day after the minister". Who did something is another option.
func (r *reader) isTimeBefore(n span) bool {
	p := r.tokens[n.first].phrase
	if p < 0 || r.phrases[p].end >= n.end {
		return false
	}
	between := r.tokens[r.phrases[p].end].class
	return between&isSub != 0 && between&isAdjunct != 0 && units[strings.ToLower(r.tokens[r.phrases[p].end-1].Of(r.text))]
}

// units are those of time.
var units = map[string]bool{"minutes": true, "hour": true, "hours": true, "day": true, "days": true, "week": true, "weeks": true,
	"month": true, "months": true, "year": true, "years": true, "decade": true, "decades": true}

// proposedSource is a stretch and what proposed it.
type proposedSource struct {
	span
	why uint64
}

func (r *reader) addSource(n span, why uint64) {
	if n.empty() {
		return
	}
	for i := range r.found {
		if r.found[i].span == n {
			r.found[i].why |= why
			return
		}
	}
	r.found = append(r.found, proposedSource{n, why})
}

// addNoun proposes the phrase of noun i by the tree: all of it, and without what
// follows a comma or hangs behind as a clause. A phrase that reaches over the cue is
// cut before it.
func (r *reader) addNoun(i int32, h *head, why uint64) {
	n := &r.nodes[i]
	whole := span{n.first, n.end}
	if whole.first <= h.token && h.token < whole.end {
		if i < h.token {
			whole.end = h.cue.first
		} else {
			whole.first = h.cue.end
		}
		if !whole.holds(i) {
			return
		}
	}
	for whole.first < i && (r.tokens[whole.first].tag == corpus.IN || r.tokens[whole.first].tag == corpus.TO || r.tokens[whole.first].tag == corpus.Comma || r.tokens[whole.first].tag == corpus.CC) {
		whole.first++
	}
	whole = r.trim(whole)
	if whole.empty() || !whole.holds(i) {
		return
	}
	if k := whole.end - 1; r.tokens[k].tag == corpus.POS && k > i {
		whole.end--
	}
	r.addSource(whole, why|wholePhrase)
	short := whole
	for k := i + 1; k < whole.end; k++ {
		if t := &r.tokens[k]; t.tag == corpus.Comma || t.class&isRel != 0 || isDash(t.Of(r.text)) || t.tag == corpus.LRB {
			short.end = k
			break
		}
	}
	r.addSource(short, why|shortPhrase)
	if p := r.tokens[i].phrase; p >= 0 {
		r.addSource(span{max(r.phrases[p].first, whole.first), min(max(i+1, min(r.phrases[p].end, short.end)), whole.end)}, why|basePhrase)
	}
}

// treeSources follows the tree from the head up: its own subject, agent or owner, and
// those of the words it shares them with.
func (r *reader) treeSources(h *head, s span) {
	v := h.token
	why := uint64(0)
	for range 5 {
		for k := r.nodes[v].child; k >= 0; k = r.nodes[k].next {
			switch r.nodes[k].relation {
			case corpus.Nsubj, corpus.Nsubjpass, corpus.Csubj:
				r.addNoun(k, h, why|treeSubject)
			case corpus.NmodPoss:
				r.addNoun(k, h, why|treeOwner)
			case corpus.Nmod:
				if p := r.dependent(k, corpus.Case); p >= 0 && r.tokens[p].class&(isBy|isOf|isTo) != 0 || p >= 0 && r.tokens[p].lower(r.text, "from") {
					r.addNoun(k, h, why|treeAgent)
				}
			case corpus.Dobj:
				if why != 0 {
					r.addNoun(k, h, why|treeControl)
				}
			}
		}
		n := &r.nodes[v]
		if n.head < 0 {
			break
		}
		switch n.relation {
		case corpus.AclRelcl, corpus.Acl:
			r.addNoun(n.head, h, why|treeModified)
			return
		case corpus.Conj, corpus.Xcomp, corpus.Advcl, corpus.Ccomp, corpus.Dobj, corpus.Nmod, corpus.Dep, corpus.Parataxis, corpus.Nsubj, corpus.Nsubjpass, corpus.Aux:
		default:
			return
		}
		if n.relation == corpus.Parataxis && v != h.token {
			return
		}
		v = n.head
		why = treeShared
	}
}

// phraseSources proposes the noun phrases near the cue, nearest first.
func (r *reader) phraseSources(h *head, s span) {
	if len(r.phrases) == 0 {
		return
	}
	// The phrases on the left, then those on the right.
	for i := h.cue.first - 1; i >= max(s.first, h.token-sourceReach) && len(r.found) < maxSources; i-- {
		p := r.tokens[i].phrase
		if p < 0 || r.phrases[p].end != i+1 || r.phrases[p].time || r.tokens[i].mark {
			continue
		}
		b := r.phrases[p]
		r.addSource(span{b.first, b.end}, basePhrase)
		if r.tokens[b.end-1].tag != corpus.PRP {
			w := r.widen(b, b.end, s)
			r.addSource(w, widePhrase)
			if w.end < h.cue.first && (r.tokens[w.end].tag == corpus.Comma || r.tokens[w.end].tag == corpus.LRB) {
				if k := h.cue.first - 1; k > w.end && (r.tokens[k].tag == corpus.Comma || r.tokens[k].tag == corpus.RRB) {
					if r.tokens[k].tag == corpus.RRB {
						k++
					}
					r.addSource(span{w.first, k}, widePhrase)
				}
			}
		}
	}
	for i := h.token + 1; i < min(s.end, h.token+sourceReach/3) && len(r.found) < maxSources; i++ {
		p := r.tokens[i].phrase
		if p < 0 || r.phrases[p].first != i || r.phrases[p].time || r.tokens[i].mark {
			continue
		}
		r.addSource(span{i, r.phrases[p].end}, basePhrase)
		if w := r.follower(i, s.end); !w.empty() {
			r.addSource(w, widePhrase)
		}
		i = r.phrases[p].end - 1
	}
}

// headOf is the token of a stretch that the others hang on: the first whose head lies
// outside.
func (r *reader) headOf(n span) int32 {
	best := n.end - 1
	for i := n.first; i < n.end; i++ {
		if h := r.nodes[i].head; h < n.first || h >= n.end {
			t := &r.tokens[i]
			if t.tag.IsNoun() || t.tag == corpus.PRP || t.tag == corpus.WP {
				return i
			}
			best = i
		}
	}
	return best
}

// path is a hash of the way through the tree from the cue's head to token i: the
// relations up to where both meet, and those down from there. It gives up after a few.
func (r *reader) path(from, to int32) uint64 {
	const longest = 4
	h := uint64(1)
	a := from
	for range longest {
		b, down := to, uint64(7)
		for range longest {
			if b == a {
				return h*31 + down
			}
			if b < 0 {
				break
			}
			down = down*67 + uint64(r.nodes[b].relation) + 1
			b = r.nodes[b].head
		}
		if a < 0 {
			break
		}
		h = h*131 + uint64(r.nodes[a].relation) + 1
		a = r.nodes[a].head
	}
	return 0
}

func (r *reader) sourceFacts(f *facts, n proposedSource, c *candidate, content *option, x *scene, form uint64) {
	h, s := x.h, x.s
	top := r.headOf(n.span)
	path := r.path(h.token, top)
	class := uint64(r.classOf(top))
	left := n.first < h.token
	next, before := r.at(n.end, s), r.at(n.first-1, s)
	first, last := &r.tokens[n.first], &r.tokens[n.end-1]
	f.add(sourceWhy, n.why, bit(left))
	f.add(sourceWhyFrame, n.why, x.frame)
	f.add(sourceWhyLemma, n.why, x.lemma)
	f.add(sourceFirstWhy, n.why, uint64(first.tag)<<8|uint64(next.tag))
	f.add(sourcePath, path, form)
	f.add(sourcePathFrame, path, x.frame)
	f.add(sourcePathLemma, path, x.lemma)
	if n.why&ruledSource != 0 {
		rule := uint64(hashOf([]byte(c.source.rule)))
		f.add(sourceRule, rule, form)
		f.add(sourceRuleFrame, rule, x.frame)
	}
	gap := h.cue.first - n.end
	if !left {
		gap = n.first - h.cue.end
	}
	f.add(sourceDistance, bin(gap), bit(left)<<8|uint64(h.part))
	f.add(sourceBeside, bin(gap), x.frame<<1|bit(left))
	between, verbs, commas := int32(0), uint64(0), uint64(0)
	from, to := n.end, h.cue.first
	if !left {
		from, to = h.cue.end, n.first
	}
	for i := from; i < to; i++ {
		t := &r.tokens[i]
		if t.phrase >= 0 && r.phrases[t.phrase].first == i {
			between++
		}
		if t.group >= 0 && r.groups[t.group].head == i && r.groups[t.group].mood == finite {
			verbs++
		}
		if t.tag == corpus.Comma {
			commas++
		}
	}
	f.add(sourceBetween, bin(between), min(verbs, 2)<<8|min(commas, 3)<<1|bit(left))
	f.add(sourceFirst, uint64(first.word), uint64(first.tag))
	f.add(sourceLast, uint64(last.tag), uint64(next.tag))
	f.add(sourceClass, class, x.frame)
	f.add(sourceClassPath, class, path)
	f.add(sourceClassNearest, class, bin(between)<<4|min(verbs, 2)<<1|bit(left))
	f.add(sourceNext, uint64(next.word), bit(left))
	f.add(sourceNextTags, uint64(next.tag), uint64(r.at(n.end+1, s).tag)<<8|uint64(last.tag))
	f.add(sourceBefore, uint64(before.word), bit(left))
	commas, verbs = 0, 0
	outside := int32(0)
	for i := n.first; i < n.end; i++ {
		t := &r.tokens[i]
		if t.tag == corpus.Comma {
			commas++
		}
		if t.group >= 0 && r.groups[t.group].mood == finite {
			verbs = 1
		}
		if k := r.nodes[i].head; k < n.first || k >= n.end {
			outside++
		}
	}
	f.add(sourceLength, bin(n.end-n.first), class)
	f.add(sourceShape, min(commas, 3)<<1|verbs, uint64(next.tag))
	whole := r.nodes[top].first == n.first && r.nodes[top].end == n.end
	// What of the phrase is left out behind it.
	missing := uint64(0)
	if n.end < r.nodes[top].end && n.end < s.end {
		missing = uint64(r.nodes[r.topFrom(n.end)].relation) + 1
	}
	f.add(sourceTree, bit(whole)<<4|uint64(min(outside, 3)), missing)
	f.add(sourceNextRelation, missing, uint64(next.tag))
	beforeContent := content.count > 0 && n.first < content.pieces[0].first
	f.add(sourceContent, bit(beforeContent)<<1|bit(left), x.frame)
	f.add(sourceSentence, bit(n.first == s.first), uint64(before.tag))
}
