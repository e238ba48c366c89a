package output

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/zeebo/xxh3"

	"onrecord/corpus"
)

// Staging is a batch under work, in _staging/<batch>: finished chunks wait there
// until all are done, through any interruption.
type Staging struct {
	data    *Dataset
	batch   string
	dir     string
	retried []string // stages whose rejects are to be tried again; see Retry
	pending []stream // parts that are written and not flushed yet
}

// Chunk is the result of a run of consecutive records.
type Chunk struct {
	Number  int
	Key     string // of everything the result depends on
	Docs    []*corpus.Document
	Rejects []corpus.Reject

	// Refuse is what becomes of the i-th of Docs if its layers do not fit its text.
	Refuse func(i int, message string) corpus.Reject

	Counts Counts // of records, bytes and known ones; the rest is counted here
}

// ChunkInfo is what a durable chunk says of itself.
type ChunkInfo struct {
	Number     int               `json:"number"`
	Key        string            `json:"key"`
	Counts     Counts            `json:"counts"`
	Reasons    map[string]int64  `json:"rejects_by_reason,omitempty"`
	Stages     map[string]int64  `json:"rejects_by_stage,omitempty"`
	Publishers []PublisherCounts `json:"publishers,omitempty"`
	IDs        []string          `json:"ids"` // of its documents
	Parts      []chunkPart       `json:"parts"`
}

type chunkPart struct {
	Sheet string `json:"sheet"`
	Start int64  `json:"start"`
	Size  int64  `json:"size"`
	Sum   uint64 `json:"xxh3"`
	Rows  int64  `json:"rows"`
}

// Begin opens the staging of a batch, with whatever an earlier run left there.
// plan is what the chunks depend on and inputs what the run was asked to read; both
// are kept beside the chunks, for Unfinished and for a person to read.
func (d *Dataset) Begin(batch string, plan []byte, inputs []string) (*Staging, error) {
	if err := CheckBatch(batch); err != nil {
		return nil, err
	}
	if err := d.disk.setAside(); err != nil {
		return nil, fmt.Errorf("setting some room aside: %w", err)
	}
	s := &Staging{data: d, batch: batch, dir: d.path("_staging/" + batch)}
	if err := d.disk.mkdirAll(s.dir); err != nil {
		return nil, err
	}
	if err := d.disk.removeAll(filepath.Join(s.dir, heldName)); err != nil {
		return nil, err
	}
	text, err := stagingPlan(plan, inputs)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(s.dir, planName)
	if was, err := os.ReadFile(path); err == nil && bytes.Equal(was, text) {
		return s, nil
	}
	return s, d.disk.writeBytes(path, text)
}

const planName = "plan.json"

func stagingPlan(plan []byte, inputs []string) ([]byte, error) {
	return json.Marshal(struct {
		Inputs []string        `json:"inputs"`
		Plan   json.RawMessage `json:"plan"`
	}{inputs, plan})
}

// Unfinished is the batch of an interrupted run with the same plan and inputs, or "".
func (d *Dataset) Unfinished(plan []byte, inputs []string) string {
	text, err := stagingPlan(plan, inputs)
	if err != nil {
		return ""
	}
	entries, err := os.ReadDir(d.path("_staging"))
	if err != nil {
		return ""
	}
	for _, e := range entries {
		b, err := os.ReadFile(d.path("_staging/" + e.Name() + "/" + planName))
		if err == nil && bytes.Equal(b, text) && !exists(d.path("_staging/"+e.Name()+"/"+heldName)) && CheckBatch(e.Name()) == nil {
			return e.Name()
		}
	}
	return ""
}

// Retry names stages whose rejects in this batch do not count as known: the
// stages have changed since they refused.
func (s *Staging) Retry(stages []string) { s.retried = stages }

func (s *Staging) path(number int) string {
	return filepath.Join(s.dir, fmt.Sprintf("chunk-%06d", number))
}

// Chunk is what is known of a finished chunk; ok is false if it is not there, is
// damaged, or was made from something else: then it must be made again.
func (s *Staging) Chunk(number int, key string) (info ChunkInfo, ok bool) {
	f, info, err := openChunk(s.path(number))
	if err != nil {
		return ChunkInfo{}, false
	}
	defer f.Close()
	if info.Key != key {
		return info, false
	}
	for _, p := range info.Parts {
		if _, err := p.read(f); err != nil {
			return info, false
		}
	}
	return info, true
}

func (p chunkPart) read(f io.ReaderAt) ([]byte, error) {
	section := make([]byte, p.Size)
	if _, err := f.ReadAt(section, p.Start); err != nil {
		return nil, err
	}
	if xxh3.Hash(section) != p.Sum {
		return nil, fmt.Errorf("the part of %s is damaged; run the same command again", p.Sheet)
	}
	return section, nil
}

// A chunk file is its sheets as Arrow files one after another, then the JSON of
// its ChunkInfo, then length and XXH3 of that JSON and the magic. One file means
// one flush a chunk.
const (
	chunkMagic = "onrchunk"
	chunkTail  = 8 + 8 + len(chunkMagic)
)

