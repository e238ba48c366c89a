package corpus

// Tag is a Penn Treebank part of speech (Marcus et al., 1993). The zero Tag is
// "no tag"; tables hold the name.
type Tag uint8

// The tags; names in tagNames.
const (
	NoTag Tag = iota
	CC
	CD
	DT
	EX
	FW
	IN
	JJ
	JJR
	JJS
	LS
	MD
	NN
	NNP
	NNPS
	NNS
	PDT
	POS
	PRP
	PRPS // PRP$
	RB
	RBR
	RBS
	RP
	SYM
	TO
	UH
	VB
	VBD
	VBG
	VBN
	VBP
	VBZ
	WDT
	WP
	WPS // WP$
	WRB
	Comma
	Period
	Colon
	OpenQuote
	CloseQuote
	LRB
	RRB
	Dollar
	Hash
	NumTags = iota
)

var tagNames = []string{"", "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "LS", "MD", "NN", "NNP",
	"NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD",
	"VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", ",", ".", ":", "``", "''", "-LRB-", "-RRB-", "$", "#"}

func (t Tag) String() string { return name(tagNames, int(t)) }

// ParseTag reads a Penn tag.
func ParseTag(s string) (Tag, error) { return parse[Tag](tagNames, s, 0) }

// IsVerb, IsNoun, IsProper, IsAdjective and IsPronoun group the tags that most
// rules ask for together. Modals (MD) are not verbs here.
func (t Tag) IsVerb() bool      { return t >= VB && t <= VBZ }
func (t Tag) IsNoun() bool      { return t >= NN && t <= NNS }
func (t Tag) IsProper() bool    { return t == NNP || t == NNPS }
func (t Tag) IsAdjective() bool { return t >= JJ && t <= JJS }
func (t Tag) IsPronoun() bool   { return t == PRP || t == PRPS }

// Relation is a basic dependency relation, in the inventory of the Universal
// Dependencies version 1 converter of Stanford CoreNLP 3.x.
type Relation uint8

// The relations; names in relationNames.
const (
	NoRelation Relation = iota
	Root
	Acl
	AclRelcl
	Advcl
	Advmod
	Amod
	Appos
	Aux
	Auxpass
	Case
	Cc
	CcPreconj
	Ccomp
	Compound
	CompoundPrt
	Conj
	Cop
	Csubj
	Csubjpass
	Dep
	Det
	DetPredet
	Discourse
	Dobj
	Expl
	Iobj
	Mark
	Mwe
	Neg
	Nmod
	NmodNpmod
	NmodPoss
	NmodTmod
	Nsubj
	Nsubjpass
	Nummod
	Parataxis
	Punct
	Xcomp
	NumRelations = iota
)

var relationNames = []string{"", "root", "acl", "acl:relcl", "advcl", "advmod", "amod", "appos", "aux", "auxpass",
	"case", "cc", "cc:preconj", "ccomp", "compound", "compound:prt", "conj", "cop", "csubj", "csubjpass", "dep",
	"det", "det:predet", "discourse", "dobj", "expl", "iobj", "mark", "mwe", "neg", "nmod", "nmod:npmod",
	"nmod:poss", "nmod:tmod", "nsubj", "nsubjpass", "nummod", "parataxis", "punct", "xcomp"}

func (r Relation) String() string { return name(relationNames, int(r)) }

// ParseRelation reads a relation's name.
func ParseRelation(s string) (Relation, error) { return parse[Relation](relationNames, s, 0) }
