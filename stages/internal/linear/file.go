package linear

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	mathbits "math/bits"
)

// A model file is a sequence of named parts:
//
//	magic   "onrecord linear 1\n"
//	part    name length u8, name, payload length u32, payload   (any number)
//	digest  SHA-256 of everything before it
//
// Numbers are little-endian. A classifier's payload is described at AddModel; one whose
// bits have not sparse set has all rows, padded as in memory. What other parts hold is
// their owner's business.
const magic = "onrecord linear 1\n"

// File is the content of a model file: parts by name, in the order added.
type File struct {
	names []string
	parts map[string][]byte
}

// Add appends a part. A name is used once.
func (f *File) Add(name string, payload []byte) {
	if f.parts == nil {
		f.parts = map[string][]byte{}
	}
	f.names = append(f.names, name)
	f.parts[name] = payload
}

// sparse marks a classifier's payload whose idle rows are left out.
const sparse = 1 << 15

// AddModel appends a classifier. Payload: classes u16, bits u16 with sparse set, one
// bit a bucket (has it weights?), then the rows that have, a byte a class.
func (f *File) AddModel(name string, m *Model) {
	payload := binary.LittleEndian.AppendUint16(nil, uint16(m.classes))
	payload = binary.LittleEndian.AppendUint16(payload, uint16(64-m.shift)|sparse)
	weights := make([]byte, 0, 8*len(m.rows))
	for _, w := range m.rows {
		weights = binary.LittleEndian.AppendUint64(weights, w)
	}
	stride := rowBytes(m.classes)
	used := len(payload)
	payload = append(payload, make([]byte, (len(weights)/stride+7)/8)...)
	for i := 0; i < len(weights)/stride; i++ {
		row := weights[i*stride : i*stride+m.classes]
		if idle(row) {
			continue
		}
		payload[used+i/8] |= 1 << (i % 8)
		payload = append(payload, row...)
	}
	f.Add(name, payload)
}

// idle reports whether a row has no weights.
func idle(row []byte) bool {
	for _, w := range row {
		if w != zero {
			return false
		}
	}
	return true
}

// Encode gives the file's bytes.
func (f *File) Encode() []byte {
	out := []byte(magic)
	for _, name := range f.names {
		out = append(out, byte(len(name)))
		out = append(out, name...)
		out = binary.LittleEndian.AppendUint32(out, uint32(len(f.parts[name])))
		out = append(out, f.parts[name]...)
	}
	sum := sha256.Sum256(out)
	return append(out, sum[:]...)
}

// Decode reads a model file. Parts share data's memory.
func Decode(data []byte) (*File, error) {
	body, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok || len(body) < sha256.Size {
		return nil, errors.New("not a model file of this version")
	}
	if sum := sha256.Sum256(data[:len(data)-sha256.Size]); !bytes.Equal(sum[:], data[len(data)-sha256.Size:]) {
		return nil, errors.New("model file is damaged: its digest does not match")
	}
	body = body[:len(body)-sha256.Size]
	f := &File{}
	for len(body) > 0 {
		n := int(body[0])
		if len(body) < 1+n+4 {
			return nil, errors.New("model file ends inside a part's name")
		}
		name := string(body[1 : 1+n])
		size := int(binary.LittleEndian.Uint32(body[1+n:]))
		body = body[1+n+4:]
		if len(body) < size {
			return nil, fmt.Errorf("model file ends inside part %q", name)
		}
		f.Add(name, body[:size:size])
		body = body[size:]
	}
	return f, nil
}

// Part is the payload of a part.
func (f *File) Part(name string) ([]byte, error) {
	p, ok := f.parts[name]
	if !ok {
		return nil, fmt.Errorf("model file has no part %q", name)
	}
	return p, nil
}

// Model is a part read as a classifier with that many classes.
func (f *File) Model(name string, classes int) (*Model, error) {
	p, err := f.Part(name)
	if err != nil {
		return nil, err
	}
	if len(p) < 4 {
		return nil, fmt.Errorf("part %q is too short for a classifier", name)
	}
	have, bits := int(binary.LittleEndian.Uint16(p)), uint(binary.LittleEndian.Uint16(p[2:]))
	if have != classes {
		return nil, fmt.Errorf("part %q has %d classes, want %d", name, have, classes)
	}
	if bits&^sparse < 3 || bits&^sparse > 28 {
		return nil, fmt.Errorf("part %q has %d bits", name, bits&^sparse)
	}
	if bits&sparse == 0 {
		if len(p)-4 != rowBytes(classes)<<bits {
			return nil, fmt.Errorf("part %q has %d bytes of weights for %d bits", name, len(p)-4, bits)
		}
		return newModel(classes, bits, p[4:]), nil
	}
	bits &^= sparse
	rows, err := spread(p[4:], classes, bits)
	if err != nil {
		return nil, fmt.Errorf("part %q: %w", name, err)
	}
	return &Model{classes: classes, shift: 64 - bits, words: rowBytes(classes) / 8, rows: rows}, nil
}

// spread puts rows where they belong among those that were left out. Models are ready
// sooner for being spread word by word.
func spread(p []byte, classes int, bits uint) ([]uint64, error) {
	if len(p) < 1<<bits/8 {
		return nil, errors.New("it ends before its rows")
	}
	used, p := p[:1<<bits/8], p[1<<bits/8:]
	count := 0
	for _, b := range used {
		count += mathbits.OnesCount8(b)
	}
	if len(p) != count*classes {
		return nil, fmt.Errorf("it has %d bytes for %d rows", len(p), count)
	}
	stride := rowBytes(classes)
	rows := make([]uint64, stride<<bits/8)
	const zeros = zero * 0x0101010101010101
	for i := range rows {
		rows[i] = zeros
	}
	row := bytes.Repeat([]byte{zero}, max(stride, 8))
	for i, b := range used {
		for ; b != 0; b &= b - 1 {
			copy(row, p[:classes])
			p = p[classes:]
			at := i*8 + mathbits.TrailingZeros8(b)
			if stride == 4 {
				rows[at/2] ^= (binary.LittleEndian.Uint64(row) ^ zeros) << (at % 2 * 32)
				continue
			}
			for w := range stride / 8 {
				rows[at*stride/8+w] = binary.LittleEndian.Uint64(row[w*8:])
			}
		}
	}
	return rows, nil
}
