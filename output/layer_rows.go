package output

import (
	"bytes"
	"fmt"
	"io"

	"onrecord/corpus"
)

// addLayers appends a row of every layer that is there.
func (r *Rows) addLayers(doc *corpus.Document) (err error) {
	o := &r.offsets
	if doc.Blocks != nil {
		row := BlocksRow{DocID: doc.ID}
		if row.Items, err = each(doc.Blocks, o.block); err != nil {
			return fmt.Errorf("blocks: %w", err)
		}
		r.Blocks = append(r.Blocks, row)
	}
	if doc.Sentences != nil {
		row := SentencesRow{DocID: doc.ID}
		row.Items, _ = each(doc.Sentences, asValue)
		r.Sentences = append(r.Sentences, row)
	}
	if doc.Tokens != nil {
		row := TokensRow{DocID: doc.ID}
		if row.Items, err = o.values(doc.Tokens); err != nil {
			return fmt.Errorf("tokens: %w", err)
		}
		r.Tokens = append(r.Tokens, row)
	}
	if doc.Tags != nil {
		row := TagsRow{DocID: doc.ID}
		row.Items, _ = each(doc.Tags, tagNumber)
		r.Tags = append(r.Tags, row)
	}
	if doc.Entities != nil {
		row := EntitiesRow{DocID: doc.ID}
		row.Items, _ = each(doc.Entities, entity)
		r.Entities = append(r.Entities, row)
	}
	if doc.Arcs != nil {
		row := ArcsRow{DocID: doc.ID}
		row.Items, _ = each(doc.Arcs, arc)
		r.Arcs = append(r.Arcs, row)
	}
	if doc.Statements != nil {
		row := StatementsRow{DocID: doc.ID}
		if row.Items, err = each(doc.Statements, o.statement); err != nil {
			return fmt.Errorf("statements: %w", err)
		}
		r.StatementsLayer = append(r.StatementsLayer, row)
	}
	if doc.Sources != nil {
		row := SourcesRow{DocID: doc.ID}
		row.Items, _ = each(doc.Sources, source)
		r.Sources = append(r.Sources, row)
	}
	if doc.Speakers != nil {
		row := SpeakersRow{DocID: doc.ID}
		if row.Items, err = each(doc.Speakers, o.speaker); err != nil {
			return fmt.Errorf("speakers: %w", err)
		}
		r.Speakers = append(r.Speakers, row)
	}
	if doc.Tones != nil {
		row := TonesRow{DocID: doc.ID}
		if row.Items, err = each(doc.Tones, o.tone); err != nil {
			return fmt.Errorf("tones: %w", err)
		}
		r.Tones = append(r.Tones, row)
	}
	if doc.Stances != nil {
		row := StancesRow{DocID: doc.ID}
		if row.Items, err = each(doc.Stances, o.stance); err != nil {
			return fmt.Errorf("stances: %w", err)
		}
		r.StancesLayer = append(r.StancesLayer, row)
	}
	if doc.Labels != nil {
		row := LabelsRow{DocID: doc.ID}
		row.Items, _ = each(doc.Labels, label)
		r.Labels = append(r.Labels, row)
	}
	return nil
}

// sheet is one table or layer as the dataset handles it, whatever its row type.
type sheet struct {
	name  string
	stage string       // of a layer: the stage that adds it; empty for a table
	layer corpus.Layer // 0 for a table

	// writer begins a file; the function it returns appends the sheet's part of some rows.
	writer func(w io.Writer, f Format) (write func(*Rows) (int, error), close func() error, err error)
	// pack appends the sheet's part of some rows to b as one Arrow file; none if there are no rows.
	pack func(b *bytes.Buffer, r *Rows) (rows int, err error)
	// read hands the file's rows over in pieces, each in a Rows of its own.
	read func(path string, yield func(*Rows, int) error) error
	// readChunk does the same for a section of a chunk file.
	readChunk func(f io.ReaderAt, size int64, yield func(*Rows, int) error) error
	// row is the i-th row of r, in a Rows of its own.
	row func(r *Rows, i int) *Rows
	// restore sets the layer of docs from the rows, which must be in the same order.
	restore func(docs []*corpus.Document, r *Rows) error
}

