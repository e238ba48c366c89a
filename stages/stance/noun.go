package stance

import (
	"onrecord/corpus"
	"onrecord/stages/internal/polarity"
)

// stanceNouns are positions as nouns: "her support of the raid" is a position on the raid.
var stanceNouns = map[string]float32{"support": 1, "backing": 1, "endorsement": 1, "praise": 1, "hope": 1, "hopes": 1, "optimism": 1,
	"enthusiasm": 1, "approval": 1, "advocacy": 1, "defense": 1, "opposition": -1, "objection": -1, "objections": -1, "criticism": -1, "concern": -1,
	"concerns": -1, "fear": -1, "fears": -1, "condemnation": -1, "rejection": -1, "resistance": -1}

// held adds what a position that is named by a noun is about, if it is the speaker's, or
// if it is somebody's whom the speaker attacks or praises for it.
func (sc *Scorer) held(doc *corpus.Document, part corpus.Span, noun int32) {
	sign := stanceNouns[sc.word(doc, noun)]
	if sign == 0 || noun+2 >= part.End || doc.Tags[noun+1] != corpus.IN && doc.Tags[noun+1] != corpus.TO {
		return
	}
	switch sc.word(doc, noun+1) {
	case "of", "for", "to", "about", "over":
	case "against":
		sign = -1
	default:
		return
	}
	np, ok := sc.phraseAfter(doc, part, noun+2)
	if !ok || sc.taken(np) || sc.within(np) || owned(doc, np) {
		return
	}
	if e := sc.words.Entry(np.End - 1); e != nil && sign > 0 && np.End+1 < part.End && doc.Tags[np.End] == corpus.IN {
		if w, _ := e.Weight(doc.Tags[np.End-1]); w > 0 { // "hope for progress in the talks"
			if inner, ok := sc.phraseAfter(doc, part, np.End+1); ok && !sc.taken(inner) && !sc.within(inner) {
				np = inner
			}
		}
	}
	switch owner := sc.tree.Child(noun, corpus.NmodPoss); {
	case sc.inCue(noun):
	case owner >= 0 && (!sc.isSelf(owner) || sc.namedBefore(doc, part, owner)):
		cue := float32(0)
		for i := range sc.hits {
			if sc.inCue(sc.hits[i].Head) {
				cue += sc.hits[i].Weight()
			}
		}
		switch {
		case cue > plain:
		case cue < -plain:
			sign = -sign
		default:
			return
		}
	case owner >= 0:
	default:
		up := sc.tree.Head(noun)
		if up < 0 || !doc.Tags[up].IsVerb() || !sc.mine(doc, up) {
			return
		}
	}
	if sc.negated(noun) {
		sign = -sign
	}
	sc.covered = append(sc.covered, np)
	name := sc.issueName(doc, np)
	sc.targets = append(sc.targets, target{name: name, id: targetID(corpus.TargetIssue, name), kind: corpus.TargetIssue, key: -1,
		mentions: []corpus.Span{np}, claim: polarity.Hit{First: noun, Last: noun, Head: noun, Lemma: -1, Base: sign, Factor: 1}})
}

// phraseAfter is the noun phrase that begins at a token, or behind determiners there.
func (sc *Scorer) phraseAfter(doc *corpus.Document, part corpus.Span, i int32) (corpus.Span, bool) {
	for i < part.End && (doc.Tags[i] == corpus.DT || doc.Tags[i] == corpus.PRPS) {
		i++
	}
	if i >= part.End {
		return corpus.Span{}, false
	}
	first := i
	if t := doc.Tags[i]; i > part.Start && doc.Tags[i-1] == corpus.DT && (t == corpus.VBG || t == corpus.VBN) {
		i++ // "the upcoming talks"
	}
	np, ok := sc.nounPhrase(doc, part, i)
	ok = ok && np.Start == i
	np.Start = first
	return np, ok
}

// namedBefore reports whether a person is named before "his" or "her" in a part: it is
// theirs, then.
func (sc *Scorer) namedBefore(doc *corpus.Document, part corpus.Span, pronoun int32) bool {
	if pronounGender[sc.word(doc, pronoun)] == 0 {
		return false
	}
	for k := firstEntity(doc, part.Start); k < len(doc.Entities) && doc.Entities[k].Start < pronoun; k++ {
		if doc.Entities[k].Kind == corpus.Person {
			return true
		}
	}
	return false
}

func (sc *Scorer) isSelf(token int32) bool {
	for _, s := range sc.selves {
		if s == token {
			return true
		}
	}
	return false
}

// recent is the issue that a position was last taken on.
type recent struct {
	name, id  string
	statement int
}

// back is how many statements back an issue may be meant by "it" or "that plan".
const back = 3

// anaphors are nouns by which an issue is taken up again.
var anaphors = map[string]bool{"argument": true, "move": true, "idea": true, "proposal": true, "plan": true, "request": true, "decision": true,
	"suggestion": true, "demand": true, "measure": true, "step": true, "approach": true, "policy": true, "deal": true, "bill": true, "law": true, "effort": true}

// again reports whether a token, alone or with a noun behind it, takes up the issue of a
// statement shortly before: "it", "that argument".
func (sc *Scorer) again(doc *corpus.Document, part corpus.Span, i int32) (corpus.Span, bool) {
	if sc.recent.name == "" || sc.at-sc.recent.statement > back {
		return corpus.Span{}, false
	}
	word := sc.word(doc, i)
	switch {
	case doc.Tags[i] == corpus.PRP && word == "it":
	case doc.Tags[i] == corpus.DT && (word == "that" || word == "this" || word == "these" || word == "those" || word == "such"):
		if i+1 < part.End && anaphors[sc.word(doc, i+1)] {
			return corpus.Span{Start: i + 1, End: i + 2}, true
		}
	default:
		return corpus.Span{}, false
	}
	switch sc.tree.Relation(i) {
	case corpus.Nsubj, corpus.Nsubjpass, corpus.Dobj:
	default:
		return corpus.Span{}, false
	}
	up := sc.tree.Head(i)
	for k := range sc.targets { // "it is a mistake to ...": the act is meant
		if t := &sc.targets[k]; t.claim.Factor != 0 && t.claim.Head == up {
			return corpus.Span{}, false
		}
	}
	for c := sc.tree.First(up); c >= 0; c = sc.tree.Next(c) { // "it is wrong to ...": nothing is meant
		switch sc.tree.Relation(c) {
		case corpus.Ccomp, corpus.Xcomp, corpus.Csubj, corpus.Advcl:
			if c > i && !doc.Tags[up].IsVerb() {
				return corpus.Span{}, false
			}
		}
	}
	return corpus.Span{Start: i, End: i + 1}, true
}
