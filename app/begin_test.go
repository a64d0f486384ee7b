package app

import (
	"context"
	"reflect"
	"testing"
	"time"
)

// The window draws its first screen from Start alone.
func TestTheStartBringsTheFirstDesk(t *testing.T) {
	o := trainingOffice(t, "standard")
	desk := &Desk{o}
	asked := Asked{Answers: []Answer{{"procedure", "certificate-renewal"}, {"visitor.kind", "holder"}}, Papers: []PaperAnswer{}}
	number, err := (&Cases{o}).Save(asked, PersonView{Address: []string{}})
	if err != nil {
		t.Fatal(err)
	}
	for name, kept := range map[string]Asked{"nothing": {}, "a visit": asked, "a second visit": {Answers: asked.Answers, Papers: asked.Papers, CaseNumber: number}} {
		t.Run(name, func(t *testing.T) {
			if err := desk.KeepDraft(kept); err != nil {
				t.Fatal(err)
			}
			v := desk.Start()
			want, err := desk.Decide(v.Asked)
			if err != nil || v.Desk == nil || !reflect.DeepEqual(*v.Desk, want) {
				t.Errorf("desk %+v, want %+v, %v", v.Desk, want, err)
			}
			if len(v.Asked.Answers) != len(kept.Answers) || v.Restored != (len(kept.Answers) > 0) {
				t.Errorf("starts with %+v, want %+v", v.Asked, kept)
			}
			if !reflect.DeepEqual(v.Card, o.cardView()) || len(v.Card.PINs) == 0 {
				t.Errorf("card %+v, want the one on the reader", v.Card)
			}
			if known := v.Case != nil; known != (kept.CaseNumber != "") || known && v.Case.Line.CaseNumber != number {
				t.Errorf("case %+v of the draft's number %q", v.Case, kept.CaseNumber)
			}
		})
	}
}

// The window's first question waits for the office, so that it need not be asked
// again; but not for ever.
func TestTheStartWaitsForTheOffice(t *testing.T) {
	o := newOffice(startOptions{data: t.TempDir(), simulation: true, scenario: "standard"})
	t.Cleanup(o.close)
	asked, mayOpen := make(chan StartView), make(chan struct{})
	o.openIt = func(ctx context.Context, start startOptions) (actions, error) {
		<-mayOpen
		return openCounter(ctx, start)
	}
	o.patience = 0
	if v := (&Desk{o}).Start(); v.Ready || v.Problem == nil || v.Problem.Code != "starting" {
		t.Errorf("without patience: %+v", v)
	}
	o.patience = time.Hour
	go func() { asked <- (&Desk{o}).Start() }()
	go o.open(t.Context())
	close(mayOpen)
	if v := <-asked; !v.Ready || v.Desk == nil {
		t.Errorf("once it is open: %+v", v)
	}
}
