package corpus

import "fmt"

// The names of the closed vocabularies stand in tables and on the command line;
// they are part of the format. Each list is indexed by its constants.

var layerNames = []string{"blocks", "sentences", "tokens", "tags", "entities", "arcs",
	"statements", "sources", "speakers", "tones", "stances", "labels"}

var (
	blockKindNames     = []string{"body", "headline", "boilerplate"}
	entityKindNames    = []string{"misc", "person", "organization", "place"}
	statementKindNames = []string{"indirect", "mixed", "direct"}
	howNames           = []string{"none", "named", "surname", "pronoun", "nominal", "continued"}
	speakerKindNames   = []string{"unknown", "person", "organization", "group", "unnamed", "author"}
	targetKindNames    = []string{"issue", "person", "organization", "place", "group"}
	polarityNames      = []string{"negative", "neutral", "positive"}
	positionNames      = []string{"oppose", "neutral", "support"}
	labelScopeNames    = []string{"document", "sentence", "statement"}
)

func (k BlockKind) String() string     { return name(blockKindNames, int(k)) }
func (k EntityKind) String() string    { return name(entityKindNames, int(k)) }
func (k StatementKind) String() string { return name(statementKindNames, int(k)) }
func (h How) String() string           { return name(howNames, int(h)) }
func (k SpeakerKind) String() string   { return name(speakerKindNames, int(k)) }
func (k TargetKind) String() string    { return name(targetKindNames, int(k)) }
func (p Polarity) String() string      { return name(polarityNames, int(p)+1) }
func (p Position) String() string      { return name(positionNames, int(p)+1) }
func (s LabelScope) String() string    { return name(labelScopeNames, int(s)) }

// ParsePolarity and its sisters read a name of the closed vocabulary back.
func ParsePolarity(s string) (Polarity, error) { return parse[Polarity](polarityNames, s, -1) }
func ParsePosition(s string) (Position, error) { return parse[Position](positionNames, s, -1) }
func ParseBlockKind(s string) (BlockKind, error) {
	return parse[BlockKind](blockKindNames, s, 0)
}
func ParseEntityKind(s string) (EntityKind, error) {
	return parse[EntityKind](entityKindNames, s, 0)
}
func ParseStatementKind(s string) (StatementKind, error) {
	return parse[StatementKind](statementKindNames, s, 0)
}
func ParseHow(s string) (How, error) { return parse[How](howNames, s, 0) }
func ParseSpeakerKind(s string) (SpeakerKind, error) {
	return parse[SpeakerKind](speakerKindNames, s, 0)
}
func ParseTargetKind(s string) (TargetKind, error) {
	return parse[TargetKind](targetKindNames, s, 0)
}
func ParseLabelScope(s string) (LabelScope, error) {
	return parse[LabelScope](labelScopeNames, s, 0)
}

// Names lists the single layers of the set, in chain order.
func (l Layer) Names() []string {
	var out []string
	for i, n := range layerNames {
		if l&(1<<i) != 0 {
			out = append(out, n)
		}
	}
	return out
}

// ParseLayer reads the name of a single layer.
func ParseLayer(s string) (Layer, error) {
	i, err := parse[int](layerNames, s, 0)
	return 1 << i, err
}

func name(names []string, i int) string {
	if i < 0 || i >= len(names) {
		return fmt.Sprintf("invalid(%d)", i)
	}
	return names[i]
}

func parse[T ~int | ~int8 | ~uint8](names []string, s string, first int) (T, error) {
	for i, n := range names {
		if n == s {
			return T(i + first), nil
		}
	}
	return 0, fmt.Errorf("%q is none of %q", s, names)
}
