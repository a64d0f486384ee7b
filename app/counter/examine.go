package counter

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"madoguchi/app/history"
	"madoguchi/reader"
	"madoguchi/rules"
)

// Finding is what one part of the self-check found.
type Finding struct {
	Part   string       `json:"part"` // reader-service, reader, rules, fonts, printer, view (Windows), settings, disk, history, clock
	Title  string       `json:"title"`
	State  FindingState `json:"state"`
	Code   string       `json:"code"` // word for what was found; empty where nothing is to be done
	Says   string       `json:"says"`
	Action string       `json:"action"` // what to do; empty where nothing is to be done
}

// FindingState says how a part stands.
type FindingState string

// The states. Uneasy works, with a limit a clerk should know of.
const (
	Good   FindingState = "good"
	Uneasy FindingState = "uneasy"
	Bad    FindingState = "bad"
)

// Examine looks at everything the counter rests on, each with what to do. It
// changes nothing but a file that it makes and removes in the data folder.
func (c *Counter) Examine(ctx context.Context) []Finding {
	list, _ := c.examine(ctx)
	return list
}

// examine also gives what was found in the history.
func (c *Counter) examine(ctx context.Context) ([]Finding, history.Report) {
	service, readers := c.examineReader(ctx)
	list := []Finding{service, readers, c.examineRules(), c.examineFonts(), c.examinePrinter(ctx)}
	if version, asked := viewVersion(); asked {
		list = append(list, examineView(version))
	}
	cases, report := c.examineHistory(ctx)
	list = append(list, c.examineSettings(), c.examineDisk(), cases, c.examineClock())
	for _, f := range list {
		if f.State != Good {
			c.Log(LogFound, f.Part, f.Code)
		}
	}
	return list, report
}

func found(part, title string, p Problem) Finding {
	return Finding{Part: part, Title: title, State: Bad, Code: p.Code, Says: p.Title, Action: p.Action}
}

// examineReader tells the service from the readers: the clerk does something
// else at each.
func (c *Counter) examineReader(ctx context.Context) (service, readers Finding) {
	service = Finding{Part: "reader-service", Title: "カード読み取りサービス", State: Good, Says: "動いています"}
	readers = Finding{Part: "reader", Title: "カードリーダー", State: Good}
	name, err := c.cards.Find(ctx, "")
	var many *reader.ManyCards
	switch {
	case err == nil:
		readers.Says = "カードがあります: " + name
	case errors.Is(err, reader.NoCard):
		readers.Says = strings.TrimSpace("つながっています(カードなし) " + name)
	case errors.As(err, &many):
		readers.State, readers.Code, readers.Says = Uneasy, "many-cards", "複数のリーダーにカードがあります"
		readers.Action = "使うカードだけを残してください"
	case errors.Is(err, reader.NoService), errors.Is(err, reader.NotSupported):
		service = found("reader-service", service.Title, ProblemOf(err))
		readers.State, readers.Code, readers.Says = Bad, "no-service", "サービスが動いていないため分かりません"
		readers.Action = "先にカード読み取りサービスを起動してください"
	default:
		readers = found("reader", readers.Title, ProblemOf(err))
	}
	return service, readers
}

func (c *Counter) examineRules() Finding {
	f := Finding{Part: "rules", Title: "判定表", State: Good}
	sets := c.RuleSets()
	for _, s := range sets {
		if s.Faults > 0 {
			return Finding{Part: f.Part, Title: f.Title, State: Bad, Code: "rules-faulty", Says: fmt.Sprintf("%s に誤りが%d件あります", s.ID, s.Faults),
				Action: "madoctl rules check で全件を確かめ、表を直してください"}
		}
		if s.ID == c.settings.Municipality && !s.Approved {
			f.State, f.Code, f.Action = Uneasy, "not-approved", "責任者が判定表の印刷を確かめ、承認を記録してください"
			f.Says = "未承認: " + s.Title
		}
	}
	if f.Says == "" {
		f.Says = fmt.Sprintf("%d件とも正常です", len(sets))
	}
	return f
}

func (c *Counter) examineFonts() Finding {
	f := Finding{Part: "fonts", Title: "書体", State: Good, Says: "使えます"}
	for _, s := range c.typefaces().Check() {
		if s.Err != nil {
			return Finding{Part: f.Part, Title: f.Title, State: Bad, Code: "font-unreadable", Says: "読めない書体があります: " + s.Name,
				Action: "書体ファイルを置き直してください: " + s.Path}
		}
	}
	if !c.typefaces().HasMJ() {
		f.State, f.Code, f.Says = Uneasy, "no-mj-font", "IPAmj明朝がありません。人名の一部の字は印刷を止めて知らせます"
		f.Action = "IPAmj明朝を次のフォルダーに置いてください: " + c.real.Fonts()
	}
	return f
}

// examinePrinter asks the system for its printers.
func (c *Counter) examinePrinter(ctx context.Context) Finding {
	names, err := c.printerNames(ctx)
	if err != nil {
		names = nil // as good as none: the sentence is the same
	}
	return judgePrinters(names, c.settings.Printer)
}

