package linear

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Regression is a trained logistic regression, read-only and shared between
// goroutines. With two classes or more it is multinomial: one score a class, and
// [Regression.Probabilities] sum to one. With one class it is binary: the score is the
// log-odds of yes, and [Regression.Probability] is what it comes to. See [Logistic]
// for how it is learned.
type Regression struct {
	classes int
	shift   uint
	unit    float64   // what a weight of 1 stands for
	bias    []float64 // one a class
	rows    []int16   // buckets x classes
}

// Classes is the number of classes; 1 for a binary regression.
func (r *Regression) Classes() int { return r.classes }

func (r *Regression) row(f Feature) []int16 {
	i := int(f>>r.shift) * r.classes
	return r.rows[i : i+r.classes : i+r.classes]
}

// Scores writes one score a class into out, which has room for them all: natural
// logarithms of probabilities, up to a constant. values say how strongly each feature
// is there; nil is 1 for all.
//
// Sums are exact before they are scaled, so that they do not depend on the order of
// the features or on the machine.
func (r *Regression) Scores(features []Feature, values []float32, out []float64) {
	out = out[:r.classes]
	if values == nil {
		var sums [MaxClasses]int32
		for _, f := range features {
			for c, w := range r.row(f) {
				sums[c] += int32(w)
			}
		}
		for c := range out {
			out[c] = r.bias[c] + float64(float64(sums[c])*r.unit)
		}
		return
	}
	clear(out)
	for i, f := range features {
		v := float64(values[i])
		for c, w := range r.row(f) {
			out[c] += float64(float64(w) * v) // exact: 16 bits times 24
		}
	}
	for c := range out {
		out[c] = r.bias[c] + float64(out[c]*r.unit)
	}
}

// Probabilities writes the probability of each class into out.
func (r *Regression) Probabilities(features []Feature, values []float32, out []float64) {
	r.Scores(features, values, out)
	Softmax(out[:r.classes], 1)
}

// Score is the log-odds of yes; of a regression with several classes, the first's score.
func (r *Regression) Score(features []Feature, values []float32) float64 {
	var out [MaxClasses]float64
	r.Scores(features, values, out[:r.classes])
	return out[0]
}

// Probability is that of yes, for a binary regression.
func (r *Regression) Probability(features []Feature, values []float32) float64 {
	return Sigmoid(r.Score(features, values))
}

// Weight is what a feature adds to the score of a class, for saying why.
func (r *Regression) Weight(f Feature, class int) float64 {
	return float64(float64(r.row(f)[class]) * r.unit)
}

// Bias is the score of a class when nothing is known.
func (r *Regression) Bias(class int) float64 { return r.bias[class] }

// AddRegression appends a regression. Payload: classes u16, bits u16, unit f64, a
// bias f64 a class, one bit a bucket (is there any weight?), then the rows that have
// weights, 16 bits a weight.
func (f *File) AddRegression(name string, r *Regression) {
	buckets := len(r.rows) / r.classes
	p := binary.LittleEndian.AppendUint16(nil, uint16(r.classes))
	p = binary.LittleEndian.AppendUint16(p, uint16(64-r.shift))
	p = binary.LittleEndian.AppendUint64(p, math.Float64bits(r.unit))
	for _, b := range r.bias {
		p = binary.LittleEndian.AppendUint64(p, math.Float64bits(b))
	}
	used := len(p)
	p = append(p, make([]byte, (buckets+7)/8)...)
	for i := range buckets {
		row := r.rows[i*r.classes : (i+1)*r.classes]
		if empty(row) {
			continue
		}
		p[used+i/8] |= 1 << (i % 8)
		for _, w := range row {
			p = binary.LittleEndian.AppendUint16(p, uint16(w))
		}
	}
	f.Add(name, p)
}

func empty(row []int16) bool {
	for _, w := range row {
		if w != 0 {
			return false
		}
	}
	return true
}

// Regression is a part read as a regression with that many classes.
func (f *File) Regression(name string, classes int) (*Regression, error) {
	p, err := f.Part(name)
	if err != nil {
		return nil, err
	}
	r, err := decodeRegression(p, classes)
	if err != nil {
		return nil, fmt.Errorf("part %q: %w", name, err)
	}
	return r, nil
}

func decodeRegression(p []byte, classes int) (*Regression, error) {
	if len(p) < 12 {
		return nil, errors.New("too short for a regression")
	}
	have, bits := int(binary.LittleEndian.Uint16(p)), uint(binary.LittleEndian.Uint16(p[2:]))
	if have != classes || classes < 1 || classes > MaxClasses {
		return nil, fmt.Errorf("%d classes, want %d", have, classes)
	}
	if bits < 3 || bits > 28 {
		return nil, fmt.Errorf("%d bits", bits)
	}
	r := &Regression{classes: classes, shift: 64 - bits, unit: math.Float64frombits(binary.LittleEndian.Uint64(p[4:]))}
	p = p[12:]
	if len(p) < 8*classes+1<<bits/8 {
		return nil, errors.New("it ends before its rows")
	}
	for range classes {
		r.bias = append(r.bias, math.Float64frombits(binary.LittleEndian.Uint64(p)))
		p = p[8:]
	}
	used, p := p[:1<<bits/8], p[1<<bits/8:]
	r.rows = make([]int16, classes<<bits)
	for i := range 1 << bits {
		if used[i/8]>>(i%8)&1 == 0 {
			continue
		}
		if len(p) < 2*classes {
			return nil, errors.New("it ends inside its rows")
		}
		for c := range classes {
			r.rows[i*classes+c] = int16(binary.LittleEndian.Uint16(p[2*c:]))
		}
		p = p[2*classes:]
	}
	if len(p) != 0 {
		return nil, errors.New("it goes on after its rows")
	}
	return r, nil
}
