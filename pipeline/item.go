package pipeline

import (
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"onrecord/corpus"
	"onrecord/output"
	"onrecord/stages"
)

// item is one record on its way: it becomes a document, a known revision or a reject.
type item struct {
	record corpus.Record
	doc    *corpus.Document
	reject *corpus.Reject
	known  bool
	stored *corpus.Document // in a rerun: the document with the layers that are there
	id     uint64           // by which another process knows it; see crashWatch
}

func (it *item) size() int {
	if it.doc != nil {
		return len(it.doc.Text)
	}
	return len(it.record.Raw)
}

// refuse turns the item into a reject that remembers where the record stood.
func (it *item) refuse(stage string, reason corpus.Reason, message string) {
	r := &corpus.Reject{
		URI:     it.record.URI,
		Record:  it.record.Number,
		Offset:  it.record.Offset,
		Size:    it.record.Size,
		Stage:   stage,
		Reason:  reason,
		Message: message,
	}
	if it.doc != nil {
		r.DocID = it.doc.ID
		if r.URI == "" {
			r.URI = it.doc.URI
		}
	}
	if it.record.Raw != nil {
		r.Quote(it.record.Raw)
	}
	it.doc, it.reject = nil, r
}

// decoding is the pool that turns records into documents and drops what the
// dataset has already: a revision, or a record that was refused before.
func decoding(opt corpus.Options, known *output.Known, clock *clock) pool {
	return pool{name: "read", clock: clock, worker: func() (worker, error) {
		decoder := corpus.NewDecoder(opt)
		return func(it *item) {
			if it.reject = it.record.Err; it.reject == nil {
				it.doc, it.reject = decoder.Decode(it.record)
			}
			if it.doc == nil {
				it.known = known.Refused(it.reject.URI, it.reject.Digest)
			} else {
				h := known.History(it.doc.ID, it.doc.Revision)
				it.doc.Number, it.doc.Replaces = h.Number+1, h.Latest
				// A stage may have refused it: that is known by the record.
				it.known = h.Same || known.HasRejects() && known.Refused(it.record.URI, digest(it.record.Raw))
			}
			if it.known {
				it.doc, it.reject = nil, nil
			}
			if it.doc == nil {
				it.record.Raw = nil
			}
		}, nil
	}}
}

// stagePool is the pool of one stage.
func stagePool(s stages.Stage, clock *clock) pool {
	name := s.Info().Name
	return pool{name: name, clock: clock, worker: func() (worker, error) {
		annotate, err := s.Annotator()
		if err != nil {
			return nil, fmt.Errorf("starting stage %s: %w", name, err)
		}
		return func(it *item) {
			if it.doc == nil {
				return
			}
			reason, err := guard(annotate, it.doc)
			if err == nil {
				return
			}
			it.refuse(name, reason, err.Error())
			if reason == corpus.StagePanicked {
				// The scratch memory may be half written: never use it again.
				if fresh, err := s.Annotator(); err == nil {
					annotate = fresh
				}
			}
		}, nil
	}}
}

// guard runs a stage on one document; a panic costs that document only.
func guard(annotate func(*corpus.Document) error, doc *corpus.Document) (reason corpus.Reason, err error) {
	defer func() {
		if p := recover(); p != nil {
			reason = corpus.StagePanicked
			err = fmt.Errorf("panic: %v in %s; please report it with this document", p, panicPlace())
		}
	}()
	if err := annotate(doc); err != nil {
		return corpus.StageFailed, err
	}
	return "", nil
}

// panicPlace names the function and line that panicked. Unlike a stack dump it
// holds no addresses or goroutine numbers, so that the reject row is the same in
// every run. It is for the deferred function that recovers.
func panicPlace() string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	panicked := false
	for {
		f, more := frames.Next()
		if panicked && !strings.HasPrefix(f.Function, "runtime.") {
			return fmt.Sprintf("%s (line %d)", f.Function, f.Line)
		}
		panicked = panicked || f.Function == "runtime.gopanic"
		if !more {
			return "unknown place"
		}
	}
}

// clock adds up what one stage did, over all its workers.
type clock struct {
	nanoseconds, documents atomic.Int64
}

func (c *clock) start() func(documents int) {
	t := time.Now()
	return func(documents int) {
		c.nanoseconds.Add(int64(time.Since(t)))
		c.documents.Add(int64(documents))
	}
}

// StageStats is what one step of the chain did in a run.
type StageStats struct {
	Name      string
	Documents int64
	Seconds   float64 // summed over its workers
}

func (c *clock) stats(name string) StageStats {
	return StageStats{Name: name, Documents: c.documents.Load(), Seconds: time.Duration(c.nanoseconds.Load()).Seconds()}
}
