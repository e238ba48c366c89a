package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"onrecord/corpus"
	"onrecord/output"
	"onrecord/stages"
)

// RerunConfig says what to do again.
type RerunConfig struct {
	Out     string
	Batch   string // "" is the latest, or with DocID the latest that has the document
	All     bool   // every batch, one after the other
	Stage   string // where to begin; every stage after it follows
	DocID   string // one document only; it cannot be combined with Write
	Stages  stages.Options
	Explain io.Writer // gets the stage's reasons, if it can give any; may be nil
	Missed  *Place    // with Explain: where something is missed, if anywhere; may be nil
	Write   bool      // replace the batch by the result, atomically
	Limit   int       // keep at most so many changed rows in the difference; 0 is all
	Gates   GateOptions
	Workers int
	Wait    time.Duration // how long to wait for another writer of the dataset to end
	NoLock  bool
	Log     *slog.Logger
	Chain   []stages.Stage // instead of stages.Chain(Stages), for tests
}

// Place is a stretch of a document's text in code points, half open.
type Place struct{ Start, End int }

// bytes is the place in the bytes of text.
func (p Place) bytes(text string) (corpus.Span, error) {
	at := corpus.Span{Start: -1, End: -1}
	n := 0
	for i := range text {
		if n == p.Start {
			at.Start = int32(i)
		}
		if n == p.End {
			at.End = int32(i)
		}
		n++
	}
	if n == p.End {
		at.End = int32(len(text))
	}
	if at.Start < 0 || at.End <= at.Start {
		return corpus.Span{}, fmt.Errorf("the span %d:%d is not inside the text of %d characters", p.Start, p.End, n)
	}
	return at, nil
}

// Rerun takes the stored layers before a stage, runs it and all after it, and
// compares the rows that result with those that are there. With Write the batch
// is replaced by a publish like any other; of several batches each by itself, so
// that the same call goes on where one that was stopped was.
func Rerun(ctx context.Context, cfg RerunConfig) (*Difference, error) {
	switch {
	case cfg.Write && cfg.DocID != "":
		return nil, errors.New("--write replaces a whole batch; leave --doc out")
	case cfg.All && cfg.Batch != "":
		return nil, errors.New("--all is every batch; leave --batch out")
	}
	base := Config{Out: cfg.Out, Stages: cfg.Stages, Workers: cfg.Workers, Log: cfg.Log, Chain: cfg.Chain}.withDefaults()
	tail, err := stages.From(base.Chain, cfg.Stage)
	if err != nil {
		return nil, err
	}
	open := output.OpenRead
	if cfg.Write {
		open = func(dir string) (*output.Dataset, error) {
			return output.Open(ctx, dir, output.Options{Wait: cfg.Wait, NoLock: cfg.NoLock})
		}
	}
	data, err := open(base.Out)
	if err != nil {
		return nil, err
	}
	defer data.Close()
	diff := &Difference{limit: cfg.Limit}
	if diff.batches, err = data.Batches(); err != nil {
		return nil, err
	}
	chosen, err := choose(ctx, data, cfg, diff.batches)
	if err != nil {
		return nil, err
	}
	for _, m := range chosen {
		r := rerun{RerunConfig: cfg, base: base, tail: tail, begun: time.Now(), data: data, was: m, diff: diff}
		if cfg.Explain != nil {
			err = r.explain(ctx)
		} else {
			err = r.run(ctx)
		}
		if err != nil {
			return diff, err
		}
	}
	if cfg.Write {
		diff.Stale, err = stale(data, base.Chain)
	}
	return diff, err
}

// stale lists the batches that were made by other stages than those of the chain.
func stale(data *output.Dataset, chain []stages.Stage) ([]string, error) {
	batches, err := data.Batches()
	if err != nil {
		return nil, err
	}
	now, err := chainFingerprint(chain)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, m := range batches {
		was, err := parseFingerprint(m.Plan)
		if err != nil {
			return nil, fmt.Errorf("reading the plan of batch %s: %w", m.Batch, err)
		}
		if _, why := was.stagesDiffer(fingerprint{Stages: now}); why != "" {
			out = append(out, m.Batch)
		}
	}
	return out, nil
}

