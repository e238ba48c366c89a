package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// stdinName is the input that reads Options.Stdin.
const stdinName = "-"

// entry is one file to read.
type entry struct {
	path string
	root string // the corpus root: the folder given, or the one that holds a file given
	size int64  // -1 if unknown
	err  error  // why it can't be opened, if that is known already
}

// expand turns what the user named into files: in the order given, a folder's
// files sorted by path, bytewise. A file named twice is read once. A folder is not
// looked into: except, if it is not empty.
func expand(inputs []string, except string) ([]entry, error) {
	seen := map[string]bool{}
	var out []entry
	for _, input := range inputs {
		found, err := expandOne(input, except)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("%s: no files there", input)
		}
		for _, e := range found {
			key := e.path
			if abs, err := filepath.Abs(e.path); err == nil && e.path != stdinName {
				key = abs
			}
			if !seen[key] {
				seen[key] = true
				out = append(out, e)
			}
		}
	}
	return out, nil
}

func expandOne(input, except string) ([]entry, error) {
	if input == stdinName {
		return []entry{{path: stdinName, size: -1}}, nil
	}
	info, err := os.Stat(input)
	switch {
	case err == nil && info.IsDir():
		w := walk{root: input, except: except, match: func(string) (bool, bool) { return true, true }}
		return w.files(), nil
	case err == nil:
		return []entry{named(input, info)}, nil
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(input, `*?[`):
		return expandGlob(input, except)
	}
	return nil, fmt.Errorf("reading an input: %w", err)
}

// named is a file the user named: also a pipe, as in a shell's <(...).
func named(path string, info fs.FileInfo) entry {
	e := entry{path: path, root: filepath.Dir(path), size: -1}
	if info.Mode().IsRegular() {
		e.size = info.Size()
	}
	return e
}

// expandGlob finds what a pattern names: *, ?, [a-z] within a name, ** for any
// number of folders. A folder that matches stands for all files below it. The
// corpus root is the part of the pattern before the first wildcard.
func expandGlob(pattern, except string) ([]entry, error) {
	parts := strings.Split(filepath.ToSlash(pattern), "/")
	fixed := slices.IndexFunc(parts, func(p string) bool { return strings.ContainsAny(p, `*?[`) })
	root, parts := strings.Join(parts[:fixed], "/"), parts[fixed:]
	switch {
	case root == "" && fixed > 0:
		root = "/"
	case root == "":
		root = "."
	}
	for _, p := range parts {
		if _, err := path.Match(p, ""); err != nil {
			return nil, fmt.Errorf("%s: the part %q is not a pattern: %w", pattern, p, err)
		}
	}
	if _, err := os.Stat(root); err != nil {
		return nil, fmt.Errorf("%s: %w", pattern, err)
	}
	w := walk{root: root, except: except, dotted: slices.ContainsFunc(parts, hidden), match: func(rel string) (bool, bool) {
		return matchParts(parts, strings.Split(rel, "/"))
	}}
	return w.files(), nil
}

// matchParts matches names one by one: whether they are a file that the pattern
// means, and whether they are a folder in which there may be one. Wildcards do
// not match hidden names, as in a shell.
func matchParts(pattern, names []string) (file, folder bool) {
	switch {
	case len(pattern) == 0:
		// What came before matched: this lies inside a folder that the pattern named.
		inside := !slices.ContainsFunc(names, hidden)
		return inside, inside
	case len(names) == 0:
		return false, true
	case pattern[0] == "**":
		file, folder = matchParts(pattern[1:], names)
		if !hidden(names[0]) {
			deeper, deeperFolder := matchParts(pattern, names[1:])
			file, folder = file || deeper || len(pattern) == 1, folder || deeperFolder
		}
		return file, folder
	case hidden(names[0]) && !hidden(pattern[0]):
		return false, false
	}
	if ok, _ := path.Match(pattern[0], names[0]); !ok {
		return false, false
	}
	return matchParts(pattern[1:], names[1:])
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") }

// walk collects the files below a folder. Links to folders are followed after
// everything else, and no folder is entered twice: a loop of links ends, nothing
// is read twice, and what lies inside the corpus keeps its own path.
type walk struct {
	root    string
	except  string                               // a folder that is none
	match   func(rel string) (file, folder bool) // rel has slashes
	dotted  bool                                 // look at hidden names too
	entered map[string]bool                      // folders by their real path
	links   []link
	found   []entry
}

type link struct{ dir, rel string }

func (w *walk) files() []entry {
	w.entered = map[string]bool{}
	if real, err := realPath(w.except); err == nil && w.except != "" {
		w.entered[real] = true
	}
	w.follow(link{dir: w.root})
	for len(w.links) > 0 {
		next := w.links[0]
		w.links = w.links[1:]
		w.follow(next)
	}
	slices.SortFunc(w.found, func(a, b entry) int { return strings.Compare(a.path, b.path) })
	return w.found
}

func (w *walk) follow(l link) {
	real, err := realPath(l.dir)
	if err != nil {
		w.add(l.rel, entry{path: l.dir, err: err})
		return
	}
	w.folder(l.dir, l.rel, real)
}

func realPath(dir string) (string, error) {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return "", err
	}
	return filepath.Abs(real)
}

func (w *walk) folder(dir, rel, real string) {
	if w.entered[real] {
		return
	}
	w.entered[real] = true
	list, err := os.ReadDir(dir)
	if err != nil {
		w.add(rel, entry{path: dir, err: err})
	}
	for _, d := range list {
		if hidden(d.Name()) && !w.dotted {
			continue
		}
		child, childRel := filepath.Join(dir, d.Name()), path.Join(rel, d.Name())
		info, err := os.Stat(child)
		switch {
		case err != nil:
			w.add(childRel, entry{path: child, err: err})
		case info.IsDir():
			if _, may := w.match(childRel); !may {
				continue
			}
			if d.Type()&fs.ModeSymlink != 0 {
				w.links = append(w.links, link{child, childRel})
				continue
			}
			w.folder(child, childRel, filepath.Join(real, d.Name()))
		case info.Mode().IsRegular():
			w.add(childRel, entry{path: child, size: info.Size()})
		default:
			// Opening a pipe that nobody asked for would wait for ever.
			w.add(childRel, entry{path: child, err: errors.New("neither a file nor a folder")})
		}
	}
}

func (w *walk) add(rel string, e entry) {
	if file, _ := w.match(rel); file || rel == "" {
		e.root = w.root
		w.found = append(w.found, e)
	}
}
