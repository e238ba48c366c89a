package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"onrecord/stages"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which version this is, with its stages",
		Long: `version prints the version of the program, the commit it was built from, and the
version of each stage: with the same input and options, results can differ only
if one of these does.` + exitStatusHelp(exitDone),
		Example: "  onrecord version",
		Args:    arguments(0, 0, "no arguments", ""),
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprintf(a.out, "onrecord %s (%s, %s/%s)\n", buildVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			for _, s := range stages.Chain(stages.Options{}) {
				info := s.Info()
				fmt.Fprintf(a.out, "  %-8s %d\n", info.Name, info.Version)
			}
			return nil
		},
	}
}

// buildVersion is the module's version and the commit, as far as the build knows them.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	version, commit, changed := info.Main.Version, "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", with local changes"
		}
	}
	if version == "" {
		version = "(devel)"
	}
	if commit == "" {
		return version
	}
	return fmt.Sprintf("%s, commit %.12s%s", version, commit, changed)
}
