package cli

import (
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"onrecord/output"
	"onrecord/pipeline"
)

// writeMetrics writes what a run did as a Prometheus text file, for the textfile
// collector of the node exporter. It is there whole or not at all, and written
// after runs that failed too: a file that stands still tells nothing.
func writeMetrics(path, out string, r pipeline.Result, status int) error {
	m := metrics{registry: prometheus.NewRegistry()}
	m.set("run_exit_status", "exit status of the last run; 0 is done, 3 is done but look", float64(status))
	m.set("run_end_timestamp_seconds", "when the last run ended", float64(time.Now().Unix()))
	m.set("run_seconds", "how long the last run took", r.Seconds)
	if at, ok := lastPublished(out); ok {
		m.set("last_success_timestamp_seconds", "when a batch was published last", float64(at.Unix()))
	}
	c := r.Counts
	for _, x := range []struct {
		kind string
		n    int64
	}{{"documents", c.Documents}, {"known", c.Known}, {"rejects", c.Rejects}} {
		m.labelled("records", "records that the last run read, by what they became", prometheus.Labels{"became": x.kind}, float64(x.n))
	}
	m.set("read_bytes", "size of the records that the last run read", float64(c.Bytes))
	m.set("tokens", "tokens of the documents of the last run", float64(c.Tokens))
	m.set("statements", "statements that the last run found", float64(c.Statements))
	m.set("stances", "stances that the last run found", float64(c.Stances))
	m.set("held", "1 if the last run's batch is held back by a gate", truth(r.Held))
	for reason, n := range r.Manifest.Reasons {
		m.labelled("rejects", "rejects of the last run by reason", prometheus.Labels{"reason": reason}, float64(n))
	}
	for _, s := range r.Stages {
		l := prometheus.Labels{"stage": s.Name}
		m.labelled("stage_seconds", "time of a stage in the last run, summed over its workers", l, s.Seconds)
		m.labelled("stage_documents", "documents that a stage of the last run was given", l, float64(s.Documents))
	}
	for _, g := range r.Manifest.Gates {
		l := prometheus.Labels{"figure": g.Name, "publisher": g.Publisher}
		m.labelled("gate_value", "a figure of the last run's batch", l, g.Value)
		m.labelled("gate_median", "the median of that figure in the batches before", l, g.Median)
		m.labelled("gate_rang", "1 if the figure is outside its usual range", l, truth(g.Rang))
	}
	if m.err != nil {
		return fmt.Errorf("metrics: %w", m.err)
	}
	if err := prometheus.WriteToTextfile(path, m.registry); err != nil {
		return fmt.Errorf("writing metrics: %w", err)
	}
	return nil
}

// lastPublished is when the newest batch was published.
func lastPublished(out string) (time.Time, bool) {
	data, err := output.OpenRead(out)
	if err != nil {
		return time.Time{}, false
	}
	defer data.Close()
	batches, err := data.Batches()
	if err != nil {
		return time.Time{}, false
	}
	var last time.Time
	for _, b := range batches {
		if info, err := data.RunInfo(b.Batch); err == nil && info.Finished.After(last) {
			last = info.Finished
		}
	}
	return last, !last.IsZero()
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// metrics are gauges by name; the first mistake is kept.
type metrics struct {
	registry *prometheus.Registry
	vectors  map[string]*prometheus.GaugeVec
	err      error
}

func (m *metrics) set(name, help string, v float64) { m.labelled(name, help, prometheus.Labels{}, v) }

func (m *metrics) labelled(name, help string, labels prometheus.Labels, v float64) {
	vec := m.vectors[name]
	if vec == nil {
		var names []string
		for l := range labels {
			names = append(names, l)
		}
		vec = prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: "onrecord", Name: name, Help: help}, names)
		if err := m.registry.Register(vec); err != nil && m.err == nil {
			m.err = err
		}
		if m.vectors == nil {
			m.vectors = map[string]*prometheus.GaugeVec{}
		}
		m.vectors[name] = vec
	}
	g, err := vec.GetMetricWith(labels)
	if err != nil {
		if m.err == nil {
			m.err = err
		}
		return
	}
	g.Set(v)
}
