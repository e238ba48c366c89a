// Package newsmtsc reads the NewsMTSC corpus (Hamborg and Donnay, EACL 2021; MIT):
// sentences of news with a target and the polarity towards it. Training and its
// measures use it; nothing that runs needs it.
package newsmtsc

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"strings"

	"onrecord/corpus"
)

// Row is a sentence, a target and its label: -1, 0 or 1.
type Row struct {
	ID     string
	Text   string
	Target corpus.Span // bytes
	Label  int
}

// Read reads a file of the corpus, a row a line.
func Read(path string) ([]Row, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []Row
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var r struct {
			ID, Text string
			Start    int `json:"target_start"` // code points
			End      int `json:"target_end"`
			Label    int
		}
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("%s line %d: %w", path, len(out)+1, err)
		}
		out = append(out, Row{r.ID, r.Text, corpus.Span{Start: byteAt(r.Text, r.Start), End: byteAt(r.Text, r.End)}, r.Label})
	}
	return out, in.Err()
}

func byteAt(text string, point int) int32 {
	n := 0
	for i := range text {
		if n == point {
			return int32(i)
		}
		n++
	}
	return int32(len(text))
}

// Folds is how many folds there are.
const Folds = 5

// Fold is the fold, of Folds, of a row; rows of one article share it. The article is
// the third part of the id.
func Fold(id string) int {
	article := id
	if p := strings.SplitN(id, "_", 4); len(p) > 2 {
		article = p[2]
	}
	h := fnv.New32a()
	h.Write([]byte(article))
	return int(h.Sum32()>>3) % Folds
}

// MacroF1 is in percent, over the labels -1, 0 and 1; the key is {gold, predicted}.
func MacroF1(confusion map[[2]int]int) float64 {
	sum := 0.0
	for c := -1; c <= 1; c++ {
		right, predicted, gold := 0, 0, 0
		for k, n := range confusion {
			if k[0] == c {
				gold += n
			}
			if k[1] == c {
				predicted += n
			}
			if k == [2]int{c, c} {
				right = n
			}
		}
		if predicted+gold > 0 {
			sum += 200 * float64(right) / float64(predicted+gold)
		}
	}
	return sum / 3
}
