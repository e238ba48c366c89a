package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"onrecord/corpus"
	"onrecord/output"
	"onrecord/pipeline"
	"onrecord/stages"
)

type runOptions struct {
	out, batch    string
	replace, mix  bool
	retry, keep   bool
	gate          gateFlags
	metrics       string
	lock          lockFlags
	workers       int
	format        choice
	language      string
	maxDocument   byteSize
	fields        map[string]string
	maxRejects    rejectLimit
	minConfidence float32
	people        string
	targets       string
	progress      choice
	asJSON        bool
}

func (a *app) runCommand() *cobra.Command {
	opt := runOptions{
		format:      choice{"parquet", []string{"parquet", "arrow"}},
		maxDocument: 4 << 20,
		progress:    choice{"auto", []string{"auto", "bar", "lines", "none"}},
	}
	cmd := &cobra.Command{
		Use:   "run INPUT...",
		Short: "Read articles and add them to the dataset as one batch",
		Long: `run reads articles, finds who said what in them, in what tone and with what
stances, and publishes the result as one batch of the dataset.

INPUT is a file, a folder (read recursively), a glob, or - for JSON lines on
standard input. Files are plain text, Markdown, HTML or JSON lines, also
compressed with gzip or zstd; what they are is found by looking into them.
JSON lines hold id, text or html, title, publisher, author, published_at,
language and url; --field maps other names.

A text that the dataset holds already is skipped. What can't be read becomes a
row of the table rejects, and is not tried again until the program or its options
change. A run that was stopped, by whatever, goes on when the same command is
given again; nothing is published before it is complete. SIGUSR1 asks how far it is.

Before it is published the batch is compared with the last ones: a figure far from
their median rings a gate, which ends the run with status 3. With --hold-on-alarm
the batch waits for "onrecord publish".` + exitStatusHelp(exitLook, exitLocked, exitInterrupted),
		Example: `  onrecord run corpus/sample
  onrecord run --out /data/press --batch 2026-11-23 'press/2026-11-23/*.jsonl.gz'
  onrecord run --field text=body --field id=guid wire.jsonl
  zcat wire.jsonl.gz | onrecord run -`,
		Args: arguments(1, -1, "an INPUT: files, folders, globs, or - for standard input", "onrecord run corpus/sample"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.run(cmd, args, &opt) },
	}
	f := cmd.Flags()
	outFlag(f, &opt.out)
	f.StringVar(&opt.batch, "batch", "", "the batch's `date`, YYYY-MM-DD (default: an unfinished run of the same work, else today, UTC)")
	f.BoolVar(&opt.replace, "replace", false, "take the place of the batch of that date if its input was another")
	f.BoolVar(&opt.mix, "mix", false, "add to batches that other versions or options of the stages made")
	f.BoolVar(&opt.retry, "retry-rejects", false, "try again what was refused before")
	f.BoolVar(&opt.keep, "keep-rejects", false, "keep what was refused, the first MiB of each, in case its source is gone tomorrow")
	f.Var(&opt.format, "format", "files of the dataset")
	f.StringVar(&opt.language, "language", "en", "reject texts in another language than this `code` (ISO 639-1); any takes all")
	f.StringToStringVar(&opt.fields, "field", nil, "JSON lines: our field's name=the file's; may be repeated")
	f.Var(&opt.maxDocument, "max-document", "reject longer texts")
	f.Var(&opt.maxRejects, "max-rejects", "fail instead of publishing if more records are rejected: a share, a number, or none")
	opt.gate.add(f)
	minConfidenceFlag(f, &opt.minConfidence)
	peopleFlag(f, &opt.people)
	targetsFlag(f, &opt.targets)
	workersFlag(f, &opt.workers)
	opt.lock.add(f)
	f.StringVar(&opt.metrics, "metrics", "", "write counts and timings to this `file` in Prometheus' text format")
	f.Var(&opt.progress, "progress", "how progress is shown on standard error; auto is a bar on a terminal, else lines")
	f.BoolVar(&opt.asJSON, "json", false, "write the result as one JSON object instead of a table")
	return cmd
}

func outFlag(f *pflag.FlagSet, out *string) {
	f.StringVar(out, "out", "out", "`folder` of the dataset")
}

func minConfidenceFlag(f *pflag.FlagSet, v *float32) {
	f.Float32Var(v, "min-confidence", 0, "leave out statements less certain than this, 0 to 1")
}

func workersFlag(f *pflag.FlagSet, v *int) {
	f.IntVar(v, "workers", 0, "goroutines of each stage; never changes the result (default: one a core)")
}

