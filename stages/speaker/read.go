package speaker

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"onrecord/corpus"
)

// UnknownKeyError says that an entry of a people file has a key that nothing reads.
type UnknownKeyError struct {
	Line  int
	Key   string
	Known []string // the keys there are
}

func (e *UnknownKeyError) Error() string {
	return fmt.Sprintf("line %d: unknown key %q", e.Line, e.Key)
}

// The keys of an entry; those of factKeys become columns of the table speakers.
var (
	factKeys  = []string{"wikidata", "country", "party"}
	entryKeys = append([]string{"name", "aliases", "kind", "labels"}, factKeys...)
)

var (
	wikidataID = regexp.MustCompile(`^Q[1-9][0-9]*$`)
	labelName  = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
)

// ReadPeople reads a people file: a YAML list of entries
//
//   - name: Marta Olsen            # canonical; the only key an entry must have
//     aliases: [M. Olsen, Olsen-Berg]
//     kind: person                 # or organization, group
//     wikidata: Q12345
//     country: Norway
//     party: Centre
//     labels: {desk: rates}        # the user's own, as many as wanted
//
// Errors name the line. An unknown key is an *UnknownKeyError; a name that two entries
// claim is an error too.
func ReadPeople(r io.Reader) (*People, error) {
	p := &People{forms: map[string]int{}, surnames: map[string][]int{}}
	var doc yaml.Node
	if err := yaml.NewDecoder(r).Decode(&doc); errors.Is(err, io.EOF) {
		return p, nil
	} else if err != nil {
		return nil, err
	}
	list := doc.Content[0]
	if list.Kind == yaml.ScalarNode && list.Tag == "!!null" {
		return p, nil
	}
	if list.Kind != yaml.SequenceNode {
		return nil, fmt.Errorf("line %d: people are written as a list of entries, each beginning with \"- name: \"", list.Line)
	}
	for _, n := range list.Content {
		k, err := readEntry(n)
		if err != nil {
			return nil, err
		}
		if err := p.add(k); err != nil {
			return nil, fmt.Errorf("line %d: %w", n.Line, err)
		}
	}
	return p, nil
}

func readEntry(n *yaml.Node) (Known, error) {
	k := Known{Kind: corpus.KindPerson}
	err := eachKey(n, func(key, value *yaml.Node) (err error) {
		switch key.Value {
		case "name":
			k.Name, err = scalar(value)
		case "kind":
			k.Kind, err = readKind(value)
		case "aliases":
			k.Aliases, err = readAliases(value)
		case "wikidata", "country", "party":
			var text string
			if text, err = scalar(value); err == nil {
				k.Facts = append(k.Facts, corpus.Fact{Name: key.Value, Value: text})
			}
			if err == nil && key.Value == "wikidata" && !wikidataID.MatchString(text) {
				err = fmt.Errorf("%q is no Wikidata id, such as Q42", text)
			}
		case "labels":
			var labels []corpus.Fact
			labels, err = readLabels(value)
			k.Facts = append(k.Facts, labels...)
		default:
			return &UnknownKeyError{key.Line, key.Value, entryKeys}
		}
		return atLine(err, value.Line, key.Value)
	})
	if err != nil {
		return k, err
	}
	if k.Name == "" {
		return k, fmt.Errorf("line %d: an entry has no name", n.Line)
	}
	slices.SortStableFunc(k.Facts, func(x, y corpus.Fact) int {
		return cmp.Or(cmp.Compare(factOrder(x.Name), factOrder(y.Name)), strings.Compare(x.Name, y.Name))
	})
	return k, nil
}

// factOrder puts the facts with columns of their own before the user's labels.
func factOrder(name string) int {
	if i := slices.Index(factKeys, name); i >= 0 {
		return i
	}
	return len(factKeys)
}

// atLine adds where an error is, unless it says so already.
func atLine(err error, line int, key string) error {
	var unknown *UnknownKeyError
	if err == nil || errors.As(err, &unknown) {
		return err
	}
	return fmt.Errorf("line %d: %s: %w", line, key, err)
}

// eachKey walks a mapping; a key may stand in it once.
func eachKey(n *yaml.Node, yield func(key, value *yaml.Node) error) error {
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: here \"key: value\" is expected", n.Line)
	}
	seen := map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i]
		if seen[key.Value] {
			return fmt.Errorf("line %d: %s is given twice", key.Line, key.Value)
		}
		seen[key.Value] = true
		if err := yield(key, n.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}

func scalar(n *yaml.Node) (string, error) {
	if n.Kind != yaml.ScalarNode || strings.TrimSpace(n.Value) == "" || n.Tag == "!!null" {
		return "", errors.New("here one value is expected")
	}
	return strings.TrimSpace(n.Value), nil
}

func readKind(n *yaml.Node) (corpus.SpeakerKind, error) {
	text, err := scalar(n)
	if err != nil {
		return 0, err
	}
	kinds := []corpus.SpeakerKind{corpus.KindPerson, corpus.KindOrganization, corpus.KindGroup}
	for _, k := range kinds {
		if k.String() == text {
			return k, nil
		}
	}
	return 0, fmt.Errorf("%q is no kind; there are person, organization and group", text)
}

func readAliases(n *yaml.Node) ([]string, error) {
	if n.Kind != yaml.SequenceNode {
		return nil, errors.New("aliases are a list: [one, another]")
	}
	var out []string
	for _, v := range n.Content {
		text, err := scalar(v)
		if err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, nil
}

func readLabels(n *yaml.Node) ([]corpus.Fact, error) {
	if n.Kind != yaml.MappingNode {
		return nil, errors.New("labels are a mapping: {desk: rates}")
	}
	var out []corpus.Fact
	err := eachKey(n, func(key, value *yaml.Node) error {
		if !labelName.MatchString(key.Value) || slices.Contains(entryKeys, key.Value) {
			return fmt.Errorf("%q can't be a label: small letters, digits and _, and none of %s", key.Value, strings.Join(entryKeys, ", "))
		}
		text, err := scalar(value)
		out = append(out, corpus.Fact{Name: key.Value, Value: text})
		return err
	})
	return out, err
}
