package tag

import (
	"strings"
	"testing"

	"onrecord/corpus"
)

func annotator(t testing.TB) func(*corpus.Document) error {
	annotate, err := Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	return annotate
}

// TestNames promises who and what is found in sentences of world news.
func TestNames(t *testing.T) {
	for name, test := range map[string]struct {
		text []string
		want []string
	}{
		"surname that is a pronoun": {
			[]string{"Vice Premier He Lifeng led the Chinese side ."},
			[]string{"person He Lifeng", "misc Chinese"}},
		"surname that is a pronoun begins the sentence": {
			[]string{"He Lifeng told reporters that the talks were long ."},
			[]string{"person He Lifeng"}},
		"a pronoun stays one": {
			[]string{"He told reporters that the talks were long ."},
			nil},
		"surname that is a month, and the month": {
			[]string{"Theresa May , the prime minister , said she would resign .", "May has told her cabinet that May 5 is too late ."},
			[]string{"person Theresa May", "person May"}},
		"surname that is an adjective": {
			[]string{"Young told the panel that he may run again ."},
			[]string{"person Young"}},
		"given name that is a verb": {
			[]string{"Will Hurd , a former congressman , will speak in Austin ."},
			[]string{"person Will Hurd", "place Austin"}},
		"acronym in parentheses": {
			[]string{"The International Monetary Fund ( IMF ) raised its forecast .", "The IMF said growth would slow ."},
			[]string{"organization International Monetary Fund", "organization IMF", "organization IMF"}},
		"acronym with a numeral": {
			[]string{"The Group of Seven ( G7 ) agreed on Sunday to act ."},
			[]string{"organization Group of Seven", "organization G7"}},
		"title, office and name": {
			[]string{"Danish Finance Minister Lena Sorvik said he does not agree ."},
			[]string{"misc Danish", "person Lena Sorvik"}},
		"particles": {
			[]string{"Ursula von der Leyen , president of the European Commission , met Xi Jinping in Beijing ."},
			[]string{"person Ursula von der Leyen", "organization European Commission", "person Xi Jinping", "place Beijing"}},
		"accents": {
			[]string{"Viktor Orbán praised Péter Szijjártó in Budapest ."},
			[]string{"person Viktor Orbán", "person Péter Szijjártó", "place Budapest"}},
		"legal forms": {
			[]string{"Analysts at Goldman Sachs Group Inc. said so ."},
			[]string{"organization Goldman Sachs Group Inc."}},
		"surname after the full name": {
			[]string{"Marta Telvik chairs the panel .", "The panel met Telvik on Monday ."},
			[]string{"person Marta Telvik", "person Telvik"}},
	} {
		t.Run(name, func(t *testing.T) {
			doc := tokenised(test.text...)
			if err := annotator(t)(doc); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range doc.Entities {
				got = append(got, e.Kind.String()+" "+doc.Text[doc.Tokens[e.Start].Start:doc.Tokens[e.End-1].End])
			}
			if strings.Join(got, "; ") != strings.Join(test.want, "; ") {
				t.Errorf("got  %q\nwant %q\nin   %s", got, test.want, marked(doc))
			}
		})
	}
}

// TestTags promises the parts of speech that attribution stands on.
func TestTags(t *testing.T) {
	for _, want := range []string{
		`The/DT minister/NN said/VBD that/IN prices/NNS would/MD rise/VB ./.`,
		`“/` + "``" + ` We/PRP are/VBP ready/JJ ,/, ”/'' said/VBD Smith/NNP ,/, who/WP leads/VBZ the/DT union/NN ./.`,
		`She/PRP told/VBD reporters/NNS that/IN she/PRP had/VBD agreed/VBN ,/, adding/VBG that/IN talks/NNS went/VBD well/RB ./.`,
		`His/PRP$ claim/NN that/IN taxes/NNS fell/VBD was/VBD rejected/VBN by/IN the/DT bank/NN 's/POS economist/NN ./.`,
		`According/VBG to/TO the/DT report/NN ,/, growth/NN slowed/VBD sharply/RB ./.`,
	} {
		var words []string
		for _, pair := range strings.Split(want, " ") {
			words = append(words, pair[:strings.LastIndex(pair, "/")])
		}
		doc := tokenised(strings.Join(words, " "))
		if err := annotator(t)(doc); err != nil {
			t.Fatal(err)
		}
		var got []string
		for i, token := range doc.Tokens {
			got = append(got, token.Of(doc.Text)+"/"+doc.Tags[i].String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
		}
	}
}

// TestDocumentsDoNotLeak promises that an article is tagged the same whatever came before.
func TestDocumentsDoNotLeak(t *testing.T) {
	annotate := annotator(t)
	alone, after := tokenised("Talks with Telvik failed ."), tokenised("Talks with Telvik failed .")
	if err := annotate(alone); err != nil {
		t.Fatal(err)
	}
	if err := annotate(tokenised("Prime Minister Marta Telvik resigned .", "Telvik Corp. said Telvik was sold .")); err != nil {
		t.Fatal(err)
	}
	if err := annotate(after); err != nil {
		t.Fatal(err)
	}
	if marked(alone) != marked(after) {
		t.Errorf("alone %s\nafter another article %s", marked(alone), marked(after))
	}
}

func TestOddTokens(t *testing.T) {
	doc := tokenised("\u00e9 \u00c9 \u00c3 \u2019 \u2019s ( G ) 7 \U0001F600 \u4e2d\u56fd a")
	if err := annotator(t)(doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Tags) != len(doc.Tokens) {
		t.Errorf("%d tags for %d tokens", len(doc.Tags), len(doc.Tokens))
	}
	empty := &corpus.Document{}
	if err := annotator(t)(empty); err != nil {
		t.Fatal(err)
	}
	if empty.Tags == nil || empty.Entities == nil {
		t.Error("an empty document has no layers; want empty ones")
	}
}

// tokenised makes a document of lines of tokens set apart by spaces.
func tokenised(lines ...string) *corpus.Document {
	doc := &corpus.Document{Text: strings.Join(lines, "\n")}
	at := int32(0)
	for _, line := range lines {
		first := int32(len(doc.Tokens))
		for _, token := range strings.Split(line, " ") {
			doc.Tokens = append(doc.Tokens, corpus.Span{Start: at, End: at + int32(len(token))})
			at += int32(len(token)) + 1
		}
		doc.Sentences = append(doc.Sentences, corpus.Span{Start: first, End: int32(len(doc.Tokens))})
	}
	return doc
}

// marked shows tags and names in the text: "[person He/NNP Lifeng/NNP] spoke/VBD".
func marked(doc *corpus.Document) string {
	var b strings.Builder
	e := 0
	for i, t := range doc.Tokens {
		if i > 0 {
			b.WriteString(" ")
		}
		if e < len(doc.Entities) && int(doc.Entities[e].Start) == i {
			b.WriteString("[" + doc.Entities[e].Kind.String() + " ")
		}
		b.WriteString(t.Of(doc.Text) + "/" + doc.Tags[i].String())
		if e < len(doc.Entities) && int(doc.Entities[e].End) == i+1 {
			b.WriteString("]")
			e++
		}
	}
	return b.String()
}
