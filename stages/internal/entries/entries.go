// Package entries reads the YAML files that users write for a stage: a list of entries,
// each a mapping with a closed set of keys. Nothing in such a file is passed over: what is
// not understood is an error that names the line and says what may stand there.
package entries

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// UnknownKeyError says that an entry has a key that nothing reads.
type UnknownKeyError struct {
	Line  int
	Key   string
	Known []string // the keys there are
}

func (e *UnknownKeyError) Error() string {
	return fmt.Sprintf("line %d: unknown key %q", e.Line, e.Key)
}

// Read calls each with the entries of a list, in order. An empty file has none. The noun
// says what is listed: "people".
func Read(r io.Reader, noun string, each func(entry *yaml.Node) error) error {
	decoder := yaml.NewDecoder(r)
	var doc, more yaml.Node
	switch err := decoder.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return explain(err)
	}
	list := doc.Content[0]
	empty := list.Kind == yaml.ScalarNode && list.Tag == "!!null"
	if !empty && list.Kind != yaml.SequenceNode {
		return fmt.Errorf("line %d: %s are written as a list of entries, each beginning with \"- name: \"", list.Line, noun)
	}
	for _, n := range list.Content {
		if n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
			return fmt.Errorf("line %d: here an entry is expected: \"- name: %s\"", n.Line, n.Value)
		}
		if err := each(n); err != nil {
			return err
		}
	}
	switch err := decoder.Decode(&more); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return explain(err)
	}
	return fmt.Errorf("line %d: a second list begins after \"---\"; put all entries into one", more.Line)
}

// explain adds what usually causes an error of YAML.
func explain(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	if !strings.HasPrefix(text, "line ") {
		text = "line 1: " + text // the parser doesn't say so
	}
	switch {
	case strings.Contains(text, "mapping values are not allowed"):
		text += "; a value with \": \" in it stands between quotation marks"
	case strings.Contains(text, "cannot start any token"):
		text += "; lines are indented by spaces, and a value that begins with @, % or ` stands between quotation marks"
	}
	return errors.New(text)
}

// Keys calls each with the keys of a mapping and their values, in order. A key may stand
// in it once, and must be among the known ones unless those are nil. Errors of each get
// the line and the key.
func Keys(n *yaml.Node, known []string, each func(key string, value *yaml.Node) error) error {
	if n.Kind != yaml.MappingNode {
		return at(n.Line, "here \"key: value\" is expected")
	}
	seen := map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if known != nil && !slices.Contains(known, key.Value) {
			return &UnknownKeyError{key.Line, key.Value, known}
		}
		if seen[key.Value] {
			return at(key.Line, "%s is given twice", key.Value)
		}
		seen[key.Value] = true
		if err := each(key.Value, value); err != nil {
			var told *atLine
			var unknown *UnknownKeyError
			if errors.As(err, &told) || errors.As(err, &unknown) {
				return err
			}
			return at(value.Line, "%s: %w", key.Value, err)
		}
	}
	return nil
}

// atLine is an error that says its line.
type atLine struct{ error }

func at(line int, format string, args ...any) error {
	return &atLine{fmt.Errorf("line %d: "+format, append([]any{line}, args...)...)}
}

func (e *atLine) Unwrap() error { return e.error }

// Value is the text of a value.
func Value(n *yaml.Node) (string, error) {
	text := strings.TrimSpace(n.Value)
	if n.Kind != yaml.ScalarNode || text == "" || n.Tag == "!!null" {
		return "", errors.New("here one value is expected")
	}
	return text, nil
}

// Values are the texts of a list of values. The noun says what is listed: "aliases".
func Values(n *yaml.Node, noun string) ([]string, error) {
	if n.Kind != yaml.SequenceNode {
		return nil, fmt.Errorf("%s are a list: [one, another]", noun)
	}
	var out []string
	for _, v := range n.Content {
		text, err := Value(v)
		if err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, nil
}
