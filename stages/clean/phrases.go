package clean

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed phrases.txt
var phraseFile string

// phrase marks a line as boilerplate by words that it has.
type phrase struct {
	words   string // in lower case
	rule    string
	longest int // bytes of a line that the rule still believes
}

// phrases are those that a line begins with, by their first word; those that are
// the whole line; and those that stand anywhere.
type phrases struct {
	begin  map[string][]phrase
	whole  map[string]string
	within []phrase
}

// longestNote is the length in bytes of the longest note of an editor; they are
// paragraphs.
const longestNote = 1000

func readPhrases(file string) (*phrases, error) {
	p := &phrases{begin: map[string][]phrase{}, whole: map[string]string{}}
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		rule, rest, _ := strings.Cut(line, " ")
		place, words, _ := strings.Cut(rest, " ")
		entry := phrase{words: strings.ToLower(words), rule: rule, longest: 160}
		switch {
		case words == "":
			return nil, fmt.Errorf("phrases.txt: %q has no words", line)
		case place == "begin":
			switch rule {
			case "share":
				entry.longest = 60
			case "correction":
				entry.longest = longestNote
			}
			first, _, _ := strings.Cut(entry.words, " ")
			p.begin[first] = append(p.begin[first], entry)
		case place == "whole":
			p.whole[entry.words] = rule
		case place == "within":
			p.within = append(p.within, entry)
		default:
			return nil, fmt.Errorf("phrases.txt: %q: place %q is none of begin, whole, within", line, place)
		}
	}
	return p, nil
}

// rule is the rule of the phrase that the line has, empty if it has none.
func (p *phrases) rule(line string) string {
	const longestWithin = 200
	short := len(line) <= longestWithin
	if short {
		line = strings.ToLower(line)
		if rule, ok := p.whole[strings.TrimRight(line, ".:!…→»>› ")]; ok {
			return rule
		}
	}
	begin := strings.TrimLeft(line, "([*•–—-> ")
	first, _, _ := strings.Cut(begin, " ")
	for _, entry := range p.begin[strings.ToLower(first)] {
		if len(begin) <= entry.longest && len(begin) >= len(entry.words) && strings.EqualFold(begin[:len(entry.words)], entry.words) {
			return entry.rule
		}
	}
	if short {
		for _, entry := range p.within {
			if strings.Contains(line, entry.words) {
				return entry.rule
			}
		}
	}
	return ""
}

// label: the line is the word above links to other articles, perhaps in quotation
// marks as some archives have it.
func (p *phrases) label(line string) bool {
	const longest = 24
	return len(line) <= longest && p.whole[strings.ToLower(strings.Trim(line, "\"“”.: "))] == "related"
}
