package quote

import "onrecord/corpus"

// Kinds of facts about a word that may be a cue; see cueFacts.
const (
	cueLemma = iota
	cueLemmaFrame
	cueFrame
	cueTagFrame
	cueLemmaNext
	cueNext
	cueNextTag
	cueBefore
	cueBeforeTag
	cueSubjectFrame
	cueLemmaSubject
	cueSubjectWord
	cueRelation
	cueRelationFrame
	cueHeadLemma
	cueGovernor
	cueChildren
	cueLemmaChildren
	cueMark
	cueObject
	cueLemmaObject
	cuePreposition
	cueLemmaPreposition
	cueForm
	cueLemmaForm
	cueHelper
	cueQuoteBefore
	cueQuoteAfter
	cueQuoted
	cuePlace
	cueEarlier
	cueEnding
	cueRelationSubject
	cueLemmaRelation
	cueNegated
	cueNextTwo
	cueAside
	cueLight
	cueEarlierFrame
	cueClauseHead
	cueQuoteShape
	cueLemmaQuoteShape
	numCueFacts
)

// cueFacts lists what speaks for and against h being the head of a cue: the word, its
// frame, what the tree hangs on it and what it hangs on, and what stands beside it.
func (r *reader) cueFacts(f *facts, h *head, s span) {
	i := h.token
	t, n := &r.tokens[i], &r.nodes[i]
	lemma, form := uint64(t.stem)<<2|uint64(h.part), uint64(h.frame)
	next, before := r.at(h.cue.end, s), r.at(h.cue.first-1, s)
	subject := r.subjectOf(h)
	subjectClass := uint64(r.classOf(subject))
	f.add(cueLemma, lemma, 0)
	f.add(cueLemmaFrame, lemma, form)
	f.add(cueFrame, form, uint64(h.part))
	f.add(cueTagFrame, uint64(t.tag), form)
	f.add(cueLemmaNext, lemma, uint64(next.word))
	f.add(cueNext, uint64(next.word), uint64(h.part))
	f.add(cueNextTag, uint64(next.tag), form)
	f.add(cueNextTwo, uint64(next.word), uint64(r.at(h.cue.end+1, s).tag))
	f.add(cueBefore, uint64(before.word), uint64(h.part))
	f.add(cueBeforeTag, uint64(before.tag), form)
	f.add(cueSubjectFrame, subjectClass, form)
	f.add(cueLemmaSubject, lemma, subjectClass)
	if subject >= 0 {
		f.add(cueSubjectWord, uint64(r.tokens[subject].stem), uint64(h.part))
	}
	relation := uint64(n.relation)
	f.add(cueRelation, relation, uint64(h.part))
	f.add(cueRelationFrame, relation, form)
	f.add(cueLemmaRelation, lemma, relation)
	f.add(cueRelationSubject, relation, subjectClass)
	if n.head >= 0 {
		f.add(cueHeadLemma, uint64(r.tokens[n.head].stem), relation)
	}
	f.add(cueGovernor, r.governor(i), uint64(h.part))
	r.childFacts(f, h, lemma)
	if h.group >= 0 {
		g := r.groups[h.group]
		shape := uint64(g.mood)<<1 | bit(g.passive)
		f.add(cueForm, shape, uint64(t.tag))
		f.add(cueLemmaForm, lemma, shape)
		for k := g.first; k < g.head; k++ {
			f.add(cueHelper, uint64(r.tokens[k].word), uint64(h.part))
			if r.tokens[k].class&isNot != 0 {
				f.add(cueNegated, lemma, 0)
			}
		}
	}
	if h.c.quote >= 0 {
		shape := r.quoteShape(h.c.quote)<<1 | bit(h.frame.active() == trailQuoteFrame)
		f.add(cueQuoteShape, shape, form)
		f.add(cueLemmaQuoteShape, shape, lemma)
	}
	q := r.quoteBefore(h.cue.first)
	f.add(cueQuoteBefore, bit(q >= 0), form)
	f.add(cueQuoteAfter, bit(h.c.quote >= 0 && h.frame.active() != trailQuoteFrame), form)
	f.add(cueQuoted, bit(t.quote >= 0), uint64(h.part))
	f.add(cuePlace, bin(i-s.first), bit(before.tag == corpus.Comma))
	earlier, earlierFrame := uint64(0), uint64(0)
	for k := len(r.heads) - 1; k >= 0 && r.heads[k].token >= s.first; k-- {
		if e := &r.heads[k]; e.token < i && e.odds > 0 {
			earlier, earlierFrame = uint64(r.tokens[e.token].stem), uint64(e.frame)
			break
		}
	}
	f.add(cueEarlier, earlier, bit(before.tag == corpus.Comma || before.tag == corpus.CC))
	f.add(cueEarlierFrame, earlierFrame, form)
	if t.Len() > 3 {
		f.add(cueEnding, uint64(hashOf([]byte(r.text[t.End-3:t.End]))), uint64(t.tag))
	}
	f.add(cueAside, bit(before.tag == corpus.Comma), form<<8|uint64(next.tag))
	if !h.c.object.empty() {
		f.add(cueLight, lemma, uint64(r.tokens[h.c.object.end-1].stem))
	}
}

