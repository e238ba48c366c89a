package quote

import (
	"flag"
	"maps"
	"slices"
	"testing"

	"onrecord/corpus"
)

var goldPart = flag.String("part", "train", "articles that TestGold measures: train or dev")

func TestGold(t *testing.T) {
	s := scores{rules: map[string]*tally{}}
	annotate(t, loadGold(t, *goldPart), Stage{}, func(a *article, doc *corpus.Document) { s.add(a, doc.Statements) })
	t.Logf("\n%s", &s)
	for _, n := range slices.Sorted(maps.Keys(s.rules)) {
		t.Logf("%-20s %5d given %.1f right", n, s.rules[n].given, s.rules[n].precision())
	}
}
