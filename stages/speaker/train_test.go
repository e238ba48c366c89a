package speaker

import (
	"os"
	"testing"

	"onrecord/stages/internal/gold"
)

// TestRankingBeatsPresence compares whom the ranking and mere presence choose with what
// CoreNLP chose, in articles that neither learned from.
func TestRankingBeatsPresence(t *testing.T) {
	if _, err := os.Stat(gold.Dir); err != nil {
		t.Skip("no ../shared/gold beside this repository: the ranking of candidates is not measured")
	}
	m, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	lessons, err := readLessons(t.Context(), gold.Dir, "dev")
	if err != nil {
		t.Fatal(err)
	}
	var o outcome
	for i := range lessons {
		o.judge(m.ranking, lessons[i].decisions())
	}
	t.Log(o.String())
	if all := len(o.right); all < 500 || o.rankedRight()*100 < 85*all || (o.rankedRight()-o.presence)*100 < 2*all {
		t.Errorf("%s: want at least 85%%, and two points more than presence", o.String())
	}
}

func TestModelComesBack(t *testing.T) {
	m, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	again, err := readModel(m.encode())
	if err != nil {
		t.Fatal(err)
	}
	if string(again.encode()) != string(modelFile) {
		t.Error("the model read and written is another")
	}
	if _, err := readModel(modelFile[:len(modelFile)/2]); err == nil {
		t.Error("half a model was read")
	}
}
