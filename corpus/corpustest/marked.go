package corpustest

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"onrecord/corpus"
)

// Marked text shows statements within their text:
//
//	«The mayor» <said> [the bridge was "safe"].
//	[“It is safe,”]¹ «Ada Moore»¹ <said>¹, and «the paper»² <agreed>² [that it is]².
//
// «source», <cue> and [content]. Marks with one number belong to one statement,
// wherever they stand; marks without a number belong to the one statement that
// their line has without a number. A backslash stands before a mark, a number
// behind a closing mark, or a backslash that is the text's own. Marks may lie
// within each other and may cross, unless they are of one kind.

// role is what a mark says of the words within.
type role int

const (
	source role = iota
	cue
	content
)

var (
	openers = [...]rune{'«', '<', '['}
	closers = [...]rune{'»', '>', ']'}
	numbers = []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")
)

// Read parts marked text into a document's text and its statements. They stand in
// the order of their content; kind follows from the quotation marks in it; all
// else of a statement is zero.
func Read(marked string) (*corpus.Document, error) {
	var text strings.Builder
	var open [len(openers)][]int32 // where marks of a kind began
	numbered, lines := map[string]*corpus.Statement{}, map[int]*corpus.Statement{}
	line := 0
	rest := []rune(marked)
	next := func() (r rune) { r, rest = rest[0], rest[1:]; return r }
	for len(rest) > 0 {
		r := next()
		if r == '\\' && len(rest) > 0 {
			text.WriteRune(next())
			continue
		}
		at := int32(text.Len())
		if k := indexOf(openers[:], r); k >= 0 {
			open[k] = append(open[k], at)
			continue
		}
		k := indexOf(closers[:], r)
		if k < 0 {
			text.WriteRune(r)
			if r == '\n' {
				line++
			}
			continue
		}
		if len(open[k]) == 0 {
			return nil, fmt.Errorf("line %d: %q closes nothing", line+1, r)
		}
		span := corpus.Span{Start: open[k][len(open[k])-1], End: at}
		open[k] = open[k][:len(open[k])-1]
		number := ""
		for len(rest) > 0 && indexOf(numbers, rest[0]) >= 0 {
			number += string(next())
		}
		var st *corpus.Statement
		if number != "" {
			st = numbered[number]
		} else {
			st = lines[line]
		}
		if st == nil {
			st = &corpus.Statement{}
			if number != "" {
				numbered[number] = st
			} else {
				lines[line] = st
			}
		}
		list := listOf(st, role(k))
		*list = append(*list, span)
	}
	for k, still := range open {
		if len(still) > 0 {
			return nil, fmt.Errorf("%q at byte %d of the text is not closed", openers[k], still[0])
		}
	}
	doc := &corpus.Document{Text: text.String(), Layers: corpus.Layers{Statements: []corpus.Statement{}}}
	doc.Revision = corpus.Revision(doc.Text)
	for _, st := range numbered {
		doc.Statements = append(doc.Statements, *st)
	}
	for _, st := range lines {
		doc.Statements = append(doc.Statements, *st)
	}
	for i := range doc.Statements {
		st := &doc.Statements[i]
		if len(st.Content) == 0 {
			return nil, fmt.Errorf("a statement without content: source %v, cue %v", st.Source, st.Cue)
		}
		for _, list := range [...][]corpus.Span{st.Source, st.Cue, st.Content} {
			sort.Slice(list, func(i, j int) bool { return list[i].Start < list[j].Start })
		}
		st.Kind = kindOf(doc.Text, st.Content)
	}
	sort.Slice(doc.Statements, func(i, j int) bool { return before(&doc.Statements[i], &doc.Statements[j]) })
	return doc, nil
}

func indexOf(list []rune, r rune) int {
	for i, l := range list {
		if l == r {
			return i
		}
	}
	return -1
}

func listOf(st *corpus.Statement, r role) *[]corpus.Span {
	return [...]*[]corpus.Span{source: &st.Source, cue: &st.Cue, content: &st.Content}[r]
}

