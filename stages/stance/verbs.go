package stance

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"onrecord/stages/internal/polarity"
)

//go:embed verbs.txt
var verbsText string

// verbClass says what a verb means for what stands around it.
type verbClass uint8

const (
	holder  verbClass = 1 << iota // its subject judges its object
	victim                        // its object suffers
	against                       // done to what one opposes
	inFavor                       // done to what one supports
	wish                          // its object is supported
)

var verbClasses = map[string]verbClass{"holder": holder, "victim": victim, "against": against, "for": inFavor, "wish": wish}

// verbs holds every inflected form.
var verbs = sync.OnceValues(func() (map[string]verbClass, error) {
	out := map[string]verbClass{}
	for n, line := range strings.Split(verbsText, "\n") {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		class, ok := verbClasses[f[0]]
		if !ok || len(f) != 2 {
			return nil, fmt.Errorf("verbs.txt line %d: %q is not `class verb`", n+1, line)
		}
		out[f[1]] |= class
		for _, form := range polarity.VerbForms(f[1]) {
			out[form] |= class
		}
	}
	return out, nil
})
