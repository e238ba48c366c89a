package output

import (
	"context"
	"errors"
	"io"
	"iter"
)

// cursor walks the rows of one sheet one at a time, so that the documents of a
// batch can be put together from files whose pieces are of different lengths.
type cursor struct {
	pull func() (*Rows, error, bool)
	stop func()
}

func newCursor(ctx context.Context, d *Dataset, s sheet, parts []File) *cursor {
	seq := func(yield func(*Rows, error) bool) {
		for _, f := range parts {
			path := d.path(f.Path)
			err := s.read(path, func(r *Rows, n int) error {
				for i := range n {
					if err := ctx.Err(); err != nil {
						return err
					}
					if !yield(s.row(r, i), nil) {
						return errStopped
					}
				}
				return nil
			})
			if err != nil {
				if !errors.Is(err, errStopped) {
					yield(nil, err)
				}
				return
			}
		}
	}
	c := &cursor{}
	c.pull, c.stop = iter.Pull2(seq)
	return c
}

var errStopped = errors.New("no more rows are wanted")

// next is the next row in a Rows of its own, or io.EOF.
func (c *cursor) next() (*Rows, error) {
	row, err, ok := c.pull()
	if !ok {
		return nil, io.EOF
	}
	return row, err
}
