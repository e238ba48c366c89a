package cli

import (
	"bufio"
	"cmp"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"onrecord/corpus"
	"onrecord/output"
)

type exportOptions struct {
	out, batch string
	format     choice
	raw        string
}

func (a *app) exportCommand() *cobra.Command {
	opt := exportOptions{format: choice{"jsonl", []string{"jsonl", "csv", "arrow", "parquet"}}}
	tables := slices.Concat(publicTables(), publicLayers())
	var names []string
	for _, t := range tables {
		names = append(names, t.name)
	}
	cmd := &cobra.Command{
		Use:   "export TABLE|LAYER",
		Short: "Write a table or layer to standard output",
		Long: `export writes a table of the dataset, or a layer of its documents, to standard
output: all batches in order, or one. What a layer holds of one document is one
row. In CSV, lists are JSON.

With --raw the rejects come with their originals, one file each, called by its digest:
read again from where they stood, or from what "run --keep-rejects" kept.

There are ` + strings.Join(names, ", ") + "." + exitStatusHelp(exitInterrupted),
		Example: `  onrecord export statements > statements.jsonl
  onrecord export statements --format csv --batch 2026-11-23 > day.csv
  onrecord export tokens | head -n 1
  onrecord export rejects --raw refused > refused.jsonl`,
		ValidArgs: names,
		Args:      arguments(1, 1, "one TABLE or LAYER: "+strings.Join(names, ", "), "onrecord export statements"),
		RunE: func(cmd *cobra.Command, args []string) error {
			at := slices.Index(names, args[0])
			if at < 0 {
				return a.misnamed(cmd, "table or layer", args[0], names)
			}
			if opt.raw != "" && args[0] != output.Rejects.Name {
				return wrong(cmd, "--raw fetches what was refused: onrecord export rejects --raw %s", quoted([]string{opt.raw}))
			}
			return a.export(cmd, tables[at], opt)
		},
	}
	f := cmd.Flags()
	outFlag(f, &opt.out)
	f.StringVar(&opt.batch, "batch", "", "only the batch of this `date`, YYYY-MM-DD")
	f.Var(&opt.format, "format", "what to write")
	f.StringVar(&opt.raw, "raw", "", "write the originals of the rejects into this `folder`")
	rename(f, "format", "export-format")
	return cmd
}

func (a *app) export(cmd *cobra.Command, t anyTable, opt exportOptions) error {
	if err := checkBatch(cmd, opt.batch); err != nil {
		return err
	}
	format, err := output.ParseFormat(opt.format.value)
	if err != nil {
		return err
	}
	data, err := output.OpenRead(opt.out)
	if err != nil {
		return err
	}
	defer data.Close()
	if t.name == output.Speakers.Name {
		if t, err = speakersOf(data, opt.batch); err != nil {
			return err
		}
	}
	files, err := filesOf(data, opt.batch, t.name)
	if err != nil {
		return err
	}
	// A reader of ours that has seen enough closes the pipe: the system then ends this
	// process, without a word, at its next write.
	out := bufio.NewWriterSize(a.out, 64<<10)
	if err := t.write(cmd.Context(), files, out, format); err != nil {
		return err
	}
	if err := out.Flush(); err != nil || opt.raw == "" {
		return err
	}
	return a.exportOriginals(data, opt)
}

// exportOriginals writes what was refused into a folder.
func (a *app) exportOriginals(data *output.Dataset, opt exportOptions) error {
	if err := os.MkdirAll(opt.raw, 0o777); err != nil {
		return err
	}
	batches, err := data.Batches()
	if err != nil {
		return err
	}
	o := originals{folder: opt.raw, log: a.log, wanted: map[string]bool{}}
	for _, m := range batches {
		if opt.batch == "" || opt.batch == m.Batch {
			if err := o.fetch(data, m.Batch); err != nil {
				return err
			}
		}
	}
	if n := len(o.wanted); n > 0 {
		return fmt.Errorf("of %s the original is gone, and nothing was kept; keep them with: onrecord run --keep-rejects", plural(n, "reject"))
	}
	return nil
}

// originals are files called by the digest of what is in them.
type originals struct {
	folder string
	log    *slog.Logger
	wanted map[string]bool // digests
}

func (o *originals) fetch(data *output.Dataset, batch string) error {
	inputs := map[string][]corpus.Reject{}
	err := data.Rejects(batch, func(r corpus.Reject) error {
		if r.Digest != "" {
			o.wanted[r.Digest] = true
			inputs[r.URI] = append(inputs[r.URI], r)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, uri := range slices.Sorted(maps.Keys(inputs)) {
		rejects := inputs[uri]
		slices.SortStableFunc(rejects, func(a, b corpus.Reject) int { return cmp.Compare(a.Offset, b.Offset) })
		var broken error
		err := corpus.Refetch(uri, rejects, func(i int, raw []byte) error {
			broken = o.write(rejects[i].Digest, raw)
			return broken
		})
		if broken != nil {
			return broken
		}
		if err != nil {
			o.log.Warn("not all can be read again", "uri", uri, "error", err)
		}
	}
	return data.Originals(batch, func(digest string, raw []byte) error {
		if o.wanted[digest] && len(raw) == corpus.MostKept {
			o.log.Warn("only the first MiB was kept", "digest", digest)
		}
		return o.write(digest, raw)
	})
}

// write writes what is wanted and not there yet.
func (o *originals) write(digest string, raw []byte) error {
	if !o.wanted[digest] {
		return nil
	}
	if err := os.WriteFile(filepath.Join(o.folder, digest), raw, 0o666); err != nil {
		return err
	}
	delete(o.wanted, digest)
	return nil
}
