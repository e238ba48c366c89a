package stance

import (
	"fmt"
	"io"
	"regexp"

	"go.yaml.in/yaml/v3"

	"onrecord/stages/internal/entries"
)

// UnknownKeyError says that an entry of a watch list has a key that nothing reads.
type UnknownKeyError = entries.UnknownKeyError

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
	err := entries.Read(r, "targets", func(n *yaml.Node) error {
		x, err := readWatched(n)
		if err != nil {
			return err
		}
		for _, before := range w.list {
			if fold(before.Name) == fold(x.Name) {
				return fmt.Errorf("line %d: %q is watched already; put all its terms into one entry", n.Line, x.Name)
			}
		}
		w.add(x)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return w, nil
}

func readWatched(n *yaml.Node) (Watched, error) {
	var x Watched
	err := entries.Keys(n, watchKeys, func(key string, value *yaml.Node) (err error) {
		switch key {
		case "name":
			x.Name, err = entries.Value(value)
		case "terms":
			x.Terms, err = entries.Values(value, key)
		case "patterns":
			x.Patterns, err = readPatterns(value)
		}
		return err
	})
	if err != nil {
		return x, err
	}
	if x.Name == "" {
		return x, fmt.Errorf("line %d: an entry has no name", n.Line)
	}
	if len(x.Terms) == 0 && len(x.Patterns) == 0 {
		x.Terms = []string{x.Name}
	}
	return x, nil
}

func readPatterns(n *yaml.Node) ([]*regexp.Regexp, error) {
	texts, err := entries.Values(n, "patterns")
	if err != nil {
		return nil, err
	}
	var out []*regexp.Regexp
	for _, text := range texts {
		p, err := regexp.Compile(text)
		if err != nil {
			return nil, err
		}
		if p.MatchString("") {
			return nil, fmt.Errorf("%q fits everywhere", text)
		}
		out = append(out, p)
	}
	return out, nil
}
