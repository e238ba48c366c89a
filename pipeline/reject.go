package pipeline

import (
	"fmt"
	"strconv"
	"strings"
)

// RejectLimit is how many of the records read may be refused before a run fails
// instead of publishing. The zero value is the default: 1%, and at least 20.
type RejectLimit struct {
	Share float64 // of the records read, (0, 1]; used if Count is 0
	Count int64   // absolute
	None  bool    // no limit
}

const (
	defaultRejectShare = 0.01
	leastRejects       = 20 // a share of a small batch says nothing
)

// ParseRejectLimit reads "1%", "50" or "none".
func ParseRejectLimit(s string) (RejectLimit, error) {
	bad := fmt.Errorf("reject limit %q is neither a share (1%%), nor a number (50), nor none", s)
	switch percent, isShare := strings.CutSuffix(s, "%"); {
	case s == "none":
		return RejectLimit{None: true}, nil
	case isShare:
		v, err := strconv.ParseFloat(percent, 64)
		if err != nil || !(v > 0 && v <= 100) {
			return RejectLimit{}, bad
		}
		return RejectLimit{Share: v / 100}, nil
	default:
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n < 1 {
			return RejectLimit{}, bad
		}
		return RejectLimit{Count: n}, nil
	}
}

func (l RejectLimit) String() string {
	switch {
	case l.None:
		return "none"
	case l.Count > 0:
		return strconv.FormatInt(l.Count, 10)
	case l.Share > 0:
		return strconv.FormatFloat(100*l.Share, 'g', -1, 64) + "%"
	}
	return "1%"
}

// allowed is the number of rejects that still pass among so many records.
func (l RejectLimit) allowed(records int64) int64 {
	switch {
	case l.None:
		return records
	case l.Count > 0:
		return l.Count
	}
	share := l.Share
	if share == 0 {
		share = defaultRejectShare
	}
	return max(leastRejects, int64(share*float64(records)))
}
