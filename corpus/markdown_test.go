package corpus

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestMarkdownIsReadForWhatItShows(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{"“We stay,” Mayor **Ines Kol** said on [Monday](https://x.example/a_b \"a title\").", "“We stay,” Mayor Ines Kol said on Monday."},
		{"She called it *shameful*, _truly_ so, and ***very* late.", "She called it shameful, truly so, and ***very* late."},
		{"a __strong__ word, ~~gone~~, snake_case_name, 2 * 3 * 4, 5*", "a strong word, gone, snake_case_name, 2 * 3 * 4, 5*"},
		{"**Ada Quist:** we pay. *“No,”* she said.", "Ada Quist: we pay. “No,” she said."},
		{"“They [the unions] lied,” [he said][1].\n\n[1]: https://x.example/y", "“They [the unions] lied,” he said."},
		{"He said [sic] (as they say) so.", "He said [sic] (as they say) so."},
		{"Before ![a ship *at* sea](ship.png) after", "Before  after"},
		{"[![logo](a.png)](https://x.example) Ferry sails", "Ferry sails"},
		{"A line\nthat goes on\nand ends.\n\nNext.", "A line that goes on and ends.\n\nNext."},
		{"A hard  \nbreak\\\nhere", "A hard\n\nbreak\n\nhere"},
		{strings.Repeat("A line that is a paragraph by itself. ", 4) + "\nNext.", strings.TrimSpace(strings.Repeat("A line that is a paragraph by itself. ", 4)) + "\n\nNext."},
		{"## The talks ##\nFailed.", "The talks\n\nFailed."},
		{"The talks\n=====\nFailed.", "The talks\n\nFailed."},
		{"#hashtag is no heading", "#hashtag is no heading"},
		{"> “We stay,”\n> he wrote.\n>\n> — Ada", "“We stay,” he wrote.\n\n— Ada"},
		{"- one\n- two\n  more\n* three\n1. four\n2) five", "one\n\ntwo more\n\nthree\n\n1. four\n\n2) five"},
		{"Text\n\n***\n\nText", "Text\n\n***\n\nText"},
		{"```\na *b* [c](d)\n```\nafter", "a *b* [c](d)\n\nafter"},
		{"`a*b*` and ``c`d`` and `open", "a*b* and c`d and `open"},
		{"a<br>b <b>bold</b> <https://x.example> <a@x.example> 3 < 4 <!-- note --> end", "a b bold https://x.example a@x.example 3 < 4  end"},
		{`\*not\* \[a\](b) &amp; &quot;so&quot; \&amp; \\`, `*not* [a](b) & "so" &amp; \`},
		{"| a | b |\n|---|---|\n| c | d |", "| a | b | | c | d |"},
		{"", ""},
	} {
		if got, _ := shown(c.source); got != c.want {
			t.Errorf("%q\nshows %q\nwant  %q", c.source, got, c.want)
		}
	}
}

func TestMarkdownTellsOfItself(t *testing.T) {
	front := "---\ntitle: \"The *talks*\"\nauthor: Ada Quist\ndate: 2026-03-06\nsource: The Skerry Post\nurl: https://x.example/a\ntags: [a, b]\n---\n"
	tree(t, map[string]string{"a.md": front + "# Other\n\n" + prose, "b.md": "Intro.\n\n# The *talks* #\n\n" + prose,
		"c.md": "---\ndate: yesterday\n---\n" + prose, "d.md": "---\nno end\n" + prose})
	docs, rejects := decoded(t, Options{}, "a.md", "b.md", "c.md", "d.md")
	if len(docs) != 3 || len(rejects) != 1 || !strings.Contains(rejects[0].Message, "date: ") {
		t.Fatalf("documents %q, rejects %v", ids(docs), rejects)
	}
	a := docs[0]
	want := Meta{URI: "https://x.example/a", Title: "The *talks*", Author: "Ada Quist", Publisher: "The Skerry Post", Language: "en",
		Published: time.Date(2026, 3, 6, 0, 0, 0, 0, time.UTC)}
	if a.Meta != want || a.Text != "Other\n\n"+strings.TrimSpace(prose) {
		t.Errorf("%+v\nwant %+v\ntext %q", a.Meta, want, a.Text)
	}
	if docs[1].Title != "The talks" || !strings.HasPrefix(docs[1].Text, "Intro.\n\nThe talks\n\n") {
		t.Errorf("title %q of %q", docs[1].Title, docs[1].Text)
	}
	if !strings.Contains(docs[2].Text, "no end") {
		t.Errorf("text %q", docs[2].Text)
	}
}

// A megabyte of each takes the time of a megabyte.
func TestMarkdownOfMarksOnly(t *testing.T) {
	for _, unit := range []string{"[", "[a](", "](", "> ", ">", "*a ", "**", "`", "` `` ", "<", "<a ", "<!--", "![", "_a_ ", "[a]: b\n", "- ", "\\", "&", "|-", "#", "a\n", "~~a"} {
		start := time.Now()
		shown(strings.Repeat(unit, 1<<20/len(unit)))
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("1 MiB of %q took %v", unit, took)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"# T\n\n**a** [b](c) ![d](e)", "---\ntitle: x\n---\n> - 1. `a` ``b` <br> &amp; \\*", "[a [b](c](d)*e **f* g**", "a\n===\n```\nb\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		source = strings.ReplaceAll(strings.ToValidUTF8(source, "\ufffd"), "\x00", "")
		text, title := shown(source)
		if !utf8.ValidString(text) || !utf8.ValidString(title) || len(text) > 6*len(source)+8 {
			t.Fatalf("%q shows %q, title %q", source, text, title)
		}
		if again, _ := shown(source); again != text {
			t.Fatalf("%q shows %q and %q", source, text, again)
		}
	})
}
