package corpustest

import (
	"fmt"
	"math"
	"sort"

	"onrecord/corpus"
)

func (c *checker) statements() error {
	last := int32(-1)
	for i, st := range c.doc.Statements {
		if len(st.Content) == 0 {
			return fmt.Errorf("statement %d has no content", i)
		}
		for _, spans := range [...][]corpus.Span{st.Content, st.Cue, st.Source} {
			if err := c.spans(spans); err != nil {
				return fmt.Errorf("statement %d: %w", i, err)
			}
		}
		if st.Content[0].Start < last {
			return fmt.Errorf("statement %d begins before the one ahead of it", i)
		}
		last = st.Content[0].Start
		if !probability(st.Confidence) {
			return fmt.Errorf("statement %d: confidence %v", i, st.Confidence)
		}
		if err := c.inSentence(st); err != nil {
			return fmt.Errorf("statement %d: %w", i, err)
		}
	}
	return nil
}

// inSentence: Sentence is the one in which the content begins.
func (c *checker) inSentence(st corpus.Statement) error {
	if c.doc.Sentences == nil || c.doc.Tokens == nil {
		return nil
	}
	if st.Sentence < 0 || int(st.Sentence) >= len(c.doc.Sentences) {
		return fmt.Errorf("in sentence %d of %d", st.Sentence, len(c.doc.Sentences))
	}
	tokens := c.doc.Tokens
	first := sort.Search(len(tokens), func(i int) bool { return tokens[i].End > st.Content[0].Start })
	if s := c.doc.Sentences[st.Sentence]; int32(first) < s.Start || int32(first) >= s.End {
		return fmt.Errorf("the content begins at token %d, sentence %d is %v", first, st.Sentence, s)
	}
	return nil
}

func (c *checker) sources() error {
	doc := c.doc
	if doc.Sources != nil && len(doc.Sources) != len(doc.Statements) {
		return fmt.Errorf("sources: %d for %d statements", len(doc.Sources), len(doc.Statements))
	}
	for i, s := range doc.Sources {
		if s.Speaker < -1 || int(s.Speaker) >= len(doc.Speakers) || !probability(s.Confidence) {
			return fmt.Errorf("source %d: speaker %d of %d, confidence %v", i, s.Speaker, len(doc.Speakers), s.Confidence)
		}
		if (s.Speaker == -1) != (s.How == corpus.HowNone) {
			return fmt.Errorf("source %d: speaker %d, found by %v", i, s.Speaker, s.How)
		}
	}
	return nil
}

func (c *checker) speakers() error {
	for i, s := range c.doc.Speakers {
		if len(s.ID) != 16 || s.Name == "" {
			return fmt.Errorf("speaker %d: name %q, id %q", i, s.Name, s.ID)
		}
		for _, m := range s.Mentions {
			if err := c.span(m); err != nil {
				return fmt.Errorf("speaker %d: mention: %w", i, err)
			}
		}
		for _, m := range s.Members {
			if m < 0 || int(m) >= len(c.doc.Speakers) || int(m) == i {
				return fmt.Errorf("speaker %d has the member %d of %d", i, m, len(c.doc.Speakers))
			}
		}
	}
	return nil
}

func (c *checker) tones() error {
	doc := c.doc
	if doc.Tones != nil && len(doc.Tones) != len(doc.Statements) {
		return fmt.Errorf("tones: %d for %d statements", len(doc.Tones), len(doc.Statements))
	}
	for i, t := range doc.Tones {
		if err := c.judgement(t.Score, t.Confidence, t.Terms); err != nil {
			return fmt.Errorf("tone %d: %w", i, err)
		}
	}
	return nil
}

func (c *checker) stances() error {
	statement, first := int32(0), int32(-1)
	for i, s := range c.doc.Stances {
		if s.Statement < statement || int(s.Statement) >= len(c.doc.Statements) {
			return fmt.Errorf("stance %d: on statement %d of %d, after one on %d", i, s.Statement, len(c.doc.Statements), statement)
		}
		if s.Statement != statement {
			statement, first = s.Statement, -1
		}
		if s.Target == "" || len(s.TargetID) != 16 || len(s.TargetSpans) == 0 {
			return fmt.Errorf("stance %d: target %q, id %q, %d spans", i, s.Target, s.TargetID, len(s.TargetSpans))
		}
		if err := c.spans(s.TargetSpans); err != nil {
			return fmt.Errorf("stance %d: target: %w", i, err)
		}
		if s.TargetSpans[0].Start < first {
			return fmt.Errorf("stance %d: its target stands before that of the one ahead", i)
		}
		first = s.TargetSpans[0].Start
		if err := c.judgement(s.Score, s.Confidence, s.Terms); err != nil {
			return fmt.Errorf("stance %d: %w", i, err)
		}
	}
	return nil
}

// judgement: a score in [-1, 1], a probability, terms with the strongest first.
func (c *checker) judgement(score, confidence float32, terms []corpus.Term) error {
	if !(score >= -1 && score <= 1) || !probability(confidence) {
		return fmt.Errorf("score %v, confidence %v", score, confidence)
	}
	strongest := math.Inf(1)
	for _, term := range terms {
		if err := c.span(term.Span); err != nil {
			return fmt.Errorf("term: %w", err)
		}
		weight := math.Abs(float64(term.Weight))
		if !(weight <= strongest) {
			return fmt.Errorf("term of weight %v behind one of %v", weight, strongest)
		}
		strongest = weight
	}
	return nil
}

func probability(p float32) bool { return p >= 0 && p <= 1 }