// checkNumbers refuses values of these two flags that can't be meant.
func checkNumbers(cmd *cobra.Command, workers int, minConfidence float32) error {
	switch {
	case workers < 0:
		return wrong(cmd, "%d workers are too few; 0 is one a core", workers)
	case !(minConfidence >= 0 && minConfidence <= 1):
		return wrong(cmd, "--min-confidence is a probability, from 0 to 1, not %v", minConfidence)
	}
	return nil
}

// rejectLimit is pipeline.RejectLimit as a flag.
type rejectLimit struct{ pipeline.RejectLimit }

func (r *rejectLimit) Type() string { return "limit" }
func (r *rejectLimit) Set(s string) (err error) {
	r.RejectLimit, err = pipeline.ParseRejectLimit(s)
	return err
}

// check finds what can't be meant before anything is opened.
func (o *runOptions) check(cmd *cobra.Command) error {
	if err := checkBatch(cmd, o.batch); err != nil {
		return err
	}
	if err := checkNumbers(cmd, o.workers, o.minConfidence); err != nil {
		return err
	}
	if err := o.gate.check(cmd); err != nil {
		return err
	}
	if err := o.corpus().Validate(); err != nil {
		return wrong(cmd, "%v", err)
	}
	return nil
}

// checkBatch refuses what can't be the name of a batch; empty is none.
func checkBatch(cmd *cobra.Command, name string) error {
	if name == "" {
		return nil
	}
	if err := output.CheckBatch(name); err != nil {
		return wrong(cmd, "%v", err)
	}
	return nil
}

func (o *runOptions) corpus() corpus.Options {
	return corpus.Options{MaxDocument: int64(o.maxDocument), Language: o.language, Fields: o.fields}
}

func (a *app) run(cmd *cobra.Command, inputs []string, opt *runOptions) error {
	if err := opt.check(cmd); err != nil {
		return err
	}
	format, err := output.ParseFormat(opt.format.value)
	if err != nil {
		return err
	}
	people, err := readPeople(cmd, opt.people)
	if err != nil {
		return err
	}
	targets, err := readTargets(cmd, opt.targets)
	if err != nil {
		return err
	}
	reading := opt.corpus()
	if slices.Contains(inputs, "-") {
		reading.Stdin = a.stdin(cmd.Context())
	}
	progress := a.progress(opt.progress.value)
	result, err := pipeline.Run(cmd.Context(), pipeline.Config{
		Inputs:      inputs,
		Corpus:      reading,
		Stages:      stages.Options{MinConfidence: opt.minConfidence, People: people, Targets: targets},
		Out:         opt.out,
		Batch:       opt.batch,
		Replace:     opt.replace,
		Format:      format,
		Mix:         opt.mix,
		MaxRejects:  opt.maxRejects.RejectLimit,
		Retry:       opt.retry,
		KeepRejects: opt.keep,
		Gates:       opt.gate.options(),
		Wait:        opt.lock.wait,
		NoLock:      opt.lock.none,
		Workers:     opt.workers,
		Progress:    remembered{a, progress},
		Log:         a.log,
	})
	if b, ok := progress.(*bar); ok {
		b.finish()
	}
	if mixed := (*pipeline.MixedError)(nil); errors.As(err, &mixed) {
		mixed.Flags = setFlags(cmd, "out", "people", "targets", "min-confidence")
	}
	look := lookAt(result, opt.out)
	if err == nil {
		if opt.asJSON {
			err = a.writeResult(result, look)
		} else {
			err = a.summarize(cmd.Context(), opt, result)
		}
	}
	if err == nil && len(look) > 0 {
		err = &lookError{strings.Join(look, "\n")}
	}
	if opt.metrics != "" {
		err = errors.Join(err, writeMetrics(opt.metrics, opt.out, result, exitStatus(a.cause(cmd.Context(), err))))
	}
	return err
}

// setFlags are those of these flags that have been set, as written on a command line.
func setFlags(cmd *cobra.Command, names ...string) string {
	var out []string
	for _, name := range names {
		if f := cmd.Flags().Lookup(name); f.Changed {
			out = append(out, "--"+name, f.Value.String())
		}
	}
	return quoted(out)
}

// lookAt says what somebody should look at after a run that was done.
func lookAt(r pipeline.Result, out string) []string {
	var look []string
	if names := incompleteInputs(r.Manifest); len(names) > 0 && !r.NothingToDo {
		look = append(look, "these inputs were incomplete or damaged; what could be read of them is published: "+strings.Join(names, ", "))
	}
	if !r.NothingToDo {
		for _, alarm := range pipeline.Alarms(r.Manifest) {
			look = append(look, "gate: "+alarm)
		}
	}
	if r.Held {
		look = append(look, fmt.Sprintf("batch %s is held back; publish it with: onrecord publish --batch %s%s", r.Batch, r.Batch, outArgument(out)))
	}
	return look
}

