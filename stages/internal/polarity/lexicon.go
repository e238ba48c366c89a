// Package polarity finds the words that carry judgement and what the words around
// them make of it: negation, verbs that turn their object, intensity, modality,
// contrast. Stages tone and stance stand on it, so that the same words mean the
// same thing to both.
//
// A [Lexicon] holds weights; an [Analyzer] walks the tokens of a document and
// returns a [Hit] for each judgement. A name never weighs anything.
package polarity

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"onrecord/corpus"
)

// seedText is our list, one entry a line: word, weight and, where the weight holds for
// one part of speech only, v, n or a. 1 is an ordinary positive word; a phrase is
// written with _.
//
//go:embed seed.txt
var seedText string

// vaderText is VADER's list (Hutto and Gilbert, 2014; MIT) in the same form.
//
//go:embed vader.txt
var vaderText string

//go:embed operators.txt
var operatorsText string

// Class says what a word does to the polarity of others.
type Class uint16

// The classes; a word may be in several.
const (
	Negate     Class = 1 << iota // turns what follows: "not", "no longer", "fails to"
	Reduce                       // a verb that turns its object: "ease tensions"
	Raise                        // a verb that keeps its object's sign: "deepen mistrust"
	Fade                         // turns the polar noun it is said of: "the danger has passed"
	Strengthen                   // multiplies the next polar word
	Suppose                      // weakens or turns what follows: "could", "should have"
	Contrast                     // what follows outweighs what came before: "but"
	Concede                      // opens a clause that counts less: "although"
	Condition                    // opens a clause that is not asserted: "if"
	Irony                        // turns praise: "so-called"
	Keep                         // a fixed phrase without judgement: "kind of", "White House"
	Extol                        // a negation that tops: "has never been stronger"
	Latent                       // no judgement alone, but good or bad to lose: "jobs", "tension"
)

var classNames = map[string]Class{"negate": Negate, "reduce": Reduce, "raise": Raise, "fade": Fade,
	"strengthen": Strengthen, "suppose": Suppose, "contrast": Contrast, "concede": Concede,
	"condition": Condition, "irony": Irony, "keep": Keep, "extol": Extol, "latent": Latent}

// The parts of speech that weights are kept for.
const (
	anyPOS = iota
	verbPOS
	nounPOS
	adjPOS
	numPOS
)

var posNames = [numPOS]string{"", "v", "n", "a"}

// Entry is a word or phrase of the lexicon.
type Entry struct {
	Word   string
	Class  Class
	Factor float32 // of Strengthen and Suppose
	Latent float32 // weight as the object of a verb
	weight [numPOS]float32
	source [numPOS]int32 // index of the weight in Lexicon.weights plus one; 0: none for this part of speech
	starts bool          // some phrase begins with this word
}

// Lexicon is read-only once loaded.
type Lexicon struct {
	Entries []Entry
	Lemmas  []Lemma // what the file says, in its order
	words   map[string]int32
	phrases map[[2]int32]int32 // (node, word) -> node; node < 0 is a state -n, a single word is its own node
	ends    []int32            // of a state: the entry of the phrase that ends there, or -1
}

// Lemma is a line of a lexicon file.
type Lemma struct {
	Word   string
	POS    string
	Weight float32
}

// vaderShare is what VADER's weights are worth beside ours: they were made for short
// messages, where everything is stronger. Between 0.3 and 1 NewsMTSC does not care.
const vaderShare = 0.5

// Load returns the embedded lexicon, parsed once: our words, and VADER's that ours does
// not list in any form.
var Load = sync.OnceValues(func() (*Lexicon, error) {
	lemmas, err := ParseLemmas(seedText)
	if err != nil {
		return nil, fmt.Errorf("seed.txt: %w", err)
	}
	ours, err := New(lemmas)
	if err != nil {
		return nil, err
	}
	theirs, err := ParseLemmas(vaderText)
	if err != nil {
		return nil, fmt.Errorf("vader.txt: %w", err)
	}
	for _, l := range theirs {
		if id, ok := ours.words[l.Word]; ok && (ours.Entries[id].source != [numPOS]int32{} || ours.Entries[id].Class != 0) {
			continue
		}
		l.Weight *= vaderShare
		lemmas = append(lemmas, l)
	}
	return New(lemmas)
})

// ParseLemmas reads lines of `word weight [pos]`; # begins a comment.
func ParseLemmas(text string) ([]Lemma, error) {
	var out []Lemma
	for n, line := range strings.Split(text, "\n") {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		if len(f) < 2 || len(f) > 3 {
			return nil, fmt.Errorf("lexicon line %d: %q is not `word weight [pos]`", n+1, line)
		}
		w, err := strconv.ParseFloat(f[1], 32)
		if err != nil {
			return nil, fmt.Errorf("lexicon line %d: %w", n+1, err)
		}
		l := Lemma{Word: f[0], Weight: float32(w)}
		if len(f) == 3 {
			l.POS = f[2]
			if posIndex(l.POS) < 0 {
				return nil, fmt.Errorf("lexicon line %d: part of speech %q is none of v, n, a", n+1, l.POS)
			}
		}
		out = append(out, l)
	}
	return out, nil
}

