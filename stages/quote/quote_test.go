package quote

import (
	"fmt"
	"strings"
	"testing"

	"onrecord/corpus"
	"onrecord/stages/parse"
)

// tagged makes a document of words with their tags: "He/PRP left/VBD ./.". A line
// is a paragraph; a full stop, question or exclamation mark outside quotation
// marks ends a sentence.
func tagged(t testing.TB, s string) *corpus.Document {
	t.Helper()
	doc := &corpus.Document{Layers: corpus.Layers{Entities: []corpus.Entity{}}}
	var b strings.Builder
	for n, line := range strings.Split(s, "\n") {
		if n > 0 {
			b.WriteString("\n\n")
		}
		block := corpus.Span{Start: int32(b.Len())}
		first, glue, quoted := int32(len(doc.Tokens)), true, false
		for _, w := range strings.Fields(line) {
			i := strings.LastIndexByte(w, '/')
			word, name := w[:i], w[i+1:]
			tag, err := corpus.ParseTag(name)
			if err != nil {
				t.Fatalf("%s: %v", w, err)
			}
			switch tag {
			case corpus.OpenQuote:
				quoted = true
			case corpus.CloseQuote:
				quoted, glue = false, true
			case corpus.Comma, corpus.Period, corpus.POS, corpus.RRB:
				glue = true
			case corpus.Colon:
				glue = word == ":" || word == ";"
			}
			if strings.HasPrefix(word, "n't") {
				glue = true
			}
			if !glue {
				b.WriteByte(' ')
			}
			at := int32(b.Len())
			b.WriteString(word)
			doc.Tokens = append(doc.Tokens, corpus.Span{Start: at, End: int32(b.Len())})
			doc.Tags = append(doc.Tags, tag)
			glue = tag == corpus.OpenQuote || tag == corpus.LRB
			if tag == corpus.Period && !quoted {
				doc.Sentences = append(doc.Sentences, corpus.Span{Start: first, End: int32(len(doc.Tokens))})
				first = int32(len(doc.Tokens))
			}
		}
		if int(first) < len(doc.Tokens) {
			doc.Sentences = append(doc.Sentences, corpus.Span{Start: first, End: int32(len(doc.Tokens))})
		}
		block.End = int32(b.Len())
		doc.Blocks = append(doc.Blocks, corpus.Block{Span: block})
	}
	doc.Text = b.String()
	run, err := parse.Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	if err := run(doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// told prints statements one a line: kind, source, cue, content.
func told(doc *corpus.Document) string {
	var b strings.Builder
	for _, st := range doc.Statements {
		fmt.Fprintf(&b, "%s: %s <%s> %s\n", st.Kind, texts(doc.Text, st.Source), texts(doc.Text, st.Cue), texts(doc.Text, st.Content))
	}
	return b.String()
}

func TestStatements(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "The/DT train/NN left/VBD ./.", ""},
		{"that", "The/DT mayor/NN said/VBD that/IN the/DT bridge/NN was/VBD safe/JJ ./.",
			"indirect: The mayor <said> that the bridge was safe\n"},
		{"clause without that", "The/DT mayor/NN said/VBD the/DT bridge/NN was/VBD safe/JJ ./.",
			"indirect: The mayor <said> the bridge was safe\n"},
		{"auxiliaries and adverb join the cue", "Critics/NNS have/VBP also/RB said/VBN the/DT plan/NN would/MD fail/VB ./.",
			"indirect: Critics <have also said> the plan would fail\n"},
		{"negated", "She/PRP did/VBD not/RB say/VB whether/IN she/PRP would/MD run/VB ./.",
			"indirect: She <did not say> whether she would run\n"},
		{"infinitive", "The/DT union/NN vowed/VBD to/TO fight/VB the/DT cuts/NNS ./.",
			"indirect: The union <vowed> to fight the cuts\n"},
		{"preposition in the cue", "The/DT union/NN called/VBD for/IN higher/JJR wages/NNS ./.",
			"indirect: The union <called for> higher wages\n"},
		{"accused of", "Farmers/NNS have/VBP accused/VBN the/DT ministry/NN of/IN delay/NN ./.",
			"indirect: Farmers <have accused> the ministry of delay\n"},
		{"hearer stays outside", "The/DT coach/NN told/VBD reporters/NNS that/IN he/PRP would/MD stay/VB ./.",
			"indirect: The coach <told> that he would stay\n"},
		{"apposition", "Ada/NNP Moore/NNP ,/, a/DT doctor/NN in/IN Leeds/NNP ,/, said/VBD the/DT ward/NN was/VBD full/JJ ./.",
			"indirect: Ada Moore, a doctor in Leeds <said> the ward was full\n"},
		{"office", "A/DT spokesman/NN for/IN the/DT port/NN said/VBD ships/NNS were/VBD waiting/VBG ./.",
			"indirect: A spokesman for the port <said> ships were waiting\n"},
		{"relative pronoun", "The/DT guard/NN ,/, who/WP said/VBD he/PRP saw/VBD smoke/NN ,/, ran/VBD ./.",
			"indirect: who <said> he saw smoke\n"},
		{"trailing", "The/DT bridge/NN was/VBD safe/JJ ,/, the/DT mayor/NN said/VBD ./.",
			"indirect: the mayor <said> The bridge was safe\n"},
		{"parenthetical", "The/DT bridge/NN ,/, which/WDT is/VBZ old/JJ ,/, the/DT mayor/NN said/VBD ,/, was/VBD safe/JJ ./.",
			"indirect: the mayor <said> The bridge, which is old || was safe\n"},
		{"according to, in front", "According/VBG to/TO the/DT survey/NN ,/, most/JJS shops/NNS lost/VBD money/NN ./.",
			"indirect: the survey <According to> most shops lost money\n"},
		{"according to, behind", "Most/JJS shops/NNS lost/VBD money/NN ,/, according/VBG to/TO the/DT survey/NN ./.",
			"indirect: the survey <according to> Most shops lost money\n"},
		{"shared subject", "The/DT mayor/NN said/VBD the/DT bridge/NN was/VBD safe/JJ ,/, adding/VBG that/IN it/PRP would/MD reopen/VB ./.",
			"indirect: The mayor <said> the bridge was safe\nindirect: The mayor <adding> that it would reopen\n"},
		{"attitude", "The/DT senator/NN wants/VBZ to/TO close/VB the/DT plant/NN ./.",
			"indirect: The senator <wants> to close the plant\n"},
		{"nested speech is content", "The/DT aide/NN said/VBD the/DT minister/NN believed/VBD the/DT talks/NNS had/VBD failed/VBN ./.",
			"indirect: The aide <said> the minister believed the talks had failed\n"},
		{"nominal cue", "The/DT storm/NN came/VBD after/IN his/PRP$ claim/NN that/IN the/DT dam/NN was/VBD safe/JJ ./.",
			"indirect: his <claim> that the dam was safe\n"},
		{"direct, behind", "“/`` We/PRP will/MD stay/VB ,/, ”/'' the/DT minister/NN said/VBD ./.",
			"direct: the minister <said> “We will stay,”\n"},
		{"direct, inverted", "“/`` We/PRP will/MD stay/VB ,/, ”/'' said/VBD Ada/NNP Moore/NNP ,/, the/DT minister/NN ./.",
			"direct: Ada Moore, the minister <said> “We will stay,”\n"},
		{"direct, in front", "The/DT minister/NN said/VBD ,/, “/`` We/PRP will/MD stay/VB ./. ”/''",
			"direct: The minister <said> “We will stay.”\n"},
		{"direct, after a colon on its own line", "The/DT minister/NN added/VBD :/:\n“/`` We/PRP will/MD stay/VB for/IN now/RB ./. ”/''",
			"direct: The minister <added:> “We will stay for now.”\n"},
		{"direct, a question", "“/`` Will/MD you/PRP stay/VB ?/. ”/'' she/PRP asked/VBD ./.",
			"direct: she <asked> “Will you stay?”\n"},
		{"direct, around the cue", "“/`` We/PRP will/MD stay/VB ,/, ”/'' he/PRP said/VBD ,/, “/`` for/IN the/DT time/NN being/VBG ./. ”/''",
			"direct: he <said> “We will stay,” || “for the time being.”\n"},
		{"direct, goes on without a cue", "“/`` We/PRP will/MD stay/VB ,/, ”/'' he/PRP said/VBD ./. “/`` It/PRP is/VBZ our/PRP$ home/NN ./. ”/''",
			"direct: he <said> “We will stay,” || “It is our home.”\n"},
		{"several paragraphs", "“/`` We/PRP will/MD stay/VB ,/, ”/'' he/PRP said/VBD ./. “/`` It/PRP is/VBZ our/PRP$ home/NN ./.\n“/`` We/PRP built/VBD it/PRP ./. ”/''",
			"direct: he <said> “We will stay,” || “It is our home. || “We built it.”\n"},
		{"several paragraphs, the cue in the last", "“/`` It/PRP is/VBZ our/PRP$ home/NN ./.\n“/`` We/PRP built/VBD it/PRP ,/, ”/'' he/PRP said/VBD ./.",
			"direct: he <said> “It is our home. || “We built it,”\n"},
		{"attitude without a source", "The/DT bridge/NN is/VBZ expected/VBN to/TO reopen/VB ./.",
			"indirect:  <is expected> The bridge || to reopen\n"},
		{"noun of a light verb", "The/DT mayor/NN expressed/VBD hope/NN that/IN the/DT bridge/NN would/MD reopen/VB ./.",
			"indirect: The mayor <expressed hope> that the bridge would reopen\n"},
		{"bracket in a name", "The/DT Harbour/NNP Workers/NNPS Union/NNP (/-LRB- HWU/NNP )/-RRB- said/VBD it/PRP would/MD strike/VB ./.",
			"indirect: The Harbour Workers Union (HWU) <said> it would strike\n"},
		{"no main clause before a comma", "When/WRB the/DT bridge/NN reopened/VBD ,/, the/DT mayor/NN said/VBD no/DT word/NN ./.",
			"indirect: the mayor <said> no word\n"},
		{"British", "‘/`` We/PRP don’t/VBP know/VB ,/, ’/'' she/PRP said/VBD ./.",
			"direct: she <said> ‘We don’t know,’\n"},
		{"mixed", "He/PRP called/VBD the/DT plan/NN “/`` a/DT disgrace/NN ”/'' ./.",
			"mixed: He <called> the plan “a disgrace”\n"},
		{"dash behind", "“/`` We/PRP shall/MD not/RB be/VB moved/VBN from/IN here/RB ./. ”/'' —/: Ada/NNP Moore/NNP",
			"direct: Ada Moore <—> “We shall not be moved from here.”\n"},
		{"interview", "Q/NN :/: Did/VBD it/PRP rain/VB ?/.\nMOORE/NNP :/: It/PRP did/VBD ./.\nQ/NN :/: Much/RB ?/.",
			"indirect: Q <:> Did it rain?\nindirect: MOORE <:> It did\nindirect: Q <:> Much?\n"},
		{"unclosed mark", "The/DT minister/NN said/VBD :/: “/`` We/PRP will/MD stay/VB ./.\nThe/DT train/NN left/VBD ./.",
			"direct: The minister <said:> “We will stay.\n"},
		{"title of a work", "“/`` The/DT Long/NNP Road/NNP ”/'' won/VBD a/DT prize/NN ./.", ""},
		{"word at arm's length", "The/DT “/`` expert/NN ”/'' left/VBD ./.", ""},
		{"one label alone is no turn", "CORRECTION/NN :/: The/DT date/NN was/VBD wrong/JJ ./.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := tagged(t, c.text)
			run, err := Stage{}.Annotator()
			if err != nil {
				t.Fatal(err)
			}
			if err := run(doc); err != nil {
				t.Fatal(err)
			}
			if got := told(doc); got != c.want {
				t.Errorf("%s\n got %s\nwant %s", doc.Text, got, c.want)
			}
		})
	}
}

