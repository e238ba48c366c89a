package speaker

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"onrecord/corpus"
	"onrecord/stages/internal/linear"
)

// referent is what a "they" or an "it" may mean: a plural that the article joins or
// describes, or something named that is no person.
type referent struct {
	plural   int         // index in article.plurals, or -1
	entity   int         // if it is no plural
	span     corpus.Span // in tokens
	weight   float64     // one of salience.go
	presence float64     // salience at the pronoun
	p        float64     // probability
	features []linear.Feature
}

// How far back a referent may lie, in sentences, and how many of each kind are considered.
const (
	referentReach  = 3
	mostPlurals    = 12
	mostReferences = 5 // names
)

// they is what the pronoun at token i, "they" or "it", means: "it" the organization that
// spoke just before; otherwise, of the plurals and names before it what the ranking finds likeliest; before a ranking is learned, what is most
// present.
func (a *article) they(i int32) answer {
	rule := rule("they")
	if isSingular(a.word(i)) {
		if w := a.spoke; w != nobody && a.figures[w].kind == corpus.KindOrganization && a.sentence[i]-a.spokeIn <= 1 {
			return answer{figure: w, how: corpus.HowPronoun, rule: "it-goes-on"}
		}
		rule = "it"
	}
	list := a.referentsBefore(i)
	if len(list) == 0 {
		return noAnswer
	}
	best := 0
	if a.model == nil {
		for n := range list {
			if list[n].presence > list[best].presence {
				best = n
			}
		}
	} else {
		a.describeReferents(list, i)
		a.scores = a.scores[:0]
		for n := range list {
			a.scores = append(a.scores, a.model.referents.Score(list[n].features, nil))
		}
		linear.Softmax(a.scores, 1)
		best = likeliest(a.scores)
		for n, p := range a.scores {
			list[n].p = p
		}
		a.sure[i] = a.scores[best]
		if a.reasons != nil {
			a.reasons[i] = a.listReferents(list)
		}
	}
	return answer{figure: a.referentFigure(&list[best]), how: corpus.HowPronoun, rule: rule, at: i}
}

func (a *article) referentFigure(r *referent) int32 {
	if r.plural < 0 {
		return a.who[r.entity]
	}
	p := &a.plurals[r.plural]
	if p.members != nil {
		return a.join(p.members)
	}
	s := a.wholePlural(p.span)
	return a.nominal(s, a.core(s)).figure
}

// wholePlural is a plural with what is attached to its noun, if it is a source: "voters hurt
// by the tariffs".
func (a *article) wholePlural(s corpus.Span) corpus.Span {
	n, _ := slices.BinarySearchFunc(a.phrases, s.End, func(p corpus.Span, end int32) int { return int(p.End - end) })
	last := a.bounds(s.Start).End
	for most := n + 16; n < min(most, len(a.phrases)) && a.phrases[n].End <= last; n++ {
		if p := a.trim(a.phrases[n]); p.Start <= s.Start && p.Start >= s.Start-2 && p.End >= s.End && a.core(p).End == s.End {
			return p
		}
	}
	return s
}

// isSingular reports whether a pronoun is a form of "it".
func isSingular(word string) bool {
	switch strings.ToLower(word) {
	case "it", "its", "itself":
		return true
	}
	return false
}

// referentsBefore lists what the pronoun at token i may mean, plurals before names, each
// the last first. "It" means no plural, and may mean a place, which stands for its
// government.
func (a *article) referentsBefore(i int32) []referent {
	list := a.referents[:0]
	add := func(r referent) {
		if len(list) < cap(list) {
			r.features = list[:len(list)+1][len(list)].features[:0] // memory used before
		}
		r.presence = (salience{r.weight, a.sentence[r.span.Start]}).at(a.sentence[i])
		list = append(list, r)
	}
	singular := isSingular(a.word(i))
	for n := len(a.plurals) - 1; n >= 0 && len(list) < mostPlurals && !singular; n-- {
		p := &a.plurals[n]
		if p.span.End > i || a.speaksOf(i, p.span.Start) {
			continue
		}
		if a.sentence[i]-a.sentence[p.span.Start] > referentReach {
			break
		}
		add(referent{plural: n, span: p.span, weight: p.weight})
	}
	plurals := len(list)
	for e := a.entityBefore(i); e >= 0 && a.sentence[i]-a.sentence[a.entities[e].Start] <= referentReach && len(list) < plurals+mostReferences; e-- {
		who, kind := a.who[e], a.entities[e].Kind
		weight := a.weigh(a.entities[e].Span)
		if a.figures[who].kind != corpus.KindOrganization || kind != corpus.Organization && !(singular && kind == corpus.Place && weight >= subjectWeight) ||
			a.ownsSource(a.entities[e].Span) || a.speaksOf(i, a.entities[e].Start) {
			continue
		}
		if !slices.ContainsFunc(list[plurals:], func(r referent) bool { return a.who[r.entity] == who }) {
			add(referent{plural: -1, entity: e, span: a.entities[e].Span, weight: weight})
		}
	}
	a.referents = list
	return list
}

