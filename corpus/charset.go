package corpus

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

const (
	// charsetBytes of a text that is not UTF-8 are looked at.
	charsetBytes = 32 << 10

	// charsetConfidence is the least at which a guess is taken.
	charsetConfidence = 0.3

	// damageShare of a text's characters may be undecodable: a cut-off character
	// at the end, a stray byte from elsewhere. They become U+FFFD.
	damageShare = 200
)

var marks = []struct {
	mark     string
	encoding encoding.Encoding
}{
	{"\xef\xbb\xbf", unicode.UTF8},
	{"\xff\xfe\x00\x00", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
	{"\x00\x00\xfe\xff", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
	{"\xff\xfe", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
	{"\xfe\xff", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
}

// decodeText makes valid UTF-8 of a text in any character set: by its byte order
// mark, which is dropped; as UTF-8, if it is; by the label its source gives it;
// and last by what its bytes look like.
func decodeText(raw []byte, label string) (string, error) {
	for _, m := range marks {
		if rest, ok := bytes.CutPrefix(raw, []byte(m.mark)); ok {
			return decodeAs(m.encoding, rest)
		}
	}
	if e := unmarked16(raw); e != nil {
		return decodeAs(e, raw)
	}
	if utf8.Valid(raw) {
		return string(raw), nil
	}
	if damagedUTF8(raw) {
		return strings.ToValidUTF8(string(raw), "\uFFFD"), nil
	}
	if e, _ := charset.Lookup(label); label != "" && e != nil {
		if text, err := decodeAs(e, raw); err == nil {
			return text, nil
		}
	}
	guess := chardet.Detect(raw[:min(len(raw), charsetBytes)])
	e, _ := charset.Lookup(guess.Charset)
	if e == nil || guess.Confidence < charsetConfidence {
		return "", &refusal{UnknownEncoding, "the character set is not recognised; convert the file to UTF-8, for instance with iconv"}
	}
	return decodeAs(e, raw)
}

func decodeAs(e encoding.Encoding, raw []byte) (string, error) {
	out, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return "", &refusal{UnknownEncoding, fmt.Sprintf("the text does not decode (%v); convert the file to UTF-8, for instance with iconv", err)}
	}
	text := strings.ToValidUTF8(string(out), "\uFFFD")
	if bad := strings.Count(text, "\uFFFD"); bad > 1 && bad > len(text)/damageShare {
		return "", &refusal{UnknownEncoding, fmt.Sprintf("%d characters do not decode; convert the file to UTF-8, for instance with iconv", bad)}
	}
	return text, nil
}

// unmarked16 recognises UTF-16 without a byte order mark: in text of any Latin
// language every other byte is mostly zero.
func unmarked16(raw []byte) encoding.Encoding {
	head := raw[:min(len(raw), charsetBytes)]
	if bytes.IndexByte(head, 0) < 0 || len(raw)%2 != 0 {
		return nil
	}
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	most := len(head) / 2
	switch {
	case zeros[0] < most/20 && zeros[1] > most*8/10:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zeros[1] < most/20 && zeros[0] > most*8/10:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// damagedUTF8 reports whether a text is UTF-8 but for a few bytes: other
// character sets hardly ever form its sequences of several bytes.
func damagedUTF8(raw []byte) bool {
	var sequences, bad int
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			sequences++
		}
		i += size
	}
	return sequences >= 2*bad
}
