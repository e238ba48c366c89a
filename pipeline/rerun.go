package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"onrecord/corpus"
	"onrecord/output"
	"onrecord/stages"
)

// RerunConfig says what to do again.
type RerunConfig struct {
	Out     string
	Batch   string // "" is the latest, or with DocID the latest that has the document
	Stage   string // where to begin; every stage after it follows
	DocID   string // one document only; it cannot be combined with Write
	Stages  stages.Options
	Explain io.Writer // gets the stage's reasons, if it can give any; may be nil
	Write   bool      // replace the batch by the result, atomically
	Workers int
	Log     *slog.Logger
	Chain   []stages.Stage // instead of stages.Chain(Stages), for tests
}

// Rerun takes the stored layers before a stage, runs it and all after it, and
// compares the rows that result with those that are there. With Write the batch
// is replaced by a publish like any other.
func Rerun(ctx context.Context, cfg RerunConfig) (*Difference, error) {
	if cfg.Write && cfg.DocID != "" {
		return nil, errors.New("--write replaces a whole batch; leave --doc out")
	}
	base := Config{Out: cfg.Out, Stages: cfg.Stages, Workers: cfg.Workers, Log: cfg.Log, Chain: cfg.Chain}.withDefaults()
	tail, err := stages.From(base.Chain, cfg.Stage)
	if err != nil {
		return nil, err
	}
	r := rerun{RerunConfig: cfg, base: base, tail: tail, begun: time.Now(), diff: &Difference{}}
	open := output.OpenRead
	if cfg.Write {
		open = func(dir string) (*output.Dataset, error) { return output.Open(dir, output.Options{}) }
	}
	if r.data, err = open(base.Out); err != nil {
		return nil, err
	}
	defer r.data.Close()
	if err := r.choose(); err != nil {
		return nil, err
	}
	if cfg.Explain != nil {
		return r.diff, r.explain(ctx)
	}
	return r.diff, r.run(ctx)
}

type rerun struct {
	RerunConfig
	base  Config
	tail  []stages.Stage
	begun time.Time
	data  *output.Dataset
	was   output.Manifest
	diff  *Difference

	stage  *output.Staging
	counts output.Counts
	chunks int
}

// choose finds the batch.
func (r *rerun) choose() error {
	batches, err := r.data.Batches()
	if err != nil {
		return err
	}
	for i := len(batches) - 1; i >= 0; i-- {
		if r.Batch == "" || r.Batch == batches[i].Batch {
			r.was = batches[i]
			return nil
		}
	}
	return fmt.Errorf("there is no batch %s in %s; onrecord batches lists them", r.Batch, r.base.Out)
}

// before is what the first stage of the tail may see: the layers added ahead of it.
func (r *rerun) before() corpus.Layer {
	return stages.Added(r.base.Chain[:len(r.base.Chain)-len(r.tail)])
}

func (r *rerun) everything() corpus.Layer { return stages.Added(r.base.Chain) }

// explain annotates the documents once more with the stage that tells its reasons.
func (r *rerun) explain(ctx context.Context) error {
	e, ok := r.tail[0].(stages.Explainer)
	if !ok {
		return fmt.Errorf("stage %s has no reasons to give; those of quote, speaker, tone and stance have", r.Stage)
	}
	var broken error
	annotate, err := e.Explainer(func(line string) {
		if _, err := fmt.Fprintln(r.Explain, line); err != nil {
			broken = err
		}
	})
	if err != nil {
		return err
	}
	return r.documents(ctx, r.before(), func(doc *corpus.Document) error {
		if _, err := fmt.Fprintf(r.Explain, "== %s\n", doc.ID); err != nil {
			return err
		}
		if _, err := guard(annotate, doc); err != nil {
			return fmt.Errorf("document %s: stage %s: %w", doc.ID, r.Stage, err)
		}
		return broken
	})
}

