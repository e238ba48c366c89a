package pipeline

import (
	"context"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"onrecord/output"
)

// A batch is what travels through the channels: small enough to spread one chunk
// over all cores, large enough that a channel operation costs nothing.
const (
	batchDocuments = 32
	batchBytes     = 256 << 10
)

// chunksInFlight bounds memory and lets workers start on the next chunk while the
// last batches of the one before are still under way.
func chunksInFlight(workers int) int { return 2 + workers/4 }

// batch is a range of a chunk's items. Because its results stay where its items
// stand, nothing has to be sorted afterwards: a chunk is complete, and in order,
// when its last batch is.
type batch struct {
	chunk  *chunk
	lo, hi int
}

// worker handles one item at a time; it owns its scratch memory.
type worker func(*item)

// pool is one step of the chain and how to make its workers.
type pool struct {
	name   string
	worker func() (worker, error)
	clock  *clock
}

// flow is the only place with goroutines. One goroutine runs source, which hands
// over chunks in order; each pool has as many workers as workers says; chunks
// reach sink complete and in the order of source, one at a time. It returns the
// first error of any of them, after all goroutines have ended.
func flow(ctx context.Context, workers int, source func(yield func(*chunk) error) error, pools []pool, sink func(*chunk) error) error {
	g, ctx := errgroup.WithContext(ctx)
	credits := make(chan struct{}, chunksInFlight(workers))
	order := make(chan *chunk, chunksInFlight(workers))
	first := make(chan batch, workers)

	g.Go(func() error {
		defer close(order)
		defer close(first)
		return source(func(c *chunk) error {
			if err := send(ctx, credits, struct{}{}); err != nil {
				return err
			}
			batches := c.split()
			c.open.Store(int32(len(batches)))
			c.done = make(chan struct{})
			if len(batches) == 0 {
				close(c.done)
			}
			if err := send(ctx, order, c); err != nil {
				return err
			}
			for _, b := range batches {
				if err := send(ctx, first, b); err != nil {
					return err
				}
			}
			return nil
		})
	})

	last := first
	for _, p := range pools {
		in, out := last, make(chan batch, workers)
		var alive sync.WaitGroup
		alive.Add(workers)
		for range workers {
			g.Go(func() error {
				defer alive.Done()
				return p.run(ctx, in, out)
			})
		}
		g.Go(func() error { alive.Wait(); close(out); return nil })
		last = out
	}

	g.Go(func() error {
		for b := range last {
			if b.chunk.open.Add(-1) == 0 {
				close(b.chunk.done)
			}
		}
		return ctx.Err()
	})

	g.Go(func() error {
		for c := range order {
			select {
			case <-c.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			if err := sink(c); err != nil {
				return err
			}
			<-credits
		}
		return nil
	})
	return g.Wait()
}

func (p pool) run(ctx context.Context, in <-chan batch, out chan<- batch) error {
	// A worker is made on its first batch: the pool of a short run does not pay for idle ones.
	var work worker
	for b := range in {
		if work == nil {
			var err error
			if work, err = p.worker(); err != nil {
				return err
			}
		}
		stop := p.clock.start()
		for i := b.lo; i < b.hi; i++ {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			work(&b.chunk.items[i])
		}
		stop(b.hi - b.lo)
		if err := send(ctx, out, b); err != nil {
			return err
		}
	}
	return nil
}

func send[T any](ctx context.Context, to chan<- T, v T) error {
	select {
	case to <- v:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// split cuts the chunk's items into batches by count and size.
func (c *chunk) split() []batch {
	var out []batch
	lo, bytes := 0, 0
	for i := range c.items {
		bytes += c.items[i].size()
		if i+1-lo == batchDocuments || bytes >= batchBytes || i+1 == len(c.items) {
			out = append(out, batch{c, lo, i + 1})
			lo, bytes = i+1, 0
		}
	}
	return out
}

// chunk is the unit of resuming: a run of consecutive items of the input.
type chunk struct {
	number int
	key    string // what its result depends on
	bytes  int64  // read from the input for it
	items  []item

	resumed *output.ChunkInfo // set, and items empty, if an earlier run finished it

	open atomic.Int32  // batches still under way
	done chan struct{} // closed when open reaches 0
}
