package speaker

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"onrecord/corpus"
	"onrecord/stages/tag"
)

// TestSpeakers promises who speaks. Articles are written a sentence a line, tokens set
// apart by spaces, an empty line between paragraphs; each line with [content] is a
// statement, whose {source} and <cue> are marked.
func TestSpeakers(t *testing.T) {
	for name, test := range map[string]struct {
		article string
		want    []string // how, kind and name, a line a statement
	}{
		"surname and full name": {`
			German Finance Minister Lars Telkamp arrived in Brussels .
			{ Telkamp } < said > [ the talks were hard ] .`,
			[]string{"surname person Lars Telkamp"}},
		"surname before the full name": {`
			{ Telkamp } < warned > [ that prices would rise ] .
			Lars Telkamp leads the ministry .`,
			[]string{"surname person Lars Telkamp"}},
		"surname that is a pronoun": {`
			{ Vice Premier He Lifeng } < said > [ the talks were long ] .
			{ He } < added > [ that they would go on ] .`,
			[]string{"named person He Lifeng", "pronoun person He Lifeng"}},
		"gender by title and name": {`
			Marta Olsen met Peter Brandt in Oslo .
			{ She } < said > [ the deal was done ] .
			{ He } < disagreed with > [ the terms ] .
			{ Ms. Olsen } < insisted on > [ a vote ] .`,
			[]string{"pronoun person Marta Olsen", "pronoun person Peter Brandt", "surname person Marta Olsen"}},
		"two of one surname": {`
			Senator Paul Novak and his wife Irina Novak spoke in Prague .
			{ Mrs. Novak } < said > [ it was late ] .
			{ Mr. Novak } < said > [ it was early ] .`,
			[]string{"surname person Irina Novak", "surname person Paul Novak"}},
		"title in front, title alone": {`
			{ U.S. Treasury Secretary Scott Ballard } < said > [ trade would grow ] .
			{ The secretary } < praised > [ the plan ] .`,
			[]string{"named person Scott Ballard", "nominal person Scott Ballard"}},
		"title and office with a preposition": {`
			{ Secretary of State John Ballard } < said > [ trade would grow ] .`,
			[]string{"named person John Ballard"}},
		"apposition after the name": {`
			{ Donna Kerr , the deputy chairwoman of the union , } < said > [ the vote was fair ] .
			{ The chairwoman } < called > [ it a success ] .`,
			[]string{"named person Donna Kerr", "nominal person Donna Kerr"}},
		"apposition before the name": {`
			{ A lawyer for the dock workers , David Kerr , } < said > [ the strike would go on ] .`,
			[]string{"named person David Kerr"}},
		"acronym": {`
			The International Monetary Fund ( IMF ) met in Paris .
			{ The IMF } < said > [ growth would slow ] .
			{ The fund } < urged > [ calm ] .`,
			[]string{"named organization International Monetary Fund", "nominal organization International Monetary Fund"}},
		"agency named inside its description": {`
			Talks went well , < according to > { China 's Xinhua news agency } , [ which was there ] .`,
			[]string{"named organization Xinhua"}},
		"joined": {`
			{ China and the United States } < have agreed > [ to talk ] .`,
			[]string{"named group China and United States"}},
		"they after two persons": {`
			Premier He Lifeng and Secretary Scott Ballard spoke on Saturday .
			{ They } < agreed > [ to meet ] .`,
			[]string{"pronoun group He Lifeng and Scott Ballard"}},
		"unnamed stay unnamed": {`
			Scott Ballard spoke on Saturday .
			{ A senior campaign official } < said > [ the bill would fail ] .
			{ The official } < added > [ that nobody would miss it ] .`,
			[]string{"nominal unnamed senior campaign official", "nominal unnamed senior campaign official"}},
		"groups": {`
			{ Many older voters } < fear > [ higher prices ] .
			{ These voters } < want > [ change ] .`,
			[]string{"nominal group many older voters", "nominal group many older voters"}},
		"somebody's advisers": {`
			Maria Lund leads the poll .
			{ Advisers to Ms. Lund } < say > [ she will win ] .`,
			[]string{"nominal group advisers to Lund"}},
		"the author": {`
			{ I } < doubt > [ that it will last ] .`,
			[]string{"pronoun author author"}},
		"no source": {`
			Peter Brandt spoke .
			It < is expected > [ that it will rain ] .`,
			[]string{"none"}},
		"continued quotation": {`
			[ “ We are ready , ” ] { Peter Brandt } < said > .
			[ “ Nobody will stop us . ” ]`,
			[]string{"named person Peter Brandt", "continued person Peter Brandt"}},
		"participle": {`
			{ Peter Brandt } < said > [ he was ready ] .
			It was late , < adding > [ that nobody would stop him ] .`,
			[]string{"named person Peter Brandt", "none"}},
		"relative clause": {`
			Peter Brandt , { who } < told > reporters [ that he was ready ] , left .`,
			[]string{"pronoun person Peter Brandt"}},
		"two presidents": {`
			French President Yves Morel met U.S. President Donald Kerr .
			{ The French president } < said > [ it was late ] .
			{ The U.S. president } < said > [ it was early ] .
			{ The two leaders } < agreed > [ to meet ] .`,
			[]string{"nominal person Yves Morel", "nominal person Donald Kerr", "nominal group Yves Morel and Donald Kerr"}},
		"office in a name with a preposition": {`
			{ Bank of Japan Governor Kazuo Mori } < said > [ no ] .
			{ The governor } < said > [ yes ] .`,
			[]string{"named person Kazuo Mori", "nominal person Kazuo Mori"}},
		"somebody's spokesman": {`
			{ Prime Minister Paul Brandt 's spokesman } < said > [ no ] .
			{ The prime minister } < said > [ yes ] .`,
			[]string{"nominal unnamed Paul Brandt's spokesman", "nominal person Paul Brandt"}},
		"the agency that reported": {`
			{ Reuters } < reported > [ that it rained ] .
			{ The news agency } < said > [ that it snowed ] .`,
			[]string{"named organization Reuters", "nominal organization Reuters"}},
		"people described by an adjective": {`
			{ Two people familiar with the matter } < said > [ no ] .`,
			[]string{"nominal group two people familiar with the matter"}},
		"surname without its accents": {`
			{ Hungarian Foreign Minister Péter Szabó } < said > [ no ] .
			{ Szabo } < said > [ yes ] .`,
			[]string{"named person Péter Szabó", "surname person Péter Szabó"}},
		"short form of a bank": {`
			{ Analysts at Goldman Sachs } < expect > [ a rise ] .
			{ Goldman } < said > [ no ] .`,
			[]string{"nominal group analysts at Goldman Sachs", "named organization Goldman Sachs"}},
		"place that stands for a government": {`
			{ Beijing } < said > [ it would respond ] .`,
			[]string{"named organization Beijing"}},
	} {
		t.Run(name, func(t *testing.T) {
			doc := written(t, test.article)
			annotate(t, doc)
			if got := answers(doc); !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q\nin %s", got, test.want, strings.ReplaceAll(test.article, "\t", ""))
			}
		})
	}
}

