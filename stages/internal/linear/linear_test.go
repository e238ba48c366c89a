package linear

import (
	"bytes"
	"testing"
)

// examples are separable: the class is the sum of two values modulo 3, seen as a pair.
func examples() (features [][]Feature, classes []int) {
	for a := range uint64(6) {
		for b := range uint64(6) {
			features = append(features, []Feature{Mix(1, a, 0), Mix(2, b, 0), Mix(3, a, b)})
			classes = append(classes, int(a+b)%3)
		}
	}
	return features, classes
}

func trained() *Model {
	features, classes := examples()
	p := NewPerceptron(3, 10)
	for range 20 {
		for i, f := range features {
			p.Learn(f, p.Best(f), classes[i])
		}
	}
	return p.Model()
}

func TestPerceptronLearnsWhatIsSeparable(t *testing.T) {
	m := trained()
	features, classes := examples()
	for i, f := range features {
		if got := m.Best(f); got != classes[i] {
			t.Errorf("example %d is of class %d, got %d", i, classes[i], got)
		}
	}
}

// TestMeanIsBetweenItsModels promises that learners count alike, however long they learned.
func TestMeanIsBetweenItsModels(t *testing.T) {
	yes := []Feature{Mix(1, 1, 0)}
	learner := func(class, times int) *Perceptron {
		p := NewPerceptron(3, 10)
		for range times {
			p.Learn(yes, 0, class)
			for range 9 { // nothing to learn: the average approaches what stands
				p.Learn(yes, class, class)
			}
		}
		return p
	}
	for _, tt := range []struct {
		learners []*Perceptron
		want     int
	}{
		{[]*Perceptron{learner(1, 5)}, 1},
		{[]*Perceptron{learner(1, 5), learner(2, 8)}, 2},
		{[]*Perceptron{learner(1, 5), learner(2, 8), learner(1, 5)}, 1},
	} {
		if got := Mean(tt.learners...).Best(yes); got != tt.want {
			t.Errorf("the mean of %d learners decides for %d, want %d", len(tt.learners), got, tt.want)
		}
	}
	if a, b := Mean(learner(1, 5)), learner(1, 5).Model(); !bytes.Equal(encoded(a), encoded(b)) {
		t.Error("the mean of one learner is not its model")
	}
}

func encoded(m *Model) []byte {
	var f File
	f.AddModel("m", m)
	return f.Encode()
}

func TestScoresDoNotOverflow(t *testing.T) {
	m := full(6, []byte{255, 0, 255, 0, 128, 129, 128, 128})
	var scores [MaxClasses]int32
	m.Scores(make([]Feature, 2*MaxFeatures), &scores)
	for c, want := range []int32{255, 0, 255, 0, 128, 129, 128, 128} {
		if scores[c] != want*MaxFeatures {
			t.Errorf("class %d scores %d, want %d", c, scores[c], want*MaxFeatures)
		}
	}
	if got := m.Best(make([]Feature, MaxFeatures)); got != 0 {
		t.Errorf("of equal classes %d won, want the first", got)
	}
}

// full is a model whose buckets all have the same row.
func full(width uint, row []byte) *Model {
	return newModel(len(row), width, bytes.Repeat([]byte{0xFF}, 1<<width/8), bytes.Repeat(row, 1<<width))
}

// TestThinModelsDecideAlike promises that rows left out are those that hardly matter,
// and that the others stay where they were.
func TestThinModelsDecideAlike(t *testing.T) {
	m := trained()
	features, _ := examples()
	for _, f := range features {
		for _, one := range f {
			var whole, thin [MaxClasses]int32
			m.Scores([]Feature{one}, &whole)
			m.Thin(20).Scores([]Feature{one}, &thin)
			if far := max(whole[0], whole[1], whole[2])-min(whole[0], whole[1], whole[2]) > 20; far && thin != whole {
				t.Errorf("a row with the weights %v became %v", whole[:3], thin[:3])
			} else if !far && (thin[0] != zero || thin[1] != zero || thin[2] != zero) {
				t.Errorf("a row with the weights %v stayed: %v", whole[:3], thin[:3])
			}
		}
	}
	if used, _ := m.Thin(255).unpack(); !bytes.Equal(used, make([]byte, 1<<10/8)) {
		t.Error("a model of no rows has rows")
	}
}

// TestFewClassesScoreAsMany promises that half rows hold what whole ones would.
func TestFewClassesScoreAsMany(t *testing.T) {
	few, many := NewPerceptron(3, 10), NewPerceptron(5, 10)
	features, classes := examples()
	for range 5 {
		for i, f := range features {
			guess := few.Best(f)
			few.Learn(f, guess, classes[i])
			many.Learn(f, guess, classes[i])
		}
	}
	for i, f := range features {
		var a, b [MaxClasses]int32
		few.Model().Scores(f, &a)
		many.Model().Scores(f, &b)
		if [3]int32(a[:3]) != [3]int32(b[:3]) {
			t.Errorf("example %d: scores %v in half rows, %v in whole ones", i, a[:3], b[:3])
		}
	}
}

func TestFileRoundTrip(t *testing.T) {
	m := trained()
	var f File
	f.Add("words", []byte("anything"))
	f.AddModel("classes", m)
	data := f.Encode()
	read, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if p, err := read.Part("words"); err != nil || string(p) != "anything" {
		t.Errorf("part words is %q, %v", p, err)
	}
	again, err := read.Model("classes", 3)
	if err != nil {
		t.Fatal(err)
	}
	var g File
	g.Add("words", []byte("anything"))
	g.AddModel("classes", again)
	if !bytes.Equal(g.Encode(), data) {
		t.Error("a file read and written again has other bytes")
	}
	if _, err := read.Model("classes", 4); err == nil {
		t.Error("a model of 3 classes was read as one of 4")
	}
	part, _ := read.Part("classes")
	for _, cut := range []int{0, 3, 10, 4 + 1<<10/8, len(part) - 1} {
		var h File
		h.Add("classes", part[:cut])
		if _, err := h.Model("classes", 3); err == nil {
			t.Errorf("a model cut at byte %d was read", cut)
		}
	}
	if _, err := read.Part("absent"); err == nil {
		t.Error("a part that is not there was read")
	}
}

func TestDamageIsFound(t *testing.T) {
	var f File
	f.AddModel("classes", trained())
	data := f.Encode()
	for name, bad := range map[string][]byte{
		"empty":     nil,
		"truncated": data[:len(data)-1],
		"other":     []byte("onrecord linear 0\n"),
		"flipped":   append(append([]byte{}, data[:40]...), append([]byte{data[40] ^ 1}, data[41:]...)...),
	} {
		if _, err := Decode(bad); err == nil {
			t.Errorf("%s file was accepted", name)
		}
	}
}

func BenchmarkScores(b *testing.B) {
	m := full(16, bytes.Repeat([]byte{zero + 1}, 45))
	features := make([]Feature, 20)
	for i := range features {
		features[i] = Mix(uint64(i), 12345, 678)
	}
	var scores [MaxClasses]int32
	for b.Loop() {
		m.Scores(features, &scores)
	}
}
