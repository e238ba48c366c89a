package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"onrecord/pipeline"
)

// gateFlags are the flags of the quality gates.
type gateFlags struct {
	mode      choice
	hold      bool
	tolerance share
	batches   int
	least     int
	documents int64
}

func (g *gateFlags) add(f *pflag.FlagSet) {
	g.mode = choice{"on", []string{"on", "off"}}
	g.tolerance = 0.3
	f.Var(&g.mode, "gate", "compare the batch with the last ones, and end with status 3 if it looks unlike them")
	f.BoolVar(&g.hold, "hold-on-alarm", false, "do not publish a batch whose gate rang until \"onrecord publish\"")
	f.Var(&g.tolerance, "gate-tolerance", "how far from the median of the last batches a figure may be")
	f.IntVar(&g.batches, "gate-batches", 14, "`number` of batches to compare with")
	f.IntVar(&g.least, "gate-least", 5, "do not compare with fewer batches than this `number`")
	f.Int64Var(&g.documents, "gate-documents", 200, "do not compare batches or publishers with fewer articles than this `number`")
}

func (g *gateFlags) check(cmd *cobra.Command) error {
	if g.batches < 1 || g.least < 1 || g.documents < 1 {
		return wrong(cmd, "--gate-batches, --gate-least and --gate-documents are at least 1")
	}
	if g.least > g.batches {
		return wrong(cmd, "--gate-least %d is more than --gate-batches %d: no gate could ever ring", g.least, g.batches)
	}
	return nil
}

func (g *gateFlags) options() pipeline.GateOptions {
	return pipeline.GateOptions{Off: g.mode.value == "off", Hold: g.hold, Tolerance: float64(g.tolerance),
		Batches: g.batches, Least: g.least, Documents: g.documents}
}

// share is a positive part of a whole as a flag: 30% or 0.3.
type share float64

func (s *share) Type() string   { return "share" }
func (s *share) String() string { return strconv.FormatFloat(100*float64(*s), 'g', 4, 64) + "%" }
func (s *share) Set(text string) error {
	number, percent := strings.CutSuffix(text, "%")
	v, err := strconv.ParseFloat(number, 64)
	if percent {
		v /= 100
	}
	if err != nil || !(v > 0 && v <= 100) {
		return fmt.Errorf("%q is no share such as 30%% or 0.3", text)
	}
	*s = share(v)
	return nil
}

// lockFlags say what to do about other writers of the dataset.
type lockFlags struct {
	wait time.Duration
	none bool
}

func (l *lockFlags) add(f *pflag.FlagSet) {
	f.DurationVar(&l.wait, "wait", 0, "wait so long for another run on the dataset to end, as in 30m")
	f.BoolVar(&l.none, "no-lock", false, "for file systems without locks: you see to it that nobody else writes")
}
