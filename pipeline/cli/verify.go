package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"onrecord/output"
)

func (a *app) verifyCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check that the dataset is what was written",
		Long: `verify reads the whole dataset and compares it with what its manifests say: digests
and row counts of files, references between tables, spans within texts. It prints
one line for each thing that is wrong, and changes nothing.` + exitStatusHelp(exitInterrupted),
		Example: "  onrecord verify --out /srv/press/out",
		Args:    arguments(0, 0, "no arguments", ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			data, err := output.OpenRead(out)
			if err != nil {
				return err
			}
			defer data.Close()
			findings, err := data.Verify(cmd.Context())
			if err != nil {
				return err
			}
			for _, f := range findings {
				fmt.Fprintln(a.out, f)
			}
			if len(findings) > 0 {
				return fmt.Errorf("%s in %s: what is wrong is listed above", plural(len(findings), "finding"), out)
			}
			batches, err := data.Batches()
			if err != nil {
				return err
			}
			fmt.Fprintf(a.out, "%s in %s: all as written\n", plural(len(batches), "batch"), out)
			return nil
		},
	}
	outFlag(cmd.Flags(), &out)
	return cmd
}
