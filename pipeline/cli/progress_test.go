package cli

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"onrecord/output"
	"onrecord/pipeline"
)

func TestProgressModes(t *testing.T) {
	tests := []struct {
		mode  string
		quiet bool
		want  string
	}{
		{"auto", false, "lines"}, // a buffer is no terminal
		{"lines", false, "lines"},
		{"bar", false, "bar"},
		{"none", false, ""},
		{"bar", true, ""},
	}
	for _, tt := range tests {
		a := &app{err: &bytes.Buffer{}, quiet: tt.quiet}
		a.log = a.logger(slog.LevelInfo)
		got := ""
		switch a.progress(tt.mode).(type) {
		case *lines:
			got = "lines"
		case *bar:
			got = "bar"
		}
		if got != tt.want {
			t.Errorf("--progress %s, quiet %v: got %q, want %q", tt.mode, tt.quiet, got, tt.want)
		}
	}
}

func TestProgressLinesComeOnceAPeriod(t *testing.T) {
	var out bytes.Buffer
	l := &lines{log: slog.New(slog.NewTextHandler(&out, nil)), last: time.Now()}
	status := pipeline.Status{Batch: "2026-11-23", Bytes: 250, TotalBytes: 1000, Counts: output.Counts{Documents: 7}}
	l.Update(status)
	if out.Len() > 0 {
		t.Errorf("a line before the period was over: %s", &out)
	}
	l.last = time.Now().Add(-linePeriod)
	l.Update(status)
	l.Update(status)
	if got := out.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "documents=7") || !strings.Contains(got, "percent=25") {
		t.Errorf("want one line with documents and percent, got %q", got)
	}
}
