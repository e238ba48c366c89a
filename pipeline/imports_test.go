package pipeline_test

import (
	"os/exec"
	"strings"
	"testing"
)

// TestArrows holds the house together: stages and output stand on corpus alone,
// pipeline on all three, and nothing but the door on pipeline. Tests may look
// further; what is built may not.
func TestArrows(t *testing.T) {
	may := map[string][]string{
		"corpus":   {"corpus"},
		"stages":   {"corpus", "stages"},
		"output":   {"corpus", "output"},
		"pipeline": {"corpus", "stages", "output", "pipeline"},
		"":         {"pipeline"},
	}
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "onrecord/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	packages := 0
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		packages++
		for _, imported := range fields[1:] {
			if imported != "onrecord" && !strings.HasPrefix(imported, "onrecord/") {
				continue
			}
			allowed := false
			for _, top := range may[topFolder(fields[0])] {
				allowed = allowed || top == topFolder(imported)
			}
			if !allowed {
				t.Errorf("%s imports %s", fields[0], imported)
			}
		}
	}
	if packages < 10 {
		t.Errorf("only %d packages were looked at", packages)
	}
}

func topFolder(path string) string {
	path = strings.TrimPrefix(strings.TrimPrefix(path, "onrecord"), "/")
	top, _, _ := strings.Cut(path, "/")
	return top
}