func TestRoles(t *testing.T) {
	doc := written(t, `
		{ U.S. Treasury Secretary Scott Ballard } < said > [ trade would grow ] .
		{ Donna Kerr , the deputy chairwoman of the union , } < said > [ the vote was fair ] .
		{ International Monetary Fund ( IMF ) chief Karin Lund } < voiced > [ hope ] .
		{ Mr. Ballard } < said > [ so too ] .`)
	annotate(t, doc)
	want := []string{"U.S. Treasury Secretary", "deputy chairwoman of the union", "International Monetary Fund ( IMF ) chief", "U.S. Treasury Secretary"}
	for i, s := range doc.Sources {
		if s.Role != want[i] {
			t.Errorf("role %d is %q, want %q", i, s.Role, want[i])
		}
	}
}

func TestIDIsStableAcrossDocuments(t *testing.T) {
	first := written(t, `
		{ Marta Olsen } < said > [ it was late ] .`)
	second := written(t, `
		Peter Brandt met Marta Olsen .
		{ Brandt } < agreed to > [ it ] .
		{ Olsen } < said > [ it was early ] .`)
	annotate(t, first)
	annotate(t, second)
	a, b := first.Speakers[first.Sources[0].Speaker], second.Speakers[second.Sources[1].Speaker]
	if a.ID != b.ID || len(a.ID) != 16 {
		t.Errorf("%q has id %q in one article and %q in another, want the same 16 digits", a.Name, a.ID, b.ID)
	}
}