// Put makes a chunk durable. Documents whose layers do not fit their text become
// rejects. When Put returns nil the chunk survives a kill or a power cut.
func (s *Staging) Put(ctx context.Context, c *Chunk) (ChunkInfo, error) {
	if err := ctx.Err(); err != nil {
		return ChunkInfo{}, err
	}
	info := ChunkInfo{Number: c.Number, Key: c.Key, Counts: c.Counts, Reasons: map[string]int64{}, Stages: map[string]int64{}}
	var rows Rows
	rejects := c.Rejects
	for i, doc := range c.Docs {
		if err := rows.Add(doc); err != nil && c.Refuse == nil {
			return info, err
		} else if err != nil {
			rejects = append(rejects, c.Refuse(i, err.Error()))
			continue
		}
		info.IDs = append(info.IDs, doc.ID)
	}
	for _, r := range rejects {
		rows.AddReject(r)
		info.Reasons[string(r.Reason)]++
		info.Stages[r.Stage]++
	}
	tally := Tally{}
	tally.rows(&rows)
	for _, p := range tally {
		info.Counts.Add(p.Counts)
	}
	info.Counts.Rejects = int64(len(rows.Rejects))
	info.Publishers = tally.all()
	err := s.data.disk.writeDurable(s.path(c.Number), func(w io.Writer) error { return info.write(w, &rows) })
	return info, err
}

func (info *ChunkInfo) write(w io.Writer, rows *Rows) error {
	out := bufio.NewWriterSize(w, 256<<10)
	var at int64
	var part bytes.Buffer
	for _, s := range chunkSheets() {
		part.Reset()
		n, err := s.pack(&part, rows)
		if err != nil {
			return err
		}
		if n == 0 {
			continue
		}
		info.Parts = append(info.Parts, chunkPart{s.id(), at, int64(part.Len()), xxh3.Hash(part.Bytes()), int64(n)})
		at += int64(part.Len())
		if _, err := out.Write(part.Bytes()); err != nil {
			return err
		}
	}
	text, err := json.Marshal(info)
	if err != nil {
		return err
	}
	size, sum := len(text), xxh3.Hash(text)
	text = binary.LittleEndian.AppendUint64(text, uint64(size))
	text = binary.LittleEndian.AppendUint64(text, sum)
	text = append(text, chunkMagic...)
	if _, err := out.Write(text); err != nil {
		return err
	}
	return out.Flush()
}

func openChunk(path string) (*os.File, ChunkInfo, error) {
	var info ChunkInfo
	f, err := os.Open(path)
	if err != nil {
		return nil, info, err
	}
	damaged := func(err error) (*os.File, ChunkInfo, error) {
		return nil, info, errors.Join(fmt.Errorf("%s: damaged checkpoint: %w", path, err), f.Close())
	}
	end, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return damaged(err)
	}
	var tail [chunkTail]byte
	if _, err := f.ReadAt(tail[:], max(0, end-int64(chunkTail))); err != nil || string(tail[16:]) != chunkMagic {
		return damaged(errors.New("its end is missing"))
	}
	n := int64(binary.LittleEndian.Uint64(tail[:8]))
	if n < 0 || n > end-int64(chunkTail) {
		return damaged(errors.New("its end makes no sense"))
	}
	text := make([]byte, n)
	if _, err := f.ReadAt(text, end-int64(chunkTail)-n); err != nil {
		return damaged(err)
	}
	if xxh3.Hash(text) != binary.LittleEndian.Uint64(tail[8:]) {
		return damaged(errors.New("its end is not as written"))
	}
	if err := json.Unmarshal(text, &info); err != nil {
		return damaged(err)
	}
	return f, info, nil
}

// eachChunk hands over the sheet's rows of every chunk, in order.
func (s *Staging) eachChunk(ctx context.Context, chunks int, sh sheet, yield func(*Rows) error) error {
	for number := range chunks {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.oneChunk(number, sh, yield); err != nil {
			return fmt.Errorf("%s: %w", s.path(number), err)
		}
	}
	return nil
}

func (s *Staging) oneChunk(number int, sh sheet, yield func(*Rows) error) error {
	f, info, err := openChunk(s.path(number))
	if err != nil {
		return err
	}
	defer f.Close()
	for _, p := range info.Parts {
		if p.Sheet != sh.id() {
			continue
		}
		section, err := p.read(f)
		if err != nil {
			return err
		}
		return sh.readChunk(bytes.NewReader(section), p.Size, func(r *Rows, _ int) error { return yield(r) })
	}
	return nil
}

// Abandon removes what lies in the staging of a batch: there is nothing to publish.
func (d *Dataset) Abandon(batch string) error { return d.disk.removeAll(d.path("_staging/" + batch)) }

// dropFrom removes chunks that an earlier, longer run left behind.
func (s *Staging) dropFrom(chunks int) error {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		rest, ok := strings.CutPrefix(e.Name(), "chunk-")
		if n, err := strconv.Atoi(rest); !ok || err == nil && n < chunks {
			continue
		}
		if err := s.data.disk.remove(filepath.Join(s.dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

func allSheets() []sheet { return slices.Concat(tables, layers) }

// chunkSheets are those of a chunk file.
func chunkSheets() []sheet { return append(allSheets(), originalSheet) }
