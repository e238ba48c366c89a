package output

import (
	"fmt"
	"unicode/utf8"

	"onrecord/corpus"
)

// offsets converts between the bytes of the program and the code points of the
// tables, for one text. Its zero value is ready for reset.
type offsets struct {
	ascii  bool
	length int32   // of the text, in the unit converted from
	to     []int32 // indexed by the offset converted from; unused if ascii
}

// points prepares o to convert byte offsets of text into code points.
func (o *offsets) points(text string) {
	if o.identity(text) {
		return
	}
	o.length = int32(len(text))
	o.to = grow(o.to, len(text)+1)
	n := int32(-1)
	for i := range len(text) {
		if utf8.RuneStart(text[i]) {
			n++
		}
		o.to[i] = n
	}
	o.to[len(text)] = n + 1
}

// bytes prepares o to convert code points of text into byte offsets.
func (o *offsets) bytes(text string) {
	if o.identity(text) {
		return
	}
	o.to = grow(o.to, utf8.RuneCountInString(text)+1)
	n := 0
	for i := range text {
		o.to[n] = int32(i)
		n++
	}
	o.to[n] = int32(len(text))
	o.length = int32(n)
}

func (o *offsets) identity(text string) bool {
	o.ascii = true
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			o.ascii = false
			break
		}
	}
	o.length = int32(len(text))
	return o.ascii
}

// span converts one span; it fails on one that is not within the text.
func (o *offsets) span(s corpus.Span) (corpus.Span, error) {
	if s.Start < 0 || s.End < s.Start || s.End > o.length {
		return s, fmt.Errorf("span %d:%d is not within a text of length %d", s.Start, s.End, o.length)
	}
	if o.ascii {
		return s, nil
	}
	return corpus.Span{Start: o.to[s.Start], End: o.to[s.End]}, nil
}

func (o *offsets) values(spans []corpus.Span) ([]SpanValue, error) {
	out := make([]SpanValue, len(spans))
	for i, s := range spans {
		s, err := o.span(s)
		if err != nil {
			return nil, err
		}
		out[i] = SpanValue{s.Start, s.End}
	}
	return out, nil
}

// spans is the inverse of values; an empty list is nil, as stages leave it.
func (o *offsets) spans(values []SpanValue) ([]corpus.Span, error) {
	if len(values) == 0 {
		return nil, nil
	}
	out := make([]corpus.Span, len(values))
	for i, v := range values {
		var err error
		if out[i], err = o.span(corpus.Span{Start: v.Start, End: v.End}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func grow(s []int32, n int) []int32 {
	if cap(s) < n {
		return make([]int32, n)
	}
	return s[:n]
}
