package speaker

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"onrecord/corpus"
	"onrecord/stages/internal/linear"
)

// trace is what the article said of a figure last, up to the pronoun that is resolved.
type trace struct {
	token   int32
	weight  float64 // one of salience.go
	pronoun bool    // it was not named but meant
}

// candidate is a person whom a pronoun may mean.
type candidate struct {
	figure   int32
	presence float64 // salience at the pronoun, less if the gender is a guess
	p        float64 // probability
	features []linear.Feature
}

// antecedent is the person whom the pronoun at token i means, with the probability of
// that, or nobody. Among the persons mentioned last whom its gender fits it is the one
// that the ranking finds likeliest; before a ranking is learned, the one most present.
func (a *article) antecedent(recent []int32, g gender, i int32) (int32, float64) {
	a.candidates = a.candidates[:0]
	for n := len(recent) - 1; n >= 0; n-- {
		f := &a.figures[recent[n]]
		if !f.fits(g) {
			continue
		}
		c := candidate{figure: recent[n], presence: f.salience.at(a.sentence[i])}
		if f.gender != g {
			c.presence *= guessedGender
		}
		if len(a.candidates) < cap(a.candidates) {
			c.features = a.candidates[:len(a.candidates)+1][len(a.candidates)].features[:0] // memory used before
		}
		a.candidates = append(a.candidates, c)
	}
	if len(a.candidates) == 0 {
		return nobody, 0
	}
	most := 0
	for n := range a.candidates {
		if a.candidates[n].presence > a.candidates[most].presence {
			most = n
		}
	}
	if a.model == nil && a.teach == nil {
		return a.candidates[most].figure, 1
	}
	a.describeCandidates(g, i)
	if a.teach != nil {
		if n := a.teach(i, a.candidates); n >= 0 {
			most = n
		}
		if a.model == nil {
			return a.candidates[most].figure, 1
		}
	}
	a.scores = a.scores[:0]
	for n := range a.candidates {
		a.scores = append(a.scores, a.model.ranking.Score(a.candidates[n].features, nil))
	}
	best := weighCandidates(a.candidates, a.scores, a.isSource(i))
	for n, p := range a.scores {
		a.candidates[n].p = p
	}
	if a.reasons != nil {
		a.reasons[i] = a.listCandidates()
	}
	return a.candidates[best].figure, a.scores[best]
}

// weighCandidates turns the ranking's scores into probabilities and returns the index of
// the likeliest candidate. For a source they are weighed by the square of presence: the
// two are equally good at sources, and together a little better (MODEL.md).
func weighCandidates(candidates []candidate, scores []float64, source bool) int {
	linear.Softmax(scores, 1)
	sum := 0.0
	for n := range scores {
		if source {
			scores[n] *= candidates[n].presence * candidates[n].presence
		}
		sum += scores[n]
	}
	for n := range scores {
		if sum > 0 {
			scores[n] /= sum
		}
	}
	return likeliest(scores)
}

// likeliest is the index of the largest score, of equals the first.
func likeliest(scores []float64) int {
	best := 0
	for n := range scores {
		if scores[n] > scores[best] {
			best = n
		}
	}
	return best
}

// isSource reports whether the pronoun at token i is who says something.
func (a *article) isSource(i int32) bool { return a.source[i] && a.tag(i) != corpus.PRPS }

// listCandidates writes the likeliest candidates with their probabilities.
func (a *article) listCandidates() string {
	list := slices.Clone(a.candidates)
	slices.SortStableFunc(list, func(x, y candidate) int { return cmp.Compare(y.p, x.p) })
	var parts []string
	for _, c := range list[:min(len(list), candidatesShown)] {
		parts = append(parts, fmt.Sprintf("%q %.2f (presence %.2f)", a.figures[c.figure].name, c.p, c.presence))
	}
	return strings.Join(parts, ", ")
}

// candidatesShown are enough to see what was close.
const candidatesShown = 5

