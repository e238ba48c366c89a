//go:build !linux

package output

import "os"

// exchange swaps two folders. Where the system cannot do it in one step there is
// an instant with neither; the journal finishes what a kill interrupts.
func exchange(a, b string) error {
	old := a + ".old"
	if err := os.Rename(b, old); err != nil {
		return err
	}
	if err := os.Rename(a, b); err != nil {
		return err
	}
	return os.Rename(old, a)
}
