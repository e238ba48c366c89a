package pipeline

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"onrecord/output"
)

// PruneConfig says what a dataset may lose. Tables are never part of it: whatever goes
// can be made again from the texts, or served to look into rejects.
type PruneConfig struct {
	Out           string
	KeepLayers    int  // of the last so many batches
	KeepOriginals int  // of rejects, so many days
	Delete        bool // otherwise nothing is changed
	Wait          time.Duration
	NoLock        bool
	Now           func() time.Time // instead of time.Now, for tests
}

// Waste is what may go of one batch.
type Waste struct {
	Kind  string
	Batch string
	Bytes int64
}

// The kinds of waste.
const (
	OldLayers      = "layers of old batches"
	OldOriginals   = "originals of old rejects"
	AbandonedRuns  = "runs that can't go on"
	LooseLeftovers = "what no batch names any more"
)

// Prune lists what a dataset may lose and, with Delete, lets it go.
func Prune(ctx context.Context, cfg PruneConfig) (_ []Waste, err error) {
	base := Config{Out: cfg.Out, Now: cfg.Now}.withDefaults()
	open := output.OpenRead
	if cfg.Delete {
		open = func(dir string) (*output.Dataset, error) {
			return output.Open(ctx, dir, output.Options{Wait: cfg.Wait, NoLock: cfg.NoLock})
		}
	}
	data, err := open(base.Out)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, data.Close()) }()
	p := pruning{cfg, data, nil}
	batches, err := data.Batches()
	if err != nil {
		return nil, err
	}
	// What frees room without writing anything comes first.
	if err := p.runs(batches); err != nil {
		return p.waste, err
	}
	if err := p.loose(); err != nil {
		return p.waste, err
	}
	oldest := base.Now().UTC().AddDate(0, 0, -cfg.KeepOriginals).Format(time.DateOnly)
	for i, m := range batches {
		if err := ctx.Err(); err != nil {
			return p.waste, err
		}
		layers := i < len(batches)-cfg.KeepLayers
		if err := p.files(m, layers, m.Batch < oldest); err != nil {
			return p.waste, err
		}
	}
	return p.waste, nil
}

type pruning struct {
	PruneConfig
	data  *output.Dataset
	waste []Waste
}

func (p *pruning) add(kind, batch string, bytes int64) {
	p.waste = append(p.waste, Waste{kind, batch, bytes})
}

// runs are those in staging whose chunks were made beside other batches than are there:
// no command can go on with them.
func (p *pruning) runs(batches []output.Manifest) error {
	staged, err := p.data.Staged()
	if err != nil {
		return err
	}
	for _, s := range staged {
		was, err := parseFingerprint(s.Plan)
		if s.Held || err == nil && slices.Equal(was.Known, besides(batches, s.Batch)) {
			continue
		}
		p.add(AbandonedRuns, s.Batch, s.Bytes)
		if p.Delete {
			if err := p.data.Abandon(s.Batch); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *pruning) loose() error {
	loose, err := p.data.Loose()
	if err != nil {
		return err
	}
	for _, path := range slices.Sorted(maps.Keys(loose)) {
		p.add(LooseLeftovers, "", loose[path])
		if p.Delete {
			if err := p.data.RemoveLoose(path); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *pruning) files(m output.Manifest, layers, originals bool) error {
	unwanted := func(f output.File) bool { return layers && f.IsLayer() || originals && f.IsOriginals() }
	bytes := map[string]int64{}
	for _, f := range m.Files {
		if !unwanted(f) {
			continue
		}
		kind := OldOriginals
		if f.IsLayer() {
			kind = OldLayers
		}
		bytes[kind] += f.Bytes
	}
	for _, kind := range slices.Sorted(maps.Keys(bytes)) {
		p.add(kind, m.Batch, bytes[kind])
	}
	if len(bytes) == 0 || !p.Delete {
		return nil
	}
	return p.data.Forget(m.Batch, unwanted)
}
