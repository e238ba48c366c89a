package quote

import (
	"slices"

	"onrecord/corpus"
)

// speech gives the quotations that no cue claims to whom the layout gives them:
// to the statement with the quotation before, in the same paragraph or the one before,
// whose speaker goes on; or to a sentence before them, mostly one that ends in a colon.
func (a *assembler) speech(doc *corpus.Document) {
	for q := range a.quotes {
		if a.quotes[q].open && a.claimed[q] < 0 {
			a.unclosed(q)
		}
	}
	a.joinOpen()
	last := int32(-1) // the draft of the latest quotation
	block := 0
	lastBlock := -1
	for q := range a.quotes {
		for block < len(doc.Blocks) && doc.Blocks[block].End <= a.quotes[q].Start {
			block++
		}
		if a.claimed[q] >= 0 {
			last, lastBlock = a.claimed[q], block
			continue
		}
		words := a.closing[q] - a.opening[q]
		if words < 4 {
			continue
		}
		at := span{a.opening[q], a.closing[q]}
		near := lastBlock == block && last >= 0 && a.startsSentence(q)
		next := lastBlock == block-1 && last >= 0 && a.startsSentence(q) && words > 6 && a.isParagraph(q, doc.Blocks[min(block, len(doc.Blocks)-1)]) &&
			a.sameMarks(q, last)
		behind := int32(-1)
		if words > shortQuotation && lastBlock != block && block < len(doc.Blocks) {
			behind = a.statementBefore(q, doc.Blocks[block].Start)
		}
		switch {
		case a.quotes[q].continued && last >= 0 && lastBlock >= block-1, near:
		case a.colonBefore(q, at), a.dashBehind(q, at),
			lastBlock != block && block < len(doc.Blocks) && a.sentenceBefore(q, at, doc.Blocks[block].Start):
			last, lastBlock = a.claimed[q], block
			continue
		case behind >= 0:
			last = behind
		case next:
		default:
			continue
		}
		a.statements[last].content = append(a.statements[last].content, at)
		a.claimed[q] = last
		lastBlock = block
	}
}

// unclosed attributes quotation q, whose closing mark is lost, to the speaker that is
// named at its end: "We will stay, Roe said.
func (a *assembler) unclosed(q int) {
	const longest = 6 // tokens behind the verb: "on Tuesday"
	end := a.closing[q]
	s := a.sentences[a.sentenceOf(end-1)]
	s = span{max(s.first, a.opening[q]+1), end}
	comma := int32(-1)
	for i := s.first; i < s.end; i++ {
		if a.tokens[i].tag == corpus.Comma {
			comma = i
		}
	}
	if comma < 0 || comma+1 >= s.end {
		return
	}
	for i := comma + 1; i < s.end; i++ {
		g := a.tokens[i].group
		if g < 0 || a.groups[g].head != i || a.groups[g].mood != finite {
			continue
		}
		v := a.groups[g]
		source := span{}
		if n := a.follower(v.head+1, a.tail(s)); v.first == comma+1 && !n.empty() {
			source = n
		} else if p := a.tokens[comma+1].phrase; p >= 0 && a.phrases[p].first == comma+1 && v.first > comma+1 {
			source = span{comma + 1, v.first}
		}
		if source.empty() || !a.strong(v.head) || s.end-max(v.head+1, source.end) > longest {
			return
		}
		a.claimed[q] = int32(len(a.statements))
		a.statements = append(a.statements, draft{head: -1, rule: "unclosed", cue: span{v.first, v.head + 1}, source: source, sourceRule: "subject",
			content: []span{{a.opening[q], comma + 1}}})
		return
	}
}

// joinOpen gives a quotation without a closing mark to the statement that has its
// continuation: the cue stands in the last paragraph.
func (a *assembler) joinOpen() {
	for q := len(a.quotes) - 2; q >= 0; q-- {
		if d := a.claimed[q+1]; d >= 0 && a.claimed[q] < 0 && a.quotes[q].open && a.quotes[q+1].continued {
			a.statements[d].content = append(a.statements[d].content, span{a.opening[q], a.closing[q]})
			a.claimed[q] = d
		}
	}
}

// isParagraph reports whether quotation q is all of its paragraph: what is told ahead of
// it would name another who speaks, as would what follows.
func (a *assembler) isParagraph(q int, paragraph corpus.Block) bool {
	i, k := a.opening[q], a.closing[q]
	return (i == 0 || a.tokens[i-1].Start < paragraph.Start) && (int(k) >= len(a.tokens) || a.tokens[k].Start >= paragraph.End)
}

