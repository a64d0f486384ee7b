package app

import (
	"reflect"
	"regexp"
	"testing"

	"madoguchi/app/counter"
)

func TestParseStart(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		want startOptions
	}{
		{"nothing", nil, startOptions{}},
		{"data", []string{"--data", "/x"}, startOptions{data: "/x"}},
		{"simulation has the standard card", []string{"--simulation"}, startOptions{simulation: true, scenario: "standard"}},
		{"a scenario is a simulation", []string{"--scenario", "locked"}, startOptions{simulation: true, scenario: "locked"}},
		{"a situation is a simulation", []string{"--situation", "x.json"}, startOptions{simulation: true, scenario: "standard", situation: "x.json"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := parseStart(c.args)
			if err != nil || got != c.want {
				t.Errorf("got %+v, %v, want %+v", got, err, c.want)
			}
		})
	}
	for _, args := range [][]string{{"--nothing"}, {"more"}} {
		if _, err := parseStart(args); err == nil {
			t.Errorf("%v: want an error", args)
		}
	}
}

func TestInstanceTellsRealFromSimulated(t *testing.T) {
	a, b := startOptions{data: "/x"}, startOptions{data: "/x", simulation: true}
	if a.instance() == b.instance() {
		t.Error("real work and training share one lock")
	}
	if a.instance() != (startOptions{data: "/y/../x"}).instance() {
		t.Error("one folder has two locks")
	}
}

// The usual folder is one folder, named or not.
func TestInstanceOfTheUsualFolder(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	t.Setenv("PROGRAMDATA", t.TempDir())
	named := startOptions{data: string(counter.DefaultFolder())}
	if (startOptions{}).instance() != named.instance() {
		t.Error("the usual folder has two locks")
	}
}

// Every sentence the toolkit can say by itself is Japanese, and none promises to
// fetch anything.
func TestTheToolkitSpeaksJapanese(t *testing.T) {
	all := reflect.ValueOf(*windowsMessages())
	if all.NumField() < 11 {
		t.Fatalf("%d messages were looked at", all.NumField())
	}
	for i := range all.NumField() {
		name, text := all.Type().Field(i).Name, all.Field(i).String()
		if !regexp.MustCompile(`[ぁ-んァ-ヶ]`).MatchString(text) {
			t.Errorf("%s: %q is not Japanese", name, text)
		}
		if regexp.MustCompile(`https?:|ダウンロード`).MatchString(text) {
			t.Errorf("%s: %q", name, text)
		}
	}
}
