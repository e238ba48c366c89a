package cli

import (
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"onrecord/output"
	"onrecord/pipeline"
)

func (a *app) batchesCommand() *cobra.Command {
	var out, since string
	var missing bool
	cmd := &cobra.Command{
		Use:   "batches",
		Short: "List the batches of the dataset",
		Long: `batches lists what was published: one line a batch, with the numbers of its
articles, statements and rejects, the gates that rang, and its size. Below stand
batches that are held back or that a run has begun. --missing lists the days without a
batch instead.` + exitStatusHelp(exitDone),
		Example: `  onrecord batches
  onrecord batches --missing --since 2026-11-01`,
		Args: arguments(0, 0, "no arguments", ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkBatch(cmd, since); err != nil {
				return err
			}
			data, err := output.OpenRead(out)
			if err != nil {
				return err
			}
			defer data.Close()
			batches, err := data.Batches()
			if err != nil {
				return err
			}
			batches = slices.DeleteFunc(batches, func(m output.Manifest) bool { return m.Batch < since })
			if missing {
				return a.missing(batches, since)
			}
			return a.batches(data, batches, out)
		},
	}
	f := cmd.Flags()
	outFlag(f, &out)
	f.StringVar(&since, "since", "", "only from this `date` on, YYYY-MM-DD")
	f.BoolVar(&missing, "missing", false, "list the days without a batch, from the first or --since to the last")
	return cmd
}

func (a *app) batches(data *output.Dataset, batches []output.Manifest, out string) error {
	if len(batches) == 0 {
		fmt.Fprintf(a.out, "no batches in %s\n", out)
	} else {
		t := newTable(a.out, "batch", "articles", "statements", "known already", "rejects", "inputs", "gates", "MiB")
		for _, b := range batches {
			inputs := fmt.Sprint(len(b.Inputs))
			if n := len(incompleteInputs(b)); n > 0 {
				inputs += fmt.Sprintf(", %d incomplete", n)
			}
			gates := ""
			if n := len(pipeline.Alarms(b)); n > 0 {
				gates = fmt.Sprintf("%d rang", n)
			}
			var size int64
			for _, f := range b.Files {
				size += f.Bytes
			}
			t.AppendRow([]any{b.Batch, b.Counts.Documents, b.Counts.Statements, b.Counts.Known, b.Counts.Rejects, inputs, gates,
				fmt.Sprintf("%.1f", float64(size)/(1<<20))})
		}
		t.Render()
	}
	staged, err := data.Staged()
	if err != nil {
		return err
	}
	for _, s := range staged {
		if s.Held {
			fmt.Fprintf(a.out, " %s is held back by a gate: onrecord publish --batch %s\n", s.Batch, s.Batch)
		} else {
			fmt.Fprintf(a.out, " %s is unfinished: a run is busy with it, or was interrupted; give its command again\n", s.Batch)
		}
	}
	return nil
}

// missing lists days, one a line, for a loop of a shell.
func (a *app) missing(batches []output.Manifest, since string) error {
	if len(batches) == 0 {
		return nil
	}
	have := map[string]bool{}
	for _, b := range batches {
		have[b.Batch] = true
	}
	if since == "" {
		since = batches[0].Batch
	}
	day, err := time.Parse(time.DateOnly, since)
	if err != nil {
		return err
	}
	for ; day.Format(time.DateOnly) < batches[len(batches)-1].Batch; day = day.AddDate(0, 0, 1) {
		if name := day.Format(time.DateOnly); !have[name] {
			fmt.Fprintln(a.out, name)
		}
	}
	return nil
}
