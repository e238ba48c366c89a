// Package pipeline lets documents flow: from the readers of corpus through the
// chain of stages into the dataset of output.
//
// [Run] is the nightly job and [Rerun] the debugging tool. Both cut their work
// into chunks, send them through one pool of workers a stage (see flow.go, the
// only place with goroutines), and hand finished chunks to the dataset in order:
// the result does not depend on the number of workers or on their speed.
package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/zeebo/xxh3"

	"onrecord/corpus"
	"onrecord/output"
	"onrecord/stages"
)

// Config is what a run is asked to do. Inputs must be set; the zero value of
// everything else works.
type Config struct {
	Inputs      []string // files, folders, globs, "-"
	Corpus      corpus.Options
	Stages      stages.Options
	Out         string        // the dataset's folder; "" is "out"
	Batch       string        // YYYY-MM-DD; "" is an unfinished run of the same work, else today in UTC
	Replace     bool          // let this run take the place of a published batch of other input
	Mix         bool          // let batches stand side by side that were made by different stages or options
	Format      output.Format // of the tables
	MaxRejects  RejectLimit
	Retry       bool // try records again that were refused before by the same stages and options
	KeepRejects bool // keep what was refused, up to corpus.MostKept bytes of each: the source may be gone tomorrow
	Gates       GateOptions
	Workers     int           // goroutines a stage; 0 is GOMAXPROCS
	Wait        time.Duration // how long to wait for another writer of the dataset to end
	NoLock      bool          // the file system has no locks; the caller sees to it that nobody else writes
	Progress    Progress      // may be nil
	Log         *slog.Logger
	Chain       []stages.Stage   // instead of stages.Chain(Stages), for tests
	Now         func() time.Time // instead of time.Now, for tests
}

// Progress is told how far a run is: once a chunk, from one goroutine. It must
// not block.
type Progress interface{ Update(Status) }

// Status is how far a run is.
type Status struct {
	Batch      string
	Bytes      int64 // of the input, read so far
	TotalBytes int64 // 0 if unknown
	Counts     output.Counts
}

// Result is what a run did.
type Result struct {
	Batch       string
	NothingToDo bool // the batch is there already, or the input holds nothing new
	Counts      output.Counts
	Resumed     int  // chunks that an earlier, interrupted run had finished
	Held        bool // complete, but a gate rang and the batch is held back
	Stages      []StageStats
	Seconds     float64
	Manifest    output.Manifest
}

// TooManyRejects is the error of a run that refused more records than its limit.
// Nothing is published; what was computed is kept, so that the same command with
// a higher limit only publishes.
type TooManyRejects struct {
	Rejects, Records, Allowed int64
	Reasons                   map[string]int64
}

func (e *TooManyRejects) Error() string {
	return fmt.Sprintf("%d of %d records were refused, more than the %d allowed (%v); look at the reasons above, or raise --max-rejects: nothing has to be computed again",
		e.Rejects, e.Records, e.Allowed, e.Reasons)
}

