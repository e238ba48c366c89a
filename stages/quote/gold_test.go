package quote

import (
	"context"
	"flag"
	"os"
	"sync"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/clean"
	"onrecord/stages/internal/gold"
	"onrecord/stages/parse"
	"onrecord/stages/segment"
	"onrecord/stages/tag"
)

var goldPart = flag.String("part", "dev", "articles that are measured: dev or train, which the models have seen")

var readPart = sync.OnceValues(func() ([]*lesson, error) {
	return readLessons(context.Background(), gold.Dir, *goldPart)
})

// measured are annotated articles, which are not part of this repository, with the
// statements of this stage. It skips the test where there are none.
func measured(t testing.TB) []*lesson {
	t.Helper()
	if _, err := os.Stat(gold.Dir); err != nil {
		t.Skip("no ../shared/gold beside this repository: nothing is measured")
	}
	lessons, err := readPart()
	if err != nil {
		t.Fatal(err)
	}
	run, err := Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lessons {
		if l.doc.Statements != nil {
			continue
		}
		if err := run(l.doc); err != nil {
			t.Fatal(err)
		}
	}
	return lessons
}

// before are the stages that a text goes through first.
var before = []interface {
	Annotator() (func(*corpus.Document) error, error)
}{clean.Stage{}, segment.Stage{}, tag.Stage{}, parse.Stage{}}
