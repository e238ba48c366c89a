package alike

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// groupSize is the number of texts that are looked up at once. With 24 keys a text a
// group takes some 30 MB; the files of earlier batches are read once a group.
const groupSize = 1 << 15

// Finder tells for text after text which earlier one it repeats.
type Finder struct {
	Dir     string // for files while it works; they are named after Name
	Name    string
	Earlier []File // postings of the batches before, oldest first
	Least   int    // keys that must be shared, or all if a text has fewer
	Fresh   bool   // whether Result.Fresh is wanted

	queries []posting // of the group: key and number of the text in the group
	texts   []text    // of the group
	keys    []uint64  // of the group
	group   int       // texts in a group; 0 is groupSize
	runs    []File    // postings of the groups before
	values  []File    // values of the groups before, as keys
	results *os.File
	out     *bufio.Writer
	count   int64
}

type text struct {
	own   uint64
	first int // its keys are keys[first:end] of the Finder
	end   int
}

// Result is what was found for one text.
type Result struct {
	Value uint64 // of the text it repeats, or its own
	Fresh bool   // the first one with this value among the texts added
	Found bool   // an earlier text is repeated
}

// Add takes the next text: its keys and the value it has if it repeats none. One without
// keys repeats nothing.
func (f *Finder) Add(keys []uint64, own uint64) error {
	if f.out == nil {
		var err error
		if f.results, err = os.Create(f.path("results", 0)); err != nil {
			return err
		}
		f.out = bufio.NewWriter(f.results)
		if f.group == 0 {
			f.group = groupSize
		}
	}
	n := uint64(len(f.texts))
	for _, k := range keys {
		f.queries = append(f.queries, posting{k, n})
	}
	f.texts = append(f.texts, text{own, len(f.keys), len(f.keys) + len(keys)})
	f.keys = append(f.keys, keys...)
	f.count++
	if len(f.texts) < f.group {
		return nil
	}
	return f.resolve()
}

func (f *Finder) path(what string, n int) string {
	return filepath.Join(f.Dir, fmt.Sprintf("%s-%s-%d.tmp", f.Name, what, n))
}

// hit says that a text of the group shares a key with an earlier one.
type hit struct {
	text  uint64 // number in the group
	value uint64 // of the earlier text; in the group its number
	key   uint64
	rank  int // of the file that has the earlier text; the oldest first, the group last
}

func compareHits(a, b hit) int {
	return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(a.value, b.value), cmp.Compare(a.key, b.key), cmp.Compare(a.rank, b.rank))
}

// compact sorts hits and keeps the oldest of those that say the same.
func compact(hits []hit) []hit {
	slices.SortFunc(hits, compareHits)
	return slices.CompactFunc(hits, func(a, b hit) bool { return a.text == b.text && a.value == b.value && a.key == b.key })
}

// resolve answers the texts of the group and keeps their postings as a run.
func (f *Finder) resolve() error {
	if len(f.texts) == 0 {
		return nil
	}
	slices.SortFunc(f.queries, comparePostings)
	files := slices.Concat(f.Earlier, f.runs)
	outside, err := f.lookUpAll(files)
	if err != nil {
		return err
	}
	inside := f.within(len(files))
	values := make([]uint64, len(f.texts))
	list := make([]posting, 0, len(f.queries))
	var both []hit
	for n, t := range f.texts {
		both = both[:0]
		for len(outside) > 0 && outside[0].text == uint64(n) {
			both, outside = append(both, outside[0]), outside[1:]
		}
		for len(inside) > 0 && inside[0].text == uint64(n) {
			h := inside[0]
			h.value = values[h.value] // earlier in the group: answered already
			both, inside = append(both, h), inside[1:]
		}
		values[n] = best(compact(both), min(f.Least, t.end-t.first), t.own)
		for _, k := range f.keys[t.first:t.end] {
			list = append(list, posting{k, values[n]})
		}
	}
	if err := f.answer(values); err != nil {
		return err
	}
	f.queries, f.texts, f.keys = f.queries[:0], f.texts[:0], f.keys[:0]
	return f.run(&f.runs, "run", list)
}

