package eval

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
)

// Report is a tally in figures, all in percent. What was labelled in no article
// is nil.
type Report struct {
	Content    SpanScores          `json:"content"`
	Source     SpanScores          `json:"source"`
	Cue        SpanScores          `json:"cue"`
	Relation   RelationScores      `json:"relation"`
	Found      FoundScores         `json:"found"`
	Speaker    *SpeakerScores      `json:"speaker,omitempty"`
	Tone       *ToneScores         `json:"tone,omitempty"`
	Opinions   []Opinion           `json:"opinions,omitempty"` // of tone, other than ours
	Stance     *PRF                `json:"stance,omitempty"`
	Suites     []Phenomenon        `json:"suites,omitempty"` // short sentences of our own
	Confidence *ConfidenceScores   `json:"confidence,omitempty"`
	Words      *WordScores         `json:"words,omitempty"`     // with a reference only
	Intervals  map[string]Interval `json:"intervals,omitempty"` // by the name of a figure; see Figures
}

// SpanScores compare the spans of one role.
type SpanScores struct {
	Exact   PRF `json:"exact"`
	Overlap PRF `json:"overlap"`
}

// RelationScores compare whole attributions.
type RelationScores struct {
	PRF
	Direct   float64 `json:"direct recall"`
	Mixed    float64 `json:"mixed recall"`
	Indirect float64 `json:"indirect recall"`
}

// FoundScores are shares of the gold contents.
type FoundScores struct {
	All      float64 `json:"all"`
	Direct   float64 `json:"direct"`
	Mixed    float64 `json:"mixed"`
	Indirect float64 `json:"indirect"`
}

// SpeakerScores compare speakers of found statements.
type SpeakerScores struct {
	PRF
	Direct PRF `json:"direct"`
}

// ToneScores compare labels of tone of found statements.
type ToneScores struct {
	N        int        `json:"n"`
	Accuracy float64    `json:"accuracy"`
	MacroF1  float64    `json:"macro_f1"`
	Labels   [3]float64 `json:"f1"` // negative, neutral, positive
}

// Opinion is how another classifier does on the statements that Tone counts.
type Opinion struct {
	Name string `json:"name"`
	ToneScores
}

// Interval is a 95% confidence interval.
type Interval [2]float64

// Report turns counts into figures.
func (t *Tally) Report() Report {
	recall := func(c count) float64 { return percent(ratio(c.right, c.gold)) }
	r := Report{
		Content: SpanScores{t.content.exact.prf(), t.content.overlap.prf()},
		Source:  SpanScores{t.source.exact.prf(), t.source.overlap.prf()},
		Cue:     SpanScores{t.cue.exact.prf(), t.cue.overlap.prf()},
		Relation: RelationScores{t.relation.prf(),
			recall(t.relationKind[direct]), recall(t.relationKind[mixed]), recall(t.relationKind[indirect])},
		Found: FoundScores{recall(t.found),
			recall(t.foundKind[direct]), recall(t.foundKind[mixed]), recall(t.foundKind[indirect])},
	}
	if t.speaker.gold > 0 {
		r.Speaker = &SpeakerScores{t.speaker.prf(), t.speakerKind[direct].prf()}
	}
	if n, accuracy, macro, labels := toneScores(&t.tone); n > 0 {
		r.Tone = &ToneScores{n, accuracy, macro, labels}
	}
	for _, o := range []struct {
		name string
		tone *[3][4]int
	}{{"cdipaolo/sentiment", &t.bayes}, {"VADER's words", &t.vader}} {
		if labelled(o.tone) {
			n, accuracy, macro, labels := toneScores(o.tone)
			r.Opinions = append(r.Opinions, Opinion{o.name, ToneScores{n, accuracy, macro, labels}})
		}
	}
	r.Confidence = t.confidenceScores()
	if t.stance.gold > 0 {
		r.Stance = new(t.stance.prf())
	}
	if t.words.tokens.gold > 0 {
		r.Words = t.words.scores()
	}
	return r
}

// Figure is one headline number of a report, by the name that intervals and
// floors know it by.
type Figure struct {
	Name  string
	Value float64
}

// Figures lists the headline numbers: F1 unless the name says otherwise.
func (r *Report) Figures() []Figure {
	out := []Figure{
		{"content exact", r.Content.Exact.F1}, {"content overlap", r.Content.Overlap.F1},
		{"source exact", r.Source.Exact.F1}, {"source overlap", r.Source.Overlap.F1},
		{"cue exact", r.Cue.Exact.F1}, {"cue overlap", r.Cue.Overlap.F1},
		{"relation", r.Relation.F1},
		{"relation direct recall", r.Relation.Direct},
		{"relation mixed recall", r.Relation.Mixed},
		{"relation indirect recall", r.Relation.Indirect},
		{"found recall", r.Found.All},
		{"found direct recall", r.Found.Direct},
		{"found mixed recall", r.Found.Mixed},
		{"found indirect recall", r.Found.Indirect},
	}
	if r.Speaker != nil {
		out = append(out, Figure{"speaker", r.Speaker.F1}, Figure{"speaker direct", r.Speaker.Direct.F1})
	}
	if r.Tone != nil {
		out = append(out, Figure{"tone accuracy", r.Tone.Accuracy}, Figure{"tone macro-F1", r.Tone.MacroF1})
	}
	if r.Stance != nil {
		out = append(out, Figure{"stance", r.Stance.F1})
	}
	if r.Words != nil {
		out = append(out, r.Words.figures()...)
	}
	return out
}

const (
	resamples = 1000
	// Any fixed seed would do: the same articles must give the same interval.
	seed = 20181105
)

// Intervals estimates how far each figure would move with other articles of the
// same kind: the middle 95% of its values over resamples of the articles, drawn
// with replacement. One tally is one article.
func Intervals(articles []Tally) map[string]Interval {
	if len(articles) < 2 {
		return nil
	}
	draw := rand.New(rand.NewPCG(seed, uint64(len(articles))))
	values := map[string][]float64{}
	for range resamples {
		var t Tally
		for range articles {
			t.Add(&articles[draw.IntN(len(articles))])
		}
		r := t.Report()
		for _, f := range r.Figures() {
			values[f.Name] = append(values[f.Name], f.Value)
		}
	}
	out := make(map[string]Interval, len(values))
	for name, v := range values {
		slices.Sort(v)
		out[name] = Interval{v[len(v)*25/1000], v[(len(v)*975-1)/1000]}
	}
	return out
}

// Under lists the figures below their floor, in words. A floor for a figure that
// the report has not is an error: it would never ring.
func (r *Report) Under(floors map[string]float64) ([]string, error) {
	have := map[string]float64{}
	for _, f := range r.Figures() {
		have[f.Name] = f.Value
	}
	var under []string
	for _, name := range slices.Sorted(maps.Keys(floors)) {
		value, ok := have[name]
		if !ok {
			return nil, fmt.Errorf("there is a floor for %q, which is no figure of this report: %q", name, slices.Sorted(maps.Keys(have)))
		}
		if value < floors[name] {
			under = append(under, fmt.Sprintf("%s is %.1f, under its floor of %.1f", name, value, floors[name]))
		}
	}
	return under, nil
}
