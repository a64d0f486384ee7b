package postal

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// letters turns bars into the F, A, D, T of other programs.
func letters(bars string) string {
	return strings.NewReplacer("1", "F", "2", "A", "3", "D", "4", "T").Replace(bars)
}

func TestVectorsOfAnIndependentProgram(t *testing.T) {
	cases := []struct{ postcode, number, want string }{
		{"1000013", "1-3-2-503", "FDFFTFTTFTTFTTFTTFFTDFAFFTTFTDFATFTFDATFTFTFFTTDFATDATDATDATDATFFDF"},
		{"2630023", "3-20-5-403", "FDFDADAFDFAFTTFTTFDADFADFATFTFDAFTTTFTFTFTFTFADFTTDFATDATDATDATFFDF"},
		{"1000013", "", "FDFFTFTTFTTFTTFTTFFTDFATDATDATDATDATDATDATDATDATDATDATDATDATDADFADF"},
		{"9808691", "2-15", "FDTFFADFFTTADFDAFTFFFFTFDATFTFFTFTFTDATDATDATDATDATDATDATDATDAFTFDF"},
		{"0240135", "2-5-A12", "FDFTTFDAFADFTTFFTDFAFTFFDATFTFTFTFTDATFTTFFTFDATDATDATDATDATDAAFDDF"},
	}
	for _, c := range cases {
		t.Run(c.postcode+" "+c.number, func(t *testing.T) {
			got, err := EncodeNumber(c.postcode, c.number)
			if err != nil {
				t.Fatal(err)
			}
			if letters(got.Bars) != c.want {
				t.Errorf("got  %s\nwant %s", letters(got.Bars), c.want)
			}
		})
	}
}

func TestWorkedExampleOfTheManual(t *testing.T) {
	got, err := Encode("100-0013", "東京都千代田区霞が関1丁目3番2号　郵便プラザ503室")
	if err != nil {
		t.Fatal(err)
	}
	if got.Data != "1-3-2-503" || got.CheckDigit != 9 || len(got.Bars) != 67 {
		t.Errorf("got %+v", got)
	}
	same, _ := Encode("〒１００－００１３", "霞が関一丁目三番二号 郵便プラザ５０３室")
	if same != got {
		t.Errorf("kanji and wide digits: got %+v, want %+v", same, got)
	}
}

func TestExtract(t *testing.T) {
	cases := []struct{ name, address, want string }{
		{"single letter beside digits", "東3丁目-20-5 郵便・A&bコーポB604号", "3-20-5B604"},
		{"floor", "6丁目7-14 ABCビル2F", "6-7-14-2"},
		{"letters lose their hyphens", "3丁目80-25 J1ビル2-B", "3-80-25J1-2B"},
		{"long", "29丁目1524-23 第2郵便ハウス501", "29-1524-23-2-501"},
		{"building only", "4丁目 郵便センター6号館", "4-6"},
		{"no number", "郵便町", ""},
		{"kanji numerals", "二十三番地の五号", "23-5"},
		{"positional numerals", "一〇五番地", "105"},
		{"town with a numeral", "三番町8番地1", "8-1"},
		{"town with no", "一の宮町2-3", "2-3"},
		{"long vowel as a hyphen", "1ー2ー3", "1-2-3"},
		{"street numeral of a town", "北六条東4丁目", "4"},
		{"jiwari", "第三十五地割62", "35-62"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got, err := Extract(c.address); err != nil || got != c.want {
				t.Errorf("Extract(%q) = %q, %v; want %q", c.address, got, err, c.want)
			}
		})
	}
}

func TestCutAfterThirteenSymbols(t *testing.T) {
	symbols, err := symbolsOf("3-80-25J1-2B")
	if err != nil || len(symbols) != length || symbols[12] != cc1 {
		t.Errorf("got %v, %v; want a lone CC1 in the last place", symbols, err)
	}
	symbols, _ = symbolsOf("29-1524-23-2-501")
	if symbols[12] != hyphen {
		t.Errorf("got %v, want a hyphen in the last place", symbols)
	}
}

func TestCorrectOrAbsent(t *testing.T) {
	cases := []struct {
		name, postcode, address string
		want                    error
	}{
		{"whole city", "100-0000", "1-2-3", ErrNoTown},
		{"short", "100-001", "1-2-3", ErrPostcode},
		{"letters", "1OO0013", "1-2-3", ErrPostcode},
		{"name or number", "1000013", "一番館", ErrUnclear},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got, err := Encode(c.postcode, c.address); !errors.Is(err, c.want) || got.Bars != "" {
				t.Errorf("got %+v, %v; want %v", got, err, c.want)
			}
		})
	}
}

// Every barcode has 67 bars and a sum of symbols that 19 divides, and taking
// the number out of its own number changes nothing. Only letters may: two that
// come to stand side by side are a word, and an F after a digit is a floor.
func TestLaws(t *testing.T) {
	values := map[string]int{}
	for v, b := range bars {
		values[b] = v
	}
	rapid.Check(t, func(t *rapid.T) {
		postcode := rapid.StringMatching(`[0-9]{6}[1-9]`).Draw(t, "postcode")
		address := rapid.StringOf(rapid.RuneFrom([]rune("0123456789-Ab丁目番地号一二十のビル　&"))).Draw(t, "address")
		c, err := Encode(postcode, address)
		if errors.Is(err, ErrUnclear) {
			return
		}
		if err != nil || len(c.Bars) != 67 {
			t.Fatalf("%q: %+v, %v", address, c, err)
		}
		sum := 0
		for i := 2; i < 65; i += 3 {
			sum += values[c.Bars[i:i+3]]
		}
		if sum%19 != 0 {
			t.Fatalf("%q: sum %d", address, sum)
		}
		if strings.ContainsFunc(c.Data, isLetter) {
			return
		}
		if again, err := Extract(c.Data); err != nil || again != c.Data {
			t.Fatalf("%q gives %q, which gives %q, %v", address, c.Data, again, err)
		}
	})
}
