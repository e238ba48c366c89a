package stance

import (
	"onrecord/corpus"
	"onrecord/stages/internal/polarity"
)

// relation is how a judgement stands to a target in a sentence, read off the tags
// between them.
type relation uint8

const (
	elsewhere relation = iota // in another clause
	clause                    // in the same clause, without a closer relation
	object                    // the target is what the word is said of: "praised X", "support for X"
	hurt                      // the target suffers it: "harmed X", "a threat to X"
	subject                   // the target does it: "X lied"
	holding                   // the target holds the view: "X praised the mayor"
	judged                    // "X was praised"
	predicate                 // "X is a disgrace", "called X a disgrace"
	modifier                  // "corrupt X", "X's cruelty"
	besides                   // the lesser of a comparison: "better than X", "prefers A over X"
	amid                      // "between X and Y", "near X": where it happens
	bound                     // what one must or wants to do with it: "we must end X"
	numRelations
)

var relationNames = [numRelations]string{"elsewhere", "clause", "object", "hurt", "subject", "holding", "judged", "predicate",
	"modifier", "besides", "amid", "bound"}

// worth is what a judgement is worth for a target by their relation. What NewsMTSC
// would have instead is learned on top of it.
var worth = [numRelations]float32{elsewhere: 0.1, clause: 0.3, object: 1, subject: 0.9, holding: 0.1,
	judged: 1, predicate: 1, modifier: 1, besides: -0.6, bound: 1}

// relate finds the relation of a judgement to the target [from, to) in tokens.
func (sc *Scorer) relate(doc *corpus.Document, h polarity.Hit, from, to int32) relation {
	switch {
	case h.Last < from:
		return sc.before(doc, h, h.Head, from)
	case h.First >= to:
		return sc.after(doc, h, anchor(doc, h), from, to)
	case h.First >= from:
		return modifier // part of the target's own phrase
	}
	return elsewhere // the target is inside the term: what is done to it is bind's
}

// anchor is the token whose place in the sentence counts: the polar word or, for what
// stands before it, the verb that turned it ("ease" of "ease tensions").
func anchor(doc *corpus.Document, h polarity.Hit) int32 {
	for i := h.First; i < h.Head; i++ {
		if doc.Tags[i].IsVerb() {
			return i
		}
	}
	return h.Head
}

// before relates a judgement to a target that follows it.
func (sc *Scorer) before(doc *corpus.Document, h polarity.Hit, head, from int32) relation {
	tags := doc.Tags
	class := sc.class(doc, head)
	start := head + 1
	if h.Last > head {
		start = h.Last + 1
	}
	prep := int32(-1)
	for i := start; i < from; i++ {
		switch t := tags[i]; {
		case t == corpus.DT, t == corpus.PRPS, t.IsAdjective(), t == corpus.CD, t == corpus.POS, t == corpus.RP,
			t == corpus.OpenQuote, t == corpus.CloseQuote, t == corpus.Dollar, t == corpus.RB, t == corpus.VBN && i > start,
			t == corpus.VBG && i > start && tags[i-1] == corpus.DT:
		case t.IsNoun() && prep < 0 && tags[head].IsAdjective(), t.IsProper(), t.IsNoun() && i+1 == from, t == corpus.NN && tags[i+1].IsNoun():
		case (t == corpus.IN || t == corpus.TO) && prep < 0:
			prep = i
		case t == corpus.IN && prep >= 0:
			if of := sc.word(doc, i); of != "of" && of != "to" && of != "for" {
				return sc.place(doc, i)
			}
			return clause
		case t == corpus.CC && i > start:
			continue
		case t.IsNoun() && prep < 0 && i == start: // "anger over the fees of X" has the noun between
			continue
		case t.IsVerb(), t == corpus.MD, t == corpus.Comma, t == corpus.Colon, t == corpus.WDT, t == corpus.WP, t == corpus.PRP:
			return elsewhere
		default:
			return clause
		}
	}
	if prep < 0 {
		switch {
		case tags[head].IsVerb() && class&victim != 0:
			return hurt
		case tags[head].IsAdjective() || tags[head] == corpus.VBN || tags[head] == corpus.VBG && class&holder == 0:
			return modifier
		case tags[head].IsNoun():
			return modifier
		}
		return object
	}
	switch sc.word(doc, prep) {
	case "than", "over":
		if sc.word(doc, prep) == "than" || h.Base > 0 {
			return besides
		}
		return object
	case "to":
		if h.Base < 0 {
			return hurt
		}
		return object
	case "as", "that", "because", "if", "while", "whether", "since":
		return elsewhere
	case "with", "for", "of", "at", "about", "on", "in", "toward", "towards", "against", "behind":
		if class&victim != 0 || sc.word(doc, prep) == "in" && tags[head].IsVerb() {
			return clause
		}
		return object
	}
	return sc.place(doc, prep)
}

