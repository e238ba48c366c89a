package tag

import (
	"slices"
	"strings"
	"testing"

	"onrecord/corpus"
)

// TestClusters promises that words of like company come together, the same every time.
func TestClusters(t *testing.T) {
	var lines []string
	for _, name := range []string{"Ann", "Bob", "Eve"} {
		for _, verb := range []string{"sings", "runs", "sleeps"} {
			for range 5 {
				lines = append(lines, name+" "+verb+" well .")
			}
		}
	}
	docs := []*corpus.Document{tokenised(lines...)}
	counts := map[uint32]int32{}
	key := func(token string) uint32 {
		var w word
		w.look(token)
		return keyOf(w.exact)
	}
	for _, token := range docs[0].Tokens {
		counts[key(token.Of(docs[0].Text))]++
	}
	got := clusters(docs, counts)
	for _, group := range []string{"Ann Bob Eve", "sings runs sleeps"} {
		var of []uint8
		for _, w := range strings.Fields(group) {
			of = append(of, got[key(w)])
		}
		if len(slices.Compact(of)) != 1 || of[0] == 0 {
			t.Errorf("%s: clusters %v, want one", group, of)
		}
	}
	if got[key("Ann")] == got[key("runs")] {
		t.Error("names and verbs are in one cluster")
	}
	again := clusters(docs, counts)
	for k, c := range got {
		if again[k] != c {
			t.Fatal("a second clustering differs from the first")
		}
	}
}
