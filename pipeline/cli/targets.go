package cli

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"onrecord/stages/stance"
)

func targetsFlag(f *pflag.FlagSet, path *string) {
	f.StringVar(path, "targets", "", "YAML `file` of targets to report a stance towards wherever they are spoken of: name, terms, patterns")
}

// readTargets reads the file of --targets; an empty path watches nothing.
func readTargets(cmd *cobra.Command, path string) (*stance.Watchlist, error) {
	return readEntries(cmd, path, "targets", stance.ReadWatchlist)
}
