package app

import (
	"context"
	"time"

	"madoguchi/app/counter"
	"madoguchi/app/printer"
)

// PrintView is how far a paper is on its way.
//
//	none      no printer is chosen: it is shown, and printed from there
//	sent      the printer has it; Follow tells the end
//	printed   the printer, or the clerk, says that it is on paper
//	untold    the printer has it and tells no end: the clerk says how it went
//	refused   it is not on paper; it can be printed again
type PrintView struct {
	State  string `json:"state"`
	Title  string `json:"title"`
	Action string `json:"action"`
	Ref    string `json:"ref"` // of a refusal
}

// Printing brings the papers of this run to paper.
type Printing struct{ office *office }

// longestPrint is how long the end of a job is waited for before the clerk is
// asked.
const longestPrint = 20 * time.Second

// toPaper registers a file that was made and sends it to the office's printer.
func (o *office) toPaper(a actions, file paper) PrintedView {
	v := PrintedView{Title: file.title, Path: file.path, Pages: file.pages}
	if len(file.cases) == 1 {
		v.CaseNumber = file.cases[0]
	}
	v.ID = o.prints.add(file)
	v.Print = o.send(o.context(), a, v.ID, file)
	return v
}

// send hands a file to the printer; why it was refused is the answer.
func (o *office) send(ctx context.Context, a actions, id string, file paper) PrintView {
	if a.Settings().Printer == "" {
		return PrintView{State: "none", Title: file.title + "を作りました", Action: "まだ印刷していません。画面に表示して印刷してください"}
	}
	receipt, err := a.SendToPrinter(ctx, file.job)
	if err != nil {
		o.prints.sending(id, nil)
		return refused(err)
	}
	o.prints.sending(id, &receipt)
	return PrintView{State: "sent", Title: file.title + "を印刷しています", Action: "プリンター " + receipt.Printer}
}

// Follow waits for the end of a printing as far as the system tells it.
func (p *Printing) Follow(id string) (PrintView, error) {
	a, file, err := p.file(id)
	if err != nil {
		return PrintView{}, err
	}
	if !file.sent {
		return PrintView{}, errUnknownFile
	}
	outcome, err := a.PrintOutcome(p.office.context(), file.receipt, longestPrint)
	if err != nil {
		p.office.prints.ended(id, file.tries)
		return refused(err), nil
	}
	if outcome.State == printer.Printed {
		return p.printed(a, id, file)
	}
	return PrintView{State: "untold", Title: "印刷できましたか: " + file.title, Action: askWords(file, outcome)}, nil
}

// askWords are what to look at before saying that a paper was printed.
func askWords(file paper, o printer.Outcome) string {
	words := "プリンター " + file.receipt.Printer + " の紙を確かめてください"
	switch {
	case o.Waits == printer.NeedsPaper:
		words = "プリンター " + file.receipt.Printer + " が用紙を待っています。用紙を入れて、紙を確かめてください"
	case o.Waits != "":
		words = "プリンター " + file.receipt.Printer + " を見てください(紙づまり・ふた・トナー)。直してから、紙を確かめてください"
	}
	if o.Loose && file.form == "letter" {
		words += "。実際のサイズで、片面に1枚ずつ印刷されていることも確かめてください"
	}
	return words
}

// Confirm takes the clerk's word for how a printing ended.
func (p *Printing) Confirm(id string, onPaper bool) (PrintView, error) {
	a, file, err := p.file(id)
	if err != nil {
		return PrintView{}, err
	}
	if onPaper {
		return p.printed(a, id, file)
	}
	p.withdraw(a, file)
	p.office.prints.ended(id, file.tries)
	return PrintView{State: "refused", Title: "印刷できませんでした: " + file.title, Action: "プリンターを確かめて、もう一度印刷してください"}, nil
}

// Again sends a file to the printer once more; what is left of the try before is
// taken back first.
func (p *Printing) Again(id string) (PrintView, error) {
	a, file, err := p.file(id)
	if err != nil {
		return PrintView{}, err
	}
	p.withdraw(a, file)
	return p.office.send(p.office.context(), a, id, file), nil
}

// Show opens a file in the program the system has for it.
func (p *Printing) Show(id string) error {
	a, file, err := p.file(id)
	if err != nil {
		return err
	}
	return a.OpenFile(p.office.context(), file.path)
}

func (p *Printing) file(id string) (actions, paper, error) {
	a, err := p.office.now()
	if err != nil {
		return nil, paper{}, err
	}
	file, err := p.office.prints.get(id)
	return a, file, err
}

// withdraw takes a job back that may still be waiting. A job that cannot be taken
// back is printed already, or never will be.
func (p *Printing) withdraw(a actions, file paper) {
	if file.sent {
		_ = a.WithdrawPrint(p.office.context(), file.receipt)
	}
}

// printed records with every case that its paper is there, once.
func (p *Printing) printed(a actions, id string, file paper) (PrintView, error) {
	if p.office.prints.ended(id, file.tries) {
		each := file.pages / max(len(file.cases), 1)
		for _, number := range file.cases {
			if err := a.PrintedCase(p.office.context(), number, file.form, counter.Printed{Path: file.path, Pages: each}); err != nil {
				p.office.prints.reopen(id)
				return PrintView{}, err
			}
		}
	}
	return PrintView{State: "printed", Title: file.title + "を印刷しました"}, nil
}

// refused says why a paper was not printed.
func refused(err error) PrintView {
	problem := problemOf(err)
	return PrintView{State: "refused", Title: problem.Title, Action: problem.Action, Ref: problem.Ref}
}
