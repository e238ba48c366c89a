package identity

import (
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for name, want := range map[string]string{
		"Péter  Szabó":       "peter szabo",
		"PETER SZABO":        "peter szabo",
		" John F. Kerr Jr.":  "john f kerr jr",
		"J. P. O\u2019Hara ": "j p o'hara",
		"Jean\u2011Luc":      "jean-luc",
		"a\u00a0b .":         "a b",
		"a b .":              "a b",
		"":                   "",
	} {
		if got := Fold(name); got != want {
			t.Errorf("Fold(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestID(t *testing.T) {
	if a, b := ID("person", "Péter Szabó"), ID("person", "Peter Szabo"); a != b || len(a) != 16 {
		t.Errorf("ids %q and %q, want the same 16 digits", a, b)
	}
	if ID("person", "May") == ID("organization", "May") {
		t.Error("kinds share an id")
	}
}

func TestIDOfPersonsWithAndWithoutMiddleInitials(t *testing.T) {
	for _, form := range []string{"Donald J. Kerr", "Donald J. T. Kerr", `Donald "Duke" Kerr`, `Donald “The Great Duke” Kerr`} {
		if a, b := ID("person", form), ID("person", "Donald Kerr"); a != b {
			t.Errorf("%s has the id %s, Donald Kerr %s", form, a, b)
		}
	}
	for _, other := range []string{"Donald Kerr Jr.", "D. Kerr", "Donald van Kerr", "Kerr", "Donald K.", `Kerr "Donald`} {
		if ID("person", other) == ID("person", "Donald Kerr") {
			t.Errorf("%s has the id of Donald Kerr", other)
		}
	}
	if ID("organization", "Ring M Books") == ID("organization", "Ring Books") {
		t.Error("an organization lost a letter of its name")
	}
}

// FuzzFold holds the short way for ASCII to the general one.
func FuzzFold(f *testing.F) {
	f.Add("Mr. O'Hara  Jr.")
	f.Fuzz(func(t *testing.T, name string) {
		if !utf8.ValidString(name) {
			return // texts are valid by the time they are read
		}
		folded := Fold(name)
		if again := Fold(folded); again != folded {
			t.Errorf("Fold(%q) = %q, folded again %q", name, folded, again)
		}
		if ascii, ok := foldASCII(name); ok && ascii != foldUnicode(name) {
			t.Errorf("%q folds to %q by one way and %q by the other", name, ascii, foldUnicode(name))
		}
	})
}
