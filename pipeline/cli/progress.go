package cli

import (
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
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
	l.log.Info("running", statusFields(s)...)
}

func statusFields(s pipeline.Status) []any {
	fields := []any{"batch", s.Batch, "documents", s.Counts.Documents, "rejects", s.Counts.Rejects, "bytes", s.Bytes}
	if s.TotalBytes > 0 {
		fields = append(fields, "percent", 100*s.Bytes/s.TotalBytes)
	}
	return fields
}

// remembered is a progress of which SIGUSR1 asks how far it is.
type remembered struct {
	app  *app
	next pipeline.Progress // may be nil
}

func (r remembered) Update(s pipeline.Status) {
	r.app.far.Store(&s)
	if r.next != nil {
		r.next.Update(s)
	}
}

// answer lets SIGUSR1 be answered with a line of the log, also of a quiet command,
// until the function that it returns is called.
func (a *app) answer() (stop func()) {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGUSR1)
	go func() {
		for range asked {
			fields := []any{"seconds", int(time.Since(a.begun).Seconds())}
			if s := a.far.Load(); s != nil {
				fields = append(statusFields(*s), fields...)
			}
			a.loggerFrom(slog.LevelInfo).Info("running", fields...)
		}
	}()
	return func() {
		signal.Stop(asked)
		close(asked)
	}
}
