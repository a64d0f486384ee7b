package counter

import (
	"context"
	"errors"
	"fmt"
	"time"

	"madoguchi/app/printer"
)

// ErrNoPrinter means that the office chose no printer: its pages are printed
// from the window.
var ErrNoPrinter = errors.New("no printer is chosen in the settings")

// PrintJob is a finished file on its way to paper.
type PrintJob struct {
	Path     string
	Title    string // in the printer's queue; it names no person
	Printer  string // empty: the office's, with its tray
	Tray     string // empty: the printer's own choice
	TwoSided bool
	// Exact: rather not printed than left to a program that chooses size and sides.
	Exact bool
}

// Printers lists the printers of this machine, the system's own choice first.
func (c *Counter) Printers(ctx context.Context) ([]printer.Printer, error) {
	return c.printing().List(ctx)
}

// printerNames are the names of the printers; a system that is silent for some
// seconds has none.
func (c *Counter) printerNames(ctx context.Context) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	list, err := c.Printers(ctx)
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.Name
	}
	return names, err
}

// PrinterTrays lists the trays of a printer; none where it does not tell.
func (c *Counter) PrinterTrays(ctx context.Context, name string) ([]string, error) {
	return c.printing().Trays(ctx, name)
}

// SendToPrinter hands a finished file to a printer. Errors: ErrNoPrinter,
// *printer.Refusal.
func (c *Counter) SendToPrinter(ctx context.Context, j PrintJob) (printer.Receipt, error) {
	if j.Printer == "" {
		j.Printer, j.Tray = c.settings.Printer, c.settings.Tray
	}
	if j.Printer == "" {
		return printer.Receipt{}, ErrNoPrinter
	}
	return c.printing().Send(ctx, printer.Job{Path: j.Path, Title: j.Title, Printer: j.Printer, Tray: j.Tray, TwoSided: j.TwoSided, Exact: j.Exact})
}

// PrintOutcome follows a job for as long as its end may be told, at most for the
// time given. Errors: *printer.Refusal.
func (c *Counter) PrintOutcome(ctx context.Context, r printer.Receipt, most time.Duration) (printer.Outcome, error) {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	return c.printing().Outcome(ctx, r)
}

// WithdrawPrint takes a job back that is not printed yet.
func (c *Counter) WithdrawPrint(ctx context.Context, r printer.Receipt) error {
	return c.printing().Withdraw(ctx, r)
}

// OpenFile shows a finished file in the program the system has for it.
func (c *Counter) OpenFile(ctx context.Context, path string) error {
	return c.printing().Open(ctx, path)
}

func (c *Counter) printing() *printer.System {
	return printer.New(printer.Options{Program: c.settings.PDFProgram})
}

// printingProblem says why a page did not come out of the printer.
func printingProblem(err error) (Problem, bool) {
	if errors.Is(err, ErrNoPrinter) {
		return Problem{"no-printer", "プリンターが選ばれていません", "設定でプリンターを選ぶか、表示した画面から印刷してください", "P-020", ClassInput}, true
	}
	r, ok := as[*printer.Refusal](err)
	if !ok {
		return no()
	}
	words := printerWords(r.Reason)
	return Problem{"print-" + string(r.Reason), fmt.Sprintf(words[0], r.Printer), words[1], words[2], ClassFault}, true
}

// printerWords are title, action and reference of a printer's refusal; the title
// has a place for the printer's name.
func printerWords(r printer.Reason) [3]string {
	switch r {
	case printer.NoSystem:
		return [3]string{"印刷のサービスが動いていません(%s)", "管理者に連絡してください。急ぐときは PDF を別の PC で印刷してください", "P-021"}
	case printer.NoProgram:
		return [3]string{"PDF を印刷するプログラムがありません(%s)", "画面に表示して印刷するか、管理者に印刷プログラムの設定を依頼してください", "P-022"}
	case printer.NoSuchPrinter:
		return [3]string{"設定のプリンターが見つかりません: %s", "電源と接続を確かめるか、設定でほかのプリンターを選んでください", "P-023"}
	case printer.NotAccepting:
		return [3]string{"プリンターが印刷を受け付けていません: %s", "プリンターの状態を確かめて、もう一度印刷してください", "P-024"}
	case printer.Stopped:
		return [3]string{"プリンターが止まっています: %s", "電源・接続・一時停止を確かめて、もう一度印刷してください", "P-025"}
	case printer.NeedsPaper:
		return [3]string{"プリンターに用紙がありません: %s", "用紙を入れて、もう一度印刷してください", "P-026"}
	case printer.NeedsHand:
		return [3]string{"プリンターを見てください(紙づまり・ふた・トナー): %s", "直してから、もう一度印刷してください", "P-027"}
	case printer.Canceled:
		return [3]string{"印刷が取り消されました: %s", "必要であれば、もう一度印刷してください", "P-028"}
	}
	return [3]string{"印刷できませんでした: %s", "もう一度印刷し、同じ表示が出るときは管理者に連絡してください", "P-029"}
}
