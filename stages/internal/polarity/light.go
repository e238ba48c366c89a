package polarity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/corpus"
)

// Annotate gives a bare text sentences, tokens and rough tags, for scoring a line
// of text without the chain: words with Penn's clitics apart, tags by shape,
// ending and the word before. Documents of the chain have better ones.
func (a *Analyzer) Annotate(doc *corpus.Document) {
	doc.Sentences, doc.Tokens, doc.Tags = doc.Sentences[:0], doc.Tokens[:0], doc.Tags[:0]
	text, begin := doc.Text, 0
	for pos := 0; pos < len(text); {
		r, n := utf8.DecodeRuneInString(text[pos:])
		switch {
		case unicode.IsSpace(r):
			pos += n
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			n = wordLen(text[pos:])
		}
		word := text[pos : pos+n]
		for _, cut := range [...]int{clitic(word), 0} {
			if cut > 0 {
				doc.Tokens = append(doc.Tokens, corpus.Span{Start: int32(pos), End: int32(pos + cut)})
				pos, n = pos+cut, n-cut
			}
		}
		doc.Tokens = append(doc.Tokens, corpus.Span{Start: int32(pos), End: int32(pos + n)})
		pos += n
		if ends(text, pos-n, pos) {
			doc.Sentences = append(doc.Sentences, corpus.Span{Start: int32(begin), End: int32(len(doc.Tokens))})
			begin = len(doc.Tokens)
		}
	}
	if begin < len(doc.Tokens) {
		doc.Sentences = append(doc.Sentences, corpus.Span{Start: int32(begin), End: int32(len(doc.Tokens))})
	}
	for _, s := range doc.Sentences {
		for i := s.Start; i < s.End; i++ {
			doc.Tags = append(doc.Tags, a.guess(doc, s, i))
		}
	}
}

