package quote

import (
	"slices"
	"unicode/utf8"

	"onrecord/corpus"
)

// token is a token of the document with what the rules ask of it.
type token struct {
	corpus.Span
	tag    corpus.Tag
	mark   bool // a quotation mark
	class  class
	lemma  [numParts]int32 // as in lexeme
	word   uint32          // hash of the word in lower case; of a name or number, of its class
	stem   uint32          // hash of the lemma
	quote  int32           // the outermost quotation that holds it, or -1
	phrase int32           // the noun phrase that holds it, or -1
	group  int32           // the verb group that holds it, or -1
}

// phrase is a noun phrase without what follows its head: "the former chair".
type phrase struct {
	first, end int32 // tokens, half open
	time       bool  // "Tuesday", "last week"
}

// mood is the form of a verb group.
type mood uint8

const (
	finite     mood = iota
	infinitive      // to say
	gerund          // saying
	participle      // said, without an auxiliary
	bare            // let him say
)

// group is a verb with its auxiliaries and the adverbs among them.
type group struct {
	first, head int32 // tokens; the head is the last verb
	mood        mood
	passive     bool
}

// reader reads a document into tokens, noun phrases and verb groups. It owns its
// memory; nothing is allocated per token once it has grown.
type reader struct {
	lex          *lexicon
	text         string
	pairer       pairer
	quotes       []quotation // outermost ones
	opening      []int32     // for each quotation, its first token
	closing      []int32     // and the token after its last one
	tokens       []token
	phrases      []phrase
	groups       []group
	nodes        []node  // one a token
	heads        []head  // of the sentence at hand
	starts, ends []place // scratch memory of contentOptions
	after        []resumption
	ruledEnd     int32            // where the rules end the content, -1 if they know none
	ruledSub     bool             // the cue's own clause is subordinate, by the rules
	found        []proposedSource // scratch memory of sourceOptions
	pending      []int32          // scratch memory of grow, one a token, zero

	// sentences are the document's, but a quotation mark stands with the words
	// that it opens or closes.
	sentences []span
	lower     []byte
}

// read fills the reader from the layers below.
func (r *reader) read(doc *corpus.Document) {
	r.text = doc.Text
	r.quotes = r.quotes[:0]
	for _, q := range r.pairer.pair(doc.Text, doc.Blocks) {
		if q.depth == 0 {
			r.quotes = append(r.quotes, q)
		}
	}
	r.readTokens(doc)
	r.readTree(doc)
	r.readSentences(doc)
	for q := range r.quotes {
		r.readLeading(int32(q))
		r.readSpeaking(int32(q))
	}
	r.phrases, r.groups = r.phrases[:0], r.groups[:0]
	for _, s := range r.sentences {
		r.chunk(s)
	}
}

// readSentences copies the sentences' borders and moves marks over them.
func (r *reader) readSentences(doc *corpus.Document) {
	r.sentences = r.sentences[:0]
	for i, at := range doc.Sentences {
		s := span{at.Start, at.End}
		if i > 0 {
			s.first = r.sentences[i-1].end
		}
		for s.end > s.first && r.tokens[s.end-1].mark && r.opens(s.end-1) >= 0 {
			s.end--
		}
		for int(s.end) < len(r.tokens) && r.tokens[s.end].mark && r.tokens[s.end].quote >= 0 && r.closing[r.tokens[s.end].quote] == s.end+1 {
			s.end++
		}
		r.sentences = append(r.sentences, s)
	}
}

// sentenceOf is the index of the sentence that holds a token.
func (r *reader) sentenceOf(token int32) int {
	i, found := slices.BinarySearchFunc(r.sentences, token, func(s span, t int32) int { return int(s.first - t) })
	for found && i+1 < len(r.sentences) && r.sentences[i+1].first == token {
		i++ // past an empty sentence
	}
	if !found {
		i--
	}
	return max(i, 0)
}

