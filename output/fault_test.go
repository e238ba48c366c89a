package output

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

// faulty is a system that counts its operations and, at a chosen one, stops dead
// or fails. It does everything on the real disk too and remembers beside it what
// a power cut would leave: bytes are safe once their file was flushed, names once
// their folder was.
type faulty struct {
	osSystem
	dir  string // everything happens below
	root *node
	n    int // operations so far
	at   int // the operation that is struck; 0 is none
	how  blow

	stopped bool
	struck  string // what the operation was
	noSync  bool   // flushing a file does nothing
	noDirs  bool   // flushing a folder does nothing
}

// blow is what happens to an operation.
type blow int

const (
	stop       blow = iota // the process ends before it
	stopHalf               // a write ends in the middle, and the process with it
	noSpace                // ENOSPC
	ioError                // EIO
	shortWrite             // half of the bytes are written, then ENOSPC
)

var errStoppedDead = errors.New("the process is dead")

// node is a file or a folder, as it is and as a power cut would leave it.
type node struct {
	names, safeNames map[string]*node // of a folder
	data, safeData   []byte           // of a file
}

func folder() *node { return &node{names: map[string]*node{}, safeNames: map[string]*node{}} }

// newFaulty takes what is in the folder as flushed.
func newFaulty(t *testing.T, dir string) *faulty {
	t.Helper()
	var scan func(dir string) *node
	scan = func(dir string) *node {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		n := folder()
		for _, e := range entries {
			path := filepath.Join(dir, e.Name())
			if e.IsDir() {
				n.names[e.Name()] = scan(path)
				continue
			}
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			n.names[e.Name()] = &node{data: b, safeData: b}
		}
		n.safeNames = maps.Clone(n.names)
		return n
	}
	return &faulty{dir: dir, root: scan(dir)}
}

// step counts an operation and says what becomes of it.
func (f *faulty) step(format string, args ...any) error {
	if f.stopped {
		return errStoppedDead
	}
	f.n++
	if f.n != f.at {
		return nil
	}
	f.struck = fmt.Sprintf(format, args...)
	switch f.how {
	case noSpace, shortWrite:
		return &fs.PathError{Op: "write", Path: f.struck, Err: syscall.ENOSPC}
	case ioError:
		return &fs.PathError{Op: "write", Path: f.struck, Err: syscall.EIO}
	}
	f.stopped = true
	return errStoppedDead
}

func (*faulty) settle() {} // nobody reads beside it

// hasty is the real system for tests without readers.
type hasty struct{ osSystem }

func (hasty) settle() {}

func (f *faulty) rel(path string) string {
	rel, err := filepath.Rel(f.dir, path)
	if err != nil {
		panic(err)
	}
	return rel
}

// find is the node of a path, and the folder that holds it.
func (n *node) find(rel string) (parent, child *node, name string) {
	parent, name = n, filepath.Base(rel)
	if rel == "." {
		return nil, n, ""
	}
	if dir := filepath.Dir(rel); dir != "." {
		_, parent, _ = n.find(dir)
	}
	if parent == nil {
		return nil, nil, name
	}
	return parent, parent.names[name], name
}

func (f *faulty) create(path string) (stream, error) {
	if err := f.step("create %s", f.rel(path)); err != nil {
		return nil, err
	}
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	parent, _, name := f.root.find(f.rel(path))
	n := &node{}
	parent.names[name] = n
	return &faultyFile{f, n, file}, nil
}

func (f *faulty) mkdir(path string) error {
	if err := f.step("mkdir %s", f.rel(path)); err != nil {
		return err
	}
	if err := f.osSystem.mkdir(path); err != nil {
		return err
	}
	parent, _, name := f.root.find(f.rel(path))
	parent.names[name] = folder()
	return nil
}

func (f *faulty) rename(from, to string) error {
	if err := f.step("rename %s to %s", f.rel(from), f.rel(to)); err != nil {
		return err
	}
	if err := f.osSystem.rename(from, to); err != nil {
		return err
	}
	a, moved, name := f.root.find(f.rel(from))
	delete(a.names, name)
	b, _, name := f.root.find(f.rel(to))
	b.names[name] = moved
	return nil
}

func (f *faulty) exchange(x, y string) error {
	if err := f.step("exchange %s and %s", f.rel(x), f.rel(y)); err != nil {
		return err
	}
	if err := f.osSystem.exchange(x, y); err != nil {
		return err
	}
	a, first, nameA := f.root.find(f.rel(x))
	b, second, nameB := f.root.find(f.rel(y))
	a.names[nameA], b.names[nameB] = second, first
	return nil
}

func (f *faulty) remove(path string) error {
	if err := f.step("remove %s", f.rel(path)); err != nil {
		return err
	}
	if err := f.osSystem.remove(path); err != nil {
		return err
	}
	parent, _, name := f.root.find(f.rel(path))
	delete(parent.names, name)
	return nil
}

func (f *faulty) syncDir(path string) error {
	if err := f.step("sync folder %s", f.rel(path)); err != nil {
		return err
	}
	if !f.noDirs {
		_, n, _ := f.root.find(f.rel(path))
		n.safeNames = maps.Clone(n.names)
	}
	return nil // nothing is gained by flushing the real disk
}

type faultyFile struct {
	f    *faulty
	n    *node
	file *os.File
}

func (w *faultyFile) Write(p []byte) (int, error) {
	err := w.f.step("write %s", w.f.rel(w.file.Name()))
	if err != nil {
		if w.f.stopped && w.f.how != stopHalf || w.f.how != stopHalf && w.f.how != shortWrite {
			return 0, err
		}
		p = p[:len(p)/2]
	}
	n, realErr := w.file.Write(p)
	w.n.data = append(w.n.data, p[:n]...)
	return n, errors.Join(err, realErr)
}

func (w *faultyFile) Sync() error {
	if err := w.f.step("sync %s", w.f.rel(w.file.Name())); err != nil {
		return err
	}
	if !w.f.noSync {
		w.n.safeData = append([]byte{}, w.n.data...)
	}
	return nil
}

func (w *faultyFile) Close() error { return w.file.Close() }

// aftermath says what of the unflushed a power cut leaves.
type aftermath int

const (
	keepAll  aftermath = iota // the process was killed, the machine went on
	loseAll                   // nothing that was not flushed
	loseSome                  // names as they are, of each file's bytes a part by chance
)

// lay writes what is left into an empty folder.
func (f *faulty) lay(t *testing.T, dir string, what aftermath, rng *rand.Rand) {
	t.Helper()
	// File systems keep names in order: what is left of them is what some stop left,
	// and every stop is tried. Bytes come to the disk in any order.
	lost := func() bool { return what == loseAll || what == loseSome && rng.IntN(2) == 0 }
	var lay func(n *node, dir string)
	lay = func(n *node, dir string) {
		names := n.names
		if what == loseAll {
			names = n.safeNames
		}
		for _, name := range slices.Sorted(maps.Keys(names)) {
			child, path := names[name], filepath.Join(dir, name)
			var err error
			if child.names != nil {
				if err = os.Mkdir(path, 0o777); err == nil {
					lay(child, path)
				}
			} else {
				data := child.data
				if lost() {
					data = child.safeData
					if what == loseSome && len(child.data) > len(data) {
						data = child.data[:len(data)+rng.IntN(len(child.data)-len(data))]
					}
				}
				err = os.WriteFile(path, data, 0o666)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	lay(f.root, dir)
}