func (c Config) withDefaults() Config {
	if c.Out == "" {
		c.Out = "out"
	}
	if c.Format == "" {
		c.Format = output.Parquet
	}
	if c.Workers <= 0 {
		c.Workers = runtime.GOMAXPROCS(0)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Chain == nil {
		c.Chain = stages.Chain(c.Stages)
	}
	return c
}

// Run reads the inputs, sends them through the chain and publishes the result as
// one batch. It can be stopped at any instant: the same call goes on where the
// last one was. A cancelled context returns its error.
func Run(ctx context.Context, cfg Config) (Result, error) {
	cfg = cfg.withDefaults()
	defer frugal(cfg.Workers)()
	r := run{Config: cfg, begun: cfg.Now(), seen: map[uint64]struct{}{}}
	if err := stages.Check(cfg.Chain); err != nil {
		return Result{}, err
	}
	data, err := output.Open(ctx, cfg.Out, output.Options{Format: cfg.Format, Wait: cfg.Wait, NoLock: cfg.NoLock})
	if err != nil {
		return Result{}, err
	}
	defer data.Close()
	result, err := r.run(ctx, data)
	if err != nil {
		return result, err
	}
	return result, data.Close()
}

// run is the state of one Run.
type run struct {
	Config
	begun  time.Time
	seen   map[uint64]struct{} // digests of the document ids so far, to find repeats
	work   *key                // digests the input as it is read
	before []output.Manifest   // the batches that are there
	known  *output.Known
	reader *corpus.Reader
	stage  *output.Staging
	clocks []*clock
	result Result
	reason map[string]int64 // rejects by reason
	at     map[string]int64 // rejects by stage
	tally  output.Tally
	chunks int
}

func (r *run) run(ctx context.Context, data *output.Dataset) (_ Result, err error) {
	if r.before, err = data.Batches(); err != nil {
		return Result{}, err
	}
	now, err := r.fingerprint()
	if err != nil {
		return Result{}, err
	}
	plan, err := r.plan(now)
	if err != nil {
		return Result{}, err
	}
	if r.Batch == "" {
		if r.Batch = data.Unfinished(plan, r.Inputs); r.Batch != "" {
			r.Log.Info("going on with an interrupted run", "batch", r.Batch)
		} else {
			r.Batch = r.begun.UTC().Format(time.DateOnly)
		}
	}
	if err := output.CheckBatch(r.Batch); err != nil {
		return Result{}, err
	}
	r.result.Batch = r.Batch
	if plan, err = r.plan(now); err != nil { // now that the batch has its name
		return Result{}, err
	}
	if m, err := data.Batch(r.Batch); err == nil && !r.Replace {
		result, err := r.published(ctx, m, now)
		if err == nil && data.Unfinished(plan, r.Inputs) == r.Batch {
			// A replacement by the same was interrupted: nothing is left to do of it.
			err = data.Abandon(r.Batch)
		}
		return result, err
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Result{}, err
	}
	if !r.Mix {
		if err := checkMixing(r.before, r.Batch, now, r.Format, r.Stages.People.Labels()); err != nil {
			return Result{}, err
		}
	}
	// The batch's own documents must not count as known: replacing would empty it.
	r.known, err = data.Known(r.Batch, func(m output.Manifest) bool {
		was, err := parseFingerprint(m.Plan)
		return r.Retry || err != nil || was.differs(now) != ""
	})
	if err != nil {
		return Result{}, err
	}
	if r.stage, err = data.Begin(r.Batch, plan, r.Inputs); err != nil {
		return Result{}, err
	}
	if err := r.process(ctx, plan); err != nil {
		return r.result, err
	}
	return r.publish(ctx, data, plan)
}

// fingerprint is what the program and its options are now.
func (r *run) fingerprint() (fingerprint, error) {
	chain, err := chainFingerprint(r.Chain)
	return fingerprint{Format: output.SchemaVersion, Read: readFingerprint(r.Corpus), Stages: chain}, err
}

// plan is everything but the input that the chunks depend on.
func (r *run) plan(now fingerprint) ([]byte, error) {
	now.Known = besides(r.before, r.Batch)
	now.Retry = r.Retry
	return now.json()
}

// besides are the batches beside which another is made, with their digests.
func besides(batches []output.Manifest, batch string) (known []string) {
	for _, m := range batches {
		if m.Batch != batch {
			known = append(known, m.Batch+":"+m.Work)
		}
	}
	return known
}

// published decides about a batch that is there already: the same input is
// nothing to do, other input an error.
func (r *run) published(ctx context.Context, m output.Manifest, now fingerprint) (Result, error) {
	work := newKey("")
	if err := r.read(ctx, func(c *chunk) error { work.chunk(c); return nil }); err != nil {
		return Result{}, err
	}
	was, err := parseFingerprint(m.Plan)
	if err != nil {
		return Result{}, fmt.Errorf("reading the plan of batch %s: %w", m.Batch, err)
	}
	if work.String() != m.Work {
		return Result{}, fmt.Errorf("batch %s was made from other input; choose another --batch, or --replace it", m.Batch)
	}
	if why := was.differs(now); why != "" {
		if stage, _ := was.stagesDiffer(now); stage != "" {
			return Result{}, fmt.Errorf("batch %s was made differently (%s); make its results anew with: onrecord rerun %s --batch %s --write (and the same options), or run it again with --replace", m.Batch, why, stage, m.Batch)
		}
		return Result{}, fmt.Errorf("batch %s was made differently (%s); run it again with --replace", m.Batch, why)
	}
	r.result.NothingToDo, r.result.Manifest, r.result.Counts = true, m, m.Counts
	return r.result, nil
}

// read opens the inputs and hands their chunks over.
func (r *run) read(ctx context.Context, yield func(*chunk) error) (err error) {
	reading := r.Corpus
	reading.Except = r.Out // who reads the folder that it lies in does not mean it
	if r.reader, err = corpus.Open(r.Inputs, reading); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.reader.Close()) }()
	return chunks(ctx, r.reader, yield)
}

