package stance

import (
	"strings"
	"testing"

	"onrecord/corpus"
)

func scorer(t testing.TB) *Scorer {
	t.Helper()
	sc, err := NewScorer()
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

// statement makes a document of one attribution; entities are marked in the text by
// {person:...}, {organization:...} or {place:...}, the parts by |: source | cue | content.
func statement(t *testing.T, sc *Scorer, marked string, speakers ...corpus.Speaker) *corpus.Document {
	t.Helper()
	var text strings.Builder
	var entities []corpus.Span
	var kinds []corpus.EntityKind
	var parts [3]corpus.Span
	part := 0
	for i := 0; i < len(marked); i++ {
		switch c := marked[i]; c {
		case '|':
			parts[part].End = int32(text.Len())
			part++
			parts[part].Start = int32(text.Len())
			if marked[i+1] == ' ' {
				parts[part].Start++
			}
		case '{':
			kind, name, ok := strings.Cut(marked[i+1:i+strings.IndexByte(marked[i:], '}')], ":")
			k := strings.Index("person      organizationplace", kind)
			if !ok || k < 0 {
				t.Fatalf("bad mark in %q", marked)
			}
			kinds = append(kinds, corpus.EntityKind(k/12)+corpus.Person)
			entities = append(entities, corpus.Span{Start: int32(text.Len()), End: int32(text.Len() + len(name))})
			text.WriteString(name)
			i += len(kind) + len(name) + 2
		default:
			text.WriteByte(c)
		}
	}
	parts[2].End = int32(text.Len())
	doc := &corpus.Document{}
	if err := sc.read(doc, text.String()+"."); err != nil {
		t.Fatal(err)
	}
	doc.Entities = []corpus.Entity{}
	for i, e := range entities {
		var span corpus.Span
		for k, tok := range doc.Tokens {
			if tok.Start == e.Start {
				span.Start = int32(k)
			}
			if tok.End == e.End {
				span.End = int32(k) + 1
			}
		}
		doc.Entities = append(doc.Entities, corpus.Entity{Span: span, Kind: kinds[i]})
	}
	doc.Statements = []corpus.Statement{{Source: parts[:1:1], Cue: parts[1:2:2], Content: parts[2:]}}
	doc.Sources = []corpus.Source{{Speaker: -1}}
	doc.Tones = []corpus.Tone{{}}
	doc.Speakers = append([]corpus.Speaker{}, speakers...)
	return doc
}

// positions lists targets and labels, "oppose Ruritania".
func positions(t *testing.T, sc *Scorer, doc *corpus.Document) string {
	t.Helper()
	if err := sc.annotate(doc); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range doc.Stances {
		out = append(out, s.Label.String()+" "+s.Target)
	}
	return strings.Join(out, ", ")
}

func TestTargetsOfAStatement(t *testing.T) {
	tests := []struct{ marked, want string }{
		{"The envoy| accused |{place:Ruritania} of harming fishermen", "oppose Ruritania"},
		{"The envoy| said |we do not agree with {place:Ruritania}'s restrictive approach", "oppose Ruritania"},
		{"The envoy| praised |{person:Alma Brandt} over {person:Peter Holm}", "support Alma Brandt, oppose Peter Holm"},
		{"The envoy| said |the visit should ease tensions between {place:Ruritania} and {place:Graustark}", "support visit, neutral Ruritania, neutral Graustark"},
		{"The union| rejected |the new export rules", "oppose new export rules"},
		{"The clerk| said |{person:Alma Brandt} will speak on Tuesday", "neutral Alma Brandt"},
		{"The clerk| said |the office has nine rooms", ""},
		{"The mayor| called for |a ceasefire", "support ceasefire"},
		{"The mayor| asked the court |to open the old archive", "support opening old archive"},
		{"The court| rejected |a request to open the old archive", "oppose opening old archive"},
		{"The mayor| said |it was a mistake to close the harbor", "oppose closing harbor"},
		{"The mayor| said |the rebels attacked the bridge", ""},
		{"The mayor| said |the council must repeal the new fee", "oppose new fee"},
		{"The board| rejected |a {organization:Ruritanian Times} request to print the files", "neutral Ruritanian Times, oppose printing files"},
		{"The mayor| called |the old treaty a disgrace", "oppose old treaty"},
		{"The envoy| expressed |hope for progress in the upcoming talks", "support upcoming talks"},
		{"The mayor| attacked |{person:Alma Brandt} for her support of the new canal", "oppose Alma Brandt, oppose new canal"},
		{"The board| embraced |a new method", "support new method"},
		{"The mayor| said |he wants the inspectors to leave", ""},
	}
	sc := scorer(t)
	for _, tt := range tests {
		doc := statement(t, sc, tt.marked)
		if got := positions(t, sc, doc); got != tt.want {
			t.Errorf("%q: got %q, want %q\n%s", doc.Text, got, tt.want, explain(t, doc))
		}
	}
}

func explain(t *testing.T, doc *corpus.Document) string {
	var b strings.Builder
	annotate, err := Stage{}.Explainer(func(s string) { b.WriteString(s + "\n") })
	if err != nil {
		t.Fatal(err)
	}
	if err := annotate(doc); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSurnameIsTheSpeakerOfTheDocument(t *testing.T) {
	sc := scorer(t)
	holm := corpus.Speaker{ID: "0123456789abcdef", Name: "Peter Holm", Kind: corpus.KindPerson}
	doc := statement(t, sc, "The envoy| condemned |{person:Holm}", holm)
	if got := positions(t, sc, doc); got != "oppose Peter Holm" {
		t.Fatalf("got %q", got)
	}
	if s := doc.Stances[0]; s.TargetID != holm.ID || s.TargetKind != corpus.TargetPerson {
		t.Errorf("target id %q, kind %s; want the speaker's", s.TargetID, s.TargetKind)
	}
}

func TestAliasIsTheSpeaker(t *testing.T) {
	sc := scorer(t)
	body := corpus.Speaker{ID: "0123456789abcdef", Name: "International Grain Office", Kind: corpus.KindOrganization, Aliases: []string{"IGO"}}
	doc := statement(t, sc, "The envoy| praised |the {organization:IGO}", body)
	if got := positions(t, sc, doc); got != "support International Grain Office" {
		t.Errorf("got %q", got)
	}
}

func TestTwoPersonsOfOneSurnameStayApart(t *testing.T) {
	sc := scorer(t)
	doc := statement(t, sc, "The envoy| said |he trusts {person:Anna Holm} and despises {person:Peter Holm}")
	if got := positions(t, sc, doc); !strings.Contains(got, "oppose Peter Holm") || !strings.Contains(got, "Anna Holm") {
		t.Errorf("got %q", got)
	}
}

func TestTheSpeakerIsNoTargetOfItself(t *testing.T) {
	sc := scorer(t)
	doc := statement(t, sc, "{person:Holm}| said |{person:Holm} failed", corpus.Speaker{ID: "x", Name: "Peter Holm", Kind: corpus.KindPerson})
	doc.Sources[0].Speaker = 0
	if got := positions(t, sc, doc); got != "" {
		t.Errorf("got %q, want no target", got)
	}
}

func TestTheSpeakerMayPraiseItself(t *testing.T) {
	sc := scorer(t)
	for marked, want := range map[string]string{
		"{person:Holm}| said |\"I have good judgment\"":       "support Peter Holm",
		"{person:Holm}| touted |his record":                   "support Peter Holm",
		"{person:Holm}| said |he met the clerk on Monday":     "",
		"{person:Holm}| said |\"the harbor is a disgrace\"":   "oppose harbor",
		"{person:Holm}| said |\"we have made good progress\"": "",
	} {
		doc := statement(t, sc, marked, corpus.Speaker{ID: "x", Name: "Peter Holm", Kind: corpus.KindPerson})
		doc.Sources[0].Speaker = 0
		if got := positions(t, sc, doc); got != want {
			t.Errorf("%q: got %q, want %q", doc.Text, got, want)
		}
	}
}

func TestAnIssueIsTakenUpAgain(t *testing.T) {
	sc := scorer(t)
	for marked, want := range map[string]string{
		"The mayor| rejected |the new fee": "oppose new fee",
		"The mayor| rejected |this plan":   "oppose plan",
	} {
		if got := positions(t, sc, statement(t, sc, marked)); got != want {
			t.Errorf("%q: got %q, want %q", marked, got, want)
		}
	}
	doc := statement(t, sc, "The mayor| rejected |this plan")
	const before = "The envoy praised the new canal. "
	two := &corpus.Document{}
	if err := sc.read(two, before+doc.Text); err != nil {
		t.Fatal(err)
	}
	shift := func(spans []corpus.Span) (out []corpus.Span) {
		for _, s := range spans {
			out = append(out, corpus.Span{Start: s.Start + int32(len(before)), End: s.End + int32(len(before))})
		}
		return out
	}
	st := doc.Statements[0]
	two.Statements = []corpus.Statement{
		{Cue: []corpus.Span{{Start: 10, End: 17}}, Content: []corpus.Span{{Start: 18, End: 31}}},
		{Cue: shift(st.Cue), Content: shift(st.Content)},
	}
	two.Sources = []corpus.Source{{Speaker: -1}, {Speaker: -1}}
	two.Tones = []corpus.Tone{{}, {}}
	two.Speakers = []corpus.Speaker{}
	if got, want := positions(t, sc, two), "support new canal, oppose new canal"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhomACueCriticisesIsSomebodyElse(t *testing.T) {
	sc := scorer(t)
	doc := statement(t, sc, "{person:Peter Holm} met {person:Karl Brandt}. {person:Holm}| criticised |him", corpus.Speaker{ID: "x", Name: "Peter Holm", Kind: corpus.KindPerson})
	doc.Sources[0].Speaker = 0
	if got := positions(t, sc, doc); got != "oppose Karl Brandt" {
		t.Errorf("got %q", got)
	}
}

func TestIDDependsOnKindAndFoldedName(t *testing.T) {
	if targetID(corpus.TargetPerson, "José  Núñez") != targetID(corpus.TargetPerson, "Jose Nunez") {
		t.Error("accents and spaces change the id")
	}
	if targetID(corpus.TargetPerson, "Holm") == targetID(corpus.TargetOrganization, "Holm") {
		t.Error("the kind does not change the id")
	}
	if len(targetID(corpus.TargetIssue, "export rules")) != 16 {
		t.Error("the id has not 16 digits")
	}
}

func TestNamesDoNotMoveStance(t *testing.T) {
	sc := scorer(t)
	for _, frame := range []string{"The envoy accused [%s] of lying.", "We trust [%s] and its people.", "Officials met [%s] on Monday."} {
		want := float32(2)
		for _, name := range []string{"Peter Holm", "Grace Hope", "Victor Good", "Ruritania", "China", "Donald Trump", "Hillary Clinton", "Will Power", "Hassan Rouhani"} {
			plain, target := unmark(strings.ReplaceAll(frame, "%s", name))
			st, err := sc.Score(plain, target)
			if err != nil {
				t.Fatal(err)
			}
			got := st.Score
			if want == 2 {
				want = got
			}
			if max(got-want, want-got) > 0.02 {
				t.Errorf("%q scores %.3f, with another name %.3f", plain, got, want)
			}
		}
	}
}

func TestMissingLayersAreErrors(t *testing.T) {
	sc := scorer(t)
	doc := statement(t, sc, "The envoy| praised |{person:Alma Brandt}")
	doc.Sources = nil
	if err := sc.annotate(doc); err == nil {
		t.Error("a document without sources was annotated")
	}
	doc.Tags = nil
	if err := sc.annotate(doc); err == nil {
		t.Error("a document without tags was annotated")
	}
}

func BenchmarkStance(b *testing.B) {
	sc := scorer(b)
	doc := &corpus.Document{}
	text := strings.Repeat("The minister accused Peter Holm of lying and said the plan would harm families in the capital. "+
		"Officials met on Monday to discuss the terms of the agreement with their partners from Ruritania. ", 40)
	if err := sc.read(doc, text); err != nil {
		b.Fatal(err)
	}
	for _, s := range doc.Sentences {
		doc.Statements = append(doc.Statements, corpus.Statement{
			Content: []corpus.Span{{Start: doc.Tokens[s.Start].Start, End: doc.Tokens[s.End-1].End}}})
		doc.Sources = append(doc.Sources, corpus.Source{Speaker: -1})
		doc.Tones = append(doc.Tones, corpus.Tone{})
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := sc.annotate(doc); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(doc.Tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
}

// unmark takes the brackets off a target.
func unmark(s string) (string, corpus.Span) {
	from, to := strings.IndexByte(s, '['), strings.IndexByte(s, ']')
	return s[:from] + s[from+1:to] + s[to+1:], corpus.Span{Start: int32(from), End: int32(to - 1)}
}

func TestExplainNamesRelationsAndWords(t *testing.T) {
	doc := statement(t, scorer(t), "The envoy| accused |{person:Peter Holm} of lying")
	all := explain(t, doc)
	for _, want := range []string{`"Peter Holm": oppose`, `"accused" weighs`, "object", "learned of this mention", `by "accused"`} {
		if !strings.Contains(all, want) {
			t.Errorf("explanation lacks %s:\n%s", want, all)
		}
	}
}

func TestStressedWordsAreNoTargets(t *testing.T) {
	sc := scorer(t)
	for marked, want := range map[string]string{
		"The envoy| said |{organization:NO} judge would trust this corrupt office": "",
		"The envoy| condemned |the {organization:WHO}":                             "oppose WHO",
	} {
		doc := statement(t, sc, marked)
		if got := positions(t, sc, doc); got != want {
			t.Errorf("%q: got %q, want %q", doc.Text, got, want)
		}
	}
}

// TestConfidenceFallsWithDepth has one attack on the person whom the statement is about
// and one on a person named in passing.
func TestConfidenceFallsWithDepth(t *testing.T) {
	sc := scorer(t)
	confidence := func(marked string) float32 {
		doc := statement(t, sc, marked)
		if err := sc.annotate(doc); err != nil {
			t.Fatal(err)
		}
		for _, s := range doc.Stances {
			if s.Target == "Alma Brandt" && s.Label == corpus.Oppose {
				return s.Confidence
			}
		}
		t.Fatalf("no position against Alma Brandt in %q", doc.Text)
		return 0
	}
	near := confidence("The envoy| said |{person:Alma Brandt} is a liar")
	far := confidence("The envoy| said |the law was written for the friends of the brother of the liar {person:Alma Brandt}")
	if near <= far {
		t.Errorf("confidence %.2f in what the statement is about, %.2f in what it names in passing", near, far)
	}
}
