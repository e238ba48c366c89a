package parse

import (
	"bytes"
	"testing"

	"onrecord/stages/internal/linear"
)

func TestOnlyHabitsAreSure(t *testing.T) {
	always, mostly, rarely := linear.Mix(1, 1, 0), linear.Mix(1, 2, 0), linear.Mix(1, 3, 0)
	h := habits{}
	for i := range 100 {
		h.count(always, 2)
		h.count(mostly, min(i, 1))
	}
	h.count(rarely, 1)
	s := h.sure()
	if class, ok := s.find(always); !ok || class != 2 {
		t.Errorf("what is always 2 is %d, %v", class, ok)
	}
	for name, context := range map[string]linear.Feature{"mostly": mostly, "rarely": rarely, "never": linear.Mix(1, 4, 0)} {
		if class, ok := s.find(context); ok {
			t.Errorf("what was %s seen is sure to be %d", name, class)
		}
	}
}

func TestSureRoundTrip(t *testing.T) {
	h := habits{}
	for i := range 500 {
		for range sureCount {
			h.count(linear.Mix(1, uint64(i), 0), i%3)
		}
	}
	data := h.sure().encode()
	s, err := decodeSure(data, 3)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(s.encode(), data) {
		t.Error("a table read and written again has other bytes")
	}
	for i := range 500 {
		if class, ok := s.find(linear.Mix(1, uint64(i), 0)); !ok || class != i%3 {
			t.Errorf("context %d is %d, %v", i, class, ok)
		}
	}
	if _, err := decodeSure(data[:len(data)-1], 3); err == nil {
		t.Error("a cut table was read")
	}
	if _, err := decodeSure(data, 2); err == nil {
		t.Error("a table of three classes was read as one of two")
	}
}
