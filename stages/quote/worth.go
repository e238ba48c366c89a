package quote

import "math"

// Kinds of facts about a whole candidate; see worthFacts.
const (
	worthOdds = 600 + iota
	worthOddsFrame
	worthContent
	worthContentFrame
	worthSource
	worthSourceClass
	worthAll
	worthFrame
	worthFrameSource
	worthLemma
	worthLength
	worthOuter
	worthInner
	worthQuotes
	worthEnds
	worthEarlier
	worthHead
	worthContentMass
	worthSourceMass
	worthAllMass
	numWorthFacts
)

// steps is a number in half steps, within limits.
func steps(x float64) uint64 { return uint64(math.Floor(min(max(x*2, -8), 8)) + 8) }

// logOdds is the log-odds of a probability, within limits.
func logOdds(p float64) float64 { return math.Log(max(p, 1e-4) / max(1-p, 1e-4)) }

// worthFacts lists what speaks for a candidate being right as a whole, beside the
// other candidates of its sentence: how sure the models were of each part, and whether
// it stands inside what another says.
func (r *reader) worthFacts(f *facts, c *candidate, all []candidate, s span) {
	odds, content, source := steps(c.odds), steps(c.contentOdds), steps(c.sourceOdds)
	form := uint64(c.frame)
	f.add(worthOdds, odds, uint64(c.part))
	f.add(worthOddsFrame, odds, form)
	f.add(worthContent, content, 0)
	f.add(worthContentFrame, content, form)
	f.add(worthSource, source, 0)
	f.add(worthAll, odds<<16|content<<8|source, 0)
	contents, sources := steps(c.contentMass), steps(c.sourceMass)
	f.add(worthContentMass, contents, form)
	f.add(worthSourceMass, sources, uint64(c.part))
	f.add(worthAllMass, odds<<16|contents<<8|sources, 0)
	class := uint64(noOne)
	if !c.source.empty() {
		class = uint64(r.classOf(r.headOf(c.source.span)))
	}
	f.add(worthSourceClass, class, source)
	f.add(worthFrame, form, uint64(c.part))
	f.add(worthFrameSource, form, class)
	f.add(worthLemma, uint64(r.tokens[c.head].stem), uint64(c.part))
	length := int32(0)
	quoted := uint64(0)
	for _, p := range c.content[:c.pieces] {
		length += p.end - p.first
		for i := p.first; i < p.end; i++ {
			if r.tokens[i].quote >= 0 {
				quoted = 1
			}
		}
	}
	f.add(worthLength, bin(length), form)
	f.add(worthQuotes, quoted, odds)
	outer, inner, outerLead := math.Inf(-1), math.Inf(-1), uint64(0)
	for i := range all {
		e := &all[i]
		if e.head == c.head {
			continue
		}
		if e.contains(c.head) && e.odds > outer {
			outer, outerLead = e.odds, uint64(e.frame)
		}
		if c.contains(e.head) {
			inner = max(inner, e.odds)
		}
	}
	f.add(worthOuter, steps(outer), odds)
	f.add(worthOuter, steps(outer), outerLead<<8|64)
	f.add(worthInner, steps(inner), odds)
	first, last := c.content[0], c.content[c.pieces-1]
	f.add(worthEnds, uint64(r.tokens[first.first].tag), uint64(r.at(last.end, s).tag))
	f.add(worthHead, uint64(r.nodes[c.head].relation), form)
}

// contains reports whether token i lies in the candidate's content.
func (c *candidate) contains(i int32) bool {
	for _, p := range c.content[:c.pieces] {
		if p.holds(i) {
			return true
		}
	}
	return false
}
