package eval

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"testing"
)

// The measures were agreed as a script that shares no code with this package. On
// predictions made by damaging the gold annotation, both must give every figure alike.
func TestAgreesWithTheScript(t *testing.T) {
	shared := filepath.Join("..", "..", "..", "shared")
	script := filepath.Join(shared, "tools", "score.py")
	if _, err := os.Stat(script); err != nil {
		t.Skip("the scoring script is not here: nothing to compare with")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 here to run the scoring script")
	}
	for _, name := range []string{"polnear-dev.jsonl", "labelled-dev.jsonl", "seed.json"} {
		for damage := range 3 {
			gold := filepath.Join(shared, "gold", name)
			articles := read[Article](t, gold)
			if len(articles) > 12 {
				articles = articles[damage*12 : damage*12+12]
				gold = writeLines(t, read[json.RawMessage](t, gold)[damage*12:damage*12+12])
			}
			rows, flat := damaged(articles, rand.New(rand.NewPCG(1, uint64(damage))))
			out, err := exec.Command(python, script, gold, writeLines(t, flat)).Output()
			if err != nil {
				t.Fatalf("%s: %v", script, err)
			}
			var all Tally
			for i := range articles {
				one, _, err := Score(&articles[i], rows[articles[i].ID])
				if err != nil {
					t.Fatal(err)
				}
				all.Add(&one)
			}
			ours, err := json.Marshal(all.Report())
			if err != nil {
				t.Fatal(err)
			}
			var got, want any
			if json.Unmarshal(ours, &got) != nil || json.Unmarshal(out, &want) != nil {
				t.Fatal("not JSON")
			}
			if tone, ok := want.(map[string]any)["tone"].(map[string]any); ok {
				const longName = "f1 negative, neutral, positive"
				tone["f1"] = tone[longName]
				delete(tone, longName)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s, damage %d:\nours   %s\nscript %s", name, damage, ours, out)
			}
		}
	}
}

func read[T any](t *testing.T, path string) []T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	values, err := readAll[T](f)
	if err != nil {
		t.Fatal(err)
	}
	return values
}

func writeLines[T any](t *testing.T, rows []T) string {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	enc := json.NewEncoder(f)
	for _, row := range rows {
		if err := enc.Encode(row); err != nil {
			t.Fatal(err)
		}
	}
	return f.Name()
}

// damaged makes predictions that are right, shifted, merged, dropped or invented.
func damaged(articles []Article, r *rand.Rand) (map[string][]Statement, []Statement) {
	byDoc := map[string][]Statement{}
	var flat []Statement
	tones := []string{"negative", "neutral", "positive"}
	positions := []string{"oppose", "neutral", "support"}
	for i := range articles {
		a := &articles[i]
		length := len([]rune(a.Text))
		shift := func(in []Span) []Span {
			out := []Span{}
			for _, s := range in {
				if r.IntN(4) == 0 {
					s.Start = min(max(0, s.Start+r.IntN(9)-4), length)
					s.End = min(max(s.Start, s.End+r.IntN(41)-20), length)
				}
				if r.IntN(20) > 0 {
					out = append(out, s)
				}
			}
			return out
		}
		for _, g := range a.Attributions {
			if r.IntN(5) == 0 {
				continue
			}
			st := Statement{DocID: a.ID, Content: shift(g.Content), Cue: shift(g.Cue), Source: shift(g.Source), Tone: tones[r.IntN(3)]}
			if g.Speaker != nil && r.IntN(4) > 0 {
				st.Speaker = *g.Speaker
			}
			st.Stances = []StanceLabel{}
			for _, s := range g.Stances {
				st.Stances = append(st.Stances, StanceLabel{s.Target, positions[(s.Stance+1+r.IntN(2)*r.IntN(2))%3]})
			}
			for range 1 + r.IntN(5)/4 {
				byDoc[a.ID] = append(byDoc[a.ID], st)
				flat = append(flat, st)
			}
		}
	}
	return byDoc, flat
}

// MarshalJSON writes what the tables hold, for the script to read.
func (s Span) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]int{"start": s.Start, "end": s.End})
}
