package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
	"madoguchi/app/history"
	"madoguchi/rules"
)

// This file is the care of the history: what a supervisor or the support does.
// Who runs it counts as an administrator, unless the data folder's policy fixes
// the role.

// withCare opens the counter for the care of the history and of the rule sets.
func (p *program) withCare(c *cobra.Command, do func(*counter.Counter) error) error {
	p.role = string(history.Administrator)
	return p.withCounter(c.Context(), do)
}

func (p *program) casesVerifyCommand() *cobra.Command {
	var seen bool
	c := &cobra.Command{
		Use:   "verify",
		Short: "履歴を読み返し、壊れや書き換えがないか確かめます",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withCare(c, func(desk *counter.Counter) error {
				if seen {
					if err := desk.AlarmSeen(c.Context()); err != nil {
						return err
					}
				}
				report, err := desk.VerifyCases(c.Context())
				if err != nil {
					return err
				}
				// A new installation is in order; that there is nothing in it is said.
				if none := desk.HistoryPresent(c.Context()); errors.Is(none, &history.Fault{Code: history.FaultNone}) {
					p.say("%s", counter.ProblemOf(none).Title+"。")
				}
				return p.showReport(report)
			})
		},
	}
	c.Flags().BoolVar(&seen, "alarm-seen", false, "責任者が警報を確かめたことを記録します")
	return c
}

func (p *program) showReport(report history.Report) error {
	err := p.show(report, func(w io.Writer) {
		fmt.Fprintf(w, "受付 %d件、記録 %d件、個人情報 %d人\n", report.Cases, report.Events, report.People)
	})
	if err != nil || report.OK {
		return err
	}
	for _, f := range report.Findings {
		p.say("%s: %s", foundWords(f.What), f.Where)
	}
	return errFailedCheck
}

// foundWords says in Japanese what Verify found.
func foundWords(what string) string {
	words := map[string]string{
		history.FoundDamage: "壊れています", history.FoundDeleted: "消されています", history.FoundEdited: "書き換えられています",
		history.FoundInserted: "挿入されています", history.FoundCutOff: "末尾が切り取られています", history.FoundHeadMissing: "末尾の控えがありません",
		history.FoundHeadDiffers: "末尾の控えと合いません", history.FoundUnsealed: "封が開きません", history.FoundTokens: "検索の索引が合いません",
		history.FoundAlarm: "開いたときに異常がありました", history.FoundSerial: "番号の控えより先の番号があります",
	}
	return words[what]
}

func (p *program) casesBackupCommand() *cobra.Command {
	var file string
	c := &cobra.Command{
		Use:   "backup -o FILE",
		Short: "履歴の写しを作り、読み返して確かめます",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if file == "" {
				return usage("-o FILE が要ります")
			}
			return p.withCare(c, func(desk *counter.Counter) error {
				report, err := desk.BackupCases(c.Context(), file)
				if err != nil {
					return err
				}
				return p.show(struct {
					File string `json:"file"`
					history.Report
				}{file, report}, nil)
			})
		},
	}
	c.Flags().StringVarP(&file, "output", "o", "", "写しのファイル")
	return c
}

func (p *program) casesRestoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "写しから履歴を戻します (今の履歴は保管します)",
		Args:  exactly("FILE"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.withCare(c, func(desk *counter.Counter) error {
				done, err := desk.RestoreCases(c.Context(), args[0])
				if err != nil {
					return err
				}
				if done.Kept != "" {
					p.say("これまでの履歴を %s に保管しました。", done.Kept)
				}
				return p.show(struct {
					history.Restored
					OK bool `json:"ok"`
				}{done, done.Report.OK}, nil)
			})
		},
	}
}

