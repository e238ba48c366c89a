package corpus

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// Main text is found by go-readability, after what it would keep of a page's
// furniture has been taken out. The alternative, go-trafilatura, left out more of
// the furniture of testdata/html by itself, but lost a standfirst and kept the
// navigation of the page laid out in tables, took four times as long, and costs
// every start of the program 0.2 s and 90 MB for the dates of 200 languages.
// Metadata is our own reading (see meta.go): it must not depend on the clock or
// the local zone.

// The work on a page is bounded: extraction looks at a node and copies its text
// once for every element around it. Articles with hundreds of comments stay below
// a tenth of either limit.
const (
	maxElements = 50_000
	maxWork     = 1_000_000 // nodes and 64 bytes of text, each times its depth
)

// charsetHead is where a page must say its character set, by the HTML standard.
const charsetHead = 1024

// page decodes a file that is an HTML page.
func (d *Decoder) page(rec Record, doc *Document) error {
	label := ""
	if _, name, said := charset.DetermineEncoding(rec.Raw[:min(len(rec.Raw), charsetHead)], ""); said {
		label = name
	}
	markup, err := decodeText(rec.Raw, label)
	if err != nil {
		return err
	}
	return d.extract(markup, doc)
}

// extract fills the document's text with the page's title and main text, and
// what is still unknown of the rest with the page's metadata.
func (d *Decoder) extract(markup string, doc *Document) error {
	if limit := rawFactor * d.opt.MaxDocument; int64(len(markup)) > limit {
		return &refusal{TooLarge, fmt.Sprintf("a page of more than %d bytes; cut out the article, or raise the limit on a document", limit)}
	}
	if err := checkElements(markup); err != nil {
		return err
	}
	root, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		return &refusal{TooLarge, fmt.Sprintf("the page can't be parsed (%v); clean it up, or give its text", err)}
	}
	if err := checkWork(root); err != nil {
		return err
	}
	meta := readMeta(root)
	tidy(root)
	body := mainText(root)
	if 2*len(body) < len(meta.body) {
		body = meta.body
	}
	if body == "" {
		return &refusal{EmptyText, "no main text on the page; it may be an index, or need a browser to show its text"}
	}
	meta.fill(&doc.Meta)
	doc.Text = withTitle(doc.Title, body)
	return nil
}

// checkElements refuses pages of too many elements before memory is spent on them.
func checkElements(markup string) error {
	if n := strings.Count(markup, "<"); n <= maxElements {
		return nil
	}
	n := 0
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return nil
		case html.StartTagToken, html.SelfClosingTagToken:
			if n++; n > maxElements {
				return &refusal{TooLarge, fmt.Sprintf("more than %d elements on the page; cut out the article, or give its text", maxElements)}
			}
		}
	}
}

// checkWork refuses pages that are cheap to parse and endless to extract.
func checkWork(root *html.Node) error {
	work, depth := 0, 0
	for n := root; n != nil; {
		work += depth
		if n.Type == html.TextNode {
			work += depth * (len(n.Data) / 64)
		}
		if n.FirstChild != nil {
			n = n.FirstChild
			depth++
			continue
		}
		for n != nil && n.NextSibling == nil {
			n = n.Parent
			depth--
		}
		if n != nil {
			n = n.NextSibling
		}
	}
	if work > maxWork {
		return &refusal{TooLarge, "too many elements within elements on the page; cut out the article, or give its text"}
	}
	return nil
}

// tidy removes what is no part of an article's text.
func tidy(root *html.Node) {
	var useless []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && furniture(n) {
			useless = append(useless, n)
		}
	}
	for _, n := range useless {
		n.Parent.RemoveChild(n)
	}
}

// furniture reports whether an element holds what stands around or between the
// paragraphs of an article: captions, boxes, buttons.
func furniture(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Figcaption, atom.Aside, atom.Nav, atom.Button, atom.Select:
		return true
	case atom.Time:
		return n.Parent.DataAtom != atom.P
	case atom.Html, atom.Body, atom.Main, atom.Article:
		return false
	}
	words := strings.FieldsFunc(attribute(n, "class")+" "+attribute(n, "id"), func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.ContainsFunc(words, func(word string) bool { return furnitureWords[strings.ToLower(word)] }) && textSize(n) <= maxBox
}

