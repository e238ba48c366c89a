package corpus

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

const (
	accented = "“We can’t go on like this,” the prime minister said at a café in Zürich. His deputy, Ms. Gutiérrez, called the plan naïve — and the €12 million a joke.\n"
	russian  = "Министр сообщил, что переговоры были откровенными и будут продолжены на следующей неделе.\n"
	japan    = "首相は月曜日、労働組合との協議は率直なものだったと述べ、協議を続ける考えを示した。\n"
	chinese  = "总理周一表示，与工会的会谈坦率而深入，双方将继续谈判，直到达成协议为止。\n"
)

func TestCharacterSetsAreDecoded(t *testing.T) {
	for _, c := range []struct {
		name     string
		text     string
		encoding encoding.Encoding
		mark     string
		label    string
	}{
		{"UTF-8", accented, unicode.UTF8, "", ""},
		{"UTF-8 with a mark", accented, unicode.UTF8, "\xef\xbb\xbf", ""},
		{"UTF-16, little end first", accented, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "\xff\xfe", ""},
		{"UTF-16, big end first", accented, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "\xfe\xff", ""},
		{"UTF-16 without a mark", accented, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "", ""},
		{"UTF-32", accented, utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), "\xff\xfe\x00\x00", ""},
		{"Windows-1252", accented, charmap.Windows1252, "", ""},
		{"Windows-1252 by its label", accented, charmap.Windows1252, "", "iso-8859-1"},
		{"Windows-1251", russian, charmap.Windows1251, "", ""},
		{"KOI8-R", russian, charmap.KOI8R, "", ""},
		{"Shift JIS", japan, japanese.ShiftJIS, "", ""},
		{"EUC-JP", japan, japanese.EUCJP, "", ""},
		{"GB 18030", chinese, simplifiedchinese.GB18030, "", ""},
		{"UTF-8 with a wrong label", accented, unicode.UTF8, "", "windows-1252"},
		{"ASCII", "Plain text, nothing else.\r\n", unicode.UTF8, "", "utf-16"},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := strings.Repeat(c.text, 10)
			raw, err := c.encoding.NewEncoder().String(want)
			if err != nil {
				t.Fatal(err)
			}
			got, err := decodeText([]byte(c.mark+raw), c.label)
			if err != nil || got != want {
				t.Errorf("decoded %.80q, %v; want %.80q", got, err, want)
			}
		})
	}
}

func TestDamagedTextIsDecodedOnlyIfLittleIsLost(t *testing.T) {
	text := strings.Repeat(accented, 10)
	got, err := decodeText([]byte(text+"cut off \xe2\x80"), "")
	if err != nil || got != text+"cut off \uFFFD" {
		t.Errorf("a cut-off character: %.40q, %v; want U+FFFD in its place", got, err)
	}
	if got, err := decodeText([]byte(strings.Repeat("\x81\x8d\x8f\x90\x9d\xff\xfe", 50)), ""); err == nil && !utf8.ValidString(got) {
		t.Errorf("noise: %.40q", got)
	}
	if got, err := decodeText([]byte("\xff\xfe"+strings.Repeat("\x00\xdc", 50)), ""); err == nil {
		t.Errorf("a text of halves of characters: %.40q; want an error", got)
	}
}
