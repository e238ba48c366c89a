package quote

import (
	"fmt"
	"strings"

	"onrecord/corpus"
	"onrecord/stages/internal/linear"
)

// inquiry is the question why no statement is at a place, with what came nearest to one
// so far. Content is like the place from a likeness of one half on.
type inquiry struct {
	place     span    // the tokens that the question is about
	tokens    []int32 // the same, one by one
	sentences span    // those that are explained
	rank      obstacle
	why       string
	odds      float64 // of the likeliest head that came no further
}

// obstacle is how far a candidate for the place came, in ascending order.
type obstacle uint8

const (
	noHead      obstacle = iota // no word near it may be a cue at all
	innerCue                    // only words of the place itself, which would say something else, and none likely
	unlikelyCue                 // a word near it is not likely enough a cue
	noOption                    // what stands around the place is no content that is considered
	otherChoice                 // a cue could have it for its content, but has another
	lostWhole                   // a candidate with this content is not given
)

// alike is the likeness from which content counts as found, as in evaluation.
const alike = 0.5

// WhyNot is Explainer for one place: a stretch of bytes of the text where a statement is
// missed. It says of every word near it how likely a cue it is, which contents and
// sources were the likeliest, which of them is nearest to the place, what became of it;
// what became of the quotations there; which statements touch the place; and last what
// decided. The document is annotated as ever.
func (s Stage) WhyNot(say func(line string)) (func(*corpus.Document, corpus.Span) error, error) {
	m, err := loadModels()
	if err != nil {
		return nil, err
	}
	a := &assembler{reader: reader{lex: m.lex}, models: m, say: say}
	a.options.facts.named = true
	return func(doc *corpus.Document, at corpus.Span) error {
		if at.Start < 0 || at.End <= at.Start || int(at.End) > len(doc.Text) {
			return fmt.Errorf("the place, bytes %d to %d, is not inside the text of %d", at.Start, at.End, len(doc.Text))
		}
		a.read(doc)
		a.asked = a.inquire(at)
		say(fmt.Sprintf("asked about %q", at.Of(doc.Text)))
		doc.Statements = a.assemble(doc, s.MinConfidence)
		a.answer(doc, at)
		return nil
	}, nil
}

// inquire finds the tokens of a place and the sentences that may have to do with it:
// its own, and around speech that it touches the one before and the one behind.
func (a *assembler) inquire(at corpus.Span) *inquiry {
	q := &inquiry{}
	for i := range a.tokens {
		if t := &a.tokens[i]; t.Start < at.End && at.Start < t.End {
			q.tokens = append(q.tokens, int32(i))
		}
	}
	if len(q.tokens) == 0 {
		return q
	}
	q.place = span{q.tokens[0], q.tokens[len(q.tokens)-1] + 1}
	wide, beside := q.place, int32(0)
	for i := range a.quotes {
		if m := (span{a.opening[i], a.closing[i]}); m.overlaps(q.place) && m.end-m.first > shortQuotation {
			wide, beside = span{min(wide.first, m.first), max(wide.end, m.end)}, 1
		}
	}
	first, last := int32(a.sentenceOf(wide.first)), int32(a.sentenceOf(wide.end-1))
	q.sentences = span{max(first-beside, 0), min(last+beside+1, int32(len(a.sentences)))}
	return q
}

// tells reports whether what concerns a token is explained.
func (a *assembler) tells(token int32) bool {
	return a.say != nil && (a.asked == nil || a.asked.sentences.holds(int32(a.sentenceOf(token))))
}

// note keeps the reason of the candidate that came furthest, of equals the first.
func (q *inquiry) note(rank obstacle, why string) {
	if rank > q.rank {
		q.rank, q.why = rank, why
	}
}

// noteHead keeps the likeliest word that is hardly a cue.
func (a *assembler) noteHead(h *head) {
	q := a.asked
	if q == nil || h.odds >= minOdds {
		return
	}
	rank := unlikelyCue
	if q.place.holds(h.token) {
		rank = innerCue
	}
	if rank < q.rank || rank == q.rank && h.odds <= q.odds {
		return
	}
	q.rank, q.odds = rank, h.odds
	q.why = fmt.Sprintf("no word near it is likely enough a cue; the likeliest is %q with %.3f, and %.3f is needed",
		a.tokens[h.token].Of(a.text), linear.Sigmoid(h.odds), linear.Sigmoid(minOdds))
}