type rerun struct {
	RerunConfig
	base  Config
	tail  []stages.Stage
	begun time.Time
	data  *output.Dataset
	was   output.Manifest
	diff  *Difference
	again bool // layers are gone: the tail begins earlier, and there is nothing to compare with

	stage  *output.Staging
	counts output.Counts
	reason map[string]int64
	at     map[string]int64
	tally  output.Tally
	chunks int
}

// choose finds the batches that are meant.
func choose(ctx context.Context, data *output.Dataset, cfg RerunConfig, batches []output.Manifest) ([]output.Manifest, error) {
	if cfg.All {
		return batches, nil
	}
	for i := len(batches) - 1; i >= 0; i-- {
		m := batches[i]
		if cfg.Batch != "" && cfg.Batch != m.Batch {
			continue
		}
		if cfg.Batch == "" && cfg.DocID != "" {
			if has, err := hasDocument(ctx, data, m.Batch, cfg.DocID); err != nil {
				return nil, err
			} else if !has {
				continue
			}
		}
		return batches[i : i+1], nil
	}
	if cfg.Batch == "" && cfg.DocID != "" && len(batches) > 0 {
		return nil, fmt.Errorf("no batch has a document %q; onrecord export documents lists them", cfg.DocID)
	}
	return nil, fmt.Errorf("there is no batch %s in %s; onrecord batches lists them", cfg.Batch, cfg.Out)
}

func hasDocument(ctx context.Context, data *output.Dataset, batch, docID string) (bool, error) {
	found := errors.New("found")
	err := data.Documents(ctx, batch, 0, docID, func(*corpus.Document) error { return found })
	if errors.Is(err, found) {
		return true, nil
	}
	return false, err
}

// before is what the first stage of the tail may see: the layers added ahead of it.
func (r *rerun) before() corpus.Layer {
	return stages.Added(r.base.Chain[:len(r.base.Chain)-len(r.tail)])
}

// lost are the stages before the tail from the first one on whose layers the batch does
// not have any more.
func (r *rerun) lost() []stages.Stage {
	before := r.base.Chain[:len(r.base.Chain)-len(r.tail)]
	have := layersOf(r.was)
	for i, s := range before {
		if s.Info().Adds&^have != 0 {
			return before[i:]
		}
	}
	return nil
}

func (r *rerun) everything() corpus.Layer { return stages.Added(r.base.Chain) }

// explain annotates the documents once more with the stage that tells its reasons.
func (r *rerun) explain(ctx context.Context) error {
	e, ok := r.tail[0].(stages.Explainer)
	if !ok {
		return fmt.Errorf("stage %s has no reasons to give; those of quote, speaker, tone and stance have", r.Stage)
	}
	var broken error
	say := func(line string) {
		if _, err := fmt.Fprintln(r.Explain, line); err != nil {
			broken = err
		}
	}
	var annotate func(*corpus.Document) error
	var err error
	if r.Missed == nil {
		annotate, err = e.Explainer(say)
	} else {
		annotate, err = r.whyNot(e, say)
	}
	if err != nil {
		return err
	}
	// What has no layers any more is brought up to the stage first.
	lost := r.lost()
	first := make([]func(*corpus.Document) error, len(lost))
	for i, s := range lost {
		if first[i], err = s.Annotator(); err != nil {
			return err
		}
	}
	need := r.before() &^ stages.Added(lost)
	return r.documents(ctx, need, func(doc *corpus.Document) error {
		for i, annotate := range first {
			if _, err := guard(annotate, doc); err != nil {
				return fmt.Errorf("document %s: stage %s: %w", doc.ID, lost[i].Info().Name, err)
			}
		}
		if _, err := fmt.Fprintf(r.Explain, "== %s\n", doc.ID); err != nil {
			return err
		}
		if _, err := guard(annotate, doc); err != nil {
			return fmt.Errorf("document %s: stage %s: %w", doc.ID, r.Stage, err)
		}
		return broken
	})
}

