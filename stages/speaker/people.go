package speaker

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"onrecord/corpus"
	"onrecord/stages/internal/identity"
)

// People is what a user knows of those who speak, beyond what an article says: which
// names are one person's, and facts about them. It never changes after [ReadPeople].
// A nil *People knows nobody.
type People struct {
	list     []Known
	forms    map[string]int   // index of each name and alias, folded
	surnames map[string][]int // indexes of persons by family name, folded
}

// Known is somebody or something a user knows.
type Known struct {
	Name    string             `json:"name"` // canonical
	Kind    corpus.SpeakerKind `json:"kind"` // person, organization or group
	Aliases []string           `json:"aliases,omitempty"`
	Facts   []corpus.Fact      `json:"facts,omitempty"` // wikidata, country, party, then the user's labels by name
}

// Len is the number of those known.
func (p *People) Len() int {
	if p == nil {
		return 0
	}
	return len(p.list)
}

// Labels are the names of the user's own labels, those of any entry, sorted.
func (p *People) Labels() []string {
	var out []string
	if p == nil {
		return out
	}
	for _, k := range p.list {
		for _, f := range k.Facts {
			if !slices.Contains(factKeys, f.Name) && !slices.Contains(out, f.Name) {
				out = append(out, f.Name)
			}
		}
	}
	slices.Sort(out)
	return out
}

// Find is the entry with this name or alias; case, accents and full stops don't matter.
func (p *People) Find(form string) (Known, bool) {
	if i := p.find(identity.Fold(form)); i >= 0 {
		return p.list[i], true
	}
	return Known{}, false
}

// MarshalJSON gives a digest, for fingerprints: whatever can change a result enters it,
// comments and order of the file don't.
func (p *People) MarshalJSON() ([]byte, error) {
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(p.list); err != nil {
		return nil, err
	}
	return json.Marshal("sha256:" + hex.EncodeToString(h.Sum(nil)))
}

// find is the index of the entry with a folded form of a name, or nobody.
func (p *People) find(folded string) int {
	if p == nil {
		return nobody
	}
	if i, ok := p.forms[folded]; ok {
		return i
	}
	return nobody
}

// add takes an entry in; the error names the entry that has one of its names already.
func (p *People) add(k Known) error {
	n := len(p.list)
	for _, form := range append([]string{k.Name}, k.Aliases...) {
		folded := identity.Fold(form)
		switch i, ok := p.forms[folded]; {
		case folded == "":
			return fmt.Errorf("%q is no name", form)
		case ok && i == n:
			return fmt.Errorf("%q is written twice", form)
		case ok:
			return fmt.Errorf("%q is also a name of %s; who is meant by it?", form, p.list[i].Name)
		}
		p.forms[folded] = n
	}
	p.list = append(p.list, k)
	if k.Kind == corpus.KindPerson {
		if words := strings.Fields(k.Name); len(words) > 1 {
			_, _, family := personName(words)
			p.surnames[family] = append(p.surnames[family], n)
		}
	}
	return nil
}

// bySurname is the only person known by a folded family name, or nobody.
func (p *People) bySurname(family string) int {
	if p == nil || len(p.surnames[family]) != 1 {
		return nobody
	}
	return p.surnames[family][0]
}
