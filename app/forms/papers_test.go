package forms

import (
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
