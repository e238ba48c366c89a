package output

import (
	"fmt"
	"reflect"
	"slices"
)

// LabelPrefix begins the names of the columns that a people file adds to speakers: a label
// of the user's own can be called "end" or "speaker" without being in anybody's way.
const LabelPrefix = "label_"

// SpeakersWith is the table of speakers with a column for each of the user's own labels,
// behind the others. The names are those that the people file knows, not those that a
// batch meets, so that every batch has the same columns. Its Read is that of Speakers.
func SpeakersWith(labels []string) *Table[SpeakerRow] {
	if len(labels) == 0 {
		return Speakers
	}
	t := &Table[SpeakerRow]{Name: Speakers.Name, columns: slices.Clone(Speakers.columns)}
	list, _ := reflect.TypeFor[SpeakerRow]().FieldByName("Labels")
	for _, name := range labels {
		t.columns = append(t.columns, column{name: LabelPrefix + name, label: true, nullable: true, index: list.Index[0], fact: name,
			about: fmt.Sprintf("%s in the people file; null if it gives none", name),
			codec: pointerTo(labelCodec)})
	}
	t.schema = schemaOf(t.Name, t.columns)
	return t
}

// of is the column's value in a row.
func (c column) of(row reflect.Value) reflect.Value {
	v := row.Field(c.index)
	if c.fact == "" {
		return v
	}
	var value *string
	for _, f := range v.Interface().([]FactValue) {
		if f.Name == c.fact {
			value = &f.Value
		}
	}
	return reflect.ValueOf(value)
}
