package tone

import (
	"testing"

	"onrecord/stages/stagetest"
)

var tiny = map[string]string{
	"newsmtsc-train.jsonl": `{"id":"a_b_1_0","text":"Ann Kovář praised Bo Holm.","target_start":18,"target_end":25,"label":1}
{"id":"a_b_2_0","text":"Ann Kovář condemned Bo Holm.","target_start":20,"target_end":27,"label":-1}
`,
	"polnear-train.jsonl": `{"id":"x","text":"Ann said it works well. Bo said it is bad.","attributions":[
{"source":[[0,3]],"cue":[[4,8]],"content":[[9,22]],"tone":1},{"source":[[24,26]],"cue":[[27,31]],"content":[[32,41]],"tone":-1}]}`,
}

func TestTrainingIsDeterministic(t *testing.T) {
	if _, err := readModel(stagetest.Training(t, Stage{}, tiny, "tone.model")); err != nil {
		t.Errorf("the model does not load: %v", err)
	}
}
