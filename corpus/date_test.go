package corpus

import (
	"testing"
	"time"
)

func TestDates(t *testing.T) {
	// The result must not depend on the machine's zone.
	local := time.Local
	time.Local = time.FixedZone("EST", -9*60*60)
	defer func() { time.Local = local }()
	for _, c := range []struct{ in, want string }{
		{"2026-03-14T18:42:00+01:00", "2026-03-14T17:42:00Z"},
		{"2026-03-14T18:42:00.250Z", "2026-03-14T18:42:00.25Z"},
		{"2026-03-14T18:42:00+0100", "2026-03-14T17:42:00Z"},
		{"2026-03-14T18:42", "2026-03-14T18:42:00Z"},
		{"2026-03-14 18:42:00", "2026-03-14T18:42:00Z"},
		{"2026-03-14 18:42:00 UTC", "2026-03-14T18:42:00Z"},
		{" 2026-03-14\n", "2026-03-14T00:00:00Z"},
		{"20260314", "2026-03-14T00:00:00Z"},
		{"20260314184200", "2026-03-14T18:42:00Z"},
		{"20260314T184200Z", "2026-03-14T18:42:00Z"},
		{"2026/03/14", "2026-03-14T00:00:00Z"},
		{"Sat, 14 Mar 2026 18:42:00 GMT", "2026-03-14T18:42:00Z"},
		{"Sat, 14 Mar 2026 18:42:00 -0500", "2026-03-14T23:42:00Z"},
		{"Sat, 14 Mar 2026 18:42:00 EST", "2026-03-14T23:42:00Z"},
		{"March 14, 2026", "2026-03-14T00:00:00Z"},
		{"Sept. 3, 2026", "2026-09-03T00:00:00Z"},
		{"14 March 2026", "2026-03-14T00:00:00Z"},
		{"Saturday, March 14, 2026", "2026-03-14T00:00:00Z"},
		{"March 14, 2026 at 6:42 p.m. EDT", "2026-03-14T22:42:00Z"},
		{"1773513720", "2026-03-14T18:42:00Z"},
		{"1773513720000", "2026-03-14T18:42:00Z"},
		{"1773513720.5", "2026-03-14T18:42:00.5Z"},
	} {
		got, err := parseDate(c.in)
		if err != nil || got.Format(time.RFC3339Nano) != c.want {
			t.Errorf("%q is %v, %v; want %s", c.in, got.Format(time.RFC3339Nano), err, c.want)
		}
	}
	for _, in := range []string{"03/04/2026", "yesterday", "14 March", "0001-01-01T00:00:00Z", "2026-13-01", "2026-02-30", "5", "Sat, 14 Mar 2026 18:42:00 IST", "NaN", "1e300", ""} {
		if got, err := parseDate(in); err == nil {
			t.Errorf("%q is taken for %v; want an error", in, got)
		}
	}
}
