package stance

import (
	"slices"
	"strings"

	"onrecord/corpus"
	"onrecord/stages/internal/polarity"
)

// maxIssues bounds the issues of one statement; the guide has rarely more.
const maxIssues = 2

// issues adds what the speaker itself takes a position on and that has no name: noun
// phrases that the speaker judges, or wants something done with, and acts that the
// speaker wants done.
func (sc *Scorer) issues(doc *corpus.Document) {
	n := len(sc.targets)
	sc.covered = sc.covered[:0]
	for _, part := range sc.parts {
		sc.enter(doc, part)
		for i := part.Start; i < part.End && len(sc.targets) < n+maxIssues; i++ {
			if claim, ok := sc.act(doc, part, i); ok {
				sc.action(doc, part, i, claim)
			}
		}
		for i := part.Start; i < part.End && len(sc.targets) < n+maxIssues; i++ {
			if doc.Tags[i].IsNoun() {
				sc.held(doc, part, i)
			}
		}
		for i := part.Start; i < part.End && len(sc.targets) < n+maxIssues; i++ {
			if np, ok := sc.again(doc, part, i); ok && !sc.inCue(i) && !sc.within(np) && sc.actedOn(doc, part, np, n > 0) {
				sc.named(sc.recent.name, np)
				i = np.End - 1
				continue
			}
			np, ok := sc.nounPhrase(doc, part, i)
			if ok && !sc.inCue(np.Start) && !sc.taken(np) && !sc.within(np) && sc.actedOn(doc, part, np, n > 0) {
				sc.issue(doc, np)
				sc.covered = append(sc.covered, sc.tree.Span(sc.tree.SpanHead(np)))
			}
			i = max(i, np.End-1)
		}
	}
}

// inIssue reports whether all mentions of a name lie in phrases that name an issue or an act.
func (sc *Scorer) inIssue(t *target) bool {
	if t.kind == corpus.TargetIssue {
		return false
	}
	for _, m := range t.mentions {
		if !slices.ContainsFunc(sc.covered, func(c corpus.Span) bool { return c.Contains(m) }) {
			return false
		}
	}
	return true
}

// within reports whether a span lies in an act that is a target.
func (sc *Scorer) within(span corpus.Span) bool {
	for i := range sc.targets {
		if t := &sc.targets[i]; t.claim.Factor != 0 && (t.mentions[0].Contains(span) || span.Start <= t.claim.Head && t.claim.Head < span.End) {
			return true
		}
	}
	return false
}

// actedOn reports whether the speaker judges a noun phrase, or wants something done with it.
func (sc *Scorer) actedOn(doc *corpus.Document, part, np corpus.Span, named bool) bool {
	sc.bearing = sc.bearing[:0]
	sc.bear(doc, part, np)
	head := sc.tree.SpanHead(np)
	for _, b := range sc.bearing {
		if b.hit.First < np.End && np.Start <= b.hit.Last {
			continue
		}
		switch b.relation {
		case bound:
			if np.End+1 < part.End && doc.Tags[np.End] == corpus.TO && doc.Tags[np.End+1] == corpus.VB && !wishes[sc.forms.Form(np.End-1)] {
				break // "wants the ministers to act": whom it is asked of
			}
			if sc.mine(doc, b.hit.Head) || sc.must(doc, b.hit) && sc.stated(b.hit.Head) {
				return true
			}
		case object:
			if owned(doc, np) || sc.belongs(doc, np, part.End) || !sc.mine(doc, b.hit.Head) {
				break
			}
			if doc.Tags[b.hit.Head].IsVerb() && (sc.inCue(b.hit.Head) || sc.class(doc, b.hit.Head)&holder != 0) {
				return true
			}
			w := b.hit.Weight()
			if !named && doc.Tags[b.hit.Head].IsNoun() && sc.inCue(b.hit.Head) && max(w, -w) >= 1 { // "hope for X", when nobody is named
				return true
			}
		case judged, predicate:
			if b.named || !owned(doc, np) && sc.predicated(doc, head, b.hit.Head) {
				return true
			}
		case subject:
			if b.hit.Effect && !owned(doc, np) && sc.predicated(doc, head, b.hit.Head) { // "X will ease tensions"
				return true
			}
		}
	}
	return false
}

// predicated reports whether a judging word belongs to what is said of a subject, in a
// clause that the speaker states.
func (sc *Scorer) predicated(doc *corpus.Document, head, judging int32) bool {
	for sc.tree.Relation(head) == corpus.Conj && sc.tree.Head(head) >= 0 {
		head = sc.tree.Head(head)
	}
	switch sc.tree.Relation(head) {
	case corpus.Nsubj, corpus.Nsubjpass:
	default:
		return false
	}
	p := sc.tree.Head(head)
	if e := sc.words.Entry(head); e != nil && doc.Tags[head].IsNoun() {
		if w, _ := e.Weight(doc.Tags[head]); w >= 1 || w <= -1 {
			return false // "the horror is ...": the judgement itself, no issue
		}
	}
	return sc.stated(p) && sc.tree.Below(judging, p) && !sc.tree.Below(judging, head)
}

