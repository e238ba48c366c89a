package pipeline

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"onrecord/output"
)

// GateOptions say when a batch looks so unlike the ones before it that somebody
// should look. The zero value is the default.
type GateOptions struct {
	Off       bool
	Hold      bool    // do not publish a batch whose gate rang; Release does it later
	Batches   int     // how many batches before count at most; 0 is 14
	Least     int     // with fewer batches before there is nothing to compare with; 0 is 5
	Documents int64   // a batch or publisher with fewer documents says nothing; 0 is 200
	Tolerance float64 // how far from the median is usual, as a share of it; 0 is 0.3
}

func (o GateOptions) withDefaults() GateOptions {
	if o.Batches == 0 {
		o.Batches = 14
	}
	if o.Least == 0 {
		o.Least = 5
	}
	if o.Documents == 0 {
		o.Documents = 200
	}
	if o.Tolerance == 0 {
		o.Tolerance = 0.3
	}
	return o
}

// figure is what a gate looks at: rates, not numbers, so that a quiet Sunday does
// not ring. least is the half width of the usual range however even the batches
// were: below it a change of a figure near zero says nothing.
type figure struct {
	name  string
	least float64
	of    func(output.Counts) (value, per int64) // the value is of so many
	scale float64
}

var figures = []figure{
	{"statements per document", 0, func(c output.Counts) (int64, int64) { return c.Statements, c.Documents }, 1},
	{"statements per 1,000 tokens", 0, func(c output.Counts) (int64, int64) { return c.Statements, c.Tokens }, 1000},
	{"share of documents with a statement", 0, func(c output.Counts) (int64, int64) { return c.Speaking, c.Documents }, 1},
	{"share of statements with a speaker", 0, func(c output.Counts) (int64, int64) { return c.Attributed, c.Statements }, 1},
	{"share of statements quoted whole", 0.05, func(c output.Counts) (int64, int64) { return c.Direct, c.Statements }, 1},
	{"share of rejects", 0.02, func(c output.Counts) (int64, int64) { return c.Rejects, c.Documents + c.Rejects }, 1},
	{"mean tone", 0.1, func(c output.Counts) (int64, int64) { return c.Tone, c.Statements }, 1e-4},
	{"share of negative statements", 0.05, func(c output.Counts) (int64, int64) { return c.Negative, c.Statements }, 1},
	{"share of neutral statements", 0.05, func(c output.Counts) (int64, int64) { return c.Neutral, c.Statements }, 1},
	{"share of positive statements", 0.05, func(c output.Counts) (int64, int64) { return c.Positive, c.Statements }, 1},
	{"bytes of text per document", 0, func(c output.Counts) (int64, int64) { return c.TextBytes, c.Documents }, 1},
}

// madFactor is how many median absolute deviations are usual.
const madFactor = 4

func (f figure) value(c output.Counts) (float64, bool) {
	v, per := f.of(c)
	if per == 0 {
		return 0, false
	}
	return float64(v) / float64(per) * f.scale, true
}

// judge compares a batch, and every publisher in it, with the last batches of
// earlier dates. A figure that has not enough to be compared with is left out.
func (o GateOptions) judge(m output.Manifest, batches []output.Manifest) []output.Gate {
	if o.Off {
		return nil
	}
	o = o.withDefaults()
	var earlier []output.Manifest
	for _, b := range batches {
		if b.Batch < m.Batch {
			earlier = append(earlier, b)
		}
	}
	out := o.compare("", m, earlier)
	for _, p := range m.Publishers {
		if p.Publisher != "" {
			out = append(out, o.compare(p.Publisher, m, earlier)...)
		}
	}
	return out
}

// countsOf are a batch's counts of one publisher, or of all for "".
func countsOf(m output.Manifest, publisher string) output.Counts {
	if publisher == "" {
		return m.Counts
	}
	for _, p := range m.Publishers {
		if p.Publisher == publisher {
			return p.Counts
		}
	}
	return output.Counts{}
}

func (o GateOptions) compare(publisher string, m output.Manifest, earlier []output.Manifest) []output.Gate {
	now := countsOf(m, publisher)
	if now.Documents+now.Rejects < o.Documents {
		return nil
	}
	var was []output.Counts
	for i := len(earlier) - 1; i >= 0 && len(was) < o.Batches; i-- {
		if c := countsOf(earlier[i], publisher); c.Documents+c.Rejects >= o.Documents {
			was = append(was, c)
		}
	}
	if len(was) < o.Least {
		return nil
	}
	var out []output.Gate
	for _, f := range figures {
		value, ok := f.value(now)
		var values []float64
		for _, c := range was {
			if v, ok := f.value(c); ok {
				values = append(values, v)
			}
		}
		if !ok || len(values) < o.Least {
			continue
		}
		middle := median(values)
		for i, v := range values {
			values[i] = math.Abs(v - middle)
		}
		// Conversions keep products from being fused into sums on some processors.
		width := max(float64(madFactor*median(values)), float64(o.Tolerance*math.Abs(middle)), f.least)
		g := output.Gate{Name: f.name, Publisher: publisher, Value: four(value), Median: four(middle), Low: four(middle - width), High: four(middle + width)}
		g.Rang = g.Value < g.Low || g.Value > g.High
		out = append(out, g)
	}
	return out
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// four keeps four decimals, and no negative zero.
func four(x float64) float64 { return math.Round(x*1e4)/1e4 + 0 }

// Alarms are sentences about the gates of a batch that rang.
func Alarms(m output.Manifest) []string {
	var out []string
	for _, g := range m.Gates {
		if !g.Rang {
			continue
		}
		whose, silent := "", silentOf(m, g.Publisher)
		if g.Publisher != "" {
			whose = " of " + g.Publisher
		}
		s := fmt.Sprintf("%s%s is %s, usually %s to %s (median %s)", g.Name, whose, short(g.Value), short(g.Low), short(g.High), short(g.Median))
		if g.Median != 0 {
			s += fmt.Sprintf(", %+.0f%%", 100*(g.Value-g.Median)/math.Abs(g.Median))
		}
		if strings.Contains(g.Name, "statement") && g.Value < g.Low && len(silent) > 0 {
			s += "; nothing was found in " + strings.Join(silent, ", ")
		}
		out = append(out, s)
	}
	return out
}

// silentOf are a few documents in which no statement was found.
func silentOf(m output.Manifest, publisher string) []string {
	var out []string
	for _, p := range m.Publishers {
		if publisher == "" || p.Publisher == publisher {
			out = append(out, p.Silent...)
		}
	}
	return out[:min(len(out), 3)]
}

func short(x float64) string { return fmt.Sprintf("%.4g", x) }
