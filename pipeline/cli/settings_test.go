package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// settled parses args for run, with the environment and file given, and returns its flags.
func settled(t *testing.T, args []string, env map[string]string, file string) (*pflag.FlagSet, error) {
	t.Helper()
	for k, v := range env {
		t.Setenv(k, v)
	}
	if file != "" {
		path := filepath.Join(t.TempDir(), "settings.yaml")
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--config", path)
	}
	a := &app{err: os.Stderr, args: args}
	root := a.root()
	run, _, err := root.Find([]string{"run"})
	if err != nil {
		t.Fatal(err)
	}
	if err := run.ParseFlags(args); err != nil {
		t.Fatal(err)
	}
	return run.Flags(), a.settle(run)
}

func TestFlagsWinOverEnvironmentOverFile(t *testing.T) {
	const file = "workers: 3\nout: from-file\nquiet: true\nfield:\n  text: body\n  id: guid\nmax-document: 1MiB\nlimit: 7 # of show, not of run\n"
	flags, err := settled(t, []string{"--workers", "5"}, map[string]string{"ONRECORD_WORKERS": "4", "ONRECORD_OUT": "from-env"}, file)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"workers": "5", "out": "from-env", "quiet": "true", "max-document": "1MiB", "language": "en",
	} {
		if got := flags.Lookup(name).Value.String(); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	fields, err := flags.GetStringToString("field")
	if err != nil || len(fields) != 2 || fields["text"] != "body" || fields["id"] != "guid" {
		t.Errorf("field is %v (%v)", fields, err)
	}
}

func TestSettingsAreReadStrictly(t *testing.T) {
	tests := []struct {
		name, file string
		env        map[string]string
		want       string
	}{
		{"unknown key", "out: x\nworker: 3\n", nil, `:2: unknown setting "worker"; did you mean workers?`},
		{"unknown key, nothing near", "colour: red\n", nil, `unknown setting "colour"; known are`},
		{"repeated key", "out: x\nquiet: true\nout: y\n", nil, `:3: "out" was set in line 1`},
		{"wrong value", "out: x\nworkers: many\n", nil, `:2: invalid argument "many"`},
		{"no value", "out:\n", nil, ":1: out: a single value is wanted"},
		{"nested", "field:\n  text: [a, b]\n", nil, "field: a single value is wanted"},
		{"a list", "- out\n", nil, `written as "name: value"`},
		{"config in config", "config: other.yaml\n", nil, `unknown setting "config"`},
		{"not YAML", "out: [\n", nil, "yaml"},
		{"unknown variable", "", map[string]string{"ONRECORD_WORKRES": "3"}, "ONRECORD_WORKRES, which is no setting; did you mean ONRECORD_WORKERS?"},
		{"wrong variable", "", map[string]string{"ONRECORD_WORKERS": "x"}, "ONRECORD_WORKERS: invalid argument"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := settled(t, nil, tt.env, tt.file)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q in it", err, tt.want)
			}
			if exitStatus(err) != exitUsage {
				t.Errorf("exit status %d, want %d", exitStatus(err), exitUsage)
			}
		})
	}
}

// One file and one environment serve all commands, so a name must mean the same
// wherever it stands.
func TestSettingsMeanTheSameInEveryCommand(t *testing.T) {
	type meaning struct{ command, kind string }
	seen := map[string]meaning{}
	root := (&app{}).root()
	for _, cmd := range root.Commands() {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			name, kind := settingName(f), f.Value.Type()
			if before, ok := seen[name]; ok && before.kind != kind {
				t.Errorf("%q is %s in %s and %s in %s: rename one", name, before.kind, before.command, kind, cmd.Name())
			}
			seen[name] = meaning{cmd.Name(), kind}
		})
	}
}

func TestEveryCommandExplainsItself(t *testing.T) {
	var check func(cmd *cobra.Command)
	check = func(cmd *cobra.Command) {
		if cmd.Name() == "help" || cmd.Name() == "completion" {
			return
		}
		if cmd.Short == "" || cmd.Example == "" || !strings.Contains(cmd.Long, "EXIT STATUS") {
			t.Errorf("%s lacks a summary, examples or EXIT STATUS", cmd.CommandPath())
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Usage == "" {
				t.Errorf("%s --%s says nothing of itself", cmd.CommandPath(), f.Name)
			}
		})
		for _, c := range cmd.Commands() {
			check(c)
		}
	}
	check((&app{}).root())
}
