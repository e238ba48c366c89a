package corpus

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// tree writes files, by their slash paths, into a fresh folder and moves there.
func tree(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, content := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// records reads inputs to their end.
func records(t *testing.T, opt Options, inputs ...string) ([]Record, []Input) {
	t.Helper()
	r, err := Open(inputs, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var out []Record
	for {
		rec, err := r.Next(context.Background())
		if errors.Is(err, io.EOF) {
			return out, r.Inputs()
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, rec)
	}
}

// decoded reads inputs to their end: the documents and the rejects.
func decoded(t *testing.T, opt Options, inputs ...string) ([]*Document, []Reject) {
	t.Helper()
	var docs []*Document
	var rejects []Reject
	recs, _ := records(t, opt, inputs...)
	d := NewDecoder(opt)
	for _, rec := range recs {
		doc, reject := d.Decode(rec)
		switch {
		case doc != nil && reject == nil:
			docs = append(docs, doc)
		case doc == nil && reject != nil:
			rejects = append(rejects, *reject)
		default:
			t.Fatalf("record %d of %s gave document %v and reject %v", rec.Number, rec.URI, doc, reject)
		}
	}
	return docs, rejects
}

func ids(docs []*Document) []string {
	var out []string
	for _, d := range docs {
		out = append(out, d.ID)
	}
	return out
}

// prose is text that is recognised as English.
const prose = "The minister said on Monday that the talks with the unions had been frank, and that they would go on.\n"

func TestInputsAreExpandedInStableOrder(t *testing.T) {
	tree(t, map[string]string{
		"news/b.txt":            prose,
		"news/a/2.txt":          prose,
		"news/a/1.txt":          prose,
		"news/a.txt":            prose,
		"news/a/deep/x/y.md":    prose,
		"news/.hidden":          prose,
		"news/.git/config":      prose,
		"news/c.txt~":           prose,
		"odd/[x].txt":           prose,
		"odd/.dot/visible.txt":  prose,
		"lines.jsonl":           `{"id": "one", "text": "` + strings.TrimSpace(prose) + `"}` + "\n",
		"second/only/third.txt": prose,
	})
	for _, c := range []struct {
		name   string
		inputs []string
		want   []string
	}{
		{"a folder, bytewise by path", []string{"news"}, []string{"a.txt", "a/1.txt", "a/2.txt", "a/deep/x/y.md", "b.txt", "c.txt~"}},
		{"a folder with a slash", []string{"news/"}, []string{"a.txt", "a/1.txt", "a/2.txt", "a/deep/x/y.md", "b.txt", "c.txt~"}},
		{"in the order given", []string{"second", "lines.jsonl", "news/a"}, []string{"only/third.txt", "one", "1.txt", "2.txt", "deep/x/y.md"}},
		{"a file is known by its base name", []string{"news/a/deep/x/y.md"}, []string{"y.md"}},
		{"a hidden file when named", []string{"news/.hidden"}, []string{".hidden"}},
		{"twice is once", []string{"news/b.txt", "news", "./news/b.txt"}, []string{"b.txt", "a.txt", "a/1.txt", "a/2.txt", "a/deep/x/y.md", "c.txt~"}},
		{"star", []string{"news/*.txt"}, []string{"a.txt", "b.txt"}},
		{"star in the middle", []string{"news/*/1.txt"}, []string{"a/1.txt"}},
		{"a folder that matches", []string{"news/?"}, []string{"a/1.txt", "a/2.txt", "a/deep/x/y.md"}},
		{"two stars", []string{"news/**/*.txt"}, []string{"a.txt", "a/1.txt", "a/2.txt", "b.txt"}},
		{"two stars at the end", []string{"news/a/**"}, []string{"1.txt", "2.txt", "deep/x/y.md"}},
		{"two stars at the start", []string{"**/y.md"}, []string{"news/a/deep/x/y.md"}},
		{"a class", []string{"news/a/[2-9].txt"}, []string{"2.txt"}},
		{"a name that looks like a pattern", []string{"odd/[x].txt"}, []string{"[x].txt"}},
		{"hidden by name in a pattern", []string{"odd/.*/*.txt"}, []string{".dot/visible.txt"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs, rejects := decoded(t, Options{}, c.inputs...)
			if got := ids(docs); !slices.Equal(got, c.want) || len(rejects) > 0 {
				t.Errorf("read %q, rejects %v; want %q", got, rejects, c.want)
			}
		})
	}
}

func TestAnInputThatNamesNothingIsAnError(t *testing.T) {
	tree(t, map[string]string{"news/a.txt": prose, "empty/.keep": ""})
	for _, input := range []string{"missing.txt", "news/*.md", "nowhere/**", "empty", "news/[", ""} {
		_, err := Open([]string{"news", input}, Options{})
		if err == nil || !strings.Contains(err.Error(), input) {
			t.Errorf("Open(%q): %v; want an error that names it", input, err)
		}
	}
}

func TestLinksNeitherLoopNorRepeat(t *testing.T) {
	tree(t, map[string]string{"news/z/a.txt": prose, "other/b.txt": prose})
	for link, target := range map[string]string{
		"news/loop": ".", "news/z/up": "../..", "news/a-link": "z", "news/b.txt": "../other/b.txt", "news/gone.txt": "nowhere",
	} {
		if err := os.Symlink(target, link); err != nil {
			t.Skip("no symbolic links here: ", err)
		}
	}
	docs, rejects := decoded(t, Options{}, "news")
	if got, want := ids(docs), []string{"b.txt", "z/a.txt", "z/up/other/b.txt"}; !slices.Equal(got, want) {
		t.Errorf("read %q, want %q", got, want)
	}
	if len(rejects) != 1 || rejects[0].URI != "news/gone.txt" || rejects[0].Reason != Unreadable {
		t.Errorf("rejects %v; want one, of the link to nowhere", rejects)
	}
}

// heap is the memory in use.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// bursting panics once, at the end of what it reads.
type bursting struct {
	r     io.Reader
	burst bool
}

func (b *bursting) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if n == 0 && !b.burst {
		b.burst = true
		panic("burst")
	}
	return n, err
}

func TestReaderThatPanicsCostsTheRestOfItsInput(t *testing.T) {
	lines := strings.Repeat(`{"text": "The mayor said that the bridge will open in May."}`+"\n", 1<<14)
	recs, inputs := records(t, Options{Stdin: &bursting{r: strings.NewReader(lines)}}, "-")
	last := recs[len(recs)-1]
	if len(recs) != 1<<14+1 || last.Err == nil || !strings.Contains(last.Err.Message, "burst") || last.Offset != int64(len(lines)) {
		t.Errorf("%d records, the last is %+v", len(recs), last)
	}
	if in := inputs[0]; in.Complete || in.Records != int64(len(recs)) {
		t.Errorf("the input: %+v", in)
	}
}
