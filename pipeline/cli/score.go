package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"onrecord/corpus"
	"onrecord/stages/stance"
	"onrecord/stages/tone"
)

func (a *app) scoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "score [FILE|-]",
		Short: "Score the tone of texts, or the stance towards a target in them",
		Long: `score reads JSON lines of {"id", "text"} and writes for each the tone of the
text, as {"id", "score", "label", "confidence"}: a score in [-1, 1] and negative,
neutral or positive. With "target_start" and "target_end", code points into the
text, it is the stance towards that target instead: oppose, neutral or support.
The scores are those that run gives to statements.

A line that can't be scored is reported on standard error with its number; the
others are scored all the same.` + exitStatusHelp(exitInterrupted),
		Example: `  echo '{"id": 1, "text": "a fair and constructive deal"}' | onrecord score
  onrecord score lines.jsonl > scores.jsonl`,
		Args: arguments(0, 1, "at most one FILE", ""),
		RunE: func(cmd *cobra.Command, args []string) error {
			in, err := a.open(cmd.Context(), append(args, "-")[0])
			if err != nil {
				return err
			}
			defer in.Close()
			s, err := newScorer()
			if err != nil {
				return err
			}
			return a.score(cmd, s, in)
		},
	}
}

// score answers line by line, so that it can sit in a pipe.
func (a *app) score(cmd *cobra.Command, s *scorer, in io.Reader) error {
	lines := bufio.NewReaderSize(in, 64<<10)
	out := bufio.NewWriter(a.out)
	defer out.Flush()
	bad, number := 0, 0
	for {
		if err := cmd.Context().Err(); err != nil {
			return err
		}
		line, err := lines.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("reading line %d: %w", number+1, err)
		}
		if line := bytes.TrimSpace(line); len(line) > 0 {
			answer, scoreErr := s.line(line)
			if scoreErr != nil {
				bad++
				fmt.Fprintf(a.err, "line %d: %v\n", number+1, scoreErr)
			} else if _, err := out.Write(append(answer, '\n')); err != nil {
				return err
			}
		}
		if err != nil {
			break
		}
		number++
		if lines.Buffered() == 0 { // whoever writes may be waiting for the answer
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if bad > 0 {
		return fmt.Errorf("%d of the lines could not be scored", bad)
	}
	return nil
}

// scorer answers one line at a time, with the code of the stages.
type scorer struct {
	tone   *tone.Scorer
	stance *stance.Scorer
}

func newScorer() (*scorer, error) {
	t, err := tone.NewScorer()
	if err != nil {
		return nil, err
	}
	s, err := stance.NewScorer()
	return &scorer{t, s}, err
}

type scoreRequest struct {
	ID          json.RawMessage `json:"id"`
	Text        *string         `json:"text"`
	TargetStart *int            `json:"target_start"`
	TargetEnd   *int            `json:"target_end"`
}

type scoreAnswer struct {
	ID         json.RawMessage `json:"id"`
	Score      float32         `json:"score"`
	Label      string          `json:"label"`
	Confidence float32         `json:"confidence"`
}

func (s *scorer) line(line []byte) ([]byte, error) {
	if !utf8.Valid(line) {
		return nil, errors.New("this is not UTF-8")
	}
	var q scoreRequest
	if err := json.Unmarshal(line, &q); err != nil {
		return nil, fmt.Errorf("this is not {\"id\", \"text\"}: %w", err)
	}
	switch {
	case q.ID == nil:
		return nil, errors.New(`"id" is missing`)
	case q.Text == nil:
		return nil, errors.New(`"text" is missing`)
	case (q.TargetStart == nil) != (q.TargetEnd == nil):
		return nil, errors.New(`"target_start" and "target_end" go together`)
	case q.TargetStart == nil:
		t, err := s.tone.Score(*q.Text)
		if err != nil {
			return nil, err
		}
		return json.Marshal(scoreAnswer{q.ID, t.Score, t.Label.String(), t.Confidence})
	}
	target, err := byteSpan(*q.Text, *q.TargetStart, *q.TargetEnd)
	if err != nil {
		return nil, err
	}
	t, err := s.stance.Score(*q.Text, target)
	if err != nil {
		return nil, err
	}
	return json.Marshal(scoreAnswer{q.ID, t.Score, t.Label.String(), t.Confidence})
}

// byteSpan turns code points into bytes.
func byteSpan(text string, start, end int) (corpus.Span, error) {
	at := []int{}
	for i := range text {
		at = append(at, i)
	}
	at = append(at, len(text))
	if start < 0 || end <= start || end >= len(at) {
		return corpus.Span{}, fmt.Errorf("the target, %d to %d, is not inside the text of %d characters", start, end, len(at)-1)
	}
	return corpus.Span{Start: int32(at[start]), End: int32(at[end])}, nil
}
