package output

import (
	"fmt"

	"onrecord/corpus"
)

// The layers are what a rerun reads: one table a layer, one row a document, in
// the order of the documents table. Scores stand in them exactly as the stages
// left them. Spans of text are in code points; spans "in tokens" count tokens.
var (
	BlockLayer     = newTable[BlocksRow]("blocks")
	SentenceLayer  = newTable[SentencesRow]("sentences")
	TokenLayer     = newTable[TokensRow]("tokens")
	TagLayer       = newTable[TagsRow]("tags")
	EntityLayer    = newTable[EntitiesRow]("entities")
	ArcLayer       = newTable[ArcsRow]("arcs")
	StatementLayer = newTable[StatementsRow]("statements")
	SourceLayer    = newTable[SourcesRow]("sources")
	SpeakerLayer   = newTable[SpeakersRow]("speakers")
	ToneLayer      = newTable[TonesRow]("tones")
	StanceLayer    = newTable[StancesRow]("stances")
	LabelLayer     = newTable[LabelsRow]("labels")
)

// Row structs, one a layer; the fields are those of the corpus types.
type (
	BlocksRow struct {
		DocID string       `column:"doc_id"`
		Items []BlockValue `column:"blocks"`
	}
	BlockValue struct {
		Start int32  `column:"start"`
		End   int32  `column:"end"`
		Kind  string `column:"kind"`
		Rule  string `column:"rule"`
	}
	SentencesRow struct {
		DocID string      `column:"doc_id"`
		Items []SpanValue `column:"sentences" about:"in tokens"`
	}
	TokensRow struct {
		DocID string      `column:"doc_id"`
		Items []SpanValue `column:"tokens"`
	}
	TagsRow struct {
		DocID string  `column:"doc_id"`
		Items []int32 `column:"tags" about:"number of the Penn tag in the order of corpus.Tag"`
	}
	EntitiesRow struct {
		DocID string        `column:"doc_id"`
		Items []EntityValue `column:"entities"`
	}
	EntityValue struct {
		First int32  `column:"first" about:"in tokens"`
		Last  int32  `column:"last" about:"in tokens, not included"`
		Kind  string `column:"kind"`
	}
	ArcsRow struct {
		DocID string     `column:"doc_id"`
		Items []ArcValue `column:"arcs"`
	}
	ArcValue struct {
		Head     int32 `column:"head"`
		Relation int32 `column:"relation" about:"number of the relation in the order of corpus.Relation"`
	}
	StatementsRow struct {
		DocID string           `column:"doc_id"`
		Items []StatementValue `column:"statements"`
	}
	StatementValue struct {
		Kind       string      `column:"kind"`
		Content    []SpanValue `column:"content"`
		Cue        []SpanValue `column:"cue"`
		Source     []SpanValue `column:"source"`
		Sentence   int32       `column:"sentence"`
		Confidence float32     `column:"confidence"`
		Rule       string      `column:"rule"`
	}
	SourcesRow struct {
		DocID string        `column:"doc_id"`
		Items []SourceValue `column:"sources"`
	}
	SourceValue struct {
		Speaker    int32   `column:"speaker"`
		How        string  `column:"how"`
		Role       string  `column:"role"`
		Confidence float32 `column:"confidence"`
		Rule       string  `column:"rule"`
	}
	SpeakersRow struct {
		DocID string         `column:"doc_id"`
		Items []SpeakerValue `column:"speakers"`
	}
	SpeakerValue struct {
		ID       string      `column:"id"`
		Name     string      `column:"name"`
		Kind     string      `column:"kind"`
		Roles    []string    `column:"roles"`
		Aliases  []string    `column:"aliases"`
		Mentions []SpanValue `column:"mentions"`
		Members  []int32     `column:"members"`
		Facts    []FactValue `column:"facts" about:"what the user's people file says"`
	}
	TonesRow struct {
		DocID string      `column:"doc_id"`
		Items []ToneValue `column:"tones"`
	}
	ToneValue struct {
		Score      float32          `column:"score"`
		Label      string           `column:"label"`
		Confidence float32          `column:"confidence"`
		Terms      []LayerTermValue `column:"terms"`
		Bayes      string           `column:"bayes"`
	}
	LayerTermValue struct {
		Start  int32   `column:"start"`
		End    int32   `column:"end"`
		Weight float32 `column:"weight"`
	}
	StancesRow struct {
		DocID string             `column:"doc_id"`
		Items []LayerStanceValue `column:"stances"`
	}
	LayerStanceValue struct {
		Statement   int32            `column:"statement"`
		Target      string           `column:"target"`
		TargetID    string           `column:"target_id"`
		TargetKind  string           `column:"target_kind"`
		TargetSpans []SpanValue      `column:"target_spans"`
		Score       float32          `column:"score"`
		Label       string           `column:"label"`
		Confidence  float32          `column:"confidence"`
		Terms       []LayerTermValue `column:"terms"`
	}
	LabelsRow struct {
		DocID string       `column:"doc_id"`
		Items []LabelValue `column:"labels"`
	}
	LabelValue struct {
		Name  string  `column:"name"`
		Scope string  `column:"scope"`
		Index int32   `column:"item"`
		Value string  `column:"value"`
		Score float32 `column:"score"`
	}
)

