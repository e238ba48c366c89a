package stance

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"onrecord/corpus"
	"onrecord/stages/internal/identity"
)

// kindNames are the kinds under which targets are hashed: those of speakers, so that a
// target that speaks in another article has the same id there. A place is meant as its government.
var kindNames = map[corpus.TargetKind]string{
	corpus.TargetPerson:       corpus.KindPerson.String(),
	corpus.TargetOrganization: corpus.KindOrganization.String(),
	corpus.TargetPlace:        corpus.KindOrganization.String(),
	corpus.TargetGroup:        corpus.KindGroup.String(),
	corpus.TargetIssue:        corpus.TargetIssue.String(),
}

// targetID is the id of a target that is no speaker of the document; the scheme is Speaker.ID's.
func targetID(kind corpus.TargetKind, name string) string {
	return identity.ID(kindNames[kind], name)
}

// fold removes what spellings of a name may differ in: case, accents, the shape of
// apostrophes and hyphens, full stops, the amount of white space.
func fold(name string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '.':
			continue
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case r == '\u2019' || r == '\u2018':
			r = '\''
		case r == '\u2010' || r == '\u2011' || r == '\u2013':
			r = '-'
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