// documents reads those asked for; one that was asked for by name must be there.
func (r *rerun) documents(ctx context.Context, need corpus.Layer, yield func(*corpus.Document) error) error {
	found := false
	err := r.data.Documents(ctx, r.was.Batch, need, r.DocID, func(doc *corpus.Document) error {
		found = true
		return yield(doc)
	})
	if err == nil && !found && r.DocID != "" {
		return fmt.Errorf("batch %s has no document %q; onrecord export documents --batch %s lists them", r.was.Batch, r.DocID, r.was.Batch)
	}
	return err
}

func (r *rerun) run(ctx context.Context) error {
	plan, err := r.plan()
	if err != nil {
		return err
	}
	if r.Write {
		if r.stage, err = r.data.Begin(r.was.Batch, plan); err != nil {
			return err
		}
	}
	var pools []pool
	for _, s := range r.tail {
		pools = append(pools, stagePool(s, &clock{}))
	}
	source := func(yield func(*chunk) error) error {
		c := &chunk{}
		hand := func() error {
			done := c
			c = &chunk{number: done.number + 1}
			return yield(done)
		}
		err := r.documents(ctx, r.everything(), func(doc *corpus.Document) error {
			stored := *doc
			doc.Layers = doc.Only(r.before())
			c.items = append(c.items, item{doc: doc, stored: &stored})
			if c.bytes += int64(len(doc.Text)); len(c.items) == chunkRecords || c.bytes >= chunkBytes {
				return hand()
			}
			return nil
		})
		if err != nil || len(c.items) == 0 {
			return err
		}
		return hand()
	}
	if err := flow(ctx, r.base.Workers, source, pools, func(c *chunk) error { return r.keep(ctx, c) }); err != nil {
		return err
	}
	if !r.Write {
		return nil
	}
	return r.publish(ctx, plan)
}

func (r *rerun) keep(ctx context.Context, c *chunk) error {
	out := &output.Chunk{Number: c.number, Key: fmt.Sprintf("rerun %d", c.number), Counts: output.Counts{}}
	for i := range c.items {
		it := &c.items[i]
		var before, after output.Rows
		if err := before.Add(it.stored); err != nil {
			return err
		}
		if it.reject != nil {
			r.diff.Failed = append(r.diff.Failed, *it.reject)
			out.Rejects = append(out.Rejects, *it.reject)
		} else {
			if err := after.Add(it.doc); err != nil {
				return err
			}
			out.Docs = append(out.Docs, it.doc)
		}
		if err := r.diff.compare(&before, &after); err != nil {
			return err
		}
	}
	if !r.Write {
		return nil
	}
	return r.put(ctx, out)
}

func (r *rerun) put(ctx context.Context, c *output.Chunk) error {
	info, err := r.stage.Put(ctx, c)
	if err != nil {
		return err
	}
	r.chunks++
	r.counts.Add(info.Counts)
	return nil
}

// plan is that of the batch, with the chain as it is now.
func (r *rerun) plan() ([]byte, error) {
	chain, err := chainFingerprint(r.base.Chain)
	if err != nil {
		return nil, err
	}
	f, err := parseFingerprint(r.was.Plan)
	if err != nil {
		return nil, fmt.Errorf("reading the plan of batch %s: %w", r.was.Batch, err)
	}
	f.Stages = chain
	return f.json()
}

// publish carries the rejects of the batch over and replaces it.
func (r *rerun) publish(ctx context.Context, plan []byte) error {
	rest := &output.Chunk{Number: r.chunks, Key: "rejects"}
	err := r.data.Rejects(r.was.Batch, func(x corpus.Reject) error {
		rest.Rejects = append(rest.Rejects, x)
		return nil
	})
	if err != nil {
		return err
	}
	if len(rest.Rejects) > 0 {
		if err := r.put(ctx, rest); err != nil {
			return err
		}
	}
	m := r.was
	m.Files, m.Plan, m.Program = nil, plan, Version()
	records, known, bytes := m.Counts.Records, m.Counts.Known, m.Counts.Bytes
	m.Counts = r.counts
	m.Counts.Records, m.Counts.Known, m.Counts.Bytes = records, known, bytes
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	info := output.RunInfo{Started: r.begun.UTC(), Host: host, PID: os.Getpid()}
	_, err = r.stage.Publish(ctx, m, r.chunks, info)
	return err
}
