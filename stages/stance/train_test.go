package stance

import (
	"os"
	"testing"

	"onrecord/stages/internal/gold"
	"onrecord/stages/internal/verdict"
	"onrecord/stages/stagetest"
)

var tiny = map[string]string{"newsmtsc-train.jsonl": `{"id":"a_b_1_0","text":"Ann Kovář praised Bo Holm.","target_start":18,"target_end":25,"label":1}
{"id":"a_b_2_0","text":"Ann Kovář condemned Bo Holm.","target_start":20,"target_end":27,"label":-1}
{"id":"a_b_3_0","text":"Ann Kovář met Bo Holm on Monday.","target_start":14,"target_end":21,"label":0}
`, "polnear-train.jsonl": `{"id":"x","text":"Ann praised Bo Holm. Bo said Ann Kovář was wrong.","attributions":[
{"source":[[0,3]],"cue":[[4,11]],"content":[[12,19]],"speaker":"Ann Kovář","speaker_kind":"person","tone":1,"stances":[{"target":"Bo Holm","stance":1}]},
{"source":[[21,23]],"cue":[[24,28]],"content":[[29,48]],"speaker":"Bo Holm","speaker_kind":"person","tone":-1,"stances":[{"target":"Ann Kovář","stance":-1}]}]}
`}

func TestTrainingIsDeterministic(t *testing.T) {
	if _, err := readModel(stagetest.Training(t, Stage{}, tiny, "stance.model")); err != nil {
		t.Errorf("the model does not load: %v", err)
	}
}

// TestHeldOutFold learns from four folds of NewsMTSC, in a hurry, and judges the fifth;
// training takes its time and prints all five.
func TestHeldOutFold(t *testing.T) {
	if _, err := os.Stat(gold.Dir); err != nil {
		t.Skipf("needs ../shared/gold beside the repository: %v", err)
	}
	rows, err := readRows(t.Context(), gold.Dir)
	if err != nil {
		t.Fatal(err)
	}
	var held verdict.HeldOut
	hurried := learning
	hurried.Epochs = 2
	held.Fold(rows, 0, hurried, rule)
	f := held.MacroF1()
	t.Logf("macro-F1 %.1f on the articles of one fold", f)
	if f < 64 {
		t.Errorf("macro-F1 %.1f is below the floor of 64", f)
	}
}
