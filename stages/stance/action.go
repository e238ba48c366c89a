package stance

import (
	"strings"

	"onrecord/corpus"
	"onrecord/stages/internal/masked"
	"onrecord/stages/internal/polarity"
)

// wishes are verbs and nouns that take an act with "to" that is wanted, in all their forms.
var wishes = func() map[uint64]bool {
	out := map[uint64]bool{}
	for _, w := range strings.Fields("ask beg bid call decide demand effort hope intend lobby motion need petition plan plea plead pledge " +
		"press promise proposal propose push request resolve seek sought suggest urge vote vow want wish") {
		out[masked.Hash(w)] = true
		for _, form := range polarity.VerbForms(w) {
			out[masked.Hash(form)] = true
		}
	}
	return out
}()

// act judges an act that is named by its verb and has an object: one that the speaker
// wants done ("asked | to open the archive"), or that is judged itself ("it was a
// mistake to open the archive", "the risk of opening the archive").
func (sc *Scorer) act(doc *corpus.Document, part corpus.Span, verb int32) (polarity.Hit, bool) {
	none := polarity.Hit{}
	t := doc.Tags[verb]
	if verb == 0 || t != corpus.VB && t != corpus.VBG || sc.class(doc, verb)&(inFavor|against) != 0 && t == corpus.VB {
		return none, false
	}
	by := sc.tree.Head(verb)
	if by < 0 {
		return none, false
	}
	switch sc.tree.Relation(verb) {
	case corpus.Xcomp, corpus.Acl, corpus.Advcl, corpus.Ccomp, corpus.Csubj, corpus.Nmod, corpus.Dep:
	default:
		return none, false
	}
	to := t == corpus.VB && doc.Tags[verb-1] == corpus.TO
	if before := verb - 2; to && before >= 0 && doc.Tags[before].IsNoun() && wishes[sc.forms.Form(before)] {
		by = before // whatever the arc says
	} else if up := sc.tree.Head(by); to && up >= 0 && doc.Tags[by].IsNoun() && !wishes[sc.forms.Form(by)] && wishes[sc.forms.Form(up)] {
		by = up // "asked the court to": whom is asked
	}
	weight := float32(0)
	noun := doc.Tags[by].IsNoun()
	switch {
	case light[sc.word(doc, verb)]:
	case to && wishes[sc.forms.Form(by)] && (sc.inCue(by) || !noun && sc.mine(doc, by)):
		weight = 1
		if sc.negated(by) {
			weight = -1
		}
	case part.Start > by || by >= part.End:
	case to && noun && wishes[sc.forms.Form(by)]: // somebody else's wish, which the speaker judges
		weight = sc.judgement(doc, part, by)
	case noun && doc.Tags[verb-1] == corpus.IN && sc.word(doc, verb-1) == "of", to && sc.impersonal(doc, by), sc.tree.Relation(verb) == corpus.Csubj:
		for i := range sc.hits {
			if sc.hits[i].Head == by {
				weight = sc.hits[i].Weight()
			}
		}
		if noun && sc.tree.Child(by, corpus.Cop) < 0 {
			weight = min(weight, 0) // "the risk of", but not "the agreement to"
		}
	}
	if max(weight, -weight) < 1 {
		return none, false
	}
	if sc.negated(verb) {
		weight = -weight
	}
	return polarity.Hit{First: min(by, verb), Last: max(by, verb), Head: by, Lemma: -1, Base: weight, Factor: 1}, true
}

// light verbs say little of what is done.
var light = map[string]bool{"be": true, "do": true, "get": true, "give": true, "have": true, "make": true, "put": true, "take": true}

// impersonal reports whether a predicate has no subject but "it".
func (sc *Scorer) impersonal(doc *corpus.Document, predicate int32) bool {
	s := sc.tree.Child(predicate, corpus.Nsubj, corpus.Nsubjpass, corpus.Expl)
	return s < 0 || sc.word(doc, s) == "it"
}

// judgement is what the speaker itself says of one word: "rejected | the request", 0 if nothing.
func (sc *Scorer) judgement(doc *corpus.Document, part corpus.Span, word int32) float32 {
	sc.bearing = sc.bearing[:0]
	sc.bear(doc, part, corpus.Span{Start: word, End: word + 1})
	sum := float32(0)
	for _, b := range sc.bearing {
		if (b.relation == object || b.relation == bound) && sc.mine(doc, b.hit.Head) {
			sum += b.weight
		}
	}
	return sum
}

// action adds an act as a target: "opening the archive".
func (sc *Scorer) action(doc *corpus.Document, part corpus.Span, verb int32, claim polarity.Hit) {
	object := sc.tree.Child(verb, corpus.Dobj)
	if object <= verb || object >= part.End {
		return
	}
	start := object
	for start-1 > verb && (doc.Tags[start-1].IsAdjective() || doc.Tags[start-1].IsNoun() || doc.Tags[start-1] == corpus.CD) {
		start--
	}
	np, ok := sc.nounPhrase(doc, part, start)
	if !ok || sc.taken(np) {
		return
	}
	name := gerund(sc.word(doc, verb)) + " " + sc.issueName(doc, np)
	for i := range sc.targets {
		if sc.targets[i].name == name {
			return
		}
	}
	sc.covered = append(sc.covered, sc.tree.Span(verb))
	if by := claim.Head; doc.Tags[by].IsNoun() && part.Start <= by && by < part.End {
		sc.covered = append(sc.covered, sc.tree.Span(by))
	}
	sc.targets = append(sc.targets, target{name: name, id: targetID(corpus.TargetIssue, name), kind: corpus.TargetIssue, key: -1,
		mentions: []corpus.Span{{Start: verb, End: np.End}}, claim: claim})
}

// gerund is a verb's form in -ing.
func gerund(verb string) string {
	if strings.HasSuffix(verb, "ing") && len(verb) > 5 {
		return verb
	}
	for _, form := range polarity.VerbForms(verb) {
		if strings.HasSuffix(form, "ing") {
			return form
		}
	}
	return verb
}
