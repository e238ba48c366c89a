package quote

import (
	"fmt"
	"math"

	"onrecord/stages/internal/linear"
)

// models are what was learned, shared and read-only. Each is a logistic regression or
// a conditional logit over the facts of its file.
type models struct {
	list string // of cues, as in cues.txt
	lex  *lexicon

	cue     *linear.Regression // is this word the head of a cue? cue.go
	content *linear.Regression // which stretch is its content? spoken.go
	source  *linear.Regression // which its source? sources.go
	extent  *linear.Regression // how far does the cue go? cuespan.go
	worth   *linear.Regression // is all of it right? worth.go

	calibration calibration
}

// minOdds is the log-odds from which a word is looked at as a cue.
const minOdds = -2.5

// propose makes a candidate of every word of the sentence that may be a cue.
func (a *assembler) propose(s span, out []candidate) []candidate {
	a.readHeads(s)
	for i := range a.heads {
		h := &a.heads[i]
		a.options.facts.reset()
		a.cueFacts(&a.options.facts, h, s)
		h.odds = a.models.cue.Score(a.options.facts.list, nil)
		a.explainHead(h)
	}
	for i := range a.heads {
		h := &a.heads[i]
		if h.odds < minOdds || h.frame.active() == trailQuoteFrame && !a.spoken(h) {
			continue
		}
		c := a.ruled(h, s)
		c.odds = h.odds
		if a.fill(&c, h, s) {
			out = append(out, c)
		}
	}
	for i := range out {
		a.options.facts.reset()
		a.worthFacts(&a.options.facts, &out[i], out, s)
		if a.models.worth != nil { // it is being learned
			out[i].worth = a.models.worth.Score(a.options.facts.list, nil)
			if a.say != nil {
				a.options.facts.shift(worthOdds)
				out[i].why = strongest(&a.options.facts, a.models.worth, worthFactNames[:])
			}
		}
	}
	return out
}

// fill lets the models choose content, source and extent of the cue of a candidate
// made by rules. It reports whether there is any content.
func (a *assembler) fill(c *candidate, h *head, s span) bool {
	o := &a.options
	a.contentOptions(o, h, c, s)
	best := o.best(a.models.content)
	if best < 0 {
		return false
	}
	if a.tells(c.head) {
		a.say(fmt.Sprintf("cue %q in frame %s:", a.bytes(c.cue).Of(a.text), frameNames[c.frame]))
	}
	a.explainOptions(c, "content")
	a.noteContents(c)
	content := o.list[best]
	c.contentOdds, c.contentMass = logOdds(o.scores[best]), logOdds(o.mass(best))
	c.pieces, c.quote = 0, -1
	for _, p := range content.pieces[:content.count] {
		c.add(p)
	}
	a.sourceOptions(o, h, c, &content, s)
	best = o.best(a.models.source)
	a.explainOptions(c, "source")
	c.sourceOdds, c.sourceMass = logOdds(o.scores[best]), logOdds(o.mass(best))
	if p := &o.list[best]; p.count == 0 {
		c.source = source{}
	} else if p.pieces[0] != c.source.span {
		c.source = source{p.pieces[0], sourceRuleOf(p.rules)}
	}
	a.cueOptions(o, h, c, s)
	if best = o.best(a.models.extent); best >= 0 {
		c.cue = o.list[best].pieces[0]
	}
	return c.pieces > 0
}

// sourceRuleOf names what proposed a source.
func sourceRuleOf(why uint32) string {
	switch {
	case why&treeOwner != 0:
		return "owner"
	case why&treeAgent != 0:
		return "agent"
	case why&treeModified != 0:
		return "modified"
	case why&treeShared != 0:
		return "shared"
	case why&treeSubject != 0:
		return "subject"
	}
	return "near"
}

// minWorth is the log-odds of being right from which a candidate is given: where the
// share of right statements is about half of F1, more of them raise it.
var minWorth = math.Log(0.3 / 0.7)
