package history

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"
)

func TestACaseOverTwoVisits(t *testing.T) {
	d := newDesk(t)
	n := d.add(sampleCase())
	if n != "KG26-000017" && len(n) != len("KG26-00001X") {
		t.Errorf("case number %q", n)
	}
	d.to(n, Decided, LetterMade, Mailed)
	d.days(3)
	d.to(n, ReturnedUndelivered, LetterMade, Mailed)
	d.days(5)
	d.to(n, AwaitingReply)
	d.days(10)
	d.reopen() // six weeks later, another clerk, another start of the program
	d.op.ID = "madoguchi02"
	d.to(n, SecondVisit, EnvelopeOpened, SentBack, AwaitingReply, SecondVisit, EnvelopeOpened)
	sum := d.to(n, Done)
	if sum.State != Done || sum.ClosedOn.String() != "2026-12-12" {
		t.Errorf("closed as %+v", sum)
	}
	k := d.show(n)
	want := sampleCase()
	if string(k.Situation) != sampleSituation || string(k.Plan) != samplePlan {
		t.Errorf("situation or plan did not come back byte for byte:\n%s\n%s", k.Situation, k.Plan)
	}
	if !reflect.DeepEqual(k.Holder, want.Holder) || !reflect.DeepEqual(k.Agent, want.Agent) || k.Memo != want.Memo {
		t.Errorf("persons did not come back: %+v %+v %q", k.Holder, k.Agent, k.Memo)
	}
	var kinds []EventKind
	for _, e := range k.Events {
		kinds = append(kinds, e.Kind)
	}
	wantKinds := []EventKind{"opened", "decided", "letter-made", "mailed", "returned-undelivered", "letter-made", "mailed",
		"awaiting-reply", "second-visit", "envelope-opened", "sent-back", "awaiting-reply", "second-visit", "envelope-opened", "done"}
	if !slices.Equal(kinds, wantKinds) {
		t.Errorf("events %v", kinds)
	}
	first, last := k.Events[0], k.Events[len(k.Events)-1]
	if first.Operator != "madoguchi01" || last.Operator != "madoguchi02" || last.Program != "1.0.0" || last.Edition != "a1b2c3" || last.At != "2026-12-12T12:00:00.000+09:00" {
		t.Errorf("events do not say who, when and by what: %+v %+v", first, last)
	}
	if string(first.Plan) != samplePlan || last.ToldAt != first.Seq {
		t.Errorf("the plan as told is not with its event: %+v", first)
	}
	if k.LetterCode != string(n)+"-2" || len(k.Next) != 0 {
		t.Errorf("letter %q, next %v", k.LetterCode, k.Next)
	}
}

// Every pair of states is tried; only the moves of contracts §1 are made.
func TestNoOtherTransition(t *testing.T) {
	want := map[State][]State{
		Opened: {Decided, Withdrawn}, Decided: {Done, LetterMade, Withdrawn}, LetterMade: {Mailed, Withdrawn},
		Mailed: {ReturnedUndelivered, AwaitingReply, Expired, Withdrawn}, ReturnedUndelivered: {LetterMade, Expired, Withdrawn},
		AwaitingReply: {SecondVisit, Expired, Withdrawn}, SecondVisit: {EnvelopeOpened, Withdrawn},
		EnvelopeOpened: {Done, SentBack, NotHoldersWish, Withdrawn}, SentBack: {LetterMade, AwaitingReply, Expired, Withdrawn},
	}
	for _, from := range States() {
		for _, to := range States() {
			if got := from.check(to) == nil; got != slices.Contains(want[from], to) {
				t.Errorf("%s to %s: allowed is %v", from, to, got)
			}
		}
		if from.Open() != (want[from] != nil) {
			t.Errorf("%s: open is %v", from, from.Open())
		}
		if StateLabel(from) == string(from) {
			t.Errorf("%s has no Japanese word", from)
		}
	}
}

