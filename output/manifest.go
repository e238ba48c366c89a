package output

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"onrecord/corpus"
)

// Manifest says what a published batch is: a function of input, options and
// program, without times. It is written last: a batch without one does not exist.
type Manifest struct {
	Format  int              `json:"format"`  // schemaVersion of its tables
	Program string           `json:"program"` // version of the binary that made it
	Batch   string           `json:"batch"`
	Work    string           `json:"work"` // digest of the plan and of every record read
	Plan    json.RawMessage  `json:"plan"` // options, stage versions, model digests
	Inputs  []corpus.Input   `json:"inputs"`
	Counts  Counts           `json:"counts"`
	Reasons map[string]int64 `json:"rejects_by_reason,omitempty"`
	Files   []File           `json:"files"`
}

// Counts are what came of the records: Records = Known + Documents + Rejects.
type Counts struct {
	Records    int64 `json:"records"`
	Bytes      int64 `json:"bytes"` // of the records
	Known      int64 `json:"known"` // skipped: the dataset has this revision
	Documents  int64 `json:"documents"`
	Rejects    int64 `json:"rejects"`
	Sentences  int64 `json:"sentences"`
	Tokens     int64 `json:"tokens"`
	Statements int64 `json:"statements"`
	Stances    int64 `json:"stances"`
}

// Add adds the counts of another part of the batch.
func (c *Counts) Add(o Counts) {
	c.Records += o.Records
	c.Bytes += o.Bytes
	c.Known += o.Known
	c.Documents += o.Documents
	c.Rejects += o.Rejects
	c.Sentences += o.Sentences
	c.Tokens += o.Tokens
	c.Statements += o.Statements
	c.Stances += o.Stances
}

// File is one part of a table or layer.
type File struct {
	Path   string `json:"path"`  // below the dataset's folder, with slashes
	Table  string `json:"table"` // of a layer, "_layers/<stage>/<layer>"
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// RunInfo is what differs between two runs of the same work.
type RunInfo struct {
	Started  time.Time          `json:"started"`
	Finished time.Time          `json:"finished"`
	Host     string             `json:"host"`
	PID      int                `json:"pid"`
	Resumed  int                `json:"resumed_chunks"`
	Seconds  map[string]float64 `json:"seconds_by_stage"`
}

var batchName = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

// CheckBatch reports a batch name that is not a date. One batch called otherwise
// would turn the partition column from a date into a string for every reader.
func CheckBatch(name string) error {
	if batchName.MatchString(name) {
		if _, err := time.Parse(time.DateOnly, name); err == nil {
			return nil
		}
	}
	return fmt.Errorf("batch %q is not a date like 2026-11-23", name)
}

func readManifest(path string) (Manifest, error) {
	var m Manifest
	b, err := os.ReadFile(path)
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return m, fmt.Errorf("%s: damaged manifest: %w", path, err)
	}
	if m.Format > schemaVersion {
		return m, fmt.Errorf("%s: the batch has format %d, this program knows up to %d; use a newer one", path, m.Format, schemaVersion)
	}
	return m, nil
}

// Batches lists the published batches by date.
func (d *Dataset) Batches() ([]Manifest, error) {
	entries, err := os.ReadDir(filepath.Join(d.dir, "_runs"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []Manifest
	for _, e := range entries {
		m, err := readManifest(d.manifestPath(e.Name()))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b Manifest) int { return strings.Compare(a.Batch, b.Batch) })
	return out, nil
}

// Batch is the manifest of one published batch; the error is fs.ErrNotExist if
// there is none.
func (d *Dataset) Batch(name string) (Manifest, error) { return readManifest(d.manifestPath(name)) }

func (d *Dataset) manifestPath(batch string) string {
	return filepath.Join(d.dir, "_runs", batch, "manifest.json")
}

// Files are the published parts of a table or layer of a batch, in order.
func (d *Dataset) Files(batch, table string) []string {
	m, err := d.Batch(batch)
	if err != nil {
		return nil
	}
	var out []string
	for _, f := range m.Files {
		if f.Table == table || filepath.Base(f.Table) == table && f.Table != table && !isTable(table) {
			out = append(out, filepath.Join(d.dir, filepath.FromSlash(f.Path)))
		}
	}
	return out
}

func isTable(name string) bool {
	return name == Speakers.Name || slices.ContainsFunc(tables, func(s sheet) bool { return s.name == name })
}
