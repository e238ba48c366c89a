package stagetest

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
)

// trainer is the part of stages.Trainer that is tested here; package stages imports the
// stages, whose tests import this package.
type trainer interface {
	Train(ctx context.Context, data string, say func(line string)) (map[string][]byte, error)
}

// Training trains a stage twice on the same data, files by their names, and holds it to
// giving the same bytes. It returns the model file of that name.
func Training(t *testing.T, stage trainer, data map[string]string, model string) []byte {
	t.Helper()
	dir := t.TempDir()
	for name, text := range data {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var models [2][]byte
	for i := range models {
		files, err := stage.Train(t.Context(), dir, func(string) {})
		if err != nil {
			t.Fatal(err)
		}
		models[i] = files[model]
	}
	if len(models[0]) == 0 {
		t.Fatalf("training gave no %s", model)
	}
	if !bytes.Equal(models[0], models[1]) {
		t.Errorf("two trainings on the same data gave different %s", model)
	}
	return models[0]
}
