package history

import (
	"context"
	"slices"
	"testing"
)

func TestNamesAreFoundByAnyFragment(t *testing.T) {
	d := newDesk(t)
	with := func(name, kana string) Number {
		n := sampleCase()
		n.Holder.Name, n.Holder.Kana, n.Agent = name, kana, nil
		return d.add(n)
	}
	yoshio := with("架空 𠮷男", "カクウ ヨシオ")
	takako := with("髙橋　例子", "たかはし れいこ")
	selector := with("辻\U000E0100 見本", "ツジ ミホン")
	watanabe := with("渡邉\U000E0103太郎", "ワタナベ タロウ")
	latin := with("MIHON, Taro José", "ミホン タロウ ホセ")
	saki := with("﨑山 試験", "サキヤマ シケン")
	twice := with("田中中田", "タナカナカタ")
	for fragment, want := range map[string][]Number{
		"架空": {yoshio}, "𠮷男": {yoshio}, "吉男": {yoshio}, "空𠮷男": {yoshio}, "架空 𠮷男": {yoshio}, "ヨシ": {yoshio}, "よしお": {yoshio}, "ﾖｼｵ": {yoshio},
		"髙橋": {takako}, "高橋": {takako}, "橋例": {takako}, "タカハシ": {takako}, "カハ": {takako},
		"辻見本": {selector}, "辻\U000E0101見": {selector}, "見本": {selector},
		"渡辺": {watanabe}, "渡邊太": {watanabe}, "渡邉太郎": {watanabe}, "渡邉\U000E0103太郎": {watanabe},
		"mihon": {latin}, "ＭＩＨＯＮ": {latin}, "Taro J": {latin}, "josé": {latin},
		"崎山": {saki}, "﨑山": {saki}, "タロウ": {latin, watanabe},
		"田中中田": {twice}, "中中": {twice}, "田中田": {}, "中田中": {}, "存在": {}, "ヨシコ": {},
	} {
		if got := d.find(Query{Text: fragment}); !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", fragment, got, want)
		}
	}
	_, err := d.s.Find(context.Background(), Query{Text: "髙"})
	refusal(t, err, TooShort)
	if k := d.show(watanabe); k.Holder.Name != "渡邉\U000E0103太郎" {
		t.Errorf("the name came back as %q", k.Holder.Name)
	}
}

func TestBirthDatesAreFoundAsPeopleWriteThem(t *testing.T) {
	d := newDesk(t)
	n := d.add(sampleCase())
	for _, typed := range []string{"1975-03-10", "1975/3/10", "19750310", "S50.3.10", "昭和50年3月10日", "１９７５－０３－１０", "s50-3-10", "1980-07-01"} {
		if got := d.find(Query{Text: typed}); !slices.Equal(got, []Number{n}) {
			t.Errorf("%q: got %v", typed, got)
		}
	}
	for _, typed := range []string{"1975-03-11", "1975-13-10"} {
		if got, err := d.s.Find(context.Background(), Query{Text: typed}); len(got) != 0 {
			t.Errorf("%q: got %v, %v", typed, got, err)
		}
	}
}

// A name whose fragments all occur, but not side by side, is no hit.
func TestAHitTrulyHoldsTheFragment(t *testing.T) {
	d := newDesk(t)
	n := sampleCase()
	n.Holder = &Person{Name: "見本例本例示"}
	n.Agent = nil
	d.add(n)
	if got := d.find(Query{Text: "見本例示"}); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
