package cli

import "testing"

func TestByteSize(t *testing.T) {
	tests := []struct {
		in   string
		want int64 // 0: refused
		out  string
	}{
		{"4194304", 4 << 20, "4MiB"},
		{"4MiB", 4 << 20, "4MiB"},
		{"1GiB", 1 << 30, "1GiB"},
		{"512KiB", 512 << 10, "512KiB"},
		{"3MB", 3e6, "3000000"},
		{"100B", 100, "100"},
		{"0", 0, ""},
		{"-1", 0, ""},
		{"4 MiB", 4 << 20, "4MiB"},
		{"4Mb", 0, ""},
		{"", 0, ""},
		{"9223372036854775807GiB", 0, ""},
	}
	for _, tt := range tests {
		var b byteSize
		err := b.Set(tt.in)
		if (err == nil) != (tt.want > 0) || int64(b) != tt.want {
			t.Errorf("%q is %d (%v), want %d", tt.in, b, err, tt.want)
		}
		if err == nil && b.String() != tt.out {
			t.Errorf("%q is written %q, want %q", tt.in, b.String(), tt.out)
		}
	}
}
