package parse

import (
	"encoding/binary"
	"errors"
	"math"

	"onrecord/stages/internal/linear"
)

// record is how a decider decided, as far as its short cuts need to know.
type record struct {
	habits
	leads
}

func newRecord() *record { return &record{habits: habits{}} }

// count takes down one decision by all features: its context, the class, and by how much
// which class led by the quick ones.
func (r *record) count(context linear.Feature, class int, lead int32, sameClass bool) {
	r.habits.count(context, class)
	r.leads.count(lead, sameClass)
}

// leads counts, by how far the best class led by the quick features, whether it was still
// the best one by all.
type leads struct {
	right, wrong [1024]int // the last: so far, or farther
}

func (l *leads) count(lead int32, right bool) {
	at := min(int(lead), len(l.right)-1)
	if right {
		l.right[at]++
	} else {
		l.wrong[at]++
	}
}

// haste is the share of all decisions that may come out otherwise than by all features, on
// the articles that were learned from. On others it is several times as large: at 0.2%
// attachment is worse by 0.13 points, at this by nothing that can be measured, and two of
// three moves and half of the relations that are not sure are quick.
const haste = 0.0005

// enough is the smallest lead with which haste is not exceeded.
func (l *leads) enough() int32 {
	all, wrong := 0, 0
	for i := range l.right {
		all += l.right[i] + l.wrong[i]
	}
	for i := len(l.right) - 1; i >= 0; i-- {
		if wrong += l.wrong[i]; float64(wrong) > haste*float64(all) {
			if i == len(l.right)-1 {
				return math.MaxInt32
			}
			return int32(i) + 1
		}
	}
	return 0
}

func encodeEnough(lead int32) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(lead)) }

func decodeEnough(data []byte) (int32, error) {
	if len(data) != 4 {
		return 0, errors.New("lead that is enough: not four bytes")
	}
	lead := binary.LittleEndian.Uint32(data)
	if lead > math.MaxInt32 {
		return 0, errors.New("lead that is enough: below zero")
	}
	return int32(lead), nil
}
