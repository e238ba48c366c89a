package pipeline_test

import (
	"context"
	"io"
	"testing"
	"time"

	"onrecord/corpus"
	"onrecord/stages"
)

// BenchmarkChain sends whole articles through all stages on one core, in memory,
// and reports tokens and articles a second and each stage's share of the time.
func BenchmarkChain(b *testing.B) {
	docs := readSample(b)
	chain := stages.Chain(stages.Options{})
	annotate := make([]func(*corpus.Document) error, len(chain))
	for i, s := range chain {
		var err error
		if annotate[i], err = s.Annotator(); err != nil {
			b.Fatal(err)
		}
	}
	spent := make([]time.Duration, len(chain))
	tokens, bytes := 0, int64(0)
	once := func(doc corpus.Document) {
		for i := range chain {
			start := time.Now()
			if err := annotate[i](&doc); err != nil {
				b.Fatal(err)
			}
			spent[i] += time.Since(start)
		}
		tokens += len(doc.Tokens)
		bytes += int64(len(doc.Text))
	}
	for _, doc := range docs { // load models, grow scratch memory
		once(*doc)
	}
	clear(spent)
	tokens, bytes = 0, 0
	b.ReportAllocs()
	articles := 0
	for b.Loop() {
		for _, doc := range docs {
			once(*doc)
		}
		articles += len(docs)
	}
	var total time.Duration
	for _, d := range spent {
		total += d
	}
	b.ReportMetric(float64(tokens)/total.Seconds(), "tokens/s")
	b.ReportMetric(float64(articles)/total.Seconds(), "articles/s")
	b.ReportMetric(float64(bytes)/total.Seconds()/1e6, "MB/s")
	for i, s := range chain {
		b.ReportMetric(100*spent[i].Seconds()/total.Seconds(), s.Info().Name+"-%")
	}
}

func readSample(tb testing.TB) []*corpus.Document {
	tb.Helper()
	reader, err := corpus.Open([]string{sample}, corpus.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	defer reader.Close()
	decoder := corpus.NewDecoder(corpus.Options{})
	var docs []*corpus.Document
	for {
		record, err := reader.Next(context.Background())
		if err == io.EOF {
			return docs
		}
		if err != nil {
			tb.Fatal(err)
		}
		if doc, reject := decoder.Decode(record); reject == nil {
			docs = append(docs, doc)
		} else {
			tb.Errorf("%s: %s", reject.URI, reject.Message)
		}
	}
}
