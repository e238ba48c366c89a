package quote

import (
	"unicode"
	"unicode/utf8"

	"onrecord/corpus"
)

const turnRule = "turn"

// turn is a paragraph that begins with a label.
type turn struct {
	label, mark, content span // mark is what stands behind the label
	named                bool // a name in ordinary letters, which may be anything else as well
}

// turns finds the turns of an interview or transcript: paragraphs that begin with the
// speaker's name, or Q and A, and a colon. One label alone may be anything
// ("CORRECTION:"); turns come back. Names in ordinary letters must be two at least that
// come back, and what they say must mostly be clauses, unlike the rows of a table.
func (a *assembler) turns(doc *corpus.Document) {
	a.labelled = a.labelled[:0]
	i := 0
	for b := range doc.Blocks {
		for i < len(a.tokens) && a.tokens[i].Start < doc.Blocks[b].Start {
			i++
		}
		end := i
		for end < len(a.tokens) && a.tokens[end].Start < doc.Blocks[b].End {
			end++
		}
		if t, ok := a.turn(span{int32(i), int32(end)}); ok {
			a.labelled = append(a.labelled, t)
		}
		i = end
	}
	a.keepTurns()
	if len(a.labelled) == 0 {
		return
	}
	stretches := make([]span, len(a.labelled))
	for i, t := range a.labelled {
		stretches[i] = span{t.label.first, t.content.end}
	}
	a.dropWithin(stretches...)
	for _, t := range a.labelled {
		a.claim(t.content, int32(len(a.statements)))
		a.statements = append(a.statements, draft{head: -1, rule: turnRule, cue: t.mark, source: t.label, sourceRule: "label", content: []span{t.content}})
	}
}

// keepTurns leaves of the labelled paragraphs those that are turns.
func (a *assembler) keepTurns() {
	capitals, names, clauses, speakers := false, 0, 0, 0
	for i := range a.labelled {
		t := &a.labelled[i]
		switch back := a.comesBack(i); {
		case !t.named:
			capitals = capitals || back
		case back:
			names++
			if a.finiteBefore(t.content.end, t.content) {
				clauses++
			}
			if a.first(i) {
				speakers++
			}
		}
	}
	named := speakers >= 2 && 2*clauses >= names
	kept := a.labelled[:0]
	for i, t := range a.labelled {
		if !t.named && capitals || t.named && named && a.comesBack(i) {
			kept = append(kept, t)
		}
	}
	a.labelled = kept
}

// turnReach is within how many labelled paragraphs a speaker comes back.
const turnReach = 8

// comesBack reports whether another labelled paragraph near the i-th is of the same speaker.
func (a *assembler) comesBack(i int) bool {
	for k := max(0, i-turnReach+1); k < min(len(a.labelled), i+turnReach); k++ {
		if k != i && a.sameSpeaker(a.labelled[i].label, a.labelled[k].label) {
			return true
		}
	}
	return false
}

// first reports whether no labelled paragraph before the i-th is of its speaker.
func (a *assembler) first(i int) bool {
	for k := max(0, i-turnReach+1); k < i; k++ {
		if a.sameSpeaker(a.labelled[i].label, a.labelled[k].label) {
			return false
		}
	}
	return true
}

// sameSpeaker reports whether two labels name the same: they are equal, or one is the
// surname in the other, "JANE ROE, HOST" and "ROE".
func (a *assembler) sameSpeaker(x, y span) bool {
	if a.bytes(x).Of(a.text) == a.bytes(y).Of(a.text) {
		return true
	}
	if x.end-x.first > 1 {
		x, y = y, x
	}
	if x.end-x.first > 1 || a.tokens[x.first].Len() < 3 {
		return false
	}
	for i := y.first + 1; i < y.end; i++ {
		if a.tokens[i].Of(a.text) == a.tokens[x.first].Of(a.text) {
			return true
		}
	}
	return false
}

// turn reads the paragraph of tokens s.
func (a *assembler) turn(s span) (turn, bool) {
	const longest = 7 // tokens of a name with its title
	colon := s.first
	for colon < s.end && colon < s.first+longest && a.text[a.tokens[colon].Start] != ':' {
		colon++
	}
	if q, ok := a.questionOrAnswer(s); ok {
		return q, true
	}
	if colon == s.first || colon+1 >= s.end || a.text[a.tokens[colon].Start] != ':' {
		return turn{}, false
	}
	t := turn{label: span{s.first, colon}, mark: span{colon, colon + 1}, content: a.trim(span{colon + 1, s.end})}
	ok := a.speakerLabel(t.label)
	if !ok {
		t.named = true
		ok = a.nameLabel(t.label)
	}
	return t, ok && !t.content.empty()
}

// questionOrAnswer reads "Q. Did it rain?", whose mark is a full stop.
func (a *assembler) questionOrAnswer(s span) (turn, bool) {
	if s.end-s.first < 2 {
		return turn{}, false
	}
	t := turn{label: span{s.first, s.first + 1}, mark: span{s.first + 1, s.first + 2}, content: a.trim(span{s.first + 2, s.end})}
	switch first, second := a.tokens[s.first].Of(a.text), a.tokens[s.first+1].Of(a.text); {
	case (first == "Q" || first == "A") && second == ".":
	case first == "Q." || first == "A.":
		t.mark, t.content = span{}, a.trim(span{s.first + 1, s.end})
	default:
		return turn{}, false
	}
	return t, !t.content.empty()
}

// speakerLabel reports whether a stretch before a colon names who speaks: Q, A,
// or words in capitals.
func (a *assembler) speakerLabel(s span) bool {
	letters := 0
	for i := s.first; i < s.end; i++ {
		word := a.tokens[i].Of(a.text)
		for _, r := range word {
			if unicode.IsLower(r) {
				return false
			}
			if unicode.IsLetter(r) {
				letters++
			}
		}
	}
	first := a.tokens[s.first].Of(a.text)
	return letters > 1 || s.end-s.first == 1 && (first == "Q" || first == "A")
}

// nameLabel reports whether a stretch before a colon may be a name: up to four words
// that begin with a capital letter.
func (a *assembler) nameLabel(s span) bool {
	const longest = 4
	if s.end-s.first > longest {
		return false
	}
	for i := s.first; i < s.end; i++ {
		if r, _ := utf8.DecodeRuneInString(a.tokens[i].Of(a.text)); !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}