// maxBox is the most text that a box holds; some pages have "share" or "social"
// in the class of what holds the article.
const maxBox = 1500

// textSize is the number of bytes of text below a node; it stops counting over maxBox.
func textSize(root *html.Node) int {
	size := 0
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			size += len(strings.TrimSpace(n.Data))
		}
		if size > maxBox {
			break
		}
	}
	return size
}

// furnitureWords are what such boxes are called, in class names and ids.
var furnitureWords = map[string]bool{
	"advert": true, "advertisement": true, "byline": true, "caption": true, "cookie": true, "cookies": true, "newsletter": true,
	"promo": true, "related": true, "share": true, "sharing": true, "signup": true, "social": true, "subscribe": true,
}

// mainText finds the article on a page, as paragraphs; none if there is none.
func mainText(root *html.Node) string {
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	found, err := parser.ParseAndMutate(root, nil)
	if err != nil || found.Node == nil {
		return ""
	}
	var p paragraphs
	p.add(found.Node)
	p.end()
	return strings.Join(p.done, "\n\n")
}

// withTitle puts the title before the text, unless the text begins with it.
func withTitle(title, body string) string {
	if title == "" || strings.HasPrefix(bare(body[:min(len(body), 4*len(title))]), bare(title)) {
		return body
	}
	return title + "\n\n" + body
}

// bare is a text without anything but its letters and digits, in lower case.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// paragraphs collects the text of elements. White space runs together; what a
// browser would set apart is a paragraph, and a line break stays one.
type paragraphs struct {
	done  []string
	lines []string // of the paragraph being collected
	line  strings.Builder
	gap   bool // white space came last
}

func (p *paragraphs) add(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		p.text(n.Data, n.Parent != nil && n.Parent.Data == "pre")
		return
	case html.ElementNode, html.DocumentNode:
	default:
		return
	}
	// By name: elements that the extractor made may have no atom.
	switch n.Data {
	case "script", "style", "noscript", "template", "head":
		return
	case "br":
		p.endLine()
		return
	}
	block := blocks[n.Data]
	if block {
		p.end()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.add(c)
	}
	if block {
		p.end()
	}
}

// text adds a stretch of text. Soft hyphens and zero-width spaces only say where
// a word may be broken.
func (p *paragraphs) text(s string, preformatted bool) {
	for _, r := range s {
		switch {
		case preformatted && r == '\n':
			p.endLine()
		case unicode.IsSpace(r):
			p.gap = true
		case r == '\u00AD' || r == '\u200B' || r == '\uFEFF':
		default:
			if p.gap && p.line.Len() > 0 {
				p.line.WriteByte(' ')
			}
			p.gap = false
			p.line.WriteRune(r)
		}
	}
}

// endLine ends a line; an empty one ends the paragraph.
func (p *paragraphs) endLine() {
	if p.line.Len() == 0 {
		p.endParagraph()
		return
	}
	p.lines = append(p.lines, p.line.String())
	p.line.Reset()
	p.gap = false
}

func (p *paragraphs) end() {
	if p.line.Len() > 0 {
		p.endLine()
	}
	p.endParagraph()
}

func (p *paragraphs) endParagraph() {
	if len(p.lines) > 0 {
		p.done = append(p.done, strings.Join(p.lines, "\n"))
	}
	p.lines, p.gap = nil, false
}

var blocks = map[string]bool{
	"address": true, "article": true, "aside": true, "blockquote": true, "body": true, "center": true,
	"dd": true, "details": true, "div": true, "dl": true, "dt": true, "figcaption": true, "figure": true,
	"footer": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "header": true,
	"hr": true, "li": true, "main": true, "ol": true, "p": true, "pre": true, "section": true,
	"summary": true, "table": true, "tbody": true, "td": true, "tfoot": true, "th": true, "thead": true,
	"tr": true, "ul": true,
}
