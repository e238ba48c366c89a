package corpus

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// dateLayouts are the forms of a date that name one instant or day wherever they
// are read. A form such as 03/04/2026, which is another day in another country,
// is not among them; nor is "yesterday", which is another day tomorrow.
var dateLayouts = []string{
	time.RFC3339Nano,
	time.DateOnly,
	time.DateTime,
	"2006-01-02T15:04:05.999999999",
	"2006-01-02T15:04:05.999999999Z0700",
	"2006-01-02 15:04:05.999999999Z07:00",
	"2006-01-02 15:04:05.999999999 Z0700",
	"2006-01-02 15:04:05.999999999 MST",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04Z0700",
	"2006-01-02T15:04",
	"2006-01-02 15:04",
	"2006/01/02",
	"2006/01/02 15:04:05",
	"2006/01/02 15:04",
	"2006.01.02",
	"20060102",
	"20060102T150405Z0700",
	"20060102150405",
	"2006-01",
	time.RFC1123Z,
	time.RFC1123,
	time.RFC850,
	time.ANSIC,
	time.UnixDate,
	time.RubyDate,
	"Mon, 2 Jan 2006 15:04:05 -0700",
	"Mon, 2 Jan 2006 15:04:05 MST",
	"2 Jan 2006 15:04:05 -0700",
	"2 Jan 2006 15:04:05 MST",
	"2 Jan 2006",
	"2 January 2006",
	"Jan 2, 2006",
	"January 2, 2006",
	"Monday, January 2, 2006",
	"Monday, 2 January 2006",
	"Mon, Jan 2, 2006",
	"January 2, 2006 15:04",
	"January 2, 2006 15:04 MST",
	"January 2, 2006 3:04 PM",
	"January 2, 2006 3:04 PM MST",
	"Jan 2, 2006 15:04",
	"Jan 2, 2006 15:04 MST",
	"Jan 2, 2006 3:04 PM",
	"Jan 2, 2006 3:04 PM MST",
	"2 January 2006 15:04",
	"2 January 2006 15:04 MST",
	"2 Jan 2006 15:04",
	"2 Jan 2006 15:04 MST",
}

// zones are the abbreviations that RFC 822 gives an offset, in hours, and those
// of the same kind that news uses. Any other abbreviation means several places.
var zones = map[string]int{
	"UTC": 0, "GMT": 0, "Z": 0, "UT": 0,
	"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
	"BST": 1, "CET": 1, "CEST": 2,
}

// earliestYear is that of the first newspapers; what is before it, as the zero
// that many systems write for "unknown", is no date of publication.
const earliestYear = 1600

// parseDate reads a date of publication: RFC 3339, a date alone, the usual
// written forms in English, or seconds (or milliseconds) since 1970. Without a
// zone it is UTC.
func parseDate(s string) (time.Time, error) {
	s = tidyDate(s)
	if t, ok := unixTime(s); ok {
		return t, nil
	}
	for _, layout := range dateLayouts {
		t, err := time.ParseInLocation(layout, s, time.UTC)
		if err != nil {
			continue
		}
		if t, err = inUTC(t); err != nil {
			return time.Time{}, err
		}
		if t.Year() < earliestYear || t.Year() > 9999 {
			break
		}
		return t, nil
	}
	return time.Time{}, fmt.Errorf("%s is not a date that reads one way only; write it as 2026-01-31 or 2026-01-31T09:30:00Z", excerpt([]byte(strconv.Quote(s))))
}

// tidyDate takes off what varies without meaning anything.
func tidyDate(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	for _, r := range [...][2]string{
		{" at ", " "}, {"a.m.", "AM"}, {"p.m.", "PM"}, {" am", " AM"}, {" pm", " PM"},
		{"Sept.", "Sep"}, {"Sept ", "Sep "}, {". ", " "},
	} {
		s = strings.ReplaceAll(s, r[0], r[1])
	}
	return s
}

// unixTime reads seconds since 1970, or milliseconds if the seconds would lie
// beyond the year 5000. Numbers of eight digits are dates, as 20260131.
func unixTime(s string) (time.Time, bool) {
	const beyond = 100_000_000_000
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(f >= 1e8 && f <= 1e14) || len(s) == len("20060102150405") {
		return time.Time{}, false
	}
	if f >= beyond {
		f /= 1000
	}
	return time.UnixMicro(int64(f * 1e6)).UTC(), true
}

// inUTC gives an abbreviated zone its offset, which time.Parse leaves at zero.
func inUTC(t time.Time) (time.Time, error) {
	name, offset := t.Zone()
	hours, known := zones[name]
	switch {
	case name == "" || offset != 0:
		return t.UTC(), nil
	case !known:
		return t, fmt.Errorf("the time zone %s means several places; write the offset, as in +02:00", name)
	}
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour()-hours, t.Minute(), t.Second(), t.Nanosecond(), time.UTC), nil
}
