package cli

import (
	"bufio"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"onrecord/pipeline"
	"onrecord/stages"
)

type rerunOptions struct {
	out, batch, doc string
	people, targets string
	explain, write  bool
	span            string
	all             bool
	lock            lockFlags
	limit, workers  int
	minConfidence   float32
}

func (a *app) rerunCommand() *cobra.Command {
	var opt rerunOptions
	var names []string
	for _, s := range stages.Chain(stages.Options{}) {
		names = append(names, s.Info().Name)
	}
	cmd := &cobra.Command{
		Use:   "rerun STAGE",
		Short: "Run one stage again and show what it changes",
		Long: `rerun takes the layers that a stage reads from the dataset, runs the stage and all
after it again, and prints what would change, row by row. --explain prints what
made each decision: candidates, rules, features and weights; with --span START:END,
characters of the text, why no statement is there. --write puts the new
rows in the place of the old ones, a batch all at once. Which batch: the last, or
that of --batch, or every one with --all.

The stages are ` + strings.Join(names, ", ") + "." + exitStatusHelp(exitLocked, exitInterrupted),
		Example: `  onrecord rerun tone
  onrecord rerun speaker --doc trade-talks.txt --explain
  onrecord rerun quote --doc trade-talks.txt --explain --span 1200:1315
  onrecord rerun stance --batch 2026-11-23 --write`,
		ValidArgs: names,
		Args:      arguments(1, 1, "a STAGE: "+strings.Join(names, ", "), "onrecord rerun tone"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(names, args[0]) {
				return a.misnamed(cmd, "stage", args[0], names)
			}
			return a.rerun(cmd, args[0], opt)
		},
	}
	f := cmd.Flags()
	outFlag(f, &opt.out)
	f.StringVar(&opt.batch, "batch", "", "only the batch of this `date`, YYYY-MM-DD (default: the last)")
	f.BoolVar(&opt.all, "all", false, "every batch")
	f.StringVar(&opt.doc, "doc", "", "only the document with this `id`")
	f.BoolVar(&opt.explain, "explain", false, "print what made each decision")
	f.StringVar(&opt.span, "span", "", "with --explain, why nothing was found at this `START:END` of the text, in characters")
	f.BoolVar(&opt.write, "write", false, "replace the rows in the dataset")
	f.IntVar(&opt.limit, "limit", 50, "print at most so many changed rows; 0 is all of them")
	minConfidenceFlag(f, &opt.minConfidence)
	peopleFlag(f, &opt.people)
	targetsFlag(f, &opt.targets)
	workersFlag(f, &opt.workers)
	opt.lock.add(f)
	return cmd
}

// misnamed is a usage error about an argument that is none of the known names.
func (a *app) misnamed(cmd *cobra.Command, what, word string, known []string) error {
	e := &usageError{command: cmd.Name(), message: fmt.Sprintf("there is no %s %q; there are %s", what, word, strings.Join(known, ", "))}
	if name := nearest(word, known); name != "" {
		e.meant = a.replaced(word, name)
	}
	return e
}

