package app

import (
	"os"
	"sync"
	"testing"

	"madoguchi/app/counter"
)

func box(t *testing.T, m *Mailroom, id string) MailBoxView {
	t.Helper()
	boxes, err := m.Boxes("2026-12-22")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range boxes {
		if b.ID == id {
			return b
		}
	}
	t.Fatalf("no box %s", id)
	return MailBoxView{}
}

// countedProgress keeps what the window was told of a long piece of work.
type countedProgress struct {
	heardEvents
	mu   *sync.Mutex
	said *[]ProgressView
}

func (c countedProgress) progress(v ProgressView) {
	c.mu.Lock()
	defer c.mu.Unlock()
	*c.said = append(*c.said, v)
}

func TestLettersGoThroughTheMailRoom(t *testing.T) {
	o := trainingOffice(t, "standard")
	said := []ProgressView{}
	o.events = countedProgress{heardEvents{make(chan CardView, 16)}, &sync.Mutex{}, &said}
	m := &Mailroom{o}
	var numbers []string
	for range 3 {
		number, err := m.Queue(agentReset, letterInput)
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, number)
	}
	waiting := box(t, m, "make")
	if waiting.Until != "日付を入れてください" || waiting.Empty == "" {
		t.Errorf("no day is typed, or nothing waits: %+v", waiting)
	}
	if len(waiting.Lines) != 3 || waiting.Lines[0].CaseNumber != numbers[0] || waiting.Lines[0].Fault != "" {
		t.Fatalf("waiting %+v", waiting)
	}
	printed, err := m.Make(numbers, "2026-12-22")
	if err != nil || printed.Pages != 6 {
		t.Fatalf("printed %+v, %v", printed, err)
	}
	if info, err := os.Stat(printed.Path); err != nil || info.Size() < 1000 {
		t.Errorf("file: %v", err)
	}
	if n := len(said); n == 0 || said[n-1].Done != 3 || said[n-1].Total != 3 {
		t.Errorf("progress %+v", said)
	}
	if ready := box(t, m, "mail"); !ready.Lines[0].Unprinted || ready.Lines[0].Version != "1通目" {
		t.Errorf("made, and not printed yet: %+v", ready)
	}
	if _, err := (&Printing{o}).Confirm(printed.ID, true); err != nil {
		t.Fatal(err)
	}
	if ready := box(t, m, "mail"); ready.Lines[0].Unprinted {
		t.Errorf("printed: %+v", ready)
	}
	marked, err := m.Mark(append(numbers, numbers[0]), "mailed")
	if err != nil || marked.Done != 3 || len(marked.Failed) != 1 || marked.Problem == nil || marked.Problem.Action == "" {
		t.Errorf("marked %+v, %v", marked, err)
	}
	if marked, err := m.Mark(numbers[:1], "returned-undelivered"); err != nil || marked.Done != 1 {
		t.Errorf("returned %+v, %v", marked, err)
	}
	again, err := m.Reissue(numbers[:2], "2027-01-15")
	if err != nil || again.Pages != 4 {
		t.Fatalf("again %+v, %v", again, err)
	}
	if ready := box(t, m, "mail"); len(ready.Lines) != 2 || ready.Lines[0].Version != "2通目(作り直し)" || !ready.Lines[0].Unprinted {
		t.Errorf("ready for the post: %+v", ready)
	}
	_, err = (&Cases{o}).Resume(numbers[0] + "-1")
	if p := problemOf(err); p.Code != "letter-superseded" {
		t.Errorf("the older letter was taken: %+v", p)
	}
	if _, err := (&Cases{o}).Resume(numbers[0] + "-2"); err != nil {
		t.Errorf("the newer letter: %v", err)
	}
}

func TestMailRoomTakesOnlyWhatItShows(t *testing.T) {
	m := &Mailroom{trainingOffice(t, "standard")}
	for name, err := range map[string]error{
		"nobody":            second(m.Make(nil, "")),
		"no number":         second(m.Make([]string{"../../etc"}, "")),
		"no day":            second(m.Make([]string{"KG26-000017"}, "someday")),
		"another state":     second(m.Mark([]string{"KG26-000017"}, "done")),
		"too many":          second(m.Reissue(make([]string, mostLetters+1), "")),
		"no day of boxes":   second(m.Boxes("2026-02-30")),
		"an empty visitor":  second(m.Queue(Asked{}, letterInput)),
		"nobody's address":  second(m.Queue(agentReset, LetterInput{})),
		"individual number": second(m.Queue(agentReset, LetterInput{Holder: PersonView{Name: "123456789018", Address: []string{"x"}}})),
	} {
		if p := problemOf(err); err == nil || p.Code == "unforeseen" || p.Action == "" {
			t.Errorf("%s: got %v, %+v", name, err, p)
		}
	}
	if list, err := (&Cases{m.office}).List("", ""); err != nil || len(list) != 0 {
		t.Errorf("something was stored: %v, %v", list, err)
	}
}

func TestALetterAfterTheChecklistKnowsItsHolder(t *testing.T) {
	o := trainingOffice(t, "standard")
	number, err := (&Cases{o}).Save(agentReset, PersonView{})
	if err != nil {
		t.Fatal(err)
	}
	asked := agentReset
	asked.CaseNumber = number
	in := letterInput
	in.Protected, in.Holder.Alias, in.Agent.Alias = true, "試験 花", "例示 華"
	if _, err := (&Letters{o}).Make(asked, in); err != nil {
		t.Fatal(err)
	}
	kept, err := (&Cases{o}).Show(number)
	if err != nil || kept.Holder.Name != letterInput.Holder.Name || kept.Agent.Name != letterInput.Agent.Name || kept.Memo != counter.LetterMemo(true) ||
		kept.Holder.Alias != in.Holder.Alias || kept.Agent.Alias != in.Agent.Alias {
		t.Errorf("kept %+v, %v", kept, err)
	}
	if found, err := (&Cases{o}).List("試験 花", ""); err != nil || len(found) != 1 {
		t.Errorf("looked up by the alias: %v, %v", found, err)
	}
}
