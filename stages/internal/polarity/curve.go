package polarity

import (
	"crypto/sha256"
	"encoding/hex"

	"onrecord/stages/internal/linear"
)

// Curve turns a sum of weights into probabilities: an ordinal logistic with two
// thresholds.
type Curve struct{ Low, High, Scale float64 }

// Probabilities are those of negative, neutral and positive.
func (c Curve) Probabilities(sum float64) [3]float64 {
	neg := linear.Sigmoid(c.Scale * (c.Low - sum))
	pos := linear.Sigmoid(c.Scale * (sum - c.High))
	return [3]float64{neg, 1 - neg - pos, pos}
}

// Models names the embedded lists by digest, for the fingerprint of a stage.
func Models() []string {
	return []string{digest("seed.txt", seedText), digest("vader.txt", vaderText), digest("operators.txt", operatorsText)}
}

func digest(name, text string) string {
	sum := sha256.Sum256([]byte(text))
	return name + ":" + hex.EncodeToString(sum[:])
}
