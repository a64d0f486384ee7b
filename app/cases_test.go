package app

import (
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
)

var renewal = Asked{Answers: []Answer{{"procedure", "certificate-renewal"}, {"visitor.kind", "holder"},
	{"card.kind", "standard"}, {"pins", "known"}, {"certificates.signature.state", "valid"}}}

func TestPrintKeepsTheCaseAndItsPage(t *testing.T) {
	o := trainingOffice(t, "standard")
	cases := &Cases{o}
	printed, err := cases.PrintChecklist(renewal, PersonView{Name: "例示 髙子", BirthDate: "1980-04-05"})
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(printed.Path); err != nil || info.Size() < 1000 || printed.Pages != 1 {
		t.Errorf("printed %+v: %v", printed, err)
	}
	again := renewal
	again.CaseNumber = printed.CaseNumber
	second, err := cases.PrintChecklist(again, PersonView{})
	if err != nil || second.CaseNumber != printed.CaseNumber {
		t.Errorf("printing again opened %s, %v", second.CaseNumber, err)
	}
	lines, err := cases.List("", "")
	if err != nil || len(lines) != 1 || lines[0].State != "decided" {
		t.Fatalf("list %+v, %v", lines, err)
	}
	found, err := cases.List("髙子", "")
	if err != nil || len(found) != 1 {
		t.Errorf("search found %d, %v", len(found), err)
	}
	for _, id := range []string{printed.ID, second.ID} {
		if _, err := (&Printing{o}).Confirm(id, true); err != nil {
			t.Error(err)
		}
	}
	shown, err := cases.Show(printed.CaseNumber)
	if err != nil || shown.Holder.Name != "例示 髙子" || shown.Plan.Outcome != "proceed" || len(shown.Events) != 4 {
		t.Errorf("shown %+v, %v", shown, err)
	}
}

func TestPreviewAddressWorksOnce(t *testing.T) {
	o := trainingOffice(t, "standard")
	cases := &Cases{o}
	printed, err := cases.PrintChecklist(renewal, PersonView{})
	if err != nil {
		t.Fatal(err)
	}
	address, err := cases.Preview(printed.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{http.StatusOK, http.StatusNotFound} {
		w := httptest.NewRecorder()
		securityHeaders(o.prints).ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
		if w.Code != want {
			t.Errorf("request %d: got %d, want %d", i+1, w.Code, want)
		}
		if policy := w.Header().Get("Content-Security-Policy"); i == 0 && policy != viewerPolicy || i == 1 && policy != contentPolicy || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("request %d: headers %v", i+1, w.Header())
		}
	}
	if _, err := cases.Preview("../../etc/passwd"); err == nil {
		t.Error("a path was taken for an id")
	}
}

func TestResumeGivesTheSameAnswers(t *testing.T) {
	o := trainingOffice(t, "standard")
	cases := &Cases{o}
	number, err := cases.Save(renewal, PersonView{Name: "見本 太郎"})
	if err != nil {
		t.Fatal(err)
	}
	resumed, err := cases.Resume(" " + number + " ")
	if err != nil || resumed.Asked.CaseNumber != number || resumed.Case.Holder.Name != "見本 太郎" {
		t.Fatalf("resumed %+v, %v", resumed, err)
	}
	view, err := (&Desk{o}).Decide(resumed.Asked)
	if err != nil || view.Plan.Outcome != "proceed" {
		t.Errorf("got %s, %v", view.Plan.Outcome, err)
	}
	if _, err := cases.Resume("nothing"); err == nil {
		t.Error("want an error for a number that is none")
	}
}

func TestNothingToKeepBeforeTheVisitorIsKnown(t *testing.T) {
	cases := &Cases{trainingOffice(t, "standard")}
	if _, err := cases.Save(Asked{}, PersonView{}); err == nil {
		t.Error("an empty desk was stored")
	}
}