// each converts a slice item by item; it is never nil, since the layer is there.
func each[A, B any](in []A, convert func(A) (B, error)) ([]B, error) {
	out := make([]B, len(in))
	for i, v := range in {
		var err error
		if out[i], err = convert(v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (o *offsets) block(b corpus.Block) (BlockValue, error) {
	s, err := o.span(b.Span)
	return BlockValue{s.Start, s.End, b.Kind.String(), b.Rule}, err
}

func (o *offsets) unblock(v BlockValue) (corpus.Block, error) {
	s, err := o.span(corpus.Span{Start: v.Start, End: v.End})
	if err != nil {
		return corpus.Block{}, err
	}
	k, err := corpus.ParseBlockKind(v.Kind)
	return corpus.Block{Span: s, Kind: k, Rule: v.Rule}, err
}

func asValue(s corpus.Span) (SpanValue, error) { return SpanValue{s.Start, s.End}, nil }
func asSpan(v SpanValue) (corpus.Span, error)  { return corpus.Span{Start: v.Start, End: v.End}, nil }

func entity(e corpus.Entity) (EntityValue, error) {
	return EntityValue{e.Start, e.End, e.Kind.String()}, nil
}

func unentity(v EntityValue) (corpus.Entity, error) {
	k, err := corpus.ParseEntityKind(v.Kind)
	return corpus.Entity{Span: corpus.Span{Start: v.First, End: v.Last}, Kind: k}, err
}

func (o *offsets) statement(s corpus.Statement) (v StatementValue, err error) {
	v = StatementValue{Kind: s.Kind.String(), Sentence: s.Sentence, Confidence: s.Confidence, Rule: s.Rule}
	if v.Content, err = o.values(s.Content); err != nil {
		return v, err
	}
	if v.Cue, err = o.values(s.Cue); err != nil {
		return v, err
	}
	v.Source, err = o.values(s.Source)
	return v, err
}

func (o *offsets) unstatement(v StatementValue) (s corpus.Statement, err error) {
	s = corpus.Statement{Sentence: v.Sentence, Confidence: v.Confidence, Rule: v.Rule}
	if s.Kind, err = corpus.ParseStatementKind(v.Kind); err != nil {
		return s, err
	}
	if s.Content, err = o.spans(v.Content); err != nil {
		return s, err
	}
	if s.Cue, err = o.spans(v.Cue); err != nil {
		return s, err
	}
	s.Source, err = o.spans(v.Source)
	return s, err
}

func source(s corpus.Source) (SourceValue, error) {
	return SourceValue{s.Speaker, s.How.String(), s.Role, s.Confidence, s.Rule}, nil
}

func unsource(v SourceValue) (corpus.Source, error) {
	how, err := corpus.ParseHow(v.How)
	return corpus.Source{Speaker: v.Speaker, How: how, Role: v.Role, Confidence: v.Confidence, Rule: v.Rule}, err
}

func (o *offsets) speaker(s corpus.Speaker) (SpeakerValue, error) {
	mentions, err := o.values(s.Mentions)
	return SpeakerValue{s.ID, s.Name, s.Kind.String(), s.Roles, s.Aliases, mentions, s.Members, factValues(s.Facts)}, err
}

func (o *offsets) unspeaker(v SpeakerValue) (corpus.Speaker, error) {
	k, err := corpus.ParseSpeakerKind(v.Kind)
	if err != nil {
		return corpus.Speaker{}, err
	}
	mentions, err := o.spans(v.Mentions)
	return corpus.Speaker{ID: v.ID, Name: v.Name, Kind: k, Roles: orNil(v.Roles), Aliases: orNil(v.Aliases),
		Mentions: mentions, Members: orNil(v.Members), Facts: facts(v.Facts)}, err
}

func factValues(facts []corpus.Fact) []FactValue {
	var out []FactValue
	for _, f := range facts {
		out = append(out, FactValue(f))
	}
	return out
}

func facts(values []FactValue) []corpus.Fact {
	var out []corpus.Fact
	for _, v := range values {
		out = append(out, corpus.Fact(v))
	}
	return out
}

// orNil keeps one form for an empty list, so that what was written is what is read.
func orNil[T any](s []T) []T {
	if len(s) == 0 {
		return nil
	}
	return s
}

func (o *offsets) terms(terms []corpus.Term) ([]LayerTermValue, error) {
	return each(terms, func(t corpus.Term) (LayerTermValue, error) {
		s, err := o.span(t.Span)
		return LayerTermValue{s.Start, s.End, t.Weight}, err
	})
}

func (o *offsets) unterms(values []LayerTermValue) ([]corpus.Term, error) {
	out, err := each(values, func(v LayerTermValue) (corpus.Term, error) {
		s, err := o.span(corpus.Span{Start: v.Start, End: v.End})
		return corpus.Term{Span: s, Weight: v.Weight}, err
	})
	return orNil(out), err
}

func (o *offsets) tone(t corpus.Tone) (ToneValue, error) {
	terms, err := o.terms(t.Terms)
	return ToneValue{t.Score, t.Label.String(), t.Confidence, terms, t.Bayes.String()}, err
}

func (o *offsets) untone(v ToneValue) (t corpus.Tone, err error) {
	t = corpus.Tone{Score: v.Score, Confidence: v.Confidence}
	if t.Label, err = corpus.ParsePolarity(v.Label); err != nil {
		return t, err
	}
	if t.Bayes, err = corpus.ParsePolarity(v.Bayes); err != nil {
		return t, err
	}
	t.Terms, err = o.unterms(v.Terms)
	return t, err
}

func (o *offsets) stance(s corpus.Stance) (LayerStanceValue, error) {
	spans, err := o.values(s.TargetSpans)
	if err != nil {
		return LayerStanceValue{}, err
	}
	terms, err := o.terms(s.Terms)
	return LayerStanceValue{s.Statement, s.Target, s.TargetID, s.TargetKind.String(), spans, s.Score,
		s.Label.String(), s.Confidence, terms}, err
}

func (o *offsets) unstance(v LayerStanceValue) (s corpus.Stance, err error) {
	s = corpus.Stance{Statement: v.Statement, Target: v.Target, TargetID: v.TargetID, Score: v.Score, Confidence: v.Confidence}
	if s.TargetKind, err = corpus.ParseTargetKind(v.TargetKind); err != nil {
		return s, err
	}
	if s.Label, err = corpus.ParsePosition(v.Label); err != nil {
		return s, err
	}
	if s.TargetSpans, err = o.spans(v.TargetSpans); err != nil {
		return s, err
	}
	s.Terms, err = o.unterms(v.Terms)
	return s, err
}

func label(l corpus.Label) (LabelValue, error) {
	return LabelValue{l.Name, l.Scope.String(), l.Index, l.Value, l.Score}, nil
}

func unlabel(v LabelValue) (corpus.Label, error) {
	scope, err := corpus.ParseLabelScope(v.Scope)
	return corpus.Label{Name: v.Name, Scope: scope, Index: v.Index, Value: v.Value, Score: v.Score}, err
}

func tagNumber(t corpus.Tag) (int32, error) { return int32(t), nil }

func numberTag(n int32) (corpus.Tag, error) {
	if n < 0 || n >= corpus.NumTags {
		return 0, fmt.Errorf("no tag has the number %d", n)
	}
	return corpus.Tag(n), nil
}

func arc(a corpus.Arc) (ArcValue, error) { return ArcValue{a.Head, int32(a.Relation)}, nil }

func unarc(v ArcValue) (corpus.Arc, error) {
	if v.Relation < 0 || v.Relation >= corpus.NumRelations {
		return corpus.Arc{}, fmt.Errorf("no relation has the number %d", v.Relation)
	}
	return corpus.Arc{Head: v.Head, Relation: corpus.Relation(v.Relation)}, nil
}
