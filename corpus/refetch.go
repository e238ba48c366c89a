package corpus

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
)

// Refetch reads rejected records of one input again, which come in the order of their
// offsets, and hands them over by their place in rejects. What is no longer there as it
// was is left out; the error says why nothing more can be read.
func Refetch(uri string, rejects []Reject, yield func(i int, raw []byte) error) error {
	f, err := os.Open(uri)
	if err != nil {
		return err
	}
	defer f.Close()
	disk := bufio.NewReader(f)
	none := func() int64 { return 1 << 40 } // what was read once is no bomb
	r, free, err := decompressed(disk, defaultMaxRatio, none)
	if err != nil {
		return err
	}
	defer free()
	var at int64
	for i, x := range rejects {
		if x.Offset < at || x.Size < 0 {
			continue
		}
		n, err := io.CopyN(io.Discard, r, x.Offset-at)
		if at += n; err != nil {
			return fmt.Errorf("%s ends, or is damaged, before byte %d: %w", uri, x.Offset, err)
		}
		var raw bytes.Buffer
		n, err = io.CopyN(&raw, r, x.Size)
		if at += n; err != nil {
			return fmt.Errorf("%s ends, or is damaged, before byte %d: %w", uri, x.Offset+x.Size, err)
		}
		for _, record := range [][]byte{raw.Bytes(), bytes.TrimSpace(raw.Bytes())} { // a line without its end
			if sum := sha256.Sum256(record); hex.EncodeToString(sum[:]) == x.Digest {
				if err := yield(i, record); err != nil {
					return err
				}
				break
			}
		}
	}
	return nil
}
