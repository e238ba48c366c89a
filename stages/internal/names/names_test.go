package names

import (
	"slices"
	"testing"
)

func TestOf(t *testing.T) {
	for word, want := range map[string]Class{
		"Angela":    Female,
		"Viktor":    Male,
		"Lifeng":    GivenAfter,
		"Szijjártó": Family,
		"He":        Family | Wordy,
		"Nairobi":   Place,
		"Kenyan":    Demonym,
		"Sen.":      Title,
		"Ministry":  Body,
		"Reuters":   Known,
		"Ramadan":   Creed,
		"table":     0,
		"nairobi":   0,
	} {
		if got := Of(word); got != want {
			t.Errorf("Of(%q) = %b, want %b", word, got, want)
		}
	}
}

func TestListsAreSortedAndWithoutRepeats(t *testing.T) {
	for c := Male; c <= Creed; c <<= 1 {
		words := Words(c)
		if len(words) == 0 {
			t.Errorf("class %b has no words", c)
		}
		for i := 1; i < len(words); i++ {
			if words[i-1] >= words[i] {
				t.Errorf("class %b: %q stands before %q", c, words[i-1], words[i])
			}
		}
		if slices.Contains(words, "") {
			t.Errorf("class %b has an empty word", c)
		}
	}
}

func TestParticle(t *testing.T) {
	for word, want := range map[string]bool{"von": true, "De": true, "Vonn": false, "DE": false, "": false} {
		if Particle(word) != want {
			t.Errorf("Particle(%q) = %v, want %v", word, !want, want)
		}
	}
}
