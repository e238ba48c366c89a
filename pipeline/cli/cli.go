// Package cli is the command line: one file a command.
//
// What all commands keep to:
//
//   - standard output carries results only, so that it can be piped; progress,
//     log lines and errors go to standard error;
//   - bars and colours appear on a terminal only, and not with NO_COLOR or
//     TERM=dumb;
//   - a mistake in the command is answered with what was written, what may have
//     been meant, and exit status 64; nothing has been touched by then;
//   - the text of articles appears in results, never in log lines;
//   - every flag can also be set in the environment or a file: see settings.go.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"onrecord/output"
	"onrecord/pipeline"
)

// Main runs the command that args name, without the program's own name, and
// returns the exit status of the process.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := interruptible(stderr)
	defer stop()
	a := &app{in: stdin, out: stdout, err: stderr, args: args, begun: time.Now()}
	defer a.answer()()
	root := a.root()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := a.cause(ctx, root.ExecuteContext(ctx))
	a.report(err)
	return exitStatus(err)
}

// cause is the signal that stopped a command, if one did.
func (a *app) cause(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); err != nil && errors.Is(err, context.Canceled) && cause != nil {
		return cause
	}
	return err
}

// app is what the commands share: where they read and write, and the flags that
// all of them have.
type app struct {
	in       io.Reader
	out, err io.Writer
	args     []string

	config    string
	quiet     bool
	logFormat choice
	log       *slog.Logger

	begun time.Time
	far   atomic.Pointer[pipeline.Status] // how far a run is; nil without one
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "onrecord",
		Short: "News in; who said what, in what tone, and where they stand, out",
		Long: `onrecord reads news articles and writes a dataset of attributed statements:
who said what, in what tone, and where they stand. The dataset is Parquet (or
Arrow) and opens in pandas, polars and DuckDB.

Every flag can also be set as ONRECORD_<FLAG> in the environment or as a key of
the YAML file that --config names; flags win over the environment, the
environment over the file.` + exitStatusHelp(),
		Example: `  onrecord run corpus/sample             the articles of a folder
  onrecord show --speaker "Ruiz"         what one speaker said
  onrecord export statements > all.jsonl for other programs`,
		Args:              a.noSuchCommand,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: a.prepare,
		SilenceErrors:     true,
		SilenceUsage:      true,
	}
	root.SetFlagErrorFunc(a.badFlag)
	root.SetUsageTemplate(usageTemplate)
	flags := root.PersistentFlags()
	flags.SortFlags = false
	flags.StringVar(&a.config, "config", "", "read flags from this YAML `file`")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "no progress, no log lines but warnings")
	a.logFormat = choice{value: "text", allowed: []string{"text", "json"}}
	flags.Var(&a.logFormat, "log-format", "log lines as text or json")
	root.AddCommand(
		a.runCommand(), a.publishCommand(), a.rerunCommand(), a.peopleCommand(), a.showCommand(), a.exportCommand(),
		a.scoreCommand(), a.evalCommand(), a.trainCommand(), a.batchesCommand(), a.verifyCommand(), a.pruneCommand(),
		a.stagesCommand(), a.versionCommand(),
	)
	for _, cmd := range root.Commands() {
		cmd.Flags().SortFlags = false
	}
	return root
}

// prepare is run between the parsing of flags and the command itself.
func (a *app) prepare(cmd *cobra.Command, _ []string) error {
	if err := a.settle(cmd); err != nil {
		return err
	}
	a.log = a.logger(slog.LevelInfo)
	return nil
}

func (a *app) logger(level slog.Level) *slog.Logger {
	if a.quiet {
		level = max(level, slog.LevelWarn)
	}
	return a.loggerFrom(level)
}

func (a *app) loggerFrom(level slog.Level) *slog.Logger {
	options := &slog.HandlerOptions{Level: level}
	if a.logFormat.value == "json" {
		return slog.New(slog.NewJSONHandler(a.err, options))
	}
	return slog.New(slog.NewTextHandler(a.err, options))
}

// report tells a person what went wrong.
func (a *app) report(err error) {
	if err == nil {
		return
	}
	var usage *usageError
	switch {
	case errors.As(err, &usage):
		fmt.Fprintf(a.err, "onrecord: %v\n", err)
		if usage.meant != "" {
			fmt.Fprintf(a.err, "did you mean: %s\n", usage.meant)
		}
		fmt.Fprintf(a.err, "for help: onrecord %s\n", strings.TrimSpace(usage.command+" --help"))
	default:
		fmt.Fprintf(a.err, "onrecord: %v\n", err)
	}
	var signal *interrupted
	var full *output.FullError
	switch {
	case errors.As(err, &signal):
		fmt.Fprintln(a.err, howToGoOn)
	case errors.As(err, &full):
		fmt.Fprintln(a.err, "what was published is untouched; make room and run the same command to go on")
	}
}

const howToGoOn = "nothing is lost: run the same command to go on"

// patience is how long a command may take to end in order after a signal. Then the
// process ends where it is: a dataset survives that at any instant.
const patience = 1500 * time.Millisecond

// interruptible is a context that the first SIGINT or SIGTERM cancels, so that a
// command can end in order; a second one ends the process at once. A command that
// does not end by itself is ended.
func interruptible(stderr io.Writer) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case s := <-signals:
			signal.Stop(signals)
			number, _ := s.(syscall.Signal)
			cause := &interrupted{number}
			cancel(cause)
			time.AfterFunc(patience, func() {
				fmt.Fprintf(stderr, "onrecord: %v\n%s\n", cause, howToGoOn)
				os.Exit(exitStatus(cause))
			})
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}

// stdin is the standard input, of which a read returns when ctx ends even if
// nothing comes. It may be asked for once; what is read ahead is lost to others.
func (a *app) stdin(ctx context.Context) io.Reader {
	r, w := io.Pipe()
	go func() {
		_, err := io.Copy(w, a.in)
		w.CloseWithError(err)
	}()
	context.AfterFunc(ctx, func() { w.CloseWithError(ctx.Err()) })
	return r
}

// open opens a file, or the standard input for "-".
func (a *app) open(ctx context.Context, path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(a.stdin(ctx)), nil
	}
	return os.Open(path)
}

// usageTemplate is cobra's, with the sections that are empty here left out.
const usageTemplate = `Usage:
  {{.UseLine}}{{if .HasAvailableSubCommands}} COMMAND{{end}}{{if .HasExample}}

Examples:
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

Commands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

Flags of every command:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`
