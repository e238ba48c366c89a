// Package labels holds what this project's annotators say of attributions of PolNeAR's
// training articles: who speaks, in what tone, and where they stand. The articles
// themselves are not here; [Read] joins the two. Training and its measures use it.
package labels

import (
	_ "embed"
	"fmt"
	"hash/fnv"
	"strings"

	"onrecord/corpus"
	"onrecord/stages/internal/gold"
)

//go:embed labels.txt
var text string

// Folds is how many folds there are.
const Folds = 10

// Fold is the fold, of Folds, of an article.
func Fold(id string) int {
	h := fnv.New32a()
	h.Write([]byte(id))
	return int(h.Sum32()>>3) % Folds
}

// Read gives the labelled articles among polnear-train.jsonl of a folder. An article
// that brings labels of its own keeps them.
func Read(dir string) ([]gold.Article, error) {
	all, err := gold.Attributed(dir, "train")
	if err != nil {
		return nil, err
	}
	known, err := parse(text)
	if err != nil {
		return nil, fmt.Errorf("labels.txt: %w", err)
	}
	return join(all, known)
}

// join keeps the labelled ones of articles.
func join(all []gold.Article, known map[string][]label) ([]gold.Article, error) {
	var out []gold.Article
	for _, a := range all {
		given, ok := known[a.ID]
		switch {
		case !ok && (len(a.Attributions) == 0 || a.Attributions[0].Tone == nil):
			continue
		case ok && len(given) != len(a.Attributions):
			return nil, fmt.Errorf("article %s has %d attributions and %d labels", a.ID, len(a.Attributions), len(given))
		}
		for i, l := range given {
			at := &a.Attributions[i]
			at.Speaker, at.Labelled, at.Kind, at.Tone, at.Stances = l.speaker, l.speaker != "", l.kind, &l.tone, l.stances
		}
		out = append(out, a)
	}
	return out, nil
}

// label is a line: what is said of one attribution.
type label struct {
	speaker string // empty: nobody could tell
	kind    string
	tone    int
	stances []gold.Stance
}

// parse reads the labels by article. A line is a comment (#), the begin of an article
// (= id), or an attribution's speaker, kind, tone and targets, cut by tabs.
func parse(text string) (map[string][]label, error) {
	out := map[string][]label{}
	id := ""
	for n, line := range strings.Split(text, "\n") {
		begun, isBegin := strings.CutPrefix(line, "= ")
		var err error
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case isBegin:
			id = begun
			if _, twice := out[id]; twice {
				err = fmt.Errorf("article %s comes twice", id)
			}
			out[id] = []label{}
		case id == "":
			err = fmt.Errorf("a label before any article")
		default:
			var l label
			l, err = parseLabel(line)
			out[id] = append(out[id], l)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
	}
	return out, nil
}

func parseLabel(line string) (label, error) {
	fields := strings.Split(line, "\t")
	if len(fields) < 3 {
		return label{}, fmt.Errorf("%q is not a speaker, a kind and a tone", line)
	}
	l := label{speaker: fields[0], kind: fields[1]}
	if l.speaker == "-" {
		l.speaker = ""
	}
	if _, err := corpus.ParseSpeakerKind(l.kind); err != nil {
		return l, err
	}
	var err error
	if l.tone, err = sign(fields[2]); err != nil {
		return l, err
	}
	for _, f := range fields[3:] {
		if len(f) < 2 {
			return l, fmt.Errorf("%q is not a sign and a target", f)
		}
		s, err := sign(f[:1])
		if err != nil {
			return l, err
		}
		l.stances = append(l.stances, gold.Stance{Target: f[1:], Stance: s})
	}
	return l, nil
}

func sign(s string) (int, error) {
	switch s {
	case "-":
		return -1, nil
	case "0":
		return 0, nil
	case "+":
		return 1, nil
	}
	return 0, fmt.Errorf("%q is not +, - or 0", s)
}
