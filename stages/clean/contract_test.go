package clean

import (
	"testing"

	"onrecord/stages/stagetest"
)

func TestContract(t *testing.T) {
	stagetest.Contract(t, Stage{})
}
