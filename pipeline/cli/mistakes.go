package cli

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// noSuchCommand is reached only by words that are no command.
func (a *app) noSuchCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	word := args[0]
	e := &usageError{message: fmt.Sprintf("there is no command %q", word)}
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	if name := nearest(word, names); name != "" {
		e.meant = a.replaced(word, name)
	} else if _, err := os.Stat(word); err == nil {
		e.meant = "onrecord run " + quoted(a.args)
	}
	return e
}

// badFlag turns the parser's complaint into one that suggests the flag meant.
func (a *app) badFlag(cmd *cobra.Command, err error) error {
	e := &usageError{command: cmd.Name(), message: err.Error()}
	if cmd == cmd.Root() {
		e.command = ""
	}
	name, ok := strings.CutPrefix(err.Error(), "unknown flag: --")
	if !ok {
		return e
	}
	e.message = fmt.Sprintf("%s has no flag --%s", cmd.CommandPath(), name)
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if flag := nearest(name, names); flag != "" {
		e.meant = a.replaced("--"+name, "--"+flag)
	}
	return e
}

// replaced is the command as it was typed with one word put right.
func (a *app) replaced(wrong, right string) string {
	args := slices.Clone(a.args)
	for i, arg := range args {
		if arg == wrong || strings.HasPrefix(arg, wrong+"=") {
			args[i] = right + strings.TrimPrefix(arg, wrong)
			break
		}
	}
	return "onrecord " + quoted(args)
}

// quoted writes arguments as a shell takes them.
func quoted(args []string) string {
	out := slices.Clone(args)
	for i, arg := range out {
		if arg == "" || strings.ContainsAny(arg, " \t\n\"'\\$`*?[](){}<>|&;#~!") {
			out[i] = "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
		}
	}
	return strings.Join(out, " ")
}

// arguments checks the number of a command's arguments; what describes them.
func arguments(least, most int, what, example string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return &usageError{cmd.Name(), fmt.Sprintf("%s needs %s", cmd.Name(), what), example}
		case most >= 0 && len(args) > most:
			return &usageError{cmd.Name(), fmt.Sprintf("%s takes %s; %q is too many", cmd.Name(), what, args[most]), ""}
		}
		return nil
	}
}

// wrong is a usage error of a command.
func wrong(cmd *cobra.Command, format string, args ...any) error {
	return &usageError{command: cmd.Name(), message: fmt.Sprintf(format, args...)}
}

// orDidYouMean completes a message about an unknown word.
func orDidYouMean(word string, known []string) string {
	if name := nearest(word, known); name != "" {
		return fmt.Sprintf("; did you mean %s?", name)
	}
	return "; known are " + strings.Join(known, ", ")
}

// nearest is the known word that a mistyped one probably stands for: at most a
// third of its letters are wrong, missing, surplus or swapped, or it is the
// beginning of one known word only. Empty: none.
func nearest(word string, known []string) string {
	if word == "" {
		return ""
	}
	word = strings.ToLower(word)
	best, least := "", max(1, len(word)/3)+1
	var begun []string
	for _, k := range known {
		lower := strings.ToLower(k)
		if d := typos(word, lower); d < least {
			best, least = k, d
		}
		if strings.HasPrefix(lower, word) {
			begun = append(begun, k)
		}
	}
	if best == "" && len(begun) == 1 {
		return begun[0]
	}
	return best
}

// typos is the optimal string alignment distance.
func typos(a, b string) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