func (a *app) rerun(cmd *cobra.Command, stage string, opt rerunOptions) error {
	if err := checkBatch(cmd, opt.batch); err != nil {
		return err
	}
	if err := checkNumbers(cmd, opt.workers, opt.minConfidence); err != nil {
		return err
	}
	switch {
	case opt.explain && opt.doc == "":
		return wrong(cmd, "--explain needs --doc: the reasons for a whole batch are too many to read")
	case opt.span != "" && !opt.explain:
		return wrong(cmd, "--span asks why nothing is there; it needs --explain")
	case opt.all && opt.batch != "":
		return wrong(cmd, "--all is every batch; leave --batch out")
	case opt.limit < 0:
		return wrong(cmd, "--limit is a number of rows, not %d; 0 is all of them", opt.limit)
	case opt.write && opt.doc != "":
		return wrong(cmd, "--write replaces a whole batch; leave --doc out")
	case opt.write && opt.explain:
		return wrong(cmd, "--explain changes nothing; leave --write out")
	}
	missed, err := readSpan(cmd, opt.span)
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
	config := pipeline.RerunConfig{
		Out:     opt.out,
		Batch:   opt.batch,
		Stage:   stage,
		DocID:   opt.doc,
		Stages:  stages.Options{MinConfidence: opt.minConfidence, People: people, Targets: targets},
		Missed:  missed,
		All:     opt.all,
		Write:   opt.write,
		Limit:   opt.limit,
		Wait:    opt.lock.wait,
		NoLock:  opt.lock.none,
		Workers: opt.workers,
		Log:     a.log,
	}
	if opt.explain {
		out := bufio.NewWriter(a.out)
		config.Explain = out
		_, err := pipeline.Rerun(cmd.Context(), config)
		return errors.Join(err, out.Flush())
	}
	d, err := pipeline.Rerun(cmd.Context(), config)
	if err != nil {
		return err
	}
	a.difference(d, opt)
	return nil
}

// readSpan reads START:END; nil if it is empty.
func readSpan(cmd *cobra.Command, text string) (*pipeline.Place, error) {
	if text == "" {
		return nil, nil
	}
	first, last, ok := strings.Cut(text, ":")
	start, err := strconv.Atoi(first)
	end, err2 := strconv.Atoi(last)
	if !ok || err != nil || err2 != nil || start < 0 || end <= start {
		return nil, wrong(cmd, "--span is START:END, two numbers of characters like 1200:1315, not %q", text)
	}
	return &pipeline.Place{Start: start, End: end}, nil
}

func (a *app) difference(d *pipeline.Difference, opt rerunOptions) {
	doc := ""
	for _, c := range d.Changes {
		if c.DocID != doc {
			doc = c.DocID
			fmt.Fprintf(a.out, "%s\n", doc)
		}
		fmt.Fprintf(a.out, "  %s %s %s: %s\n", c.Table, c.What, c.ID, cut(c.Text, 80))
		for _, f := range c.Fields {
			fmt.Fprintf(a.out, "    %s: %s -> %s\n", f.Column, cut(f.Before, 60), cut(f.After, 60))
		}
	}
	total := d.Kinds[pipeline.RowAdded] + d.Kinds[pipeline.RowGone] + d.Kinds[pipeline.RowChanged]
	if more := total - len(d.Changes); more > 0 {
		fmt.Fprintf(a.out, "and %d more rows; see --limit\n", more)
	}
	for _, r := range d.Failed {
		fmt.Fprintf(a.out, "%s: now refused by %s (%s): %s\n", r.DocID, r.Stage, r.Reason, r.Message)
	}
	defer func() {
		if len(d.Stale) > 0 {
			fmt.Fprintf(a.out, "still made by other versions or options: %s; --all redoes them too\n", strings.Join(d.Stale, ", "))
		}
	}()
	if len(d.Uncompared) > 0 {
		fmt.Fprintf(a.out, "made from the texts, without their layers to compare with: %s\n", strings.Join(d.Uncompared, ", "))
		if d.Documents == 0 {
			return
		}
	}
	if total == 0 && len(d.Failed) == 0 {
		fmt.Fprintf(a.out, "no differences in %s\n", plural(d.Documents, "document"))
		return
	}
	fmt.Fprintf(a.out, "%d of %s differ: %d rows added, %d gone, %d changed; mean tone moved by %s\n",
		d.Differing, plural(d.Documents, "document"), d.Kinds[pipeline.RowAdded], d.Kinds[pipeline.RowGone], d.Kinds[pipeline.RowChanged], signed(d.MeanShift))
	for _, flip := range slices.Sorted(maps.Keys(d.Flips)) {
		fmt.Fprintf(a.out, "  %4d  %s\n", d.Flips[flip], flip)
	}
	if !opt.write {
		fmt.Fprintln(a.out, "nothing was written; --write replaces the rows")
	}
}
