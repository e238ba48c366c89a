package quote

import (
	"strings"
	"unicode"

	"onrecord/corpus"
)

// quotation is a stretch of one paragraph between two quotation marks, the marks
// included. A quotation over several paragraphs, each with its own opening mark,
// is one quotation a paragraph: all but the last are open and all but the first
// are continued.
type quotation struct {
	corpus.Span
	shape     shape // of its opening mark
	depth     uint8 // 0: outermost
	open      bool  // no closing mark: it ends with the paragraph, or before the mark that opens the next one
	continued bool  // goes on from an open one in the paragraph before
}

// maxDepth bounds nesting: deeper opening marks are taken for ordinary characters.
const maxDepth = 4

// pending is a quotation that waits for its closing mark.
type pending struct {
	mark      int // index of the opening mark
	quotation int // index into pairer.found
	shape     shape
}

// pairer finds the quotations of a text. It owns its memory and serves one text
// after the other; it is not for concurrent use.
type pairer struct {
	text  string
	marks []mark
	next  []int32 // for every mark, the next one of the same weight, or -1
	stack [maxDepth]pending
	depth int
	found []quotation

	// carried is the index of the open outermost quotation that the paragraph
	// before ended in, or -1.
	carried int
}

// pair returns the quotations of the text's paragraphs, ordered by their start;
// an outer one stands before those inside it. The slice is valid until the next
// call. Time is linear in the length of the text.
func (p *pairer) pair(text string, blocks []corpus.Block) []quotation {
	p.text, p.found, p.carried = text, p.found[:0], -1
	for i := range blocks {
		if blocks[i].Kind == corpus.Boilerplate {
			continue
		}
		p.paragraph(blocks[i].Span)
	}
	return p.found
}

// paragraph pairs the marks of one paragraph. A quotation that stays open is
// kept only if its mark cannot be anything else, and never leaves the paragraph.
func (p *pairer) paragraph(at corpus.Span) {
	first := len(p.found)
	p.scan(at)
	p.depth = 0
	for i := range p.marks {
		p.read(i)
	}
	for p.depth > 0 {
		p.abandon(at.End)
	}
	p.finish(first, at)
}

// finish drops what turned out to be no quotation, settles the depths, and ties
// the first quotation to an open one of the paragraph before.
func (p *pairer) finish(first int, at corpus.Span) {
	kept := p.found[:first]
	var ends [maxDepth + 1]int32 // of the quotations around
	depth := 0
	for _, q := range p.found[first:] {
		if q.End <= q.Start {
			continue
		}
		for depth > 0 && ends[depth-1] <= q.Start {
			depth--
		}
		q.depth = uint8(depth)
		ends[depth] = q.End
		depth++
		kept = append(kept, q)
	}
	p.found = kept
	last := -1
	for i := len(kept) - 1; i >= first && last < 0; i-- {
		if kept[i].depth == 0 {
			last = i
		}
	}
	if last < 0 {
		p.carried = -1
		return
	}
	if p.carried >= 0 && kept[first].shape == kept[p.carried].shape && p.begins(kept[first].Start, at) {
		kept[first].continued = true
	}
	p.carried = -1
	if kept[last].open && kept[last].End == trimEnd(p.text, at) {
		p.carried = last
	}
}

// begins reports whether nothing but white space stands before pos in the paragraph.
func (p *pairer) begins(pos int32, at corpus.Span) bool {
	return strings.TrimSpace(p.text[at.Start:pos]) == ""
}

func trimEnd(text string, at corpus.Span) int32 {
	return at.Start + int32(len(strings.TrimRightFunc(text[at.Start:at.End], unicode.IsSpace)))
}

// read decides on one mark: it opens a quotation, closes one, or is no mark.
func (p *pairer) read(i int) {
	m := &p.marks[i]
	switch m.shape.weight() {
	case double:
		p.readDouble(i, m)
	case single:
		p.readSingle(i, m)
	default:
		p.readAngled(i, m)
	}
}

func (p *pairer) readDouble(i int, m *mark) {
	top := p.top(double)
	if m.measure && (top < 0 || p.closesLater(i)) {
		return
	}
	switch m.shape {
	case lowDouble:
		p.push(i)
		return
	case leftDouble:
		switch {
		case top >= 0 && p.stack[top].shape == lowDouble:
			p.close(top, i)
		case top >= 0 && m.closes() && !m.opens():
			p.close(top, i) // faces the wrong way
		case top >= 0 && isBlankOrEnd(m.next):
			p.close(top, i)
		case top >= 0 && p.aroundCurly(top, i):
			p.push(i)
		default:
			p.reopen(i, top)
		}
		return
	case rightDouble:
		switch {
		case top >= 0 && !(m.opens() && !m.closes() && p.closesLater(i)):
			p.close(top, i)
		case !m.closes() && p.closesLater(i):
			p.reopen(i, top) // faces the wrong way, and another closes what it opens
		}
		return
	}
	opens, closes := m.opens(), m.closes()
	switch {
	case top < 0 && (opens || !closes) && m.next != 0:
		p.push(i)
	case top < 0: // closes what was never opened: no mark
	case isDigit(m.prev) && !opens && p.stack[top].shape == straightDouble && p.inches(i):
		// 12" pipe: the mark that closes the quotation is still to come
	case opens && !closes:
		p.reopen(i, top)
	case !opens && !closes && p.stack[top].shape != straightDouble && p.closesLater(i):
		p.push(i)
	default:
		p.close(top, i)
	}
}

