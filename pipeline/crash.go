package pipeline

import (
	"context"
	"encoding/binary"
	"fmt"
	"log/slog"
	"sync"

	"github.com/zeebo/xxh3"

	"onrecord/corpus"
	"onrecord/output"
)

// crashWatch guards a run against documents that end the process itself. Those that
// were in flight when a process died run alone in the next; one that is in flight at
// a second death was alone, and becomes a reject. Who kills processes from outside may
// strike just then: --retry-rejects tries it again.
type crashWatch struct {
	flight *output.InFlight
	plan   string // digest: to other stages or options, the dead mean nothing
	log    *slog.Logger
	alone  sync.RWMutex // written by who runs alone, read by all others
}

// mostDeaths of processes are what one document may cost.
const mostDeaths = 2

// watchCrashes begins; the function it returns ends it.
func watchCrashes(ctx context.Context, stage *output.Staging, plan []byte, log *slog.Logger) (*crashWatch, func(), error) {
	flight, err := stage.InFlight()
	if err != nil {
		return nil, nil, err
	}
	stop := context.AfterFunc(ctx, flight.Forget)
	return &crashWatch{flight: flight, plan: digest(plan), log: log}, func() {
		stop()
		_ = flight.Close() // nothing is lost with it
	}, nil
}

// over are the same pools, watched.
func (w *crashWatch) over(pools []pool) []pool {
	out := make([]pool, len(pools))
	for step, p := range pools {
		out[step] = pool{p.name, func() (worker, error) {
			work, err := p.worker()
			slot := w.flight.Slot()
			return func(it *item) { w.run(it, p.name, step, slot, work) }, err
		}, p.clock}
	}
	return out
}

func (w *crashWatch) run(it *item, stage string, step int, slot int64, work worker) {
	if step == 0 {
		it.id = it.identity(w.plan)
	} else if it.doc == nil {
		return
	}
	was := w.flight.Deaths(it.id)
	if was.Times >= mostDeaths && was.Step == step {
		it.refuse(stage, corpus.Crashed, fmt.Sprintf("the process died %d times at work on it: out of memory, a fatal error, or killed; try it again with --retry-rejects", mostDeaths))
		return
	}
	lock, unlock := w.alone.RLock, w.alone.RUnlock
	if was.Times > 0 {
		if step == 0 { // if it dies again, this is the last that is heard of it
			w.log.Warn("runs alone: the process died at work on it", "uri", it.record.URI, "record", it.record.Number)
		}
		lock, unlock = w.alone.Lock, w.alone.Unlock
	}
	lock()
	defer unlock()
	w.flight.Begin(slot, it.id, step)
	defer w.flight.End(slot)
	work(it)
}

// identity is a number by which another process knows the item: never 0.
func (it *item) identity(plan string) uint64 {
	name := plan + it.record.URI
	if it.doc != nil { // read from the dataset
		name = plan + it.doc.ID
	}
	h := xxh3.New()
	_, _ = h.WriteString(name) // a hash never fails
	_, _ = h.Write(binary.LittleEndian.AppendUint64(nil, uint64(it.record.Number)))
	_, _ = h.Write(it.record.Raw)
	return max(1, h.Sum64())
}
