package corpus

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

// What is read from each page of testdata/html stands beside it, to be looked at.
func TestPages(t *testing.T) {
	pages, err := filepath.Glob("testdata/html/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages: ", err)
	}
	for _, page := range pages {
		docs, rejects := decoded(t, Options{}, page)
		if len(docs) != 1 {
			t.Errorf("%s is refused: %v", page, rejects)
			continue
		}
		d := docs[0]
		got := fmt.Sprintf("title:     %s\nauthor:    %s\npublisher: %s\npublished: %s\n\n%s\n",
			d.Title, d.Author, d.Publisher, d.Published.Format(time.RFC3339), d.Text)
		golden := strings.TrimSuffix(page, ".html") + ".golden"
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s reads:\n%s\nwant:\n%s", page, got, want)
		}
	}
}

func TestPageMetadata(t *testing.T) {
	body := "<body><p>" + strings.Repeat(prose, 5) + "</p></body>"
	for _, c := range []struct {
		name, head                          string
		title, author, publisher, published string
	}{
		{"nothing", "", "", "", "", ""},
		{"Open Graph", `<meta property="og:title" content="A &amp; B"><meta property="og:site_name" content="Courier"><meta property="article:published_time" content="2026-01-02T03:04:05Z">`,
			"A & B", "", "Courier", "2026-01-02T03:04:05Z"},
		{"Dublin Core", `<meta name="DC.title" content="A"><meta name="DC.creator" content="By  Ines Okafor"><meta name="DC.date" content="2 January 2026">`,
			"A", "Ines Okafor", "", "2026-01-02T00:00:00Z"},
		{"JSON-LD in a graph", `<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"A","author":{"name":"Tom Bray"},"publisher":[{"name":"Courier"}],"datePublished":"2026-01-02"}]}</script>`,
			"A", "Tom Bray", "Courier", "2026-01-02T00:00:00Z"},
		{"JSON-LD in a list wins", `<meta name="author" content="Web desk"><script type="application/ld+json">[{"@type":"Article","author":["A. Lind",{"@type":"Person","name":"B. Bray"}]}]</script>`,
			"", "A. Lind, B. Bray", "", ""},
		{"JSON-LD of something else", `<script type="application/ld+json">{"@type":"Product","headline":"A","author":"B"}</script>`, "", "", "", ""},
		{"broken JSON-LD", `<script type="application/ld+json">{"@type":"Article",</script><meta name="author" content="Ines Okafor">`, "", "Ines Okafor", "", ""},
		{"a profile is no name", `<meta property="article:author" content="https://example.com/okafor">`, "", "", "", ""},
		{"a date of its own kind", `<meta name="date" content="last Tuesday">`, "", "", "", ""},
		{"its own address", `<link rel="canonical" href="https://www.courier.example/2026/a">`, "", "", "courier.example", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, reject := decodePage("<html><head>" + c.head + "</head>" + body)
			if reject != nil {
				t.Fatal(reject)
			}
			published := ""
			if !doc.Published.IsZero() {
				published = doc.Published.Format(time.RFC3339)
			}
			if doc.Title != c.title || doc.Author != c.author || doc.Publisher != c.publisher || published != c.published {
				t.Errorf("read %+v; want %q, %q, %q, %q", doc.Meta, c.title, c.author, c.publisher, c.published)
			}
		})
	}
}

func TestAPageWithoutMarkupOfItsTextIsReadFromItsData(t *testing.T) {
	doc, reject := decodePage(`<html><head><script type="application/ld+json">{"@type":"NewsArticle","headline":"Talks go on","articleBody":"` +
		strings.Repeat(said+" ", 5) + `\n\n\n“Good,” he said &amp; left."}</script></head><body><div id="app"></div></body></html>`)
	if reject != nil {
		t.Fatal(reject)
	}
	want := "Talks go on\n\n" + strings.TrimSpace(strings.Repeat(said+" ", 5)) + "\n\n“Good,” he said & left."
	if doc.Text != want {
		t.Errorf("text %q\nwant %q", doc.Text, want)
	}
}