func (r *reader) readTokens(doc *corpus.Document) {
	r.tokens = r.tokens[:0]
	r.opening, r.closing = r.opening[:0], r.closing[:0]
	q := 0
	for i, at := range doc.Tokens {
		t := token{Span: at, tag: doc.Tags[i], quote: -1, phrase: -1, group: -1}
		x := r.lookup(at.Of(doc.Text))
		t.class, t.lemma = x.class, x.lemma
		t.word, t.stem = r.hashes(&t)
		for q < len(r.quotes) && r.quotes[q].End <= at.Start {
			r.endQuote(q, i)
			q++
		}
		if q < len(r.quotes) && r.quotes[q].Start < at.End {
			if len(r.opening) == q {
				r.opening = append(r.opening, int32(i))
			}
			t.quote = int32(q)
			t.mark = t.tag == corpus.OpenQuote || t.tag == corpus.CloseQuote || isMark(at.Of(doc.Text))
		}
		r.tokens = append(r.tokens, t)
	}
	for ; q < len(r.quotes); q++ {
		r.endQuote(q, len(doc.Tokens))
	}
	for _, e := range doc.Entities {
		for i := e.Start; i < e.End; i++ {
			// a name that looks like a word: "said Skip Devine"
			if t := &r.tokens[i]; (t.tag.IsVerb() || t.tag.IsAdjective() || t.tag == corpus.MD || t.tag == corpus.UH) && t.class == 0 {
				t.tag = corpus.NNP
			}
			r.tokens[i].word = nameHash + uint32(e.Kind)
		}
	}
}

// readSpeaking finds the verb behind quotation q where the tagger saw a noun or a
// participle: "...," Roe notes. "...," the editorial read. "...," the guide who led them
// tweeted. Behind speech that its sentence goes on after, a clause ends in a verb.
func (r *reader) readSpeaking(q int32) {
	const longest = 25
	first := r.closing[q]
	if int(first) >= len(r.tokens) || !r.asksOn(q) || r.quotes[q].open || !r.sameLine(q, first) {
		return
	}
	end := min(r.sentences[r.sentenceOf(first)].end, first+longest)
	relative := false // who founded it
	for i := first; i < end; i++ {
		t := &r.tokens[i]
		switch {
		case t.mark, t.tag == corpus.Colon:
			return
		case t.class&isRel != 0:
			relative = true
		case t.tag == corpus.MD, t.tag.IsVerb() && t.tag != corpus.VB && t.tag != corpus.VBN && t.tag != corpus.VBG:
			if !relative {
				return
			}
			relative = false
		}
		if next := i + 1; i == first && t.tag == corpus.VBN && r.strong(i) && next < end && (r.tokens[next].noun() || r.tokens[next].tag == corpus.DT || r.tokens[next].tag == corpus.CD) {
			t.tag = corpus.VBD // "Why not," answered another
			return
		}
		if i == first || !(t.tag == corpus.NN || t.tag == corpus.NNS || t.tag == corpus.VBN || t.tag == corpus.VB) || !r.strong(i) {
			continue
		}
		if before := &r.tokens[i-1]; before.tag == corpus.Comma && i-1 == first || before.tag == corpus.DT || before.tag == corpus.PRPS || before.tag == corpus.POS || before.tag.IsVerb() || before.tag == corpus.MD {
			continue
		}
		if i+1 < int32(len(r.tokens)) {
			if next := &r.tokens[i+1]; next.tag != corpus.Period && next.tag != corpus.Comma && next.tag != corpus.IN && next.tag != corpus.RB && next.class&isTime == 0 && !next.mark {
				continue
			}
		}
		r.readAsVerb(i)
		return
	}
}

// readLeading finds the verb before quotation q where the tagger saw a noun or a
// participle: The letter, seen by many, states: "...".
func (r *reader) readLeading(q int32) {
	v := r.opening[q] - 2
	if v < 0 || int(r.opening[q]) >= len(r.tokens) {
		return
	}
	s := r.sentences[r.sentenceOf(v)]
	t, mark := &r.tokens[v], &r.tokens[v+1]
	if v-1 < s.first || mark.tag != corpus.Comma && r.text[mark.Start] != ':' || t.tag != corpus.NN && t.tag != corpus.NNS && t.tag != corpus.VBN || t.mark || !r.strong(v) {
		return
	}
	if before := &r.tokens[v-1]; !before.noun() && before.tag != corpus.Comma && before.tag != corpus.PRP || before.mark {
		return
	}
	const longest = 40
	if v-s.first > longest {
		return
	}
	for i := s.first; i < v; i++ {
		if b := &r.tokens[i]; b.tag == corpus.MD || b.tag == corpus.VBD || b.tag == corpus.VBP || b.tag == corpus.VBZ {
			return
		}
	}
	r.readAsVerb(v)
}

