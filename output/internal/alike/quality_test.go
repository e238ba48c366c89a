package alike

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const gold = "../../../../shared/gold/polnear-train.jsonl"

// The sketches that package output uses.
func statementSketch() *Sketch { return &Sketch{Words: 2, Bands: 8, Rows: 3} }
func articleSketch() *Sketch   { return &Sketch{Words: 3, Bands: 24, Rows: 3} }

// TestEditedStatementsAreFound measures how many statements are led to what they repeat
// after edits of each kind, and how many are led to something else, though all are taken
// for one speaker's.
func TestEditedStatementsAreFound(t *testing.T) {
	_, statements := texts(t)
	measure(t, statementSketch(), 2, statements, 2, []edits{
		{"other marks and capitals", 1, func(_ *rand.Rand, s string) string { return "“" + strings.ToUpper(s) + "”" }},
		{"a word in twenty", 0.88, func(r *rand.Rand, s string) string { return edit(r, s, 0.05) }},
		{"a word in ten", 0.7, func(r *rand.Rand, s string) string { return edit(r, s, 0.1) }},
		{"the last quarter left out", 0.76, func(_ *rand.Rand, s string) string { return first(s, 0.75) }},
		{"the last half left out", 0, func(_ *rand.Rand, s string) string { return first(s, 0.5) }},
	})
}

// TestEditedArticlesAreFound is the same for articles.
func TestEditedArticlesAreFound(t *testing.T) {
	articles, _ := texts(t)
	measure(t, articleSketch(), 3, articles, 30, []edits{
		{"another headline and byline", 0.97, func(r *rand.Rand, s string) string { return sentence(r, 12) + "\n" + s }},
		{"a word in fifty", 0.97, func(r *rand.Rand, s string) string { return edit(r, s, 0.02) }},
		{"a word in ten", 0.7, func(r *rand.Rand, s string) string { return edit(r, s, 0.1) }},
		{"the last quarter left out", 0.97, func(_ *rand.Rand, s string) string { return first(s, 0.75) }},
		{"the last half left out", 0, func(_ *rand.Rand, s string) string { return first(s, 0.5) }},
	})
}

// each is the number of texts that are edited in each way.
const each = 400

type edits struct {
	name  string
	least float64 // share that must be found
	edit  func(*rand.Rand, string) string
}

// measure adds the originals, then some edited ones of each kind.
func measure(t *testing.T, s *Sketch, least int, originals []string, words int, kinds []edits) {
	rng := rand.New(rand.NewPCG(3, 4))
	f := &Finder{Dir: t.TempDir(), Name: "measure", Least: least}
	defer f.Close()
	n := uint64(0)
	added := []string{""}
	add := func(text string) {
		n++
		added = append(added, text)
		if err := f.Add(s.Keys(nil, 0, text), n); err != nil {
			t.Fatal(err)
		}
	}
	for _, o := range originals {
		add(o)
	}
	origin := map[uint64]int{}
	for k := range kinds {
		for range each {
			o := rng.IntN(len(originals))
			for len(strings.Fields(originals[o])) < words*4 {
				o = rng.IntN(len(originals))
			}
			add(kinds[k].edit(rng, originals[o]))
			origin[n] = o
		}
	}
	if _, err := f.Write(io.Discard); err != nil {
		t.Fatal(err)
	}
	next := f.Results()
	values := make([]uint64, n+1)
	for i := range values[1:] {
		r, err := next()
		if err != nil {
			t.Fatal(err)
		}
		values[i+1] = r.Value
	}
	repeat, wrong := 0, 0
	for i := 1; i <= len(originals); i++ {
		if v := values[i]; v != uint64(i) {
			repeat++
			if j := jaccard(s, originals[i-1], originals[v-1]); j < 0.25 {
				wrong++
			}
		}
	}
	t.Logf("%d originals: %d repeat another, of which %d have less than a quarter of their %d-word sequences in common", len(originals), repeat, wrong, s.Words)
	if wrong*500 > len(originals) {
		t.Errorf("%d of %d originals are led to what they do not repeat", wrong, len(originals))
	}
	at := uint64(len(originals))
	for _, k := range kinds {
		found, elsewhere := 0, 0
		for range each {
			at++
			switch values[at] {
			case values[origin[at]+1]:
				found++
			case at:
			default:
				// An edited text may be led to another one of the same original.
				if jaccard(s, added[at], added[values[at]]) < 0.25 {
					elsewhere++
				}
			}
		}
		t.Logf("%-28s %5.1f%% found, %.1f%% led elsewhere", k.name, 100*float64(found)/each, 100*float64(elsewhere)/each)
		if float64(found)/each < k.least {
			t.Errorf("%s: %.1f%% found, want %.0f%%", k.name, 100*float64(found)/each, 100*k.least)
		}
		if elsewhere > each/100 {
			t.Errorf("%s: %d of %d are led elsewhere", k.name, elsewhere, each)
		}
	}
}

func first(text string, share float64) string {
	words := strings.Fields(text)
	return strings.Join(words[:int(share*float64(len(words)))], " ")
}

// jaccard is the share of the word sequences of either text that both have.
func jaccard(s *Sketch, a, b string) float64 {
	set := func(text string) map[string]bool {
		s.split(text)
		out := map[string]bool{}
		for i := 0; i+s.Words <= len(s.words); i++ {
			var key strings.Builder
			for _, w := range s.words[i : i+s.Words] {
				key.WriteString(string(rune(w&0xffff)) + string(rune(w>>16&0xffff)))
			}
			out[key.String()] = true
		}
		return out
	}
	x, y := set(a), set(b)
	if len(x) == 0 || len(y) == 0 {
		if s.Whole(0, a) == s.Whole(0, b) {
			return 1
		}
		return 0
	}
	both := 0
	for k := range x {
		if y[k] {
			both++
		}
	}
	return float64(both) / float64(len(x)+len(y)-both)
}

// texts are articles and statements that people marked in them.
func texts(t *testing.T) (articles, statements []string) {
	file, err := os.Open(gold)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("no %s beside this repository: near-duplicates are not measured", filepath.Base(filepath.Dir(gold)))
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := json.NewDecoder(bufio.NewReader(file)); ; {
		var line struct {
			Text         string
			Attributions []struct{ Content [][2]int }
		}
		if err := lines.Decode(&line); err == io.EOF {
			return articles, statements
		} else if err != nil {
			t.Fatal(err)
		}
		articles = append(articles, line.Text)
		runes := []rune(line.Text)
		for _, a := range line.Attributions {
			var parts []string
			for _, c := range a.Content {
				parts = append(parts, string(runes[c[0]:c[1]]))
			}
			statements = append(statements, strings.Join(parts, " ... "))
		}
	}
}
