package clean

import (
	"regexp"
	"strings"

	"onrecord/corpus"
)

// authorNote: "Ada Quist is a lecturer in history at Skerry College." Behind an
// opinion it tells who wrote it.
var authorNote = regexp.MustCompile(`^(\p{Lu}[\p{L}.'-]+(?: \p{Lu}[\p{L}.'-]*){1,3})(?:, [^.]{3,120},)? (?:is|was|edits|hosts|chairs|teaches|writes)\b.*\b` +
	`(?:authors?|columnist|editor|professor|fellow|contributors?|historian|director|founder|president|reporter|writer|correspondent|lecturer|analyst|book|podcast|column|playwright[\w-]*)\b`)

// author marks the last block of a text as boilerplate if it introduces somebody
// whom the article itself, but for a line with his name, does not mention.
func author(blocks []corpus.Block, text string) {
	const longest, byline = 400, 60
	if len(blocks) < 4 {
		return
	}
	last := &blocks[len(blocks)-1]
	line := plain(last.Of(text))
	if last.Kind != corpus.Body || len(line) > longest || quotes(line) {
		return
	}
	found := authorNote.FindStringSubmatch(line)
	if found == nil {
		return
	}
	surname := found[1][strings.LastIndexByte(found[1], ' ')+1:]
	for _, b := range blocks[:len(blocks)-1] {
		if said := plain(b.Of(text)); len(said) > byline && strings.Contains(said, surname) {
			return
		}
	}
	last.Kind, last.Rule = corpus.Boilerplate, "author"
}
