package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"onrecord/corpus"
	"onrecord/pipeline/eval"
	"onrecord/stages"
)

type evalOptions struct {
	statements    string
	reference     string
	floors        string
	asJSON        bool
	errors        int
	minConfidence float32
}

func (a *app) evalCommand() *cobra.Command {
	var opt evalOptions
	cmd := &cobra.Command{
		Use:   "eval GOLD.jsonl",
		Short: "Measure the chain against annotated articles",
		Long: `eval sends annotated articles through the chain, in memory, and measures what
it finds against what people annotated. An article is a JSON value {"id", "text",
"attributions": [{"source", "cue", "content": [[begin, end], ...], "speaker",
"tone", "stances"}]}; offsets are code points, the last three are optional.

content, source and cue are F1 of spans: exact, and by characters (overlap).
relation is F1 of whole attributions, found the share of gold contents found.
Statements with a label of tone are also judged by cdipaolo/sentiment and by VADER's
words, side by side. Short sentences of our own show, by phenomenon, how often tone
and stance are right.
Confidence is compared with the share of statements that are right, source and all.
Contents match from a Jaccard overlap of characters of 0.5. The intervals hold
95% of the values over resampled articles.

With --reference, a file of the same articles annotated by Stanford CoreNLP, JSON
{"id", "sentences": [[[start, end, lemma, tag, entity, head, relation], ...], ...]}
(plain or gzip), the words are measured too: tokens and sentences are F1 of spans
and of sentence ends outside boilerplate; on the reference's tokens, tags is the
share of right parts of speech and entities F1 of names, span and kind.` + exitStatusHelp(exitLook, exitInterrupted),
		Example: `  onrecord eval gold.jsonl
  onrecord eval gold.jsonl --json > figures.json
  onrecord eval gold.jsonl --reference corenlp.jsonl.gz
  onrecord export statements | onrecord eval gold.jsonl --statements -`,
		Args: arguments(1, 1, "one file of annotated articles", "onrecord eval gold.jsonl"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.eval(cmd, args[0], opt) },
	}
	f := cmd.Flags()
	f.StringVar(&opt.statements, "statements", "", "measure these exported statements (JSON lines; - is standard input) instead of running the chain: `file`")
	f.StringVar(&opt.reference, "reference", "", "measure tokens, sentences, tags and entities against this annotation: `file`")
	f.StringVar(&opt.floors, "floors", "", "JSON `file` of {figure: least value}; exit status 3 if one is not reached")
	f.BoolVar(&opt.asJSON, "json", false, "write JSON instead of a table")
	f.IntVar(&opt.errors, "errors", 0, "list so many of the mistakes on standard error")
	minConfidenceFlag(f, &opt.minConfidence)
	return cmd
}

func (a *app) eval(cmd *cobra.Command, gold string, opt evalOptions) error {
	if err := checkNumbers(cmd, 0, opt.minConfidence); err != nil {
		return err
	}
	articles, err := readWith(cmd.Context(), a, gold, eval.ReadArticles)
	if err != nil {
		return err
	}
	if len(articles) == 0 {
		return fmt.Errorf("%s holds no articles", gold)
	}
	floors, err := readFloors(opt.floors)
	if err != nil {
		return err
	}
	predicted, err := a.predicted(cmd.Context(), articles, opt)
	if err != nil {
		return err
	}
	words, err := a.wordScorer(cmd.Context(), opt.reference)
	if err != nil {
		return err
	}
	var all eval.Tally
	tallies := make([]eval.Tally, len(articles))
	for i := range articles {
		one, misses, err := eval.Score(&articles[i], predicted[articles[i].ID])
		if err != nil {
			return err
		}
		if words != nil {
			counted, err := words(&articles[i])
			if err != nil {
				return err
			}
			one.Add(&counted)
		}
		tallies[i] = one
		all.Add(&one)
		for _, m := range misses[:min(len(misses), opt.errors)] {
			fmt.Fprintln(a.err, m)
			opt.errors--
		}
	}
	report := all.Report()
	report.Intervals = eval.Intervals(tallies)
	if opt.statements == "" { // the stages are measured, not what they found once
		if report.Suites, err = eval.Suites(); err != nil {
			return err
		}
	}
	if err := a.writeReport(&report, len(articles), opt.asJSON); err != nil {
		return err
	}
	under, err := report.Under(floors)
	if err != nil {
		return fmt.Errorf("%s: %w", opt.floors, err)
	}
	for _, u := range under {
		fmt.Fprintln(a.err, u)
	}
	if len(under) > 0 {
		return &lookError{fmt.Sprintf("%d figures are under their floors", len(under))}
	}
	return nil
}