// wordLen is the length of the word at the start of s: letters, digits, and marks within.
func wordLen(s string) int {
	n := 0
	for n < len(s) {
		r, w := utf8.DecodeRuneInString(s[n:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			next, _ := utf8.DecodeRuneInString(s[n+w:])
			inner := strings.ContainsRune("'’-.,&", r) && (unicode.IsLetter(next) || unicode.IsDigit(next))
			if !inner || r == '.' && n > 1 && !strings.Contains(s[:n], ".") || r == ',' && !unicode.IsDigit(next) {
				break
			}
		}
		n += w
	}
	return n
}

// clitic is where "n't" or an apostrophe's ending begins within a word, or 0.
func clitic(word string) int {
	i := strings.LastIndexAny(word, "'’")
	if i <= 0 {
		return 0
	}
	mark, _ := utf8.DecodeRuneInString(word[i:])
	rest := word[i+utf8.RuneLen(mark):]
	switch strings.ToLower(rest) {
	case "t":
		if i > 1 && (word[i-1] == 'n' || word[i-1] == 'N') {
			return i - 1
		}
	case "s", "re", "ve", "ll", "d", "m":
		return i
	}
	return 0
}

// ends reports whether the token [from, to) ends a sentence.
func ends(text string, from, to int) bool {
	switch text[from:to] {
	case "!", "?":
		return true
	case ".":
		rest := strings.TrimLeft(text[to:], " \t\n\r\"”’')")
		if rest == "" {
			return true
		}
		r, _ := utf8.DecodeRuneInString(rest)
		return (unicode.IsUpper(r) || unicode.IsDigit(r)) && !abbreviated(text[:from])
	}
	return false
}

// abbreviated reports whether the text ends in a title or an initial.
func abbreviated(before string) bool {
	word := before[strings.LastIndexAny(before, " \n(")+1:]
	switch word {
	case "Mr", "Mrs", "Ms", "Dr", "Sen", "Rep", "Gov", "Gen", "St", "Prof", "Lt", "Col", "Sgt":
		return true
	}
	return len(word) == 1 && word != "I"
}

var closedTags = map[string]corpus.Tag{
	",": corpus.Comma, ".": corpus.Period, "!": corpus.Period, "?": corpus.Period, ":": corpus.Colon, ";": corpus.Colon,
	"–": corpus.Colon, "—": corpus.Colon, "“": corpus.OpenQuote, "”": corpus.CloseQuote, "(": corpus.LRB, ")": corpus.RRB,
	"the": corpus.DT, "a": corpus.DT, "an": corpus.DT, "this": corpus.DT, "that": corpus.DT, "these": corpus.DT, "those": corpus.DT,
	"no": corpus.DT, "some": corpus.DT, "any": corpus.DT, "every": corpus.DT, "and": corpus.CC, "or": corpus.CC, "but": corpus.CC, "nor": corpus.CC,
	"in": corpus.IN, "of": corpus.IN, "on": corpus.IN, "at": corpus.IN, "by": corpus.IN, "for": corpus.IN, "with": corpus.IN, "from": corpus.IN,
	"about": corpus.IN, "over": corpus.IN, "against": corpus.IN, "if": corpus.IN, "than": corpus.IN, "as": corpus.IN, "like": corpus.IN,
	"because": corpus.IN, "while": corpus.IN, "although": corpus.IN, "between": corpus.IN, "under": corpus.IN, "after": corpus.IN, "to": corpus.TO,
	"i": corpus.PRP, "you": corpus.PRP, "he": corpus.PRP, "she": corpus.PRP, "it": corpus.PRP, "we": corpus.PRP, "they": corpus.PRP,
	"him": corpus.PRP, "them": corpus.PRP, "us": corpus.PRP, "me": corpus.PRP, "themselves": corpus.PRP, "his": corpus.PRPS, "her": corpus.PRPS,
	"its": corpus.PRPS, "our": corpus.PRPS, "their": corpus.PRPS, "my": corpus.PRPS, "your": corpus.PRPS,
	"is": corpus.VBZ, "are": corpus.VBP, "was": corpus.VBD, "were": corpus.VBD, "be": corpus.VB, "been": corpus.VBN, "being": corpus.VBG,
	"has": corpus.VBZ, "have": corpus.VBP, "had": corpus.VBD, "do": corpus.VBP, "does": corpus.VBZ, "did": corpus.VBD, "said": corpus.VBD, "says": corpus.VBZ,
	"will": corpus.MD, "would": corpus.MD, "can": corpus.MD, "could": corpus.MD, "may": corpus.MD, "might": corpus.MD, "should": corpus.MD, "must": corpus.MD,
	"not": corpus.RB, "n't": corpus.RB, "never": corpus.RB, "very": corpus.RB, "so": corpus.RB, "more": corpus.RBR, "less": corpus.RBR, "better": corpus.JJR,
	"worse": corpus.JJR, "who": corpus.WP, "which": corpus.WDT, "when": corpus.WRB, "where": corpus.WRB, "there": corpus.EX, "'s": corpus.POS,
}

// guess tags a token by its shape and the tag before it.
func (a *Analyzer) guess(doc *corpus.Document, s corpus.Span, i int32) corpus.Tag {
	word := doc.Tokens[i].Of(doc.Text)
	lower := strings.ReplaceAll(strings.ToLower(word), "’", "'")
	prev := corpus.NoTag
	if i > s.Start {
		prev = doc.Tags[i-1]
	}
	if lower == "like" && (prev == corpus.PRP || prev == corpus.TO || prev == corpus.MD || prev == corpus.RB) {
		return corpus.VBP
	}
	r, _ := utf8.DecodeRuneInString(word)
	switch {
	case word == "\"" || word == "'":
		open := doc.Tokens[i].Start == 0 || strings.ContainsRune(" \n([", rune(doc.Text[doc.Tokens[i].Start-1]))
		if open {
			return corpus.OpenQuote
		}
		return corpus.CloseQuote
	case unicode.IsDigit(r):
		return corpus.CD
	}
	if t, ok := closedTags[lower]; ok && (word == lower || prev == corpus.NoTag || prev == corpus.OpenQuote || lower == "i") {
		return t
	}
	if unicode.IsUpper(r) && a.proper(doc, s, i, prev) {
		return corpus.NNP
	}
	if prev == corpus.RB && i > s.Start+1 && doc.Tags[i-2] == corpus.MD {
		prev = corpus.MD // "will not vote"
	}
	return a.open(lower, prev)
}

// proper decides whether a word in capitals is a name: inside a sentence it is; at
// its start it is when the next word is one too, or when the lexicon does not know it.
func (a *Analyzer) proper(doc *corpus.Document, s corpus.Span, i int32, prev corpus.Tag) bool {
	if prev != corpus.NoTag && prev != corpus.OpenQuote {
		return true
	}
	word := doc.Tokens[i].Of(doc.Text)
	if i+1 < s.End {
		next := doc.Tokens[i+1].Of(doc.Text)
		if r, _ := utf8.DecodeRuneInString(next); unicode.IsUpper(r) {
			return true
		}
	}
	return a.lookup(word) < 0 && !strings.HasSuffix(word, "s")
}

// open tags a word of the open classes.
func (a *Analyzer) open(lower string, prev corpus.Tag) corpus.Tag {
	verbal := prev == corpus.TO || prev == corpus.MD
	nominal := prev == corpus.DT || prev == corpus.PRPS || prev == corpus.POS || prev.IsAdjective() || prev == corpus.IN
	switch {
	case strings.HasSuffix(lower, "ly"):
		return corpus.RB
	case verbal:
		return corpus.VB
	}
	if id, ok := a.lex.words[lower]; ok {
		e := &a.lex.Entries[id]
		switch {
		case e.source[adjPOS] != 0 && strings.HasSuffix(lower, "er"):
			return corpus.JJR
		case nominal && e.source[adjPOS] != 0:
			return corpus.JJ
		case nominal && (e.source[nounPOS] != 0 || e.Latent != 0):
			return corpus.NN
		case e.source[verbPOS] != 0 || e.Class&(Reduce|Raise|Fade) != 0 && !nominal:
			switch {
			case strings.HasSuffix(lower, "ing"):
				return corpus.VBG
			case strings.HasSuffix(lower, "ed"):
				return corpus.VBD
			}
			return corpus.VBP
		case e.source[adjPOS] != 0:
			return corpus.JJ
		}
	}
	switch {
	case strings.HasSuffix(lower, "ed") && !nominal:
		return corpus.VBD
	case strings.HasSuffix(lower, "ing") && !nominal:
		return corpus.VBG
	case strings.HasSuffix(lower, "s"):
		return corpus.NNS
	}
	return corpus.NN
}
