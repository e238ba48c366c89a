package quote

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"onrecord/corpus"
)

var derive = flag.Bool("derive", false, "write cues.txt anew from the training articles")

const cuesHeader = `# Words that mark an attribution, counted in the training articles of PolNeAR 1.0:
# lemma, part of speech, frame (frame.go), times seen outside quotations, times it was a cue's head.
`

// TestDeriveCues counts in which frames a lemma heads a cue. Words and counts are
// all that leaves the articles.
func TestDeriveCues(t *testing.T) {
	if !*derive {
		t.Skip("run with -derive to write cues.txt")
	}
	type key struct {
		lemma string
		part  part
		frame frame
	}
	seen, cue := map[key]int{}, map[key]int{}
	total := map[[2]string]int{}
	lex, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{lex: lex}
	for _, a := range loadGold(t, "train") {
		if a.doc == nil {
			continue
		}
		if a.given == nil {
			continue // no lemmas
		}
		lemmas := lemmasByOffset(a)
		r.read(a.doc)
		for _, s := range r.sentences {
			var hs []head
			r.heads(s, func(h head) { hs = append(hs, h) })
			is := cueHeads(a, r, hs)
			for i, h := range hs {
				lemma := lemmas[r.tokens[h.token].Start]
				if lemma == "" || strings.ContainsAny(lemma, " 0123456789") || len(lemma) < 2 || r.tokens[h.token].class&(isBe|isHave|isDo) != 0 {
					continue
				}
				k := key{lemma, h.part, h.frame}
				seen[k]++
				if is[i] {
					cue[k]++
					total[[2]string{lemma, partNames[h.part]}]++
				}
			}
		}
	}
	keys := slices.SortedFunc(maps.Keys(seen), func(x, y key) int {
		return cmp.Or(cmp.Compare(x.lemma, y.lemma), cmp.Compare(x.part, y.part), cmp.Compare(x.frame, y.frame))
	})
	var b strings.Builder
	b.WriteString(cuesHeader)
	for _, k := range keys {
		if total[[2]string{k.lemma, partNames[k.part]}] > 0 {
			fmt.Fprintln(&b, k.lemma, partNames[k.part], frameNames[k.frame], seen[k], cue[k])
		}
	}
	if err := os.WriteFile("cues.txt", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func lemmasByOffset(a *article) map[int32]string {
	out := map[int32]string{}
	for i, l := range a.lemmas {
		out[a.given.Tokens[i].Start] = l
	}
	return out
}

// cueHeads tells which heads of a sentence head a labelled cue: of those inside
// one, the last verb, else the last adjective, else the first noun.
func cueHeads(a *article, r *reader, hs []head) []bool {
	out := make([]bool, len(hs))
	for _, x := range a.Attributions {
		best := -1
		for i, h := range hs {
			at := r.tokens[h.token].Span
			for _, c := range x.Cue {
				if !c.Contains(at) {
					continue
				}
				if best < 0 || h.part == verbCue || h.part == adjectiveCue && hs[best].part == nounCue {
					best = i
				}
			}
		}
		if best >= 0 {
			out[best] = true
		}
	}
	return out
}

func annotate(t testing.TB, docs []*article, s Stage, each func(a *article, doc *corpus.Document)) {
	t.Helper()
	run, err := s.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range docs {
		if a.doc == nil {
			continue
		}
		if err := run(a.doc); err != nil {
			t.Fatal(err)
		}
		each(a, a.doc)
	}
}

var calibrate = flag.Bool("calibrate", false, "write confidence.txt anew from the training articles")

const confidenceHeader = `# Statements given on the training articles of PolNeAR 1.0, and how many were right:
# rule, rule of the source, step of the chance (confidence.go), given, right.
`

// TestCalibrate counts how often each kind of evidence was right.
func TestCalibrate(t *testing.T) {
	if !*calibrate {
		t.Skip("run with -calibrate to write confidence.txt")
	}
	lex, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	asm := &assembler{reader: reader{lex: lex}, calibration: &calibration{}}
	given, right := map[evidence]int{}, map[evidence]int{}
	for _, a := range loadGold(t, "train") {
		if a.doc == nil {
			continue
		}
		asm.read(a.doc)
		statements := asm.assemble(a.doc, 0)
		found := matches(a, statements)
		for i := range statements {
			e := asm.statements[i].evidence()
			if e.rule == turnRule {
				continue
			}
			given[e]++
			if j := slices.Index(found, i); j >= 0 && sameSource(a.Attributions[j], statements[i]) {
				right[e]++
			}
		}
	}
	var b strings.Builder
	b.WriteString(confidenceHeader)
	for _, e := range slices.SortedFunc(maps.Keys(given), func(x, y evidence) int {
		return cmp.Or(cmp.Compare(x.rule, y.rule), cmp.Compare(x.source, y.source), cmp.Compare(x.chance, y.chance))
	}) {
		fmt.Fprintln(&b, e.rule, e.source, e.chance, given[e], right[e])
	}
	if err := os.WriteFile("confidence.txt", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
