// Package corpustest helps to test what handles documents: [Check] holds a
// document against everything that the corpus package promises of its layers,
// [Read] and [Mark] turn marked text into statements and back.
package corpustest

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"onrecord/corpus"
)

// Check reports the first promise about the document's layers that is broken, nil
// if there is none. Layers that are not there are not looked at. In a text that is
// not valid UTF-8, which readers never make, rune borders are not looked at.
func Check(doc *corpus.Document) error {
	c := checker{doc: doc, valid: utf8.ValidString(doc.Text)}
	for _, check := range [...]func() error{
		c.blocks, c.tokens, c.sentences, c.tags, c.entities, c.arcs,
		c.statements, c.sources, c.speakers, c.tones, c.stances, c.labels,
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

type checker struct {
	doc   *corpus.Document
	valid bool // Text is valid UTF-8
}

// span: inside the text, not empty, on rune borders.
func (c *checker) span(s corpus.Span) error {
	text := c.doc.Text
	if s.Start < 0 || s.End <= s.Start || int(s.End) > len(text) {
		return fmt.Errorf("span %v is empty or outside the text of %d bytes", s, len(text))
	}
	if c.valid && (!utf8.RuneStart(text[s.Start]) || int(s.End) < len(text) && !utf8.RuneStart(text[s.End])) {
		return fmt.Errorf("span %v cuts a rune", s)
	}
	return nil
}

// spans: each as span says, in order, not overlapping.
func (c *checker) spans(list []corpus.Span) error {
	last := int32(0)
	for _, s := range list {
		if err := c.span(s); err != nil {
			return err
		}
		if s.Start < last {
			return fmt.Errorf("span %v begins before %d, where the one ahead of it ends", s, last)
		}
		last = s.End
	}
	return nil
}

func (c *checker) blocks() error {
	spans := make([]corpus.Span, len(c.doc.Blocks))
	for i, b := range c.doc.Blocks {
		spans[i] = b.Span
		if (b.Kind == corpus.Body) != (b.Rule == "") {
			return fmt.Errorf("block %d: %v by rule %q; a rule stands with everything but body", i, b.Kind, b.Rule)
		}
	}
	if err := c.spans(spans); err != nil {
		return fmt.Errorf("blocks: %w", err)
	}
	if c.doc.Blocks == nil {
		return nil
	}
	if at, ok := c.uncovered(0, int32(len(c.doc.Text)), spans); ok {
		return fmt.Errorf("blocks: %q at byte %d is in none", c.runeAt(at), at)
	}
	return nil
}

// tokens: all of headline and body that is not white space, and nothing else.
func (c *checker) tokens() error {
	doc := c.doc
	if err := c.spans(doc.Tokens); err != nil {
		return fmt.Errorf("tokens: %w", err)
	}
	if doc.Tokens == nil || doc.Blocks == nil {
		return nil
	}
	rest := doc.Tokens
	for _, b := range doc.Blocks {
		if b.Kind == corpus.Boilerplate {
			continue
		}
		n := 0
		for n < len(rest) && rest[n].Start < b.End {
			if !b.Contains(rest[n]) {
				return fmt.Errorf("tokens: %v leaves block %v", rest[n], b.Span)
			}
			n++
		}
		if at, ok := c.uncovered(b.Start, b.End, rest[:n]); ok {
			return fmt.Errorf("tokens: %q at byte %d is in none", c.runeAt(at), at)
		}
		rest = rest[n:]
	}
	if len(rest) > 0 {
		return fmt.Errorf("tokens: %v is in no headline or body", rest[0])
	}
	return nil
}

// uncovered is the first byte of text[from:to] that is not white space and in
// none of the spans, which are in order.
func (c *checker) uncovered(from, to int32, spans []corpus.Span) (int32, bool) {
	for i := from; i < to; {
		for len(spans) > 0 && spans[0].End <= i {
			spans = spans[1:]
		}
		if len(spans) > 0 && spans[0].Start <= i {
			i = spans[0].End
			continue
		}
		r, width := utf8.DecodeRuneInString(c.doc.Text[i:])
		if !blank(r) {
			return i, true
		}
		i += int32(width)
	}
	return 0, false
}

// blank: white space, control characters, and what prints nothing.
func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' || r == '\u200b'
}

func (c *checker) runeAt(at int32) rune {
	r, _ := utf8.DecodeRuneInString(c.doc.Text[at:])
	return r
}

func (c *checker) sentences() error {
	next := int32(0)
	for _, s := range c.doc.Sentences {
		if s.Start != next || s.End <= s.Start {
			return fmt.Errorf("sentences: %v where one should begin at token %d", s, next)
		}
		next = s.End
	}
	if c.doc.Sentences != nil && c.doc.Tokens != nil && int(next) != len(c.doc.Tokens) {
		return fmt.Errorf("sentences: they hold %d of %d tokens", next, len(c.doc.Tokens))
	}
	return nil
}

func (c *checker) tags() error {
	if c.doc.Tags != nil && len(c.doc.Tags) != len(c.doc.Tokens) {
		return fmt.Errorf("tags: %d for %d tokens", len(c.doc.Tags), len(c.doc.Tokens))
	}
	for i, tag := range c.doc.Tags {
		if tag == corpus.NoTag || tag >= corpus.NumTags {
			return fmt.Errorf("tags: %v at token %d", tag, i)
		}
	}
	return nil
}

func (c *checker) entities() error {
	last := int32(0)
	for _, e := range c.doc.Entities {
		if e.Start < last || e.End <= e.Start || int(e.End) > len(c.doc.Tokens) {
			return fmt.Errorf("entities: %v is empty, out of order or beyond %d tokens", e.Span, len(c.doc.Tokens))
		}
		last = e.End
	}
	return nil
}

// arcs: a tree a sentence.
func (c *checker) arcs() error {
	arcs := c.doc.Arcs
	if arcs == nil {
		return nil
	}
	if len(arcs) != len(c.doc.Tokens) {
		return fmt.Errorf("arcs: %d for %d tokens", len(arcs), len(c.doc.Tokens))
	}
	for n, s := range c.doc.Sentences {
		roots := 0
		for i := s.Start; i < s.End; i++ {
			switch head := arcs[i].Head; {
			case head == -1:
				roots++
			case head < s.Start || head >= s.End || head == i:
				return fmt.Errorf("arcs: token %d of sentence %v has the head %d", i, s, head)
			}
			steps, at := int32(0), i
			for ; at >= 0 && steps <= s.End-s.Start; at = arcs[at].Head {
				steps++
				if at < s.Start || at >= s.End {
					break
				}
			}
			if at >= 0 && steps > s.End-s.Start {
				return fmt.Errorf("arcs: token %d of sentence %d is in a circle", i, n)
			}
		}
		if roots == 0 {
			return fmt.Errorf("arcs: sentence %d has no root", n)
		}
	}
	return nil
}

func (c *checker) labels() error {
	for i, l := range c.doc.Labels {
		limit := 1
		switch l.Scope {
		case corpus.OnSentence:
			limit = len(c.doc.Sentences)
		case corpus.OnStatement:
			limit = len(c.doc.Statements)
		}
		if l.Name == "" || l.Index < 0 || int(l.Index) >= limit {
			return fmt.Errorf("labels: %d is %q on %v %d of %d", i, l.Name, l.Scope, l.Index, limit)
		}
	}
	return nil
}
