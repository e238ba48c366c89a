package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"onrecord/output"
)

func (a *app) batchesCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "batches",
		Short: "List the batches of the dataset",
		Long: `batches lists what was published: one line a batch, with the numbers of its
articles, statements and rejects.` + exitStatusHelp(exitDone),
		Example: "  onrecord batches",
		Args:    arguments(0, 0, "no arguments", ""),
		RunE: func(*cobra.Command, []string) error {
			data, err := output.OpenRead(out)
			if err != nil {
				return err
			}
			defer data.Close()
			batches, err := data.Batches()
			if err != nil {
				return err
			}
			if len(batches) == 0 {
				fmt.Fprintf(a.out, "no batches in %s\n", out)
				return nil
			}
			t := newTable(a.out, "batch", "articles", "statements", "known already", "rejects", "inputs")
			for _, b := range batches {
				inputs := fmt.Sprint(len(b.Inputs))
				if n := len(incompleteInputs(b)); n > 0 {
					inputs += fmt.Sprintf(", %d incomplete", n)
				}
				t.AppendRow([]any{b.Batch, b.Counts.Documents, b.Counts.Statements, b.Counts.Known, b.Counts.Rejects, inputs})
			}
			t.Render()
			return nil
		},
	}
	outFlag(cmd.Flags(), &out)
	return cmd
}
