package counter

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"madoguchi/app/history"
	"madoguchi/reader"
)

// Finding is what one part of the self-check found.
type Finding struct {
	Part   string       `json:"part"` // reader-service, reader, rules, fonts, printer, disk, history, clock
	Title  string       `json:"title"`
	State  FindingState `json:"state"`
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
	service, readers := c.examineReader(ctx)
	return []Finding{service, readers, c.examineRules(), c.examineFonts(), examinePrinter(ctx), c.examineDisk(), c.examineHistory(ctx), c.examineClock()}
}

func found(part, title string, p Problem) Finding {
	return Finding{Part: part, Title: title, State: Bad, Says: p.Title, Action: p.Action}
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
		readers.State, readers.Says = Uneasy, "複数のリーダーにカードがあります"
		readers.Action = "使うカードだけを残してください"
	case errors.Is(err, reader.NoService), errors.Is(err, reader.NotSupported):
		service = found("reader-service", service.Title, ProblemOf(err))
		readers.State, readers.Says = Bad, "サービスが動いていないため分かりません"
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
			return Finding{Part: f.Part, Title: f.Title, State: Bad, Says: fmt.Sprintf("%s に誤りが%d件あります", s.ID, s.Faults),
				Action: "madoctl rules check で全件を確かめ、表を直してください"}
		}
		if s.ID == c.settings.Municipality && !s.Approved {
			f.State, f.Action = Uneasy, "責任者が判定表の印刷を確かめ、承認を記録してください"
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
			return Finding{Part: f.Part, Title: f.Title, State: Bad, Says: "読めない書体があります: " + s.Name,
				Action: "書体ファイルを置き直してください: " + s.Path}
		}
	}
	if !c.typefaces().HasMJ() {
		f.State, f.Says = Uneasy, "IPAmj明朝がありません。人名の一部の字は印刷を止めて知らせます"
		f.Action = "IPAmj明朝を次のフォルダーに置いてください: " + c.real.Fonts()
	}
	return f
}

// examinePrinter asks the system for a printer. On Windows the print dialog of
// the system chooses one.
func examinePrinter(ctx context.Context) Finding {
	f := Finding{Part: "printer", Title: "プリンター", State: Good}
	if runtime.GOOS == "windows" {
		f.Says = "印刷するときにWindowsの画面で選びます"
		return f
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, "lpstat", "-e").Output()
	names := strings.Fields(string(out))
	if err != nil || len(names) == 0 {
		f.State, f.Says = Uneasy, "プリンターが見つかりません。PDFファイルは作れます"
		f.Action = "プリンターを接続して登録するか、PDFファイルを別のパソコンで印刷してください"
		return f
	}
	f.Says = strings.Join(names, "、")
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
	if free, err := freeBytes(string(c.folder)); err == nil && free < leastFree {
		f.State, f.Says = Uneasy, fmt.Sprintf("空きが%dMBです: %s", free>>20, c.folder)
		f.Action = "不要なファイルを消して、500MB以上の空きを作ってください"
	}
	return f
}

func (c *Counter) examineHistory(ctx context.Context) Finding {
	f := Finding{Part: "history", Title: "受付履歴", State: Good, Says: "まだ記録はありません"}
	store, err := c.looking(ctx)
	if err != nil {
		return found(f.Part, f.Title, ProblemOf(err))
	}
	if store == nil {
		return f
	}
	report, err := store.Verify(ctx)
	if err != nil {
		return found(f.Part, f.Title, ProblemOf(err))
	}
	f.Says = fmt.Sprintf("受付%d件、個人情報%d人、記録%d件を読み返し、異常はありません。最後のバックアップ: %s", report.Cases, report.People, report.Events, lastBackup(store))
	if !report.OK {
		first := report.Findings[0]
		f.State, f.Says = Bad, fmt.Sprintf("書き換えや破損が%d箇所あります(%s: %s)", len(report.Findings), first.What, first.Where)
		f.Action = "責任者に連絡してください。バックアップからの復元は madoctl cases restore で行えます"
	}
	return f
}

// lastBackup is the day of the newest backup, in words.
func lastBackup(store *history.Store) string {
	if on := store.LastBackup(); !on.IsZero() {
		return on.String()
	}
	return "まだありません"
}

// examineClock finds a clock that cannot be right: one that stands before this
// program was made, or in another zone than Japan's.
func (c *Counter) examineClock() Finding {
	now := c.options.Now()
	f := Finding{Part: "clock", Title: "時計", State: Good, Says: now.In(japan()).Format("2006-01-02 15:04")}
	if made, err := os.Executable(); err == nil {
		if info, err := os.Stat(made); err == nil && now.Add(24*time.Hour).Before(info.ModTime()) {
			f.State, f.Says = Bad, "パソコンの日付がプログラムより古くなっています: "+f.Says
			f.Action = "日付と時刻を合わせてください。期限の判定が誤ります"
			return f
		}
	}
	if _, offset := now.Zone(); offset != 9*60*60 {
		f.State, f.Says = Uneasy, "パソコンの時刻帯が日本ではありません。日付は日本の日付で数えます: "+f.Says
		f.Action = "時刻帯を(UTC+09:00)に合わせてください"
	}
	return f
}
