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
	Format     int               `json:"format"`  // SchemaVersion of its tables
	Program    string            `json:"program"` // version of the binary that made it
	Batch      string            `json:"batch"`
	Work       string            `json:"work"` // digest of the plan and of every record read
	Plan       json.RawMessage   `json:"plan"` // options, stage versions, model digests
	Inputs     []corpus.Input    `json:"inputs"`
	Counts     Counts            `json:"counts"`
	Publishers []PublisherCounts `json:"publishers,omitempty"` // those with most documents
	Reasons    map[string]int64  `json:"rejects_by_reason,omitempty"`
	Stages     map[string]int64  `json:"rejects_by_stage,omitempty"`
	Gates      []Gate            `json:"gates,omitempty"`
	Labels     []string          `json:"labels,omitempty"` // the user's own, columns of speakers
	Files      []File            `json:"files"`
}

// Gate is one figure of a batch beside what it usually is.
type Gate struct {
	Name      string  `json:"name"`
	Publisher string  `json:"publisher,omitempty"` // "" is the whole batch
	Value     float64 `json:"value"`
	Median    float64 `json:"median"` // of the batches before
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Rang      bool    `json:"rang"` // Value is outside Low to High
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
	Machine  string             `json:"machine"` // operating system and processor, "linux/amd64"
	Resumed  int                `json:"resumed_chunks"`
	Seconds  map[string]float64 `json:"seconds_by_stage"`
}

const manifestName = "manifest.json"

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
	// Of a later format the rest may mean something else.
	var made struct {
		Format  int
		Program string
	}
	if err := json.Unmarshal(b, &made); err != nil {
		return m, fmt.Errorf("%s: damaged manifest: %w", path, err)
	}
	if made.Format > SchemaVersion {
		return m, &NewerError{path, made.Format, made.Program}
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return m, fmt.Errorf("%s: damaged manifest: %w", path, err)
	}
	return m, nil
}

// NewerError says that a batch was made by a later version of the program, whose
// tables this one does not know.
type NewerError struct {
	Path    string
	Format  int
	Program string
}

func (e *NewerError) Error() string {
	return fmt.Sprintf("%s: the batch has format %d and was made by onrecord %s; this program knows formats up to %d: use that version, or a later one",
		e.Path, e.Format, e.Program, SchemaVersion)
}

// RunInfo is what is known of the run that published the batch.
func (d *Dataset) RunInfo(batch string) (RunInfo, error) {
	var info RunInfo
	path := filepath.Join(filepath.Dir(d.manifestPath(batch)), "run.json")
	b, err := os.ReadFile(path)
	if err != nil {
		return info, err
	}
	if err := json.Unmarshal(b, &info); err != nil {
		return info, fmt.Errorf("%s: %w", path, err)
	}
	return info, nil
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
	return filepath.Join(d.dir, "_runs", batch, manifestName)
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
			out = append(out, d.path(f.Path))
		}
	}
	return out
}

func isTable(name string) bool {
	return name == Speakers.Name || slices.ContainsFunc(tables, func(s sheet) bool { return s.name == name })
}
