package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func gzipped(t testing.TB, content string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zstded(t testing.TB, content string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil, zstd.WithEncoderCRC(true))
	if err != nil {
		t.Fatal(err)
	}
	return string(w.EncodeAll([]byte(content), nil))
}

// day is JSON lines with n records that do not compress to nothing.
func day(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id": "%d", "text": "%s Case %x was heard."}`+"\n", i, said, Revision(fmt.Sprint(i)))
	}
	return b.String()
}

func TestCompressionIsRecognisedByContent(t *testing.T) {
	half := day(5)
	for _, c := range []struct{ name, file, content string }{
		{"gzip", "day.jsonl.gz", gzipped(t, half+half)},
		{"zstd", "day.jsonl.zst", zstded(t, half+half)},
		{"gzip without a name", "day", gzipped(t, half+half)},
		{"gzip in two members", "day.jsonl.gz", gzipped(t, half) + gzipped(t, half)},
		{"gzip padded with zeros", "day.jsonl.gz", gzipped(t, half+half) + strings.Repeat("\x00", 5000)},
		{"zstd in two frames", "day.jsonl.zst", zstded(t, half) + zstded(t, half)},
		{"named gzip and not", "day.jsonl.gz", half + half},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree(t, map[string]string{c.file: c.content})
			recs, inputs := records(t, Options{}, c.file)
			for _, r := range recs {
				if r.Err != nil {
					t.Fatal(r.Err)
				}
			}
			i := inputs[0]
			if len(recs) != 10 || !i.Complete || i.Bytes != int64(len(c.content)) || i.SHA256 != Revision(c.content) {
				t.Errorf("%d records of %+v; want 10, complete, with the file's size and digest", len(recs), i)
			}
		})
	}
}

// Whatever is cut off or flipped: the records before the damage come out whole,
// and one reject says where the rest would begin.
func TestDamagedCompressionCostsTheRest(t *testing.T) {
	content := day(300)
	lines := strings.SplitAfter(content, "\n")
	for name, whole := range map[string]string{"gzip": gzipped(t, content), "zstd": zstded(t, content)} {
		for at := len(zstdMagic); at < len(whole); at += 1 + len(whole)/150 {
			cut := []byte(whole[:at])
			flipped := []byte(whole)
			flipped[at] ^= 0x10
			for kind, damaged := range map[string][]byte{"cut": cut, "flipped": flipped} {
				recs, inputs := records(t, Options{Stdin: bytes.NewReader(damaged)}, "-")
				var rejects []*Reject
				var offset int64
				for i, r := range recs {
					switch {
					case r.Err != nil:
						rejects = append(rejects, r.Err)
					case kind == "cut" && string(r.Raw)+"\n" != lines[i]:
						t.Fatalf("%s %s at %d: record %d is %q", name, kind, at, i, r.Raw)
					case kind == "cut":
						offset += int64(len(lines[i]))
					}
				}
				harmless := kind == "flipped" && len(rejects) == 0 && len(recs) == 300
				if harmless {
					continue // the name of the program that wrote it, or the like
				}
				if len(rejects) != 1 || rejects[0].Reason != BadCompression || recs[len(recs)-1].Err == nil || inputs[0].Complete {
					t.Fatalf("%s %s at %d: rejects %+v, input %+v; want one, last, and an incomplete input", name, kind, at, rejects, inputs[0])
				}
				if kind == "cut" && (rejects[0].Offset != offset || rejects[0].Record != int64(len(recs))) {
					t.Fatalf("%s cut at %d: %+v; want the reject at byte %d, record %d", name, at, rejects[0], offset, len(recs))
				}
			}
		}
	}
}

func TestADamagedArticleIsRefusedWhole(t *testing.T) {
	whole := gzipped(t, strings.Repeat(prose, 50))
	tree(t, map[string]string{"a.txt.gz": whole[:len(whole)-9], "b.txt.gz": whole})
	docs, rejects := decoded(t, Options{}, "a.txt.gz", "b.txt.gz")
	if len(docs) != 1 || docs[0].ID != "b.txt.gz" || len(rejects) != 1 || rejects[0].Reason != BadCompression || rejects[0].URI != "a.txt.gz" {
		t.Errorf("documents %q, rejects %+v; want a.txt.gz refused", ids(docs), rejects)
	}
}

func TestABombIsStopped(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	line := []byte(strings.Repeat("\n", 1<<20))
	for range 300 {
		if _, err := w.Write(line); err != nil {
			t.Fatal(err)
		}
	}
	w.Close()
	bomb := gzipped(t, `{"text": "before"}`+"\n") + b.String()
	before := heap()
	recs, _ := records(t, Options{Stdin: strings.NewReader(bomb)}, "-")
	if len(recs) != 2 || recs[1].Err == nil || recs[1].Err.Reason != BadCompression || !strings.Contains(recs[1].Err.Message, "bomb") {
		t.Errorf("records %+v; want what came before, and one reject that names the bomb", recs)
	}
	if grown := heap() - before; grown > 16<<20 {
		t.Errorf("the heap grew by %d bytes", grown)
	}
}

// failing is a disk that fails after some bytes.
type failing struct{ r io.Reader }

func (f failing) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if errors.Is(err, io.EOF) {
		err = errors.New("input/output error")
	}
	return n, err
}

func TestAFailingDiskIsNotDamagedData(t *testing.T) {
	for name, content := range map[string]string{"plain": day(3), "gzip": gzipped(t, day(300))[:4000], "zstd": zstded(t, day(300))[:4000]} {
		recs, inputs := records(t, Options{Stdin: failing{strings.NewReader(content)}}, "-")
		last := recs[len(recs)-1]
		if last.Err == nil || last.Err.Reason != Unreadable || !strings.Contains(last.Err.Message, "input/output error") || inputs[0].Complete {
			t.Errorf("%s: last record %+v, input %+v; want it unreadable", name, last, inputs[0])
		}
	}
}
