package forms

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// broken returns the lines of a text at a width counted in full-width characters.
func broken(t *testing.T, text string, chars float64) []string {
	t.Helper()
	all, err := embeddedOnly().compose(text, false, true)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range all {
		lines, _ := breakLines(p, chars, false)
		for _, l := range lines {
			s := ""
			for _, a := range l.atoms {
				s += textOf(a.glyphs)
			}
			out = append(out, s)
		}
	}
	return out
}

func TestLineBreaking(t *testing.T) {
	cases := []struct {
		name, text string
		chars      float64
		want       []string
	}{
		{"between any two", "漢字漢字漢字", 4, []string{"漢字漢字", "漢字"}},
		{"not inside a time", "Wed 17:00-19:30", 7.5, []string{"Wed", "17:00-19:30"}},
		{"no full stop at the start", "漢字漢字。漢字", 4, []string{"漢字漢", "字。漢字"}},
		{"no closing bracket at the start", "漢字漢字」漢", 4, []string{"漢字漢", "字」漢"}},
		{"no opening bracket at the end", "漢字漢「字」", 4, []string{"漢字漢", "「字」"}},
		{"no small kana at the start", "漢字漢字ょ", 4, []string{"漢字漢", "字ょ"}},
		{"no iteration mark at the start", "漢字漢佐々木", 4.2, []string{"漢字漢", "佐々木"}},
		{"a number is not cut", "電話は0120-380-366へ", 9, []string{"電話は", "0120-380-366", "へ"}},
		{"a word is not cut", "氏名 ALEXANDER SAMPLE", 8, []string{"氏名", "ALEXANDER", "SAMPLE"}},
		{"furigana stays with its word", "この暗証番号《あんしょうばんごう》です", 4.6, []string{"この", "暗証番号", "です"}},
		{"newlines are kept", "一行\n\n三行", 9, []string{"一行", "", "三行"}},
		{"a no-break space holds", "区民課　電話《でんわ》\u00a00120-380-366", 11, []string{"区民課", "電話\u00a00120-380-366"}},
		{"a number stays with what it counts", "午後の時間は午後5時まで", 9.2, []string{"午後の時間は午後", "5時まで"}},
		{"a word in katakana is not cut", "市民課のコールセンター", 8, []string{"市民課の", "コールセンター"}},
		{"a word in katakana longer than a line is", "マイナンバーカード", 5, []string{"マイナンバ", "ーカード"}},
		{"telephone is one word", "市民課　電話　099", 5, []string{"市民課", "電話　099"}},
		{"two dashes are not cut", "漢字漢――字", 4.5, []string{"漢字漢", "――字"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := broken(t, c.text, c.chars); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestHyphensBreakWhereTheyMay(t *testing.T) {
	all, err := embeddedOnly().compose("visit-renewal-agent", false, false)
	if err != nil {
		t.Fatal(err)
	}
	for hyphens, want := range map[bool]int{false: 1, true: 3} {
		lines, forced := breakLines(all[0], 5, hyphens)
		if forced == hyphens || hyphens && len(lines) != want {
			t.Errorf("hyphens %v: %d lines, cut %v", hyphens, len(lines), forced)
		}
	}
}

func TestTextShrinksThenIsRefused(t *testing.T) {
	fonts := embeddedOnly()
	all, err := fonts.compose(strings.Repeat("長", 30), false, false)
	if err != nil {
		t.Fatal(err)
	}
	style := Style{Size: 12, Min: 8, Lines: 1}
	b, err := fit(all, 30*8*mmPerPoint+0.1, 6, style)
	if err != nil || b.size != 8 || len(b.lines) != 1 {
		t.Errorf("got size %v, %d lines, %v; want 8 points on one line", b.size, len(b.lines), err)
	}
	if _, err := fit(all, 30*8*mmPerPoint-1, 6, style); !errors.Is(err, errOverflow) {
		t.Errorf("got %v, want a refusal", err)
	}
}
