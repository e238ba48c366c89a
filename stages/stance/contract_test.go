package stance

import (
	"testing"

	"onrecord/stages/clean"
	"onrecord/stages/parse"
	"onrecord/stages/quote"
	"onrecord/stages/segment"
	"onrecord/stages/speaker"
	"onrecord/stages/stagetest"
	"onrecord/stages/tag"
	"onrecord/stages/tone"
)

func TestContract(t *testing.T) {
	stagetest.Contract(t, Stage{}, clean.Stage{}, segment.Stage{}, tag.Stage{}, parse.Stage{}, quote.Stage{}, speaker.Stage{}, tone.Stage{})
}
