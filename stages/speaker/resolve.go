package speaker

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"onrecord/corpus"
)

// rule is the name of what decided.
type rule string

// confidences are the shares of right answers of each rule, given the right source, on the
// half of the labelled training articles that may be read (see MODEL.md): the mean of
// articles, drawn towards a plain guess where these are few.
var confidences = map[rule]float32{
	"name":                0.8,
	"surname":             0.99,
	"apposition":          0.9,
	"joined":              0.87,
	"it-goes-on":          0.8,
	"relative":            0.65,
	"author":              0.82,
	"interview":           0.8,
	"quoted-first-person": 0.9,
	"pronoun":             0.9,
	"they":                0.47,
	"it":                  0.47,
	"role":                0.76,
	"kin":                 0.8,
	"words":               0.8,
	"organization":        0.63,
	"same-description":    0.6,
	"present":             0.73,
	"pair":                0.7,
	"lead":                0.7,
	"description":         0.55,
	"continued":           0.8,
	"participle":          0.9,
	"announced":           0.7,
	"none":                0.78,
}

// kindConfidences are those of rules whose answers are right more or less often by the kind of
// speaker.
var kindConfidences = map[rule]map[corpus.SpeakerKind]float32{
	"name":             {corpus.KindPerson: 0.99, corpus.KindGroup: 0.7},
	"description":      {corpus.KindGroup: 0.81, corpus.KindOrganization: 0.7, corpus.KindUnnamed: 0.5},
	"same-description": {corpus.KindGroup: 0.77, corpus.KindUnnamed: 0.3},
}

// What the labels say against the chains of coreference, by which rankings are calibrated:
// how often who is rightly chosen is also rightly named.
const (
	personNamed   = 0.97
	referentNamed = 0.65
)

// confidence is the calibrated probability that an answer is right, given the right source.
func (a *article) confidence(ans answer) float32 {
	if a.model != nil {
		switch ans.rule {
		case "pronoun":
			return float32(personNamed * a.model.sure.At(a.sure[ans.at]))
		case "they", "it":
			return float32(referentNamed * a.model.sureReferent.At(a.sure[ans.at]))
		}
	}
	if ans.figure != nobody {
		if c, ok := kindConfidences[ans.rule][a.figures[ans.figure].kind]; ok {
			return c
		}
	}
	return confidences[ans.rule]
}

// resolve answers every statement of the article, in order.
func (a *article) resolve(say func(string)) []answer {
	statements := a.doc.Statements
	answers := make([]answer, len(statements))
	a.spoke = nobody
	for n := range statements {
		st := &statements[n]
		ans := noAnswer
		a.considered = a.considered[:0]
		switch {
		case len(st.Source) > 0:
			ans = a.phrase(a.tokens(st.Source[0]))
			for more := 1; ans.figure == nobody && ans.rule == "none" && more < len(st.Source); more++ {
				ans = a.phrase(a.tokens(st.Source[more]))
			}
			if ans.rule == "quoted-first-person" {
				ans = a.enclosing(answers, n)
			}
		default:
			ans = a.unsourced(answers, n)
		}
		answers[n] = ans
		if len(a.considered) > 0 && weighs[ans.rule] {
			answers[n].weighed = a.listConsidered()
		}
		if a.spoke = ans.figure; len(st.Source) > 0 {
			a.spokeIn = a.sentence[min(a.tokens(st.Source[0]).Start, int32(len(a.sentence))-1)]
		} else {
			a.spokeIn = st.Sentence
		}
	}
	a.announce(answers)
	for n := range answers {
		a.complete(&answers[n])
		if say != nil {
			say(a.explanation(n, answers[n]))
		}
	}
	return answers
}

// enclosing is whoever says the quotation in which the source of statement n stands.
func (a *article) enclosing(answers []answer, n int) answer {
	source := a.doc.Statements[n].Source[0]
	for m := n; m >= 0; m-- {
		if m == n {
			continue
		}
		for _, c := range a.doc.Statements[m].Content {
			if c.Contains(source) && answers[m].figure != nobody {
				return answer{figure: answers[m].figure, how: corpus.HowPronoun, rule: "quoted-first-person"}
			}
		}
	}
	if n > 0 && answers[n-1].figure != nobody && a.block(n) == a.block(n-1) {
		return answer{figure: answers[n-1].figure, how: corpus.HowPronoun, rule: "quoted-first-person"}
	}
	return noAnswer
}

// unsourced finds the speaker of a statement without a source: a quotation or a
// participle that goes on from the statement before.
func (a *article) unsourced(answers []answer, n int) answer {
	st := &a.doc.Statements[n]
	if len(st.Cue) > 0 {
		return a.verbWithout(answers, n)
	}
	if n == 0 || answers[n-1].figure == nobody {
		return noAnswer
	}
	before := &a.doc.Statements[n-1]
	if st.Kind == corpus.Indirect {
		return noAnswer
	}
	near := a.block(n) - a.block(n-1)
	if near == 0 || near == 1 && before.Kind != corpus.Indirect && a.opens(st) {
		return answer{figure: answers[n-1].figure, how: corpus.HowContinued, rule: "continued"}
	}
	return noAnswer
}

