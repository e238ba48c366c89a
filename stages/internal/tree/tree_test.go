package tree

import (
	"slices"
	"testing"

	"onrecord/corpus"
)

// forest reads heads, one a token; -1 at roots.
func forest(heads ...int32) *Forest {
	doc := &corpus.Document{}
	for _, h := range heads {
		doc.Arcs = append(doc.Arcs, corpus.Arc{Head: h, Relation: corpus.Dep})
	}
	f := &Forest{}
	f.Read(doc)
	return f
}

// Two sentences:
//
//	0 The  1 old  2 mayor  3 of  4 Ostrow  5 said  6 so    7 He  8 left
var example = []int32{2, 2, 5, 4, 2, -1, 5, 8, -1}

func TestSpansAndChildren(t *testing.T) {
	f := forest(example...)
	if got := f.Span(2); got != (corpus.Span{Start: 0, End: 5}) {
		t.Errorf("the mayor's phrase is %v, want [0, 5)", got)
	}
	if got := f.Span(5); got != (corpus.Span{Start: 0, End: 7}) {
		t.Errorf("the first sentence is %v, want [0, 7)", got)
	}
	var kids []int32
	for c := f.First(2); c >= 0; c = f.Next(c) {
		kids = append(kids, c)
	}
	if want := []int32{0, 1, 4}; !slices.Equal(kids, want) {
		t.Errorf("the mayor's children are %v, want %v", kids, want)
	}
	for i, want := range []int{2, 2, 1, 3, 2, 0, 1, 1, 0} {
		if got := f.Depth(int32(i)); got != want {
			t.Errorf("depth of %d is %d, want %d", i, got, want)
		}
	}
}

// TestBelowIsWhatClimbingSays compares the intervals with a walk up the heads.
func TestBelowIsWhatClimbingSays(t *testing.T) {
	f := forest(example...)
	for i := range int32(len(example)) {
		for top := range int32(len(example)) {
			want := false
			for x := i; x >= 0; x = example[x] {
				want = want || x == top
			}
			if got := f.Below(i, top); got != want {
				t.Errorf("Below(%d, %d) = %v", i, top, got)
			}
		}
	}
}

func TestPathsAndHeads(t *testing.T) {
	f := forest(example...)
	up, down, ok := f.Path(3, 6, 10, nil, nil)
	if !ok || !slices.Equal(up, []int32{3, 4, 2, 5}) || !slices.Equal(down, []int32{6}) {
		t.Errorf("path from 3 to 6: %v, %v, %v", up, down, ok)
	}
	if _, _, ok := f.Path(3, 6, 3, nil, nil); ok {
		t.Error("a path of four arcs was found within three")
	}
	if _, _, ok := f.Path(0, 7, 100, nil, nil); ok {
		t.Error("a path leads from one sentence to another")
	}
	if got := f.Common(1, 3); got != 2 {
		t.Errorf("1 and 3 meet at %d, want 2", got)
	}
	if got := f.Common(1, 7); got != -1 {
		t.Errorf("1 and 7 meet at %d, want nowhere", got)
	}
	if got := f.SpanHead(corpus.Span{Start: 0, End: 5}); got != 2 {
		t.Errorf("head of [0, 5) is %d, want 2", got)
	}
	if got := f.SpanHead(corpus.Span{Start: 3, End: 3}); got != -1 {
		t.Errorf("head of nothing is %d", got)
	}
}

// TestNoTree promises that arcs which are none, crossing or in circles, end.
func TestNoTree(t *testing.T) {
	for _, heads := range [][]int32{{}, {0}, {1, 0}, {1, 2, 0, -1}, {7, -5}, {2, 3, -1, 2}} {
		f := forest(heads...)
		for i := range int32(len(heads)) {
			f.Below(i, 0)
			f.Common(i, 0)
			f.Path(i, 0, 5, nil, nil)
			f.Span(i)
		}
	}
}

func TestDeepTreesAreWalkedInLine(t *testing.T) {
	const n = 200000
	heads := make([]int32, n)
	for i := range heads {
		heads[i] = int32(i) - 1
	}
	f := forest(heads...)
	if got := f.Depth(n - 1); got != n-1 {
		t.Errorf("depth %d, want %d", got, n-1)
	}
	if got := f.Span(1); got != (corpus.Span{Start: 1, End: n}) {
		t.Errorf("span %v", got)
	}
}

func TestReadReusesMemory(t *testing.T) {
	doc := &corpus.Document{}
	for _, h := range example {
		doc.Arcs = append(doc.Arcs, corpus.Arc{Head: h})
	}
	var f Forest
	f.Read(doc)
	if n := testing.AllocsPerRun(100, func() { f.Read(doc) }); n != 0 {
		t.Errorf("%g allocations", n)
	}
}
