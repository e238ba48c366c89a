package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"onrecord/output"
)

// ReleaseConfig says which batch that a gate holds back is to be published.
type ReleaseConfig struct {
	Out   string // "" is "out"
	Batch string // "" is the only one
	Drop  bool   // remove it instead
}

// Release publishes a batch that was held back, without computing anything again.
func Release(ctx context.Context, cfg ReleaseConfig) (output.Manifest, error) {
	out := Config{Out: cfg.Out}.withDefaults().Out
	data, err := output.Open(ctx, out, output.Options{})
	if err != nil {
		return output.Manifest{}, err
	}
	defer data.Close()
	h, err := chooseHeld(data, cfg.Batch)
	if err != nil {
		return output.Manifest{}, err
	}
	if cfg.Drop {
		return h.Manifest, data.Drop(h)
	}
	if err := stillNew(data, h.Manifest); err != nil {
		return output.Manifest{}, err
	}
	m, err := data.Release(ctx, h)
	return m, errors.Join(err, data.Close())
}

func chooseHeld(data *output.Dataset, batch string) (output.Held, error) {
	held, err := data.Held()
	if err != nil {
		return output.Held{}, err
	}
	var names []string
	for _, h := range held {
		if h.Manifest.Batch == batch || batch == "" && len(held) == 1 {
			return h, nil
		}
		names = append(names, h.Manifest.Batch)
	}
	if len(held) == 0 {
		return output.Held{}, errors.New("no batch is held back")
	}
	return output.Held{}, fmt.Errorf("which batch? These are held back: %s; choose one with --batch", strings.Join(names, ", "))
}

// stillNew refuses a batch if others were published since: they may hold the same
// documents.
func stillNew(data *output.Dataset, m output.Manifest) error {
	was, err := parseFingerprint(m.Plan)
	if err != nil {
		return err
	}
	batches, err := data.Batches()
	if err != nil {
		return err
	}
	if !slices.Equal(besides(batches, m.Batch), was.Known) {
		return fmt.Errorf("batches were published or replaced since %s was held back, which may hold the same articles; give its run command again, or drop it with: onrecord publish --drop --batch %s", m.Batch, m.Batch)
	}
	return nil
}
