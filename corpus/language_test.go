package corpus

import (
	"strings"
	"testing"
)

func TestOtherLanguagesAreRefused(t *testing.T) {
	long := map[string]string{
		"de": "Der Minister sagte am Montag, die Gespräche mit den Gewerkschaften seien offen gewesen und würden in der kommenden Woche fortgesetzt. „Wir werden nicht aufgeben“, fügte er hinzu, während draußen Hunderte gegen die Kürzungen demonstrierten.",
		"fr": "Le ministre a déclaré lundi que les discussions avec les syndicats avaient été franches et qu’elles se poursuivraient la semaine prochaine. « Nous n’abandonnerons pas », a-t-il ajouté devant des centaines de manifestants.",
		"es": "El ministro dijo el lunes que las conversaciones con los sindicatos habían sido francas y que continuarían la próxima semana. «No vamos a rendirnos», añadió, mientras cientos de personas protestaban contra los recortes.",
		"nl": "De minister zei maandag dat de gesprekken met de vakbonden openhartig waren geweest en volgende week zouden worden voortgezet. ‘We geven niet op’, voegde hij eraan toe, terwijl buiten honderden mensen demonstreerden.",
		"pl": "Minister powiedział w poniedziałek, że rozmowy ze związkami zawodowymi były szczere i będą kontynuowane w przyszłym tygodniu. „Nie poddamy się”, dodał, podczas gdy na zewnątrz setki osób protestowały przeciwko cięciom.",
		"ru": strings.Repeat(russian, 3),
		"ja": strings.Repeat(japan, 3),
		"zh": strings.Repeat(chinese, 3),
	}
	for code, text := range long {
		_, reject := decodeText1(t, Options{}, text)
		if reject == nil || reject.Reason != OtherLanguage {
			t.Errorf("%s passed as English", code)
		}
		if doc, reject := decodeText1(t, Options{Language: code}, text); reject != nil || doc.Language != code {
			t.Errorf("%s asked for: %+v, %+v", code, doc, reject)
		}
		if doc, reject := decodeText1(t, Options{Language: "any"}, text); reject != nil || doc.Language != code {
			t.Errorf("%s with any: %+v, %+v", code, doc, reject)
		}
	}
}

func TestEnglishPasses(t *testing.T) {
	for _, c := range []struct{ name, text, language string }{
		{"prose", strings.Repeat(prose, 3), "en"},
		{"a headline", "Trump hits China with new tariffs", ""},
		{"a headline of names", "Merz, Macron, Starmer meet Zelenskyy in Kyiv", ""},
		{"one word", "Hello", ""},
		{"capitals", "THE MINISTER SAID THAT THE TALKS HAD BEEN FRANK AND WOULD GO ON", "en"},
		{"a list", "Results: Quill 4,012; Sandoval 3,988; Dunmore 1,204; Haggerty 970; Whitlock 655; Okafor 410; Bray 220.", ""},
		{"a German quotation", "The chancellor told reporters in Berlin that the matter was closed. “Wir werden nicht aufgeben und nicht nachgeben,” he said, and left the room without taking any questions from the press.", "en"},
	} {
		doc, reject := decodeText1(t, Options{}, c.text)
		if reject != nil || doc.Language != c.language && c.language != "" {
			t.Errorf("%s: %+v, %+v; want it to pass", c.name, doc, reject)
		}
		if doc, reject := decodeText1(t, Options{Language: "de"}, strings.Repeat(c.text+"\n", 5)); c.language == "en" && reject == nil {
			t.Errorf("%s passed as German: %+v", c.name, doc)
		}
	}
}

func TestWhatARecordCallsItsLanguage(t *testing.T) {
	for _, c := range []struct{ called, want string }{
		{"en", "en"}, {"en-US", "en"}, {"EN_gb", "en"}, {"eng", "en"}, {"English", "en"}, {"", "en"}, {"und", "en"}, {"unheard of", "en"},
		{"de", ""}, {"fr-CA", ""}, {"German", ""},
	} {
		doc, reject := decodeLine(t, Options{}, `{"text": "`+said+`", "language": "`+c.called+`"}`)
		switch {
		case c.want == "" && (reject == nil || reject.Reason != OtherLanguage):
			t.Errorf("%q passed: %+v", c.called, doc)
		case c.want != "" && (reject != nil || doc.Language != c.want):
			t.Errorf("%q: %+v, %+v; want %q", c.called, doc, reject, c.want)
		}
	}
	if _, err := Open([]string{"-"}, Options{Language: "english"}); err == nil || !strings.Contains(err.Error(), "ISO 639-1") {
		t.Errorf("a language that is no code: %v", err)
	}
}

func decodeText1(t *testing.T, opt Options, text string) (*Document, *Reject) {
	t.Helper()
	return NewDecoder(opt).Decode(Record{URI: "a.txt", Number: 1, Raw: []byte(text), Size: int64(len(text))})
}
