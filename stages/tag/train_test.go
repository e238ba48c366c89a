package tag

import (
	"bytes"
	"compress/gzip"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/corpus"
)

const (
	tinyText   = `{"id":"a","text":"Anna Kovář spoke. Kovář left."}` + "\n"
	tinyTokens = `{"id":"a","sentences":[` +
		`[[0,4,"Anna","NNP","PERSON",1,"compound"],[5,10,"Kovář","NNP","PERSON",2,"nsubj"],[11,16,"speak","VBD","O",-1,"root"],[16,17,".",".","O",2,"punct"]],` +
		`[[18,23,"Kovář","NNP","O",1,"nsubj"],[24,28,"leave","VBD","O",-1,"root"],[28,29,".",".","O",1,"punct"]]]}` + "\n"
)

// tinyGold writes one article in the form of the training data.
func tinyGold(t *testing.T) string {
	dir := t.TempDir()
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	if _, err := w.Write([]byte(tinyTokens)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"polnear-train.jsonl": []byte(tinyText), "polnear-train-corenlp.jsonl.gz": zipped.Bytes()} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func learned(t *testing.T, dir string) []byte {
	t.Helper()
	files, err := Stage{}.Train(t.Context(), dir, func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	return files["tag.model"]
}

func TestTrainingIsDeterministic(t *testing.T) {
	dir := tinyGold(t)
	first, second := learned(t, dir), learned(t, dir)
	if !bytes.Equal(first, second) {
		t.Error("two trainings on the same article gave different models")
	}
	if _, err := readModel(first); err != nil {
		t.Errorf("the model does not load: %v", err)
	}
}

func TestTrainSaysWhatIsMissing(t *testing.T) {
	if _, err := (Stage{}).Train(t.Context(), t.TempDir(), nil); err == nil || !strings.Contains(err.Error(), "polnear-train.jsonl") {
		t.Errorf("error %v does not name the missing file", err)
	}
}

// TestDisguiseIsConsistent promises that an article's person stays one person.
func TestDisguiseIsConsistent(t *testing.T) {
	doc := tokenised("Anna Novak spoke .", "Novak left with Anna .")
	doc.Entities = []corpus.Entity{{Span: corpus.Span{Start: 0, End: 2}, Kind: corpus.Person},
		{Span: corpus.Span{Start: 4, End: 5}, Kind: corpus.Person}, {Span: corpus.Span{Start: 7, End: 8}, Kind: corpus.Person}}
	changed := 0
	for seed := range uint64(50) {
		got := disguise(doc, rand.New(rand.NewPCG(seed, 0)))
		word := func(i int) string { return got.Tokens[i].Of(got.Text) }
		full := word(0) + " " + word(1)
		if !strings.Contains(strings.ToLower(full), strings.ToLower(word(4))) || !strings.Contains(strings.ToLower(full), strings.ToLower(word(7))) {
			t.Errorf("seed %d: %q is later called %q and %q", seed, full, word(4), word(7))
		}
		if full != "Anna Novak" {
			changed++
		}
	}
	if changed == 0 {
		t.Error("no seed disguised anybody")
	}
}