// reopen takes mark i for an opening one although a quotation of its weight may
// be open: either it is nested, which two closing marks in a row show, or the
// one before was never closed.
func (p *pairer) reopen(i, top int) {
	if top >= 0 && !p.closesTwice(i) {
		for p.depth > top {
			p.abandon(p.marks[i].start)
		}
	}
	p.push(i)
}

// aroundCurly reports whether left mark i opens a quotation within a straight one that
// began the paragraph: whoever quotes a whole text keeps its curly marks.
func (p *pairer) aroundCurly(top, i int) bool {
	o := p.stack[top]
	return o.shape == straightDouble && p.marks[o.mark].prev == 0 && p.closesLater(i) && p.marks[p.next[i]].shape == rightDouble
}

// closesLater reports whether the next mark of the same weight can only close.
func (p *pairer) closesLater(i int) bool {
	j := p.next[i]
	return j >= 0 && p.isClosing(int(j))
}

func (p *pairer) closesTwice(i int) bool {
	j := p.next[i]
	return j >= 0 && p.isClosing(int(j)) && p.closesLater(int(j))
}

func (p *pairer) isClosing(i int) bool {
	m := &p.marks[i]
	switch m.shape {
	case leftDouble, lowDouble:
		return false
	case rightDouble, rightSingle:
		return m.closes() || !m.opens()
	}
	return m.closes() && !m.opens()
}

// inches reports whether straight mark i, after a digit, is a measure: another
// one closes before any opens.
func (p *pairer) inches(i int) bool {
	m := &p.marks[i]
	return unicode.IsSpace(m.next) && p.closesLater(i) && !p.closesTwice(i)
}

func (p *pairer) readSingle(i int, m *mark) {
	top := p.top(single)
	if m.elision && !(top >= 0 && m.closes() && !m.opens()) {
		return
	}
	opens, closes := m.opens(), m.closes()
	switch {
	case m.shape == lowSingle:
		if opens && !closes {
			p.push(i)
		}
	case top >= 0 && closes && !(opens && m.shape == leftSingle):
		if !p.apostrophe(i, m) {
			p.close(top, i)
		}
	case top >= 0 && isBlankOrEnd(m.next) && m.shape != leftSingle && p.stack[top].shape == m.shape:
		p.close(top, i) // ' text '
	case !opens: // the apostrophe of a plural or a clipped word
	case m.shape == rightSingle:
		if top < 0 && p.closesLater(i) && p.marks[p.next[i]].afterStop() {
			p.push(i) // faces the wrong way
		}
	default:
		p.reopen(i, top)
	}
}

// apostrophe tells the end of "the workers' rights" and "goin' home" within an
// open single quotation from its closing mark: the true one is still to come,
// after punctuation.
func (p *pairer) apostrophe(i int, m *mark) bool {
	j := p.next[i]
	if m.prev != 's' && m.prev != 'n' || j < 0 || !unicode.IsSpace(m.next) && p.marks[j].start != m.end+1 {
		return false
	}
	return p.isClosing(int(j)) && p.marks[j].afterStop()
}

// readAngled handles guillemets: whichever way the first one points, its
// opposite closes.
func (p *pairer) readAngled(i int, m *mark) {
	top := p.top(m.shape.weight())
	if top >= 0 && p.stack[top].shape != m.shape {
		p.close(top, i)
		return
	}
	if m.next == 0 {
		return
	}
	p.reopen(i, top)
}

// top is the stack position of the innermost open quotation of the weight, or -1.
func (p *pairer) top(w weight) int {
	for d := p.depth - 1; d >= 0; d-- {
		switch open := p.stack[d].shape.weight(); {
		case open == w:
			return d
		case w == single && open != single:
			return -1 // an apostrophe inside a quotation never closes one around it
		}
	}
	return -1
}

func (p *pairer) push(i int) {
	if p.depth == maxDepth {
		return
	}
	m := &p.marks[i]
	p.stack[p.depth] = pending{mark: i, quotation: len(p.found), shape: m.shape}
	p.depth++
	p.found = append(p.found, quotation{Span: corpus.Span{Start: m.start}, shape: m.shape})
}

// close ends the quotation at stack position top with mark i, unless there is
// nothing between the marks. Those inside it that were not closed were none.
func (p *pairer) close(top, i int) {
	o := p.stack[top]
	p.depth = top
	if strings.TrimSpace(p.text[p.marks[o.mark].end:p.marks[i].start]) != "" {
		p.found[o.quotation].End = p.marks[i].end
	}
}

// abandon ends the innermost open quotation without a closing mark. A single mark
// was an apostrophe, and a mark within another quotation a slip; an outermost
// double one is speech whose end is lost.
func (p *pairer) abandon(end int32) {
	p.depth--
	o := p.stack[p.depth]
	q := &p.found[o.quotation]
	if o.shape.weight() == single && !p.leads(o.mark) {
		return
	}
	for d := 0; d < p.depth; d++ {
		if p.stack[d].shape.weight() != single {
			return
		}
	}
	q.open = true
	q.End = trimEnd(p.text, corpus.Span{Start: q.Start, End: end})
}

// leads reports whether mark i is the first thing in the paragraph and looks
// like the beginning of British speech: a capital letter after a single mark.
func (p *pairer) leads(i int) bool {
	m := &p.marks[i]
	return m.prev == 0 && unicode.IsUpper(m.next)
}