func newSheet[T any](t *Table[T], part func(*Rows) *[]T) sheet {
	return sheet{
		name: t.Name,
		writer: func(w io.Writer, f Format) (func(*Rows) (int, error), func() error, error) {
			out, err := t.NewWriter(w, f)
			if err != nil {
				return nil, nil, err
			}
			write := func(r *Rows) (int, error) {
				rows := *part(r)
				return len(rows), out.Write(rows)
			}
			return write, out.Close, nil
		},
		pack: func(b *bytes.Buffer, r *Rows) (int, error) {
			rows := *part(r)
			if len(rows) == 0 {
				return 0, nil
			}
			return len(rows), t.writeChunk(b, rows)
		},
		read: func(path string, yield func(*Rows, int) error) error {
			return t.Read(path, func(rows []T) error {
				var r Rows
				*part(&r) = rows
				return yield(&r, len(rows))
			})
		},
		readChunk: func(f io.ReaderAt, size int64, yield func(*Rows, int) error) error {
			return t.readArrow(io.NewSectionReader(f, 0, size), func(rows []T) error {
				var r Rows
				*part(&r) = rows
				return yield(&r, len(rows))
			})
		},
		row: func(r *Rows, i int) *Rows {
			var one Rows
			*part(&one) = (*part(r))[i : i+1]
			return &one
		},
	}
}

func newLayer[T, V, L any](t *Table[T], stage string, layer corpus.Layer, part func(*Rows) *[]T,
	take func(T) (docID string, items []V), from func(*offsets) func(V) (L, error), to func(*corpus.Document) *[]L) sheet {
	s := newSheet(t, part)
	s.stage, s.layer = stage, layer
	s.restore = func(docs []*corpus.Document, r *Rows) error {
		rows := *part(r)
		if len(rows) != len(docs) {
			return fmt.Errorf("layer %s has %d rows for %d documents", t.Name, len(rows), len(docs))
		}
		var o offsets
		for i, doc := range docs {
			id, values := take(rows[i])
			if id != doc.ID {
				return fmt.Errorf("layer %s: row of document %q where %q belongs", t.Name, id, doc.ID)
			}
			o.bytes(doc.Text)
			items, err := each(values, from(&o))
			if err != nil {
				return fmt.Errorf("layer %s of document %s: %w", t.Name, id, err)
			}
			*to(doc) = items
		}
		return nil
	}
	return s
}

// fixed lifts a conversion that needs no offsets.
func fixed[V, L any](f func(V) (L, error)) func(*offsets) func(V) (L, error) {
	return func(*offsets) func(V) (L, error) { return f }
}

func (o *offsets) unspan(v SpanValue) (corpus.Span, error) {
	return o.span(corpus.Span{Start: v.Start, End: v.End})
}

// tables are the sheets that notebooks read, in the order of publishing: what is
// referred to before what refers to it. The speakers are not among a chunk's
// rows: they are added up over the whole batch.
var tables = []sheet{
	newSheet(Documents, func(r *Rows) *[]DocumentRow { return &r.Documents }),
	newSheet(Statements, func(r *Rows) *[]StatementRow { return &r.Statements }),
	newSheet(Stances, func(r *Rows) *[]StanceRow { return &r.Stances }),
	newSheet(Rejects, func(r *Rows) *[]RejectRow { return &r.Rejects }),
}

var speakerSheet = newSheet(Speakers, func(r *Rows) *[]SpeakerRow { return &r.speakerTotals })

