package quote

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
)

// tally counts right, given and wanted.
type tally struct{ right, given, wanted int }

func (t *tally) precision() float64 { return percent(t.right, t.given) }
func (t *tally) recall() float64    { return percent(t.right, t.wanted) }
func (t *tally) f1() float64        { return percent(2*t.right, t.given+t.wanted) }

func percent(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return 100 * float64(a) / float64(b)
}

// scores are the figures by which attribution is judged: see relation below.
type scores struct {
	exact, overlap [3]tally // content, source, cue
	relation       tally
	related, found [3]tally // by corpus.StatementKind of the wanted content
	rules          map[string]*tally
}

var roleNames = [...]string{"content", "source", "cue"}

func (s *scores) String() string {
	var b strings.Builder
	for i, n := range roleNames {
		fmt.Fprintf(&b, "%-8s exact %.1f (p %.1f r %.1f)  overlap %.1f (p %.1f r %.1f)\n", n, s.exact[i].f1(), s.exact[i].precision(), s.exact[i].recall(), s.overlap[i].f1(), s.overlap[i].precision(), s.overlap[i].recall())
	}
	fmt.Fprintf(&b, "relation %.1f (p %.1f r %.1f)\n", s.relation.f1(), s.relation.precision(), s.relation.recall())
	for k := corpus.Direct; ; k-- {
		fmt.Fprintf(&b, "%-8s found %.1f related %.1f source of found %.1f (%d)\n", k, s.found[k].recall(), s.related[k].recall(), percent(s.related[k].right, s.found[k].right), s.found[k].wanted)
		if k == 0 {
			break
		}
	}
	return b.String()
}

// add scores one article: spans exactly (white space and a final comma or full
// stop aside) and by characters; relations by contents that overlap with Jaccard
// of at least one half, one to one, best first, whose sources do too or are both
// absent.
func (s *scores) add(a *lesson, given []corpus.Statement) {
	rows := kept(a, given)
	for role := range roleNames {
		wanted, have := map[corpus.Span]bool{}, map[corpus.Span]bool{}
		var w, h []corpus.Span
		for _, x := range a.Attributions {
			for _, sp := range [...][]corpus.Span{x.Content, x.Source, x.Cue}[role] {
				wanted[trimmed(a.Text, sp)] = true
				w = append(w, sp)
			}
		}
		for _, x := range rows {
			for _, sp := range [...][]corpus.Span{x.Content, x.Source, x.Cue}[role] {
				have[trimmed(a.Text, sp)] = true
				h = append(h, sp)
			}
		}
		e := &s.exact[role]
		e.given, e.wanted = e.given+len(have), e.wanted+len(wanted)
		for sp := range have {
			if wanted[sp] {
				e.right++
			}
		}
		o, wc, hc := &s.overlap[role], chars(w), chars(h)
		o.given, o.wanted = o.given+len(hc), o.wanted+len(wc)
		for i := range hc {
			if wc[i] {
				o.right++
			}
		}
	}
	s.relate(a, rows)
}

// kept are the statements that do not lie in what the annotators left out.
func kept(a *lesson, given []corpus.Statement) []corpus.Statement {
	discard := chars(a.Discard)
	var rows []corpus.Statement
	for _, g := range given {
		if !subset(chars(g.Content), discard) {
			rows = append(rows, g)
		}
	}
	return rows
}

func (s *scores) relate(a *lesson, rows []corpus.Statement) {
	s.relation.given += len(rows)
	for i, j := range matches(a, rows) {
		x := a.Attributions[i]
		if len(x.Content) == 0 {
			continue
		}
		k := kindOf(a.Text, x.Content)
		s.relation.wanted++
		s.related[k].wanted++
		s.found[k].wanted++
		if j < 0 {
			continue
		}
		s.found[k].right++
		if sameSource(x, rows[j]) {
			s.related[k].right++
			s.relation.right++
			if s.rules != nil {
				s.rule(rows[j].Rule).right++
			}
		}
	}
	if s.rules != nil {
		for _, r := range rows {
			s.rule(r.Rule).given++
		}
	}
}

func (s *scores) rule(name string) *tally {
	if s.rules[name] == nil {
		s.rules[name] = &tally{}
	}
	return s.rules[name]
}

func sameSource(x gold.Attribution, st corpus.Statement) bool {
	return jaccard(chars(x.Source), chars(st.Source)) >= 0.5
}

// matches gives for every wanted attribution the index of the statement that
// found it, or -1.
func matches(a *lesson, rows []corpus.Statement) []int {
	type pair struct {
		value float64
		i, j  int
	}
	var pairs []pair
	sets := make([]map[int32]bool, len(rows))
	for j, r := range rows {
		sets[j] = chars(r.Content)
	}
	for i, x := range a.Attributions {
		c := chars(x.Content)
		for j := range rows {
			if v := jaccard(c, sets[j]); v >= 0.5 && len(c) > 0 {
				pairs = append(pairs, pair{v, i, j})
			}
		}
	}
	slices.SortFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.value, x.value), cmp.Compare(y.i, x.i), cmp.Compare(y.j, x.j))
	})
	out := make([]int, len(a.Attributions))
	for i := range out {
		out[i] = -1
	}
	used := map[int]bool{}
	for _, p := range pairs {
		if out[p.i] < 0 && !used[p.j] {
			out[p.i], used[p.j] = p.j, true
		}
	}
	return out
}

func chars(spans []corpus.Span) map[int32]bool {
	out := map[int32]bool{}
	for _, s := range spans {
		for i := s.Start; i < s.End; i++ {
			out[i] = true
		}
	}
	return out
}

func subset(a, b map[int32]bool) bool {
	for i := range a {
		if !b[i] {
			return false
		}
	}
	return true
}

func jaccard(a, b map[int32]bool) float64 {
	both := 0
	for i := range a {
		if b[i] {
			both++
		}
	}
	if union := len(a) + len(b) - both; union > 0 {
		return float64(both) / float64(union)
	}
	return 1
}

func trimmed(text string, s corpus.Span) corpus.Span {
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.Start += int32(n)
	}
	for s.Start < s.End {
		r, n := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) && r != ',' && r != '.' {
			break
		}
		s.End -= int32(n)
	}
	return s
}

// kindOf is the kind of a labelled content: only double marks count.
func kindOf(text string, content []corpus.Span) corpus.StatementKind {
	var b strings.Builder
	for _, s := range content {
		b.WriteString(s.Of(text))
	}
	const marks = "\"“”"
	t := strings.TrimSpace(b.String())
	if !strings.ContainsAny(t, marks) {
		return corpus.Indirect
	}
	ends := func(s string) bool {
		r, _ := utf8.DecodeLastRuneInString(s)
		return strings.ContainsRune(marks, r)
	}
	first, _ := utf8.DecodeRuneInString(t)
	if strings.ContainsRune(marks, first) && (ends(t) || ends(strings.TrimRight(t, ".,"))) {
		return corpus.Direct
	}
	return corpus.Mixed
}