func TestEmptyDocument(t *testing.T) {
	doc := &corpus.Document{Layers: corpus.Layers{Blocks: []corpus.Block{}, Sentences: []corpus.Span{}, Tokens: []corpus.Span{}, Tags: []corpus.Tag{}, Entities: []corpus.Entity{}, Arcs: []corpus.Arc{}}}
	run, err := Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	if err := run(doc); err != nil {
		t.Fatal(err)
	}
	if doc.Statements == nil || len(doc.Statements) != 0 {
		t.Errorf("statements %v, want an empty slice that is not nil", doc.Statements)
	}
}

func TestMinConfidenceLeavesOut(t *testing.T) {
	const text = "The/DT mayor/NN said/VBD that/IN the/DT bridge/NN was/VBD safe/JJ ./."
	for _, c := range []struct {
		min  float32
		want int
	}{{0, 1}, {0.99, 0}} {
		doc := tagged(t, text)
		run, err := Stage{MinConfidence: c.min}.Annotator()
		if err != nil {
			t.Fatal(err)
		}
		if err := run(doc); err != nil {
			t.Fatal(err)
		}
		if len(doc.Statements) != c.want {
			t.Errorf("at %.2f: %d statements, want %d", c.min, len(doc.Statements), c.want)
		}
	}
}

