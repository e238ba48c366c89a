package polarity

import (
	"sort"

	"onrecord/corpus"
)

// Parts appends the stretches of tokens that a statement's tone lies in: cue and
// content, cut at sentence ends, in the order of the text. Stretches that touch
// are one, so that the negation of a cue reaches its content; the source is left out.
func Parts(dst []corpus.Span, doc *corpus.Document, st *corpus.Statement) []corpus.Span {
	for _, s := range st.Content {
		dst = appendTokens(dst, doc, s)
	}
	for _, s := range st.Cue {
		dst = appendTokens(dst, doc, s)
	}
	for i := 1; i < len(dst); i++ { // a handful, nearly in order
		for k := i; k > 0 && dst[k].Start < dst[k-1].Start; k-- {
			dst[k], dst[k-1] = dst[k-1], dst[k]
		}
	}
	return cutAtSentences(doc, join(dst))
}

// join makes one of spans that touch or overlap.
func join(spans []corpus.Span) []corpus.Span {
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// cutAtSentences cuts spans of tokens where a sentence ends.
func cutAtSentences(doc *corpus.Document, spans []corpus.Span) []corpus.Span {
	n := len(spans)
	for k := range n {
		s := spans[k]
		for i := SentenceAt(doc, s.Start); i < len(doc.Sentences) && doc.Sentences[i].Start < s.End; i++ {
			sent := doc.Sentences[i]
			spans = append(spans, corpus.Span{Start: max(s.Start, sent.Start), End: min(s.End, sent.End)})
		}
	}
	return append(spans[:0], spans[n:]...)
}

// SentenceAt is the index of the sentence of a token.
func SentenceAt(doc *corpus.Document, token int32) int {
	return sort.Search(len(doc.Sentences), func(i int) bool { return doc.Sentences[i].End > token })
}

// TokensOf is the span, in tokens, of those that overlap a span of bytes.
func TokensOf(doc *corpus.Document, s corpus.Span) corpus.Span {
	first := sort.Search(len(doc.Tokens), func(i int) bool { return doc.Tokens[i].End > s.Start })
	last := first
	for last < len(doc.Tokens) && doc.Tokens[last].Start < s.End {
		last++
	}
	return corpus.Span{Start: int32(first), End: int32(last)}
}

func appendTokens(dst []corpus.Span, doc *corpus.Document, s corpus.Span) []corpus.Span {
	if t := TokensOf(doc, s); t.Start < t.End {
		dst = append(dst, t)
	}
	return dst
}
