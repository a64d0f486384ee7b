package rules

import (
	"slices"
	"testing"
)

func TestRuby(t *testing.T) {
	cases := []struct {
		name, text string
		want       []RubyRun
	}{
		{"no reading", "持ち物", []RubyRun{{"持ち物", ""}}},
		{"kanji run", "この暗証番号《あんしょうばんごう》を", []RubyRun{{"この", ""}, {"暗証番号", "あんしょうばんごう"}, {"を", ""}}},
		{"two", "本人《ほんにん》の氏名《しめい》", []RubyRun{{"本人", "ほんにん"}, {"の", ""}, {"氏名", "しめい"}}},
		{"marked start", "この｜持ち物《もちもの》です", []RubyRun{{"この", ""}, {"持ち物", "もちもの"}, {"です", ""}}},
		{"beyond the basic plane", "𠮷田《よしだ》様", []RubyRun{{"𠮷田", "よしだ"}, {"様", ""}}},
		{"nothing before", "《注》あり", []RubyRun{{"《注》", ""}, {"あり", ""}}},
		{"not closed", "本人《ほん", []RubyRun{{"本人《ほん", ""}}},
		{"empty", "", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := Ruby(c.text); !slices.Equal(got, c.want) {
				t.Errorf("Ruby(%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func TestPlainTextKeepsEverythingElse(t *testing.T) {
	if got, want := PlainText("｜持ち物《もちもの》は 本人《ほんにん》の《注》"), "持ち物は 本人の《注》"; got != want {
		t.Errorf("PlainText = %q, want %q", got, want)
	}
}