func TestMentionsAndMembers(t *testing.T) {
	doc := written(t, `
		Peter Brandt met Marta Olsen .
		{ Brandt and Olsen } < agreed > [ to meet ] .`)
	annotate(t, doc)
	speaker := doc.Speakers[doc.Sources[0].Speaker]
	var members []string
	for _, m := range speaker.Members {
		for _, s := range doc.Speakers[m].Mentions {
			members = append(members, s.Of(doc.Text))
		}
	}
	if want := []string{"Peter Brandt", "Brandt", "Marta Olsen", "Olsen"}; !slices.Equal(members, want) {
		t.Errorf("members of %q are mentioned as %q, want %q", speaker.Name, members, want)
	}
}

// TestAnySourceIsAnswered lays a source over every stretch of an article: whatever the
// stage before marks, each statement gets one answer that refers to a speaker or nobody.
func TestAnySourceIsAnswered(t *testing.T) {
	doc := written(t, `
		“ The ÉU 's chief , Marta Olsen ( born 1960 ) , who led the Group of Seven ( G7 ) , told him : It ”
		and his wife , most of whom they said Mr. , `+"`` '' the"+` .`)
	n := int32(len(doc.Tokens))
	for i := range n {
		for j := i; j <= n; j++ {
			span := corpus.Span{Start: doc.Tokens[i].Start, End: doc.Tokens[i].Start}
			if j > i {
				span.End = doc.Tokens[j-1].End
			}
			st := corpus.Statement{Content: []corpus.Span{{Start: 0, End: 3}}, Source: []corpus.Span{span}}
			doc.Statements = []corpus.Statement{st, st}
			annotate(t, doc)
			if len(doc.Sources) != 2 {
				t.Fatalf("source %q: %d sources for 2 statements", span.Of(doc.Text), len(doc.Sources))
			}
			for _, s := range doc.Sources {
				if s.Speaker < -1 || int(s.Speaker) >= len(doc.Speakers) || (s.Speaker < 0) != (s.How == corpus.HowNone) {
					t.Fatalf("source %q: speaker %d of %d by %s", span.Of(doc.Text), s.Speaker, len(doc.Speakers), s.How)
				}
				if s.Speaker >= 0 && (doc.Speakers[s.Speaker].Name == "" || !utf8.ValidString(doc.Speakers[s.Speaker].Name)) {
					t.Fatalf("source %q: speaker is called %q", span.Of(doc.Text), doc.Speakers[s.Speaker].Name)
				}
			}
		}
	}
}

func TestExplainerNamesTheRule(t *testing.T) {
	var lines []string
	explain, err := Stage{}.Explainer(func(line string) { lines = append(lines, line) })
	if err != nil {
		t.Fatal(err)
	}
	doc := written(t, `
		Marta Olsen met Peter Brandt in Oslo .
		{ She } < said > [ the deal was done ] .`)
	if err := explain(doc); err != nil {
		t.Fatal(err)
	}
	if len(lines) != 1 || !strings.Contains(lines[0], "Marta Olsen") || !strings.Contains(lines[0], "pronoun") {
		t.Errorf("explained as %q", lines)
	}
	lines = nil
	doc = written(t, `
		Marta Olsen met Karin Lund in Oslo .
		{ She } < said > [ the deal was done ] .`)
	if err := explain(doc); err != nil {
		t.Fatal(err)
	}
	if len(lines) != 1 || !regexp.MustCompile(`candidates "Marta Olsen" 0\.\d\d \(presence .*, "Karin Lund" 0\.\d\d`).MatchString(lines[0]) {
		t.Errorf("explained as %q, want both candidates with their probabilities", lines)
	}
	lines = nil
	doc = written(t, `
		French President Yves Morel met U.S. President Donald Kerr .
		{ The French president } < said > [ it was late ] .`)
	if err := explain(doc); err != nil {
		t.Fatal(err)
	}
	if len(lines) != 1 || !regexp.MustCompile(`by rule role, .*; weighed "Yves Morel" \d\.\d\d, "Donald Kerr" -?\d\.\d\d`).MatchString(lines[0]) {
		t.Errorf("explained as %q, want both presidents with their scores", lines)
	}
}

