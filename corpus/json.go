package corpus

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// encoding/json goes over a long text six times to decode it into a map of
// fields. Here it validates, once; finding the few fields that are wanted in
// JSON known to be valid is simple, and three times as fast in all.

// eachMember calls yield with the members of a JSON object; what is no object
// and no valid JSON is an error of encoding/json.
func eachMember(raw []byte, yield func(name string, value []byte)) error {
	i := skipSpace(raw, 0)
	if i == len(raw) || raw[i] != '{' || !json.Valid(raw) {
		var object map[string]json.RawMessage
		return json.Unmarshal(raw, &object)
	}
	i = skipSpace(raw, i+1)
	for raw[i] != '}' {
		end := stringEnd(raw, i)
		name := unquote(raw[i:end])
		i = skipSpace(raw, end) // the colon
		i = skipSpace(raw, i+1) // the value
		end = valueEnd(raw, i)
		yield(name, raw[i:end])
		if i = skipSpace(raw, end); raw[i] == ',' {
			i = skipSpace(raw, i+1)
		}
	}
	return nil
}

func skipSpace(raw []byte, i int) int {
	for i < len(raw) && (raw[i] == ' ' || raw[i] == '\t' || raw[i] == '\n' || raw[i] == '\r') {
		i++
	}
	return i
}

// stringEnd is the index after the string that begins at i.
func stringEnd(raw []byte, i int) int {
	for i++; ; i++ {
		i += bytes.IndexByte(raw[i:], '"')
		escapes := 0
		for raw[i-1-escapes] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return i + 1
		}
	}
}

// valueEnd is the index after the value that begins at i.
func valueEnd(raw []byte, i int) int {
	switch raw[i] {
	case '"':
		return stringEnd(raw, i)
	case '{', '[':
		return nestedEnd(raw, i)
	}
	return i + bytes.IndexAny(raw[i:], " \t\r\n,]}")
}

// nestedEnd is the index after the object or list that begins at i.
func nestedEnd(raw []byte, i int) int {
	depth := 0
	for {
		switch raw[i] {
		case '"':
			i = stringEnd(raw, i)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		if i++; depth == 0 {
			return i
		}
	}
}

// unquote is the text of a valid JSON string. As in encoding/json, half a
// surrogate pair, which is no character, becomes U+FFFD.
func unquote(raw []byte) string {
	raw = raw[1 : len(raw)-1]
	i := bytes.IndexByte(raw, '\\')
	if i < 0 {
		return string(raw)
	}
	var b strings.Builder
	b.Grow(len(raw))
	for ; i >= 0; i = bytes.IndexByte(raw, '\\') {
		b.Write(raw[:i])
		escape := raw[i+1]
		raw = raw[i+2:]
		if escape != 'u' {
			b.WriteByte(escaped[escape])
			continue
		}
		r := codeUnit(raw)
		raw = raw[4:]
		if utf16.IsSurrogate(r) {
			r2 := rune(utf8.RuneError)
			if bytes.HasPrefix(raw, []byte(`\u`)) {
				r2 = codeUnit(raw[2:])
			}
			if r = utf16.DecodeRune(r, r2); r != utf8.RuneError {
				raw = raw[6:]
			}
		}
		b.WriteRune(r)
	}
	b.Write(raw)
	return b.String()
}

// escaped are the characters after a backslash, and what they mean.
var escaped = [256]byte{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

// codeUnit reads four hexadecimal digits.
func codeUnit(raw []byte) rune {
	n, _ := strconv.ParseUint(string(raw[:4]), 16, 16)
	return rune(n)
}