func incompleteInputs(m output.Manifest) []string {
	var out []string
	for _, in := range m.Inputs {
		if !in.Complete {
			out = append(out, in.URI)
		}
	}
	return out
}

// writeResult is the summary for programs.
func (a *app) writeResult(r pipeline.Result, look []string) error {
	code, reason := exitDone, exitMeanings[exitDone]
	switch {
	case len(look) > 0:
		code, reason = exitLook, strings.Join(look, "; ")
	case r.NothingToDo:
		reason = "nothing to do"
	}
	return json.NewEncoder(a.out).Encode(struct {
		Code    int           `json:"code"`
		Reason  string        `json:"reason"`
		Batch   string        `json:"batch"`
		Counts  output.Counts `json:"counts"`
		Seconds float64       `json:"seconds"`
	}{code, reason, r.Batch, r.Counts, r.Seconds})
}

// summarize is the summary for people: who spoke, how, and where to look further.
func (a *app) summarize(ctx context.Context, opt *runOptions, r pipeline.Result) error {
	if r.NothingToDo {
		fmt.Fprintf(a.out, "nothing to do: the dataset in %s holds all of this input already\n", opt.out)
		return nil
	}
	if r.Held {
		return nil // the error says it
	}
	data, err := output.OpenRead(opt.out)
	if err != nil {
		return err
	}
	defer data.Close()
	var speakers []output.SpeakerRow
	err = scan(ctx, data, r.Batch, output.Speakers, func(rows []output.SpeakerRow) error {
		speakers = append(speakers, rows...)
		return nil
	})
	if err != nil {
		return err
	}
	a.speakerTable(speakers)
	c := r.Counts
	fmt.Fprintf(a.out, "\n%s, %s by %s; %s",
		plural(c.Documents, "article"), plural(c.Statements, "statement"), plural(len(speakers), "speaker"), plural(c.Rejects, "reject"))
	if c.Known > 0 {
		fmt.Fprintf(a.out, "; %d known already", c.Known)
	}
	fmt.Fprintf(a.out, "; %.1f s\n", r.Seconds)
	if c.Rejects > 0 {
		fmt.Fprintf(a.out, "what was rejected and why: onrecord export rejects%s\n", outArgument(opt.out))
	}
	fmt.Fprintf(a.out, "dataset: %s, batch %s\n\n", opt.out, r.Batch)
	fmt.Fprint(a.out, openers(opt.out, opt.format.value))
	return nil
}

// speakersShown are enough for a screen.
const speakersShown = 25

func (a *app) speakerTable(speakers []output.SpeakerRow) {
	slices.SortStableFunc(speakers, func(x, y output.SpeakerRow) int {
		if x.Statements != y.Statements {
			return int(y.Statements - x.Statements)
		}
		return strings.Compare(x.Speaker, y.Speaker)
	})
	paint := colours(a.out)
	t := newTable(a.out, "speaker", "role", "statements", "tone", "negative │ positive")
	for _, s := range speakers[:min(len(speakers), speakersShown)] {
		role := ""
		if len(s.Roles) > 0 {
			role = cut(s.Roles[0], 32)
		}
		tone, drawn := "", ""
		if s.ToneMean != nil {
			tone, drawn = fmt.Sprintf("%5s", signed(float64(*s.ToneMean))), paint.toneBar(float64(*s.ToneMean))
		}
		t.AppendRow([]any{cut(s.Speaker, 32), role, s.Statements, tone, drawn})
	}
	t.Render()
	if more := len(speakers) - speakersShown; more > 0 {
		fmt.Fprintf(a.out, " and %d more\n", more)
	}
}

// openers are the lines that open a dataset. They name the table's folder: a glob
// over the whole dataset would mix tables and checkpoints.
func openers(out, format string) string {
	if format == "arrow" {
		return fmt.Sprintf(`open it:
  pandas  pyarrow.dataset.dataset("%[1]s/statements", format="ipc", partitioning="hive").to_table().to_pandas()
  polars  pl.scan_ipc("%[1]s/statements/**/*.arrow", hive_partitioning=True).collect()
`, out)
	}
	return fmt.Sprintf(`open it:
  pandas  pd.read_parquet("%[1]s/statements")
  polars  pl.read_parquet("%[1]s/statements/**/*.parquet")
  DuckDB  FROM '%[1]s/statements/**/*.parquet'
or look at it here: onrecord show%[2]s
`, out, outArgument(out))
}

// outArgument is the flag that a follow-up command needs, if any.
func outArgument(out string) string {
	if out == "out" {
		return ""
	}
	return " --out " + quoted([]string{out})
}

func plural[T int | int64](n T, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "ch"):
		noun += "e"
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