func annotate(t testing.TB, doc *corpus.Document) {
	resolve, err := Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	if err := resolve(doc); err != nil {
		t.Fatal(err)
	}
}

func answers(doc *corpus.Document) []string {
	var out []string
	for _, s := range doc.Sources {
		if s.Speaker < 0 {
			out = append(out, s.How.String())
			continue
		}
		speaker := doc.Speakers[s.Speaker]
		out = append(out, fmt.Sprintf("%s %s %s", s.How, speaker.Kind, speaker.Name))
	}
	return out
}

// written reads the notation of TestSpeakers and tags it.
func written(t testing.TB, notation string) *corpus.Document {
	doc := &corpus.Document{}
	var text strings.Builder
	start := int32(0)
	paragraph := func() {
		if int(start) < text.Len() {
			doc.Blocks = append(doc.Blocks, corpus.Block{Span: corpus.Span{Start: start, End: int32(text.Len())}})
		}
		text.WriteString("\n\n")
		start = int32(text.Len())
	}
	for line := range strings.Lines(strings.TrimPrefix(notation, "\n")) {
		words := strings.Fields(line)
		if len(words) == 0 {
			paragraph()
			continue
		}
		first := int32(len(doc.Tokens))
		st := corpus.Statement{Sentence: int32(len(doc.Sentences)), Confidence: 1}
		var open corpus.Span
		quotes := 0
		for _, w := range words {
			if int(start) < text.Len() && !strings.ContainsAny(w, "{}[]<>") {
				text.WriteByte(' ')
			}
			at := int32(text.Len())
			switch w {
			case "{", "[", "<":
				open.Start = at + 1
				if at == start {
					open.Start = at
				}
			case "}":
				st.Source = append(st.Source, corpus.Span{Start: open.Start, End: at})
			case "]":
				st.Content = append(st.Content, corpus.Span{Start: open.Start, End: at})
			case ">":
				st.Cue = append(st.Cue, corpus.Span{Start: open.Start, End: at})
			default:
				if w == "“" {
					quotes++
				}
				text.WriteString(w)
				doc.Tokens = append(doc.Tokens, corpus.Span{Start: at, End: int32(text.Len())})
			}
		}
		doc.Sentences = append(doc.Sentences, corpus.Span{Start: first, End: int32(len(doc.Tokens))})
		if len(st.Content) > 0 {
			if quotes > 0 {
				st.Kind = corpus.Direct
			}
			doc.Statements = append(doc.Statements, st)
		}
	}
	paragraph()
	doc.Text = text.String()
	annotate, err := tag.Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	if err := annotate(doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestFirstPersonInAQuotationIsItsSpeaker: of “I think it is late,” Marta Olsen said, both
// the quotation and what "I" thinks are hers.
func TestFirstPersonInAQuotationIsItsSpeaker(t *testing.T) {
	doc := written(t, `
		Peter Brandt listened in Oslo .
		[ “ I think it is late , ” ] { Marta Olsen } < said > .`)
	whole := doc.Statements[0].Content[0]
	at := func(words string) corpus.Span {
		start := whole.Start + int32(strings.Index(whole.Of(doc.Text), words))
		return corpus.Span{Start: start, End: start + int32(len(words))}
	}
	doc.Statements = append(doc.Statements, corpus.Statement{Content: []corpus.Span{at("it is late")},
		Cue: []corpus.Span{at("think")}, Source: []corpus.Span{at("I")}, Sentence: 1})
	annotate(t, doc)
	if got, want := answers(doc), []string{"named person Marta Olsen", "pronoun person Marta Olsen"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
