package gold

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"onrecord/corpus"
)

// Article is a text with its attributions as people marked them.
type Article struct {
	ID, Text     string
	Attributions []Attribution
	Discard      []corpus.Span // marked as no part of the article
}

// Attribution is a statement and, in labelled articles, who makes it. Spans are bytes.
type Attribution struct {
	Source, Cue, Content []corpus.Span
	Speaker              string
	Labelled             bool   // false: nobody was asked, or could tell, who speaks
	Kind                 string // of the speaker
	Tone                 *int   // -1, 0 or 1; nil: nobody was asked
	Stances              []Stance
}

// Stance is a position towards a target.
type Stance struct {
	Target string
	Stance int // -1, 0 or 1
}

// Labelled reads labelled-dev.jsonl of a folder.
func Labelled(dir string) ([]Article, error) {
	return articles(filepath.Join(dir, "labelled-dev.jsonl"))
}

// Attributed reads polnear-<split>.jsonl of a folder: nobody was asked for speakers.
func Attributed(dir, split string) ([]Article, error) {
	return articles(filepath.Join(dir, "polnear-"+split+".jsonl"))
}

func articles(name string) ([]Article, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var out []Article
	for lines := json.NewDecoder(bufio.NewReaderSize(file, 1<<20)); ; {
		var line struct {
			ID, Text     string
			Discard      [][2]int
			Attributions []struct {
				Source, Cue, Content [][2]int
				Speaker              *string
				SpeakerKind          string `json:"speaker_kind"`
				Tone                 *int
				Stances              []Stance
			}
		}
		if err := lines.Decode(&line); err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: article %d: %w", name, len(out)+1, err)
		}
		bytes := byteOffsets(line.Text)
		spans := func(points [][2]int) (out []corpus.Span) {
			for _, p := range points {
				out = append(out, corpus.Span{Start: bytes[p[0]], End: bytes[p[1]]})
			}
			return out
		}
		article := Article{ID: line.ID, Text: line.Text, Discard: spans(line.Discard)}
		for _, a := range line.Attributions {
			at := Attribution{Source: spans(a.Source), Cue: spans(a.Cue), Content: spans(a.Content), Tone: a.Tone, Kind: a.SpeakerKind, Stances: a.Stances}
			if a.Speaker != nil {
				at.Speaker, at.Labelled = *a.Speaker, true
			}
			article.Attributions = append(article.Attributions, at)
		}
		out = append(out, article)
	}
}

var (
	wordPattern = regexp.MustCompile(`[\pL\pN_]+`)
	owners      = strings.NewReplacer("’s", "", "'s", "")
	stopWords   = strings.Fields("the a an of in on for to and or mr mrs ms dr sen rep gov president secretary senator")
)

func nameWords(name string) []string {
	words := wordPattern.FindAllString(owners.Replace(strings.ToLower(name)), -1)
	return slices.DeleteFunc(words, func(w string) bool { return slices.Contains(stopWords, w) })
}

// SameName reports whether two names are one speaker's, as the project's scorer sees it:
// equal names, or equal last names with first names that do not clash.
func SameName(a, b string) bool {
	x, y := nameWords(a), nameWords(b)
	switch {
	case len(x) == 0 || len(y) == 0:
		return len(x) == len(y)
	case slices.Equal(x, y):
		return true
	case strings.Contains(a, " and ") || strings.Contains(b, " and "):
		slices.Sort(x)
		slices.Sort(y)
		return slices.Equal(slices.Compact(x), slices.Compact(y))
	}
	return x[len(x)-1] == y[len(y)-1] && (len(x) == 1 || len(y) == 1 || x[0] == y[0])
}

// SameTarget reports whether two names are one target's, as the project's scorer sees it:
// they share half of the words of the shorter one.
func SameTarget(a, b string) bool {
	x, y := wordSet(a), wordSet(b)
	shared := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			shared++
		}
	}
	return len(x) > 0 && len(y) > 0 && 2*shared >= min(len(x), len(y))
}

func wordSet(name string) []string {
	words := nameWords(name)
	slices.Sort(words)
	return slices.Compact(words)
}
