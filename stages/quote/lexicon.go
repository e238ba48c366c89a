package quote

import (
	"bufio"
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

//go:embed words.txt
var wordsFile string

//go:embed irregular.txt
var irregularFile string

//go:embed cues.txt
var cuesFile string // lemma, part, seen, cue, with a clause, with a thing; see train_cues.go

// class is a set of closed word classes; see words.txt.
type class uint32

const (
	isBe class = 1 << iota
	isHave
	isDo
	isNot
	isPrep
	isCuePrep
	isSub
	isWh
	isRel
	isThat
	isTo
	isTime
	isLight
	isChain
	isHearer
	isDet
	isPossessive
	isObjective
	isBy
	isOf
	isAccording
	isSeem
	isAdjunct
)

var classNames = map[string]class{"be": isBe, "have": isHave, "do": isDo, "not": isNot, "prep": isPrep,
	"cueprep": isCuePrep, "sub": isSub, "wh": isWh, "rel": isRel, "that": isThat, "to": isTo, "time": isTime,
	"light": isLight, "chain": isChain, "hearer": isHearer, "det": isDet,
	"possessive": isPossessive, "objective": isObjective, "by": isBy, "of": isOf, "according": isAccording,
	"seem": isSeem, "adjunct": isAdjunct}

// part is the part of speech of a cue's lemma.
type part uint8

const (
	verbCue part = iota
	nounCue
	adjectiveCue
	numParts
)

var partNames = [numParts]string{"verb", "noun", "adjective"}

// lexeme is what is known of a word form: its classes, and for each part of
// speech the index of its lemma's counts, or 0.
type lexeme struct {
	class class
	lemma [numParts]int32
}

// counts are what the training articles say of a lemma outside quotations.
type counts struct {
	lemma          string
	hash           uint32 // of lemma
	seen, cue      int32  // times it was there, and times it headed a cue
	clause, things int32  // times it did so with a clause and with a noun phrase after it
}

// rate is the share of cues.
func (c *counts) rate() float32 {
	if c.seen == 0 {
		return 0
	}
	return float32(c.cue) / float32(c.seen)
}

// takesClauses reports whether a cue governs clauses rather than things: what
// looks like its object is then the subject of a clause.
func (l *lexicon) takesClauses(lemma int32) bool {
	c := &l.lemmas[lemma]
	return c.clause > 2*c.things
}

// lexicon is shared by all annotators and read only.
type lexicon struct {
	words  map[string]lexeme
	lemmas []counts // the first stands for none
}

// readLexicon builds the lexicon out of the closed classes and a list of cues.
func readLexicon(cues string) (*lexicon, error) {
	l := &lexicon{words: make(map[string]lexeme, 8192), lemmas: make([]counts, 1)}
	err := lines("words.txt", wordsFile, func(f []string) error {
		x := l.words[f[0]]
		for _, name := range f[1:] {
			c, ok := classNames[name]
			if !ok {
				return fmt.Errorf("unknown class %q", name)
			}
			x.class |= c
		}
		l.words[f[0]] = x
		return nil
	})
	if err != nil {
		return nil, err
	}
	forms := make(map[string][]string)
	if err := lines("irregular.txt", irregularFile, func(f []string) error {
		forms[f[0]] = f[1:]
		return nil
	}); err != nil {
		return nil, err
	}
	if err := l.readCues(cues, forms); err != nil {
		return nil, err
	}
	return l, nil
}

// lines calls read with the fields of every line that is not empty or a comment.
func lines(name, file string, read func(fields []string) error) error {
	s := bufio.NewScanner(strings.NewReader(file))
	for n := 1; s.Scan(); n++ {
		line := strings.TrimSpace(s.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if err := read(strings.Fields(line)); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return s.Err()
}

// readCues reads lines of "lemma part seen cue clause things".
func (l *lexicon) readCues(file string, irregular map[string][]string) error {
	return lines("cues.txt", file, func(f []string) error {
		if len(f) != 6 {
			return fmt.Errorf("%d fields, want 6", len(f))
		}
		p, err := named[part](partNames[:], f[1])
		if err != nil {
			return err
		}
		c := counts{lemma: f[0], hash: hashOf([]byte(f[0]))}
		for i, n := range [...]*int32{&c.seen, &c.cue, &c.clause, &c.things} {
			v, err := strconv.ParseInt(f[2+i], 10, 32)
			if err != nil {
				return err
			}
			*n = int32(v)
		}
		l.lemmas = append(l.lemmas, c)
		l.addForms(f[0], p, int32(len(l.lemmas))-1, irregular)
		return nil
	})
}

func named[T ~uint8](names []string, s string) (T, error) {
	for i, n := range names {
		if n == s {
			return T(i), nil
		}
	}
	return 0, fmt.Errorf("%q is none of %q", s, names)
}

func (l *lexicon) addForms(lemma string, p part, i int32, irregular map[string][]string) {
	add := func(form string) {
		x := l.words[form]
		// Of two lemmas the commoner: "said" is of "say", though it was taken for a lemma too.
		if old := x.lemma[p]; old == 0 || l.lemmas[old].seen < l.lemmas[i].seen {
			x.lemma[p] = i
			l.words[form] = x
		}
	}
	add(lemma)
	switch p {
	case verbCue:
		for _, f := range irregular[lemma] {
			add(f)
		}
		if n := len(irregular[lemma]); n == 0 {
			add(suffixed(lemma, "ed"))
		}
		add(suffixed(lemma, "ing"))
		add(suffixed(lemma, "s"))
	case nounCue:
		add(suffixed(lemma, "s"))
	}
}

// suffixed joins a regular ending to a lemma.
func suffixed(lemma, ending string) string {
	stem, last := lemma[:len(lemma)-1], lemma[len(lemma)-1]
	consonantY := last == 'y' && len(stem) > 0 && !strings.ContainsRune("aeou", rune(stem[len(stem)-1]))
	switch {
	case ending == "s" && consonantY:
		return stem + "ies"
	case ending == "s" && (last == 's' || last == 'x' || last == 'z' || strings.HasSuffix(lemma, "ch") || strings.HasSuffix(lemma, "sh")):
		return lemma + "es"
	case ending == "ed" && last == 'e':
		return lemma + "d"
	case ending == "ed" && consonantY:
		return stem + "ied"
	case ending == "ing" && strings.HasSuffix(lemma, "ie"):
		return lemma[:len(lemma)-2] + "ying"
	case ending == "ing" && last == 'e' && !strings.HasSuffix(lemma, "ee"):
		return stem + "ing"
	}
	return lemma + ending
}
