package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"onrecord/corpus"
	"onrecord/output"
)

type showOptions struct {
	out, batch, doc string
	speaker, target string
	limit           int
}

func (a *app) showCommand() *cobra.Command {
	var opt showOptions
	cmd := &cobra.Command{
		Use:   "show",
		Short: "List statements on the terminal",
		Long: `show lists statements of the dataset: who, by which cue, what (shortened), in what
tone, and with what stances. Names are found by their words, in any case.` + exitStatusHelp(exitDone),
		Example: `  onrecord show --speaker ruiz
  onrecord show --target "carbon levy" --limit 0
  onrecord show --doc trade-talks.txt --batch 2026-11-23`,
		Args: arguments(0, 0, "no arguments; names go after --speaker, --target or --doc", ""),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.show(cmd, opt) },
	}
	f := cmd.Flags()
	outFlag(f, &opt.out)
	f.StringVar(&opt.doc, "doc", "", "only the document with this `id`")
	f.StringVar(&opt.speaker, "speaker", "", "only speakers with these words in their `name`")
	f.StringVar(&opt.target, "target", "", "only statements with a stance towards this `name`")
	f.StringVar(&opt.batch, "batch", "", "only the batch of this `date`, YYYY-MM-DD")
	f.IntVar(&opt.limit, "limit", 50, "list at most so many statements; 0 is all of them")
	return cmd
}

func (a *app) show(cmd *cobra.Command, opt showOptions) error {
	if err := checkBatch(cmd, opt.batch); err != nil {
		return err
	}
	data, err := output.OpenRead(opt.out)
	if err != nil {
		return err
	}
	defer data.Close()
	var found []output.StatementRow
	total := 0
	err = scan(cmd.Context(), data, opt.batch, output.Statements, func(rows []output.StatementRow) error {
		for _, r := range rows {
			if !opt.wants(&r) {
				continue
			}
			total++
			if opt.limit <= 0 || len(found) < opt.limit {
				found = append(found, r)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if total == 0 {
		fmt.Fprintln(a.out, "no statements")
		return nil
	}
	a.statementTable(found)
	if more := total - len(found); more > 0 {
		fmt.Fprintf(a.out, "and %d more; see --limit\n", more)
	}
	return nil
}

func (o *showOptions) wants(r *output.StatementRow) bool {
	if o.doc != "" && r.DocID != o.doc || o.speaker != "" && !hasWords(deref(r.Speaker), o.speaker) {
		return false
	}
	return o.target == "" || slices.ContainsFunc(r.Stances, func(s output.StanceValue) bool { return hasWords(s.Target, o.target) })
}

// hasWords reports whether a name has all the words, in any order and case.
func hasWords(name, words string) bool {
	have := strings.Fields(strings.ToLower(name))
	for _, w := range strings.Fields(strings.ToLower(words)) {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return true
}

// The content gets what the other columns of a terminal leave; in a file or pipe
// it is cut only where a line would be unwieldy.
const (
	otherColumns  = 108
	leastContent  = 32
	longestOnPipe = 240
)

func (a *app) statementTable(rows []output.StatementRow) {
	paint, content := colours(a.out), longestOnPipe
	if columns := width(a.out); columns > 0 {
		content = max(leastContent, columns-otherColumns)
	}
	t := newTable(a.out, "speaker", "cue", "content", "tone", "stances")
	for _, r := range rows {
		var stances []string
		for _, s := range r.Stances {
			if s.Label != corpus.NoPosition.String() {
				stances = append(stances, s.Label+" "+cut(s.Target, 24))
			}
		}
		tone := ""
		if r.Tone != nil && r.ToneLabel != nil {
			tone = paint.paint(fmt.Sprintf("%-8s %5s", *r.ToneLabel, signed(float64(*r.Tone))), toneColour(float64(*r.Tone)))
		}
		t.AppendRow([]any{cut(deref(r.Speaker), 28), cut(r.Cue, 20), cut(r.Content, content), tone, strings.Join(stances, ", ")})
	}
	t.Render()
}

// deref is the value, or the zero value of a column that is null.
func deref[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
