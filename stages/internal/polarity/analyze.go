package polarity

import (
	"onrecord/corpus"
)

// Hit is one judgement: a polar word and the words that change it, as one term.
type Hit struct {
	First, Last int32   // tokens covered, inclusive: "no longer sustainable"
	Head        int32   // the polar token, the last one of a phrase
	Lemma       int32   // index into Lexicon.Lemmas; -1 for a word that is latent only
	Base        float32 // the lexicon's weight
	Factor      float32 // what the words around make of it; negative when they turn it
	Added       float32 // what a turning word weighs itself: "failed" in "failed to protect"
	Turned      bool    // by a negation, a verb or irony
	Effect      bool    // by a verb on its object: "ease tensions"
}

// Weight is what the hit says in the end.
func (h Hit) Weight() float32 { return h.Base*h.Factor + h.Added }

// How far an operator reaches, in tokens that are no names, determiners or
// pronouns, and what it leaves.
// Measured on NewsMTSC train by cross-validation: 4 to 6 tokens differ by less than 0.2 points.
const (
	reach         = 6
	strengthReach = 2
	turnPositive  = -0.9
	turnNegative  = -0.5
	reduceFactor  = -0.8
	raiseFactor   = 1.2
	conditionFact = 0.5
	concedeFactor = 0.5
	beforeBut     = 0.5
	afterBut      = 1.2
	questionFact  = 0.6
	ironyFactor   = -0.8
	scareFactor   = 0.5
	faint         = 0.2 // a word that weighs no more does not use up an operator
)

// Analyzer holds the scratch memory of one goroutine.
type Analyzer struct {
	lex   *Lexicon
	lower []byte

	doc  *corpus.Document
	ids  []int32 // an entry a token; -1 unknown
	name []bool  // part of a name: weighs nothing, takes no part in distances

	ops []operator
}

type operator struct {
	class  Class
	first  int32
	last   int32
	left   int8 // tokens it still reaches
	factor float32
	own    float32 // the operator's own weight
	lemma  int32
	used   bool
	nobody bool // a negation of the subject: "no one", "never"
}

// NewAnalyzer returns an Analyzer on a lexicon.
func NewAnalyzer(lex *Lexicon) *Analyzer { return &Analyzer{lex: lex} }

// Reset looks up the words of a document's tokens. Its Tags are read, its Entities if there are any.
func (a *Analyzer) Reset(doc *corpus.Document) {
	a.doc = doc
	a.ids, a.name = a.ids[:0], a.name[:0]
	for i, t := range doc.Tokens {
		a.ids = append(a.ids, a.lookup(t.Of(doc.Text)))
		a.name = append(a.name, doc.Tags[i].IsProper())
	}
	for _, e := range doc.Entities {
		if e.Kind == corpus.Misc {
			continue
		}
		for i := e.Start; i < e.End; i++ {
			a.name[i] = true
		}
	}
}

// lookup finds the entry of a word, without regard to case, or -1.
func (a *Analyzer) lookup(word string) int32 {
	a.lower = a.lower[:0]
	for i := 0; i < len(word); i++ {
		c := word[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case c == 0xE2 && i+2 < len(word) && word[i+1] == 0x80 && word[i+2] == 0x99: // ’
			c, i = '\'', i+2
		}
		a.lower = append(a.lower, c)
	}
	if id, ok := a.lex.words[string(a.lower)]; ok {
		return id
	}
	return -1
}

// Entry is the entry of a token, nil if it has none or belongs to a name.
func (a *Analyzer) Entry(token int32) *Entry {
	if id := a.ids[token]; id >= 0 && !a.name[token] {
		return &a.lex.Entries[id]
	}
	return nil
}

// Name reports whether a token belongs to a name.
func (a *Analyzer) Name(token int32) bool { return a.name[token] }

// Lexicon is the lexicon that the analyzer looks words up in.
func (a *Analyzer) Lexicon() *Lexicon { return a.lex }

// Hits appends the judgements of the tokens [first, last), which lie in one sentence.
func (a *Analyzer) Hits(dst []Hit, first, last int32) []Hit {
	from := len(dst)
	a.ops = a.ops[:0]
	for i := first; i < last; {
		end, id := a.match(i, last)
		dst = a.step(dst, i, end, id)
		i = end
	}
	for i := range a.ops {
		dst = a.ops[i].release(dst)
	}
	a.clauses(dst[from:], first, last)
	return dst
}

// match returns the end of the longest phrase that begins at a token, and its entry or -1.
func (a *Analyzer) match(i, last int32) (end, id int32) {
	id = a.ids[i]
	if id < 0 || a.name[i] && !a.lex.Entries[id].starts {
		return i + 1, -1
	}
	end = i + 1
	best := id
	if a.name[i] {
		best = -1
	}
	if !a.lex.Entries[id].starts {
		return end, best
	}
	node := id
	for j := i + 1; j < last && a.ids[j] >= 0; j++ {
		next, ok := a.lex.phrases[[2]int32{node, a.ids[j]}]
		if !ok {
			break
		}
		node = next
		if p := a.lex.ends[-node-1]; p >= 0 {
			end, best = j+1, p
		}
	}
	return end, best
}

