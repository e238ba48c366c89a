package stance

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"slices"

	"onrecord/corpus"
	"onrecord/stages/internal/masked"
	"onrecord/stages/internal/polarity"
)

// Watchlist is what a user wants to see a position on wherever a statement speaks of
// it, neutral included, always under the same name. It never changes after
// [ReadWatchlist]. A nil *Watchlist watches nothing.
type Watchlist struct {
	list  []Watched
	terms map[uint64][]term // by the form of their first word
}

// Watched is one target of a watch list.
type Watched struct {
	Name     string           `json:"name"`     // under which it is reported
	Terms    []string         `json:"terms"`    // words that mean it, in any case
	Patterns []*regexp.Regexp `json:"patterns"` // what else means it
}

type term struct {
	of    int // index of what is watched
	forms []uint64
}

// Len is the number of targets watched.
func (w *Watchlist) Len() int {
	if w == nil {
		return 0
	}
	return len(w.list)
}

// MarshalJSON gives a digest, for fingerprints: whatever can change a result enters it,
// comments don't.
func (w *Watchlist) MarshalJSON() ([]byte, error) {
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(w.list); err != nil {
		return nil, err
	}
	return json.Marshal("sha256:" + hex.EncodeToString(h.Sum(nil)))
}

func (w *Watchlist) add(x Watched) {
	n := len(w.list)
	w.list = append(w.list, x)
	for _, t := range x.Terms {
		if forms := masked.Forms(t); len(forms) > 0 {
			w.terms[forms[0]] = append(w.terms[forms[0]], term{n, forms})
		}
	}
}

// watched adds the targets of the watch list that the parts at hand speak of. They come
// first; what else is found where they are is the same thing under another name.
func (sc *Scorer) watched(doc *corpus.Document) {
	if sc.watch.Len() == 0 {
		return
	}
	for _, part := range sc.parts {
		for i := part.Start; i < part.End; i++ {
			for _, t := range sc.watch.terms[sc.forms.Form(i)] {
				if sc.standsAt(t, i, part.End) {
					sc.mentionWatched(doc, t.of, corpus.Span{Start: i, End: i + int32(len(t.forms))})
				}
			}
		}
		bytes := corpus.Span{Start: doc.Tokens[part.Start].Start, End: doc.Tokens[part.End-1].End}
		for k := range sc.watch.list {
			for _, p := range sc.watch.list[k].Patterns {
				for _, m := range p.FindAllStringIndex(bytes.Of(doc.Text), -1) {
					span := polarity.TokensOf(doc, corpus.Span{Start: bytes.Start + int32(m[0]), End: bytes.Start + int32(m[1])})
					if span.Len() > 0 {
						sc.mentionWatched(doc, k, span)
					}
				}
			}
		}
	}
}

func (sc *Scorer) standsAt(t term, i, end int32) bool {
	if i+int32(len(t.forms)) > end {
		return false
	}
	for k, f := range t.forms {
		if sc.forms.Form(i+int32(k)) != f {
			return false
		}
	}
	return true
}

// mentionWatched adds a mention of what is watched; of overlapping ones the longer stays.
func (sc *Scorer) mentionWatched(doc *corpus.Document, of int, span corpus.Span) {
	name := sc.watch.list[of].Name
	for i := range sc.targets {
		t := &sc.targets[i]
		if t.name != name {
			continue
		}
		for k, m := range t.mentions {
			if m.Overlaps(span) {
				if span.Len() > m.Len() {
					t.mentions[k] = span
				}
				return
			}
		}
		t.mentions = append(t.mentions, span)
		slices.SortFunc(t.mentions, func(a, b corpus.Span) int { return int(a.Start - b.Start) })
		return
	}
	kind := corpus.TargetIssue
	if k := firstEntity(doc, span.Start); k < len(doc.Entities) && doc.Entities[k].Span.Overlaps(span) {
		kind = entityKinds[doc.Entities[k].Kind]
	}
	sc.targets = append(sc.targets, target{name: name, id: targetID(kind, name), kind: kind, key: isWatched, mentions: []corpus.Span{span}})
}

// isWatched is the key of a target that is watched.
const isWatched = -2

// taken reports whether a span belongs to what is watched.
func (sc *Scorer) taken(span corpus.Span) bool {
	for i := range sc.targets {
		if sc.targets[i].key != isWatched {
			continue
		}
		for _, m := range sc.targets[i].mentions {
			if m.Overlaps(span) {
				return true
			}
		}
	}
	return false
}
