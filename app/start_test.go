package app

import "testing"

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
