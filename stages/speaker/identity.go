package speaker

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"onrecord/corpus"
)

// ID is by which a speaker is known in every article and batch: 16 hexadecimal digits
// of the SHA-256 of kind and folded name. It depends on nothing else.
func ID(kind corpus.SpeakerKind, name string) string {
	sum := sha256.Sum256([]byte(kind.String() + "\x00" + fold(name)))
	return hex.EncodeToString(sum[:8])
}

// fold removes what two spellings of a name may differ in: case, accents, the shape of
// apostrophes and hyphens, full stops, and the amount of white space.
func fold(name string) string {
	if s, ok := foldASCII(name); ok {
		return s
	}
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

// foldASCII is fold for the many names that need no Unicode tables.
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
