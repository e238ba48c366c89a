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
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/zeebo/xxh3"

	"onrecord/corpus"
)

// Staging is a batch under work, in _staging/<batch>: finished chunks wait there
// until all are done, through any interruption.
type Staging struct {
	data  *Dataset
	batch string
	dir   string
}

// Chunk is the result of a run of consecutive records.
type Chunk struct {
	Number  int
	Key     string // of everything the result depends on
	Docs    []*corpus.Document
	Rejects []corpus.Reject
	Counts  Counts // of records, bytes and known ones; the rest is counted here
}

// ChunkInfo is what a durable chunk says of itself.
type ChunkInfo struct {
	Number  int              `json:"number"`
	Key     string           `json:"key"`
	Counts  Counts           `json:"counts"`
	Reasons map[string]int64 `json:"rejects_by_reason,omitempty"`
	IDs     []string         `json:"ids"` // of its documents
	Parts   []chunkPart      `json:"parts"`
}

type chunkPart struct {
	Sheet string `json:"sheet"`
	Start int64  `json:"start"`
	Size  int64  `json:"size"`
	Sum   uint64 `json:"xxh3"`
	Rows  int64  `json:"rows"`
}

// Begin opens the staging of a batch, with whatever an earlier run left there.
// plan is kept beside the chunks for a person to read.
func (d *Dataset) Begin(batch string, plan []byte) (*Staging, error) {
	if err := CheckBatch(batch); err != nil {
		return nil, err
	}
	s := &Staging{data: d, batch: batch, dir: filepath.Join(d.dir, "_staging", batch)}
	if err := os.MkdirAll(s.dir, 0o777); err != nil {
		return nil, err
	}
	if err := writeBytes(filepath.Join(s.dir, "plan.json"), plan); err != nil {
		return nil, err
	}
	return s, nil
}

// Unfinished is the batch of an interrupted run with the same plan, or "".
func (d *Dataset) Unfinished(plan []byte) string {
	entries, err := os.ReadDir(filepath.Join(d.dir, "_staging"))
	if err != nil {
		return ""
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(d.dir, "_staging", e.Name(), "plan.json"))
		if err == nil && bytes.Equal(b, plan) && CheckBatch(e.Name()) == nil {
			return e.Name()
		}
	}
	return ""
}

func (s *Staging) path(number int) string {
	return filepath.Join(s.dir, fmt.Sprintf("chunk-%06d", number))
}

// Chunk is what is known of a finished chunk; ok is false if it is not there or
// was made from something else.
func (s *Staging) Chunk(number int, key string) (info ChunkInfo, ok bool) {
	f, info, err := openChunk(s.path(number))
	if err != nil {
		return ChunkInfo{}, false
	}
	f.Close()
	return info, info.Key == key
}

// A chunk file is its sheets as Arrow files one after another, then the JSON of
// its ChunkInfo, then the length of that JSON and the magic. One file means one
// flush a chunk.
const chunkMagic = "onrchunk"

// Put makes a chunk durable. Documents whose layers do not fit their text become
// rejects. When Put returns nil the chunk survives a kill or a power cut.
func (s *Staging) Put(ctx context.Context, c *Chunk) (ChunkInfo, error) {
	if err := ctx.Err(); err != nil {
		return ChunkInfo{}, err
	}
	info := ChunkInfo{Number: c.Number, Key: c.Key, Counts: c.Counts, Reasons: map[string]int64{}}
	var rows Rows
	rejects := c.Rejects
	for _, doc := range c.Docs {
		if err := rows.Add(doc); err != nil {
			rejects = append(rejects, corpus.Reject{URI: doc.URI, DocID: doc.ID, Stage: "write", Reason: corpus.StageFailed,
				Message: err.Error(), Offset: -1, Size: int64(len(doc.Text))})
			continue
		}
		info.IDs = append(info.IDs, doc.ID)
		info.Counts.Sentences += int64(len(doc.Sentences))
		info.Counts.Tokens += int64(len(doc.Tokens))
	}
	for _, r := range rejects {
		rows.AddReject(r)
		info.Reasons[string(r.Reason)]++
	}
	info.Counts.Documents = int64(len(rows.Documents))
	info.Counts.Rejects = int64(len(rows.Rejects))
	info.Counts.Statements = int64(len(rows.Statements))
	info.Counts.Stances = int64(len(rows.Stances))
	err := writeDurable(s.path(c.Number), func(w io.Writer) error { return info.write(w, &rows) })
	return info, err
}

func (info *ChunkInfo) write(w io.Writer, rows *Rows) error {
	out := bufio.NewWriterSize(w, 256<<10)
	var at int64
	var part bytes.Buffer
	for _, s := range allSheets() {
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
	text = binary.LittleEndian.AppendUint64(text, uint64(len(text)))
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
	var tail [16]byte
	if _, err := f.ReadAt(tail[:], max(0, end-16)); err != nil || string(tail[8:]) != chunkMagic {
		return damaged(errors.New("its end is missing"))
	}
	n := int64(binary.LittleEndian.Uint64(tail[:8]))
	if n < 0 || n > end-16 {
		return damaged(errors.New("its end makes no sense"))
	}
	text := make([]byte, n)
	if _, err := f.ReadAt(text, end-16-n); err != nil {
		return damaged(err)
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
		section := make([]byte, p.Size)
		if _, err := f.ReadAt(section, p.Start); err != nil {
			return err
		}
		if xxh3.Hash(section) != p.Sum {
			return fmt.Errorf("%s is damaged; delete this file and run again", sh.id())
		}
		return sh.readChunk(bytes.NewReader(section), p.Size, func(r *Rows, _ int) error { return yield(r) })
	}
	return nil
}

// Abandon removes the staging: there was nothing to publish.
func (s *Staging) Abandon() error { return os.RemoveAll(s.dir) }

// dropFrom removes chunks that an earlier, longer run left behind.
func (s *Staging) dropFrom(chunks int) error {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		var n int
		if rest, ok := strings.CutPrefix(e.Name(), "chunk-"); ok {
			if _, err := fmt.Sscanf(rest, "%d", &n); err == nil && n < chunks && !strings.HasSuffix(rest, ".tmp") {
				continue
			}
			if err := os.Remove(filepath.Join(s.dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}

func allSheets() []sheet { return append(append([]sheet(nil), tables...), layers...) }