// verbWithout finds the speaker of a statement whose cue has no subject of its own: a
// participle, or a verb joined to the one before, goes on from the statement before it in
// the sentence, or else from the sentence's last subject.
func (a *article) verbWithout(answers []answer, n int) answer {
	st := &a.doc.Statements[n]
	cue := a.tokens(st.Cue[0])
	if cue.Len() == 0 {
		return noAnswer
	}
	first := a.bounds(cue.Start).Start
	participle := a.tag(cue.Start) == corpus.VBG
	if !participle && !(a.isPresentOrPast(cue.Start) && cue.Start > first && a.tag(cue.Start-1) == corpus.CC) {
		return noAnswer
	}
	ans := answer{figure: nobody, how: corpus.HowContinued, rule: "participle"}
	if n > 0 && a.sentence[cue.Start] == a.doc.Statements[n-1].Sentence && a.doc.Statements[n-1].Content[0].Start < st.Cue[0].Start {
		ans.figure = answers[n-1].figure
	}
	if ans.figure == nobody {
		ans.figure = a.subjectBefore(cue.Start)
	}
	if ans.figure == nobody {
		return noAnswer
	}
	return ans
}

func (a *article) isPresentOrPast(i int32) bool {
	t := a.tag(i)
	return t == corpus.VBD || t == corpus.VBZ || t == corpus.VBP
}

// subjectBefore is who is the last subject before token i in its sentence, outside
// quotation marks.
func (a *article) subjectBefore(i int32) int32 {
	for j := i - 1; j >= a.bounds(i).Start; j-- {
		s, who := corpus.Span{Start: j, End: j + 1}, int32(nobody)
		if e := a.entity[j]; e != nobody && a.entities[e].End == j+1 {
			s, who = a.entities[e].Span, a.who[e]
		} else if w, ok := a.pronouns[j]; ok && a.tag(j) == corpus.PRP {
			who = w
		}
		if who != nobody && !a.quoted[j] && (a.source[s.Start] || a.isSubject(s)) {
			return who
		}
	}
	return nobody
}

// opens reports whether a statement is a paragraph of nothing but quotation.
func (a *article) opens(st *corpus.Statement) bool {
	b := a.doc.Blocks[a.blockAt(st.Content[0].Start)]
	return st.Kind == corpus.Direct && strings.TrimSpace(a.doc.Text[b.Start:st.Content[0].Start]) == ""
}

// announce gives a quotation still without a speaker the one of the statement right
// after it in the same paragraph: "..." "...," she said.
func (a *article) announce(answers []answer) {
	for n := len(answers) - 2; n >= 0; n-- {
		st := &a.doc.Statements[n]
		if answers[n].figure == nobody && len(st.Source) == 0 && len(st.Cue) == 0 && st.Kind == corpus.Direct &&
			answers[n+1].figure != nobody && a.block(n) == a.block(n+1) && a.doc.Statements[n+1].Kind != corpus.Indirect {
			answers[n] = answer{figure: answers[n+1].figure, how: corpus.HowContinued, rule: "announced"}
		}
	}
}

func (a *article) block(n int) int { return a.blockAt(a.doc.Statements[n].Content[0].Start) }

// blockAt is the index of the block that holds a byte.
func (a *article) blockAt(at int32) int {
	low, high := 0, len(a.doc.Blocks)-1
	for low < high {
		if mid := (low + high + 1) / 2; a.doc.Blocks[mid].Start <= at {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return low
}

// complete adds the role.
func (a *article) complete(ans *answer) {
	if ans.figure == nobody {
		ans.how = corpus.HowNone
		return
	}
	if roles := a.figures[ans.figure].roles; len(roles) > 0 {
		ans.role = roles[0]
	}
}

// scored is somebody whom a rule weighed.
type scored struct {
	figure int32
	score  float64
}

// consider notes whom a rule weighs, if reasons are asked for.
func (a *article) consider(figure int32, score float64) {
	if a.reasons == nil {
		return
	}
	for n := range a.considered {
		if x := &a.considered[n]; x.figure == figure {
			x.score = max(x.score, score)
			return
		}
	}
	a.considered = append(a.considered, scored{figure, score})
}

// weighs are the rules that choose among several by a score.
var weighs = map[rule]bool{"role": true, "present": true, "organization": true}

// listConsidered writes those weighed most.
func (a *article) listConsidered() string {
	slices.SortStableFunc(a.considered, func(x, y scored) int { return cmp.Compare(y.score, x.score) })
	var parts []string
	for _, c := range a.considered[:min(len(a.considered), candidatesShown)] {
		parts = append(parts, fmt.Sprintf("%q %.2f", a.figures[c.figure].name, c.score))
	}
	return strings.Join(parts, ", ")
}

func (a *article) explanation(n int, ans answer) string {
	st := &a.doc.Statements[n]
	source := "no source"
	if len(st.Source) > 0 {
		source = fmt.Sprintf("source %q", st.Source[0].Of(a.doc.Text))
	}
	if ans.figure == nobody {
		return fmt.Sprintf("speaker: statement %d, %s: nobody (rule %s)", n+1, source, ans.rule)
	}
	f := &a.figures[ans.figure]
	line := fmt.Sprintf("speaker: statement %d, %s: %s %q by rule %s, confidence %.2f", n+1, source, f.kind, f.name, ans.rule, a.confidence(ans))
	if reason := a.reasons[ans.at]; (ans.rule == "pronoun" || ans.rule == "they" || ans.rule == "it") && reason != "" {
		line += "; candidates " + reason
	}
	if ans.weighed != "" {
		line += "; weighed " + ans.weighed
	}
	if len(f.aliases) > 0 {
		line += fmt.Sprintf("; also called %q", f.aliases)
	}
	if len(f.roles) > 0 {
		line += fmt.Sprintf("; roles %q", f.roles)
	}
	return line
}