// place is the relation behind a preposition that names a scene.
func (sc *Scorer) place(doc *corpus.Document, prep int32) relation {
	switch sc.word(doc, prep) {
	case "between", "near", "by", "from", "before", "after", "during", "among", "amid", "through", "under", "outside", "in":
		return amid
	}
	return clause
}

// after relates a judgement to a target that stands before it.
func (sc *Scorer) after(doc *corpus.Document, h polarity.Hit, head, from, to int32) relation {
	tags := doc.Tags
	if sc.preposed(doc, from) {
		if to < h.First && tags[to] == corpus.POS && sc.nominal(doc, to+1, head) {
			return modifier
		}
		return clause
	}
	i := to
	if i < int32(len(tags)) && tags[i] == corpus.POS {
		if sc.nominal(doc, i+1, head) {
			return modifier
		}
		i++
		for i < head && (tags[i].IsNoun() || tags[i].IsAdjective()) { // "X's plan will ruin us" is about X too
			i++
		}
	}
	verb, be, have := int32(-1), false, false
	for ; i < h.First; i++ {
		switch t := tags[i]; {
		case t.IsVerb():
			if sc.be(doc, i) {
				be = true
			} else if sc.have(doc, i) {
				have = true
			} else if verb >= 0 && verb < h.First-1 || t != corpus.VBG && verb < 0 && i < h.First {
				verb = i
			}
		case t == corpus.MD, t == corpus.RB, t == corpus.DT, t.IsAdjective(), t == corpus.TO, t == corpus.OpenQuote, t == corpus.RBR, t == corpus.CD,
			t.IsNoun() && verb >= 0, t.IsNoun() && (be || have), t == corpus.PRPS, t == corpus.RP:
		case t == corpus.IN && verb < 0 && !be && sc.word(doc, i) == "as":
			return predicate
		case (t == corpus.IN) && (verb >= 0 || sc.word(doc, i) == "of"):
		case t == corpus.Comma && i == to, t == corpus.WP && i <= to+1, t == corpus.WDT && i <= to+1:
		case t == corpus.CC && i > to:
		case t == corpus.PRP && verb >= 0, t.IsProper() && verb >= 0:
		default:
			return elsewhere
		}
	}
	passive := be && (tags[head] == corpus.VBN || tags[head] == corpus.VBD)
	class := sc.class(doc, head)
	switch {
	case passive && class&victim != 0:
		return hurt
	case passive && class&holder != 0:
		return judged
	case tags[head].IsVerb() && verb < 0 && class&holder != 0:
		return holding
	case verb >= 0 && sc.class(doc, verb)&holder != 0:
		return holding
	case verb >= 0 && sc.judges(verb):
		return clause // said of what the verb acts on
	case be || verb < 0 && !tags[head].IsVerb():
		return predicate
	}
	return subject
}

// judges reports whether a token is itself a judgement.
func (sc *Scorer) judges(token int32) bool {
	for i := range sc.hits {
		if sc.hits[i].Head == token {
			return true
		}
	}
	return false
}

// preposed reports whether the target at a token is the object of a preposition.
func (sc *Scorer) preposed(doc *corpus.Document, from int32) bool {
	for i := from - 1; i >= 0 && i >= from-4; i-- {
		switch t := doc.Tags[i]; {
		case t == corpus.IN, t == corpus.TO:
			w := sc.word(doc, i)
			return w != "that" && w != "if" && w != "because" && w != "while" && w != "whether" && w != "although" && w != "as" && w != "since"
		case t == corpus.DT, t.IsAdjective(), t == corpus.PRPS, t.IsProper(), t == corpus.CD:
		default:
			return false
		}
	}
	return false
}

// nominal reports whether the tokens [from, to) can stand before a noun in one phrase.
func (sc *Scorer) nominal(doc *corpus.Document, from, to int32) bool {
	for i := from; i < to; i++ {
		if t := doc.Tags[i]; !t.IsAdjective() && !t.IsNoun() && t != corpus.RB && t != corpus.CC && t != corpus.OpenQuote && t != corpus.VBN && t != corpus.VBG {
			return false
		}
	}
	return from <= to
}

func (sc *Scorer) be(doc *corpus.Document, i int32) bool {
	switch sc.word(doc, i) {
	case "is", "are", "was", "were", "be", "been", "being", "'s", "’s", "'re", "’re", "'m", "’m", "seems", "looks", "became", "becomes", "remains":
		return true
	}
	return false
}

func (sc *Scorer) have(doc *corpus.Document, i int32) bool {
	switch sc.word(doc, i) {
	case "has", "have", "had", "having", "'ve", "’ve":
		return true
	}
	return false
}

func (sc *Scorer) class(doc *corpus.Document, i int32) verbClass { return sc.classes[i-sc.base] }
