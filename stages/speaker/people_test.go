package speaker

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"onrecord/corpus"
)

const peopleFile = `
- name: Marta Olsen
  aliases: [M. Olsen, finance chief]
  wikidata: Q42
  country: Norway
  party: Centre
  labels: {desk: rates, bloc: north}
- name: World Grain Council
  kind: organization
  aliases: [WGC, Grain Council]
- name: Paul Novak
- name: Irina Novak
- name: George H. W. Kerr
- name: George W. Kerr
`

func people(t testing.TB, text string) *People {
	t.Helper()
	p, err := ReadPeople(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func annotateKnowing(t testing.TB, p *People, doc *corpus.Document) {
	t.Helper()
	resolve, err := Stage{People: p}.Annotator()
	if err != nil {
		t.Fatal(err)
	}
	if err := resolve(doc); err != nil {
		t.Fatal(err)
	}
}

func TestWhatTheUserKnows(t *testing.T) {
	known := people(t, peopleFile)
	for name, test := range map[string]struct {
		article string
		want    []string
	}{
		"a surname alone": {`
			{ Olsen } < said > [ it was late ] .`,
			[]string{"surname person Marta Olsen"}},
		"a surname that the article gives to another": {`
			Erik Olsen runs the port .
			{ Olsen } < said > [ it was late ] .`,
			[]string{"surname person Erik Olsen"}},
		"a surname of two": {`
			{ Novak } < said > [ it was late ] .`,
			[]string{"named person Novak"}},
		"a title that rules the person out": {`
			{ Mr. Olsen } < said > [ it was late ] .`,
			[]string{"named person Olsen"}},
		"an alias": {`
			{ The Grain Council } < said > [ no ] .
			{ The WGC } < said > [ yes ] .`,
			[]string{"named organization World Grain Council", "named organization World Grain Council"}},
		"a description": {`
			{ The finance chief } < said > [ no ] .
			{ Olsen } < said > [ yes ] .`,
			[]string{"nominal person Marta Olsen", "surname person Marta Olsen"}},
	} {
		t.Run(name, func(t *testing.T) {
			doc := written(t, test.article)
			annotateKnowing(t, known, doc)
			if got := answers(doc); !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestFactsTravelWithTheSpeaker(t *testing.T) {
	doc := written(t, `
		{ Olsen } < said > [ it was late ] .`)
	annotateKnowing(t, people(t, peopleFile), doc)
	want := []corpus.Fact{{Name: "wikidata", Value: "Q42"}, {Name: "country", Value: "Norway"}, {Name: "party", Value: "Centre"},
		{Name: "bloc", Value: "north"}, {Name: "desk", Value: "rates"}}
	if got := doc.Speakers[0].Facts; !slices.Equal(got, want) {
		t.Errorf("facts %q, want %q", got, want)
	}
}

// The id of a person whom the file names is that of an article which names her in full.
func TestKnowledgeKeepsTheID(t *testing.T) {
	full, short := written(t, `
		{ Marta Olsen } < said > [ it was late ] .`), written(t, `
		{ Olsen } < said > [ it was early ] .`)
	annotate(t, full)
	annotateKnowing(t, people(t, peopleFile), short)
	if a, b := full.Speakers[0].ID, short.Speakers[0].ID; a != b {
		t.Errorf("id %s where she is named in full, %s where the file names her", a, b)
	}
}

func TestKnowledgeTellsInitialsApart(t *testing.T) {
	doc := written(t, `
		{ George W. Kerr } < said > [ it was late ] .`)
	other := written(t, `
		{ George H. W. Kerr } < said > [ it was late ] .`)
	p := people(t, peopleFile)
	annotateKnowing(t, p, doc)
	annotateKnowing(t, p, other)
	if doc.Speakers[0].ID == other.Speakers[0].ID {
		t.Errorf("%s and %s share an id", doc.Speakers[0].Name, other.Speakers[0].Name)
	}
}

func TestPeopleFilesAreReadStrictly(t *testing.T) {
	for text, want := range map[string]string{
		"- name: A B\n  alias: [C]\n":                           `line 2: unknown key "alias"`,
		"- name: A B\n- name: C D\n  aliases: [a b]\n":          `line 2: "a b" is also a name of A B; who is meant by it?`,
		"- name: A B\n  aliases: [a b.]\n":                      `line 1: "a b." is written twice`,
		"- kind: person\n":                                      "line 1: an entry has no name",
		"- name: A B\n  kind: alien\n":                          `line 2: kind: "alien" is no kind; there are person, organization and group`,
		"- name: A B\n  wikidata: 42\n":                         `line 2: wikidata: "42" is no Wikidata id, such as Q42`,
		"- name: A B\n  name: C D\n":                            "line 2: name is given twice",
		"- name: A B\n  aliases: C\n":                           "line 2: aliases: aliases are a list: [one, another]",
		"- name: A B\n  labels: {Desk: rates}\n":                `line 2: Desk: "Desk" can't be a label: small letters, digits and _, and none of name, aliases, kind, labels, wikidata, country, party`,
		"- name: A B\n  labels: {party: x}\n":                   `line 2: party: "party" can't be a label: small letters, digits and _, and none of name, aliases, kind, labels, wikidata, country, party`,
		"- name:\n":                                             "line 1: name: here one value is expected",
		"name: A B\n":                                           `line 1: people are written as a list of entries, each beginning with "- name: "`,
		"- A B\n":                                               `line 1: here an entry is expected: "- name: A B"`,
		"- name: '...'\n":                                       `line 1: "..." is no name`,
		"- name: A B\n  labels: {desk: [1, 2]}\n":               "line 2: desk: here one value is expected",
		"- name: A B\n  aliases: [C, {d: e}]\n":                 "line 2: aliases: here one value is expected",
		"- &a {name: A B}\n- *a\n":                              `line 2: here "key: value" is expected`,
		"- name: A B\n  labels: {desk: rates, desk: credits}\n": "line 2: desk is given twice",
	} {
		_, err := ReadPeople(strings.NewReader(text))
		if err == nil || err.Error() != want {
			t.Errorf("%q: error %v, want %s", text, err, want)
		}
	}
	var unknown *UnknownKeyError
	if _, err := ReadPeople(strings.NewReader("- nane: A B\n")); !errors.As(err, &unknown) || !slices.Contains(unknown.Known, "name") {
		t.Errorf("error %v, want an UnknownKeyError that knows name", err)
	}
	for _, empty := range []string{"", "# nobody yet\n", "[]\n"} {
		if p := people(t, empty); p.Len() != 0 {
			t.Errorf("%q holds %d people", empty, p.Len())
		}
	}
}

func TestFingerprintOfPeopleIsOfWhatTheySay(t *testing.T) {
	print := func(text string) string {
		b, err := json.Marshal(Stage{People: people(t, text)})
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	a := print("- name: A B\n  country: C\n")
	if b := print("# a comment\n- {country: C, name: A B}\n"); a != b {
		t.Errorf("%s became %s though the people are the same", a, b)
	}
	if b := print("- name: A B\n  country: D\n"); a == b {
		t.Errorf("another country, the same fingerprint %s", a)
	}
	if b, err := json.Marshal(Stage{}); err != nil || string(b) != "{}" {
		t.Errorf("without people the options are %s, %v", b, err)
	}
}
