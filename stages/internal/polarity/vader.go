package polarity

import (
	"strings"
	"unicode"
)

// negations of VADER turn a word that stands at most three words after them.
var negations = strings.Fields("aint arent cannot cant couldnt darent didnt doesnt ain't aren't can't couldn't daren't didn't " +
	"doesn't dont hadnt hasnt havent isnt mightnt mustnt neither don't hadn't hasn't haven't isn't mightn't mustn't neednt " +
	"needn't never none nope nor not nothing nowhere oughtnt shant shouldnt wasnt werent oughtn't shan't shouldn't wasn't " +
	"weren't without wont wouldnt won't wouldn't rarely seldom despite no")

// turned is what VADER multiplies a negated word with.
const turned = -0.74

// Vader returns a function that adds up VADER's weights of a text's words, negation
// regarded. Its boosters, emoticons and rules for capitals are left out: news has few.
func Vader() (func(text string) float64, error) {
	lemmas, err := ParseLemmas(vaderText)
	if err != nil {
		return nil, err
	}
	weights := make(map[string]float64, len(lemmas))
	for _, l := range lemmas {
		weights[l.Word] = float64(l.Weight) * 2 // the file has half of them
	}
	negates := map[string]bool{}
	for _, n := range negations {
		negates[n] = true
	}
	return func(text string) float64 {
		sum, since := 0.0, 4
		for _, w := range strings.Fields(strings.ReplaceAll(strings.ToLower(text), "’", "'")) {
			w = strings.TrimFunc(w, unicode.IsPunct)
			x := weights[w]
			if since <= 3 {
				x *= turned
			}
			sum += x
			since++
			if negates[w] {
				since = 1
			}
		}
		return sum
	}, nil
}