func TestExplainerSaysWhy(t *testing.T) {
	var said []string
	run, err := Stage{}.Explainer(func(line string) { said = append(said, line) })
	if err != nil {
		t.Fatal(err)
	}
	doc := tagged(t, "The/DT aide/NN said/VBD the/DT minister/NN believed/VBD the/DT talks/NNS had/VBD failed/VBN ./.")
	if err := run(doc); err != nil {
		t.Fatal(err)
	}
	all := strings.Join(said, "\n")
	for _, want := range []string{`cue "said" in frame clause`, "content 0.", "source 0.", "accepted", `word "believed"`, "clause it stands in -", "hardly a cue", "confidence"} {
		if !strings.Contains(all, want) {
			t.Errorf("nothing said of %q in:\n%s", want, all)
		}
	}
}

// TestWhyNot asks about places where nothing was found, each for its own reason, and
// about one where something was.
func TestWhyNot(t *testing.T) {
	const that = "The/DT aide/NN said/VBD the/DT minister/NN believed/VBD the/DT talks/NNS had/VBD failed/VBN ./. Rain/NN fell/VBD on/IN the/DT “/`` roof/NN ”/'' ./."
	for _, c := range []struct {
		name, place string
		want        []string
		not         string
	}{
		{"found", "the minister believed the talks had failed", []string{`cue "said" in frame clause`, "likeness 1.00, number 1 of", "so: a statement is given there"}, `word "fell"`},
		{"nested", "the talks had failed", []string{`word "believed"`, "statement by rule clause, cue \"said\"", "so: "}, `word "fell"`},
		{"no cue", "Rain fell on the “roof”", []string{`word "fell"`, "nobody's", "so: no word near it is likely enough a cue"}, `word "believed"`},
		{"no words", " ", []string{"so: there are no words"}, `word "`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var said []string
			run, err := Stage{}.WhyNot(func(line string) { said = append(said, line) })
			if err != nil {
				t.Fatal(err)
			}
			doc, plain := tagged(t, that), tagged(t, that)
			i := int32(strings.Index(doc.Text, c.place))
			if err := run(doc, corpus.Span{Start: i, End: i + int32(len(c.place))}); err != nil {
				t.Fatal(err)
			}
			all := strings.Join(said, "\n")
			for _, want := range c.want {
				if !strings.Contains(all, want) {
					t.Errorf("nothing said of %q in:\n%s", want, all)
				}
			}
			if strings.Contains(all, c.not) {
				t.Errorf("%q has nothing to do with it:\n%s", c.not, all)
			}
			annotate, err := Stage{}.Annotator()
			if err != nil {
				t.Fatal(err)
			}
			if err := annotate(plain); err != nil {
				t.Fatal(err)
			}
			if told(doc) != told(plain) {
				t.Errorf("asked: %s\nnot asked: %s", told(doc), told(plain))
			}
			if err := run(doc, corpus.Span{Start: 5, End: int32(len(doc.Text)) + 1}); err == nil {
				t.Error("a place outside the text is no error")
			}
		})
	}
}

func TestFactsAreNamed(t *testing.T) {
	if got, want := len(cueFactNames), numCueFacts; got != want {
		t.Errorf("%d names for %d kinds of facts about cues", got, want)
	}
	if got, want := len(worthFactNames), numWorthFacts-worthOdds; got != want {
		t.Errorf("%d names for %d kinds of facts about candidates", got, want)
	}
}

func BenchmarkAnnotate(b *testing.B) {
	const unit = "“/`` We/PRP will/MD stay/VB ,/, ”/'' the/DT minister/NN said/VBD on/IN Tuesday/NNP ./. Critics/NNS have/VBP accused/VBN the/DT ministry/NN of/IN delay/NN ,/, adding/VBG that/IN it/PRP would/MD fail/VB ./.\n"
	doc := tagged(b, strings.TrimSpace(strings.Repeat(unit, 200)))
	run, err := Stage{}.Annotator()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := run(doc); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(doc.Tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
}
