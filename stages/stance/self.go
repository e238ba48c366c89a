package stance

import (
	"onrecord/corpus"
	"onrecord/stages/internal/polarity"
)

// self adds the speaker as a target of its own statement where it praises or defends
// itself: "I have good judgment", "touted | her record", "denied | that he knew".
func (sc *Scorer) self(doc *corpus.Document, statement int) {
	speaker := doc.Sources[statement].Speaker
	if speaker < 0 || len(sc.selves) == 0 {
		return
	}
	for _, part := range sc.parts {
		entered := false
		for _, m := range sc.selves {
			if m < part.Start || m >= part.End {
				continue
			}
			if !entered {
				sc.enter(doc, part)
				entered = true
			}
			if hit, ok := sc.praise(doc, part, m); ok {
				who := doc.Speakers[speaker].Members
				if len(who) == 0 {
					who = []int32{speaker}
				}
				for _, s := range who {
					if k := sc.names.speaker(s); k >= 0 {
						e := sc.names.entries[k]
						sc.targets = append(sc.targets, target{name: e.name, id: e.id, kind: e.kind, key: k, mentions: []corpus.Span{{Start: m, End: m + 1}}, claim: hit})
					}
				}
				return
			}
		}
	}
}

// praise is what the speaker says for itself at a pronoun that stands for it.
func (sc *Scorer) praise(doc *corpus.Document, part corpus.Span, self int32) (polarity.Hit, bool) {
	none := polarity.Hit{}
	head := self
	own := doc.Tags[self] == corpus.PRPS
	if own {
		head = sc.tree.Head(self)
		if head < 0 {
			return none, false
		}
	} else {
		switch sc.word(doc, self) {
		case "i", "he", "she":
		default:
			return none, false // what "we" do is rarely about ourselves
		}
		if r := sc.tree.Relation(self); r != corpus.Nsubj && r != corpus.Nsubjpass {
			return none, false
		}
	}
	sc.bearing = sc.bearing[:0]
	sc.bear(doc, part, corpus.Span{Start: head, End: head + 1})
	sum, best := float32(0), polarity.Hit{}
	for _, b := range sc.bearing {
		if !own && b.hit.Turned && b.weight > 0 && b.hit.First < self && self < b.hit.Last && sc.inCue(b.hit.First) {
			sum += b.hit.Weight() // "denied that she lied"
			best = b.hit
			continue
		}
		switch b.relation {
		case object, bound:
			if !own || !sc.inCue(b.hit.Head) {
				continue
			}
		case predicate, judged, subject:
			if own || b.relation == subject && b.hit.Effect {
				continue
			}
		default:
			continue
		}
		if sum += b.weight; max(b.hit.Weight(), -b.hit.Weight()) > max(best.Weight(), -best.Weight()) || best.Factor == 0 {
			best = b.hit
		}
	}
	if sum < plain {
		return none, false
	}
	best.Base, best.Factor, best.Added = sum, 1, 0
	return best, true
}
