package cli

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"onrecord/stages/stance"
)

func targetsFlag(f *pflag.FlagSet, path *string) {
	f.StringVar(path, "targets", "", "YAML `file` of targets to report a stance towards wherever they are spoken of: name, terms, patterns")
}

// readTargets reads the file of --targets; an empty path watches nothing.
func readTargets(cmd *cobra.Command, path string) (*stance.Watchlist, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading targets: %w", err)
	}
	defer f.Close()
	targets, err := stance.ReadWatchlist(f)
	var unknown *stance.UnknownKeyError
	switch {
	case errors.As(err, &unknown):
		return nil, wrong(cmd, "%s: %v%s", path, err, orDidYouMean(unknown.Key, unknown.Known))
	case err != nil:
		return nil, wrong(cmd, "%s: %v", path, err)
	}
	return targets, nil
}
