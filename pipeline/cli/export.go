package cli

import (
	"bufio"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"onrecord/output"
)

type exportOptions struct {
	out, batch string
	format     choice
}

func (a *app) exportCommand() *cobra.Command {
	opt := exportOptions{format: choice{"jsonl", []string{"jsonl", "csv", "arrow", "parquet"}}}
	tables := slices.Concat(publicTables(), publicLayers())
	var names []string
	for _, t := range tables {
		names = append(names, t.name)
	}
	cmd := &cobra.Command{
		Use:   "export TABLE|LAYER",
		Short: "Write a table or layer to standard output",
		Long: `export writes a table of the dataset, or a layer of its documents, to standard
output: all batches in order, or one. What a layer holds of one document is one
row. In CSV, lists are JSON.

There are ` + strings.Join(names, ", ") + "." + exitStatusHelp(exitInterrupted),
		Example: `  onrecord export statements > statements.jsonl
  onrecord export statements --format csv --batch 2026-11-23 > day.csv
  onrecord export tokens | head -n 1`,
		ValidArgs: names,
		Args:      arguments(1, 1, "one TABLE or LAYER: "+strings.Join(names, ", "), "onrecord export statements"),
		RunE: func(cmd *cobra.Command, args []string) error {
			at := slices.Index(names, args[0])
			if at < 0 {
				return a.misnamed(cmd, "table or layer", args[0], names)
			}
			return a.export(cmd, tables[at], opt)
		},
	}
	f := cmd.Flags()
	outFlag(f, &opt.out)
	f.StringVar(&opt.batch, "batch", "", "only the batch of this `date`, YYYY-MM-DD")
	f.Var(&opt.format, "format", "what to write")
	rename(f, "format", "export-format")
	return cmd
}

func (a *app) export(cmd *cobra.Command, t anyTable, opt exportOptions) error {
	if err := checkBatch(cmd, opt.batch); err != nil {
		return err
	}
	format, err := output.ParseFormat(opt.format.value)
	if err != nil {
		return err
	}
	data, err := output.OpenRead(opt.out)
	if err != nil {
		return err
	}
	defer data.Close()
	if t.name == output.Speakers.Name {
		if t, err = speakersOf(data, opt.batch); err != nil {
			return err
		}
	}
	files, err := filesOf(data, opt.batch, t.name)
	if err != nil {
		return err
	}
	// A reader of ours that has seen enough closes the pipe: the system then ends this
	// process, without a word, at its next write.
	out := bufio.NewWriterSize(a.out, 64<<10)
	if err := t.write(cmd.Context(), files, out, format); err != nil {
		return err
	}
	return out.Flush()
}
