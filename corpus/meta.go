package corpus

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pageMeta is what a page says of itself in elements that are not shown, or made
// for machines: JSON-LD (schema.org), Open Graph and other meta elements, time
// elements. Of several sources the first of this list wins.
type pageMeta struct {
	title, author, publisher, published string
	body                                string // the text as JSON-LD gives it; often empty
}

// metaNames are the meta elements read for each field, best first.
var metaNames = struct{ title, author, publisher, published []string }{
	title:     []string{"og:title", "twitter:title", "dc.title", "dcterms.title"},
	author:    []string{"author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "article:author"},
	publisher: []string{"og:site_name", "dc.publisher", "dcterms.publisher", "application-name"},
	published: []string{"article:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dcterms.created", "dcterms.issued", "dcterms.date", "dc.date.issued", "dc.date", "pubdate", "publish-date", "publishdate", "cxenseparse:recs:publishtime", "date"},
}

// readMeta reads a page's metadata.
func readMeta(root *html.Node) pageMeta {
	var ld linkedData
	named := map[string]string{}
	var shown pageMeta
	var title, heading string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Title:
			set(&title, inline(n))
		case atom.H1:
			set(&heading, inline(n))
		case atom.Script:
			if strings.Contains(attribute(n, "type"), "ld+json") && n.FirstChild != nil {
				ld.read(n.FirstChild.Data)
			}
		case atom.Meta:
			for _, key := range []string{"property", "name", "itemprop"} {
				name := strings.ToLower(attribute(n, key))
				if value := oneLine(attribute(n, "content")); name != "" && value != "" && named[name] == "" {
					named[name] = value
				}
			}
		default:
			shown.see(n)
		}
	}
	m := ld.meta
	first(&m.title, named, metaNames.title)
	set(&m.title, headline(title, heading))
	first(&m.author, named, metaNames.author)
	first(&m.publisher, named, metaNames.publisher)
	first(&m.published, named, metaNames.published)
	set(&m.author, shown.author)
	set(&m.publisher, shown.publisher)
	set(&m.published, shown.published)
	return m
}

// headline is the article's own part of a page's title, which often names the
// site as well: the heading it begins with, or what stands before a separator.
func headline(title, heading string) string {
	if heading != "" && strings.HasPrefix(bare(title), bare(heading)) {
		return heading
	}
	for _, separator := range []string{" | ", " :: ", " – ", " — ", " - "} {
		if i := strings.LastIndex(title, separator); i > 0 && len(strings.Fields(title[:i])) > 2 {
			return title[:i]
		}
	}
	if title == "" {
		return heading
	}
	return title
}

// fill sets what the document does not know yet.
func (m pageMeta) fill(meta *Meta) {
	set(&meta.Title, m.title)
	set(&meta.Publisher, m.publisher)
	set(&meta.Author, byline(m.author))
	if meta.Published.IsZero() && m.published != "" {
		// Unlike a record's own field, a page's date in some form of its own is
		// nobody's mistake: it stays unknown.
		if t, err := parseDate(m.published); err == nil {
			meta.Published = t
		}
	}
}

// first sets a field from the first of the names that has a value.
func first(field *string, named map[string]string, names []string) {
	for _, name := range names {
		set(field, named[name])
	}
}

// byline takes the "By" off a name; a link to a profile is no name.
func byline(s string) string {
	if strings.Contains(s, "://") {
		return ""
	}
	if rest, ok := cutPrefixFold(s, "by "); ok {
		return rest
	}
	return s
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// see takes what an element that is shown says to machines: who wrote the article,
// when it was published, and by its own address on which site.
func (m *pageMeta) see(n *html.Node) {
	class := strings.Fields(attribute(n, "class"))
	property := attribute(n, "itemprop")
	switch {
	case n.DataAtom == atom.Link && attribute(n, "rel") == "canonical":
		if u, err := url.Parse(attribute(n, "href")); err == nil {
			set(&m.publisher, strings.TrimPrefix(u.Hostname(), "www."))
		}
	case n.DataAtom == atom.Time, property == "datePublished":
		set(&m.published, attribute(n, "datetime"))
	case n.DataAtom == atom.Abbr && slices.Contains(class, "published"):
		set(&m.published, attribute(n, "title"))
	case property == "author", attribute(n, "rel") == "author", slices.Contains(class, "author") && slices.Contains(class, "vcard"):
		set(&m.author, inline(n))
	}
}

// set sets a field that is not known yet.
func set(field *string, value string) {
	if *field == "" {
		*field = value
	}
}

// inline is the text of an element on one line.
func inline(n *html.Node) string {
	var p paragraphs
	p.add(n)
	p.end()
	return oneLine(strings.Join(p.done, " "))
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// oneLine is a text with its white space run together.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// linkedData reads the article of a page's JSON-LD.
type linkedData struct{ meta pageMeta }

// article is the part of schema.org's Article that we read. Other elements of a
// page's data (organizations, breadcrumbs) have none of its fields.
type article struct {
	Type      names     `json:"@type"`
	Graph     []article `json:"@graph"`
	Headline  names     `json:"headline"`
	Published names     `json:"datePublished"`
	Author    names     `json:"author"`
	Publisher names     `json:"publisher"`
	Body      names     `json:"articleBody"`
}

func (l *linkedData) read(script string) {
	var list []article
	if strings.HasPrefix(strings.TrimSpace(script), "[") {
		if json.Unmarshal([]byte(script), &list) != nil {
			return
		}
	} else {
		var one article
		if json.Unmarshal([]byte(script), &one) != nil {
			return
		}
		list = append(list, one)
		list = append(list, one.Graph...)
	}
	for _, a := range list {
		l.take(a)
	}
}

// take keeps what a text's data say and no earlier ones did.
func (l *linkedData) take(a article) {
	if !strings.HasSuffix(a.Type.first(), "Article") && !strings.HasSuffix(a.Type.first(), "Posting") {
		return
	}
	plain := func(s string) string { return oneLine(html.UnescapeString(s)) }
	set(&l.meta.title, plain(a.Headline.first()))
	set(&l.meta.published, plain(a.Published.first()))
	set(&l.meta.author, plain(strings.Join(a.Author, ", ")))
	set(&l.meta.publisher, plain(a.Publisher.first()))
	set(&l.meta.body, lines(html.UnescapeString(a.Body.first())))
}

// lines makes paragraphs of the lines of a text.
func lines(s string) string {
	var p paragraphs
	for line := range strings.Lines(s) {
		p.text(line, false)
		p.end()
	}
	return strings.Join(p.done, "\n\n")
}

// names is a value of JSON-LD that may be a text, an object with a name, or a
// list of either.
type names []string

func (n names) first() string {
	if len(n) == 0 {
		return ""
	}
	return n[0]
}

// UnmarshalJSON takes what it understands and leaves the rest.
func (n *names) UnmarshalJSON(raw []byte) error {
	list := []json.RawMessage{raw}
	if raw[0] == '[' {
		list = nil
		if err := json.Unmarshal(raw, &list); err != nil {
			return err
		}
	}
	for _, element := range list {
		var text string
		var object struct{ Name string }
		switch element[0] {
		case '"':
			if err := json.Unmarshal(element, &text); err != nil {
				return err
			}
		case '{':
			// A name of another type is as if it were not there.
			if json.Unmarshal(element, &object) == nil {
				text = object.Name
			}
		}
		if text != "" {
			*n = append(*n, text)
		}
	}
	return nil
}
