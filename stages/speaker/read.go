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
	"onrecord/stages/internal/entries"
)

// UnknownKeyError says that an entry of a people file has a key that nothing reads.
type UnknownKeyError = entries.UnknownKeyError

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
	err := entries.Read(r, "people", func(n *yaml.Node) error {
		k, err := readEntry(n)
		if err != nil {
			return err
		}
		if err := p.add(k); err != nil {
			return fmt.Errorf("line %d: %w", n.Line, err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

func readEntry(n *yaml.Node) (Known, error) {
	k := Known{Kind: corpus.KindPerson}
	err := entries.Keys(n, entryKeys, func(key string, value *yaml.Node) (err error) {
		switch key {
		case "name":
			k.Name, err = entries.Value(value)
		case "kind":
			k.Kind, err = readKind(value)
		case "aliases":
			k.Aliases, err = entries.Values(value, key)
		case "labels":
			var labels []corpus.Fact
			labels, err = readLabels(value)
			k.Facts = append(k.Facts, labels...)
		default:
			var text string
			if text, err = entries.Value(value); err == nil && key == "wikidata" && !wikidataID.MatchString(text) {
				err = fmt.Errorf("%q is no Wikidata id, such as Q42", text)
			}
			k.Facts = append(k.Facts, corpus.Fact{Name: key, Value: text})
		}
		return err
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

func readKind(n *yaml.Node) (corpus.SpeakerKind, error) {
	text, err := entries.Value(n)
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

func readLabels(n *yaml.Node) ([]corpus.Fact, error) {
	if n.Kind != yaml.MappingNode {
		return nil, errors.New("labels are a mapping: {desk: rates}")
	}
	var out []corpus.Fact
	err := entries.Keys(n, nil, func(key string, value *yaml.Node) error {
		if !labelName.MatchString(key) || slices.Contains(entryKeys, key) {
			return fmt.Errorf("%q can't be a label: small letters, digits and _, and none of %s", key, strings.Join(entryKeys, ", "))
		}
		text, err := entries.Value(value)
		out = append(out, corpus.Fact{Name: key, Value: text})
		return err
	})
	return out, err
}
