package quote

import (
	"testing"

	"onrecord/stages/clean"
	"onrecord/stages/parse"
	"onrecord/stages/segment"
	"onrecord/stages/stagetest"
	"onrecord/stages/tag"
)

func TestContract(t *testing.T) {
	stagetest.Contract(t, Stage{}, clean.Stage{}, segment.Stage{}, tag.Stage{}, parse.Stage{})
}
