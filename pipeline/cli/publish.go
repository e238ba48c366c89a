package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"onrecord/pipeline"
)

func (a *app) publishCommand() *cobra.Command {
	var cfg pipeline.ReleaseConfig
	cmd := &cobra.Command{
		Use:   "publish",
		Short: "Publish a batch that a quality gate holds back",
		Long: `publish makes a batch visible that "run --hold-on-alarm" held back, after somebody
has looked. Nothing is computed again. --drop throws it away instead.` + exitStatusHelp(exitLocked, exitInterrupted),
		Example: "  onrecord publish --batch 2026-11-23",
		Args:    arguments(0, 0, "no arguments", ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkBatch(cmd, cfg.Batch); err != nil {
				return err
			}
			m, err := pipeline.Release(cmd.Context(), cfg)
			if err != nil {
				return err
			}
			if cfg.Drop {
				fmt.Fprintf(a.out, "batch %s is dropped\n", m.Batch)
				return nil
			}
			fmt.Fprintf(a.out, "batch %s is published: %s, %s\n", m.Batch, plural(m.Counts.Documents, "article"), plural(m.Counts.Statements, "statement"))
			return nil
		},
	}
	outFlag(cmd.Flags(), &cfg.Out)
	cmd.Flags().StringVar(&cfg.Batch, "batch", "", "the batch of this `date`, YYYY-MM-DD (default: the only one)")
	cmd.Flags().BoolVar(&cfg.Drop, "drop", false, "throw the batch away instead")
	return cmd
}
