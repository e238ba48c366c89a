//go:build ignore

// Idtext leaves only the id and text of JSON articles, so that nothing else that
// an annotated file says can reach the program under test.
package main

import (
	"encoding/json"
	"errors"
	"io"
	"log"
	"os"
)

func main() {
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var article struct {
			ID   string `json:"id"`
			Text string `json:"text"`
		}
		if err := in.Decode(&article); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			log.Fatal(err)
		}
		if err := out.Encode(article); err != nil {
			log.Fatal(err)
		}
	}
}
