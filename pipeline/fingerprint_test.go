package pipeline

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"onrecord/corpus"
	"onrecord/stages"
)

// Every option of reading enters the fingerprint, or stands here with a reason.
func TestEveryOptionOfReadingIsInTheFingerprint(t *testing.T) {
	aside := []string{"Stdin", "Except"} // what is read is digested itself
	kept := reflect.TypeFor[readOptions]()
	options := reflect.TypeFor[corpus.Options]()
	for i := range options.NumField() {
		name := options.Field(i).Name
		if _, ok := kept.FieldByName(name); !ok && !slices.Contains(aside, name) {
			t.Errorf("corpus.Options.%s changes results, but is not in readOptions", name)
		}
	}
}

// Every difference is named, and nothing else is one.
func TestDifferencesAreNamed(t *testing.T) {
	base := func() fingerprint {
		chain, err := chainFingerprint(stages.Chain(stages.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		return fingerprint{Format: 1, Read: readFingerprint(corpus.Options{Language: "en"}), Stages: chain}
	}
	tests := []struct {
		change func(*fingerprint)
		says   string
	}{
		{func(*fingerprint) {}, ""},
		{func(f *fingerprint) { f.Known = []string{"2026-11-22:abc"} }, ""},
		{func(f *fingerprint) { f.Format++ }, "format"},
		{func(f *fingerprint) { f.Read.Language = "any" }, "options of reading were"},
		{func(f *fingerprint) { f.Read.Fields = map[string]string{"text": "body"} }, "options of reading were"},
		{func(f *fingerprint) { f.Stages[2].Version = 99 }, "stage " + base().Stages[2].Name + " was version"},
		{func(f *fingerprint) { f.Stages[1].Options = []byte(`{"x":1}`) }, "options of stage " + base().Stages[1].Name},
		{func(f *fingerprint) { f.Stages[2].Models = []string{"a:b"} }, "a model of stage " + base().Stages[2].Name},
		{func(f *fingerprint) { f.Stages = f.Stages[:3] }, "stage " + base().Stages[3].Name + " is gone"},
		{func(f *fingerprint) { f.Stages = append(f.Stages, stageFingerprint{Name: "irony"}) }, "stage irony is new"},
	}
	for i, tt := range tests {
		now := base()
		now.Stages = slices.Clone(now.Stages)
		tt.change(&now)
		if why := base().differs(now); tt.says == "" && why != "" || !strings.Contains(why, tt.says) {
			t.Errorf("case %d: %q, want %q", i, why, tt.says)
		}
	}
	chain := base()
	if stages := chain.changed(base()); len(stages) > 0 {
		t.Errorf("%v are said to have changed", stages)
	}
}

func TestOptionOfTheChainChangesItsStage(t *testing.T) {
	a, err := chainFingerprint(stages.Chain(stages.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	b, err := chainFingerprint(stages.Chain(stages.Options{MinConfidence: 0.5}))
	if err != nil {
		t.Fatal(err)
	}
	if stage, why := (fingerprint{Stages: a}).stagesDiffer(fingerprint{Stages: b}); stage != "quote" || !strings.Contains(why, "0.5") {
		t.Errorf("stage %q, %q", stage, why)
	}
}
