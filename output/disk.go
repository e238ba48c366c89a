package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// system is everything that this package does to change what is on a disk. Tests
// put another in its place, which stops or fails at a chosen operation and
// forgets what was not flushed.
type system interface {
	create(path string) (stream, error) // empty, in the place of what was there
	mkdir(path string) error
	rename(from, to string) error
	exchange(a, b string) error // errors.ErrUnsupported if it can't be done in one step
	remove(path string) error   // of a file or an empty folder
	syncDir(path string) error  // makes the names in a folder durable

	// settle waits until readers that had opened a folder before it was exchanged
	// have listed it: what it held may be removed then.
	settle()
}

// stream is an open file of a system. Its bytes are durable after Sync, its name
// after syncDir of its folder.
type stream interface {
	io.Writer
	Sync() error
	Close() error
}

// settling is long against the microseconds between opening a folder and listing it.
const settling = 100 * time.Millisecond

// osSystem is the real one.
type osSystem struct{}

func (osSystem) create(path string) (stream, error) { return os.Create(path) }
func (osSystem) mkdir(path string) error            { return os.Mkdir(path, 0o777) }
func (osSystem) rename(from, to string) error       { return os.Rename(from, to) }
func (osSystem) remove(path string) error           { return os.Remove(path) }

func (osSystem) settle() { time.Sleep(settling) }

func (osSystem) syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("flushing folder %s: %w", path, err)
	}
	return nil
}

// disk holds the recipes by which results come to stand on a system.
type disk struct {
	system
	reserve string // a file that is given up when the disk is full
}

// writeDurable is the one way in which a file comes to stand in a place where
// others look: written beside it, flushed, renamed, and the folder flushed. After
// it returns nil the file survives a power cut; before, nobody sees a part of it.
func (d disk) writeDurable(path string, write func(io.Writer) error) error {
	if err := d.writeFlushed(path, write); err != nil {
		return err
	}
	return d.syncDir(filepath.Dir(path))
}

// writeFlushed is writeDurable without the last step, for several files of one
// folder, which the caller then flushes.
func (d disk) writeFlushed(path string, write func(io.Writer) error) (err error) {
	temporary := path + ".tmp"
	f, err := d.create(temporary)
	if err != nil {
		return d.explained(err, path)
	}
	defer func() {
		if err != nil {
			_ = d.remove(temporary) // the first error is the one to report
		}
	}()
	// A flush that failed once may succeed later without the bytes: it is never
	// tried again, the file is given up.
	if err := errors.Join(write(f), f.Sync()); err != nil {
		_ = f.Close()
		return d.explained(fmt.Errorf("writing %s: %w", path, err), path)
	}
	if err := f.Close(); err != nil {
		return d.explained(fmt.Errorf("writing %s: %w", path, err), path)
	}
	return d.rename(temporary, path)
}

// writeBytes is writeDurable of a few bytes.
func (d disk) writeBytes(path string, b []byte) error {
	return d.writeDurable(path, func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
}

// mkdirAll makes a folder and the missing ones above it, durably.
func (d disk) mkdirAll(path string) error {
	if exists(path) {
		return nil
	}
	parent := filepath.Dir(path)
	if err := d.mkdirAll(parent); err != nil {
		return err
	}
	if err := d.mkdir(path); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return nil
		}
		return d.explained(err, path)
	}
	return d.syncDir(parent)
}

// removeAll removes a file or folder; what is not there is no error.
func (d disk) removeAll(path string) error { return d.removeEndingWith(path, "") }

// removeEndingWith removes a folder of which one file goes last: whoever sees that
// file gone finds the others gone too.
func (d disk) removeEndingWith(path, last string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil || !info.IsDir() {
		return errors.Join(err, d.remove(path))
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() == last {
			continue
		}
		if err := d.removeAll(filepath.Join(path, e.Name())); err != nil {
			return err
		}
	}
	if last != "" {
		if err := d.syncDir(path); err != nil {
			return err
		}
		if err := d.removeAll(filepath.Join(path, last)); err != nil {
			return err
		}
	}
	return d.remove(path)
}

// swap puts folder a in the place of folder b and b in that of a. Where the system
// can't do it in one step there is an instant without b; a journal must stand
// behind it, and b is left beside a.
func (d disk) swap(a, b string) error {
	err := d.exchange(a, b)
	if !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	if err := d.rename(b, a+".old"); err != nil {
		return err
	}
	return d.rename(a, b)
}

// reserveSize is enough for what has to be written when a disk is full: a log, metrics,
// the name of the lock's holder, the steps of a publish that was begun.
const reserveSize = 256 << 10

// setAside makes the reserve. Where there is no room even for that, work is not begun.
func (d disk) setAside() error {
	if info, err := os.Stat(d.reserve); err == nil && info.Size() == reserveSize {
		return nil
	}
	return d.writeDurable(d.reserve, func(w io.Writer) error {
		_, err := io.CopyN(w, rand.NewChaCha8([32]byte{}), reserveSize) // nothing that a file system could squeeze
		return err
	})
}

// giveUp removes the reserve.
func (d disk) giveUp() {
	if exists(d.reserve) {
		_ = d.remove(d.reserve) // the full disk is the error to report
	}
}

// insist does again, with the reserve given up, what a full disk stopped: a step that
// may be done twice and that others wait for.
func (d disk) insist(do func() error) error {
	had := exists(d.reserve)
	err := do()
	if had && errors.Is(err, syscall.ENOSPC) {
		d.giveUp()
		err = do()
	}
	return err
}

// explained adds to an error about a full disk how much room there is, and gives the
// reserve up.
func (d disk) explained(err error, path string) error {
	var full *FullError
	if errors.Is(err, syscall.ENOSPC) && !errors.As(err, &full) {
		full = &FullError{err, freeBytes(filepath.Dir(path))}
		d.giveUp()
		return full
	}
	return err
}

// FullError says that the disk is full. What was published is untouched, and what
// was finished stays: with more room the same work goes on.
type FullError struct {
	Err  error
	Free int64 // bytes left; -1 if unknown
}

func (e *FullError) Error() string {
	if e.Free < 0 {
		return e.Err.Error()
	}
	return fmt.Sprintf("%v (%d bytes are free)", e.Err, e.Free)
}

func (e *FullError) Unwrap() error { return e.Err }

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
