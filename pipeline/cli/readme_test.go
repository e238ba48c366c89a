package cli

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
)

var update = flag.Bool("update", false, "write the generated part of the README anew")

const (
	columnsBegin = "<!-- columns -->\n"
	columnsEnd   = "<!-- /columns -->\n"
)

// The README's list of columns is the schema of the tables, not a description of it.
func TestReadmeListsTheColumns(t *testing.T) {
	path := filepath.Join("..", "..", "README.md")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(b), columnsBegin)
	have, tail, ok2 := strings.Cut(rest, columnsEnd)
	if !ok || !ok2 {
		t.Fatalf("README.md lacks %q or %q", columnsBegin, columnsEnd)
	}
	want := columnsMarkdown()
	if have == want {
		return
	}
	if !*update {
		t.Fatalf("the columns in README.md are not those of the tables; write them with: go test ./pipeline/cli -run Readme -update")
	}
	if err := os.WriteFile(path, []byte(head+columnsBegin+want+columnsEnd+tail), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The commands of the README run as they stand, on a dataset of the sample.
func TestReadmeCommands(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no sh to run commands with")
	}
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.Executable() // which is onrecord when it is called so: see TestMain
	if err != nil {
		t.Fatal(err)
	}
	sample, err := filepath.Abs(filepath.Join("..", "..", "corpus", "sample"))
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(program, filepath.Join(bin, "onrecord")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	t.Chdir(t.TempDir())
	run := func(command string) {
		if text, err := exec.Command(sh, "-c", command).CombinedOutput(); err != nil || len(text) == 0 && !strings.Contains(command, ">") {
			t.Errorf("%s: %v\n%s", command, err, text)
		}
	}
	run("onrecord run --quiet " + sample)
	commands := 0
	for section := range strings.SplitSeq(string(readme), "\n## ") {
		if title, _, _ := strings.Cut(section, "\n"); title != "Open the dataset" && title != "When a number looks wrong" {
			continue
		}
		for line := range strings.Lines(section) {
			if command, ok := strings.CutPrefix(line, "    onrecord "); ok {
				run("onrecord " + strings.TrimSpace(command))
				commands++
			}
		}
	}
	if commands < 8 {
		t.Errorf("README.md has %d commands in these sections", commands)
	}
}

func columnsMarkdown() string {
	var b strings.Builder
	for _, table := range publicTables() {
		fmt.Fprintf(&b, "**%s**\n\n| column | type | null | |\n|---|---|---|---|\n", table.name)
		for _, f := range table.schema().Fields() {
			null := ""
			if f.Nullable {
				null = "yes"
			}
			description, _ := f.Metadata.GetValue("description")
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", f.Name, typeName(f.Type), null, strings.ReplaceAll(description, "|", "\\|"))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// typeName is how a notebook user thinks of the type.
func typeName(t arrow.DataType) string {
	switch t := t.(type) {
	case *arrow.DictionaryType:
		return "label"
	case *arrow.ListType:
		return "list of " + typeName(t.Elem())
	case *arrow.StructType:
		var fields []string
		for _, f := range t.Fields() {
			fields = append(fields, f.Name)
		}
		return "{" + strings.Join(fields, ", ") + "}"
	case *arrow.TimestampType:
		return "timestamp"
	case *arrow.StringType:
		return "string"
	}
	return t.Name()
}