// quoteShape tells how a quotation stands in its text: what is before it, how it ends,
// and whether it is short. Speech that a comma, a colon or nothing leads up to is unlike
// a title in the middle of a clause.
func (r *reader) quoteShape(q int32) uint64 {
	lead, end := uint64(0), uint64(0)
	if i := r.opening[q]; r.sentences[r.sentenceOf(i)].first < i {
		switch before := &r.tokens[i-1]; {
		case before.tag == corpus.Comma:
			lead = 1
		case before.tag == corpus.Colon:
			lead = 2
		default:
			lead = 3
		}
	}
	switch {
	case r.quotes[q].open:
		end = 3
	case r.asksOn(q):
		end = 1
	case r.endsSpeech(q):
		end = 2
	}
	return lead<<4 | end<<1 | bit(r.closing[q]-r.opening[q] <= shortQuotation)
}

// subjectOf is the head noun of the verb's subject by the tree, or the noun phrase
// that the frame found behind the verb; -1 if there is none.
func (r *reader) subjectOf(h *head) int32 {
	if !h.inverse.empty() {
		return h.inverse.end - 1
	}
	for c := r.nodes[h.token].child; c >= 0; c = r.nodes[c].next {
		switch r.nodes[c].relation {
		case corpus.Nsubj, corpus.Nsubjpass, corpus.NmodPoss, corpus.Csubj:
			return c
		}
	}
	return -1
}

// governor is a hash of the nearest word above token i that holds it in a clause of
// its own, with the relation: "said" for what is said. 0 if there is none.
func (r *reader) governor(i int32) uint64 {
	for range 4 {
		n := &r.nodes[i]
		if n.head < 0 {
			return 0
		}
		switch n.relation {
		case corpus.Ccomp, corpus.Xcomp, corpus.AclRelcl, corpus.Advcl, corpus.Acl, corpus.Csubj:
			return uint64(r.tokens[n.head].stem)<<8 | uint64(n.relation)
		}
		i = n.head
	}
	return 0
}

func (r *reader) childFacts(f *facts, h *head, lemma uint64) {
	set := uint64(0)
	for c := r.nodes[h.token].child; c >= 0; c = r.nodes[c].next {
		n, t := &r.nodes[c], &r.tokens[c]
		switch n.relation {
		case corpus.Ccomp, corpus.Xcomp, corpus.Advcl, corpus.Acl:
			if n.relation == corpus.Ccomp {
				set |= 1
			}
			if n.relation == corpus.Xcomp {
				set |= 2
			}
			if m := r.dependent(c, corpus.Mark); m >= 0 {
				f.add(cueMark, uint64(r.tokens[m].word), uint64(n.relation))
			}
			f.add(cueClauseHead, uint64(t.tag), uint64(n.relation)<<8|bit(c > h.token))
		case corpus.Dobj:
			set |= 4
			f.add(cueObject, uint64(t.stem), 0)
			f.add(cueLemmaObject, lemma, uint64(r.classOf(c)))
		case corpus.Nmod:
			set |= 8
			if p := r.dependent(c, corpus.Case); p >= 0 {
				f.add(cuePreposition, uint64(r.tokens[p].word), uint64(h.part))
				f.add(cueLemmaPreposition, lemma, uint64(r.tokens[p].word))
			}
		case corpus.Nsubj, corpus.Nsubjpass:
			set |= 16
			if c > h.token {
				set |= 32
			}
		case corpus.Auxpass:
			set |= 64
		case corpus.Parataxis:
			set |= 128
		case corpus.Cop:
			set |= 256
		}
	}
	f.add(cueChildren, set, uint64(h.part))
	f.add(cueLemmaChildren, lemma, set)
}
