package cli

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"onrecord/pipeline"
	"onrecord/stages"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which version this is, with its stages",
		Long: `version prints the version of the program, or the commit it was built from, and the
version of each stage: with the same input and options, results can differ only
if one of these does.` + exitStatusHelp(exitDone),
		Example: "  onrecord version",
		Args:    arguments(0, 0, "no arguments", ""),
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprintf(a.out, "onrecord %s (%s, %s/%s)\n", pipeline.Version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			for _, s := range stages.Chain(stages.Options{}) {
				info := s.Info()
				fmt.Fprintf(a.out, "  %-8s %d\n", info.Name, info.Version)
			}
			return nil
		},
	}
}
