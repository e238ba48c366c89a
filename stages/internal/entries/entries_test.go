package entries

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// read reads a list of entries with a name and nicknames.
func read(text string) (out []string, err error) {
	err = Read(strings.NewReader(text), "ships", func(n *yaml.Node) error {
		return Keys(n, []string{"name", "nicknames"}, func(key string, value *yaml.Node) error {
			if key == "name" {
				text, err := Value(value)
				out = append(out, text)
				return err
			}
			more, err := Values(value, key)
			out = append(out, more...)
			return err
		})
	})
	return out, err
}

func TestRead(t *testing.T) {
	for text, want := range map[string][]string{
		"":                               nil,
		"# none yet\n":                   nil,
		"[]\n":                           nil,
		"- name: Skagen\n":               {"Skagen"},
		"\ufeff- name: Skagen\n":         {"Skagen"},
		"- name: 12\n  nicknames: [x]\n": {"12", "x"},
	} {
		got, err := read(text)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: got %q, %v; want %q", text, got, err, want)
		}
	}
}

func TestMistakesNameTheLineAndWhatIsExpected(t *testing.T) {
	for text, want := range map[string]string{
		"name: Skagen\n":                        `line 1: ships are written as a list of entries, each beginning with "- name: "`,
		"- Skagen\n":                            `line 1: here an entry is expected: "- name: Skagen"`,
		"- [Skagen]\n":                          `line 1: here "key: value" is expected`,
		"-\n":                                   `line 1: here "key: value" is expected`,
		"- name: Skagen\n  name: Fanø\n":        "line 2: name is given twice",
		"- name: [Skagen]\n":                    "line 1: name: here one value is expected",
		"- name: ~\n":                           "line 1: name: here one value is expected",
		"- name: Skagen\n  nicknames: Skagie\n": "line 2: nicknames: nicknames are a list: [one, another]",
		"- nom: Skagen\n":                       `line 1: unknown key "nom"`,
		"- name: Skagen: the ship\n":            `line 1: mapping values are not allowed in this context; a value with ": " in it stands between quotation marks`,
		"- name: Skagen\n\tnicknames: [x]\n":    "line 2: found a tab character that violates indentation",
		"- name: @skagen\n":                     "line 1: found character that cannot start any token; lines are indented by spaces, and a value that begins with @, % or ` stands between quotation marks",
		"- name: Skagen\n---\n- name: Fanø\n":   `line 2: a second list begins after "---"; put all entries into one`,
		"- &a {name: Skagen}\n- *a\n":           `line 2: here "key: value" is expected`,
	} {
		_, err := read(text)
		if err == nil || err.Error() != want {
			t.Errorf("%q: error %v, want %s", text, err, want)
		}
	}
	var unknown *UnknownKeyError
	if _, err := read("- nom: Skagen\n"); !errors.As(err, &unknown) || !slices.Contains(unknown.Known, "name") || unknown.Line != 1 {
		t.Errorf("error %v, want an UnknownKeyError of line 1 that knows name", err)
	}
}
