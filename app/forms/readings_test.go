package forms

import (
	"strings"
	"testing"

	"madoguchi/rules"
)

func TestAnnotate(t *testing.T) {
	r := loadReadings()
	cases := []struct{ text, want string }{
		{"本人確認書類", "｜本人確認書類《ほんにんかくにんしょるい》"},
		{"暗証番号を忘れた方", "｜暗証番号《あんしょうばんごう》を｜忘《わす》れた｜方《かた》"},
		{"3か月以内", "3か｜月以内《げついない》"},
		{"11月24日", "11｜月《がつ》24日"},
		{"8時30分", "8時30分"},
		{"本人《ほんにん》の", "本人《ほんにん》の"},
		{"未知語", "未知語"},
	}
	for _, c := range cases {
		got := r.annotate(c.text)
		if got != c.want {
			t.Errorf("annotate(%q) = %q, want %q", c.text, got, c.want)
		}
		if rules.PlainText(got) != rules.PlainText(c.text) {
			t.Errorf("annotate(%q) changed the text: %q", c.text, got)
		}
	}
}

func TestEveryReadingIsWellFormed(t *testing.T) {
	r := loadReadings()
	if len(r.words) < 400 {
		t.Fatalf("only %d readings", len(r.words))
	}
	for plain, word := range r.words {
		if plain == word || plain == "" {
			t.Errorf("%q has no reading", word)
		}
	}
}

func TestReadingsFindAPaperByItsSound(t *testing.T) {
	got := Readings([]string{"運転免許証", "来庁された方の旅券", "見知らぬ漢字"})
	for i, want := range []string{"うんてんめんきょしょう", "りょけん", "見知らぬ"} {
		if !strings.Contains(got[i], want) {
			t.Errorf("got %q, want %q in it", got[i], want)
		}
	}
}