// noteContents says which of the contents that were just scored is nearest to the place.
func (a *assembler) noteContents(c *candidate) {
	q := a.asked
	if q == nil || !a.tells(c.head) {
		return
	}
	best, like := -1, 0.0
	for i := range a.options.list {
		p := &a.options.list[i]
		if v := a.likeness(p.pieces[:p.count], q.tokens, everywhere); v > like {
			best, like = i, v
		}
	}
	cue := a.bytes(c.cue).Of(a.text)
	if best < 0 {
		return
	}
	rank := 1
	for _, s := range a.options.scores {
		if s > a.options.scores[best] {
			rank++
		}
	}
	chance := a.options.scores[best]
	a.say(fmt.Sprintf("  nearest to the place is content %.3f %q, likeness %.2f, number %d of %d", chance,
		a.pieces(&a.options.list[best]), like, rank, len(a.options.list)))
	switch {
	case like < alike:
		q.note(noOption, fmt.Sprintf("no content that cue %q may have is like it", cue))
	case rank > 1:
		q.note(otherChoice, fmt.Sprintf("cue %q has another content, which is likelier than what is nearest to the place (%.3f)", cue, chance))
	}
}

// everywhere is a window that holds every token.
var everywhere = span{0, 1<<31 - 1}

// noteOutcome keeps what became of a candidate whose content is like the place.
func (a *assembler) noteOutcome(c *candidate, outcome string) {
	q := a.asked
	if q == nil || outcome == accepted || a.likeness(c.content[:c.pieces], q.tokens, everywhere) < alike {
		return
	}
	q.note(lostWhole, fmt.Sprintf("cue %q has it for its content, but is refused: %s; it is right with %.2f, and %.2f is needed",
		a.bytes(c.cue).Of(a.text), outcome, linear.Sigmoid(c.worth), linear.Sigmoid(minWorth)))
}

func (a *assembler) pieces(p *option) string {
	var words []string
	for _, s := range p.pieces[:p.count] {
		words = append(words, a.bytes(s).Of(a.text))
	}
	return strings.Join(words, " ... ")
}

// answer says what touches the place in the end, and what decided.
func (a *assembler) answer(doc *corpus.Document, at corpus.Span) {
	q := a.asked
	if len(q.tokens) == 0 {
		for _, b := range doc.Blocks {
			if b.Start < at.End && at.Start < b.End && b.Kind == corpus.Boilerplate {
				a.say(fmt.Sprintf("so: it is boilerplate (%s), which is not read", b.Rule))
				return
			}
		}
		a.say("so: there are no words")
		return
	}
	for i := range a.quotes {
		m := span{a.opening[i], a.closing[i]}
		if !m.overlaps(q.place) {
			continue
		}
		whose := "nobody's: no cue has it, nor does the layout give it to anybody"
		if a.claimed[i] >= 0 {
			whose = "within a statement"
		}
		a.say(fmt.Sprintf("quotation %q: %s", a.bytes(m).Of(a.text), whose))
	}
	found := false
	for i := range a.statements {
		d := &a.statements[i]
		like := a.likeness(d.content, q.tokens, everywhere)
		if like == 0 {
			continue
		}
		confidence := a.models.calibration.of(d)
		a.say(fmt.Sprintf("statement by rule %s, cue %q, likeness %.2f, confidence %.2f", d.rule, a.bytes(d.cue).Of(a.text), like, confidence))
		found = found || like >= alike
	}
	given := false
	for _, st := range doc.Statements {
		given = given || a.likeness(a.spans(st.Content), q.tokens, everywhere) >= alike
	}
	switch {
	case given:
		a.say("so: a statement is given there")
	case found:
		a.say("so: the statement there is less sure than --min-confidence asks")
	case q.why == "":
		a.say("so: no verb, noun or adjective near it may be a cue")
	default:
		a.say("so: " + q.why)
	}
}

// spans are the tokens of stretches of the text.
func (a *assembler) spans(of []corpus.Span) []span {
	var out []span
	for _, s := range of {
		var at span
		for i := range a.tokens {
			if t := &a.tokens[i]; t.Start < s.End && s.Start < t.End {
				if at.empty() {
					at.first = int32(i)
				}
				at.end = int32(i) + 1
			}
		}
		out = append(out, at)
	}
	return out
}
