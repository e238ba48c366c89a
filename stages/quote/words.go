package quote

import (
	"strings"

	"onrecord/corpus"
)

// Classes that stand for words which nothing general can be learned from. Names are
// hidden so that the models learn how news speaks and not of whom.
const (
	properHash = iota + 1
	numberHash
	longHash
	nameHash // plus the entity's kind
)

// hashes are the word and stem of the token that lookup was last called for.
func (r *reader) hashes(t *token) (word, stem uint32) {
	switch {
	case t.tag.IsProper():
		return properHash, properHash
	case t.tag == corpus.CD:
		return numberHash, numberHash
	case len(r.lower) == 0:
		return longHash, longHash
	}
	word = hashOf(r.lower)
	p := numParts
	switch {
	case t.tag.IsVerb():
		p = verbCue
	case t.tag.IsNoun():
		p = nounCue
	case t.tag.IsAdjective():
		p = adjectiveCue
	}
	if p < numParts && t.lemma[p] != 0 {
		return word, r.lex.lemmas[t.lemma[p]].hash
	}
	return word, hashOf(stripped(r.lower, t.tag))
}

// stripped is a word without the ending that its tag tells of, roughly: rare words
// only need one stem for all their forms.
func stripped(word []byte, tag corpus.Tag) []byte {
	ending := ""
	switch tag {
	case corpus.VBD, corpus.VBN:
		ending = "ed"
	case corpus.VBG:
		ending = "ing"
	case corpus.VBZ, corpus.NNS:
		ending = "s"
	}
	if ending != "" && len(word) > len(ending)+2 && strings.HasSuffix(string(word), ending) {
		return word[:len(word)-len(ending)]
	}
	return word
}

func hashOf(word []byte) uint32 {
	const offset, prime = 2166136261, 16777619
	h := uint32(offset)
	for _, c := range word {
		h = (h ^ uint32(c)) * prime
	}
	return max(h, 64)
}
