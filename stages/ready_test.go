package stages

import (
	"testing"
	"time"
)

// TestModelsAreReadySoon loads every model of the chain, once, as a run does before
// its first article. They are to be ready within 150 ms on an idle machine; the bound
// leaves room for a busy one and for the race detector.
func TestModelsAreReadySoon(t *testing.T) {
	start := time.Now()
	for _, s := range Chain(Options{}) {
		before := time.Now()
		if _, err := s.Annotator(); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %v", s.Info().Name, time.Since(before).Round(time.Millisecond/10))
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("all models took %v", took)
	}
}
