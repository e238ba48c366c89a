package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"onrecord/stages"
)

type trainOptions struct {
	data   string
	models string
}

func (a *app) trainCommand() *cobra.Command {
	var opt trainOptions
	var names []string
	for _, s := range stages.Chain(stages.Options{}) {
		if _, ok := s.(stages.Trainer); ok {
			names = append(names, s.Info().Name)
		}
	}
	cmd := &cobra.Command{
		Use:   "train STAGE",
		Short: "Learn the models of a stage anew",
		Long: `train learns a stage's models from annotated articles and writes them where the
program is built from; build it again to use them. The same data give the same
bytes. What data a stage needs is said in its MODEL.md.` + exitStatusHelp(exitInterrupted),
		Example: `  onrecord train tag --data ../shared/gold
  onrecord train tag --data ../shared/gold --models /tmp/try`,
		Args:      arguments(1, 1, "the name of one stage", "onrecord train tag --data DIR"),
		ValidArgs: names,
		RunE:      func(cmd *cobra.Command, args []string) error { return a.train(cmd, args[0], opt) },
	}
	f := cmd.Flags()
	f.StringVar(&opt.data, "data", "", "`folder` of training data")
	f.StringVar(&opt.models, "models", "", "`folder` to write to (default stages/STAGE)")
	return cmd
}

func (a *app) train(cmd *cobra.Command, name string, opt trainOptions) error {
	if opt.data == "" {
		return &usageError{command: "train", message: "no data to learn from", meant: "onrecord train " + name + " --data DIR"}
	}
	chain, err := stages.From(stages.Chain(stages.Options{}), name)
	if err != nil {
		return &usageError{command: "train", message: err.Error()}
	}
	trainer, ok := chain[0].(stages.Trainer)
	if !ok {
		return &usageError{command: "train", message: fmt.Sprintf("stage %s has no models to learn", name)}
	}
	if opt.models == "" {
		opt.models = filepath.Join("stages", name)
	}
	// Known before hours of learning, not after.
	if _, err := os.Stat(opt.models); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("no folder %s to write models to: run this in the root of the sources, or give --models", opt.models)
	} else if err != nil {
		return err
	}
	files, err := trainer.Train(cmd.Context(), opt.data, func(line string) { a.log.Info(line, "stage", name) })
	if err != nil {
		return fmt.Errorf("training %s: %w", name, err)
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(opt.models, file)
		if err := renameio.WriteFile(path, files[file], 0o644); err != nil {
			return err
		}
		fmt.Fprintf(a.out, "%s: %d bytes\n", path, len(files[file]))
	}
	return nil
}
