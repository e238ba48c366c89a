package stages

import (
	"fmt"

	"onrecord/corpus"
	"onrecord/stages/clean"
	"onrecord/stages/parse"
	"onrecord/stages/quote"
	"onrecord/stages/segment"
	"onrecord/stages/speaker"
	"onrecord/stages/stance"
	"onrecord/stages/tag"
	"onrecord/stages/tone"
)

// Options are the choices a user has about the chain as a whole. The zero value
// is what the program does by default.
type Options struct {
	MinConfidence float32           // statements below this calibrated confidence are left out, [0, 1]
	People        *speaker.People   // what the user knows of those who speak; may be nil
	Targets       *stance.Watchlist // what the user wants to see positions on; may be nil
}

// Chain is the list of stages, in order.
func Chain(o Options) []Stage {
	return []Stage{
		clean.Stage{},
		segment.Stage{},
		tag.Stage{},
		parse.Stage{},
		quote.Stage{MinConfidence: o.MinConfidence},
		speaker.Stage{People: o.People},
		tone.Stage{},
		stance.Stage{Targets: o.Targets},
	}
}

// From is the part of the chain that begins with the named stage.
func From(chain []Stage, name string) ([]Stage, error) {
	for i, s := range chain {
		if s.Info().Name == name {
			return chain[i:], nil
		}
	}
	names := make([]string, len(chain))
	for i, s := range chain {
		names[i] = s.Info().Name
	}
	return nil, fmt.Errorf("no stage %q; the chain is %v", name, names)
}

// Added is the union of the layers that the stages add.
func Added(chain []Stage) corpus.Layer {
	var l corpus.Layer
	for _, s := range chain {
		l |= s.Info().Adds
	}
	return l
}
