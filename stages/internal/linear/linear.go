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
//   - [FitTemperature] (several classes or few examples) and [FitIsotonic] (right or
//     wrong) turn scores on held-out examples into probabilities that come true;
//     [CalibrationError] says how far they do.
//   - [Viterbi] finds the best sequence of classes, given scores of classes and of steps
//     from one to the next.
//   - [File] holds any of them, by name, with a checksum.
//
// Training is deterministic: the same examples in the same order give the same bytes.
// Scoring allocates nothing and gives the same bits on every machine.
package linear

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
)

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
//
// Most buckets have no weights worth having. They take a bit of memory each and no
// row, so that what is read again and again stays in a near cache: fetching rows is
// what scoring costs.
type Model struct {
	classes int
	shift   uint     // of a feature, to get its bucket
	index   []uint64 // of 32 buckets each: a bit for each that has a row, and above them the number of the first one's row
	words   int      // 64-bit words in a row; 0 if half a word is enough
	rows    []uint64 // eight weights a word, each plus zero; row 0 is that of all buckets without one
	halves  []uint32 // rows of half a word
}

// zero is the byte of a weight of 0.
const zero = 128

// Classes is the number of classes.
func (m *Model) Classes() int { return m.classes }

// row is the number of the row of a feature's bucket.
func (m *Model) row(f Feature) int {
	bucket := f >> m.shift
	block := m.index[bucket/32]
	bit := uint32(1) << (bucket % 32)
	have := uint32(block)
	before := bits.OnesCount32(have & (bit - 1))
	// No branch: which buckets have rows is not to be foreseen.
	present := int64(have >> (bucket % 32) & 1)
	return int((int64(block>>32) + int64(before)) & -present)
}

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
	var rows [MaxFeatures]int32
	for i, f := range features {
		rows[i] = int32(m.row(f) * m.words)
	}
	// Column by column: the sums stay in registers, and the loads of the first column
	// fetch all rows at once.
	for w := range m.words {
		var even, odd uint64
		for _, r := range rows[:len(features)] {
			x := m.rows[int(r)+w]
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

// halfScores is Scores for rows of half a word.
func (m *Model) halfScores(features []Feature, out *[MaxClasses]int32) {
	var even, odd uint64
	for _, f := range features {
		x := uint64(m.halves[m.row(f)])
		even += x & lanes
		odd += x >> 8 & lanes
	}
	out[0], out[1] = int32(even&0xFFFF), int32(odd&0xFFFF)
	out[2], out[3] = int32(even>>16), int32(odd>>16)
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

// newModel makes a model of rows, a byte a class, of the buckets that used has set.
// There are 1<<width buckets, 32 or more.
func newModel(classes int, width uint, used []byte, rows []byte) *Model {
	m := &Model{classes: classes, shift: 64 - width, words: rowBytes(classes) / 8, index: make([]uint64, 1<<width/32)}
	first := uint64(1)
	for i := range m.index {
		have := binary.LittleEndian.Uint32(used[i*4:])
		m.index[i] = first<<32 | uint64(have)
		first += uint64(bits.OnesCount32(have))
	}
	row := bytes.Repeat([]byte{zero}, max(rowBytes(classes), 8))
	if m.words == 0 {
		m.halves = append(make([]uint32, 0, first), binary.LittleEndian.Uint32(row))
		for ; len(rows) > 0; rows = rows[classes:] {
			copy(row, rows[:classes])
			m.halves = append(m.halves, binary.LittleEndian.Uint32(row))
		}
		return m
	}
	m.rows = make([]uint64, 0, int(first)*m.words)
	for i := range first {
		if i > 0 {
			copy(row, rows[:classes])
			rows = rows[classes:]
		}
		for w := range m.words {
			m.rows = append(m.rows, binary.LittleEndian.Uint64(row[w*8:]))
		}
	}
	return m
}

// unpack is the inverse of newModel.
func (m *Model) unpack() (used, rows []byte) {
	for _, block := range m.index {
		used = binary.LittleEndian.AppendUint32(used, uint32(block))
	}
	for _, row := range m.halves[min(1, len(m.halves)):] {
		rows = append(rows, binary.LittleEndian.AppendUint32(nil, row)[:m.classes]...)
	}
	for i := m.words; i < len(m.rows); i += m.words {
		var row []byte
		for _, w := range m.rows[i : i+m.words] {
			row = binary.LittleEndian.AppendUint64(row, w)
		}
		rows = append(rows, row[:m.classes]...)
	}
	return used, rows
}

// Thin is m without the rows whose weights lie within spread of each other, of 255:
// they hardly tell classes apart, and a smaller model is a faster one.
func (m *Model) Thin(spread int) *Model {
	used, rows := m.unpack()
	var kept []byte
	for i := range len(used) * 8 {
		if used[i/8]>>(i%8)&1 == 0 {
			continue
		}
		row := rows[:m.classes]
		rows = rows[m.classes:]
		if int(slices.Max(row))-int(slices.Min(row)) <= spread {
			used[i/8] &^= 1 << (i % 8)
			continue
		}
		kept = append(kept, row...)
	}
	return newModel(m.classes, 64-m.shift, used, kept)
}
