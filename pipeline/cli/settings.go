package cli

import (
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
)

const (
	envPrefix = "ONRECORD_"

	// settingKey annotates a flag that goes by another name in the environment and
	// in files, because two commands mean different things by its own.
	settingKey = "setting"
)

// settle fills in the flags that the command line left alone: from the
// environment, then from the file of --config. Both may hold settings of other
// commands, so that one file serves all; what is no setting of any is refused.
func (a *app) settle(cmd *cobra.Command) error {
	known := settingNames(cmd.Root())
	env, err := environment(known)
	if err != nil {
		return &usageError{cmd.Name(), err.Error(), ""}
	}
	if a.config == "" {
		a.config = env["config"]
	}
	file, err := readSettings(a.config, known)
	if err != nil {
		return &usageError{cmd.Name(), err.Error(), ""}
	}
	var first error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || first != nil {
			return
		}
		name := settingName(f)
		if v, ok := env[name]; ok {
			if err := cmd.Flags().Set(f.Name, v); err != nil {
				first = fmt.Errorf("%s: %w", envName(name), err)
			}
			return
		}
		for _, v := range file[name].values {
			if err := cmd.Flags().Set(f.Name, v); err != nil {
				first = fmt.Errorf("%s:%d: %w", a.config, file[name].line, err)
			}
		}
	})
	if first != nil {
		return &usageError{cmd.Name(), first.Error(), ""}
	}
	return nil
}

func settingName(f *pflag.Flag) string {
	if name := f.Annotations[settingKey]; len(name) == 1 {
		return name[0]
	}
	return f.Name
}

// rename gives a flag another name in the environment and in files.
func rename(flags *pflag.FlagSet, flag, setting string) {
	flags.Lookup(flag).Annotations = map[string][]string{settingKey: {setting}}
}

func envName(setting string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(setting, "-", "_"))
}

// settingNames are the names of all flags of all commands, sorted.
func settingNames(root *cobra.Command) []string {
	names := map[string]bool{}
	add := func(f *pflag.Flag) {
		if f.Name != "help" {
			names[settingName(f)] = true
		}
	}
	root.PersistentFlags().VisitAll(add)
	for _, c := range root.Commands() {
		if c.Name() != "completion" && c.Name() != "help" {
			c.LocalFlags().VisitAll(add)
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func environment(known []string) (map[string]string, error) {
	settings := map[string]string{}
	for _, kv := range os.Environ() {
		key, value, _ := strings.Cut(kv, "=")
		if !strings.HasPrefix(key, envPrefix) || value == "" { // empty is as good as unset
			continue
		}
		at := slices.IndexFunc(known, func(name string) bool { return envName(name) == key })
		if at < 0 {
			var names []string
			for _, name := range known {
				names = append(names, envName(name))
			}
			return nil, fmt.Errorf("the environment has %s, which is no setting%s", key, orDidYouMean(key, names))
		}
		settings[known[at]] = value
	}
	return settings, nil
}

// setting is what a file says of one flag: several values for a repeatable one.
type setting struct {
	values []string
	line   int
}

// readSettings reads a YAML mapping from flag names to values, lists, or, for
// flags that take name=value, mappings. An empty path is an empty file.
func readSettings(path string, known []string) (map[string]setting, error) {
	settings := map[string]setting{}
	if path == "" {
		return settings, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading settings: %w", err)
	}
	defer f.Close()
	var doc yaml.Node
	if err := yaml.NewDecoder(f).Decode(&doc); errors.Is(err, io.EOF) {
		return settings, nil
	} else if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	top := doc.Content[0]
	if top.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s:%d: settings are written as \"name: value\"", path, top.Line)
	}
	for i := 0; i < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		name := key.Value
		if !slices.Contains(known, name) || name == "config" {
			return nil, fmt.Errorf("%s:%d: unknown setting %q%s", path, key.Line, name, orDidYouMean(name, known))
		}
		if before, ok := settings[name]; ok {
			return nil, fmt.Errorf("%s:%d: %q was set in line %d already", path, key.Line, name, before.line)
		}
		values, err := settingValues(value)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %s: %w", path, value.Line, name, err)
		}
		settings[name] = setting{values, key.Line}
	}
	return settings, nil
}

func settingValues(n *yaml.Node) ([]string, error) {
	scalar := func(n *yaml.Node) (string, error) {
		if n.Kind == yaml.AliasNode {
			n = n.Alias
		}
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
			return "", errors.New("a single value is wanted here")
		}
		return n.Value, nil
	}
	var out []string
	switch n.Kind {
	case yaml.SequenceNode:
		for _, item := range n.Content {
			v, err := scalar(item)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			v, err := scalar(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			out = append(out, n.Content[i].Value+"="+v)
		}
	default:
		v, err := scalar(n)
		if err != nil {
			return nil, err
		}
		out = []string{v}
	}
	return out, nil
}
