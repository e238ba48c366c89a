package corpus

import "testing"

func TestLegible(t *testing.T) {
	tests := []struct{ raw, want string }{
		{"plain “quoted”\ttext\n", "plain “quoted”\ttext\n"},
		{"\x1f\x8b\x00é", `\x1f\x8b\x00é`},
		{"a\u200bb", `a\xe2\x80\x8bb`},
		{"cut here and no later", "cut here and"},
		{"cut at a rune é", "cut at a rune"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := legible([]byte(tt.raw), len(tt.want)); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.raw, got, tt.want)
		}
	}
}
