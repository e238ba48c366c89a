package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"onrecord/stages"
)

func (a *app) stagesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "stages",
		Short: "Show the chain of stages: what each reads and adds",
		Long: `stages prints the chain in its order: each stage's version, the layers of a
document that it needs, and those that it adds.` + exitStatusHelp(exitDone),
		Example: "  onrecord stages",
		Args:    arguments(0, 0, "no arguments", ""),
		RunE: func(*cobra.Command, []string) error {
			chain := stages.Chain(stages.Options{})
			t := newTable(a.out, "stage", "version", "needs", "adds", "models")
			for _, s := range chain {
				info := s.Info()
				var models []string
				for _, m := range info.Models {
					name, digest, _ := strings.Cut(m, ":")
					models = append(models, fmt.Sprintf("%s:%.8s", name, digest))
				}
				t.AppendRow([]any{info.Name, info.Version, strings.Join(info.Needs.Names(), " "),
					strings.Join(info.Adds.Names(), " "), strings.Join(models, " ")})
			}
			t.Render()
			return stages.Check(chain)
		},
	}
}
