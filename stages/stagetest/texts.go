package stagetest

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"onrecord/corpus"
	"onrecord/corpus/corpustest"
)

// sampleFolder is where the sample articles lie as seen from a stage's folder.
const sampleFolder = "../../corpus/sample"

// sample reads the sample articles.
func sample(t testing.TB) []*corpus.Document {
	t.Helper()
	reader, err := corpus.Open([]string{sampleFolder}, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	decoder := corpus.NewDecoder(corpus.Options{})
	var docs []*corpus.Document
	for {
		record, err := reader.Next(context.Background())
		if errors.Is(err, io.EOF) {
			return docs
		}
		if err != nil {
			t.Fatal(err)
		}
		doc, reject := decoder.Decode(record)
		if reject != nil {
			t.Fatalf("%s: %s", reject.URI, reject.Message)
		}
		docs = append(docs, doc)
	}
}

// hugeText is the size in bytes of the longest texts. They show that nothing
// breaks; how time grows with length is each stage's own test.
const hugeText = 64 << 10

func hostileTexts() map[string]string {
	long := func(unit string) string { return strings.Repeat(unit, hugeText/len(unit)) }
	texts := map[string]string{
		"empty": "", "white space": " \n\t\n ", "one letter": "a", "one wide rune": "𝒳", "one mark": "“", "one accent": "\u0301",
		"nothing printed":  "\u200b\ufeff",
		"huge prose":       long("The minister, Ada Quist, said: “We won't pay,” and left. He agreed with Acme Inc. on Monday.\n\n"),
		"one huge line":    long("He said that she said it would be good, "),
		"one huge word":    long("a"),
		"one huge accent":  "e" + long("\u0301"),
		"many marks":       long(`"`),
		"many open marks":  long("“‘"),
		"many short lines": long("A\n"),
		"many names":       long("Ada Quist "),
		"many stops":       long(". "),
		"unpaired lines":   long("“He said\n\n"),
		"mixed scripts":    long("Он сказал: «да». 他说：“好”。 قال نعم "),
	}
	for name, text := range map[string]string{
		"a broken byte": "He said \xff yes.", "cut at the end": "He said “yes\xe2\x80", "broken alone": "\xff", "NUL": "He\x00said \"no\x00\".",
		"surrogates": "\xed\xa0\x80 said", "broken and long": long("\xe2\x80“\xf0 said "),
	} {
		texts[name] = text
	}
	return texts
}

// hostile: no panic, and well-made layers from every text that is valid UTF-8.
func (c *contract) hostile(t testing.TB) {
	run := annotator(t, c.stage)
	var earlier []func(*corpus.Document) error
	for _, s := range c.before {
		earlier = append(earlier, annotator(t, s))
	}
	for name, text := range hostileTexts() {
		doc := &corpus.Document{ID: name, Text: text, Revision: corpus.Revision(text)}
		for _, before := range earlier {
			if err := before(doc); err != nil {
				t.Fatalf("%s: a stage before: %v", name, err)
			}
		}
		err := run(doc)
		if !utf8.ValidString(text) {
			continue // may be refused
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if err := corpustest.Check(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