// stated reports whether a clause is asserted, not only a part of a phrase.
func (sc *Scorer) stated(p int32) bool {
	for ; p >= 0 && !sc.inCue(p); p = sc.tree.Head(p) {
		switch sc.tree.Relation(p) {
		case corpus.Acl, corpus.AclRelcl, corpus.Csubj, corpus.Nmod, corpus.Appos:
			return false
		}
	}
	return true
}

// mine reports whether what a word says is what the speaker does, holds or wants: it is
// of the cue, has the speaker for its subject, or no subject at all.
func (sc *Scorer) mine(doc *corpus.Document, word int32) bool {
	for range 10 {
		if sc.inCue(word) {
			return true
		}
		if s := sc.tree.Child(word, corpus.Nsubj, corpus.Nsubjpass); s >= 0 {
			return slices.Contains(sc.selves, s)
		}
		r := sc.tree.Relation(word)
		up := sc.tree.Head(word)
		if up < 0 {
			return true
		}
		if r == corpus.AclRelcl {
			return false
		}
		word = up
	}
	return false
}

// must reports whether a judgement is what somebody must do, which the speaker says
// whoever the subject is.
func (sc *Scorer) must(doc *corpus.Document, h polarity.Hit) bool {
	for i := h.First; i < h.Head; i++ {
		switch sc.word(doc, i) {
		case "must", "should", "ought", "need", "needs", "needed":
			return true
		}
	}
	return false
}

func (sc *Scorer) inCue(token int32) bool {
	for _, c := range sc.cue {
		if c.Start <= token && token < c.End {
			return true
		}
	}
	return false
}

// belongs reports whether a noun phrase is somebody's by name: "the policies of X".
func (sc *Scorer) belongs(doc *corpus.Document, np corpus.Span, end int32) bool {
	i := np.End
	if i >= end || sc.word(doc, i) != "of" {
		return false
	}
	for i++; i < end && (doc.Tags[i] == corpus.DT || doc.Tags[i].IsAdjective()); i++ {
	}
	for ; i < end && (doc.Tags[i].IsProper() || doc.Tags[i].IsNoun()); i++ {
		if k := firstEntity(doc, i); k < len(doc.Entities) && doc.Entities[k].Start <= i && doc.Entities[k].Kind == corpus.Person {
			return true
		}
	}
	return false
}

// nounPhrase reads a phrase of adjectives, numbers and nouns that begins at a token
// and ends in a common noun; it may be an issue if it names nobody and is nobody's.
func (sc *Scorer) nounPhrase(doc *corpus.Document, part corpus.Span, i int32) (corpus.Span, bool) {
	start, head := i, int32(-1)
	for ; i < part.End; i++ {
		t := doc.Tags[i]
		if t.IsNoun() && !t.IsProper() && !sc.words.Name(i) {
			head = i
		} else if !t.IsAdjective() && t != corpus.CD && !t.IsProper() {
			break
		}
	}
	if head < 0 {
		return corpus.Span{}, false
	}
	np := corpus.Span{Start: start, End: head + 1}
	if np.Len() > 5 || np.End < part.End && doc.Tags[np.End].IsProper() || vague[sc.word(doc, head)] {
		return np, false
	}
	return np, true
}

// owned reports whether a noun phrase is somebody's: it is about its owner, then, unless
// something is to be done with it.
func owned(doc *corpus.Document, np corpus.Span) bool {
	return np.Start > 0 && (doc.Tags[np.Start-1] == corpus.POS || doc.Tags[np.Start-1] == corpus.PRPS)
}

// vague nouns name no issue.
var vague = map[string]bool{"thing": true, "things": true, "way": true, "time": true, "day": true, "year": true, "years": true, "week": true,
	"lot": true, "kind": true, "sort": true, "part": true, "people": true, "man": true, "woman": true, "something": true, "nothing": true,
	"anything": true, "everything": true, "someone": true, "everyone": true, "today": true, "question": true, "questions": true, "fact": true,
	"case": true, "end": true, "bit": true, "number": true, "reason": true, "today’s": true, "one": true, "place": true, "point": true,
	"percent": true, "statement": true, "interview": true, "days": true, "months": true, "month": true, "idea": true, "chance": true}

func (sc *Scorer) issue(doc *corpus.Document, np corpus.Span) {
	sc.named(sc.issueName(doc, np), np)
}

// named adds a mention of an issue.
func (sc *Scorer) named(name string, np corpus.Span) {
	for i := range sc.targets {
		if t := &sc.targets[i]; t.name == name {
			t.add(np)
			return
		}
	}
	kind := corpus.TargetIssue
	sc.targets = append(sc.targets, target{name: name, id: targetID(kind, name), kind: kind, key: -1, mentions: []corpus.Span{np}})
}

// issueName is a noun phrase in small letters but for the names in it.
func (sc *Scorer) issueName(doc *corpus.Document, np corpus.Span) string {
	var b strings.Builder
	for i := np.Start; i < np.End; i++ {
		if i > np.Start && doc.Tokens[i-1].End < doc.Tokens[i].Start {
			b.WriteByte(' ')
		}
		word := doc.Tokens[i].Of(doc.Text)
		if !sc.words.Name(i) {
			word = lowered(word)
		}
		b.WriteString(word)
	}
	return b.String()
}

// lowered allocates for capitals only.
func lowered(s string) string { return strings.ToLower(s) }