// sameMarks reports whether quotation q has marks of the same weight as one of the
// draft: a paragraph in single marks among speech in double ones is a heading.
func (a *assembler) sameMarks(q int, draft int32) bool {
	for i, d := range a.claimed {
		if d == draft && a.quotes[i].shape.weight() == a.quotes[q].shape.weight() {
			return true
		}
	}
	return false
}

// statementBefore is the draft of the sentence that ends right before quotation q, in
// the same paragraph, whose speaker goes on in his own words: Roe criticised the plan.
// "It is a disgrace." It is -1 if there is none.
func (a *assembler) statementBefore(q int, paragraph int32) int32 {
	k := a.opening[q] - 1
	if k < 0 || a.tokens[k].Start < paragraph || a.tokens[k].tag != corpus.Period || !a.startsSentence(q) || !a.endsSpeech(int32(q)) {
		return -1
	}
	s := a.sentences[a.sentenceOf(k)]
	for i := len(a.statements) - 1; i >= 0; i-- {
		if d := &a.statements[i]; s.overlaps(d.cue) && !d.source.empty() {
			return int32(i)
		}
	}
	return -1
}

// startsSentence reports whether the quotation begins a sentence, or goes on
// behind a cue within one.
func (a *assembler) startsSentence(q int) bool {
	i := a.opening[q]
	if a.sentences[a.sentenceOf(i)].first == i {
		return true
	}
	before := &a.tokens[i-1]
	return before.tag == corpus.Period || before.tag == corpus.Comma
}

// colonBefore attributes quotation q to the sentence before it if that ends in a colon.
func (a *assembler) colonBefore(q int, at span) bool {
	k := a.opening[q] - 1
	if k < 0 || a.text[a.tokens[k].Start] != ':' {
		return false
	}
	s := span{a.sentences[a.sentenceOf(k)].first, k}
	if a.verbBefore(q, s, at) || a.verbFirst(q, s, at) {
		return true
	}
	for i := k - 1; i > s.first; i-- {
		if isDash(a.tokens[i].Of(a.text)) {
			s.first = i + 1
			break
		}
	}
	if s.end-s.first <= 6 && s.end > s.first && a.tokens[s.first].phrase >= 0 {
		a.statements = append(a.statements, draft{head: -1, rule: "name-colon", cue: span{k, k + 1}, source: s, sourceRule: "label", content: []span{at}})
		a.claimed[q] = int32(len(a.statements) - 1)
		return true
	}
	return false
}

// sentenceBefore attributes quotation q, which begins a sentence, to the sentence before
// it in the same paragraph if that only says that somebody spoke: Roe said in a
// statement. "We will stay."
func (a *assembler) sentenceBefore(q int, at span, paragraph int32) bool {
	k := a.opening[q] - 1
	if k < 0 || a.tokens[k].Start < paragraph || a.text[a.tokens[k].Start] != '.' || !a.endsSpeech(int32(q)) {
		return false
	}
	s := span{a.sentences[a.sentenceOf(k)].first, k}
	for i := len(a.statements) - 1; i >= 0; i-- {
		d := &a.statements[i]
		if s.overlaps(d.cue) || s.overlaps(d.content[0]) {
			return false
		}
	}
	for i := s.first; i < s.end; i++ {
		if g := a.tokens[i].group; g >= 0 && a.groups[g].mood == finite && a.groups[g].head == i && !a.inQuote(i) {
			if !a.strong(i) || a.complementOf(i, s.end).frame.active() >= objThatFrame {
				return false
			}
			if n := a.subject(g, s); !n.empty() {
				v := a.groups[g]
				a.claimed[q] = int32(len(a.statements))
				a.statements = append(a.statements, draft{head: -1, rule: "sentence-before", cue: span{v.first, v.head + 1}, source: n.span, sourceRule: n.rule, content: []span{at}})
				return true
			}
		}
	}
	return false
}

// verbBefore attributes quotation q to the last verb of saying in s, or else the
// last finite verb, and its subject.
func (a *assembler) verbBefore(q int, s, at span) bool {
	best, bestSource := int32(-1), source{}
	for i := s.end - 1; i >= s.first; i-- {
		g := a.tokens[i].group
		if g < 0 || a.groups[g].head != i || a.inQuote(i) || a.groups[g].mood == infinitive {
			continue
		}
		v := a.groups[g]
		src := a.subject(g, s)
		if src.empty() {
			continue
		}
		if best < 0 && v.mood == finite {
			best, bestSource = g, src
		}
		if a.strong(v.head) {
			best, bestSource = g, src
			break
		}
	}
	if best < 0 {
		return false
	}
	g := a.groups[best]
	a.claimed[q] = int32(len(a.statements))
	a.statements = append(a.statements, draft{head: -1, rule: "colon", cue: span{g.first, g.head + 1}, source: bestSource.span, sourceRule: bestSource.rule, content: []span{at}})
	return true
}

