package linear

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
)

// A model file is a sequence of named parts:
//
//	magic   "onrecord linear 1\n"
//	part    name length u8, name, payload length u32, payload   (any number)
//	digest  SHA-256 of everything before it
//
// Numbers are little-endian. A classifier's payload is described at AddModel.
// What other parts hold is their owner's business.
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

// AddModel appends a classifier. Payload: classes u8, 0 u8, bits u8, version u8, one bit a
// bucket (has it a row?), then the rows, a byte a class.
func (f *File) AddModel(name string, m *Model) {
	used, rows := m.unpack()
	payload := []byte{byte(m.classes), 0, byte(64 - m.shift), modelVersion}
	payload = append(payload, used...)
	f.Add(name, append(payload, rows...))
}

// modelVersion says which form a classifier's payload has.
const modelVersion = 0x80

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
	have, width, version, p := int(p[0]), uint(p[2]), p[3], p[4:]
	if version != modelVersion {
		return nil, fmt.Errorf("part %q is of another version", name)
	}
	if have != classes {
		return nil, fmt.Errorf("part %q has %d classes, want %d", name, have, classes)
	}
	if width < 5 || width > 28 || len(p) < 1<<width/8 {
		return nil, fmt.Errorf("part %q has %d bytes for %d bits", name, len(p), width)
	}
	used, rows := p[:1<<width/8], p[1<<width/8:]
	count := 0
	for _, b := range used {
		count += bits.OnesCount8(b)
	}
	if len(rows) != count*classes {
		return nil, fmt.Errorf("part %q has %d bytes for %d rows", name, len(rows), count)
	}
	return newModel(classes, width, used, rows), nil
}
