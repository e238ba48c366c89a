package corpus

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
)

// article is 6 KB of prose, the length of a usual news article.
var benchArticle = strings.Repeat(prose+"“We have not been told what it would cost,” said Ms. Ferreira, the union’s secretary.\n\n", 32)

// BenchmarkRead reads and decodes on one goroutine.
func BenchmarkRead(b *testing.B) {
	b.Chdir(b.TempDir())
	var lines strings.Builder
	for i := range 500 {
		text, err := json.Marshal(benchArticle)
		if err != nil {
			b.Fatal(err)
		}
		fmt.Fprintf(&lines, `{"id": "a-%d", "publisher": "The Tidewater Courier", "published_at": "2026-03-14", "title": "Talks go on", "text": %s}`+"\n", i, text)
	}
	if err := os.Mkdir("texts", 0o755); err != nil {
		b.Fatal(err)
	}
	for i := range 500 {
		if err := os.WriteFile(fmt.Sprintf("texts/%d.txt", i), []byte(benchArticle), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	if err := os.WriteFile("lines.jsonl", []byte(lines.String()), 0o644); err != nil {
		b.Fatal(err)
	}
	for _, input := range []string{"lines.jsonl", "texts"} {
		b.Run(input, func(b *testing.B) {
			b.SetBytes(int64(500 * len(benchArticle)))
			b.ReportAllocs()
			for b.Loop() {
				readAll(b, input)
			}
		})
	}
}

func readAll(tb testing.TB, input string) {
	r, err := Open([]string{input}, Options{})
	if err != nil {
		tb.Fatal(err)
	}
	d := NewDecoder(Options{})
	for {
		rec, err := r.Next(context.Background())
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			tb.Fatal(err)
		}
		if _, reject := d.Decode(rec); reject != nil {
			tb.Fatal(reject)
		}
	}
}