func TestTheTitleStandsOnce(t *testing.T) {
	for _, c := range []struct{ title, body, want string }{
		{"Talks go on", "The minister left.", "Talks go on\n\nThe minister left."},
		{"Talks go on", "TALKS GO ON\n\nThe minister left.", "TALKS GO ON\n\nThe minister left."},
		{"“Talks” go on", "Talks go on. The minister left.", "Talks go on. The minister left."},
		{"", "The minister left.", "The minister left."},
	} {
		if got := withTitle(c.title, c.body); got != c.want {
			t.Errorf("withTitle(%q, %q) is %q, want %q", c.title, c.body, got, c.want)
		}
	}
}

func TestTheRecordsFieldsWinOverThePages(t *testing.T) {
	page := `<html><head><title>Of the page</title><meta name=author content=Page></head><body><p>` + strings.Repeat(said+" ", 5) + `</p></body></html>`
	doc, reject := decodeLine(t, Options{}, `{"html": "`+strings.ReplaceAll(page, `"`, `\"`)+`", "title": "Of the record"}`)
	if reject != nil || doc.Title != "Of the record" || doc.Author != "Page" || !strings.HasPrefix(doc.Text, "Of the record\n\nThe minister") {
		t.Errorf("document %+v, reject %v", doc, reject)
	}
}

// Forms around the whole page, and telling names on what holds the article, are common.
func TestFurnitureIsNotTheArticle(t *testing.T) {
	article := "<p>" + strings.Repeat(prose, 8) + "</p><p>" + strings.Repeat(prose, 8) + "</p>"
	for _, open := range []string{"<form id=page>", `<div class="post share-enabled">`, "<div id=social-wrapper><div>"} {
		doc, reject := decodePage("<html><body>" + open + article + "<div class=share>Share on Facebook</div>")
		if reject != nil || strings.Count(doc.Text, strings.TrimSpace(prose)) != 16 || strings.Contains(doc.Text, "Share") {
			t.Errorf("in %s: document %+v, reject %v", open, doc, reject)
		}
	}
}

// Pages made to exhaust time, stack or memory cost neither.
func TestHostilePagesAreBounded(t *testing.T) {
	words := " the minister said that it would go on"
	for name, page := range map[string]string{
		"nested elements":         strings.Repeat("<div>", 1_000_000),
		"nested formatting":       strings.Repeat("<b>", 1_000_000),
		"nested tables":           strings.Repeat("<table><tr><td>", 10_000),
		"wide and deep":           strings.Repeat("<div>"+words, 400) + strings.Repeat("</div><div>"+words, 45_000),
		"much text, deep":         strings.Repeat("<div>", 400) + strings.Repeat(words, 80_000),
		"as many as allowed":      strings.Repeat("<p>"+words, 20_000),
		"links":                   strings.Repeat("<a href=x>"+words, 45_000),
		"list elements":           strings.Repeat("<li>"+words, 45_000),
		"line breaks":             "<p>" + strings.Repeat(words+"<br>", 45_000),
		"one long text":           "<p>" + strings.Repeat(words, 100_000),
		"boxes in boxes":          strings.Repeat("<div><p>"+words+"</p></div><div class=related>", 100) + strings.Repeat("<span><em>"+words+"</em></span>", 5_000),
		"attributes":              "<p " + strings.Repeat("a=b ", 500_000) + ">",
		"an open comment":         "<!--" + strings.Repeat("-", 4_000_000),
		"an open attribute":       `<p title="` + strings.Repeat("x<", 2_000_000),
		"an open script":          "<script>" + strings.Repeat("<!--", 1_000_000),
		"nested lists in JSON-LD": `<script type="application/ld+json">{"@type":"Article","author":` + strings.Repeat("[", 1_000_000) + "</script>",
		"NULs":                    "<p>" + strings.Repeat("\x00", 1_000_000),
	} {
		t.Run(name, func(t *testing.T) {
			runtime.GC()
			start := time.Now()
			doc, reject := decodePage("<html>" + page)
			if (doc == nil) == (reject == nil) {
				t.Errorf("document %v and reject %v; want one of them", doc, reject)
			}
			// Generous, for slow machines: what is not bounded takes minutes.
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func decodePage(page string) (*Document, *Reject) {
	return NewDecoder(Options{}).Decode(Record{URI: "a.html", Number: 1, Format: HTML, Raw: []byte(page), Size: int64(len(page))})
}
