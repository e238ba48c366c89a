package stance

import (
	"onrecord/corpus"
	"onrecord/stages/internal/polarity"
)

// bind finds what the speaker must, should or wants to do with a target: "we must
// end X", "he wants to expand X", "called for X", "vote for X". Such a verb says
// where the speaker stands although it may judge nothing by itself.
func (sc *Scorer) bind(doc *corpus.Document, part, target corpus.Span) {
	v := sc.governor(doc, part, target.Start)
	if v < 0 {
		return
	}
	weight := float32(0)
	class := sc.class(doc, v)
	wanted, first := sc.wanted(doc, part, v)
	switch {
	case class&wish != 0 && !wanted:
		weight, first = 1, v
	case class&against != 0 && wanted:
		weight = -1.5
	case class&inFavor != 0 && wanted:
		weight = 1
	case class&(inFavor|against) != 0 && target.Start <= sc.begins+2 && sc.begins > v && sc.inCue(v): // "embraced | X", "vetoed | X"
		weight, first = 1, v
		if class&against != 0 {
			weight = -1
		}
	case sc.calls(doc, v):
		weight, first = 1, v
	default:
		return
	}
	for i := max(part.Start, first-3); i < v; i++ {
		if e := sc.words.Entry(i); e != nil && e.Class&polarity.Negate != 0 {
			weight, first = -weight, min(first, i)
		}
	}
	if b := sc.judgedBy(v); b != nil && (b.weight < 0) == (weight < 0) {
		if max(b.weight, -b.weight) < max(weight, -weight) {
			b.weight = weight
		}
		return // the verb's own judgement says it already
	}
	sc.add(polarity.Hit{First: first, Last: v, Head: v, Lemma: -1, Base: weight, Factor: 1}, bound)
}

// naming verbs take a thing and what it is called: "called | the tax a disgrace".
var naming = map[string]bool{"called": true, "calls": true, "calling": true, "described": true, "describes": true, "describing": true,
	"branded": true, "labeled": true, "labelled": true, "deemed": true, "dubbed": true, "considers": true, "considered": true}

// called adds what a thing is called by the cue: "called | her vote for the war a mistake".
func (sc *Scorer) called(doc *corpus.Document, part, target corpus.Span) {
	if sc.begins <= part.Start || target.Start < sc.begins || target.Start > sc.begins+2 || !naming[sc.word(doc, sc.begins-1)] {
		return
	}
	for i := range sc.bearing {
		b := &sc.bearing[i]
		if b.hit.First < target.End || b.relation == modifier {
			continue
		}
		verb := false
		for k := target.End; k < b.hit.First; k++ {
			verb = verb || doc.Tags[k].IsVerb() || doc.Tags[k] == corpus.Comma
		}
		if !verb {
			b.relation, b.weight = predicate, float32(worth[predicate]*b.hit.Weight())
			b.named = true
		}
	}
}

// governor is the verb whose object begins at a token, or -1: only what can stand
// before a noun in its phrase lies between, or one "for", "on", "of", "from".
func (sc *Scorer) governor(doc *corpus.Document, part corpus.Span, from int32) int32 {
	preps := 0
	for i := from - 1; i >= part.Start && i >= from-7; i-- {
		switch t := doc.Tags[i]; {
		case t.IsVerb() && t != corpus.VBN || t == corpus.VBN && sc.calls(doc, i),
			t == corpus.VBN && i+1 < from && doc.Tags[i+1] != corpus.IN && sc.class(doc, i) != 0:
			if sc.be(doc, i) {
				return -1
			}
			return i
		case t == corpus.DT, t.IsAdjective(), t.IsNoun(), t == corpus.PRPS, t == corpus.POS, t == corpus.CD, t == corpus.RP, t == corpus.RB, t == corpus.VBN,
			t == corpus.OpenQuote, t == corpus.CC:
		case t == corpus.IN && preps == 0 && i+1 < from+1:
			switch sc.word(doc, i) {
			case "for", "on", "of", "from", "with", "out", "up", "down":
				preps++
			default:
				return -1
			}
		default:
			return -1
		}
	}
	return -1
}

// wanted reports whether a verb is what somebody must, should or wants to do, and
// where that begins.
func (sc *Scorer) wanted(doc *corpus.Document, part corpus.Span, v int32) (bool, int32) {
	if v == sc.begins && doc.Tags[v] == corpus.VBG {
		return true, v // "hinted at | cancelling X"
	}
	for i := v - 1; i >= part.Start && i >= v-7; i-- {
		w := sc.word(doc, i)
		switch doc.Tags[i] {
		case corpus.MD:
			switch w {
			case "must", "should", "ought":
				return true, i
			case "will", "'ll", "’ll", "would":
				return sc.first(doc, part, i), i
			}
			return false, i
		case corpus.TO:
			if i == part.Start || i == sc.begins {
				return true, i // the cue asks for it: "vowed | to end X"
			}
			continue
		case corpus.PRP, corpus.DT, corpus.Comma, corpus.Colon:
			if i < v-1 && doc.Tags[i+1] == corpus.TO {
				continue
			}
			return false, i
		}
		switch w {
		case "want", "wants", "wanted", "need", "needs", "needed", "have", "has", "time", "vowed", "vows", "vow", "pledged", "pledges", "promised",
			"promises", "plans", "planned", "plan", "urged", "urges", "called", "calls", "hopes", "hope", "demanded", "demands", "seeks", "sought",
			"proposed", "proposes", "let", "refused", "fight", "ready", "determined", "wanting", "pledge", "urging", "refuse", "refuses", "decided", "agreed":
			return true, i
		}
	}
	return false, v
}

// first reports whether the subject before a modal is the speaker: "we will".
func (sc *Scorer) first(doc *corpus.Document, part corpus.Span, modal int32) bool {
	if modal == part.Start {
		return true
	}
	switch sc.word(doc, modal-1) {
	case "we", "i", "he", "she", "they":
		return true
	}
	return false
}

// calls reports "called for", "voted for", "pushed for".
func (sc *Scorer) calls(doc *corpus.Document, v int32) bool {
	if v+1 >= int32(len(doc.Tokens)) || sc.word(doc, v+1) != "for" {
		return false
	}
	switch sc.word(doc, v) {
	case "called", "calls", "call", "calling", "vote", "voted", "votes", "voting", "pushed", "push", "pushes", "pushing", "stand", "stood", "stands", "argued", "campaigned", "asked", "begged", "fought", "fighting", "fight":
		return true
	}
	return false
}

// judgedBy is the judgement on the target whose own word is the token, nil if there is none.
func (sc *Scorer) judgedBy(token int32) *bearing {
	for i := range sc.bearing {
		if b := &sc.bearing[i]; b.hit.Head == token && b.relation == object {
			return b
		}
	}
	return nil
}

// word is a token in small letters. Capitals are rare where it is asked for.
func (sc *Scorer) word(doc *corpus.Document, i int32) string {
	return lowered(doc.Tokens[i].Of(doc.Text))
}