// whyNot is an annotator that explains why nothing was found at the place asked about.
func (r *rerun) whyNot(stage stages.Explainer, say func(string)) (func(*corpus.Document) error, error) {
	m, ok := stage.(stages.Misser)
	if !ok {
		return nil, fmt.Errorf("stage %s can't tell why something is not there; quote can", r.Stage)
	}
	annotate, err := m.WhyNot(say)
	if err != nil {
		return nil, err
	}
	return func(doc *corpus.Document) error {
		at, err := r.Missed.bytes(doc.Text)
		if err != nil {
			return err
		}
		return annotate(doc, at)
	}, nil
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
		if same, err := r.upToDate(plan); err != nil || same {
			return err
		}
		if format := formatOf(r.was); format != "" {
			r.data.SetFormat(format)
		}
		if r.stage, err = r.data.Begin(r.was.Batch, plan, []string{"rerun " + r.Stage}); err != nil {
			return err
		}
		r.reason, r.at, r.tally = map[string]int64{}, map[string]int64{}, output.Tally{}
	}
	var pools []pool
	need := r.everything()
	if r.was.Counts.Documents == 0 {
		need = 0
	} else if lost := r.lost(); len(lost) > 0 {
		r.base.Log.Info("layers are gone: beginning earlier", "batch", r.was.Batch, "stage", lost[0].Info().Name)
		r.tail, r.again, need = slices.Concat(lost, r.tail), true, r.before()&^stages.Added(lost)
		r.diff.Uncompared = append(r.diff.Uncompared, r.was.Batch)
	} else {
		need &= layersOf(r.was) // a stage that is new since has left none
	}
	for _, s := range r.tail {
		pools = append(pools, stagePool(s, &clock{}))
	}
	if r.Write {
		watch, done, err := watchCrashes(ctx, r.stage, slices.Concat(plan, []byte(r.Stage)), r.base.Log)
		if err != nil {
			return err
		}
		defer done()
		pools = watch.over(pools)
	}
	source := func(yield func(*chunk) error) error {
		c := &chunk{}
		hand := func() error {
			done := c
			c = &chunk{number: done.number + 1}
			return yield(done)
		}
		err := r.documents(ctx, need, func(doc *corpus.Document) error {
			stored := *doc
			doc.Layers = doc.Only(r.before())
			c.items = append(c.items, item{doc: doc, stored: &stored, record: corpus.Record{URI: doc.URI, Offset: -1, Size: -1}})
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
		if r.again {
			continue
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
	for reason, n := range info.Reasons {
		r.reason[reason] += n
	}
	for stage, n := range info.Stages {
		r.at[stage] += n
	}
	r.tally.Add(info.Publishers)
	return nil
}

// upToDate reports whether the batch was made by the very stages and options that
// would make it again: then there is nothing to write, unless a file is damaged.
func (r *rerun) upToDate(plan []byte) (bool, error) {
	was, err := parseFingerprint(r.was.Plan)
	if err != nil {
		return false, err
	}
	text, err := was.json()
	if err != nil || !bytes.Equal(text, plan) || r.was.Program != Version() {
		return false, err
	}
	return r.All && slices.Equal(r.was.Labels, r.labels()), nil // a batch that was named is written anyhow
}

// labels are the user's labels that become columns of the batch's speakers.
func (r *rerun) labels() []string {
	mine := r.RerunConfig.Stages.People.Labels()
	if r.All {
		return mine
	}
	return labelColumns(r.diff.batches, r.was.Batch, mine)
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
	was, err := parseFingerprint(r.was.Plan)
	if err != nil {
		return err
	}
	now, err := parseFingerprint(plan)
	if err != nil {
		return err
	}
	r.stage.Retry(was.changed(now))
	m.Files = slices.DeleteFunc(slices.Clone(m.Files), func(f output.File) bool { return !f.IsOriginals() })
	m.Plan, m.Program, m.Labels = plan, Version(), r.labels()
	m.Reasons, m.Stages, m.Publishers = r.reason, r.at, r.tally.Largest()
	records, known, bytes := m.Counts.Records, m.Counts.Known, m.Counts.Bytes
	m.Counts = r.counts
	m.Counts.Records, m.Counts.Known, m.Counts.Bytes = records, known, bytes
	m.Gates = r.Gates.judge(m, r.diff.batches)
	defer thrifty()()
	_, err = r.stage.Publish(ctx, m, r.chunks, runInfo(r.begun))
	return err
}

// layersOf are the layers that a batch has files of.
func layersOf(m output.Manifest) corpus.Layer {
	var have corpus.Layer
	for _, f := range m.Files {
		have |= output.LayerOf(f.Table)
	}
	return have
}