// predicted are the statements of each article: exported ones, or those that the
// chain finds now.
func (a *app) predicted(ctx context.Context, articles []eval.Article, opt evalOptions) (map[string][]eval.Statement, error) {
	if opt.statements != "" {
		return readWith(ctx, a, opt.statements, eval.ReadStatements)
	}
	annotate, err := annotator(stages.Chain(stages.Options{MinConfidence: opt.minConfidence}))
	if err != nil {
		return nil, err
	}
	out := make(map[string][]eval.Statement, len(articles))
	for _, article := range articles {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		doc := &corpus.Document{ID: article.ID, Revision: corpus.Revision(article.Text), Text: article.Text}
		if err := annotate(doc); err != nil {
			a.log.Warn("article refused; it counts as one without statements", "doc", article.ID, "error", err)
			continue
		}
		out[article.ID] = append(out[article.ID], eval.Predict(doc)...)
	}
	return out, nil
}

// annotator joins the stages to one function.
func annotator(chain []stages.Stage) (func(*corpus.Document) error, error) {
	if err := stages.Check(chain); err != nil {
		return nil, err
	}
	return steps(chain)
}

// steps joins stages whose needs may be met from elsewhere.
func steps(chain []stages.Stage) (func(*corpus.Document) error, error) {
	var steps []func(*corpus.Document) error
	for _, s := range chain {
		step, err := s.Annotator()
		if err != nil {
			return nil, fmt.Errorf("starting stage %s: %w", s.Info().Name, err)
		}
		name := s.Info().Name
		steps = append(steps, func(doc *corpus.Document) error {
			if err := step(doc); err != nil {
				return fmt.Errorf("stage %s: %w", name, err)
			}
			return nil
		})
	}
	return func(doc *corpus.Document) error {
		for _, step := range steps {
			if err := step(doc); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

func (a *app) writeReport(report *eval.Report, articles int, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(a.out)
		enc.SetIndent("", " ")
		return enc.Encode(report)
	}
	t := newTable(a.out, "figure", "percent", "95% interval")
	for _, f := range report.Figures() {
		interval := ""
		if iv, ok := report.Intervals[f.Name]; ok {
			interval = fmt.Sprintf("%5.1f to %5.1f", iv[0], iv[1])
		}
		t.AppendRow([]any{f.Name, fmt.Sprintf("%7.1f", f.Value), interval})
	}
	t.Render()
	if _, err := fmt.Fprintf(a.out, "%d articles\n", articles); err != nil {
		return err
	}
	a.writeConfidence(report.Confidence)
	a.writeOpinions(report)
	a.writeSuites(report.Suites)
	return nil
}

// writeConfidence writes what came true of what was stated.
func (a *app) writeConfidence(c *eval.ConfidenceScores) {
	if c == nil {
		return
	}
	t := newTable(a.out, "confidence", "right", "statements")
	for _, s := range c.Steps {
		t.AppendRow([]any{fmt.Sprintf("%7.1f", s.Stated), fmt.Sprintf("%7.1f", s.Right), s.N})
	}
	t.Render()
	fmt.Fprintf(a.out, "confidence is %.1f points from what came true\n", c.Error)
}

// writeOpinions writes who is how often right about tone, side by side.
func (a *app) writeOpinions(report *eval.Report) {
	if report.Tone == nil || len(report.Opinions) == 0 {
		return
	}
	t := newTable(a.out, "tone by", "right", "macro-F1", "negative", "neutral", "positive")
	for _, o := range append([]eval.Opinion{{Name: "onrecord", ToneScores: *report.Tone}}, report.Opinions...) {
		row := []any{o.Name, fmt.Sprintf("%5.1f", o.Accuracy), fmt.Sprintf("%5.1f", o.MacroF1)}
		for _, f := range o.Labels {
			row = append(row, fmt.Sprintf("%5.1f", f))
		}
		t.AppendRow(row)
	}
	t.Render()
}

// writeSuites writes the share of our own sentences that is right, by phenomenon.
func (a *app) writeSuites(suites []eval.Phenomenon) {
	if len(suites) == 0 {
		return
	}
	t := newTable(a.out, "sentences", "phenomenon", "right", "of", "percent")
	row := func(stage, name string, right, all int) {
		t.AppendRow([]any{stage, name, fmt.Sprintf("%4d", right), fmt.Sprintf("%4d", all), fmt.Sprintf("%5.1f", 100*float64(right)/float64(all))})
	}
	right, all := 0, 0
	for i, p := range suites {
		row(p.Stage, p.Name, p.Right, p.All)
		right, all = right+p.Right, all+p.All
		if i+1 == len(suites) || suites[i+1].Stage != p.Stage {
			row(p.Stage, "all", right, all)
			right, all = 0, 0
		}
	}
	t.Render()
}

// readWith reads a file, or what "-" stands for.
func readWith[T any](ctx context.Context, a *app, path string, read func(io.Reader) (T, error)) (T, error) {
	in, err := a.open(ctx, path)
	if err != nil {
		var none T
		return none, err
	}
	defer in.Close()
	v, err := read(in)
	if err != nil {
		err = fmt.Errorf("%s: %w", path, err)
	}
	return v, err
}

func readFloors(path string) (map[string]float64, error) {
	if path == "" {
		return nil, nil
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var floors map[string]float64
	if err := json.Unmarshal(b, &floors); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return floors, nil
}
