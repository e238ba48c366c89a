package segment

import "strings"

// Addresses are scanned no farther than this many bytes where their beginning is a
// guess, so that text that looks like one all along costs no more than other text.
const longestGuess = 80

// addressLength is the length of a URL, a host name or an e-mail address at the start
// of s, of which the first word letters are letters; 0 if there is none.
func addressLength(s string, word int) int {
	if word == len(s) {
		return 0
	}
	switch s[word] {
	case ':':
		if w := s[:word]; len(w) >= 3 && len(w) <= 6 && strings.HasPrefix(s[word:], "://") {
			return pathLength(s, word+len("://"))
		}
	case '.':
		if strings.EqualFold(s[:word], "www") && word+1 < len(s) && isHost(s[word+1]) {
			return pathLength(s, word+1)
		}
		return hostLength(s)
	case '@', '_':
		return hostLength(s)
	}
	return 0
}

// pathLength is the length of the address that goes on at s[n:], without the
// punctuation of the sentence after it; 0 if it does not go on.
func pathLength(s string, n int) int {
	from := n
	for n < len(s) && s[n] > ' ' && s[n] < 0x7f && strings.IndexByte("\"'<>()[]{},;`", s[n]) < 0 {
		n++
	}
	for n > from && strings.IndexByte(".!?:", s[n-1]) >= 0 {
		n--
	}
	if n == from {
		return 0
	}
	return n
}

func isHost(c byte) bool { return isLower(c|0x20) || isDigit(c) || c == '-' || c == '_' }

// hostLength is the length of a host name, with the path after it, or of an e-mail
// address at the start of s.
func hostLength(s string) int {
	last, at, n := 0, -1, 0 // where the last label begins; where the @ is
	for n < len(s) && n < longestGuess {
		switch c := s[n]; {
		case isHost(c):
		case c == '.' && n > last && n+1 < len(s) && isHost(s[n+1]):
			last = n + 1
		case c == '@' && at < 0 && n > last && n+1 < len(s) && isHost(s[n+1]):
			at, last = n, n+1
		default:
			return hostEnd(s, last, at, n)
		}
		n++
	}
	return hostEnd(s, last, at, n)
}

func hostEnd(s string, last, at, n int) int {
	if n == len(s) || s[n] < 0x80 && s[n] != '@' {
		if at >= 0 && last > at+1 || last > 0 && at < 0 && isDomain(s[last:n]) {
			if at < 0 && n < len(s) && s[n] == '/' {
				return max(n, pathLength(s, n))
			}
			return n
		}
	}
	return 0
}

// isDomain: the last label of host names that are written without a protocol.
func isDomain(label string) bool {
	switch label {
	case "com", "org", "net", "gov", "edu", "io", "co", "info", "tv", "uk", "eu", "ly", "mil", "au":
		return true
	}
	return false
}

// handleLength is the length of the name after @ or #.
func handleLength(s string) int {
	n := 0
	for n < len(s) && (isLower(s[n]|0x20) || isDigit(s[n]) || s[n] == '_') {
		n++
	}
	return n
}

// elementLength is the length of what follows the < of an element left over from a
// page: "<br/>", "</a>", "<img src=...>".
func elementLength(s string) int {
	n := 0
	if n < len(s) && s[n] == '/' {
		n++
	}
	if n == len(s) || !isLower(s[n]|0x20) {
		return 0
	}
	for ; n < len(s); n++ {
		switch s[n] {
		case '>':
			return n + 1
		case '<', '\n':
			return 0
		}
	}
	return 0
}
