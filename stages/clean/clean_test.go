package clean

import (
	"fmt"
	"strings"
	"testing"

	"onrecord/corpus"
	"onrecord/corpus/corpustest"
)

func cleaned(t testing.TB, doc *corpus.Document) *corpus.Document {
	t.Helper()
	run, err := Stage{}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	if err := run(doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// prose makes a full paragraph of a sentence.
func prose(sentence string) string {
	return sentence + " The ferry has lain in the harbour since the storms of January, and nobody in the town expects it to sail before the spring tides."
}

// told is a line a block: its rule, or its kind, and its first words.
func told(doc *corpus.Document) string {
	var out []string
	for _, b := range doc.Blocks {
		name := b.Rule
		if name == "" {
			name = b.Kind.String()
		}
		words := strings.Fields(b.Of(doc.Text))
		out = append(out, fmt.Sprint(name, ": ", strings.Join(words[:min(3, len(words))], " ")))
	}
	return strings.Join(out, "\n")
}

// Each line stands between two paragraphs. The rule is empty where the line is part
// of the article.
func TestRulesInMidArticle(t *testing.T) {
	for _, tt := range []struct{ line, rule string }{
		// links to other articles
		{"Port Towns Brace for a Long Summer of Protest", "related"},
		{"Will the Ferry Ever Sail Again?", "related"},
		{"Harbour Council Rejects Plan for Second Ferry.", "related"},
		{"READ MORE: What the strike means for your journey", "related"},
		{"Also read: The ferry that never was", "related"},
		{"Related", "related"},
		{"Most read", "related"},
		{"Watch the full interview below:", "related"},
		{"Read the council's letter here.", "related"},
		{"A long winter", ""},                                // a subheading
		{"Why the council gave in to the ferrymen", ""},      // sentence case
		{"Calder: Harbour Wall Will Protect Four Towns", ""}, // says who said it
		{"“We Will Never Sell the Ferry to Them”", ""},
		{"Mayor Calder Says She Would Never Sell", "related"},
		{"Mrs. Calder and Mr. Brewis met in Oslo.", ""},
		{"3. WHY OSLO CLAMPS DOWN ON TRAWLERS", ""},
		{"— Harbour Master Ines Calder, The Skerry Post", ""},
		// comments, share bars, newsletters
		{"Comments are closed.", "comments"},
		{"Join the conversation", "comments"},
		{"Share this: Facebook Twitter", "share"},
		{"Share", "share"},
		{"Share prices of ferry companies fell on the news, and the council took no notice of it at all.", ""},
		{"Sign up for our morning newsletter", "newsletter"},
		{"Subscribe to the Gazette for one crown a week", "newsletter"},
		{"Sign up for the militia, the mayor told the men of the town.", ""},
		{"Follow Tess Albright on Twitter @tessalb", "follow"},
		{"Follow the money, and you will find the ferry.", ""},
		{"tips@gazette.example", "follow"},
		// captions, credits, copyright
		{"Ada Quist via Getty Images", "credit"},
		{"Ada Quist / Reuters", "credit"},
		{"Getty Images.", "credit"},
		{"AP Photo/Ada Quist", "credit"},
		{"Photo: The Skerry Post", "credit"},
		{"(Reporting by Ada Quist; Editing by Tess Albright)", "credit"},
		{"Ada Quist contributed to this report.", "credit"},
		{"The mayor at the quay on Monday. (Ada Quist/AFP/Getty Images)", "caption"},
		{"Fishermen wait for the ferry. Photo: Ada Quist", "caption"},
		{"Reuters was first to name the buyer of the ferry.", ""},
		{"© 2026 The Skerry Post", "copyright"},
		{"Copyright 2026 The Skerry Post. All rights reserved.", "copyright"},
		{"Copyright law must change, and it must change soon.", ""},
		{"This story has been updated with a comment of the council.", "correction"},
		{"Editor’s note: The mayor regularly calls her rivals names, and " + strings.Repeat("has done so in this paper more than once, ", 6) + "for what it is worth.", "correction"},
		{"Because of an editing error, an article on Monday about the ferry misstated its length.", "correction"},
		{"This piece first appeared in The Skerry Post.", "correction"},
		{"Also on\u00a0The Skerry Post:", "related"},
		{"“Related:”", "related"},
		{"On Twitter follow Ada Quist @adaq", "follow"},
		{"Watch the video above for the mayor's plan.", "related"},
		// what pages are made of
		{"Advertisement", "page"},
		{"Story continues below advertisement", "page"},
		{"X", "page"},
		{"* * *", "separator"},
		{"___.", "separator"},
		{"9:05 p.m.", "time"},
		{"12:35 p.m. EST:", "time"},
		{"Saturday, December 19, 2015.", "time"},
		{"1,237", ""},
		{"width:100%;", "code"},
		{".facebook-bio {", "code"},
		{"<div class=ad>", "code"},
		{"Calder: the wall holds;", ""},
		// quoted words are never boilerplate
		{"“Advertisement”", ""},
		{"Comments are closed, said the mayor, and so are minds.", ""},
	} {
		text := prose("The mayor spoke on Monday.") + "\n\n" + tt.line + "\n\n" + prose("The council met again.") + "\n\n" + prose("It will vote.")
		doc := cleaned(t, &corpus.Document{Text: text})
		if len(doc.Blocks) != 4 {
			t.Errorf("%q: %d blocks, want 4", tt.line, len(doc.Blocks))
			continue
		}
		b := doc.Blocks[1]
		if b.Rule != tt.rule || (b.Kind == corpus.Boilerplate) != (tt.rule != "") || b.Of(text) != tt.line {
			t.Errorf("%q is %v by rule %q, want rule %q", b.Of(text), b.Kind, b.Rule, tt.rule)
		}
	}
}

func TestDatelines(t *testing.T) {
	for _, tt := range []struct{ dateline, rest string }{
		{"REYKJAVIK, March 3 (Northern Wire) — ", "Talks"},
		{"LONDON - ", "Talks"},
		{"LONDON (Wire) -- ", "Talks"},
		{"WASHINGTON —", "Talks"},
		{"BOSTON—", "Talks"},
		{"MANCHESTER, N.H. — ", "Talks"},
		{"DES MOINES, Iowa, Aug. 10 (Wire) – ", "Talks"},
		{"ST. JOHN'S, Newfoundland — ", "Talks"},
		{"OSLO/BERGEN, 3 March 2026 (Wire) - ", "“We"},
		{"NEW YORK, March 3 /Wire/ -- ", "Talks"},
		{"Oslo (Wire) – ", "Talks"},
		{"Dec 29 (Wire) - ", "Talks"},
		{"", "NATO - the alliance of the north - has agreed"},
		{"", "NATO agreed — after a night of talks — to meet"},
		{"", "The talks (in Oslo) – The last of the year – ended"},
		{"", "IT'S OVER! - Talks"},
		{"", "CALDER: The wall - Talks"},
		{"", "It failed — Talks"},
	} {
		text := tt.dateline + prose(tt.rest+" went on until Tuesday.")
		doc := cleaned(t, &corpus.Document{Text: "Ferry talks go on\n\n" + text})
		got := ""
		if doc.Blocks[1].Rule == "dateline" {
			got = doc.Blocks[1].Of(doc.Text)
		}
		if want := strings.TrimSpace(tt.dateline); got != want {
			t.Errorf("%q has the dateline %q, want %q", text[:40], got, want)
		}
		if last := doc.Blocks[len(doc.Blocks)-1]; !strings.HasPrefix(last.Of(doc.Text), tt.rest) {
			t.Errorf("%q: the paragraph begins %q", text[:40], last.Of(doc.Text)[:10])
		}
	}
}

func TestArticles(t *testing.T) {
	for _, tt := range []struct{ name, title, text, want string }{
		{"title and first line", "Ferry sails", "Ferry sails\nBy Ada Quist\n" + prose("It left on Monday."),
			"title: Ferry sails\nbody: By Ada Quist\nbody: It left on"},
		{"headline without a title", "", "“We will sail,” says mayor\n\n" + prose("It left on Monday."),
			"first: “We will sail,”\nbody: It left on"},
		{"title further down", "Ferry sails", "The Skerry Post\nFerry sails\n" + prose("It left on Monday."),
			"first: The Skerry Post\ntitle: Ferry sails\nbody: It left on"},
		{"links at the end", "", prose("It left on Monday.") + "\n\nRelated:\n\nThe Ferry That Never Was a Ferry",
			"body: It left on\nrelated: Related:\nrelated: The Ferry That"},
		{"unlabelled links at the end", "", prose("It left on Monday.") + "\n\nThe Ferry That Never Was a Ferry\nPort Towns Brace for a Long Summer",
			"body: It left on\nrelated: The Ferry That\nrelated: Port Towns Brace"},
		{"a single line at the end", "", prose("It left on Monday.") + "\n\nThe Ferry That Never Was a Ferry",
			"body: It left on\nbody: The Ferry That"},
		{"dateline late in the article", "", strings.Repeat(prose("It left.")+"\n", 5) + "OSLO - " + prose("It left."),
			strings.Repeat("body: It left. The\n", 5) + "body: OSLO - It"},
		{"live blog", "", strings.Repeat(prose("It left.")+"\n", 5) + "___\n9:05 p.m.\nOSLO (Wire) — " + prose("It came."),
			strings.Repeat("body: It left. The\n", 5) + "separator: ___\ntime: 9:05 p.m.\ndateline: OSLO (Wire) —\nbody: It came. The"},
		{"hard-wrapped text", "", strings.Repeat("The ferry has lain in the harbour since the storms of the winter\nand nobody in the town expects it to sail before the long spring\ntides.\n\n", 5),
			strings.TrimSuffix(strings.Repeat("body: The ferry has\n", 5), "\n")},
		{"a note on the author", "", "Why I like the ferry\nBy Ada Quist\n" + prose("It left on Monday.") + "\n" + prose("It came.") + "\nAda Quist is a lecturer in history at Skerry College.",
			"first: Why I like\nbody: By Ada Quist\nbody: It left on\nbody: It came. The\nauthor: Ada Quist is"},
		{"no note: the article speaks of her", "", "Ferry sails\n" + prose("It left on Monday, Quist wrote.") + "\n" + prose("It came.") + "\nAda Quist is a lecturer in history at Skerry College.",
			"first: Ferry sails\nbody: It left on\nbody: It came. The\nbody: Ada Quist is"},
		{"nothing", "", " \n\ufeff\n", ""},
	} {
		doc := cleaned(t, &corpus.Document{Text: tt.text, Meta: corpus.Meta{Title: tt.title}})
		if got := told(doc); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

func TestPhrasesFile(t *testing.T) {
	if _, err := readPhrases(phraseFile); err != nil {
		t.Error(err)
	}
	last := ""
	for line := range strings.Lines(phraseFile) {
		if line[0] == '#' {
			continue
		}
		if line <= last {
			t.Errorf("phrases.txt: %q stands after %q: keep it sorted by bytes, without repeats", line, last)
		}
		last = line
	}
	for file, want := range map[string]string{"share begin\n": "has no words", "share behind Tweet\n": `place "behind"`} {
		if _, err := readPhrases(file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q in it", file, err, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("OSLO, March 3 (Wire) — It left.\n\n___\n9:05 p.m.\n", "")
	f.Add("Ferry sails\r\nThe Ferry That Never Was a Ferry\u2028\u00a0\ufeff“x”", "Ferry sails")
	f.Add("(Reporting by Ada Quist)\nwidth:1;\n© 2026\nPhoto: É", " ")
	f.Fuzz(func(t *testing.T, text, title string) {
		text = strings.ToValidUTF8(text, "\ufffd")
		doc := cleaned(t, &corpus.Document{Text: text, Meta: corpus.Meta{Title: title}})
		if doc.Blocks == nil {
			t.Fatal("no layer")
		}
		if err := corpustest.Check(doc); err != nil {
			t.Fatalf("%v in %q", err, text)
		}
		again := cleaned(t, &corpus.Document{Text: text, Meta: corpus.Meta{Title: title}})
		if told(doc) != told(again) {
			t.Fatalf("a second pass differs: %q", text)
		}
	})
}

func BenchmarkClean(b *testing.B) {
	text := strings.Repeat("OSLO (Wire) — "+prose("It left on Monday.")+"\n\nThe Ferry That Never Was a Ferry\nComments are closed\n9:05 p.m.\n\n", 50)
	run, err := Stage{}.Annotator()
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		doc := corpus.Document{Text: text}
		if err := run(&doc); err != nil {
			b.Fatal(err)
		}
	}
}
