package gold

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"onrecord/corpus"
)

// Chains reads the mentions that CoreNLP takes for the same, by article: chains of spans
// in the tokens of [Documents]. Nobody has looked at them.
func Chains(dir, split string) (map[string][][]corpus.Span, error) {
	name := filepath.Join(dir, "polnear-"+split+"-corenlp.jsonl.gz")
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	out := map[string][][]corpus.Span{}
	lines := json.NewDecoder(bufio.NewReaderSize(unzipped, 1<<20))
	for {
		var line struct {
			ID        string
			Sentences [][]json.RawMessage
			Coref     [][]mention
		}
		if err := lines.Decode(&line); err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: article %d: %w", name, len(out)+1, err)
		}
		starts := make([]int32, 1, len(line.Sentences)+1)
		for _, s := range line.Sentences {
			starts = append(starts, starts[len(starts)-1]+int32(len(s)))
		}
		chains := make([][]corpus.Span, len(line.Coref))
		for c, mentions := range line.Coref {
			for _, m := range mentions {
				if m.sentence < 0 || int(m.sentence) >= len(line.Sentences) || m.end > int32(len(line.Sentences[m.sentence])) {
					return nil, fmt.Errorf("%s: article %s: a mention outside the text", name, line.ID)
				}
				first := starts[m.sentence]
				chains[c] = append(chains[c], corpus.Span{Start: first + m.start, End: first + m.end})
			}
		}
		out[line.ID] = chains
	}
}

// mention is [sentence, start, end, representative], in tokens of the sentence.
type mention struct{ sentence, start, end int32 }

func (m *mention) UnmarshalJSON(data []byte) error {
	var fields []any
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	if len(fields) < 3 {
		return fmt.Errorf("mention of %d fields", len(fields))
	}
	for i, to := range []*int32{&m.sentence, &m.start, &m.end} {
		n, _ := fields[i].(float64)
		*to = int32(n)
	}
	return nil
}
