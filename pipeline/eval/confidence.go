package eval

import "math"

// steps is how many classes of equal width stated confidences are put into.
const steps = 10

// stated is what was counted of the statements of one step.
type stated struct {
	given, right int
	sum          int // of the confidences, in ten thousandths: tables hold no more
}

// state counts a statement whose confidence is stated.
func (t *Tally) state(confidence float64, right bool) {
	points := int(math.Round(confidence * 10000))
	s := &t.confidence[min(points*steps/10000, steps-1)]
	s.given++
	s.sum += points
	if right {
		s.right++
	}
}

// ConfidenceScores compare stated confidence with what came true.
type ConfidenceScores struct {
	Error float64          `json:"calibration error"` // mean distance over all statements, points
	Steps []ConfidenceStep `json:"steps"`             // from low to high, without empty ones
}

// ConfidenceStep is what came true of statements of like confidence.
type ConfidenceStep struct {
	N      int     `json:"n"`
	Stated float64 `json:"stated"` // mean, percent
	Right  float64 `json:"right"`  // share of attributions with the right source, percent
}

// confidenceScores is nil if no statement says how sure it is.
func (t *Tally) confidenceScores() *ConfidenceScores {
	out := &ConfidenceScores{}
	given, gap := 0, 0
	for _, s := range t.confidence {
		if s.given == 0 {
			continue
		}
		given += s.given
		gap += max(s.sum-s.right*10000, s.right*10000-s.sum)
		out.Steps = append(out.Steps, ConfidenceStep{s.given, percent(float64(s.sum) / 10000 / float64(s.given)), percent(ratio(s.right, s.given))})
	}
	if given == 0 {
		return nil
	}
	out.Error = percent(float64(gap) / 10000 / float64(given))
	return out
}
