package pipeline

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"onrecord/corpus"
)

// source yields n chunks of the given number of items each, numbered throughout.
func source(n, items int) func(func(*chunk) error) error {
	return func(yield func(*chunk) error) error {
		next := 0
		for i := range n {
			c := &chunk{number: i}
			for range items {
				c.items = append(c.items, item{doc: &corpus.Document{ID: fmt.Sprint(next)}})
				next++
			}
			if err := yield(c); err != nil {
				return err
			}
		}
		return nil
	}
}

// dawdling marks each document and takes a random while over it.
func dawdling(seed uint64) pool {
	return pool{name: "dawdle", clock: &clock{}, worker: func() (worker, error) {
		rng := rand.New(rand.NewPCG(seed, 1))
		return func(it *item) {
			if rng.IntN(20) == 0 {
				time.Sleep(time.Duration(rng.IntN(300)) * time.Microsecond)
			}
			it.doc.Title += "."
		}, nil
	}}
}

func TestFlowKeepsOrderWhateverTheSpeed(t *testing.T) {
	defer goleak.VerifyNone(t)
	const chunks, items = 40, 100
	for _, workers := range []int{1, 2, 7, 16} {
		next := 0
		err := flow(context.Background(), workers, source(chunks, items),
			[]pool{dawdling(uint64(workers)), dawdling(uint64(workers) + 1)},
			func(c *chunk) error {
				for _, it := range c.items {
					if it.doc.ID != fmt.Sprint(next) || it.doc.Title != ".." {
						t.Fatalf("%d workers: at place %d stands document %s, annotated %q", workers, next, it.doc.ID, it.doc.Title)
					}
					next++
				}
				return nil
			})
		if err != nil || next != chunks*items {
			t.Fatalf("%d workers: %d documents came through, error %v", workers, next, err)
		}
	}
}

func TestFlowEndsOnTheFirstError(t *testing.T) {
	defer goleak.VerifyNone(t)
	full := errors.New("disk full")
	fine := func(*chunk) error { return nil }
	broken := pool{name: "broken", clock: &clock{}, worker: func() (worker, error) { return nil, full }}
	tests := []struct {
		name   string
		source func(func(*chunk) error) error
		pools  []pool
		sink   func(*chunk) error
	}{
		{"sink", source(50, 100), []pool{dawdling(1)}, func(c *chunk) error {
			if c.number == 5 {
				return full
			}
			return nil
		}},
		{"source", func(yield func(*chunk) error) error {
			if err := source(3, 100)(yield); err != nil {
				return err
			}
			return full
		}, []pool{dawdling(2)}, fine},
		{"worker", source(50, 100), []pool{dawdling(3), broken, dawdling(4)}, fine},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := flow(context.Background(), 4, tt.source, tt.pools, tt.sink); !errors.Is(err, full) {
				t.Errorf("flow = %v, want %v", err, full)
			}
		})
	}
}

func TestFlowEndsWhenCancelled(t *testing.T) {
	defer goleak.VerifyNone(t)
	ctx, cancel := context.WithCancel(context.Background())
	err := flow(ctx, 4, source(1000, 100), []pool{dawdling(1)}, func(c *chunk) error {
		if c.number == 3 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("flow = %v, want %v", err, context.Canceled)
	}
}

func TestFlowOfEmptyChunks(t *testing.T) {
	defer goleak.VerifyNone(t)
	n := 0
	err := flow(context.Background(), 2, source(10, 0), []pool{dawdling(1)}, func(*chunk) error { n++; return nil })
	if err != nil || n != 10 {
		t.Errorf("%d of 10 chunks came through, error %v", n, err)
	}
}

func TestGuardNamesThePlaceOfAPanic(t *testing.T) {
	reason, err := guard(func(*corpus.Document) error {
		var none []int
		_ = none[len(t.Name())]
		return nil
	}, &corpus.Document{})
	if reason != corpus.StagePanicked {
		t.Fatalf("reason %q, want %q", reason, corpus.StagePanicked)
	}
	again, err2 := guard(func(*corpus.Document) error { panic("no") }, &corpus.Document{})
	if again != corpus.StagePanicked || err.Error() == err2.Error() {
		t.Errorf("two panics of different causes read alike: %v", err)
	}
	for _, want := range []string{"index out of range", "TestGuardNamesThePlaceOfAPanic"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %q", err, want)
		}
	}
}

func TestRejectLimit(t *testing.T) {
	tests := []struct {
		in            string
		records, want int64
	}{
		{"1%", 100, leastRejects},
		{"1%", 100_000, 1000},
		{"0.5%", 100_000, 500},
		{"7", 1_000_000, 7},
		{"none", 1234, 1234},
	}
	for _, tt := range tests {
		l, err := ParseRejectLimit(tt.in)
		if err != nil {
			t.Fatal(err)
		}
		if got := l.allowed(tt.records); got != tt.want {
			t.Errorf("%s of %d records allows %d, want %d", tt.in, tt.records, got, tt.want)
		}
		if l.String() != tt.in {
			t.Errorf("%q prints as %q", tt.in, l)
		}
	}
	for _, bad := range []string{"", "%", "-1", "0", "101%", "many", "0%"} {
		if _, err := ParseRejectLimit(bad); err == nil {
			t.Errorf("%q was accepted", bad)
		}
	}
}
