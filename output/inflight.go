package output

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"sync/atomic"
)

const inFlightName = "inflight"

// InFlight remembers, beyond the death of the process, which documents its workers
// were at work on: the few that may be to blame for what recover can't catch, such as
// the end of all memory.
//
// Each worker has a slot in a file, where it puts the document before it begins and
// takes it away afterwards. That is no operation of the system and never flushed:
// what a process has written outlives it, and for a power cut no document is to blame.
type InFlight struct {
	file   *os.File
	deaths map[uint64]Deaths
	slots  atomic.Int64
	over   atomic.Bool
}

// Deaths are what happened to earlier processes at work on a document.
type Deaths struct {
	Times int
	Step  int // the earliest step of the chain in which one died
}

// A slot is the number of a document, how many processes will have died at work on it
// if this one does, and the step; zeros are nobody.
const slotSize = 8 + 4 + 4

// InFlight takes down who was in flight when the last process at work on this batch
// died, and begins anew.
func (s *Staging) InFlight() (*InFlight, error) {
	path := filepath.Join(s.dir, inFlightName)
	f := &InFlight{deaths: map[uint64]Deaths{}}
	was, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	for ; len(was) >= slotSize; was = was[slotSize:] {
		id := binary.LittleEndian.Uint64(was)
		d := Deaths{int(binary.LittleEndian.Uint32(was[8:])), int(binary.LittleEndian.Uint32(was[12:]))}
		if before, ok := f.deaths[id]; ok {
			d = Deaths{max(d.Times, before.Times), min(d.Step, before.Step)}
		}
		if id != 0 {
			f.deaths[id] = d
		}
	}
	var text []byte
	for id, d := range f.deaths {
		text = appendSlot(text, id, d)
	}
	if err := s.data.disk.writeBytes(path, text); err != nil {
		return nil, err
	}
	f.slots.Store(int64(len(f.deaths)))
	f.file, err = os.OpenFile(path, os.O_WRONLY, 0)
	return f, err
}

func appendSlot(b []byte, id uint64, d Deaths) []byte {
	b = binary.LittleEndian.AppendUint64(b, id)
	b = binary.LittleEndian.AppendUint32(b, uint32(d.Times))
	return binary.LittleEndian.AppendUint32(b, uint32(d.Step))
}

// Deaths are those of earlier processes at work on this document.
func (f *InFlight) Deaths(id uint64) Deaths { return f.deaths[id] }

// Slot is the place of one more worker.
func (f *InFlight) Slot() int64 { return (f.slots.Add(1) - 1) * slotSize }

// Begin says that the worker of this slot begins with a document, which is not 0.
func (f *InFlight) Begin(slot int64, id uint64, step int) {
	d := Deaths{1, step}
	if before, ok := f.deaths[id]; ok {
		d = Deaths{before.Times + 1, min(step, before.Step)}
	}
	f.put(slot, id, d)
}

// End says that the worker is done with it.
func (f *InFlight) End(slot int64) { f.put(slot, 0, Deaths{}) }

func (f *InFlight) put(slot int64, id uint64, d Deaths) {
	if f.over.Load() && id != 0 {
		return
	}
	// Where it can't be written a death is blamed on nobody: no reason to stop.
	_, _ = f.file.WriteAt(appendSlot(make([]byte, 0, slotSize), id, d), slot)
}

// Forget says that the process is about to be ended, which is nobody's fault.
func (f *InFlight) Forget() {
	f.over.Store(true)
	for slot := int64(len(f.deaths)); slot < f.slots.Load(); slot++ {
		f.End(slot * slotSize)
	}
}

// Close is for the end of all work.
func (f *InFlight) Close() error { return f.file.Close() }