// verbFirst attributes quotation q to the subject behind the verb of saying that begins
// the sentence s: Said Roe: "We will stay."
func (a *assembler) verbFirst(q int, s, at span) bool {
	t := &a.tokens[s.first]
	said := t.tag == corpus.VBD || t.tag == corpus.VBZ || t.tag == corpus.VBN || t.tag.IsProper() && t.Of(a.text)[t.Len()-1] == 'd'
	if !said || !a.strong(s.first) || s.end-s.first < 2 {
		return false
	}
	if n := a.follower(s.first+1, s.end); t.tag.IsVerb() && n.end < s.end {
		return false
	}
	a.claimed[q] = int32(len(a.statements))
	a.statements = append(a.statements, draft{head: -1, rule: "colon", cue: span{s.first, s.first + 1}, source: span{s.first + 1, s.end}, sourceRule: "inverted", content: []span{at}})
	return true
}

// dashBehind attributes quotation q to the name behind a dash, or in a headline behind a
// colon: "..." — Jane Roe.
func (a *assembler) dashBehind(q int, at span) bool {
	const longest = 16
	k := a.closing[q]
	if int(k)+1 >= len(a.tokens) || a.tokens[k].quote >= 0 {
		return false
	}
	if colon := a.text[a.tokens[k].Start] == ':'; !isDash(a.tokens[k].Of(a.text)) && !(colon && a.sameLine(int32(q), k+1)) {
		return false
	}
	s := a.sentences[a.sentenceOf(k+1)]
	end := a.tail(s)
	if k+1 >= end || end-k > longest || a.tokens[k+1].phrase < 0 {
		return false
	}
	for i := k + 1; i < end; i++ {
		if t := &a.tokens[i]; t.mark || t.group >= 0 && a.groups[t.group].mood == finite {
			return false
		}
	}
	a.statements = append(a.statements, draft{head: -1, rule: "dash", cue: span{k, k + 1}, source: span{k + 1, end}, sourceRule: "label", content: []span{at}})
	a.claimed[q] = int32(len(a.statements) - 1)
	return true
}

// headline finds "Roe: We will stay" in the first paragraph: a name, a colon and a
// clause.
func (a *assembler) headline(doc *corpus.Document) {
	const longest = 7 // tokens of a name with its title
	if len(a.sentences) == 0 || len(a.labelled) > 0 {
		return
	}
	s := a.sentences[0]
	for _, e := range doc.Entities {
		label := span{s.first, e.End}
		if e.Kind != corpus.Person && e.Kind != corpus.Organization || label.end > s.first+longest || label.end+1 >= s.end {
			continue
		}
		if a.text[a.tokens[label.end].Start] != ':' {
			continue
		}
		at := a.trim(span{label.end + 1, a.tail(s)})
		if at.empty() || a.anyVerb(label) || !a.finiteBefore(at.end, at) && a.tokens[at.first].quote < 0 {
			return
		}
		a.dropWithin(s)
		a.claim(at, int32(len(a.statements)))
		a.statements = append(a.statements, draft{head: -1, rule: "headline", cue: span{label.end, label.end + 1}, source: label, sourceRule: "label", content: []span{at}})
		return
	}
}

func (a *assembler) anyVerb(s span) bool {
	for i := s.first; i < s.end; i++ {
		if a.tokens[i].group >= 0 {
			return true
		}
	}
	return false
}

// dropWithin removes the drafts whose content begins within one of the stretches,
// which are in order: what a speaker says in his turn that others said is his.
func (a *assembler) dropWithin(stretches ...span) {
	kept, moved := a.statements[:0], make([]int32, len(a.statements))
	for i, d := range a.statements {
		at := d.content[0].first
		k, found := slices.BinarySearchFunc(stretches, at, func(s span, t int32) int { return int(s.first - t) })
		if found || k > 0 && stretches[k-1].holds(at) {
			moved[i] = -1
			continue
		}
		moved[i] = int32(len(kept))
		kept = append(kept, d)
	}
	a.statements = kept
	for q, d := range a.claimed {
		if d >= 0 {
			a.claimed[q] = moved[d]
		}
	}
}