// New makes a lexicon of lemmas and the embedded operators. Inflected forms take
// the lemma's weight unless they have a line of their own.
func New(lemmas []Lemma) (*Lexicon, error) {
	l := &Lexicon{Lemmas: lemmas, words: make(map[string]int32, 4*len(lemmas)), phrases: map[[2]int32]int32{}}
	for i, m := range lemmas {
		l.weigh(m.Word, m.POS, m.Weight, int32(i), true)
	}
	for i, m := range lemmas {
		for _, form := range inflect(m.Word, m.POS) {
			l.weigh(form, m.POS, m.Weight, int32(i), false)
		}
	}
	for n, line := range strings.Split(operatorsText, "\n") {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		if err := l.operator(f); err != nil {
			return nil, fmt.Errorf("operators line %d: %w", n+1, err)
		}
	}
	for i := range l.Entries {
		l.link(int32(i))
	}
	return l, nil
}

func (l *Lexicon) weigh(word, pos string, w float32, lemma int32, own bool) {
	e, p := &l.Entries[l.entry(word)], posIndex(pos)
	if e.source[p] != 0 && !own {
		return
	}
	e.weight[p], e.source[p] = w, lemma+1
}

func (l *Lexicon) operator(f []string) error {
	class, ok := classNames[f[0]]
	if !ok || len(f) < 2 || len(f) > 3 {
		return fmt.Errorf("%q is not `class word [factor]`", strings.Join(f, " "))
	}
	var factor float64
	if len(f) == 3 {
		var err error
		if factor, err = strconv.ParseFloat(f[2], 32); err != nil {
			return err
		}
	}
	word, verb := strings.CutSuffix(f[1], "*")
	forms := []string{word}
	switch {
	case verb:
		forms = append(forms, inflect(word, "v")...)
	case class == Latent:
		forms = append(forms, inflect(word, "n")...)
	}
	for _, form := range forms {
		e := &l.Entries[l.entry(form)]
		e.Class |= class
		if class == Latent {
			e.Latent = float32(factor)
		} else if factor != 0 {
			e.Factor = float32(factor)
		}
		if head, _, phrase := strings.Cut(form, "_"); phrase && verb && class == Negate {
			if v := &l.Entries[l.entry(head)]; v.source[verbPOS] != 0 { // "failed to" weighs what "failed" does
				e := &l.Entries[l.entry(form)]
				e.weight[anyPOS], e.source[anyPOS] = v.weight[verbPOS], v.source[verbPOS]
			}
		}
	}
	return nil
}

func (l *Lexicon) entry(word string) int32 {
	if id, ok := l.words[word]; ok {
		return id
	}
	id := int32(len(l.Entries))
	l.Entries = append(l.Entries, Entry{Word: word})
	l.words[word] = id
	return id
}

// link adds the phrase of an entry to the trie.
func (l *Lexicon) link(id int32) {
	parts := strings.Split(l.Entries[id].Word, "_")
	if len(parts) == 1 {
		return
	}
	node := l.entry(parts[0])
	l.Entries[node].starts = true
	for _, p := range parts[1:] {
		key := [2]int32{node, l.entry(p)}
		next, ok := l.phrases[key]
		if !ok {
			l.ends = append(l.ends, -1)
			next = -int32(len(l.ends))
			l.phrases[key] = next
		}
		node = next
	}
	l.ends[-node-1] = id
}

// Weight is the weight of an entry for a tag, and the lemma it comes from (-1:
// none). A word listed for another part of speech only counts for less: tags err.
func (e *Entry) Weight(tag corpus.Tag) (float32, int32) {
	p := tagPOS(tag)
	if p < 0 {
		return 0, -1
	}
	if e.source[p] != 0 {
		return e.weight[p], e.source[p] - 1
	}
	if e.source[anyPOS] != 0 {
		return e.weight[anyPOS], e.source[anyPOS] - 1
	}
	if (tag == corpus.VBN || tag == corpus.VBG) && e.source[adjPOS] != 0 {
		return e.weight[adjPOS], e.source[adjPOS] - 1
	}
	for _, other := range [...]int{verbPOS, adjPOS, nounPOS} {
		if e.source[other] != 0 {
			return e.weight[other] * otherPOS, e.source[other] - 1
		}
	}
	return 0, -1
}

// otherPOS is what is left of a weight when the tag is not the listed part of speech.
const otherPOS = 0.5

// tagPOS is the part of speech of a tag; -1 for tags whose words judge nothing:
// names, numbers, prepositions ("like"), modals.
func tagPOS(t corpus.Tag) int {
	switch {
	case t.IsProper():
		return -1
	case t.IsVerb():
		return verbPOS
	case t.IsNoun():
		return nounPOS
	case t.IsAdjective():
		return adjPOS
	}
	switch t {
	case corpus.IN, corpus.TO, corpus.MD, corpus.CD, corpus.DT, corpus.PRP, corpus.PRPS, corpus.POS, corpus.CC, corpus.WDT, corpus.WP:
		return -1
	}
	return anyPOS
}

func posIndex(pos string) int {
	for i, p := range posNames {
		if p == pos {
			return i
		}
	}
	return -1
}
