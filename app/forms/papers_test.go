package forms

import (
	"errors"
	"strings"
	"testing"

	"madoguchi/rules"
)

func sampleSlip(t testing.TB) Slip {
	return Slip{
		CaseNumber: "KG26-000017", FormVersion: "1", Procedure: rules.Procedures{rules.PINReset}, Office: "多賀城市 総務部 市民課 市民係",
		IssuedOn: day(t, "2026-11-24"), ReplyBy: day(t, "2026-12-24"), Place: "多賀城市役所 市民課", Contact: "022-368-1104 8時30分〜17時15分(開庁日)",
		Bring: []string{"本人のマイナンバーカード", "代理人の顔写真付き本人確認書類 1点", "公的機関が発行した顔写真なし本人確認書類 1点", "照会回答書(封をしたまま)"},
	}
}

func TestPaperGoldens(t *testing.T) {
	fonts := embeddedOnly()
	office := officeOf(t, "tagajo")
	made := day(t, "2026-11-24")
	person := sampleLetter(t, office, rules.PINReset).Holder
	labels := []Label{{To: person, NotForwarded: true, Barcode: true, Sequence: "0001/0002"}, {To: person}}
	cases := []struct {
		name string
		make func() (*Document, error)
	}{
		{"slip", func() (*Document, error) { return MakeSlip(fonts, sampleSlip(t), Options{Record: true}) }},
		{"labels", func() (*Document, error) {
			return MakeLabels(fonts, TwelveLabels(), 3, labels, made, Options{Record: true})
		}},
		{"ruler", func() (*Document, error) { return MakeRuler(fonts, office, made, Options{Record: true}) }},
		{"training-record", func() (*Document, error) {
			return MakeTrainingRecord(fonts, TrainingRecord{
				Trainee: "見本 太郎", Title: "ロックされた暗証番号", Scenario: "locked-pin", Seed: 7, On: made, Edition: "3f9a2c71b04e",
				Points: 65, Of: 80, Percent: 81, Seconds: 194, Teaches: "チップと券面が一致しないときの持ち物",
				Lines: []TrainingLine{
					{Topic: "持ち物", Verdict: "足りない", Points: 0, Of: 10, Text: "本人のA書類1点またはB書類1点を案内していません。", Sources: []rules.Source{{Seed: "000_25ff70f4c1f46c7d.txt", Lines: "91"}}},
					{Topic: "暗証番号", Verdict: "正しい", Points: 5, Of: 5, Text: "新しく設定する番号を案内しました。"},
				},
			}, Options{Record: true})
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			doc, err := c.make()
			if err != nil {
				t.Fatal(err)
			}
			if doc.Pages() != 1 {
				t.Errorf("%d pages, want 1", doc.Pages())
			}
			compareGolden(t, c.name, doc)
			keep(t, c.name, written(t, doc))
		})
	}
}

func TestRuleSheetHoldsEveryRow(t *testing.T) {
	sets, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range sets {
		doc, err := MakeRuleSheet(embeddedOnly(), RuleSheet{Set: set, On: day(t, "2026-11-24")}, Options{})
		if err != nil {
			t.Fatalf("%s: %v", set.ID, err)
		}
		pdf := written(t, doc)
		keep(t, "rules-"+string(set.ID), pdf)
		text := strings.ReplaceAll(readBack(t, pdf, "-raw"), "\n", "")
		for _, table := range set.Sheet() {
			for _, row := range table.Rows {
				if !strings.Contains(text, row.ID) {
					t.Errorf("%s: row %s of %s is not on the sheet", set.ID, row.ID, table.File)
				}
			}
		}
		if !strings.Contains(text, set.Edition) {
			t.Errorf("%s: the fingerprint is not on the sheet", set.ID)
		}
	}
}

