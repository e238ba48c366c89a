package eval

import "strconv"

// count is what precision and recall are made of.
type count struct{ right, predicted, gold int }

func (c *count) add(o count) {
	c.right += o.right
	c.predicted += o.predicted
	c.gold += o.gold
}

// PRF is precision, recall and their harmonic mean, in percent with one decimal.
type PRF struct {
	P  float64 `json:"p"`
	R  float64 `json:"r"`
	F1 float64 `json:"f1"`
}

func (c count) prf() PRF {
	p, r := ratio(c.right, c.predicted), ratio(c.right, c.gold)
	out := PRF{P: percent(p), R: percent(r)}
	if p+r > 0 {
		out.F1 = round1(200 * p * r / (p + r))
	}
	return out
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func percent(share float64) float64 { return round1(100 * share) }

// round1 rounds to one decimal as printing does: correctly, half to even.
func round1(v float64) float64 {
	r, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'f', 1, 64), 64)
	return r
}

// Tally is what was counted over some articles. The zero value is none.
type Tally struct {
	content, source, cue spanCounts
	relation             count
	relationKind         [numKinds]count
	found                count
	foundKind            [numKinds]count
	speaker              count
	speakerKind          [numKinds]count
	tone                 [3][4]int // gold by predicted, each from negative to positive; last: no label
	bayes, vader         [3][4]int // the same for other opinions of tone
	stance               count
	confidence           [steps]stated
	words                wordCounts
}

type spanCounts struct{ exact, overlap count }

func (s *spanCounts) add(o spanCounts) {
	s.exact.add(o.exact)
	s.overlap.add(o.overlap)
}

// Add counts the articles of o in.
func (t *Tally) Add(o *Tally) {
	t.content.add(o.content)
	t.source.add(o.source)
	t.cue.add(o.cue)
	t.relation.add(o.relation)
	t.found.add(o.found)
	t.speaker.add(o.speaker)
	t.stance.add(o.stance)
	for i, s := range o.confidence {
		t.confidence[i].given += s.given
		t.confidence[i].right += s.right
		t.confidence[i].sum += s.sum
	}
	t.words.add(o.words)
	for k := range numKinds {
		t.relationKind[k].add(o.relationKind[k])
		t.foundKind[k].add(o.foundKind[k])
		t.speakerKind[k].add(o.speakerKind[k])
	}
	for g := range t.tone {
		for p := range t.tone[g] {
			t.tone[g][p] += o.tone[g][p]
			t.bayes[g][p] += o.bayes[g][p]
			t.vader[g][p] += o.vader[g][p]
		}
	}
}

// toneScores are accuracy, macro-F1 and the F1 of each label, in percent.
func toneScores(tone *[3][4]int) (n int, accuracy, macro float64, labels [3]float64) {
	right, sum := 0, 0.0
	for label := range labels {
		c := count{right: tone[label][label]}
		for other := range tone {
			c.predicted += tone[other][label]
		}
		for _, v := range tone[label] {
			c.gold += v
		}
		right += c.right
		n += c.gold
		labels[label] = c.prf().F1
		sum += labels[label]
	}
	return n, percent(ratio(right, n)), round1(sum / 3), labels
}

// labelled reports whether any statement had a label.
func labelled(tone *[3][4]int) bool {
	for _, row := range tone {
		if row[0]+row[1]+row[2] > 0 {
			return true
		}
	}
	return false
}
