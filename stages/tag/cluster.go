package tag

import (
	"cmp"
	"math"
	"slices"

	"onrecord/corpus"
)

// Constants of clustering.
const (
	numClusters  = 100
	clusterLoops = 12
)

// clusters groups word forms by the company that they keep in the training text, from 1
// on, so that a word seen a few times is known by its like: the exchange algorithm for
// classes of a bigram model (Kneser and Ney, 1993; Martin, Liermann and Ney, 1998).
// Forms are lexicon keys with their counts; the others go by their shape.
func clusters(docs []*corpus.Document, counts map[uint32]int32) map[uint32]uint8 {
	c := newClusterer(docs, counts)
	for range clusterLoops {
		if c.pass() == 0 {
			break
		}
	}
	out := make(map[uint32]uint8, len(c.keys))
	for i, key := range c.keys {
		out[key] = uint8(c.class[i] + 1)
	}
	return out
}

// Classes that no word moves out of or into: sentence borders and rare forms by shape.
const (
	borderClass = numClusters + iota
	rareCapital
	rareSmall
	rareOther
	allClasses
)

type clusterer struct {
	keys   []uint32 // of the words that are clustered, frequent ones first
	class  []int32  // of each word
	after  [][]pair // for each word the words after it, by index or fixed class
	before [][]pair
	self   []int32 // how often a word follows itself
	pairs  [allClasses][allClasses]int32
	totals [allClasses]int32
	sizes  []int32   // occurrences of each word
	xlogx  []float64 // of 0, 1, 2, ...
}

// pair is a neighbour and how often it is one. Fixed classes are negative: -1-class.
type pair struct{ word, n int32 }

func newClusterer(docs []*corpus.Document, counts map[uint32]int32) *clusterer {
	c := &clusterer{}
	for key := range counts {
		c.keys = append(c.keys, key)
	}
	slices.SortFunc(c.keys, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	index := make(map[uint32]int32, len(c.keys))
	for i, key := range c.keys {
		index[key] = int32(i)
		c.class = append(c.class, int32(i%numClusters))
		c.sizes = append(c.sizes, counts[key])
	}
	bigrams := map[[2]int32]int32{}
	tokens := 0
	for _, doc := range docs {
		for _, s := range doc.Sentences {
			last := int32(-1 - borderClass)
			for i := s.Start; i <= s.End; i++ {
				next := int32(-1 - borderClass)
				if i < s.End {
					next = clusterWord(doc.Tokens[i].Of(doc.Text), index)
				}
				bigrams[[2]int32{last, next}]++
				last = next
				tokens++
			}
		}
	}
	c.after, c.before, c.self = make([][]pair, len(c.keys)), make([][]pair, len(c.keys)), make([]int32, len(c.keys))
	order := make([][2]int32, 0, len(bigrams))
	for b := range bigrams {
		order = append(order, b)
	}
	slices.SortFunc(order, func(a, b [2]int32) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	for _, b := range order {
		n := bigrams[b]
		x, y := c.of(b[0]), c.of(b[1])
		c.pairs[x][y] += n
		c.totals[x] += n
		if b[0] == b[1] && b[0] >= 0 {
			c.self[b[0]] = n
			continue
		}
		if b[0] >= 0 {
			c.after[b[0]] = append(c.after[b[0]], pair{b[1], n})
		}
		if b[1] >= 0 {
			c.before[b[1]] = append(c.before[b[1]], pair{b[0], n})
		}
	}
	c.xlogx = make([]float64, tokens+1)
	for i := 2; i <= tokens; i++ {
		c.xlogx[i] = float64(i) * math.Log(float64(i))
	}
	return c
}

func clusterWord(token string, index map[uint32]int32) int32 {
	var w word
	w.look(token)
	if i, ok := index[keyOf(w.exact)]; ok {
		return i
	}
	switch {
	case w.looks&capital != 0:
		return -1 - rareCapital
	case w.looks&(letter|digit) == letter:
		return -1 - rareSmall
	}
	return -1 - rareOther
}

// of is the class of a word, or the fixed class that stands for one.
func (c *clusterer) of(word int32) int32 {
	if word < 0 {
		return -1 - word
	}
	return c.class[word]
}

// pass moves every word to the class where it makes the text most likely, and says how
// many moved.
func (c *clusterer) pass() (moved int) {
	for word := range c.keys {
		var next, last [allClasses]int32
		for _, p := range c.after[word] {
			next[c.of(p.word)] += p.n
		}
		for _, p := range c.before[word] {
			last[c.of(p.word)] += p.n
		}
		was := c.class[word]
		c.put(word, was, &next, &last, -1)
		best, most := was, math.Inf(-1)
		for to := range int32(numClusters) {
			if gain := c.gain(word, to, &next, &last); gain > most {
				best, most = to, gain
			}
		}
		c.put(word, best, &next, &last, 1)
		if c.class[word] = best; best != was {
			moved++
		}
	}
	return moved
}

// put adds a word to a class, or takes it away (sign -1).
func (c *clusterer) put(word int, class int32, next, last *[allClasses]int32, sign int32) {
	for other := range allClasses {
		c.pairs[class][other] += sign * next[other]
		c.pairs[other][class] += sign * last[other]
	}
	c.pairs[class][class] += sign * c.self[word]
	c.totals[class] += sign * c.sizes[word]
}

// gain is by how much the text's log likelihood grows with a word in a class.
func (c *clusterer) gain(word int, class int32, next, last *[allClasses]int32) float64 {
	f := c.xlogx
	sum := 2 * (f[c.totals[class]] - f[c.totals[class]+c.sizes[word]])
	row := &c.pairs[class]
	for other := range int32(allClasses) {
		if n := next[other]; n != 0 && other != class {
			sum += f[row[other]+n] - f[row[other]]
		}
		if n := last[other]; n != 0 && other != class {
			sum += f[c.pairs[other][class]+n] - f[c.pairs[other][class]]
		}
	}
	within := row[class]
	return sum + f[within+next[class]+last[class]+c.self[word]] - f[within]
}
