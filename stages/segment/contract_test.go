package segment

import (
	"testing"

	"onrecord/stages/clean"
	"onrecord/stages/stagetest"
)

func TestContract(t *testing.T) {
	stagetest.Contract(t, Stage{}, clean.Stage{})
}
