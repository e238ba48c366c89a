package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"onrecord/corpus"
	"onrecord/stages"
)

// fingerprint is everything, beside the input itself, that the result of a run
// depends on. It is kept as readable JSON, so that "why did this run again?" is
// a comparison of two small texts.
type fingerprint struct {
	Format int                `json:"format"` // of the dataset
	Read   readOptions        `json:"read"`
	Stages []stageFingerprint `json:"stages"`
	Known  []string           `json:"known,omitempty"` // batches whose documents are skipped, with their digests
	Retry  bool               `json:"retry,omitempty"` // their rejects are not
}

// readOptions are the options of reading that change its result.
type readOptions struct {
	MaxDocument int64             `json:"max_document"`
	MaxRecord   int64             `json:"max_record"`
	MaxRatio    int64             `json:"max_ratio"`
	Language    string            `json:"language"`
	Fields      map[string]string `json:"fields,omitempty"`
}

type stageFingerprint struct {
	Name    string          `json:"name"`
	Version int             `json:"version"`
	Options json.RawMessage `json:"options"`
	Models  []string        `json:"models,omitempty"`
}

func readFingerprint(o corpus.Options) readOptions {
	return readOptions{o.MaxDocument, o.MaxRecord, o.MaxRatio, o.Language, o.Fields}
}

// chainFingerprint describes the stages with all their options: an exported field
// of a stage's struct enters without being listed anywhere.
func chainFingerprint(chain []stages.Stage) ([]stageFingerprint, error) {
	var out []stageFingerprint
	for _, s := range chain {
		info := s.Info()
		options, err := json.Marshal(s)
		if err != nil {
			return nil, fmt.Errorf("describing the options of stage %s: %w", info.Name, err)
		}
		out = append(out, stageFingerprint{info.Name, info.Version, options, info.Models})
	}
	return out, nil
}

// parseFingerprint reads one back, also out of an indented manifest: raw parts
// are made compact again, so that they can be compared.
func parseFingerprint(b []byte) (fingerprint, error) {
	var f fingerprint
	var compact bytes.Buffer
	if err := json.Compact(&compact, b); err != nil {
		return f, err
	}
	err := json.Unmarshal(compact.Bytes(), &f)
	return f, err
}

// json is canonical: fields in the order of the struct, keys of maps sorted.
func (f fingerprint) json() ([]byte, error) { return json.Marshal(f) }

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// differs names the first thing in which two fingerprints differ, or is empty.
// Which batches were known is left aside: it is history, not a choice.
func (f fingerprint) differs(now fingerprint) string {
	if f.Format != now.Format {
		return "another format of the dataset"
	}
	if !reflect.DeepEqual(f.Read, now.Read) {
		return fmt.Sprintf("options of reading were %+v, are %+v", f.Read, now.Read)
	}
	_, why := f.stagesDiffer(now)
	return why
}

// stagesDiffer names the first stage in which two fingerprints differ, and how.
func (f fingerprint) stagesDiffer(now fingerprint) (stage, why string) {
	for i, s := range now.Stages {
		if i >= len(f.Stages) || f.Stages[i].Name != s.Name {
			return s.Name, fmt.Sprintf("stage %s is new in its place", s.Name)
		}
		switch was := f.Stages[i]; {
		case was.Version != s.Version:
			return s.Name, fmt.Sprintf("stage %s was version %d, is %d", s.Name, was.Version, s.Version)
		case !bytes.Equal(was.Options, s.Options):
			return s.Name, optionsDiffer(s.Name, was.Options, s.Options)
		case !slices.Equal(was.Models, s.Models):
			return s.Name, fmt.Sprintf("a model of stage %s changed", s.Name)
		}
	}
	if len(f.Stages) > len(now.Stages) {
		gone := f.Stages[len(now.Stages)].Name
		last := ""
		if n := len(now.Stages); n > 0 {
			last = now.Stages[n-1].Name
		}
		return last, fmt.Sprintf("stage %s is gone", gone)
	}
	return "", ""
}

// fileOptions are options whose value is the digest of a file, with the flag that names it.
var fileOptions = []struct{ option, flag string }{{"People", "--people"}, {"Targets", "--targets"}}

// optionsDiffer says how the options of a stage differ: of a file, only that it does.
func optionsDiffer(stage string, was, now json.RawMessage) string {
	var before, after map[string]json.RawMessage
	if json.Unmarshal(was, &before) != nil || json.Unmarshal(now, &after) != nil {
		before, after = nil, nil
	}
	for _, f := range fileOptions {
		x, y := before[f.option], after[f.option] // null or absent: no file
		delete(before, f.option)
		delete(after, f.option)
		if bytes.Equal(x, y) || !reflect.DeepEqual(before, after) {
			continue
		}
		switch {
		case len(x) == 0 || string(x) == "null":
			return fmt.Sprintf("it was made without %s", f.flag)
		case len(y) == 0 || string(y) == "null":
			return fmt.Sprintf("it was made with %s", f.flag)
		}
		return fmt.Sprintf("the file of %s has changed", f.flag)
	}
	return fmt.Sprintf("options of stage %s were %s, are %s", stage, was, now)
}

// changed are the stages of now that f has not, or has otherwise.
func (f fingerprint) changed(now fingerprint) []string {
	var out []string
	for _, s := range now.Stages {
		same := slices.ContainsFunc(f.Stages, func(was stageFingerprint) bool { return reflect.DeepEqual(was, s) })
		if !same {
			out = append(out, s.Name)
		}
	}
	return out
}