func (p *program) casesPurgeCommand() *cobra.Command {
	var preview bool
	c := &cobra.Command{
		Use:   "purge [--preview]",
		Short: "保存期間が過ぎた受付の個人情報を消します",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withCare(c, func(desk *counter.Counter) error {
				purge := desk.PurgeCases
				if preview {
					purge = desk.PurgePreview
				}
				done, err := purge(c.Context())
				if err != nil {
					return err
				}
				if len(done.Stale) > 0 {
					p.say("動きのない受付が %d件あります。終えるまで個人情報は消えません。", len(done.Stale))
				}
				return p.show(done, func(w io.Writer) {
					fmt.Fprintf(w, "%d件 %d人\n", len(done.Due), done.People)
				})
			})
		},
	}
	c.Flags().BoolVar(&preview, "preview", false, "消さずに、何が消えるかを示します")
	return c
}

func (p *program) casesExportCommand() *cobra.Command {
	var file, seal string
	c := &cobra.Command{
		Use:   "export -o FILE [--seal FILE] [NUMBER…]",
		Short: "終わっていない受付に封をして、別のパソコンへ持ち出します",
		Long:  "番号がなければ、終わっていない受付のすべてです。合言葉は --seal のファイル、--passphrase-file のファイル、標準入力の1行目の順に読みます。",
		Args:  cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, numbers []string) error {
			return p.makeSealed(c, file, seal, func(desk *counter.Counter, passphrase string) (any, error) {
				if len(numbers) == 0 {
					open, err := desk.FindCases(c.Context(), counter.CaseQuery{List: history.OpenCases, Limit: -1})
					if err != nil {
						return nil, err
					}
					for _, k := range open {
						numbers = append(numbers, string(k.CaseNumber))
					}
				}
				made := map[string]any{"file": file, "cases": len(numbers)}
				return made, desk.ExportCases(c.Context(), numbers, passphrase, file)
			})
		},
	}
	c.Flags().StringVarP(&file, "output", "o", "", "封をしたファイル")
	c.Flags().StringVar(&seal, "seal", "", "封の合言葉のファイル")
	return c
}

func (p *program) casesImportCommand() *cobra.Command {
	var seal string
	c := &cobra.Command{
		Use:   "import FILE [--seal FILE]",
		Short: "別のパソコンから持ってきた受付を取り込みます",
		Long:  "合言葉は --seal のファイル、--passphrase-file のファイル、標準入力の1行目の順に読みます。",
		Args:  exactly("FILE"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.openSealed(c, args[0], seal, func(desk *counter.Counter, sealed []byte, passphrase string) (any, error) {
				return desk.ImportCases(c.Context(), sealed, passphrase)
			})
		},
	}
	c.Flags().StringVar(&seal, "seal", "", "封の合言葉のファイル")
	return c
}

// makeSealed makes a file under a passphrase and shows what write answers.
func (p *program) makeSealed(c *cobra.Command, file, seal string, write func(*counter.Counter, string) (any, error)) error {
	if file == "" {
		return usage("-o FILE が要ります")
	}
	passphrase, err := p.sealPassphrase(seal)
	if err != nil {
		return err
	}
	return p.withCare(c, func(desk *counter.Counter) error {
		made, err := write(desk, passphrase)
		if err != nil {
			return err
		}
		return p.show(made, nil)
	})
}

// openSealed reads a file under a passphrase and shows what take makes of it.
func (p *program) openSealed(c *cobra.Command, file, seal string, take func(*counter.Counter, []byte, string) (any, error)) error {
	sealed, err := p.readInput("file", file)
	if err != nil {
		return err
	}
	passphrase, err := p.sealPassphrase(seal)
	if err != nil {
		return err
	}
	return p.withCare(c, func(desk *counter.Counter) error {
		taken, err := take(desk, sealed, passphrase)
		if err != nil {
			return err
		}
		return p.show(taken, nil)
	})
}

