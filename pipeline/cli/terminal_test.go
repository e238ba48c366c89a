package cli

import (
	"bytes"
	"strings"
	"testing"
)

func TestToneBar(t *testing.T) {
	tests := []struct {
		tone float64
		want string
	}{
		{0, "        │        "},
		{1, "        │████████"},
		{-1, "████████│        "},
		{0.5, "        │████    "},
		{-0.25, "      ██│        "},
		{0.01, "        │        "},
		{3, "        │████████"},
	}
	for _, tt := range tests {
		if got := painter(false).toneBar(tt.tone); got != tt.want {
			t.Errorf("%v: got %q, want %q", tt.tone, got, tt.want)
		}
	}
	if got := painter(true).toneBar(-1); !strings.Contains(got, "\x1b[") {
		t.Errorf("no colour in %q", got)
	}
}

func TestNoColourOffATerminal(t *testing.T) {
	if colours(&bytes.Buffer{}) {
		t.Error("a buffer is coloured")
	}
}

func TestSigned(t *testing.T) {
	for v, want := range map[float64]string{0.456: "+0.46", -0.001: "0.00", 0.001: "0.00", -1: "-1.00"} {
		if got := signed(v); got != want {
			t.Errorf("%v: got %s, want %s", v, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	tests := []struct {
		in   string
		n    int
		want string
	}{
		{"short", 10, "short"},
		{"two\n  lines", 20, "two lines"},
		{"“Ça va très bien,” dit-elle", 12, "“Ça va très…"},
		{"one, two", 6, "one…"},
	}
	for _, tt := range tests {
		if got := cut(tt.in, tt.n); got != tt.want {
			t.Errorf("cut(%q, %d) = %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}
