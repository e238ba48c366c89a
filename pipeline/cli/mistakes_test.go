package cli

import "testing"

func TestNearest(t *testing.T) {
	commands := []string{"run", "rerun", "show", "export", "score", "eval", "batches", "verify"}
	tests := []struct{ word, want string }{
		{"rn", "run"},
		{"shwo", "show"},
		{"exprot", "export"},
		{"scores", "score"},
		{"Verify", "verify"},
		{"batch", "batches"},
		{"delete", ""},
		{"", ""},
	}
	for _, tt := range tests {
		if got := nearest(tt.word, commands); got != tt.want {
			t.Errorf("nearest(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}

func TestTypos(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"run", "run", 0},
		{"rnu", "run", 1}, // swapped
		{"ru", "run", 1},  // missing
		{"runn", "run", 1},
		{"ran", "run", 1},
		{"", "run", 3},
		{"worksre", "workers", 2},
	}
	for _, tt := range tests {
		if got := typos(tt.a, tt.b); got != tt.want {
			t.Errorf("typos(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
		if got := typos(tt.b, tt.a); got != tt.want {
			t.Errorf("typos(%q, %q) = %d, want %d", tt.b, tt.a, got, tt.want)
		}
	}
}

func TestReplacedKeepsTheRestOfTheCommand(t *testing.T) {
	a := &app{args: []string{"run", "--wrokers=4", "the day's news/*.jsonl"}}
	want := `onrecord run --workers=4 'the day'\''s news/*.jsonl'`
	if got := a.replaced("--wrokers", "--workers"); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}