// lookUpAll gives the hits of the group in files, compact. What is repeated in every
// batch is hit in every file: hits are made compact before they grow too many.
func (f *Finder) lookUpAll(files []File) ([]hit, error) {
	var hits []hit
	limit := 4 * groupSize
	for rank, file := range files {
		err := lookUp(file, f.queries, func(q posting, value uint64) { hits = append(hits, hit{q.value, value, q.key, rank}) })
		if err != nil {
			return nil, err
		}
		if len(hits) > limit {
			hits = compact(hits)
			limit = max(limit, 2*len(hits))
		}
	}
	return compact(hits), nil
}

// within gives the hits in the group itself: of each key the first text that has it.
func (f *Finder) within(rank int) []hit {
	var hits []hit
	first := 0
	for i, q := range f.queries {
		if q.key != f.queries[first].key {
			first = i
		}
		if leader := f.queries[first].value; leader != q.value {
			hits = append(hits, hit{q.value, leader, q.key, rank})
		}
	}
	slices.SortFunc(hits, compareHits)
	return hits
}

// best is the value that most keys lead to, of several the one met in the oldest file,
// then the smallest; own if too few keys lead to any. The hits of a value stand together.
func best(hits []hit, least int, own uint64) uint64 {
	value, most, oldest := own, max(least, 1)-1, 0
	for len(hits) > 0 {
		n, rank := 0, hits[0].rank
		for n < len(hits) && hits[n].value == hits[0].value {
			rank = min(rank, hits[n].rank)
			n++
		}
		if n > most || n == most && value != own && rank < oldest {
			value, most, oldest = hits[0].value, n, rank
		}
		hits = hits[n:]
	}
	return value
}

// run writes postings as another file of a list.
func (f *Finder) run(files *[]File, what string, list []posting) error {
	if len(list) == 0 {
		return nil
	}
	path := f.path(what, len(*files))
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	*files = append(*files, File{Path: path})
	return errors.Join(writePostings(file, list), file.Close())
}

// A result is kept as its value, little-endian, and a byte of these.
const (
	freshBit = 1 << iota
	foundBit
)

// answer appends the results of the group.
func (f *Finder) answer(values []uint64) error {
	known := map[uint64]bool{} // values that an earlier text of the batch has
	var list []posting
	if f.Fresh {
		for _, v := range values {
			list = append(list, posting{v, 0})
		}
		slices.SortFunc(list, comparePostings)
		list = slices.Compact(list)
		for _, file := range f.values {
			if err := lookUp(file, list, func(q posting, _ uint64) { known[q.key] = true }); err != nil {
				return err
			}
		}
	}
	for n, v := range values {
		var b [9]byte
		binary.LittleEndian.PutUint64(b[:], v)
		if f.Fresh && !known[v] {
			known[v], b[8] = true, freshBit
		}
		if v != f.texts[n].own {
			b[8] |= foundBit
		}
		if _, err := f.out.Write(b[:]); err != nil {
			return err
		}
	}
	return f.run(&f.values, "values", list)
}

// Write ends the search and writes the postings of all texts added, for the batches
// after this one; it says how many there are.
func (f *Finder) Write(w io.Writer) (int64, error) {
	if err := f.resolve(); err != nil {
		return 0, err
	}
	if f.out != nil {
		if err := f.out.Flush(); err != nil {
			return 0, err
		}
	}
	return merge(w, f.runs)
}

// Results yields one result a text, in the order in which they were added. It is for
// after Write, and may be called again.
func (f *Finder) Results() func() (Result, error) {
	var in *bufio.Reader
	if f.results != nil {
		in = bufio.NewReader(io.NewSectionReader(f.results, 0, 9*f.count))
	}
	return func() (Result, error) {
		if in == nil {
			return Result{}, io.EOF
		}
		var b [9]byte
		if _, err := io.ReadFull(in, b[:]); err != nil {
			return Result{}, err
		}
		return Result{binary.LittleEndian.Uint64(b[:]), b[8]&freshBit != 0, b[8]&foundBit != 0}, nil
	}
}

// Close removes the files it worked with.
func (f *Finder) Close() error {
	var err error
	if f.results != nil {
		err = errors.Join(f.results.Close(), os.Remove(f.results.Name()))
	}
	for _, file := range slices.Concat(f.runs, f.values) {
		err = errors.Join(err, os.Remove(file.Path))
	}
	f.results, f.runs, f.values = nil, nil, nil
	return err
}
