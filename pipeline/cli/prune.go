package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"onrecord/pipeline"
)

func (a *app) pruneCommand() *cobra.Command {
	var cfg pipeline.PruneConfig
	var lock lockFlags
	cmd := &cobra.Command{
		Use:   "prune",
		Short: "Remove what results do not need",
		Long: `prune lists, and with --delete removes, what takes room and no result needs: layers
of old batches, originals of old rejects, runs that were interrupted and can't go on
because others were published since, and leftovers. Tables stay as they are. A rerun of
a batch without layers begins with the texts, which takes as long as its run did.` + exitStatusHelp(exitLocked, exitInterrupted),
		Example: `  onrecord prune
  onrecord prune --keep-layers 30 --delete`,
		Args: arguments(0, 0, "no arguments", ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cfg.KeepLayers < 0 || cfg.KeepOriginals < 0 {
				return wrong(cmd, "--keep-layers and --keep-originals are numbers from 0 on")
			}
			cfg.Wait, cfg.NoLock = lock.wait, lock.none
			waste, err := pipeline.Prune(cmd.Context(), cfg)
			if err != nil {
				return err
			}
			a.waste(waste, cfg.Delete)
			return nil
		},
	}
	f := cmd.Flags()
	outFlag(f, &cfg.Out)
	f.IntVar(&cfg.KeepLayers, "keep-layers", 14, "keep the layers of the last `number` of batches")
	f.IntVar(&cfg.KeepOriginals, "keep-originals", 90, "keep the originals of rejects so many `days`")
	f.BoolVar(&cfg.Delete, "delete", false, "remove it")
	lock.add(f)
	return cmd
}

func (a *app) waste(waste []pipeline.Waste, deleted bool) {
	if len(waste) == 0 {
		fmt.Fprintln(a.out, "nothing to remove")
		return
	}
	var total int64
	t := newTable(a.out, "what", "batch", "bytes")
	for _, w := range waste {
		t.AppendRow([]any{w.Kind, w.Batch, w.Bytes})
		total += w.Bytes
	}
	t.Render()
	if deleted {
		fmt.Fprintf(a.out, "%s removed\n", plural(total, "byte"))
	} else {
		fmt.Fprintf(a.out, "%s could go; --delete removes them\n", plural(total, "byte"))
	}
}
