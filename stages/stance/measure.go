package stance

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"onrecord/corpus"
	"onrecord/stages/internal/masked"
	"onrecord/stages/internal/polarity"
)

//go:embed measures.txt
var measuresText string

// measures holds the forms of a preposition and a noun.
var measures = sync.OnceValues(func() (map[[2]uint64]bool, error) {
	out := map[[2]uint64]bool{}
	for n, line := range strings.Split(measuresText, "\n") {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		if len(f) != 2 {
			return nil, fmt.Errorf("measures.txt line %d: %q is not `preposition noun`", n+1, line)
		}
		out[[2]uint64{masked.Hash(f[0]), masked.Hash(f[1])}] = true
	}
	return out, nil
})

// measured adds what a measure says that is aimed at a target: "announced tariffs on X",
// "a response to X". It is against the target unless it is ended or criticised itself.
func (sc *Scorer) measured(doc *corpus.Document, part, target corpus.Span) {
	prep := target.Start - 1
	for prep > part.Start && (doc.Tags[prep] == corpus.DT || doc.Tags[prep] == corpus.PRPS || doc.Tags[prep] == corpus.POS || doc.Tags[prep].IsAdjective() || doc.Tags[prep].IsProper()) {
		prep--
	}
	noun := prep - 1
	if noun < part.Start || !sc.measures[[2]uint64{sc.forms.Form(prep), sc.forms.Form(noun)}] {
		return
	}
	weight := float32(-1)
	for v := sc.tree.Head(noun); v >= part.Start && v < part.End; v = sc.tree.Head(v) {
		if !doc.Tags[v].IsVerb() {
			continue
		}
		e := sc.words.Entry(v)
		if sc.negated(v) || sc.class(doc, v)&against != 0 || e != nil && e.Class&polarity.Reduce != 0 {
			weight = 1
		}
		break
	}
	sc.add(polarity.Hit{First: noun, Last: prep, Head: noun, Lemma: -1, Base: weight, Factor: 1}, bound)
}
