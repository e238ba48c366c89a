// Command train learns stages/tag/tag.model anew; see MODEL.md there.
package main

import (
	"fmt"
	"os"

	"onrecord/stages/tag"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: go run ./stages/tag/train DATA MODEL\n\nDATA: the folder with polnear-train.jsonl and polnear-train-corenlp.jsonl.gz\nMODEL: the file to write, stages/tag/tag.model")
		os.Exit(2)
	}
	if err := train(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func train(data, model string) error {
	learned, err := tag.Train(data, func(line string) { fmt.Fprintln(os.Stderr, line) })
	if err != nil {
		return err
	}
	return os.WriteFile(model, learned, 0o644)
}
