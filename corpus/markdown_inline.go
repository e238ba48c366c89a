package corpus

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How far, in bytes, the end of a construct is looked for; so the work is bounded.
const (
	longestAddress = 2 << 10 // and comment
	longestTag     = 500
	longestCode    = 1 << 10
)

// inlineText takes the markup out of a paragraph.
func inlineText(paragraph string) string {
	if !strings.ContainsAny(paragraph, "\\`*_[<&~") {
		return paragraph
	}
	w := inlineWriter{rest: paragraph}
	for w.rest != "" {
		w.step()
	}
	return html.UnescapeString(strings.ReplaceAll(string(w.out), gone, ""))
}

// gone stands in the output for a byte of markup that turned out to be markup only
// later; texts have no NUL.
const gone = "\x00"

type inlineWriter struct {
	rest     string
	out      []byte
	brackets []int      // where "[" or "![" stand in out, innermost last
	emphasis []emphasis // that may still be closed, innermost last
}

type emphasis struct {
	at, length int // in out
	mark       byte
}

func (w *inlineWriter) write(n int) {
	w.out = append(w.out, w.rest[:n]...)
	w.rest = w.rest[n:]
}

func (w *inlineWriter) step() {
	switch c := w.rest[0]; c {
	case '\\':
		if len(w.rest) > 1 && w.rest[1] < utf8.RuneSelf && unicode.In(rune(w.rest[1]), unicode.P, unicode.S) {
			if w.rest[1] == '&' { // which unescaping would read
				w.out = append(w.out, "&amp;"...)
				w.rest = w.rest[2:]
				return
			}
			w.rest = w.rest[1:]
		}
		w.write(1)
	case '`':
		w.code()
	case '!':
		if strings.HasPrefix(w.rest, "![") {
			w.brackets = append(w.brackets, len(w.out))
			w.write(2)
			return
		}
		w.write(1)
	case '[':
		w.brackets = append(w.brackets, len(w.out))
		w.write(1)
	case ']':
		w.closeBracket()
	case '<':
		w.tag()
	case '*', '_', '~':
		w.mark(c)
	default:
		n := strings.IndexAny(w.rest, "\\`![]<*_~")
		if n < 0 {
			n = len(w.rest)
		}
		w.write(max(n, 1))
	}
}

// code: `as it stands`.
func (w *inlineWriter) code() {
	n := len(w.rest) - len(strings.TrimLeft(w.rest, "`"))
	window := w.rest[n:min(len(w.rest), n+longestCode)]
	if end := strings.Index(window, w.rest[:n]); end > 0 {
		w.out = append(w.out, html.EscapeString(strings.TrimSpace(window[:end]))...)
		w.rest = w.rest[2*n+end:]
		return
	}
	w.write(n)
}

// closeBracket: of [words](address) and [words][name] the words stay, of an image
// nothing; other brackets are the text's own.
func (w *inlineWriter) closeBracket() {
	if len(w.brackets) == 0 {
		w.write(1)
		return
	}
	open := w.brackets[len(w.brackets)-1]
	w.brackets = w.brackets[:len(w.brackets)-1]
	n := targetLength(w.rest[1:])
	image := w.out[open] == '!'
	switch {
	case n == 0:
		w.write(1)
		return
	case image:
		w.out = w.out[:open]
		w.forget()
	default:
		w.out[open] = gone[0]
	}
	w.rest = w.rest[1+n:]
}

// forget drops what began in output that is no more.
func (w *inlineWriter) forget() {
	for len(w.emphasis) > 0 && w.emphasis[len(w.emphasis)-1].at >= len(w.out) {
		w.emphasis = w.emphasis[:len(w.emphasis)-1]
	}
}

// targetLength is the length of "(address)", with one pair of brackets in it, or
// "[name]" at the start of s; 0 if there is none.
func targetLength(s string) int {
	if s == "" || s[0] != '(' && s[0] != '[' {
		return 0
	}
	closing := byte(')')
	if s[0] == '[' {
		closing = ']'
	}
	window := s[:min(len(s), longestAddress)]
	end := strings.IndexByte(window, closing)
	if end > 0 && s[0] == '(' && strings.Contains(window[1:end], "(") {
		if more := strings.IndexByte(window[end+1:], closing); more >= 0 {
			end += 1 + more
		}
	}
	if end < 0 || s[0] == '(' && strings.Contains(strings.TrimSpace(window[1:end]), " ") && !strings.ContainsAny(window[1:end], "\"'") {
		return 0 // "[sic] (as they say)" has no address
	}
	return end + 1
}

// tag: <https://address> shows itself, a tag or a comment nothing.
func (w *inlineWriter) tag() {
	window := w.rest[:min(len(w.rest), longestTag)]
	if strings.HasPrefix(window, "<!--") {
		if end := strings.Index(w.rest[:min(len(w.rest), longestAddress)], "-->"); end >= 0 {
			w.rest = w.rest[end+3:]
			return
		}
	}
	end := strings.IndexByte(window, '>')
	name := strings.TrimPrefix(window[1:max(end, 1)], "/")
	first, _ := utf8.DecodeRuneInString(name)
	switch {
	case end < 0 || !unicode.IsLetter(first) || strings.Contains(name, "<"):
		w.write(1)
	case strings.Contains(name, "://") && !strings.Contains(name, " "), strings.Contains(name, "@") && !strings.Contains(name, " "):
		w.out = append(w.out, html.EscapeString(name)...)
		w.rest = w.rest[end+1:]
	default:
		if strings.HasPrefix(strings.ToLower(name), "br") {
			w.out = append(w.out, ' ')
		}
		w.rest = w.rest[end+1:]
	}
}

// mark: emphasis opens before a word and closes behind one; "_" within a word, and
// what has no partner, are the text's own.
func (w *inlineWriter) mark(c byte) {
	const deepest = 8
	n := len(w.rest) - len(strings.TrimLeft(w.rest, string(c)))
	before, _ := utf8.DecodeLastRune(w.out)
	after, _ := utf8.DecodeRuneInString(w.rest[n:])
	opens := n < len(w.rest) && !unicode.IsSpace(after)
	closes := len(w.out) > 0 && !unicode.IsSpace(before)
	if n > 3 || c == '~' && n != 2 || c == '_' && isWordRune(before) && isWordRune(after) && len(w.out) > 0 && n < len(w.rest) {
		opens, closes = false, false
	}
	if closes {
		for i := len(w.emphasis) - 1; i >= max(0, len(w.emphasis)-deepest); i-- {
			if e := w.emphasis[i]; e.mark == c && e.length == n {
				for k := range n {
					w.out[e.at+k] = gone[0]
				}
				w.emphasis = w.emphasis[:i]
				w.rest = w.rest[n:]
				return
			}
		}
	}
	if opens {
		w.emphasis = append(w.emphasis, emphasis{len(w.out), n, c})
	}
	w.write(n)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