// sealPassphrase reads the passphrase of a parcel. It never comes from the
// command line itself, which other programs can see.
func (p *program) sealPassphrase(file string) (string, error) {
	if file == "" {
		file = p.passphraseFile
	}
	if file != "" {
		data, err := os.ReadFile(file)
		if err != nil {
			return "", usage("合言葉のファイルを読めません: %s", file)
		}
		return firstLine(string(data)), nil
	}
	if p.secret != nil {
		p.say("封の合言葉を入力してください")
		line, err := p.secret()
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("reading the passphrase: %w", err)
		}
		if len(line) == 0 {
			return "", usage("封の合言葉が要ります")
		}
		return string(line), nil
	}
	line, err := p.in.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("reading the passphrase: %w", err)
	}
	if line == "" && err != nil {
		return "", usage("封の合言葉が要ります (--seal FILE、又は標準入力)")
	}
	return firstLine(line), nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimPrefix(text, "\ufeff"), "\n")
	return strings.TrimRight(line, "\r")
}

func (p *program) casesStatsCommand() *cobra.Command {
	var from, until, per, file string
	var asCSV bool
	c := &cobra.Command{
		Use:   "stats [--per day|month] [--from D] [--until D] [--csv | -o FILE.csv]",
		Short: "件数と所要時間 (個人情報なし)",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			first, err := optionalDate("from", from)
			if err != nil {
				return err
			}
			last, err := optionalDate("until", until)
			if err != nil {
				return err
			}
			if per != string(history.PerDay) && per != string(history.PerMonth) {
				return usage("--per は day か month です")
			}
			return p.withCare(c, func(desk *counter.Counter) error {
				counts, err := desk.CaseStats(c.Context(), first, last, history.Period(per))
				switch {
				case err != nil:
					return err
				case file != "":
					return counter.ReplaceFile(file, 0o600, func(w io.Writer) error { return counter.WriteCaseStats(w, counts) })
				case asCSV:
					return counter.WriteCaseStats(p.out, counts)
				}
				return p.show(counts, func(w io.Writer) { _ = counter.WriteCaseStats(w, counts) })
			})
		},
	}
	c.Flags().StringVar(&per, "per", string(history.PerDay), "day 又は month")
	c.Flags().StringVar(&from, "from", "", "この日から")
	c.Flags().StringVar(&until, "until", "", "この日まで")
	c.Flags().BoolVar(&asCSV, "csv", false, "CSV で出します")
	c.Flags().StringVarP(&file, "output", "o", "", "CSV のファイル")
	return c
}

// optionalDate reads a date of the command line; empty is none.
func optionalDate(flag, text string) (rules.Date, error) {
	if text == "" {
		return 0, nil
	}
	d, err := rules.ParseDate(text)
	if err != nil {
		return 0, usage("--%s は YYYY-MM-DD の形です", flag)
	}
	return d, nil
}

func (p *program) casesRotateCommand() *cobra.Command {
	var file string
	c := &cobra.Command{
		Use:   "rotate [--new-passphrase-file FILE]",
		Short: "履歴の鍵を替え、すべてに封をし直します",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withCare(c, func(desk *counter.Counter) error {
				if err := desk.RotateKeys(c.Context(), file); err != nil {
					return err
				}
				p.say("鍵を替え、バックアップのフォルダーの写しを新しくしました。ほかの場所にある写しは、前の鍵でなければ開けません。")
				return p.show(map[string]bool{"ok": true}, nil)
			})
		},
	}
	c.Flags().StringVar(&file, "new-passphrase-file", "", "これからの合言葉のファイル (なければ同じ場所の新しい鍵)")
	return c
}

func (p *program) casesScanCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "scan CODE",
		Short: "照会書のコードで受付を開きます",
		Args:  exactly("CODE"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				kept, err := desk.ScanLetter(c.Context(), args[0])
				if err != nil {
					return err
				}
				return p.show(kept, nil)
			})
		},
	}
}

func (p *program) casesCountsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "counts",
		Short: "保有している人数と、期限・未発送・返戻の件数",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				counts, err := desk.CaseCounts(c.Context())
				if err != nil {
					return err
				}
				return p.show(counts, nil)
			})
		},
	}
}
