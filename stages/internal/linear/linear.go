// Package linear is what the learned stages share: linear classifiers over sparse
// hashed features, small enough to be embedded and fast enough to run on every token.
//
// A feature is a hash; a [Model] has one row of weights for each of its buckets and
// one column for each class. Two features that fall into one bucket share its row:
// with rows enough that costs little, and nothing has to be stored but weights.
//
// Which of them do I need?
//   - [Perceptron] learns a [Model]: 8 bits a weight, up to 64 classes, integer scores.
//     For decisions made on every token.
//   - [Logistic] learns a [Regression]: 16 bits a weight, probabilities, weights that
//     can be shown; binary or with several classes. For decisions made on every
//     candidate or statement.
//   - [FitTemperature] (several classes), [FitPlatt] and [FitIsotonic] (right or
//     wrong) turn scores on held-out examples into probabilities that come true;
//     [CalibrationError] says how far they do.
//   - [Viterbi] finds the best sequence of classes, given scores of classes and of steps
//     from one to the next.
//   - [File] holds any of them, by name, with a checksum.
//
// Training is deterministic: the same examples in the same order give the same bytes.
// Scoring allocates nothing and gives the same bits on every machine.
package linear

import "encoding/binary"

// Feature is the hash of one property of an example, with the number of its template
// mixed in; see [Mix].
type Feature uint64

// Mix makes a feature out of a template's number and one or two hashed values.
func Mix(template uint64, a, b uint64) Feature {
	h := (a ^ template*0x9E3779B97F4A7C15) * 0xD6E8FEB86659FD93
	h ^= h >> 32
	h = (h ^ b) * 0xD6E8FEB86659FD93
	h ^= h >> 29
	return Feature(h * 0x94D049BB133111EB)
}

// MaxClasses is how many classes a model may have.
const MaxClasses = 64

// MaxFeatures is how many features an example may have: sums of that many biased
// 8-bit weights fit into the 16-bit lanes in which they are added.
const MaxFeatures = 256

// Model is a trained classifier, read-only and shared between goroutines.
type Model struct {
	classes int
	shift   uint     // of a feature, to get its bucket
	words   int      // 64-bit words in a row; 0 if two rows share one
	rows    []uint64 // eight weights a word, each plus zero
}

// zero is the byte of a weight of 0.
const zero = 128

// Classes is the number of classes.
func (m *Model) Classes() int { return m.classes }

// lanes masks every other byte of a word: four 16-bit lanes with room for sums.
const lanes = 0x00FF00FF00FF00FF

// Scores adds up the rows of the features into out, one score a class. Scores of one
// call are comparable with each other only: a constant is left in all of them.
// At most MaxFeatures features are read.
func (m *Model) Scores(features []Feature, out *[MaxClasses]int32) {
	if len(features) > MaxFeatures {
		features = features[:MaxFeatures]
	}
	if m.words == 0 {
		m.halfScores(features, out)
		return
	}
	// Column by column: the sums stay in registers, and the loads of the first column
	// fetch all rows at once.
	for w := range m.words {
		var even, odd uint64
		for _, f := range features {
			x := m.rows[int(f>>m.shift)*m.words+w]
			even += x & lanes
			odd += x >> 8 & lanes
		}
		base := out[w*8 : w*8+8 : w*8+8]
		for i := range 4 {
			base[2*i] = int32(even >> (16 * i) & 0xFFFF)
			base[2*i+1] = int32(odd >> (16 * i) & 0xFFFF)
		}
	}
}

// halfScores is Scores for rows of half a word: a model of few classes stays in a
// nearer cache.
func (m *Model) halfScores(features []Feature, out *[MaxClasses]int32) {
	var even, odd uint64
	for _, f := range features {
		i := f >> m.shift
		x := m.rows[i>>1] >> (i & 1 * 32)
		even += x & lanes
		odd += x >> 8 & lanes
	}
	out[0], out[1] = int32(even&0xFFFF), int32(odd&0xFFFF)
	out[2], out[3] = int32(even>>16&0xFFFF), int32(odd>>16&0xFFFF)
}

// Best is the class with the highest score; of equals the first.
func (m *Model) Best(features []Feature) int {
	var scores [MaxClasses]int32
	m.Scores(features, &scores)
	best := 0
	for c := 1; c < m.classes; c++ {
		if scores[c] > scores[best] {
			best = c
		}
	}
	return best
}

// rowBytes is the number of bytes in a row, one a weight.
func rowBytes(classes int) int {
	if classes <= 4 {
		return 4
	}
	return (classes + 7) / 8 * 8
}

// newModel packs weights, rows of rowBytes(classes) bytes, into a model.
func newModel(classes int, bits uint, weights []byte) *Model {
	m := &Model{classes: classes, shift: 64 - bits, words: rowBytes(classes) / 8}
	m.rows = make([]uint64, len(weights)/8)
	for i := range m.rows {
		m.rows[i] = binary.LittleEndian.Uint64(weights[i*8:])
	}
	return m
}
