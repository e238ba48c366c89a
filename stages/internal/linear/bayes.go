package linear

import "math"

// scales are, for every bucket and class, how much the presence of the bucket's features
// tells of that class: the absolute logarithm of how much likelier they are in examples
// of the class than in others, both counts smoothed by one example. A regression over
// features so scaled is held back less where counting alone is sure (Wang and Manning,
// ACL 2012). Classes are those of a multinomial regression; of a binary one, class 1.
func scales(classes int, bits uint, examples []Example) []float32 {
	counts := make([]float64, classes<<bits)
	last := make([]int32, 1<<bits) // the last example that has the bucket, plus one
	of := make([]float64, classes)
	rows := make([]float64, 1<<bits)
	for i := range examples {
		e := &examples[i]
		class := e.Class
		if classes == 1 {
			class = 0
		}
		yes := classes > 1 || e.Class == 1
		if yes {
			of[class]++
		}
		for _, f := range e.Features {
			row := int(f >> (64 - bits))
			if last[row] == int32(i)+1 {
				continue
			}
			last[row] = int32(i) + 1
			rows[row]++
			if yes {
				counts[row*classes+class]++
			}
		}
	}
	all := float64(len(examples))
	out := make([]float32, len(counts))
	for i, n := range counts {
		row, class := i/classes, i%classes
		if rows[row] == 0 {
			continue
		}
		in := (n + 1) / (of[class] + 2)
		others := (rows[row] - n + 1) / (all - of[class] + 2)
		out[i] = float32(math.Abs(math.Log(in / others)))
	}
	return out
}

// frequent are the examples without the features that fewer than least of them have; a
// group that comes in one piece counts as one.
func frequent(examples []Example, least int) []Example {
	counts, last := map[Feature]int{}, map[Feature]int{}
	for i := range examples {
		group := examples[i].Group
		for _, f := range examples[i].Features {
			if group == 0 || last[f] != group {
				counts[f]++
				last[f] = group
			}
		}
	}
	out := make([]Example, len(examples))
	for i, e := range examples {
		out[i] = e
		out[i].Features, out[i].Values = nil, nil
		for k, f := range e.Features {
			if counts[f] < least {
				continue
			}
			out[i].Features = append(out[i].Features, f)
			if e.Values != nil {
				out[i].Values = append(out[i].Values, e.Values[k])
			}
		}
	}
	return out
}