// step takes one word or phrase.
func (a *Analyzer) step(dst []Hit, i, end, id int32) []Hit {
	tag := a.doc.Tags[i]
	if boundary(tag) {
		if tag != corpus.Comma || !a.lists(dst, i) {
			dst = a.expire(dst, true)
		}
		return dst
	}
	var e *Entry
	if id >= 0 {
		e = &a.lex.Entries[id]
	}
	coordinated := tag == corpus.CC && len(dst) > 0 && dst[len(dst)-1].Head == i-1
	small := tag == corpus.DT || tag == corpus.PRP || tag == corpus.PRPS
	if !a.name[i] && !coordinated && !small {
		dst = a.expire(dst, false)
	}
	if e == nil || e.Class&Keep != 0 {
		return dst
	}
	weight, lemma := e.Weight(tag)
	if end > i+1 || e.Class&Negate != 0 || e.Word == "against" { // one thing whatever its tag
		weight, lemma = e.Weight(corpus.NoTag)
	}
	if e.Class&Fade != 0 && tag.IsVerb() && !a.hasObject(end) || e.Class&Fade != 0 && (e.Word == "over" || e.Word == "gone") {
		if h := a.subject(dst, i); h != nil {
			h.Factor *= reduceFactor
			h.Last, h.Turned = end-1, true
			return dst
		}
	}
	if op, ok := a.operator(e, tag, i, end, weight, lemma); ok {
		a.ops = append(a.ops, op)
		return dst
	}
	if weight == 0 && e.Latent != 0 && tag.IsNoun() {
		return a.latent(dst, i, end, e)
	}
	if weight == 0 {
		return dst
	}
	return append(dst, a.hit(i, end, weight, lemma))
}

// operator makes an operator of an entry, if it is one here.
func (a *Analyzer) operator(e *Entry, tag corpus.Tag, i, end int32, weight float32, lemma int32) (operator, bool) {
	op := operator{first: i, last: end - 1, left: reach, own: weight, lemma: lemma}
	verb := tag.IsVerb() || end > i+1
	switch c := e.Class; {
	case c&Extol != 0:
		op.class, op.left = Extol, 3
	case c&Negate != 0 && (verb || !tag.IsNoun() || e.source[verbPOS] == 0):
		op.class = Negate
		op.nobody = e.Word == "no_one" || e.Word == "nobody" || e.Word == "nothing" || e.Word == "never" || e.Word == "none"
	case c&Reduce != 0 && verb:
		op.class = Reduce
	case c&Raise != 0 && verb:
		op.class = Raise
	case c&Irony != 0:
		op.class, op.left = Irony, 4
	case c&Suppose != 0:
		op.class, op.factor = Suppose, e.Factor
	case c&Strengthen != 0 && weight == 0:
		op.class, op.factor, op.left = Strengthen, e.Factor, strengthReach
	default:
		return op, false
	}
	return op, true
}

// hit applies the operators that reach a polar word, the nearest first.
func (a *Analyzer) hit(i, end int32, weight float32, lemma int32) Hit {
	h := Hit{First: i, Last: end - 1, Head: end - 1, Lemma: lemma, Base: weight, Factor: 1}
	compared := comparative(a.doc.Tags[i])
	for k := len(a.ops) - 1; k >= 0; k-- {
		op := &a.ops[k]
		if op.left <= 0 {
			continue
		}
		w := h.Weight()
		switch op.class {
		case Negate:
			if op.nobody && (compared || a.compares(op.last+1, i)) {
				h.Factor *= 1.2
			} else if w > 0 {
				h.Factor *= turnPositive
			} else {
				h.Factor *= turnNegative
			}
			h.Turned = true
		case Reduce:
			h.Factor *= reduceFactor
			h.Turned, h.Effect = true, true
		case Raise:
			h.Factor *= raiseFactor
			h.Effect = true
		case Irony:
			if w <= 0 {
				continue
			}
			h.Factor *= ironyFactor
			h.Turned = true
		case Strengthen, Suppose:
			h.Factor *= op.factor
			h.Turned = h.Turned || op.factor < 0
		case Extol:
			if !compared && !a.compares(op.last+1, i) {
				h.Factor *= turnPositive
			} else {
				h.Factor *= 1.3
			}
			h.Turned = true
		}
		if op.own != 0 && !op.used && (h.Weight() < 0) == (op.own < 0) {
			h.Added += op.own / 2
		}
		op.used = true
		h.First = min(h.First, op.first)
		if weight > faint || weight < -faint {
			op.left = 2 // reaches on only into what is coordinated or stands beside it
		}
	}
	return h
}