func (r *run) process(ctx context.Context, plan []byte) error {
	r.work, r.reason, r.at, r.tally = newKey(""), map[string]int64{}, map[string]int64{}, output.Tally{}
	pools := []pool{decoding(r.Corpus, r.known, r.clock())}
	for _, s := range r.Chain {
		pools = append(pools, stagePool(s, r.clock()))
	}
	watch, done, err := watchCrashes(ctx, r.stage, plan, r.Log)
	if err != nil {
		return err
	}
	defer done()
	planDigest := digest(plan)
	source := func(yield func(*chunk) error) error {
		return r.read(ctx, func(c *chunk) error {
			r.work.chunk(c)
			c.key = digest([]byte(planDigest + c.key))
			if info, ok := r.stage.Chunk(c.number, c.key); ok {
				c.resumed, c.items = &info, nil
			}
			return yield(c)
		})
	}
	err = flow(ctx, r.Workers, source, watch.over(pools), func(c *chunk) error { return r.keep(ctx, c) })
	r.result.Seconds = time.Since(r.begun).Seconds()
	for i, p := range pools {
		r.result.Stages = append(r.result.Stages, r.clocks[i].stats(p.name))
	}
	return err
}

func (r *run) clock() *clock {
	c := &clock{}
	r.clocks = append(r.clocks, c)
	return c
}

// keep makes a finished chunk durable; chunks come in order.
func (r *run) keep(ctx context.Context, c *chunk) error {
	r.chunks++
	info := c.resumed
	if info != nil {
		r.result.Resumed++
		for _, id := range info.IDs {
			r.seen[xxh3.HashString(id)] = struct{}{}
		}
	} else if err := r.known.Err(); err != nil {
		return err
	} else {
		done, err := r.stage.Put(ctx, r.chunk(c))
		if err != nil {
			return err
		}
		info = &done
	}
	r.result.Counts.Add(info.Counts)
	for reason, n := range info.Reasons {
		r.reason[reason] += n
	}
	for stage, n := range info.Stages {
		r.at[stage] += n
	}
	r.tally.Add(info.Publishers)
	if r.Progress != nil {
		total, _ := r.reader.Size()
		r.Progress.Update(Status{Batch: r.Batch, Bytes: r.reader.Read(), TotalBytes: total, Counts: r.result.Counts})
	}
	return nil
}