// before orders statements by content, then by cue and source, so that Read does
// not depend on how it went through the marks.
func before(a, b *corpus.Statement) bool {
	for _, r := range [...]role{content, cue, source} {
		x, y := *listOf(a, r), *listOf(b, r)
		for i := 0; i < len(x) && i < len(y); i++ {
			if x[i] != y[i] {
				return x[i].Start < y[i].Start || x[i].Start == y[i].Start && x[i].End < y[i].End
			}
		}
		if len(x) != len(y) {
			return len(x) < len(y)
		}
	}
	return false
}

// kindOf: direct if quotation marks are around the whole, mixed if some are within.
func kindOf(text string, spans []corpus.Span) corpus.StatementKind {
	const marks = "\"“”"
	first, last := spans[0].Of(text), spans[len(spans)-1].Of(text)
	opening, _ := utf8.DecodeRuneInString(first)
	closing, _ := utf8.DecodeLastRuneInString(last)
	switch {
	case strings.ContainsRune(marks, opening) && strings.ContainsRune(marks, closing):
		return corpus.Direct
	case strings.ContainsAny(text[spans[0].Start:spans[len(spans)-1].End], marks):
		return corpus.Mixed
	}
	return corpus.Indirect
}

// edge is the beginning or the end of a mark.
type edge struct {
	at, other int32 // where it stands, where its partner stands
	role      role
	closes    bool
	number    string
}

// Mark is the document's text with its statements marked, as Read takes it.
func Mark(doc *corpus.Document) string {
	var edges []edge
	names := nameStatements(doc)
	for i := range doc.Statements {
		for _, r := range [...]role{source, cue, content} {
			for _, s := range *listOf(&doc.Statements[i], r) {
				edges = append(edges, edge{s.Start, s.End, r, false, ""}, edge{s.End, s.Start, r, true, names[i]})
			}
		}
	}
	// At one place marks close before others open; the longer encloses the shorter.
	sort.SliceStable(edges, func(i, j int) bool {
		a, b := edges[i], edges[j]
		switch {
		case a.at != b.at:
			return a.at < b.at
		case a.closes != b.closes:
			return a.closes
		case a.other != b.other:
			return a.other > b.other
		case a.closes:
			return a.role < b.role // the mirror of the order below
		}
		return a.role > b.role
	})
	var out strings.Builder
	last := int32(0)
	for _, e := range edges {
		escape(&out, doc.Text[last:e.at])
		last = e.at
		if e.closes {
			out.WriteRune(closers[e.role])
			out.WriteString(e.number)
		} else {
			out.WriteRune(openers[e.role])
		}
	}
	escape(&out, doc.Text[last:])
	return out.String()
}

// nameStatements gives numbers to the statements that are not alone in their line.
func nameStatements(doc *corpus.Document) []string {
	names := make([]string, len(doc.Statements))
	var lines []int // where lines begin
	for i := range len(doc.Text) {
		if doc.Text[i] == '\n' {
			lines = append(lines, i)
		}
	}
	lineOf := func(at int32) int { return sort.SearchInts(lines, int(at)) }
	users := map[int]int{} // statements that have a mark in the line
	span := make([][2]int, len(doc.Statements))
	for i := range doc.Statements {
		first, last := 1<<30, -1
		for _, r := range [...]role{source, cue, content} {
			for _, s := range *listOf(&doc.Statements[i], r) {
				first, last = min(first, lineOf(s.Start)), max(last, lineOf(s.End))
			}
		}
		span[i] = [2]int{first, last}
		for l := first; l <= last; l++ {
			users[l]++
		}
	}
	number := 0
	for i, s := range span {
		if s[0] == s[1] && users[s[0]] == 1 {
			continue
		}
		number++
		for _, digit := range fmt.Sprint(number) {
			names[i] += string(numbers[digit-'0'])
		}
	}
	return names
}

// escape writes a piece of the text itself.
func escape(out *strings.Builder, piece string) {
	for _, r := range piece {
		if r == '\\' || indexOf(openers[:], r) >= 0 || indexOf(closers[:], r) >= 0 || indexOf(numbers, r) >= 0 {
			out.WriteRune('\\')
		}
		out.WriteRune(r)
	}
}