// readAsVerb makes a finite verb of token i.
func (r *reader) readAsVerb(i int32) {
	t := &r.tokens[i]
	if t.tag = corpus.VBD; r.text[t.End-1] == 's' {
		t.tag = corpus.VBZ
	}
	r.lookup(t.Of(r.text))
	t.word, t.stem = r.hashes(t)
}

// endQuote notes that quotation q ends before token i.
func (r *reader) endQuote(q, i int) {
	if len(r.opening) == q { // no token inside
		r.opening = append(r.opening, int32(i))
	}
	r.closing = append(r.closing, int32(i))
}

func isMark(s string) bool {
	if s == "''" || s == "``" {
		return true
	}
	c, size := utf8.DecodeRuneInString(s)
	if size != len(s) {
		return false
	}
	switch c {
	case '"', '\'', '`', '“', '”', '„', '‟', '‘', '’', '‚', '‛', '«', '»', '‹', '›', '＂':
		return true
	}
	return false
}

// lookup finds a word whatever its case.
func (r *reader) lookup(word string) lexeme {
	const longest = 32
	r.lower = r.lower[:0]
	if len(word) > longest {
		return lexeme{}
	}
	for i := 0; i < len(word); i++ {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		r.lower = append(r.lower, c)
	}
	return r.lex.words[string(r.lower)]
}

// chunk finds the noun phrases and verb groups of a sentence.
func (r *reader) chunk(s span) {
	for i := s.first; i < s.end; {
		switch {
		case r.startsPhrase(i, s.end):
			i = r.readPhrase(i, s.end)
		case r.startsGroup(i, s.end):
			i = r.readGroup(i, s.end)
		default:
			i++
		}
	}
}

// modifier and noun say what may stand in a noun phrase.
func (t *token) modifier() bool {
	switch t.tag {
	case corpus.DT, corpus.PDT, corpus.PRPS, corpus.CD, corpus.JJ, corpus.JJR, corpus.JJS, corpus.Dollar, corpus.Hash, corpus.WPS:
		return !t.mark
	}
	return false
}

func (t *token) noun() bool { return (t.tag.IsNoun() || t.tag == corpus.FW) && !t.mark }

func (r *reader) startsPhrase(i, end int32) bool {
	t := &r.tokens[i]
	switch {
	case t.mark:
		return false
	case t.noun(), t.tag == corpus.PRP, t.tag == corpus.EX, t.tag == corpus.WP:
		return true
	case t.tag == corpus.WDT, t.tag == corpus.DT, t.tag == corpus.PDT, t.tag == corpus.PRPS, t.tag == corpus.CD, t.tag == corpus.Dollar, t.tag == corpus.WPS:
		return true
	case t.tag.IsAdjective(), t.tag == corpus.VBN, t.tag == corpus.VBG:
		// only before a noun: "senior officials", "leading candidates"
		if t.tag == corpus.VBG && t.lemma[verbCue] != 0 {
			return false
		}
		for j := i + 1; j < end && j < i+4; j++ {
			n := &r.tokens[j]
			if n.noun() {
				return t.tag.IsAdjective() || j == i+1 && i > 0 && !r.tokens[i-1].tag.IsVerb() && t.tag != corpus.VBN
			}
			if !n.modifier() || n.tag == corpus.DT {
				return false
			}
		}
	}
	return false
}

// readPhrase reads the noun phrase at i and returns the token after it.
func (r *reader) readPhrase(i, end int32) int32 {
	p := phrase{first: i}
	t := &r.tokens[i]
	j := i + 1
	if single := t.tag == corpus.PRP || t.tag == corpus.EX || t.tag == corpus.WP || t.tag == corpus.WDT; !single {
		j = r.phraseEnd(i, end)
	}
	p.end = j
	p.time = true
	dated := false // not only "the two"
	for k := p.first; k < p.end; k++ {
		n := &r.tokens[k]
		dated = dated || n.class&isTime != 0 || isDigit(rune(r.text[n.Start]))
		if n.class&isTime == 0 && n.tag != corpus.CD && n.tag != corpus.DT {
			p.time = false
		}
		n.phrase = int32(len(r.phrases))
	}
	if !dated || p.end == p.first+1 && r.tokens[p.first].class&isTime == 0 {
		p.time = false
	}
	r.phrases = append(r.phrases, p)
	return j
}

