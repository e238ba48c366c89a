package output

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// heldName is a file in staging beside a batch that is complete and held back.
const heldName = "held.json"

// Held is a batch that is complete but not published, because somebody should
// look first.
type Held struct {
	Manifest Manifest `json:"manifest"` // without files
	Info     RunInfo  `json:"run"`
	Chunks   int      `json:"chunks"`
}

// Hold makes everything durable that Release needs to publish the batch later.
func (s *Staging) Hold(m Manifest, chunks int, info RunInfo) error {
	m.Format, m.Batch = SchemaVersion, s.batch
	text, err := json.MarshalIndent(Held{m, info, chunks}, "", " ")
	if err != nil {
		return err
	}
	return s.data.disk.writeBytes(filepath.Join(s.dir, heldName), text)
}

// Held lists the batches that are held back, by date.
func (d *Dataset) Held() ([]Held, error) {
	entries, err := os.ReadDir(d.path("_staging"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []Held
	for _, e := range entries { // sorted by name
		path := d.path("_staging/" + e.Name() + "/" + heldName)
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		var h Held
		if err := json.Unmarshal(text, &h); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if m := h.Manifest; m.Format > SchemaVersion {
			return nil, &NewerError{path, m.Format, m.Program}
		}
		out = append(out, h)
	}
	return out, nil
}

// Release publishes a batch that was held back.
func (d *Dataset) Release(ctx context.Context, h Held) (Manifest, error) {
	s := &Staging{data: d, batch: h.Manifest.Batch, dir: d.path("_staging/" + h.Manifest.Batch)}
	return s.Publish(ctx, h.Manifest, h.Chunks, h.Info)
}

// Drop removes a batch that was held back.
func (d *Dataset) Drop(h Held) error {
	dir := d.path("_staging/" + h.Manifest.Batch)
	if err := d.disk.remove(filepath.Join(dir, heldName)); err != nil { // half of it must not be released
		return err
	}
	return d.disk.removeAll(dir)
}

// Staged is a batch under work.
type Staged struct {
	Batch string
	Held  bool            // complete and held back; otherwise a run is busy with it or was interrupted
	Plan  json.RawMessage // as given to Begin; nil if it stopped before that was written
	Bytes int64
}

// Staged lists the batches under work, by date.
func (d *Dataset) Staged() ([]Staged, error) {
	entries, err := os.ReadDir(d.path("_staging"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var out []Staged
	for _, e := range entries {
		folder := "_staging/" + e.Name()
		s := Staged{Batch: e.Name(), Held: exists(d.path(folder + "/" + heldName))}
		var begun struct{ Plan json.RawMessage }
		if text, err := os.ReadFile(d.path(folder + "/" + planName)); err == nil && json.Unmarshal(text, &begun) == nil {
			s.Plan = begun.Plan
		}
		if err := d.sizes(folder, func(_ string, n int64) { s.Bytes += n }); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}
