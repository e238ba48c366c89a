package output

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onrecord/corpus"
)

// spoken is an article in which each line "Name: words" is a statement.
func spoken(id, text string) *corpus.Document {
	doc := &corpus.Document{ID: id, Text: text, Revision: corpus.Revision(text), Layers: corpus.Layers{
		Statements: []corpus.Statement{}, Sources: []corpus.Source{}, Speakers: []corpus.Speaker{}}}
	at := 0
	for line := range strings.Lines(text) {
		if name, words, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ": "); ok {
			start := int32(at + len(line) - len(strings.TrimPrefix(line, name+": ")))
			n := slices.IndexFunc(doc.Speakers, func(s corpus.Speaker) bool { return s.Name == name })
			if n < 0 && name != "?" {
				n = len(doc.Speakers)
				doc.Speakers = append(doc.Speakers, corpus.Speaker{ID: "id of " + name, Name: name, Kind: corpus.KindPerson})
			}
			doc.Statements = append(doc.Statements, corpus.Statement{Content: []corpus.Span{{Start: start, End: start + int32(len(words))}}})
			doc.Sources = append(doc.Sources, corpus.Source{Speaker: int32(n)})
		}
		at += len(line)
	}
	return doc
}

// night publishes articles as a batch, one a chunk.
func night(t testing.TB, dir, batch string, docs ...*corpus.Document) {
	t.Helper()
	data, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	s, err := data.Begin(batch, []byte("{}"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for n, doc := range docs {
		if _, err := s.Put(t.Context(), &Chunk{Number: n, Key: fmt.Sprint(n), Docs: []*corpus.Document{doc}}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Publish(t.Context(), Manifest{Plan: []byte("{}")}, len(docs), RunInfo{}); err != nil {
		t.Fatal(err)
	}
}

func published[T any](t testing.TB, dir, batch string, table *Table[T]) []T {
	t.Helper()
	data, err := OpenRead(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []T
	for _, f := range data.Files(batch, table.Name) {
		out = append(out, readFile(t, table, f)...)
	}
	return out
}

// saidIDs are those of a batch, numbered in order of appearance over all calls.
func saidIDs(t testing.TB, dir, batch string, numbers map[string]int) []int {
	var out []int
	for _, r := range published(t, dir, batch, Statements) {
		n := 0
		if r.SaidID != nil {
			if numbers[*r.SaidID] == 0 {
				numbers[*r.SaidID] = len(numbers) + 1
			}
			n = numbers[*r.SaidID]
		}
		out = append(out, n)
	}
	return out
}

var (
	firstNight = []*corpus.Document{
		spoken("a", "A wall for the town\nOlsen: the harbour wall will be built before the winter storms come back\nBrandt: no\n?: nobody knows who said this\n"),
		spoken("b", "Town to have a wall\nOlsen: “The harbour wall will be built before the winter storms come back.”\nBrandt: the harbour wall will be built before the winter storms come back\n"),
	}
	secondNight = []*corpus.Document{
		spoken("c", "Wall for town\nOlsen: the harbour wall will be built before the winter storms come back again\nOlsen: something that was never heard before in this town or any other\n"),
		spoken("d", "Brandt: No.\nOlsen: the harbour wall will be built before the winter storms come back\nOlsen: The harbour wall will be built before the winter storms come back\n"),
	}
)

func TestSaidIDIsOneForWhatOneSpeakerRepeats(t *testing.T) {
	dir := t.TempDir()
	night(t, dir, "2026-11-01", firstNight...)
	night(t, dir, "2026-11-02", secondNight...)
	numbers := map[string]int{}
	if got, want := saidIDs(t, dir, "2026-11-01", numbers), []int{1, 2, 0, 1, 3}; !slices.Equal(got, want) {
		t.Errorf("first night: %v, want %v", got, want)
	}
	if got, want := saidIDs(t, dir, "2026-11-02", numbers), []int{1, 4, 2, 1, 1}; !slices.Equal(got, want) {
		t.Errorf("second night: %v, want %v", got, want)
	}
	for _, r := range published(t, dir, "2026-11-02", Speakers) {
		if want := map[string][2]int32{"Olsen": {4, 2}, "Brandt": {1, 1}}[r.Speaker]; r.Statements != want[0] || r.Said != want[1] {
			t.Errorf("%s: %d statements and %d said, want %v", r.Speaker, r.Statements, r.Said, want)
		}
	}
}

// A batch that is made again, from the same articles or others, leaves what it says of
// repeats as it was: only batches dated before it count.
func TestSaidIDSurvivesReplacing(t *testing.T) {
	dir := t.TempDir()
	night(t, dir, "2026-11-01", firstNight...)
	night(t, dir, "2026-11-02", secondNight...)
	before := tree(t, dir)
	night(t, dir, "2026-11-01", firstNight...)
	night(t, dir, "2026-11-02", secondNight...)
	if after := tree(t, dir); !slices.Equal(before, after) {
		t.Errorf("the dataset was\n%s\nand is\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
	numbers := map[string]int{}
	saidIDs(t, dir, "2026-11-02", numbers)
	night(t, dir, "2026-11-01", spoken("z", "Nothing was said.\n"))
	night(t, dir, "2026-11-02", secondNight...)
	if got, want := saidIDs(t, dir, "2026-11-02", map[string]int{}), []int{1, 2, 3, 1, 1}; !slices.Equal(got, want) {
		t.Errorf("without the first night's articles: %v, want %v", got, want)
	}
}

// tree lists the files of a dataset; the names of parts hold digests.
func tree(t testing.TB, dir string) []string {
	var out []string
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			out = append(out, strings.TrimPrefix(path, dir))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestDuplicatesAreMarkedWithTheFirst(t *testing.T) {
	story := strings.Repeat("The council met on Saturday to discuss the harbour wall. ", 2) +
		"Engineers explained that the old one had cracks of the width of a hand, and that the sea had taken the beach below it in three winters. Neighbours asked who would pay. Nobody answered them, though the treasurer had brought a folder of figures and read from it at some length."
	other := "Salmon prices fell for a third week as traders in Bergen sold what they had stored since the spring, and the fleets stayed in port because of the wind. Shrimp was dearer. Analysts expect that to last until the end of the month, when the new quota begins."
	dir := t.TempDir()
	night(t, dir, "2026-11-01", spoken("wire", story), spoken("fish", other), spoken("paper", "By our own reporter\n"+story))
	night(t, dir, "2026-11-02", spoken("late", strings.Replace(story, "Saturday", "the weekend", 1)+" We have more on this tomorrow."),
		spoken("wire", story+" Correction: the treasurer read from two folders."), spoken("later", story))
	want := map[string]string{"paper": "wire", "late": "wire", "later": "wire"}
	for _, batch := range []string{"2026-11-01", "2026-11-02"} {
		for _, r := range published(t, dir, batch, Documents) {
			got := ""
			if r.DuplicateOf != nil {
				got = *r.DuplicateOf
			}
			if got != want[r.DocID] {
				t.Errorf("%s of %s is a duplicate of %q, want %q", r.DocID, batch, got, want[r.DocID])
			}
		}
	}
	data, err := OpenRead(dir)
	if err != nil {
		t.Fatal(err)
	}
	findings, err := data.Verify(t.Context())
	for _, f := range findings {
		if f.Kind == FileDamaged || f.Kind == FileMissing || f.Kind == FileUnknown {
			t.Error(f)
		}
	}
	if err != nil {
		t.Error(err)
	}
}