func (r *reader) phraseEnd(i, end int32) int32 {
	headed := r.tokens[i].noun() // a noun has been read
	j := i + 1
	for ; j < end; j++ {
		t, before := &r.tokens[j], &r.tokens[j-1]
		if t.mark {
			break
		}
		switch {
		case t.noun():
			if headed && t.tag.IsProper() && t.class&isTime != 0 {
				return j // "Smith Tuesday"
			}
			headed = true
		case t.tag == corpus.POS:
			headed = false
		case before.tag == corpus.POS && t.modifier():
		case headed && t.tag == corpus.CD && before.tag.IsProper():
		case headed && t.Len() == 1 && r.text[t.Start] == '&' && j+1 < end && r.tokens[j+1].noun():
		case headed && r.text[t.Start] == '-' && t.Len() == 1 && j+1 < end && r.tokens[j+1].noun():
		case headed:
			return j
		case t.modifier() && t.tag != corpus.PRPS:
			if t.tag == corpus.DT && before.tag != corpus.PDT && before.class&isDet == 0 {
				return j
			}
		case (t.tag == corpus.RB || t.tag == corpus.RBR || t.tag == corpus.RBS) && j+1 < end && r.tokens[j+1].tag.IsAdjective():
		case (t.tag == corpus.VBN || t.tag == corpus.VBG) && r.nounAhead(j, end):
		case t.tag == corpus.Comma && before.tag.IsAdjective() && j+1 < end && r.tokens[j+1].tag.IsAdjective():
		default:
			return j
		}
	}
	return j
}

// reduced reports whether a participle without auxiliary is passive: "when asked",
// "asked whether", "backed by".
func (r *reader) reduced(g group, end int32) bool {
	if g.head+1 < end && r.tokens[g.head+1].class&isBy != 0 {
		return true
	}
	if g.first == 0 {
		return true
	}
	t := &r.tokens[g.first-1]
	return t.tag == corpus.Period || t.class&isSub != 0
}

// nounAhead reports whether a noun follows token i with nothing but modifiers between.
func (r *reader) nounAhead(i, end int32) bool {
	for j := i + 1; j < end && j < i+4; j++ {
		if r.tokens[j].noun() {
			return true
		}
		if !r.tokens[j].tag.IsAdjective() {
			return false
		}
	}
	return false
}

func (r *reader) startsGroup(i, end int32) bool {
	t := &r.tokens[i]
	if t.mark {
		return false
	}
	if t.tag == corpus.TO || t.class&isTo != 0 {
		for j := i + 1; j < end && j < i+3; j++ {
			if n := &r.tokens[j]; n.tag == corpus.VB {
				return true
			} else if n.tag != corpus.RB {
				return false
			}
		}
		return false
	}
	return t.tag.IsVerb() || t.tag == corpus.MD
}

// readGroup reads the verb group at i and returns the token after it.
func (r *reader) readGroup(i, end int32) int32 {
	g := group{first: i, head: i}
	t := &r.tokens[i]
	switch {
	case t.tag == corpus.TO || t.class&isTo != 0:
		g.mood = infinitive
	case t.tag == corpus.VBG:
		g.mood = gerund
	case t.tag == corpus.VBN:
		g.mood = participle
	case t.tag == corpus.VB:
		g.mood = bare
	}
	be := t.class&isBe != 0
	open := t.tag == corpus.MD || t.tag == corpus.TO || t.class&(isBe|isHave|isDo|isTo) != 0
	j := i + 1
	for open && j < end {
		n := &r.tokens[j]
		if n.mark {
			break
		}
		if n.tag.IsVerb() {
			aux := r.tokens[g.head].class
			if n.tag == corpus.TO || aux&isDo != 0 && n.tag != corpus.VB ||
				aux&isHave != 0 && n.tag != corpus.VBN && n.tag != corpus.VBD {
				break
			}
			g.passive = be && (n.tag == corpus.VBN || n.tag == corpus.VBD)
			be = n.class&isBe != 0
			open = n.class&(isBe|isHave|isDo) != 0
			g.head = j
			j++
			continue
		}
		if n.tag == corpus.RB || n.class&isNot != 0 || n.tag == corpus.MD {
			if n.tag == corpus.MD {
				g.head = j
			}
			j++
			continue
		}
		break
	}
	if g.mood == participle && r.reduced(g, end) {
		g.passive = true
	}
	j = g.head + 1
	for k := g.first; k < j; k++ {
		r.tokens[k].group = int32(len(r.groups))
	}
	r.groups = append(r.groups, g)
	return j
}
