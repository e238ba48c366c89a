package eval

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode/utf8"

	"onrecord/corpus"
	"onrecord/stages/stance"
	"onrecord/stages/tone"
)

// The suites are short sentences written for this project, by phenomenon: what a
// reader of one sentence would call right. Nothing is ever trained on them.
var (
	//go:embed suite/tone.txt
	toneSuite string
	//go:embed suite/stance.txt
	stanceSuite string
)

// Phenomenon is how often the sentences of one kind are judged right.
type Phenomenon struct {
	Stage string   `json:"stage"` // tone or stance
	Name  string   `json:"name"`
	Right int      `json:"right"`
	All   int      `json:"all"`
	Wrong []string `json:"wrong,omitempty"` // the sentences, with what was said of them
}

// Suites judges the sentences of the suites.
func Suites() ([]Phenomenon, error) {
	t, err := tone.NewScorer()
	if err != nil {
		return nil, err
	}
	s, err := stance.NewScorer()
	if err != nil {
		return nil, err
	}
	out, err := suite(nil, "tone", toneSuite, func(sentence string) (int, error) {
		got, err := t.Score(sentence)
		return int(got.Label), err
	})
	if err != nil {
		return nil, err
	}
	return suite(out, "stance", stanceSuite, func(sentence string) (int, error) {
		text, target, err := unmark(sentence)
		if err != nil {
			return 0, err
		}
		got, err := s.Score(text, target)
		return int(got.Label), err
	})
}

// labels are how the suites write -1, 0 and 1.
const labels = "-0+"

// suite reads lines: `# phenomenon`, or a label and a sentence; others are comments.
func suite(out []Phenomenon, stage, text string, judge func(string) (int, error)) ([]Phenomenon, error) {
	first := len(out)
	for n, line := range strings.Split(text, "\n") {
		mark, rest, _ := strings.Cut(line, " ")
		label := strings.Index(labels, mark)
		switch {
		case mark == "#":
			out = append(out, Phenomenon{Stage: stage, Name: rest})
		case len(mark) != 1 || label < 0:
		case len(out) == first:
			return nil, fmt.Errorf("suite of %s, line %d: a sentence before any phenomenon", stage, n+1)
		default:
			p := &out[len(out)-1]
			got, err := judge(rest)
			if err != nil {
				return nil, fmt.Errorf("suite of %s, line %d: %w", stage, n+1, err)
			}
			p.All++
			if got+1 == label {
				p.Right++
			} else {
				p.Wrong = append(p.Wrong, fmt.Sprintf("%s, not %c: %s", labels[got+1:got+2], labels[label], rest))
			}
		}
	}
	return out, nil
}

// unmark takes the brackets off a target.
func unmark(s string) (string, corpus.Span, error) {
	before, rest, ok := strings.Cut(s, "[")
	target, after, ok2 := strings.Cut(rest, "]")
	if !ok || !ok2 || !utf8.ValidString(s) {
		return "", corpus.Span{}, fmt.Errorf("no [target] in %q", s)
	}
	return before + target + after, corpus.Span{Start: int32(len(before)), End: int32(len(before) + len(target))}, nil
}