func TestARefusedMoveChangesNothing(t *testing.T) {
	d := newDesk(t)
	n := d.add(sampleCase())
	before := d.show(n)
	_, err := d.s.Advance(context.Background(), n, Step{To: Done})
	r := refusal(t, err, NoSuchTransition)
	if r.Title() != "「受付」の受付を「完了」にすることはできません。" || r.Action() != "次に選べるのは ご案内済み、取下げ です。" {
		t.Errorf("%s %s", r.Title(), r.Action())
	}
	_, err = d.s.Advance(context.Background(), n, Step{To: "closed"})
	refusal(t, err, UnknownState)
	_, err = d.s.Advance(context.Background(), "KG26-00999A", Step{To: Decided})
	refusal(t, err, NoSuchCase)
	if after := d.show(n); !reflect.DeepEqual(before, after) {
		t.Errorf("changed to %+v", after)
	}
}

func TestACorrectionIsAnEvent(t *testing.T) {
	d := newDesk(t)
	n := d.add(sampleCase())
	d.to(n, Decided)
	holder := *sampleCase().Holder
	holder.Name = "見本 𠮷男"
	newPlan := json.RawMessage(`{"edition":"d4","outcome":"proceed","visits":1}`)
	if _, err := d.s.Correct(context.Background(), n, Correction{Told: Told{Holder: &holder, Plan: newPlan}}); err != nil {
		t.Fatal(err)
	}
	k := d.show(n)
	if k.Holder.Name != "見本 𠮷男" || k.Agent.Name != "例示 髙子" || string(k.Plan) != string(newPlan) {
		t.Errorf("after the correction: %+v", k)
	}
	last := k.Events[2]
	if last.Kind != EventCorrected || last.Edition != "d4" || last.State != Decided || string(k.Events[0].Plan) != samplePlan {
		t.Errorf("the correction is not told apart from what was told: %+v", k.Events)
	}
	if got := d.find(Query{Text: "架空"}); len(got) != 0 {
		t.Errorf("the wrong name is still found: %v", got)
	}
	if got := d.find(Query{Text: "見本"}); !slices.Equal(got, []Number{n}) {
		t.Errorf("the right name is not found: %v", got)
	}
}

func TestAnIndividualNumberIsRefusedInEveryField(t *testing.T) {
	d := newDesk(t)
	const number = "１２３４-5678 9018"
	fields := map[string]func(*NewCase){
		"memo":             func(n *NewCase) { n.Memo = "番号 " + number },
		"holder.name":      func(n *NewCase) { n.Holder.Name = number },
		"holder.kana":      func(n *NewCase) { n.Holder.Kana = number },
		"holder.postcode":  func(n *NewCase) { n.Holder.Postcode = number },
		"holder.phone":     func(n *NewCase) { n.Holder.Phone = number },
		"holder.address":   func(n *NewCase) { n.Holder.Address = Lines{"見本町", number} },
		"agent.name":       func(n *NewCase) { n.Agent.Name = number },
		"agent.relation":   func(n *NewCase) { n.Agent.Relation = number },
		"situation.memo":   func(n *NewCase) { n.Situation = json.RawMessage(`{"municipality":"x","memo":"` + number + `"}`) },
		"situation.number": func(n *NewCase) { n.Situation = json.RawMessage(`{"municipality":"x","number":123456789018}`) },
		"situation": func(n *NewCase) {
			n.Situation = json.RawMessage(`{"municipality":"x","123456789018":true}`)
		},
	}
	for field, put := range fields {
		n := sampleCase()
		put(&n)
		_, err := d.s.Add(context.Background(), n)
		if r := refusal(t, err, IndividualNumber); r.Field != field {
			t.Errorf("%s: the refusal names %q", field, r.Field)
		}
	}
	n := d.add(sampleCase())
	memo := number
	_, err := d.s.Correct(context.Background(), n, Correction{Told: Told{Memo: &memo}})
	refusal(t, err, IndividualNumber)
	_, err = d.s.Advance(context.Background(), n, Step{To: Decided, Told: Told{Memo: &memo}})
	refusal(t, err, IndividualNumber)
	_, err = d.s.Find(context.Background(), Query{Text: number})
	refusal(t, err, IndividualNumber)
	if got := d.find(Query{}); !slices.Equal(got, []Number{n}) {
		t.Errorf("refused cases are kept: %v", got)
	}
	if got := n; got != newNumber("KG", 2026, 1, false) {
		t.Errorf("a refused case used up a number: %s", got)
	}
}

