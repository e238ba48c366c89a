// Package speaker says who each statement's source is: a person by the full name that
// the article gives, an organization, a group, somebody unnamed, the author, or nobody.
//
// Names are clustered first, so that "Bessent" and "the Treasury secretary" find "Scott
// Bessent" wherever he is introduced; then the article is read once from beginning to
// end to know whom "he" can mean; then each source is resolved by a list of rules, and
// the name of the rule that decided travels with the answer. Unnamed sources stay
// unnamed: a guess at a name nearby is never made for "an official".
package speaker

import (
	"slices"
	"strings"

	"onrecord/corpus"
	"onrecord/stages/internal/identity"
)

// Stage resolves speakers.
type Stage struct {
	People *People `json:",omitempty"` // what the user knows; may be nil
}

// version 1: first form, by rules.
// version 2: labels of transcripts, nicknames, unnamed persons as "he", kin, companies.
// version 3: what the user's file says; ids without middle initials and nicknames.
// version 4: candidates for pronouns are ranked.
// version 5: somebody's remarks are the person's; more nouns of persons.
// version 6: many more given names; full names from headlines; presence has a say at sources.
// version 7: owners, honours and outlets in apposition; turns of interviews and transcripts;
// the surname of several is the last one's; two countries; the central bank, the group.
// version 8: who was just spoken of by origin, party or occupation; described first and named in
// the next paragraph; organizations by the noun before their names.
// version 9: joined speakers each with a description; two surnames; ministries and officials told
// apart by the words before them; what an article calls "the bank" without naming it.
// version 10: referents of "they" and "it" are ranked.
// version 11: somebody close to a name is not that name; partners that are companies.
// version 12: owners in a source are not who speaks; the pair, the regulator, "she and X".
// version 13: owners in descriptions as written; surnames first by "Mr. Gao"; roles and openings
// that the tagger took into names; joined ones with what stands behind them; verbs without a
// subject of their own; confidence from the labelled training articles.
const version = 13

// Info says what the stage needs and adds.
func (Stage) Info() corpus.Info {
	return corpus.Info{
		Name:    "speaker",
		Version: version,
		Needs:   corpus.Blocks | corpus.Sentences | corpus.Tokens | corpus.Tags | corpus.Entities | corpus.Statements,
		Adds:    corpus.Sources | corpus.Speakers,
		Models:  []string{modelName + ":" + digest()},
	}
}

// Annotator returns the function that resolves a document's speakers.
func (s Stage) Annotator() (func(*corpus.Document) error, error) { return s.Explainer(nil) }

// Explainer is Annotator that also says why, a line a statement.
func (s Stage) Explainer(say func(line string)) (func(*corpus.Document) error, error) {
	m, err := embedded()
	if err != nil {
		return nil, err
	}
	a := &article{people: s.People, model: m}
	if say != nil {
		a.reasons = map[int32]string{}
	}
	return func(doc *corpus.Document) error {
		doc.Sources, doc.Speakers = []corpus.Source{}, []corpus.Speaker{}
		if len(doc.Statements) == 0 {
			return nil
		}
		a.read(doc)
		a.cluster()
		a.learn()
		a.follow()
		a.write(a.resolve(say))
		return nil
	}, nil
}

// write turns answers into layers. Only figures that speak, or are joined in one that
// does, become speakers.
func (a *article) write(answers []answer) {
	used := map[int32]bool{}
	var order []int32
	use := func(i int32) {
		if !used[i] {
			used[i] = true
			order = append(order, i)
		}
	}
	first := map[int32]int32{} // byte at which an unnamed speaker first speaks
	for n, ans := range answers {
		if ans.figure == nobody {
			continue
		}
		if _, ok := first[ans.figure]; !ok {
			first[ans.figure] = a.doc.Statements[n].Content[0].Start
			if source := a.doc.Statements[n].Source; len(source) > 0 {
				first[ans.figure] = source[0].Start
			}
		}
		use(ans.figure)
		for _, m := range a.figures[ans.figure].members {
			use(m)
		}
	}
	begin := func(i int32) int32 {
		if m := a.figures[i].mentions; len(m) > 0 {
			return a.doc.Tokens[m[0].Start].Start
		}
		return first[i]
	}
	slices.SortStableFunc(order, func(x, y int32) int { return int(begin(x) - begin(y)) })
	index := make(map[int32]int32, len(order))
	for n, i := range order {
		index[i] = int32(n)
	}
	for _, i := range order {
		a.doc.Speakers = append(a.doc.Speakers, a.speaker(&a.figures[i], index))
	}
	for _, ans := range answers {
		source := corpus.Source{Speaker: nobody, How: ans.how, Rule: string(ans.rule), Confidence: a.confidence(ans)}
		if ans.figure != nobody {
			source.Speaker, source.Role = index[ans.figure], ans.role
		}
		a.doc.Sources = append(a.doc.Sources, source)
	}
}

// isShouted reports whether a name is written in capitals that are no initials.
func isShouted(name string) bool {
	return len(name) > 4 && !strings.Contains(name, ".") && name == strings.ToUpper(name) && name != strings.ToLower(name)
}

func (a *article) speaker(f *figure, index map[int32]int32) corpus.Speaker {
	id := identity.ID
	if f.known > 0 {
		id = identity.ExactID // the user tells apart whom their names tell apart
	}
	name := f.name
	if f.kind == corpus.KindPerson && f.known == 0 && isShouted(name) {
		words := strings.Fields(name)
		for i, w := range words {
			words[i] = capitalized(w)
		}
		name = strings.Join(words, " ") // "JAKE HOLLANDER", only ever in a label
	}
	s := corpus.Speaker{ID: id(f.kind.String(), f.name), Name: name, Kind: f.kind,
		Roles: slices.Clone(f.roles), Aliases: slices.Clone(f.aliases), Facts: slices.Clone(a.facts(f))}
	for _, m := range f.mentions {
		s.Mentions = append(s.Mentions, corpus.Span{Start: a.doc.Tokens[m.Start].Start, End: a.doc.Tokens[m.End-1].End})
	}
	slices.SortFunc(s.Mentions, func(x, y corpus.Span) int { return int(x.Start - y.Start) })
	for _, m := range f.members {
		s.Members = append(s.Members, index[m])
	}
	return s
}
