package corpus

import (
	"strings"
)

// Markdown is read for what it shows: marks of emphasis, headings, lists and
// quotations, the addresses of links, images and tags are left out, and the lines of
// a paragraph are joined. The usual parsers take minutes for a megabyte of "[a]("; this
// one knows less of the language and looks at every byte a few times.

// markdown fills the document from a file of Markdown, with what a block of settings
// at its beginning ("front matter") says of it.
func (d *Decoder) markdown(source string, doc *Document) error {
	settings, body := frontMatter(source)
	for key, value := range settings {
		switch key {
		case "title":
			doc.Title = value
		case "author", "authors", "byline":
			doc.Author = value
		case "publisher", "source":
			doc.Publisher = value
		case "language", "lang":
			doc.Language = strings.ToLower(value)
		case "url":
			doc.URI = value
		case "date", "published", "published_at":
			at, err := parseDate(value)
			if err != nil {
				return &refusal{Malformed, key + ": " + err.Error()}
			}
			doc.Published = at
		}
	}
	text, title := shown(body)
	doc.Text = text
	if doc.Title == "" {
		doc.Title = title
	}
	return nil
}

// frontMatter parts the "key: value" lines between two lines "---" at the beginning
// of a file from the rest. Of keys that say the same only one may be there.
func frontMatter(source string) (settings map[string]string, body string) {
	const longest = 8 << 10
	first, rest, _ := strings.Cut(source, "\n")
	if strings.TrimRight(first, " \r") != "---" {
		return nil, source
	}
	settings = map[string]string{}
	said := map[string]bool{}
	for used := 0; used < longest; {
		line, after, more := strings.Cut(rest, "\n")
		used += len(line) + 1
		rest = after
		line = strings.TrimRight(line, " \r")
		if line == "---" || line == "..." {
			return settings, rest
		}
		if !more {
			break
		}
		key, value, ok := strings.Cut(line, ":")
		key, value = strings.ToLower(key), strings.Trim(strings.TrimSpace(value), `"'`)
		if ok && value != "" && !said[meaning(key)] {
			settings[key] = value
			said[meaning(key)] = true
		}
	}
	return nil, source
}

// meaning is one name for the keys of front matter that say the same.
func meaning(key string) string {
	switch key {
	case "authors", "byline":
		return "author"
	case "source":
		return "publisher"
	case "lang":
		return "language"
	case "published", "published_at":
		return "date"
	}
	return key
}

// longestWrapped is the length in bytes of a line that may go on in the next one.
const longestWrapped = 120

// shown is the text that Markdown shows, a blank line between paragraphs, and its
// first heading of the highest rank.
func shown(source string) (text, title string) {
	var out, paragraph strings.Builder
	flush := func() {
		if words := strings.TrimSpace(inlineText(paragraph.String())); words != "" {
			if out.Len() > 0 {
				out.WriteString("\n\n")
			}
			out.WriteString(words)
		}
		paragraph.Reset()
	}
	fence, last := "", 0
	for line := range strings.Lines(source) {
		line = strings.TrimRight(line, "\r\n")
		bare := strings.TrimLeft(line, " \t")
		if fence != "" {
			if strings.HasPrefix(bare, fence) {
				fence = ""
				continue
			}
			paragraph.WriteString(escapeMarks.Replace(line))
			flush()
			continue
		}
		rank, content, begins := blockMarks(bare)
		switch {
		case strings.HasPrefix(bare, "```"), strings.HasPrefix(bare, "~~~"):
			flush()
			fence = bare[:3]
			continue
		case strings.TrimSpace(content) == "":
			flush()
			continue
		case paragraph.Len() > 0 && isUnderline(bare):
			if title == "" && bare[0] == '=' {
				title = strings.TrimSpace(inlineText(paragraph.String()))
			}
			flush()
			continue
		case isDefinition(bare), isTableRule(bare):
			continue
		case isRule(bare):
			flush()
			paragraph.WriteString(escapeMarks.Replace(bare))
			flush()
			continue
		case begins || last > longestWrapped:
			flush()
		}
		if paragraph.Len() > 0 {
			paragraph.WriteByte(' ')
		}
		hard := strings.HasSuffix(content, "  ") || strings.HasSuffix(content, "\\")
		paragraph.WriteString(strings.TrimRight(strings.TrimSuffix(content, "\\"), " \t"))
		last = len(content)
		if rank == 1 && title == "" {
			title = strings.TrimSpace(inlineText(content))
		}
		if rank > 0 || hard {
			flush()
		}
	}
	flush()
	return out.String(), title
}

// escapeMarks keeps code and rules from being read as markup.
var escapeMarks = func() *strings.Replacer {
	var pairs []string
	for _, c := range "\\`*_[]<>&~!" {
		pairs = append(pairs, string(c), "\\"+string(c))
	}
	return strings.NewReplacer(pairs...)
}()

// blockMarks takes the marks of quotation, list and heading off the front of a line.
// It tells a heading's rank, 1 to 6, and whether a paragraph begins here.
func blockMarks(line string) (rank int, content string, begins bool) {
	if isRule(line) {
		return 0, line, true
	}
	for line != "" {
		bullet := len(line) > 1 && strings.ContainsRune("-*+", rune(line[0])) && (line[1] == ' ' || line[1] == '\t')
		if line[0] != '>' && !bullet {
			break
		}
		begins = begins || bullet
		line = strings.TrimLeft(line[1:], " \t")
	}
	for rank < len(line) && rank < 7 && line[rank] == '#' {
		rank++
	}
	if rank == 0 || rank == 7 || rank < len(line) && line[rank] != ' ' && line[rank] != '\t' {
		return 0, line, begins || numbered(line)
	}
	title := strings.TrimSpace(line[rank:])
	if bare := strings.TrimRight(title, "#"); bare == "" || strings.HasSuffix(bare, " ") {
		title = strings.TrimSpace(bare)
	}
	return rank, title, true
}

// numbered: an item of a numbered list; the number is part of what is shown.
func numbered(line string) bool {
	digits := 0
	for digits < len(line) && '0' <= line[digits] && line[digits] <= '9' {
		digits++
	}
	return digits > 0 && digits < 4 && len(line) > digits+1 && (line[digits] == '.' || line[digits] == ')') && line[digits+1] == ' '
}

// isRule: "***", "- - -", "___".
func isRule(line string) bool {
	if line == "" || !strings.ContainsRune("*-_", rune(line[0])) {
		return false
	}
	return strings.Trim(line, line[:1]+" \t") == "" && strings.Count(line, line[:1]) >= 3
}

// isUnderline: the line below a heading.
func isUnderline(line string) bool {
	line = strings.TrimRight(line, " \t")
	return line != "" && (strings.Trim(line, "=") == "" || strings.Trim(line, "-") == "")
}

// isDefinition: "[name]: address".
func isDefinition(line string) bool {
	name, rest, ok := strings.Cut(line, "]:")
	return ok && strings.HasPrefix(name, "[") && len(name) > 1 && !strings.ContainsAny(name[1:], "[]") &&
		len(strings.Fields(rest)) > 0 && strings.ContainsAny(strings.Fields(rest)[0], "/.#")
}

// isTableRule: "|---|:---|".
func isTableRule(line string) bool {
	return strings.Contains(line, "|") && strings.Contains(line, "-") && strings.Trim(line, "|-: \t") == ""
}