func TestListsAClerkNeeds(t *testing.T) {
	d := newDesk(t)
	dueToday := d.add(sampleCase())
	d.to(dueToday, Decided, LetterMade, Mailed, AwaitingReply)
	d.days(-1)
	overdue := d.add(sampleCase())
	d.to(overdue, Decided, LetterMade, Mailed)
	d.days(3)
	returned := d.add(sampleCase())
	d.to(returned, Decided, LetterMade, Mailed, ReturnedUndelivered)
	unmailed := d.add(sampleCase())
	d.to(unmailed, Decided, LetterMade)
	d.days(28) // thirty days after the first letter
	done := d.add(sampleCase())
	d.to(done, Decided, Done)
	for name, c := range map[string]struct {
		q    Query
		want []Number
	}{
		"due today":         {Query{List: DueToday}, []Number{dueToday}},
		"overdue":           {Query{List: Overdue}, []Number{overdue}},
		"due":               {Query{List: Due}, []Number{overdue, dueToday}},
		"returned":          {Query{List: Returned}, []Number{returned}},
		"not mailed":        {Query{List: Unmailed}, []Number{unmailed}},
		"today":             {Query{List: TodaysCases}, []Number{done}},
		"open":              {Query{List: OpenCases}, []Number{unmailed, returned, overdue, dueToday}},
		"all":               {Query{}, []Number{done, unmailed, returned, overdue, dueToday}},
		"state":             {Query{State: AwaitingReply}, []Number{dueToday}},
		"period":            {Query{From: date(t, "2026-11-25"), Until: date(t, "2026-11-30")}, []Number{unmailed, returned}},
		"limited":           {Query{Limit: 2}, []Number{done, unmailed}},
		"name and list":     {Query{Text: "𠮷男", List: Due}, []Number{overdue, dueToday}},
		"state as text":     {Query{Text: "返戻"}, []Number{returned}},
		"number as text":    {Query{Text: string(done)}, []Number{done}},
		"name, other state": {Query{Text: "𠮷男", State: Done}, []Number{done}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := d.find(c.q); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
	counts, err := d.s.Counts(context.Background())
	if want := (Counts{People: 10, Open: 4, DueToday: 1, Overdue: 1, Unmailed: 1, Returned: 1}); err != nil || counts != want {
		t.Errorf("counts %+v, %v", counts, err)
	}
}

func TestAScannedLetterOpensItsCaseOrSaysWhyNot(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	n := d.add(sampleCase())
	_, err := d.s.Letter(ctx, string(n)+"-1")
	refusal(t, err, LetterNotMade)
	d.to(n, Decided, LetterMade, Mailed)
	k, err := d.s.Letter(ctx, string(n)+"-1")
	if err != nil || k.CaseNumber != n || k.Holder.Name != "架空 𠮷男" {
		t.Fatalf("%+v, %v", k, err)
	}
	d.to(n, ReturnedUndelivered)
	if _, err = d.s.Letter(ctx, string(n)+"-1"); err != nil {
		t.Errorf("a returned letter opens its case: %v", err)
	}
	_, err = d.s.Letter(ctx, string(n)+"-2")
	refusal(t, err, LetterUnknown) // made on another PC
	d.to(n, LetterMade, Mailed, AwaitingReply)
	k, err = d.s.Letter(ctx, string(n)+"-1")
	refusal(t, err, LetterSuperseded)
	if k.CaseNumber != n {
		t.Error("the case of a refused letter does not come with the refusal")
	}
	if _, err = d.s.Letter(ctx, " "+string(n)+"-2\r\n"); err != nil {
		t.Errorf("the newer letter: %v", err)
	}
	if _, err = d.s.Letter(ctx, string(n)); err != nil {
		t.Errorf("the bare number: %v", err)
	}
	d.days(30)
	if _, err = d.s.Letter(ctx, string(n)+"-2"); err != nil {
		t.Errorf("on the last day: %v", err)
	}
	d.days(1)
	_, err = d.s.Letter(ctx, string(n)+"-2")
	if r := refusal(t, err, LetterExpired); r.Title() != "この照会書は、回答期限(2026年12月24日)を過ぎています。" {
		t.Error(r.Title())
	}
	_, err = d.s.Advance(ctx, n, Step{To: SecondVisit})
	refusal(t, err, LetterExpired)
	d.to(n, Expired)
	_, err = d.s.Letter(ctx, string(n)+"-2")
	refusal(t, err, LetterExpired)
	_, err = d.s.Letter(ctx, "KG26-99999Z-1")
	refusal(t, err, WrongCheckCharacter)
	_, err = d.s.Letter(ctx, "https://example.com/")
	refusal(t, err, NotACaseNumber)
}

func TestPrintingIsRecorded(t *testing.T) {
	d := newDesk(t)
	n := d.add(sampleCase())
	d.time = d.time.Add(time.Minute)
	if err := d.s.Printed(context.Background(), n, "checklist", 1); err != nil {
		t.Fatal(err)
	}
	e := d.show(n).Events[1]
	if e.Kind != EventPrinted || e.Detail != "form=checklist pages=1" || e.State != Opened {
		t.Errorf("%+v", e)
	}
}

func TestComparingIsRecorded(t *testing.T) {
	d := newDesk(t)
	n := d.add(sampleCase())
	d.time = d.time.Add(time.Minute)
	if err := d.s.Compared(context.Background(), n); err != nil {
		t.Fatal(err)
	}
	e := d.show(n).Events[1]
	if e.Kind != EventCompared || e.Detail != "" || e.State != Opened {
		t.Errorf("%+v", e)
	}
	refusal(t, d.s.Compared(context.Background(), "KG26-00999A"), NoSuchCase)
}

// A case that begins as decided has the events of both, in one action: on a disk
// that fills up between them there is neither.
func TestACaseThatBeginsAsDecided(t *testing.T) {
	d := newDesk(t)
	told := sampleCase()
	told.Decided = true
	n := d.add(told)
	k := d.show(n)
	if k.State != Decided || len(k.Events) != 2 || k.Events[0].Kind != EventKind(Opened) || k.Events[1].Kind != EventKind(Decided) || k.Memo != told.Memo {
		t.Errorf("it is %s with %+v", k.State, k.Events)
	}
	if _, err := d.s.writer.Exec(`CREATE TRIGGER full BEFORE UPDATE ON cases BEGIN SELECT raise(ABORT, 'full'); END`); err != nil {
		t.Fatal(err)
	}
	if number, err := d.s.Add(context.Background(), told); err == nil || number != "" {
		t.Errorf("half of it failed, and the answer is %q, %v", number, err)
	}
	if _, err := d.s.writer.Exec(`DROP TRIGGER full`); err != nil {
		t.Fatal(err)
	}
	if got := d.find(Query{}); !slices.Equal(got, []Number{n}) {
		t.Errorf("after the failure there are %v", got)
	}
	if next := d.add(told); next != newNumber("KG", 2026, 2, false) {
		t.Errorf("the next number is %s", next)
	}
	if r := d.verify(); !r.OK || r.Cases != 2 || r.Events != 4 {
		t.Errorf("%+v", r)
	}
}