// The longest realistic values of every field of the papers beside the letter.
func TestLongestValuesFitOnPapers(t *testing.T) {
	fonts := embeddedOnly()
	bring := []string{
		"本人のマイナンバーカード", "代理人の本人確認書類 A書類1点(有効期限内の原本。運転免許証・パスポート・在留カードなど)",
		"照会書兼回答書及び委任状(封をしたまま。封筒に本人の氏名を書いたもの)", "登記事項証明書(発行から3か月以内の原本)", "代理行為目録(裁判所が発行したもの)",
		"親子関係のわかるもの(戸籍謄本・母子健康手帳など。本籍地が市内のときは不要)",
	}
	for _, id := range letterOffices {
		office := officeOf(t, id)
		l := longLetter(t, office)
		l.Procedure = office.Procedures()
		slip := office.Slip(l, bring)
		slip.ReplyBy = day(t, "2026-12-24")
		doc, err := MakeSlip(fonts, slip, Options{Record: true})
		if err != nil {
			t.Errorf("slip of %s: %v", id, err)
			continue
		}
		keep(t, "long-slip-"+string(id), written(t, doc))
	}
	record := TrainingRecord{
		Trainee: "SAMPLEWARA MUDIYANSELAGE KASUN CHATHURANGA EXAMPLE BANDARANAYA", Title: strings.Repeat("任意代理人による", 8), Scenario: "a-scenario-with-a-very-long-identifier-of-its-own",
		Seed: 1<<62 - 1, On: day(t, "2026-11-24"), Edition: strings.Repeat("0123456789abcdef", 4), Points: 1000, Of: 1000, Percent: 100, Seconds: 7199, Teaches: strings.Repeat("封の確かめかた。", 40),
	}
	for range 60 {
		record.Lines = append(record.Lines, TrainingLine{Topic: "本人確認書類と持ち物", Verdict: "余分にたずねた", Points: -10, Of: 10, Text: strings.Repeat("代理人の本人確認書類を案内していません。", 5),
			Sources: []rules.Source{{Seed: "000_25ff70f4c1f46c7d.txt", Lines: "105-110"}, {Seed: "000_25ff70f4c1f46c7d.txt", Lines: "173-174"}}})
	}
	if _, err := MakeTrainingRecord(fonts, record, Options{}); err != nil {
		t.Errorf("training record: %v", err)
	}
}

// What does not fit a paper is refused by the name of its field.
func TestPapersRefuseByField(t *testing.T) {
	long := strings.Repeat("見本例示架空", 60)
	for field, spoil := range map[string]func(*Slip){
		"office":  func(s *Slip) { s.Office = long },
		"place":   func(s *Slip) { s.Place = long },
		"contact": func(s *Slip) { s.Contact = long },
		"bring":   func(s *Slip) { s.Bring = strings.Split(strings.Repeat("持ち物,", 40), ",") },
	} {
		s := sampleSlip(t)
		spoil(&s)
		var overflow *OverflowError
		if _, err := MakeSlip(embeddedOnly(), s, Options{}); !errors.As(err, &overflow) || overflow.Field != field {
			t.Errorf("%s: got %v", field, err)
		}
	}
	l := Label{To: Person{Name: "見本 太郎", Postcode: "100-0013", Address: []string{long}}}
	var overflow *OverflowError
	if _, err := MakeLabels(embeddedOnly(), TwelveLabels(), 0, []Label{l}, 0, Options{}); !errors.As(err, &overflow) || overflow.Field != "holder.address" {
		t.Errorf("label: got %v", err)
	}
}

// A sender with the longest names of a big city still fits its letter.
func TestLongestSenderFits(t *testing.T) {
	office := officeOf(t, "tagajo").With("official-seal", "not-forwarded", "written-by-another", "absence-reason", "seal")
	for key, value := range map[string]string{
		"sender.name": "見本県例示郡架空見本町長職務代理者", "sender.office": "市民生活部 区政推進室 戸籍住民課 マイナンバーカード交付推進係",
		"sender.postcode": "100-0013", "sender.address": "見本県例示市架空区見本町一丁目二番三号 例示合同庁舎 架空館 十二階",
		"sender.phone": "0123-45-6789(内線 12345・12346)", "sender.hours": "月曜日から金曜日の8時30分〜17時15分、第2・第4土曜日の9時〜12時",
		"addressee": "見本県例示郡架空見本町長職務代理者", "retention": "永年保存(電磁的記録を含む)",
	} {
		office.values[key] = value
	}
	office.Title = "署名用電子証明書・利用者証明用電子証明書 新規発行・更新照会書兼回答書及び委任状"
	l := longLetter(t, office)
	l.Sequence = "10000/10000"
	doc, err := MakeLetter(embeddedOnly(), office, l, Options{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	keep(t, "long-sender", written(t, doc))
}
