package linear

import (
	"cmp"
	"slices"
)

// Share is what the features of one origin add to the difference of two scores.
type Share struct {
	Origin int32
	Share  float64
}

// Shares adds up, by origin, what features add to the score of class against that of
// another, and gives the largest, at most most: for saying why. origins has one entry a
// feature, whatever the caller means by it.
func Shares(r *Regression, features []Feature, origins []int32, class, other, most int) []Share {
	var out []Share
	index := map[int32]int{}
	for i, f := range features {
		k, ok := index[origins[i]]
		if !ok {
			k = len(out)
			index[origins[i]] = k
			out = append(out, Share{Origin: origins[i]})
		}
		out[k].Share += r.Weight(f, class) - r.Weight(f, other)
	}
	slices.SortStableFunc(out, func(a, b Share) int {
		return cmp.Compare(max(b.Share, -b.Share), max(a.Share, -a.Share))
	})
	return out[:min(len(out), most)]
}