// speaksOf reports whether what token i stands for says what token k is a part of: in
// "Credibility is in tatters," they wrote, they are no tatters.
func (a *article) speaksOf(i, k int32) bool {
	return a.quoted[k] && !a.quoted[i] && a.source[i] && a.sentence[i] == a.sentence[k]
}

// ownsSource reports whether a name is the owner in a source of several words: in "Russia's
// Defence Ministry denied it" the ministry does.
func (a *article) ownsSource(s corpus.Span) bool {
	return s.End < a.bounds(s.Start).End && a.tag(s.End) == corpus.POS && a.source[s.Start] && int(s.End)+1 < len(a.doc.Tokens) && a.source[s.End+1]
}

// The templates of features; what the numbers beside them mean is in describeReferents.
const (
	referentRank = iota + 64
	referentRatio
	referentDistance
	referentWeight
	referentKind
	referentKindPlace
	referentOrder
	referentSource
	referentSourceKind
	referentHead
	referentParagraph
	referentBinding
	referentQuoted
	referentAll
)

// describeReferents gives everything that the pronoun at token i may mean its features.
func (a *article) describeReferents(list []referent, i int32) {
	use := yes(isSingular(a.word(i)))<<3 | a.pronounUse(i)
	block := a.blockAt(a.doc.Tokens[i].Start)
	largest := 0.0
	for n := range list {
		largest = max(largest, list[n].presence)
	}
	for n := range list {
		r := &list[n]
		add := func(template, x, y uint64) { r.features = append(r.features, linear.Mix(template, x, y)) }
		rank := uint64(0)
		for _, other := range list {
			rank += yes(other.presence > r.presence)
		}
		head := r.span.End - 1
		near := bucket(a.sentence[i]-a.sentence[r.span.Start], 0, 1, 2)
		place, kind, order := placeOf(r.weight), a.referentKind(r), uint64(n)
		source := yes(a.source[head] && !a.quoted[head])
		add(referentRank, min(rank, 4), use)
		add(referentRatio, ratio(largest, r.presence), min(uint64(len(list)), 4))
		add(referentDistance, near, use)
		add(referentWeight, place, near)
		add(referentKind, kind, use)
		add(referentKindPlace, kind, place)
		add(referentOrder, min(order, 6), use)
		add(referentSource, source<<2|near, use)
		add(referentSourceKind, source, kind)
		if r.plural >= 0 && a.plurals[r.plural].members == nil {
			class, _ := nounOf(a.word(head))
			add(referentHead, uint64(class), use)
		}
		add(referentParagraph, bucket(int32(block-a.blockAt(a.doc.Tokens[head].Start)), 0, 1), use)
		if near == 0 {
			add(referentBinding, place, use)
		}
		add(referentQuoted, yes(a.quoted[head])<<1|yes(a.quoted[i]), place)
		add(referentAll, min(rank, 2)<<2|min(order, 3), kind<<2|near)
	}
}

// referentKind numbers what can be referred to: names, the joined, and groups by their
// nouns.
func (a *article) referentKind(r *referent) uint64 {
	if r.plural < 0 {
		return uint64(a.entities[r.entity].Kind)
	}
	p := &a.plurals[r.plural]
	if p.members != nil {
		return 16 + uint64(a.figures[p.members[0]].kind)
	}
	head := r.span.End - 1
	if a.entity[head] != nobody {
		return 24
	}
	kind := uint64(25)
	switch class, _ := nounOf(a.word(head)); {
	case class&person != 0:
		kind++
	case class&group != 0:
		kind += 2
	}
	return kind + 3*yes(a.definite(r.span.Start))
}

// listReferents writes the likeliest referents with their probabilities.
func (a *article) listReferents(list []referent) string {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(x, y referent) int { return cmp.Compare(y.p, x.p) })
	var parts []string
	for _, r := range list[:min(len(list), candidatesShown)] {
		parts = append(parts, fmt.Sprintf("%q %.2f (presence %.2f)", a.plain(r.span), r.p, r.presence))
	}
	return strings.Join(parts, ", ")
}
