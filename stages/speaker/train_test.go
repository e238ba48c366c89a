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
	var persons, referents outcome
	for i := range lessons {
		persons.judge(m.ranking, lessons[i].decisions())
		referents.judge(m.referents, lessons[i].referents())
	}
	for _, x := range []struct {
		o            *outcome
		least, share int // decisions; right, in percent
		more         int // points more than presence
	}{{&persons, 500, 85, 2}, {&referents, 200, 65, 5}} {
		t.Log(x.o.String())
		if all := len(x.o.right); all < x.least || x.o.rankedRight()*100 < x.share*all || (x.o.rankedRight()-x.o.presence)*100 < x.more*all {
			t.Errorf("%s: want at least %d%%, and %d points more than presence", x.o.String(), x.share, x.more)
		}
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
