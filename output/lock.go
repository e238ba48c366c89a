package output

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/gofrs/flock"
)

// LockedError says that another process writes to the dataset.
type LockedError struct {
	Path   string
	Holder string // what the holder says of itself; may be empty
}

func (e *LockedError) Error() string {
	holder := e.Holder
	if holder == "" {
		holder = "another process"
	}
	return fmt.Sprintf("the dataset is in use by %s; one writer at a time (lock %s)", holder, e.Path)
}

// lockPeriod is how often a waiting process looks whether the lock is free.
const lockPeriod = 100 * time.Millisecond

// lock takes the dataset's lock, which the operating system gives back when the
// process ends, however it ends. The lock file is never deleted: a second
// process could hold the deleted one while a third makes it anew.
func lock(ctx context.Context, disk disk, dir string, wait time.Duration) (*flock.Flock, error) {
	path := filepath.Join(dir, "_lock")
	l := flock.New(path)
	ok, err := l.TryLock()
	if err == nil && !ok && wait > 0 {
		limited, cancel := context.WithTimeout(ctx, wait)
		defer cancel()
		if ok, err = l.TryLockContext(limited, lockPeriod); errors.Is(err, context.DeadlineExceeded) {
			err = nil
		}
	}
	switch {
	case ctx.Err() != nil:
		return nil, errors.Join(ctx.Err(), l.Close())
	case errors.Is(err, syscall.ENOLCK), errors.Is(err, errors.ErrUnsupported):
		return nil, fmt.Errorf("the file system of %s has no working locks (%w); with --no-lock nobody but you guards against two runs at once", path, err)
	case err != nil:
		return nil, fmt.Errorf("locking %s: %w", path, err)
	}
	holder := path + ".holder"
	if !ok {
		text, _ := os.ReadFile(holder) // a courtesy: the lock itself is the truth
		return nil, &LockedError{path, string(text)}
	}
	host, _ := os.Hostname()
	args, err := json.Marshal(os.Args)
	if err == nil {
		text := fmt.Sprintf("process %d on %s since %s: %s", os.Getpid(), host, time.Now().UTC().Format(time.RFC3339), args)
		err = disk.insist(func() error { return os.WriteFile(holder, []byte(text), 0o666) })
	}
	if err != nil {
		return nil, errors.Join(disk.explained(fmt.Errorf("naming the holder of %s: %w", path, err), path), l.Close())
	}
	return l, nil
}
