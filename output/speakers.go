package output

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// speakerTotals adds up the statements of a batch, speaker by speaker. Its memory
// grows with the number of speakers, not of statements.
type speakerTotals map[string]*speakerTotal

type speakerTotal struct {
	row            SpeakerRow
	lastDoc        string
	roles, aliases map[string]int
	kinds          map[string]int
	n              int64
	mean, m2       float64 // of tone: Welford's running mean and sum of squared deviations
}

// mostForms bounds roles and aliases.
const mostForms = 8

// z95 is the standard normal quantile of a two-sided 95% interval.
const z95 = 1.959964

// add counts a statement; fresh says that it is the first of its said_id in the batch.
func (t speakerTotals) add(s *StatementRow, fresh bool) {
	if s.SpeakerID == nil {
		return
	}
	x := t[*s.SpeakerID]
	if x == nil {
		x = &speakerTotal{row: SpeakerRow{SpeakerID: *s.SpeakerID, Speaker: *s.Speaker},
			roles: map[string]int{}, aliases: map[string]int{}, kinds: map[string]int{}}
		t[*s.SpeakerID] = x
	}
	r := &x.row
	if name := *s.Speaker; name != r.Speaker {
		x.aliases[min(name, r.Speaker)]++
		r.Speaker = max(name, r.Speaker)
	}
	x.kinds[s.SpeakerKind]++
	if s.SpeakerRole != "" {
		x.roles[s.SpeakerRole]++
	}
	if s.SpeakerHow == "surname" && s.Source != r.Speaker {
		x.aliases[s.Source]++
	}
	r.Statements++
	if fresh {
		r.Said++
	}
	if x.lastDoc != s.DocID { // statements come document by document
		x.lastDoc = s.DocID
		r.Documents++
	}
	if at := s.PublishedAt; !at.IsZero() {
		if r.FirstSeen.IsZero() || at.Before(r.FirstSeen) {
			r.FirstSeen = at
		}
		if at.After(r.LastSeen) {
			r.LastSeen = at
		}
	}
	if s.Tone != nil {
		x.n++
		d := float64(*s.Tone) - x.mean
		x.mean += d / float64(x.n)
		x.m2 += float64(d * (float64(*s.Tone) - x.mean))
	}
}

// learn takes what the user's file says of speakers, whose layer this is.
func (t speakerTotals) learn(row *SpeakersRow) {
	for _, v := range row.Items {
		x := t[v.ID]
		if x == nil || len(v.Facts) == 0 {
			continue
		}
		x.row.Wikidata, x.row.Country, x.row.Party, x.row.Labels = nil, nil, nil, nil
		for _, f := range v.Facts {
			switch value := f.Value; f.Name {
			case "wikidata":
				x.row.Wikidata = &value
			case "country":
				x.row.Country = &value
			case "party":
				x.row.Party = &value
			default:
				x.row.Labels = append(x.row.Labels, f)
			}
		}
	}
}

// rows are ordered by speaker_id.
func (t speakerTotals) rows() []SpeakerRow {
	out := make([]SpeakerRow, 0, len(t))
	for _, id := range slices.Sorted(maps.Keys(t)) {
		x := t[id]
		x.row.Kind = mostFrequent(x.kinds)[0]
		x.row.Roles, x.row.Aliases = mostFrequent(x.roles), mostFrequent(x.aliases)
		if x.n > 0 {
			mean := round(float32(x.mean))
			x.row.ToneMean = &mean
		}
		if x.n > 1 {
			half := z95 * math.Sqrt(x.m2/float64(x.n-1)/float64(x.n))
			low, high := round(float32(max(-1, x.mean-half))), round(float32(min(1, x.mean+half)))
			x.row.ToneLow, x.row.ToneHigh = &low, &high
		}
		out = append(out, x.row)
	}
	return out
}

func mostFrequent(counts map[string]int) []string {
	keys := slices.Collect(maps.Keys(counts))
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	return keys[:min(len(keys), mostForms)]
}
