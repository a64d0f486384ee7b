package app

import "testing"

func TestOpensWords(t *testing.T) {
	for opens, want := range map[string]string{"2026-11-25 08:30": "次は11月25日(水) 08:30から", "2026-11-22 13:00": "次は11月22日(日) 13:00から", "": ""} {
		if got := opensWords(opens); got != want {
			t.Errorf("opensWords(%q) = %q, want %q", opens, got, want)
		}
	}
}
