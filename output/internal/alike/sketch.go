// Package alike finds texts that are nearly the same among millions, in bounded memory.
//
// A [Sketch] turns a text into a few keys such that two texts share keys the likelier the
// more of their word sequences they share (MinHash with banding: Broder, "On the
// resemblance and containment of documents", 1997; Leskovec et al., "Mining of Massive
// Datasets", section 3.4). A [Finder] takes the keys of text after text and tells which
// earlier text each repeats: of this batch or of batches before, whose keys lie sorted in
// one file each and are read once from beginning to end for every [groupSize] texts.
//
// Everything depends on the texts and their order alone.
package alike

import (
	"math"
	"unicode"
	"unicode/utf8"

	"github.com/zeebo/xxh3"
)

// Sketch says how texts become keys: sequences of Words words are hashed in Bands*Rows
// ways; the smallest hashes of Rows ways make a key. Texts whose sets of sequences have a
// Jaccard index j share a key of one band with probability j^Rows.
type Sketch struct {
	Words, Bands, Rows int

	ways  []uint64 // odd factors, one a way
	words []uint64 // scratch: hashes of the text's words
	least []uint64 // scratch: smallest hash of each way
	lower []byte   // scratch: one word
}

// Keys appends the keys of text to dst. Texts of different salt share none. A text of no
// more than Words+1 words has one key, that of all its words; one without words has none.
// Case, punctuation and white space don't matter.
func (s *Sketch) Keys(dst []uint64, salt uint64, text string) []uint64 {
	s.split(text)
	if len(s.words) == 0 {
		return dst
	}
	if len(s.words) <= s.Words+1 {
		return append(dst, s.whole(salt))
	}
	for len(s.ways) < s.Bands*s.Rows {
		s.ways = append(s.ways, mix(uint64(len(s.ways)+1)*golden)|1)
	}
	s.least = s.least[:0]
	for range s.ways {
		s.least = append(s.least, math.MaxUint64)
	}
	for i := 0; i+s.Words <= len(s.words); i++ {
		h := uint64(0)
		for _, w := range s.words[i : i+s.Words] {
			h = mix(h ^ w)
		}
		// Multiplication orders well-mixed hashes anew: Dietzfelbinger et al., 1997.
		for way, factor := range s.ways {
			s.least[way] = min(s.least[way], h*factor)
		}
	}
	for band := range s.Bands {
		key := mix(salt ^ uint64(band+1)*golden)
		for _, x := range s.least[band*s.Rows : (band+1)*s.Rows] {
			key = mix(key ^ x)
		}
		dst = append(dst, key)
	}
	return dst
}

// Whole is a digest of all words of the text; 0 if it has none. It is never 0 otherwise.
func (s *Sketch) Whole(salt uint64, text string) uint64 {
	s.split(text)
	if len(s.words) == 0 {
		return 0
	}
	return max(1, s.whole(salt))
}

func (s *Sketch) whole(salt uint64) uint64 {
	key := mix(salt)
	for _, w := range s.words {
		key = mix(key ^ w)
	}
	return key
}

// split hashes the words of text. An apostrophe is part of its word and left out, so
// that don't is don’t.
func (s *Sketch) split(text string) {
	s.words = s.words[:0]
	s.lower = s.lower[:0]
	for _, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
			s.lower = utf8.AppendRune(s.lower, unicode.ToLower(r))
		case r == '\'' || r == '’':
		default:
			s.endWord()
		}
	}
	s.endWord()
}

func (s *Sketch) endWord() {
	if len(s.lower) > 0 {
		s.words = append(s.words, xxh3.Hash(s.lower))
		s.lower = s.lower[:0]
	}
}

// golden is 2^64 divided by the golden ratio: its multiples are spread evenly.
const golden = 0x9e3779b97f4a7c15

// mix is the finalizer of SplitMix64 (Steele et al., OOPSLA 2014), a bijection.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
