package cli

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/schollz/progressbar/v3"

	"onrecord/pipeline"
)

// linePeriod is how often a run without a bar says how far it is.
const linePeriod = 30 * time.Second

// progress is how a run shows how far it is; nil shows nothing. A bar leaves the
// standard error to itself: only warnings are logged beside it.
func (a *app) progress(mode string) pipeline.Progress {
	if mode == "auto" {
		mode = "lines"
		if isTerminal(a.err) {
			mode = "bar"
		}
	}
	switch {
	case a.quiet || mode == "none":
		return nil
	case mode == "bar":
		a.log = a.logger(slog.LevelWarn)
		return &bar{app: a}
	}
	return &lines{log: a.log, last: time.Now()}
}

// bar draws on standard error.
type bar struct {
	app *app
	bar *progressbar.ProgressBar
}

func (b *bar) Update(s pipeline.Status) {
	if b.bar == nil {
		total := s.TotalBytes
		if total == 0 {
			total = -1 // unknown: a spinner
		}
		b.bar = progressbar.NewOptions64(total,
			progressbar.OptionSetWriter(b.app.err),
			progressbar.OptionShowBytes(true),
			progressbar.OptionUseIECUnits(true),
			progressbar.OptionSetWidth(24),
			progressbar.OptionThrottle(65*time.Millisecond),
			progressbar.OptionClearOnFinish(),
			progressbar.OptionSetRenderBlankState(true),
			progressbar.OptionUseANSICodes(bool(colours(b.app.err))),
		)
	}
	b.bar.Describe(fmt.Sprintf("batch %s: %s", s.Batch, plural(s.Counts.Documents, "article")))
	read := s.Bytes
	if s.TotalBytes > 0 {
		read = min(read, s.TotalBytes-1) // what was read is still on its way: a full bar would vanish too early
	}
	_ = b.bar.Set64(read) // a bar that can't be drawn is no reason to stop
}

// finish takes the bar off the terminal, before results are written to it.
func (b *bar) finish() {
	if b.bar != nil {
		_ = b.bar.Finish()
	}
}

// lines logs a line a period.
type lines struct {
	log  *slog.Logger
	last time.Time
}

func (l *lines) Update(s pipeline.Status) {
	if time.Since(l.last) < linePeriod {
		return
	}
	l.last = time.Now()
	args := []any{"batch", s.Batch, "documents", s.Counts.Documents, "rejects", s.Counts.Rejects, "bytes", s.Bytes}
	if s.TotalBytes > 0 {
		args = append(args, "percent", 100*s.Bytes/s.TotalBytes)
	}
	l.log.Info("running", args...)
}
