package pipeline

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"onrecord/output"
)

// MixedError says that a run would add results to a dataset that were made
// differently from those that are there, so that its numbers could not be compared.
type MixedError struct {
	Batches []string // that were made otherwise
	Why     string   // of the first of them
	Stage   string   // at which the difference begins; "" if a rerun can't mend it
	Flags   string   // those that a rerun needs too, as written on a command line; "" if not known
}

func (e *MixedError) Error() string {
	s := fmt.Sprintf("this would mix results: batch %s was made differently (%s)", e.Batches[0], e.Why)
	if n := len(e.Batches) - 1; n > 0 {
		s = fmt.Sprintf("this would mix results: batch %s and %d more were made differently (%s)", e.Batches[0], n, e.Why)
	}
	if e.Stage != "" {
		flags := " (and the same options)"
		if e.Flags != "" {
			flags = " " + e.Flags
		}
		return s + fmt.Sprintf("; bring what is there up to date with: onrecord rerun %s --all --write%s, or begin a new dataset with another --out, or take it as it is with --mix", e.Stage, flags)
	}
	return s + "; begin a new dataset with another --out, or run those batches again with --replace"
}

// checkMixing compares the batches that will stand beside this one with what the
// program is now. Options of reading are each night's own affair.
func checkMixing(batches []output.Manifest, except string, now fingerprint, format output.Format, labels []string) error {
	var mixed *MixedError
	for _, m := range batches {
		if m.Batch == except {
			continue
		}
		was, err := parseFingerprint(m.Plan)
		if err != nil {
			return fmt.Errorf("reading the plan of batch %s: %w", m.Batch, err)
		}
		stage, why := was.stagesDiffer(now)
		if why == "" && !slices.Equal(m.Labels, labels) {
			stage, why = "speaker", fmt.Sprintf("its speakers have the labels %v, the people file has %v", m.Labels, labels)
		}
		if other := formatOf(m); other != "" && other != format {
			stage, why = "", fmt.Sprintf("its files are %s, --format is %s", other, format)
		}
		if m.Format != output.SchemaVersion {
			stage, why = "", fmt.Sprintf("its tables have format %d, this program writes format %d", m.Format, output.SchemaVersion)
		}
		if why == "" {
			continue
		}
		if mixed == nil {
			mixed = &MixedError{Why: why, Stage: stage}
		}
		mixed.Batches = append(mixed.Batches, m.Batch)
	}
	if mixed == nil {
		return nil
	}
	return mixed
}

// labelColumns are the user's labels that become columns of a batch's speakers. All
// batches of a dataset have the same, since readers take the first one's columns for
// those of all: beside batches that were made otherwise it is theirs, and new labels are
// in the list of labels only, until all batches have been made again.
func labelColumns(batches []output.Manifest, except string, mine []string) []string {
	for i := len(batches) - 1; i >= 0; i-- {
		if batches[i].Batch != except {
			return batches[i].Labels
		}
	}
	return mine
}

// formatOf is the format of a batch's files.
func formatOf(m output.Manifest) output.Format {
	for _, f := range m.Files {
		if f.Table == output.Documents.Name {
			return output.Format(strings.TrimPrefix(filepath.Ext(f.Path), "."))
		}
	}
	return ""
}