// latent makes a hit of a word like "jobs" when a verb changes it, else nothing.
func (a *Analyzer) latent(dst []Hit, i, end int32, e *Entry) []Hit {
	for k := range a.ops {
		if op := &a.ops[k]; op.left > 0 && (op.class == Reduce || op.class == Raise) && !op.used {
			h := a.hit(i, end, e.Latent, -1)
			if op.class == Raise || h.Effect {
				return append(dst, h)
			}
		}
	}
	return dst
}

// hasObject reports whether a noun phrase begins at a token: "the accord would end the crisis".
func (a *Analyzer) hasObject(i int32) bool {
	if i >= int32(len(a.doc.Tags)) {
		return false
	}
	t := a.doc.Tags[i]
	return t == corpus.DT || t == corpus.PRPS || t.IsAdjective() || t.IsNoun()
}

// subject is the polar noun just before a verb, over auxiliaries and adverbs.
func (a *Analyzer) subject(dst []Hit, i int32) *Hit {
	if len(dst) == 0 {
		return nil
	}
	h := &dst[len(dst)-1]
	if h.Head < i-4 || !a.doc.Tags[h.Head].IsNoun() {
		return nil
	}
	for j := h.Head + 1; j < i; j++ {
		switch t := a.doc.Tags[j]; {
		case t == corpus.MD, t.IsVerb(), t == corpus.RB:
		default:
			return nil
		}
	}
	return h
}

// compares reports a comparative word among the tokens [from, to).
func (a *Analyzer) compares(from, to int32) bool {
	for ; from < to; from++ {
		if comparative(a.doc.Tags[from]) {
			return true
		}
	}
	return false
}

func comparative(t corpus.Tag) bool { return t == corpus.JJR || t == corpus.RBR }

// lists reports whether a comma only separates members of a list: "not fair, open or honest".
func (a *Analyzer) lists(dst []Hit, comma int32) bool {
	return len(dst) > 0 && dst[len(dst)-1].Head == comma-1 && a.doc.Tags[comma-1].IsAdjective()
}

// expire moves every operator one token on; all ends them. An operator that met
// nothing polar may be a judgement of its own: "he failed".
func (a *Analyzer) expire(dst []Hit, all bool) []Hit {
	keep := a.ops[:0]
	for _, op := range a.ops {
		op.left--
		if op.left >= 0 && !all {
			keep = append(keep, op)
			continue
		}
		dst = op.release(dst)
	}
	a.ops = keep
	return dst
}

// release adds the operator's own weight if nothing took it up.
func (op *operator) release(dst []Hit) []Hit {
	if op.used || op.own == 0 {
		return dst
	}
	h := Hit{First: op.first, Last: op.last, Head: op.last, Lemma: op.lemma, Base: op.own, Factor: 1}
	// Keep the order by head: an operator is released after words that follow it.
	dst = append(dst, h)
	for k := len(dst) - 1; k > 0 && dst[k-1].Head > h.Head; k-- {
		dst[k-1], dst[k] = dst[k], dst[k-1]
	}
	op.used = true
	return dst
}

func boundary(t corpus.Tag) bool {
	return t == corpus.Comma || t == corpus.Colon || t == corpus.Period
}

// clauses weighs hits by the clause they stand in.
func (a *Analyzer) clauses(hits []Hit, first, last int32) {
	if len(hits) == 0 {
		return
	}
	question := a.doc.Tokens[last-1].Of(a.doc.Text) == "?" ||
		last-first > 1 && a.doc.Tokens[last-2].Of(a.doc.Text) == "?"
	open := float32(1)
	opened := int32(-1)
	k := 0
	for i := first; i < last; i++ {
		for ; k < len(hits) && hits[k].Head <= i; k++ {
			hits[k].Factor *= open
			hits[k].Added *= open
			if question {
				hits[k].Factor *= questionFact
			}
		}
		e := a.Entry(i)
		tag := a.doc.Tags[i]
		switch {
		case tag == corpus.Comma && i > opened+2, tag == corpus.Colon:
			open = 1
		case e == nil:
		case e.Class&Contrast != 0:
			for j := range hits[:k] {
				hits[j].Factor *= beforeBut
				hits[j].Added *= beforeBut
			}
			for j := range hits[k:] {
				hits[k+j].Factor *= afterBut
			}
			open = 1
		case e.Class&Concede != 0 && (e.Word != "while" || i == first):
			open, opened = concedeFactor, i
		case e.Class&Condition != 0:
			open, opened = conditionFact, i
		}
	}
	a.scare(hits, first, last)
}

// scare weakens a single quoted word: marks around it keep a distance.
func (a *Analyzer) scare(hits []Hit, first, last int32) {
	for k := range hits {
		h := &hits[k]
		if h.Head > first && h.Head+1 < last && h.Base > 0 && !h.Turned &&
			a.doc.Tags[h.Head-1] == corpus.OpenQuote && a.doc.Tags[h.Head+1] == corpus.CloseQuote {
			h.Factor *= scareFactor
		}
	}
}
