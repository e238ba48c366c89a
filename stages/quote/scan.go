package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/corpus"
)

// shape is what a mark looks like.
type shape uint8

const (
	straightDouble shape = iota // " ＂ ''
	leftDouble                  // “ ``
	rightDouble                 // ”
	lowDouble                   // „
	straightSingle              // '
	leftSingle                  // ‘ `
	rightSingle                 // ’
	lowSingle                   // ‚
	leftGuillemet               // «
	rightGuillemet              // »
	leftAngle                   // ‹
	rightAngle                  // ›
)

// weight groups the shapes that may pair with one another.
func (s shape) weight() weight {
	switch {
	case s <= lowDouble:
		return double
	case s <= lowSingle:
		return single
	case s <= rightGuillemet:
		return guillemet
	default:
		return angle
	}
}

type weight uint8

const (
	double weight = iota
	single
	guillemet
	angle
)

// mark is a quotation mark, or what may be one, with the characters beside it.
type mark struct {
	start, end int32
	shape      shape
	prev, next rune // nearest characters that are no marks themselves; 0 at the paragraph's borders
	elision    bool // begins a word that is written with an apostrophe: 'em, '90s
	measure    bool // the second mark of 6'2"
}

// opens and closes say what the neighbours allow; both or neither may hold.
func (m *mark) opens() bool {
	return m.next != 0 && !unicode.IsSpace(m.next) && !isWord(m.prev) && !strings.ContainsRune(".?!%)]", m.prev)
}

func (m *mark) closes() bool {
	return m.prev != 0 && !unicode.IsSpace(m.prev) && !isWord(m.next) && !strings.ContainsRune("([", m.prev)
}

// afterStop holds for a mark that closes the way British quotations do: after punctuation.
func (m *mark) afterStop() bool { return m.prev != 0 && strings.ContainsRune(",.?!…", m.prev) }

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// scan collects the marks of a paragraph.
func (p *pairer) scan(at corpus.Span) {
	p.marks = p.marks[:0]
	waiting := 0 // marks from here on wait for their next character
	prev := rune(0)
	for i := int(at.Start); i < int(at.End); {
		c := p.text[i]
		if c < utf8.RuneSelf && c != '"' && c != '\'' && c != '`' {
			p.settle(waiting, rune(c))
			waiting, prev = len(p.marks), rune(c)
			i++
			continue
		}
		n, s, ok := p.markAt(i, int(at.End))
		if !ok {
			r, size := utf8.DecodeRuneInString(p.text[i:])
			p.settle(waiting, r)
			waiting, prev = len(p.marks), r
			i += size
			continue
		}
		if p.inWord(i, i+n, prev, s) {
			prev = '\'' // a letter follows, so that no mark sees this
			i += n
			continue
		}
		p.marks = append(p.marks, mark{start: int32(i), end: int32(i + n), shape: s, prev: prev,
			elision: p.elision(i, i+n, s), measure: p.measure(i, s)})
		i += n
	}
	p.link()
}

func (p *pairer) settle(from int, r rune) {
	for i := from; i < len(p.marks); i++ {
		p.marks[i].next = r
	}
}

// link fills next.
func (p *pairer) link() {
	if cap(p.next) < len(p.marks) {
		p.next = make([]int32, len(p.marks))
	}
	p.next = p.next[:len(p.marks)]
	last := [...]int32{double: -1, single: -1, guillemet: -1, angle: -1}
	for i := len(p.marks) - 1; i >= 0; i-- {
		w := p.marks[i].shape.weight()
		p.next[i] = last[w]
		last[w] = int32(i)
	}
}

// markAt reads the mark at byte i. Two single marks of a kind, or two grave accents, are
// a double one.
func (p *pairer) markAt(i, end int) (size int, s shape, ok bool) {
	rest := p.text[i:end]
	switch rest[0] {
	case '"':
		return 1, straightDouble, true
	case '\'':
		if strings.HasPrefix(rest, "''") {
			return 2, straightDouble, true
		}
		return 1, straightSingle, true
	case '`':
		if strings.HasPrefix(rest, "``") {
			return 2, leftDouble, true
		}
		return 1, leftSingle, true
	}
	r, size := utf8.DecodeRuneInString(rest)
	switch r {
	case '“', '‟':
		s = leftDouble
	case '”':
		s = rightDouble
	case '„':
		s = lowDouble
	case '＂':
		s = straightDouble
	case '‘', '‛':
		if s = leftSingle; strings.HasPrefix(rest[size:], "‘") {
			return 2 * size, leftDouble, true
		}
	case '’':
		if s = rightSingle; strings.HasPrefix(rest[size:], "’") {
			return 2 * size, rightDouble, true
		}
	case '‚':
		s = lowSingle
	case '«':
		s = leftGuillemet
	case '»':
		s = rightGuillemet
	case '‹':
		s = leftAngle
	case '›':
		s = rightAngle
	default:
		return 0, 0, false
	}
	return size, s, true
}

// inWord holds for the apostrophe of don't and O'Brien and the prime of 6'2".
func (p *pairer) inWord(start, end int, prev rune, s shape) bool {
	if s.weight() != single || !isWord(prev) || end >= len(p.text) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(p.text[end:])
	before, _ := utf8.DecodeLastRuneInString(p.text[:start])
	return before == prev && isWord(next)
}

// elisions are words written with an apostrophe in front.
var elisions = map[string]bool{"em": true, "til": true, "till": true, "tis": true, "twas": true, "cause": true,
	"Tis": true, "Twas": true, "n": true, "bout": true, "round": true, "cuz": true, "neath": true, "ere": true, "sup": true, "kay": true}

// elision reports whether the word after the mark at [start, end) is one that
// lost its beginning: 'em, '90s, '16.
func (p *pairer) elision(start, end int, s shape) bool {
	if s != straightSingle && s != leftSingle && s != rightSingle {
		return false
	}
	const longest = 5
	stop := end
	for stop < len(p.text) && stop-end <= longest && isASCIIWord(p.text[stop]) {
		stop++
	}
	word := p.text[end:stop]
	if len(word) >= 2 && isDigit(rune(word[0])) && isDigit(rune(word[1])) {
		return len(word) == 2 || len(word) == 3 && word[2] == 's'
	}
	return len(word) > 0 && len(word) <= longest && elisions[word]
}

// measure reports whether the double mark at i ends a length: 6'2" or 6’ 2”.
func (p *pairer) measure(i int, s shape) bool {
	if s != straightDouble && s != rightDouble {
		return false
	}
	j := i
	for j > 0 && i-j < 2 && isDigit(rune(p.text[j-1])) {
		j--
	}
	if j == i {
		return false
	}
	before := strings.TrimSuffix(p.text[:j], " ")
	for _, foot := range [...]string{"'", "’", "′"} {
		if b, ok := strings.CutSuffix(before, foot); ok {
			return b != "" && isDigit(rune(b[len(b)-1]))
		}
	}
	return false
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isASCIIWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func isBlankOrEnd(r rune) bool { return r == 0 || unicode.IsSpace(r) }
