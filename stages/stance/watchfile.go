package stance

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// UnknownKeyError says that an entry of a watch list has a key that nothing reads.
type UnknownKeyError struct {
	Line  int
	Key   string
	Known []string // the keys there are
}

func (e *UnknownKeyError) Error() string {
	return fmt.Sprintf("line %d: unknown key %q", e.Line, e.Key)
}

var watchKeys = []string{"name", "terms", "patterns"}

// ReadWatchlist reads a watch list: a YAML list of entries
//
//   - name: tariffs                      # under which it is reported; must be there
//     terms: [tariff, tariffs, duties]   # whole words, in any case; without them the name
//     patterns: ['\btaxes on imports\b'] # regular expressions (RE2) besides
//
// Errors name the line. An unknown key is an *UnknownKeyError; two entries of one name
// are an error too.
func ReadWatchlist(r io.Reader) (*Watchlist, error) {
	w := &Watchlist{terms: map[uint64][]term{}}
	var doc yaml.Node
	if err := yaml.NewDecoder(r).Decode(&doc); errors.Is(err, io.EOF) {
		return w, nil
	} else if err != nil {
		return nil, err
	}
	list := doc.Content[0]
	if list.Kind == yaml.ScalarNode && list.Tag == "!!null" {
		return w, nil
	}
	if list.Kind != yaml.SequenceNode {
		return nil, fmt.Errorf("line %d: targets are written as a list of entries, each beginning with \"- name: \"", list.Line)
	}
	for _, n := range list.Content {
		x, err := readWatched(n)
		if err != nil {
			return nil, err
		}
		for _, before := range w.list {
			if fold(before.Name) == fold(x.Name) {
				return nil, fmt.Errorf("line %d: %q is watched already", n.Line, x.Name)
			}
		}
		w.add(x)
	}
	return w, nil
}

func readWatched(n *yaml.Node) (Watched, error) {
	var x Watched
	if n.Kind != yaml.MappingNode {
		return x, fmt.Errorf("line %d: here \"name: ...\" is expected", n.Line)
	}
	var seen []string
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if !slices.Contains(watchKeys, key.Value) {
			return x, &UnknownKeyError{key.Line, key.Value, watchKeys}
		}
		if slices.Contains(seen, key.Value) {
			return x, fmt.Errorf("line %d: %s is given twice", key.Line, key.Value)
		}
		seen = append(seen, key.Value)
		if err := x.set(key.Value, value); err != nil {
			return x, fmt.Errorf("line %d: %s: %w", value.Line, key.Value, err)
		}
	}
	if x.Name == "" {
		return x, fmt.Errorf("line %d: an entry has no name", n.Line)
	}
	if len(x.Terms) == 0 && len(x.Patterns) == 0 {
		x.Terms = []string{x.Name}
	}
	return x, nil
}

func (x *Watched) set(key string, value *yaml.Node) (err error) {
	if key == "name" {
		x.Name, err = oneValue(value)
		return err
	}
	if value.Kind != yaml.SequenceNode {
		return errors.New("here a list is expected: [one, another]")
	}
	for _, v := range value.Content {
		text, err := oneValue(v)
		if err != nil {
			return err
		}
		if key == "terms" {
			x.Terms = append(x.Terms, text)
			continue
		}
		p, err := regexp.Compile(text)
		if err != nil {
			return err
		}
		if p.MatchString("") {
			return fmt.Errorf("%q fits everywhere", text)
		}
		x.Patterns = append(x.Patterns, p)
	}
	return nil
}

func oneValue(n *yaml.Node) (string, error) {
	text := strings.TrimSpace(n.Value)
	if n.Kind != yaml.ScalarNode || text == "" || n.Tag == "!!null" {
		return "", errors.New("here one value is expected")
	}
	return text, nil
}