// guessedGender is what presence counts where a name does not tell its gender.
const guessedGender = 0.5

// The templates of features; what the numbers beside them mean is in describeCandidates.
const (
	presenceRank = iota + 1
	presenceRatio
	distanceTemplate
	weightTemplate
	pronounTemplate
	genderTemplate
	speakerTemplate
	recencyTemplate
	bindingTemplate
	paragraphTemplate
	quotedTemplate
	kindTemplate
	sourceTemplate
	betweenTemplate
)

// describeCandidates gives every candidate for the pronoun at token i its features. How
// often somebody is named is none of them: it tells of the articles learned from, which
// are about few persons.
func (a *article) describeCandidates(g gender, i int32) {
	use := a.pronounUse(i)
	block := a.blockAt(a.doc.Tokens[i].Start)
	largest := 0.0
	for _, c := range a.candidates {
		largest = max(largest, c.presence)
	}
	for n := range a.candidates {
		c := &a.candidates[n]
		f := &a.figures[c.figure]
		add := func(template, x, y uint64) { c.features = append(c.features, linear.Mix(template, x, y)) }
		rank := uint64(0)
		for _, other := range a.candidates {
			if other.presence > c.presence {
				rank++
			}
		}
		distance := a.sentence[i] - a.sentence[f.last.token]
		near := bucket(distance, 0, 1, 2, 3, 5)
		place := placeOf(f.last.weight)
		add(presenceRank, min(rank, 4), use)
		add(presenceRatio, ratio(largest, c.presence), min(uint64(len(a.candidates)), 4))
		add(distanceTemplate, near, use)
		add(weightTemplate, place, near)
		add(pronounTemplate, yes(f.last.pronoun), min(near, 2))
		add(genderTemplate, yes(f.gender == g), yes(f.given == ""))
		add(speakerTemplate, yes(c.figure == a.lastSpeaker), use)
		add(recencyTemplate, min(uint64(n), 4), use)
		if distance == 0 {
			add(bindingTemplate, place, use)
		}
		add(paragraphTemplate, bucket(int32(block-a.blockAt(a.doc.Tokens[f.last.token].Start)), 0, 1, 2), use)
		add(sourceTemplate, place<<3|near, yes(c.figure == a.lastSpeaker)<<4|use)
		add(betweenTemplate, min(rank, 2)<<2|min(uint64(n), 3), use<<3|place)
		add(kindTemplate, uint64(f.kind), place)
		add(quotedTemplate, yes(a.quoted[f.last.token])<<1|yes(a.quoted[i]), yes(c.figure == a.lastSpeaker))
	}
}

// pronounUse tells what the pronoun at token i is there: source, possessive, subject or
// object, each within quotation marks or outside.
func (a *article) pronounUse(i int32) uint64 {
	use := uint64(0)
	switch word := strings.ToLower(a.word(i)); {
	case a.isSource(i):
		use = 0
	case a.tag(i) == corpus.PRPS:
		use = 1
	case word == "he" || word == "she" || word == "they" || word == "it":
		use = 2
	default:
		use = 3
	}
	return use<<1 | yes(a.quoted[i])
}

// placeOf numbers the weights of mentions.
func placeOf(weight float64) uint64 {
	return uint64(slices.Index([]float64{asideWeight, mentionWeight, subjectWeight, sourceWeight, ownerWeight}, weight) + 1)
}

// ratio is how many times x, by powers of two, y is contained in it; at most 7.
func ratio(x, y float64) uint64 {
	n := uint64(0)
	for ; n < 7 && y*1.5 < x && y > math.SmallestNonzeroFloat32; n++ {
		y *= 2
	}
	return n
}

// bucket is the number of borders that n lies above.
func bucket(n int32, borders ...int32) uint64 {
	above := uint64(0)
	for _, b := range borders {
		if n > b {
			above++
		}
	}
	return above
}

func yes(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
