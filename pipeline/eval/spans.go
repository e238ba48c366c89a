package eval

import (
	"slices"
	"strings"
	"unicode"
)

// region is a set of characters: spans in order that neither overlap nor touch.
type region []Span

func regionOf(spans []Span) region {
	sorted := slices.Clone(spans)
	slices.SortFunc(sorted, compareSpans)
	var out region
	for _, s := range sorted {
		switch last := len(out) - 1; {
		case s.Start >= s.End:
		case last >= 0 && s.Start <= out[last].End:
			out[last].End = max(out[last].End, s.End)
		default:
			out = append(out, s)
		}
	}
	return out
}

func compareSpans(a, b Span) int {
	if a.Start != b.Start {
		return a.Start - b.Start
	}
	return a.End - b.End
}

func (r region) size() int {
	n := 0
	for _, s := range r {
		n += s.End - s.Start
	}
	return n
}

// common is the number of characters in both.
func (r region) common(o region) int {
	n := 0
	for i, j := 0, 0; i < len(r) && j < len(o); {
		n += max(0, min(r[i].End, o[j].End)-max(r[i].Start, o[j].Start))
		if r[i].End < o[j].End {
			i++
		} else {
			j++
		}
	}
	return n
}

// jaccard is the share of the characters of either that are in both; 1 for two
// empty regions, which agree that there is nothing.
func (r region) jaccard(o region) float64 {
	both := r.common(o)
	either := r.size() + o.size() - both
	if either == 0 {
		return 1
	}
	return float64(both) / float64(either)
}

// within reports whether every character of r is in o.
func (r region) within(o region) bool { return r.common(o) == r.size() }

// trim leaves white space at both ends, and a comma or full stop at the end, out
// of a span: annotators differ on them without meaning anything by it.
func trim(text []rune, s Span) Span {
	for s.Start < s.End && isSpace(text[s.Start]) {
		s.Start++
	}
	for s.End > s.Start && (isSpace(text[s.End-1]) || text[s.End-1] == ',' || text[s.End-1] == '.') {
		s.End--
	}
	return s
}

// isSpace follows Python's str.isspace, which also counts the information separators.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

const doubleQuotes = "\"“”"

// kinds of content by their quotation marks, in the order of kindNames.
const (
	direct = iota
	mixed
	indirect
	numKinds
)

var kindNames = [numKinds]string{"direct", "mixed", "indirect"}

// kindOf calls a content direct if it begins and ends with a quotation mark, mixed
// if it holds one elsewhere.
func kindOf(text []rune, content []Span) int {
	var b strings.Builder
	for _, s := range content {
		b.WriteString(string(text[s.Start:s.End]))
	}
	t := strings.TrimFunc(b.String(), isSpace)
	if !strings.ContainsAny(t, doubleQuotes) {
		return indirect
	}
	body := strings.TrimRight(t, ".,")
	quoted := func(s string) bool { return strings.TrimRight(s, doubleQuotes) != s }
	if strings.TrimLeft(t, doubleQuotes) != t && (quoted(body) || quoted(t)) {
		return direct
	}
	return mixed
}
