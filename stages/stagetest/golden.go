package stagetest

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/corpus"
)

var update = flag.Bool("update", false, "write the golden output anew, if Version or models are new")

// The golden files of a stage: the documents with the layers that it needs, as
// they were when the output was written, and the output. The input is stored, so
// that a change in an earlier stage is no change of this one.
const (
	inputFile  = "testdata/contract-input.json.gz"
	outputFile = "testdata/contract.txt"
)

// golden compares what the stage makes of the stored input with the stored output.
func (c *contract) golden(t testing.TB, docs []*corpus.Document) {
	input, err := readInput()
	old, err2 := os.ReadFile(outputFile)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err2, fs.ErrNotExist) {
		if !*update {
			t.Fatalf("%s or %s is not there; write them with: go test -run Contract -update", inputFile, outputFile)
		}
		c.write(t, docs)
		return
	}
	if err = errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	got.WriteString(c.made())
	c.describe(t, &got, input)
	if got.String() == string(old) {
		if *update {
			c.write(t, docs) // the input of today
		}
		return
	}
	line := firstDifference(string(old), got.String())
	oldMade, oldRest, _ := strings.Cut(string(old), "\n\n")
	newMade, newRest, _ := strings.Cut(got.String(), "\n\n")
	switch {
	case oldRest == newRest && !*update:
		t.Errorf("the output is the same, but made by another version; write that with: go test -run Contract -update\n%s", line)
	case oldMade == newMade:
		t.Errorf("the output of %s changed, but neither its Version nor its models did: raise Version at %s, then write the golden output with: go test -run Contract -update\n%s",
			c.info.Name, versionLine("."), line)
	case *update:
		c.write(t, docs)
	default:
		t.Errorf("the output is that of a new version; look at the changes of %s after: go test -run Contract -update\n%s", outputFile, line)
	}
}

// made names what made the output: the lines before the first empty one.
func (c *contract) made() string {
	return fmt.Sprintf("made by %s, version %d\nmodels %s\n\n", c.info.Name, c.info.Version, strings.Join(c.info.Models, " "))
}

// write stores the documents as input and what the stage makes of them as output.
func (c *contract) write(t testing.TB, docs []*corpus.Document) {
	input := make([]*corpus.Document, len(docs))
	for i, doc := range docs {
		input[i] = fresh(doc, c.info.Needs)
	}
	var out strings.Builder
	out.WriteString(c.made())
	c.describe(t, &out, input)
	var packed bytes.Buffer
	zip, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err == nil {
		_, err = zip.Write(encode(input))
	}
	if err = errors.Join(err, zip.Close(), os.MkdirAll(filepath.Dir(inputFile), 0o777)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(inputFile, packed.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(outputFile, []byte(out.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Logf("wrote %s (%d bytes) and %s (%d bytes)", inputFile, packed.Len(), outputFile, out.Len())
}

func readInput() ([]*corpus.Document, error) {
	packed, err := os.Open(inputFile)
	if err != nil {
		return nil, err
	}
	defer packed.Close()
	unzip, err := gzip.NewReader(packed)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", inputFile, err)
	}
	decoder := json.NewDecoder(unzip)
	decoder.DisallowUnknownFields()
	var docs []*corpus.Document
	if err := decoder.Decode(&docs); err != nil {
		return nil, fmt.Errorf("%s was written by another version of package corpus; remove it and write it anew with -update: %w", inputFile, err)
	}
	return docs, nil
}

// describe annotates the documents and writes for each the digest of all that was
// added, to the last bit, and what a reader wants to see of it.
func (c *contract) describe(t testing.TB, out *strings.Builder, docs []*corpus.Document) {
	run := annotator(t, c.stage)
	for _, doc := range docs {
		doc := fresh(doc, doc.Have())
		if err := run(doc); err != nil {
			t.Fatalf("%s: %v", doc.ID, err)
		}
		fmt.Fprintf(out, "== %s %x\n", doc.ID, sha256.Sum256(c.added(doc)))
		show(out, doc, c.info.Adds)
	}
}

func firstDifference(old, got string) string {
	a, b := strings.Split(old, "\n"), strings.Split(got, "\n")
	place, i := "", 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		if strings.HasPrefix(a[i], "== ") {
			place = a[i]
		}
		i++
	}
	// The digest differs first; what a reader sees comes below it.
	for i+1 < len(a) && i+1 < len(b) && strings.HasPrefix(a[i], "== ") && a[i+1] == b[i+1] {
		i++
	}
	if strings.HasPrefix(b[min(i, len(b)-1)], "== ") {
		place = b[i]
		i++
	}
	at := func(lines []string) string {
		if i < len(lines) {
			return lines[i]
		}
		return "(end)"
	}
	return fmt.Sprintf("%s\n  was %s\n  is  %s", place, at(a), at(b))
}

// versionLine finds the line to edit: where the stage in the folder gives Info its Version.
func versionLine(folder string) string {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return folder
	}
	set := token.NewFileSet()
	constants, value, place := map[string]token.Pos{}, ast.Expr(nil), token.NoPos
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for _, name := range n.Names {
					constants[name.Name] = name.Pos()
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Version" {
					value, place = n.Value, n.Pos()
				}
			}
			return true
		})
	}
	if name, ok := value.(*ast.Ident); ok && constants[name.Name] != token.NoPos {
		place = constants[name.Name]
	}
	if place == token.NoPos {
		return folder
	}
	return set.Position(place).String()
}
