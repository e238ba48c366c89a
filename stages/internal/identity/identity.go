// Package identity gives the ids by which speakers and targets are known in every
// article and batch.
package identity

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// person is the kind of whom ID knows how names vary.
const person = "person"

// ID is 16 hexadecimal digits of the SHA-256 of kind and folded name. It depends on
// nothing else. A person's middle initials and nickname in quotation marks are left out:
// one article gives them, the next one does not.
func ID(kind, name string) string {
	if kind == person {
		name = withoutExtras(Fold(name))
	}
	return ExactID(kind, name)
}

// withoutExtras drops from a person's folded name what stands between the first and the
// last word and is an initial or in quotation marks.
func withoutExtras(name string) string {
	words := strings.Fields(name)
	if len(words) < 3 {
		return name
	}
	kept := words[:1]
	last, quoted := len(words)-1, false
	for _, w := range words[1:last] {
		if w == "\"" {
			quoted = !quoted
			continue
		}
		opens, closes := strings.HasPrefix(w, "\"") || strings.HasPrefix(w, "“"), strings.HasSuffix(w, "\"") || strings.HasSuffix(w, "”")
		if quoted || opens {
			quoted = !closes
			continue
		}
		if utf8.RuneCountInString(w) > 1 {
			kept = append(kept, w)
		}
	}
	return strings.Join(append(kept, words[last]), " ")
}

// ExactID is ID with every word of the name.
func ExactID(kind, name string) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + Fold(name)))
	return hex.EncodeToString(sum[:8])
}

// Fold removes what two spellings of a name may differ in: case, accents, the shape of
// apostrophes and hyphens, full stops, and the amount of white space.
func Fold(name string) string {
	if s, ok := foldASCII(name); ok {
		return s
	}
	return foldUnicode(name)
}

func foldUnicode(name string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '.':
			continue
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case r == '\u2019' || r == '\u2018':
			r = '\''
		case r == '\u2010' || r == '\u2011' || r == '\u2013':
			r = '-'
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// foldASCII is Fold for the many names that need no Unicode tables.
func foldASCII(name string) (string, bool) {
	out := make([]byte, 0, len(name))
	for i := 0; i < len(name); i++ {
		c := name[i]
		switch {
		case c >= 0x80:
			return "", false
		case c == '.':
		case c == ' ' || '\t' <= c && c <= '\r':
			if len(out) > 0 && out[len(out)-1] != ' ' {
				out = append(out, ' ')
			}
		case 'A' <= c && c <= 'Z':
			out = append(out, c|0x20)
		default:
			out = append(out, c)
		}
	}
	return strings.TrimSuffix(string(out), " "), true
}