// judgePrinters says whether there is a printer, and the one that was chosen.
func judgePrinters(names []string, chosen string) Finding {
	f := Finding{Part: "printer", Title: "プリンター", State: Good}
	switch {
	case len(names) == 0:
		f.State, f.Code, f.Says = Uneasy, "no-printer", "プリンターが見つかりません。PDFファイルは作れます"
		f.Action = "プリンターを接続して登録するか、PDFファイルを別のパソコンで印刷してください"
	case chosen != "" && !slices.Contains(names, chosen):
		f.State, f.Code, f.Says = Bad, "printer-gone", "設定したプリンターがありません: "+chosen+"。あるのは "+strings.Join(names, "、")
		f.Action = "プリンターの電源と接続を確かめるか、設定で別のプリンターを選んでください"
	default:
		f.Says = strings.Join(names, "、")
	}
	return f
}

// examineView says whether Windows can show the window at all.
func examineView(version string) Finding {
	f := Finding{Part: "view", Title: "画面の表示(WebView2)", State: Good, Says: version}
	if version == "" {
		f.State, f.Code, f.Says = Bad, "no-view", "WebView2 ランタイムが入っていません。窓口ナビの画面は開きません"
		f.Action = "情報システムの担当が、MicrosoftEdgeWebView2RuntimeInstallerX64.exe をセットアップと同じフォルダーに置いて、セットアップをもう一度実行してください"
	}
	return f
}

// leastFree is the room below which the disk is worth a warning: a year of cases
// with their backups fits into it.
const leastFree = 500 << 20

func (c *Counter) examineDisk() Finding {
	f := Finding{Part: "disk", Title: "データフォルダー", State: Good, Says: string(c.folder)}
	if err := c.folder.prepare(); err != nil {
		return found(f.Part, f.Title, ProblemOf(err))
	}
	free, err := freeBytes(string(c.folder))
	if err != nil {
		return found(f.Part, f.Title, ProblemOf(&FolderError{Path: string(c.folder), Err: err}))
	}
	return judgeSpace(f, free)
}

// judgeSpace says when the disk of the data folder gets full.
func judgeSpace(f Finding, free uint64) Finding {
	if free < leastFree {
		f.State, f.Code, f.Says = Uneasy, "disk-low", fmt.Sprintf("空きが%dMBです: %s", free>>20, f.Says)
		f.Action = "不要なファイルを消して、500MB以上の空きを作ってください"
	}
	return f
}

func (c *Counter) examineHistory(ctx context.Context) (Finding, history.Report) {
	f := Finding{Part: "history", Title: "受付履歴", State: Good, Says: "まだ記録はありません"}
	store, err := c.looking(ctx)
	if err != nil {
		return found(f.Part, f.Title, ProblemOf(err)), history.Report{}
	}
	if store == nil {
		return f, history.Report{OK: true}
	}
	report, err := store.Verify(ctx)
	if err != nil {
		return found(f.Part, f.Title, ProblemOf(err)), report
	}
	f.Says = fmt.Sprintf("受付%d件、個人情報%d人、記録%d件を読み返し、異常はありません。最後のバックアップ: %s", report.Cases, report.People, report.Events, lastBackup(store))
	if !report.OK {
		first := report.Findings[0]
		f.State, f.Code, f.Says = Bad, first.What, fmt.Sprintf("書き換えや破損が%d箇所あります(%s: %s)", len(report.Findings), first.What, first.Where)
		f.Action = "責任者に連絡してください。バックアップからの復元は madoctl cases restore で行えます"
	}
	return f, report
}

// lastBackup is the day of the newest backup, in words.
func lastBackup(store *history.Store) string {
	if on := store.LastBackup(); !on.IsZero() {
		return rules.InWords(on)
	}
	return "まだありません(窓口ナビを開いたあと、1日1回作ります)"
}

// examineClock finds a clock that cannot be right: one that stands before this
// program was made, or in another zone than Japan's.
func (c *Counter) examineClock() Finding {
	now := c.options.Now()
	f := Finding{Part: "clock", Title: "時計", State: Good, Says: now.In(japan()).Format("2006年1月2日 15:04")}
	if made, err := os.Executable(); err == nil {
		if info, err := os.Stat(made); err == nil && now.Add(24*time.Hour).Before(info.ModTime()) {
			f.State, f.Code, f.Says = Bad, "clock-behind", "パソコンの日付がプログラムより古くなっています: "+f.Says
			f.Action = "日付と時刻を合わせてください。期限の判定が誤ります"
			return f
		}
	}
	if _, offset := now.Zone(); offset != 9*60*60 {
		f.State, f.Code, f.Says = Uneasy, "time-zone", "パソコンの時刻帯が日本ではありません。日付は日本の日付で数えます: "+f.Says
		f.Action = "時刻帯を(UTC+09:00)に合わせてください"
	}
	return f
}
