package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"onrecord/corpus"
	"onrecord/output"
	"onrecord/stages/speaker"
)

func peopleFlag(f *pflag.FlagSet, path *string) {
	f.StringVar(path, "people", "", "YAML `file` of what you know of speakers; \"onrecord people\" proposes entries")
}

// readPeople reads the file of --people; an empty path knows nobody.
func readPeople(cmd *cobra.Command, path string) (*speaker.People, error) {
	return readEntries(cmd, path, "people", speaker.ReadPeople)
}

// readEntries reads a file that the user has written for a stage; an empty path is none.
func readEntries[T any](cmd *cobra.Command, path, noun string, read func(io.Reader) (*T, error)) (*T, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", noun, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, wrong(cmd, "%s is a folder; --%s takes a YAML file", path, noun)
	}
	got, err := read(f)
	var unknown *speaker.UnknownKeyError
	switch {
	case errors.As(err, &unknown):
		return nil, wrong(cmd, "%s: %v%s", path, err, orDidYouMean(unknown.Key, unknown.Known))
	case err != nil:
		return nil, wrong(cmd, "%s: %v", path, err)
	}
	return got, nil
}

type peopleOptions struct {
	out, batch, people string
	limit              int
}

func (a *app) peopleCommand() *cobra.Command {
	var opt peopleOptions
	cmd := &cobra.Command{
		Use:   "people",
		Short: "Propose entries for the file of --people",
		Long: `people lists the names in the dataset that no article resolves, the most frequent
first: surnames and acronyms that stand alone. Each comes with whom it could mean,
by the full names of other articles, and with examples, as an entry of the YAML file
that "run --people" and "rerun --people" read. Where it could mean several, their
entries are comments, until you choose. What that file knows is left out.

An entry has a name, and may have aliases, a kind (person, organization or group), a
wikidata id, a country, a party, and labels of your own: {desk: rates}. They become
columns of the table speakers.` + exitStatusHelp(exitDone),
		Example: `  onrecord people > people.yaml
  onrecord people --people people.yaml >> people.yaml
  onrecord run --people people.yaml press/`,
		Args: arguments(0, 0, "no arguments", "onrecord people"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.people(cmd, opt) },
	}
	f := cmd.Flags()
	outFlag(f, &opt.out)
	f.StringVar(&opt.batch, "batch", "", "only the batch of this `date`, YYYY-MM-DD")
	f.IntVar(&opt.limit, "limit", 50, "list at most so many names; 0 is all of them")
	peopleFlag(f, &opt.people)
	return cmd
}

func (a *app) people(cmd *cobra.Command, opt peopleOptions) error {
	if err := checkBatch(cmd, opt.batch); err != nil {
		return err
	}
	if opt.limit < 0 {
		return wrong(cmd, "--limit is a number of names, not %d; 0 is all of them", opt.limit)
	}
	known, err := readPeople(cmd, opt.people)
	if err != nil {
		return err
	}
	data, err := output.OpenRead(opt.out)
	if err != nil {
		return err
	}
	defer data.Close()
	names := nameTable{}
	if err := names.read(cmd.Context(), data, opt.batch); err != nil {
		return err
	}
	open := names.open(known)
	shown := open
	if opt.limit > 0 && len(open) > opt.limit {
		shown = open[:opt.limit]
	}
	out := bufio.NewWriter(a.out)
	fmt.Fprintf(out, "# %s without a full name, the most frequent first; correct what you know, delete the rest\n", plural(len(open), "speaker"))
	names.write(out, shown, known)
	return out.Flush()
}

// nameTable is what the dataset says of each name by which persons and organizations
// speak, by the name in small letters. Its size is that of the set of names.
type nameTable map[string]*nameUse

type nameUse struct {
	name       string
	kind       string
	statements int
	documents  int
	lastDoc    string
	examples   []string
}

// examplesShown are enough to know who is meant.
const examplesShown = 3

func (t nameTable) read(ctx context.Context, data *output.Dataset, batch string) error {
	return scan(ctx, data, batch, output.Statements, func(rows []output.StatementRow) error {
		for i := range rows {
			if k := rows[i].SpeakerKind; k == corpus.KindPerson.String() || k == corpus.KindOrganization.String() {
				t.add(&rows[i])
			}
		}
		return nil
	})
}

func (t nameTable) add(r *output.StatementRow) {
	key := strings.ToLower(deref(r.Speaker))
	u := t[key]
	if u == nil {
		u = &nameUse{name: deref(r.Speaker), kind: r.SpeakerKind}
		t[key] = u
	}
	u.statements++
	if u.lastDoc != r.DocID {
		u.lastDoc = r.DocID
		u.documents++
		if len(u.examples) < examplesShown && u.isOpen() {
			day := ""
			if !r.PublishedAt.IsZero() {
				day = " of " + r.PublishedAt.Format("2006-01-02")
			}
			u.examples = append(u.examples, oneLine(cut(r.DocID, 60)+day+": "+cut(r.SentenceText, 110)))
		}
	}
}