// layers are the sheets that a rerun reads, in chain order.
var layers = []sheet{
	newLayer(BlockLayer, "clean", corpus.Blocks, func(r *Rows) *[]BlocksRow { return &r.Blocks },
		func(x BlocksRow) (string, []BlockValue) { return x.DocID, x.Items },
		func(o *offsets) func(BlockValue) (corpus.Block, error) { return o.unblock },
		func(d *corpus.Document) *[]corpus.Block { return &d.Blocks }),
	newLayer(SentenceLayer, "segment", corpus.Sentences, func(r *Rows) *[]SentencesRow { return &r.Sentences },
		func(x SentencesRow) (string, []SpanValue) { return x.DocID, x.Items }, fixed(asSpan),
		func(d *corpus.Document) *[]corpus.Span { return &d.Sentences }),
	newLayer(TokenLayer, "segment", corpus.Tokens, func(r *Rows) *[]TokensRow { return &r.Tokens },
		func(x TokensRow) (string, []SpanValue) { return x.DocID, x.Items },
		func(o *offsets) func(SpanValue) (corpus.Span, error) { return o.unspan },
		func(d *corpus.Document) *[]corpus.Span { return &d.Tokens }),
	newLayer(TagLayer, "tag", corpus.Tags, func(r *Rows) *[]TagsRow { return &r.Tags },
		func(x TagsRow) (string, []int32) { return x.DocID, x.Items }, fixed(numberTag),
		func(d *corpus.Document) *[]corpus.Tag { return &d.Tags }),
	newLayer(EntityLayer, "tag", corpus.Entities, func(r *Rows) *[]EntitiesRow { return &r.Entities },
		func(x EntitiesRow) (string, []EntityValue) { return x.DocID, x.Items }, fixed(unentity),
		func(d *corpus.Document) *[]corpus.Entity { return &d.Entities }),
	newLayer(ArcLayer, "parse", corpus.Arcs, func(r *Rows) *[]ArcsRow { return &r.Arcs },
		func(x ArcsRow) (string, []ArcValue) { return x.DocID, x.Items }, fixed(unarc),
		func(d *corpus.Document) *[]corpus.Arc { return &d.Arcs }),
	newLayer(StatementLayer, "quote", corpus.Statements, func(r *Rows) *[]StatementsRow { return &r.StatementsLayer },
		func(x StatementsRow) (string, []StatementValue) { return x.DocID, x.Items },
		func(o *offsets) func(StatementValue) (corpus.Statement, error) { return o.unstatement },
		func(d *corpus.Document) *[]corpus.Statement { return &d.Statements }),
	newLayer(SourceLayer, "speaker", corpus.Sources, func(r *Rows) *[]SourcesRow { return &r.Sources },
		func(x SourcesRow) (string, []SourceValue) { return x.DocID, x.Items }, fixed(unsource),
		func(d *corpus.Document) *[]corpus.Source { return &d.Sources }),
	newLayer(SpeakerLayer, "speaker", corpus.Speakers, func(r *Rows) *[]SpeakersRow { return &r.Speakers },
		func(x SpeakersRow) (string, []SpeakerValue) { return x.DocID, x.Items },
		func(o *offsets) func(SpeakerValue) (corpus.Speaker, error) { return o.unspeaker },
		func(d *corpus.Document) *[]corpus.Speaker { return &d.Speakers }),
	newLayer(ToneLayer, "tone", corpus.Tones, func(r *Rows) *[]TonesRow { return &r.Tones },
		func(x TonesRow) (string, []ToneValue) { return x.DocID, x.Items },
		func(o *offsets) func(ToneValue) (corpus.Tone, error) { return o.untone },
		func(d *corpus.Document) *[]corpus.Tone { return &d.Tones }),
	newLayer(StanceLayer, "stance", corpus.Stances, func(r *Rows) *[]StancesRow { return &r.StancesLayer },
		func(x StancesRow) (string, []LayerStanceValue) { return x.DocID, x.Items },
		func(o *offsets) func(LayerStanceValue) (corpus.Stance, error) { return o.unstance },
		func(d *corpus.Document) *[]corpus.Stance { return &d.Stances }),
	newLayer(LabelLayer, "labels", corpus.Labels, func(r *Rows) *[]LabelsRow { return &r.Labels },
		func(x LabelsRow) (string, []LabelValue) { return x.DocID, x.Items }, fixed(unlabel),
		func(d *corpus.Document) *[]corpus.Label { return &d.Labels }),
}
