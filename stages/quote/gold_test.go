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

var (
	goldPart  = flag.String("part", "dev", "articles that are measured: dev; train, which the models have seen; or held-out, the same read and judged by models that have not")
	goldFolds = flag.Int("folds", 3, "with -part held-out, how many parts the articles are cut into, each judged by models learned from the others")
)

var readPart = sync.OnceValues(func() ([]*lesson, error) {
	if *goldPart == "held-out" {
		return readHeldOut(context.Background(), *goldFolds)
	}
	return readLessons(context.Background(), gold.Dir, *goldPart)
})

// readTraining reads the training articles as Train does.
var readTraining = func(ctx context.Context) ([]*lesson, error) {
	lessons, err := readUnseen(ctx, gold.Dir, func(string) {})
	if err != nil {
		return nil, err
	}
	return lessons, lemmatize(lessons, gold.Dir, "train")
}

// readHeldOut reads the training articles; their statements are given by models that
// have learned from the other parts.
func readHeldOut(ctx context.Context, parts int) ([]*lesson, error) {
	lessons, err := readTraining(ctx)
	if err != nil {
		return nil, err
	}
	for k := range parts {
		var held, others []*lesson
		for i, l := range lessons {
			if i%parts == k {
				held = append(held, l)
			} else {
				others = append(others, l)
			}
		}
		m, err := learn(ctx, others, func(string) {})
		if err != nil {
			return nil, err
		}
		a := &assembler{reader: reader{lex: m.lex}, models: m}
		for _, l := range held {
			a.read(l.doc)
			l.doc.Statements = a.assemble(l.doc, 0)
		}
	}
	return lessons, nil
}

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
