package tag

import (
	"testing"

	"onrecord/stages/clean"
	"onrecord/stages/segment"
	"onrecord/stages/stagetest"
)

func TestContract(t *testing.T) {
	stagetest.Contract(t, Stage{}, clean.Stage{}, segment.Stage{})
}
