package polarity

import (
	"crypto/sha256"
	"encoding/hex"
	"math"

	"onrecord/corpus"
)

// Curve turns a sum of weights into a label and its probability: an ordinal
// logistic with two thresholds. Scale is the temperature, fitted on held-out articles.
type Curve struct{ Low, High, Scale float64 }

// Probabilities are those of negative, neutral and positive.
func (c Curve) Probabilities(sum float64) [3]float64 {
	neg := sigmoid(c.Scale * (c.Low - sum))
	pos := sigmoid(c.Scale * (sum - c.High))
	return [3]float64{neg, 1 - neg - pos, pos}
}

// Label is the most probable label, and its probability.
func (c Curve) Label(sum float32) (corpus.Polarity, float32) {
	p := c.Probabilities(float64(sum))
	best := 1
	for i := range p {
		if p[i] > p[best] {
			best = i
		}
	}
	return corpus.Polarity(best - 1), float32(p[best])
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// Squash brings a sum of weights into [-1, 1]: one ordinary word gives 0.5, three 0.87.
func Squash(sum float32) float32 {
	s := float64(sum)
	return float32(s / math.Sqrt(s*s+3))
}

// Models names the embedded lists by digest, for the fingerprint of a stage.
func Models() []string {
	return []string{digest("lexicon.txt", lexiconText), digest("operators.txt", operatorsText)}
}

func digest(name, text string) string {
	sum := sha256.Sum256([]byte(text))
	return name + ":" + hex.EncodeToString(sum[:])
}
