package stance

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"onrecord/corpus"
)

const watchText = `
# What the desk follows.
- name: tariffs
  terms: [tariff, tariffs, "import duties"]
  patterns: ['levies on [a-z]+ goods']
- name: Ruritania
  terms: [Ruritania, "Ruritania's", Ruritanian]
- name: border wall
`

func watchlist(t *testing.T, text string) *Watchlist {
	t.Helper()
	w, err := ReadWatchlist(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestWatchedTargetsAreReportedUnderTheirName(t *testing.T) {
	tests := []struct{ marked, want string }{
		{"The envoy| said |the 100 percent tariff is not sustainable", "oppose tariffs"},
		{"The envoy| welcomed |the import duties", "support tariffs"},
		{"The envoy| said |levies on foreign goods begin on Monday", "neutral tariffs"},
		{"The envoy| said |the Border Wall is nine miles long", "neutral border wall"},
		{"The envoy| accused |{place:Ruritania} of harming fishermen", "oppose Ruritania"},
		{"The envoy| said |the office has nine rooms", ""},
	}
	sc := scorer(t)
	sc.watch = watchlist(t, watchText)
	for _, tt := range tests {
		doc := statement(t, sc, tt.marked)
		if got := positions(t, sc, doc); got != tt.want {
			t.Errorf("%q: got %q, want %q", doc.Text, got, tt.want)
		}
		for _, s := range doc.Stances {
			for _, span := range s.TargetSpans {
				if span.Len() == 0 {
					t.Errorf("%q: an empty span", doc.Text)
				}
			}
		}
	}
}

func TestNoListOrAnEmptyOneWatchesNothing(t *testing.T) {
	for _, text := range []string{"", "# nothing yet\n", "[]"} {
		if n := watchlist(t, text).Len(); n != 0 {
			t.Errorf("%q watches %d targets", text, n)
		}
	}
	var none *Watchlist
	if none.Len() != 0 {
		t.Error("no list watches something")
	}
}

func TestMistakesInAWatchListAreNamed(t *testing.T) {
	tests := []struct{ text, want string }{
		{"tariffs", `line 1: targets are written as a list`},
		{"- tariffs", `line 1: here an entry is expected: "- name: tariffs"`},
		{"- name: a\n  term: [b]", `line 2: unknown key "term"`},
		{"- name: a\n  name: b", `line 2: name is given twice`},
		{"- terms: [a]", `line 1: an entry has no name`},
		{"- name: [a]", `line 1: name: here one value`},
		{"- name: a\n  terms: b", `line 2: terms: terms are a list: [one, another]`},
		{"- name: a\n  patterns: ['(']", `line 2: patterns: error parsing regexp`},
		{"- name: a\n  patterns: ['x*']", `line 2: patterns: "x*" fits everywhere`},
		{"- name: a\n- name: A", `line 2: "A" is watched already`},
	}
	for _, tt := range tests {
		_, err := ReadWatchlist(strings.NewReader(tt.text))
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%q: error %v, want %s", tt.text, err, tt.want)
		}
	}
	_, err := ReadWatchlist(strings.NewReader("- name: a\n  termz: [b]"))
	var unknown *UnknownKeyError
	if !errors.As(err, &unknown) || unknown.Key != "termz" || unknown.Line != 2 {
		t.Errorf("error %#v does not name key and line", err)
	}
}

func TestFingerprintOfAWatchListKnowsWhatCounts(t *testing.T) {
	digest := func(text string) string {
		b, err := json.Marshal(Stage{Targets: watchlist(t, text)})
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	same := digest("- name: a\n  terms: [b]\n  patterns: [c]")
	if same != digest("# a comment\n- {name: a, terms: [b], patterns: [c]}") {
		t.Error("a comment changes the fingerprint")
	}
	for _, other := range []string{"- name: b\n  terms: [b]\n  patterns: [c]", "- name: a\n  terms: [d]\n  patterns: [c]", "- name: a\n  terms: [b]\n  patterns: [d]"} {
		if same == digest(other) {
			t.Errorf("%q has the fingerprint of another list", other)
		}
	}
}

func TestManyTermsAndMentionsCostLittle(t *testing.T) {
	sc := scorer(t)
	sc.watch = watchlist(t, "- name: no\n  terms: [no]\n  patterns: ['no']")
	doc := &corpus.Document{}
	if err := sc.read(doc, strings.Repeat("no ", 3000)); err != nil {
		t.Fatal(err)
	}
	doc.Statements = []corpus.Statement{{Content: []corpus.Span{{Start: 0, End: int32(len(doc.Text)) - 1}}}}
	doc.Sources, doc.Tones, doc.Speakers = []corpus.Source{{Speaker: -1}}, []corpus.Tone{{}}, []corpus.Speaker{}
	if got := positions(t, sc, doc); !strings.Contains(got, " no") {
		t.Errorf("got %q", got)
	}
}
