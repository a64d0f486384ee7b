package forms

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"madoguchi/rules"
)

// officeOf reads a municipality's letter data.
func officeOf(t testing.TB, id rules.MunicipalityID) *Office {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "rules", "municipality", string(id), LetterFile))
	if err != nil {
		t.Fatal(err)
	}
	office, err := ReadOffice(id, data)
	if err != nil {
		t.Fatal(err)
	}
	return office
}

func day(t testing.TB, s string) rules.Date {
	t.Helper()
	d, err := rules.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// sampleLetter is a letter to a resident who does not exist.
func sampleLetter(t testing.TB, office *Office, procedure rules.Procedure) Letter {
	t.Helper()
	return Letter{
		Municipality: office.Municipality, Procedure: rules.Procedures{procedure},
		Holder:     Person{Name: "架空 𠮷男", Postcode: "100-0013", Address: []string{"見本県例示市架空町一丁目2番3号", "コーポ見本 503号室"}, BirthDate: day(t, "1960-04-05")},
		Agent:      Person{Name: "例示 髙子", Address: []string{"見本県例示市架空町一丁目2番3号"}, BirthDate: day(t, "1988-12-31"), Relation: "長女"},
		CaseNumber: "KG26-000017", DocumentNumber: "市セ第123号", IssuedOn: day(t, "2026-11-24"), ReplyBy: day(t, "2026-12-24"),
	}
}

var letterOffices = []rules.MunicipalityID{"kagoshima-center", "kawasaki", "kagoshima-sheet", "tagajo"}

func TestLetterGoldens(t *testing.T) {
	for _, id := range letterOffices {
		office := officeOf(t, id)
		for _, procedure := range letterProcedures() {
			if _, ok := office.PINs[procedure]; !ok {
				continue
			}
			name := "letter-" + string(id) + "-" + string(procedure)
			t.Run(name, func(t *testing.T) {
				doc, err := MakeLetter(embeddedOnly(), office, sampleLetter(t, office, procedure), Options{Record: true})
				if err != nil {
					t.Fatal(err)
				}
				compareGolden(t, name, doc)
				pdf := written(t, doc)
				keep(t, name, pdf)
				text := readBack(t, pdf)
				for _, want := range []string{"架空 𠮷男", "例示 髙子", "令和8年12月24日", office.Title} {
					if !strings.Contains(text, want) {
						t.Errorf("%q is not in the text read back", want)
					}
				}
			})
		}
	}
}

func TestNoLetterWithoutASource(t *testing.T) {
	office := officeOf(t, "tagajo")
	if _, err := MakeLetter(embeddedOnly(), office, sampleLetter(t, office, rules.CardFaceUpdate), Options{}); !errors.Is(err, ErrNoLetter) {
		t.Errorf("got %v, want ErrNoLetter", err)
	}
}