// chunk sorts the items of a chunk into documents, rejects and known ones, and
// refuses ids that an earlier document of the run has.
func (r *run) chunk(c *chunk) *output.Chunk {
	out := &output.Chunk{Number: c.number, Key: c.key, Counts: output.Counts{Records: int64(len(c.items)), Bytes: c.bytes}}
	var written []*item
	out.Refuse = func(i int, message string) corpus.Reject {
		written[i].refuse("write", corpus.StageFailed, message)
		return r.rejected(written[i])
	}
	for i := range c.items {
		it := &c.items[i]
		if it.doc != nil {
			id := xxh3.HashString(it.doc.ID)
			if _, repeated := r.seen[id]; repeated {
				it.refuse("read", corpus.DuplicateID, fmt.Sprintf("the id %q was read before in this run; ids must be unique", it.doc.ID))
			}
			r.seen[id] = struct{}{}
		}
		switch {
		case it.known:
			out.Counts.Known++
		case it.reject != nil:
			out.Rejects = append(out.Rejects, r.rejected(it))
		default:
			out.Docs, written = append(out.Docs, it.doc), append(written, it)
		}
	}
	return out
}

// rejected is the item's reject as it is written.
func (r *run) rejected(it *item) corpus.Reject {
	x := *it.reject
	r.Log.Warn("rejected", "uri", x.URI, "record", x.Record, "stage", x.Stage, "reason", x.Reason)
	if !r.KeepRejects {
		x.Raw = nil
	}
	return x
}

func (r *run) publish(ctx context.Context, data *output.Dataset, plan []byte) (Result, error) {
	c := r.result.Counts
	if c.Documents == 0 && c.Rejects == 0 && !r.Replace {
		r.result.NothingToDo = true
		return r.result, data.Abandon(r.Batch)
	}
	if allowed := r.MaxRejects.allowed(c.Records); c.Rejects > allowed {
		return r.result, &TooManyRejects{c.Rejects, c.Records, allowed, r.reason}
	}
	info := runInfo(r.begun)
	info.Resumed = r.result.Resumed
	for _, s := range r.result.Stages {
		info.Seconds[s.Name] = s.Seconds
	}
	m := output.Manifest{Program: Version(), Batch: r.Batch, Work: r.work.String(), Plan: plan, Inputs: r.reader.Inputs(), Counts: c,
		Publishers: r.tally.Largest(), Reasons: r.reason, Stages: r.at,
		Labels: labelColumns(r.before, r.Batch, r.Stages.People.Labels())}
	if m.Gates = r.Gates.judge(m, r.before); len(m.Gates) == 0 && !r.Gates.Off {
		r.Log.Info("no baseline yet: too few batches or documents for the quality gates", "batches", len(r.before), "documents", c.Documents)
	}
	if r.Gates.Hold && len(Alarms(m)) > 0 {
		r.result.Held, r.result.Manifest = true, m
		return r.result, r.stage.Hold(m, r.chunks, info)
	}
	defer thrifty()()
	var err error
	r.result.Manifest, err = r.stage.Publish(ctx, m, r.chunks, info)
	r.result.Seconds = time.Since(r.begun).Seconds()
	return r.result, err
}

// runInfo is what is known of a run at its end but for its stages.
func runInfo(begun time.Time) output.RunInfo {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return output.RunInfo{Started: begun.UTC(), Host: host, PID: os.Getpid(),
		Machine: runtime.GOOS + "/" + runtime.GOARCH, Seconds: map[string]float64{}}
}

// frugal gives the garbage collector a soft limit of memory until the function it
// returns is called, unless the user has set one: the longer a run, the more often
// chance would have it collect late, and its peak must not grow with the corpus. With
// two workers the limit is 150 MiB, where ten times the articles cost 1.06 to 1.09
// times the peak and no more time; without it 1.17 to 1.32 times.
func frugal(workers int) func() {
	if os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	const models, worker = 110 << 20, 20 << 20
	before := debug.SetMemoryLimit(models + worker*int64(workers))
	return func() { debug.SetMemoryLimit(before) }
}

// thrifty lets the garbage collector run more often until the function it returns
// is called, unless the user has chosen a pace. Publishing makes much garbage
// beside little that lives, and its peak must not grow with the corpus.
func thrifty() func() {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	runtime.GC()
	before := debug.SetGCPercent(40)
	return func() { debug.SetGCPercent(before) }
}