// oneLine keeps a comment from going on as something else.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// isOpen reports whether a name says too little: a person's only word, or the letters
// of an organization.
func (u *nameUse) isOpen() bool {
	if strings.ContainsAny(u.name, " \t\n") {
		return false
	}
	return u.kind == corpus.KindPerson.String() || isAcronym(u.name)
}

func isAcronym(name string) bool {
	return len(name) >= 2 && len(name) <= 6 && name == strings.ToUpper(name) && name != strings.ToLower(name)
}

// open are the names that say too little and that the file does not know, the most
// frequent first.
func (t nameTable) open(known *speaker.People) []*nameUse {
	var out []*nameUse
	for _, key := range slices.Sorted(maps.Keys(t)) {
		u := t[key]
		if _, ok := known.Find(u.name); !ok && u.isOpen() {
			out = append(out, u)
		}
	}
	slices.SortStableFunc(out, func(x, y *nameUse) int { return cmp.Compare(y.statements, x.statements) })
	return out
}

// meant are the full names that a short one could stand for, the most frequent first.
func (t nameTable) meant(short *nameUse) []*nameUse {
	var out []*nameUse
	for _, key := range slices.Sorted(maps.Keys(t)) {
		u := t[key]
		words := strings.Fields(key)
		if len(words) < 2 || u.kind != short.kind {
			continue
		}
		name := strings.ToLower(short.name)
		fits := words[len(words)-1] == name || words[0] == name
		if isAcronym(short.name) && u.kind == corpus.KindOrganization.String() {
			fits = beginsWith(words, strings.ReplaceAll(name, ".", ""))
		}
		if fits {
			out = append(out, u)
		}
	}
	slices.SortStableFunc(out, func(x, y *nameUse) int { return cmp.Compare(y.statements, x.statements) })
	return out
}

// beginsWith reports whether letters are the first ones of words, small words left out.
func beginsWith(words []string, letters string) bool {
	var b strings.Builder
	for _, w := range words {
		if w != "of" && w != "the" && w != "and" && w != "for" && w != "in" {
			b.WriteByte(w[0])
		}
	}
	return b.String() == letters
}

// write writes the names as entries of a people file, to be pasted behind what is known.
// Of several whom a name could mean each is an entry in a comment: nothing is decided by
// pasting.
func (t nameTable) write(w io.Writer, names []*nameUse, known *speaker.People) {
	used := map[string]bool{}
	for _, u := range names {
		used[strings.ToLower(u.name)] = true
	}
	for _, u := range names {
		meant := t.meant(u)
		meant = meant[:min(len(meant), 5)]
		fmt.Fprintf(w, "\n# %s: %s in %s", u.name, plural(u.statements, "statement"), plural(u.documents, "article"))
		for n, m := range meant {
			lead := ", "
			if n == 0 {
				lead = "; perhaps "
				if len(meant) > 1 {
					lead = "; ambiguous, uncomment one: "
				}
			}
			fmt.Fprintf(w, "%s%s (%s)", lead, oneLine(m.name), plural(m.statements, "statement"))
		}
		fmt.Fprintln(w)
		for _, e := range u.examples {
			fmt.Fprintf(w, "#   %s\n", e)
		}
		if len(meant) == 0 {
			writeEntry(w, "", personEntry{Name: u.name, Kind: u.kind})
		}
		for _, m := range meant {
			name := strings.ToLower(m.name)
			_, isKnown := known.Find(m.name)
			switch {
			case isKnown:
				fmt.Fprintf(w, "# if it is %s, who is in your file: give that entry the alias %s\n", oneLine(m.name), u.name)
			case len(meant) > 1:
				writeEntry(w, "# ", personEntry{m.name, []string{u.name}, u.kind})
			case used[name]:
				fmt.Fprintf(w, "# if it is %s, who is above: give that entry the alias %s\n", oneLine(m.name), u.name)
			default:
				used[name] = true
				writeEntry(w, "", personEntry{m.name, []string{u.name}, u.kind})
			}
		}
	}
}

// personEntry is an entry of a people file.
type personEntry struct {
	Name    string   `yaml:"name"`
	Aliases []string `yaml:"aliases,flow,omitempty"`
	Kind    string   `yaml:"kind"`
}

// writeEntry writes an entry, each line behind prefix.
func writeEntry(w io.Writer, prefix string, entry personEntry) {
	text, err := yaml.Marshal([]any{entry})
	if err != nil {
		panic(fmt.Sprintf("three strings are no YAML: %v", err))
	}
	for line := range strings.Lines(string(text)) {
		fmt.Fprintf(w, "%s%s", prefix, line)
	}
}
