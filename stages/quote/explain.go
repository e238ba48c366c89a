package quote

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"onrecord/stages/internal/linear"
)

// cueFactNames and worthFactNames say what each kind of fact is about, in the order of
// the constants in cue.go and worth.go.
var (
	cueFactNames = [...]string{"lemma", "lemma in frame", "frame", "tag in frame", "lemma and next word", "next word",
		"next tag", "word before", "tag before", "kind of subject in frame", "lemma and kind of subject", "subject",
		"relation", "relation in frame", "word it hangs on", "clause it stands in", "what hangs on it",
		"lemma and what hangs on it", "word that opens its clause", "object", "lemma and kind of object", "preposition",
		"lemma and preposition", "form of the verb", "lemma and form", "helper verb", "quotation before", "quotation behind",
		"within marks", "place in the sentence", "cue before it", "ending", "relation and kind of subject",
		"lemma and relation", "negated", "next two words", "commas around", "lemma and object", "frame of the cue before",
		"head of its clause", "shape of the quotation", "lemma and shape of the quotation"}
	worthFactNames = [...]string{"cue", "cue in frame", "content", "content in frame", "source", "kind of source",
		"cue, content and source", "frame", "frame and kind of source", "lemma", "length", "inside another content",
		"cues inside its content", "marks inside", "borders", "cue before", "relation",
		"content or nearly", "source or nearly", "cue, content and source, nearly"}
)

// strongest names the facts that weighed most, with their weights.
func strongest(f *facts, m *linear.Regression, names []string) string {
	const most = 4
	type weighed struct {
		name   string
		weight float64
	}
	var all []weighed
	for i, x := range f.list {
		if w := m.Weight(x, 0); w != 0 {
			all = append(all, weighed{names[f.kinds[i]], w})
		}
	}
	slices.SortStableFunc(all, func(x, y weighed) int { return cmp.Compare(y.weight*y.weight, x.weight*x.weight) })
	var b strings.Builder
	for i, w := range all[:min(most, len(all))] {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s %+.2f", w.name, w.weight)
	}
	return b.String()
}

// explainHead says why a word is or is not taken for a cue. It is called right after
// the word's facts were scored.
func (a *assembler) explainHead(h *head) {
	if !a.tells(h.token) || a.asked == nil && h.odds < minOdds-3 {
		return
	}
	a.noteHead(h)
	outcome := "looked at as a cue"
	if h.odds < minOdds {
		outcome = "hardly a cue"
	}
	a.say(fmt.Sprintf("word %q in frame %s, chance %.3f: %s (%s)", a.tokens[h.token].Of(a.text), frameNames[h.frame],
		linear.Sigmoid(h.odds), outcome, strongest(&a.options.facts, a.models.cue, cueFactNames[:])))
}

// explainOptions lists the likeliest of the options that were just scored.
func (a *assembler) explainOptions(c *candidate, what string) {
	if !a.tells(c.head) {
		return
	}
	const most = 3
	order := make([]int, len(a.options.list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(a.options.scores[j], a.options.scores[i]) })
	for _, i := range order[:min(most, len(order))] {
		a.say(fmt.Sprintf("  %s %.3f %q", what, a.options.scores[i], a.pieces(&a.options.list[i])))
	}
}

// accepted is what became of a candidate that is given.
const accepted = "accepted"

// explain says what became of a candidate.
func (a *assembler) explain(c *candidate, outcome string) {
	if !a.tells(c.head) {
		return
	}
	a.noteOutcome(c, outcome)
	source := ""
	if !c.source.empty() {
		source = a.bytes(c.source.span).Of(a.text)
	}
	a.say(fmt.Sprintf("cue %q, source %q by %q, content %q, right with %.2f: %s (%s)", a.bytes(c.cue).Of(a.text), source, c.source.rule,
		a.bytes(c.content[0]).Of(a.text), linear.Sigmoid(c.worth), outcome, c.why))
}

// explainStatement says how sure a statement is and whether it is given.
func (a *assembler) explainStatement(d *draft, confidence, min float32) {
	if !a.tells(d.content[0].first) {
		return
	}
	outcome := "given"
	if confidence < min {
		outcome = fmt.Sprintf("left out: below %.2f", min)
	}
	a.say(fmt.Sprintf("statement %q by rule %s, source by %q: confidence %.2f, %s", a.bytes(d.content[0]).Of(a.text), d.rule, d.sourceRule, confidence, outcome))
}
