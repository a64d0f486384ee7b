package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"madoguchi/app/counter"
	"madoguchi/app/forms"
	"madoguchi/rules"
)

// SettingView is one setting with its words, its value and its bounds.
type SettingView struct {
	Key     string       `json:"key"`
	Label   string       `json:"label"`
	Help    string       `json:"help"`
	Kind    string       `json:"kind"` // text, number, choice or yes-no
	Text    string       `json:"text"`
	Number  int          `json:"number"`
	On      bool         `json:"on"`
	Choices []ChoiceView `json:"choices"`
	Fixed   bool         `json:"fixed"`   // an administrator fixed it
	Allowed bool         `json:"allowed"` // the operator's role may change it
}

// FindingView is what the self-check says of one part.
type FindingView struct {
	Title  string `json:"title"`
	State  string `json:"state"` // good, uneasy or bad
	Words  string `json:"words"`
	Says   string `json:"says"`
	Action string `json:"action"`
}

// Preferences are what the office chose.
type Preferences struct{ office *office }

// List gives every setting in the order of the screen.
func (p *Preferences) List() ([]SettingView, error) {
	a, err := p.office.now()
	if err != nil {
		return nil, err
	}
	s := a.Settings()
	list := []SettingView{
		{Key: "municipality", Label: "判定表(自治体)", Kind: "choice", Text: string(s.Municipality), Choices: ruleSetChoices(a.RuleSets())},
		{Key: "office", Label: "窓口の名前", Help: "差出人として印刷します", Kind: "text", Text: s.Office},
		{Key: "place", Label: "受付の場所", Kind: "choice", Text: s.Place, Choices: placeChoices(a, s.Municipality)},
		{Key: "hours", Label: "受付時間", Help: "照会書に印刷します。例: 8時30分〜17時15分", Kind: "text", Text: s.Hours},
		{Key: "caseLetters", Label: "受付番号の英字", Help: "英大文字 1〜4 文字。PC ごとに変えます", Kind: "text", Text: s.CaseLetters},
		{Key: "operator", Label: "担当者", Help: operatorHelp(s.Operator), Kind: "text", Text: s.Operator},
		{Key: "role", Label: "役割", Help: roleHelp(s.Role), Kind: "choice", Text: s.Role, Choices: roleChoices()},
		{Key: "printer", Label: "プリンター", Help: "F9・F10 でこのプリンターに印刷します", Kind: "choice", Text: s.Printer, Choices: printerChoices(p.office.context(), a, s.Printer)},
		{Key: "tray", Label: "用紙の給紙口", Help: "照会書やご案内の用紙を入れたところです", Kind: "choice", Text: s.Tray, Choices: trayChoices(p.office.context(), a, s.Printer, s.Tray)},
		{Key: "pdfProgram", Label: "PDF を印刷するプログラム(Windows)", Help: "SumatraPDF.exe の場所。給紙口と片面・両面を選んで、画面を出さずに印刷します", Kind: "text", Text: s.PDFProgram},
		{Key: "envelope", Label: "封筒の窓(mm)", Help: "左 上 幅 高さ の順。例 20 18 90 45。空欄なら判定表の値", Kind: "text", Text: s.Envelope},
		{Key: "reader", Label: "優先するカードリーダー", Help: "空欄なら自動", Kind: "text", Text: s.Reader},
		{Key: "retentionDays", Label: "個人の情報を残す日数", Kind: "number", Number: s.RetentionDays},
		{Key: "replyDays", Label: "照会書の回答期限(日)", Help: "0 なら、照会書を作るときに期限の日を入力します", Kind: "number", Number: s.ReplyDays},
		{Key: "retentionClass", Label: "照会書の保存区分", Help: "処理欄に印刷します。例: 5年。空欄なら手で書きます", Kind: "text", Text: s.RetentionClass},
		{Key: "lockMinutes", Label: "画面を隠すまでの時間(分)", Help: "0 なら隠しません", Kind: "number", Number: s.LockMinutes},
		{Key: "backupsKept", Label: "バックアップの数", Kind: "number", Number: s.BackupsKept},
		{Key: "pinAttempts", Label: "暗証番号の照合・変更", Help: "この画面では使いません。管理者が命令用のプログラムで行うときに使います", Kind: "yes-no", On: s.PINAttempts},
		{Key: "exportFolder", Label: "書き出し先のフォルダー", Help: "決めると、受付の書き出しはこのフォルダーの中だけにできます", Kind: "text", Text: s.ExportFolder},
	}
	for i := range list {
		list[i].Fixed = slices.Contains(s.Fixed, list[i].Key)
		list[i].Allowed = a.May(counter.SetTask(list[i].Key)) == nil
		if list[i].Choices == nil {
			list[i].Choices = []ChoiceView{}
		}
	}
	return list, nil
}

func ruleSetChoices(sets []counter.RuleSet) []ChoiceView {
	list := make([]ChoiceView, 0, len(sets))
	for _, s := range sets {
		if s.Faults == 0 && !s.Archive {
			list = append(list, ChoiceView{Key: "municipality", Value: string(s.ID), Label: s.Title})
		}
	}
	return list
}

func placeChoices(a decider, m rules.MunicipalityID) []ChoiceView {
	list := []ChoiceView{{Key: "place", Value: "", Label: "指定しない"}}
	set, err := a.Rules(m)
	if err != nil {
		return list
	}
	for _, o := range set.Offices() {
		if o.Kind == "counter" {
			list = append(list, ChoiceView{Key: "place", Value: o.ID, Label: o.Title.Plain()})
		}
	}
	return list
}

// printerChoices are the printers of this PC; the one that was chosen stays
// among them while it is switched off.
func printerChoices(ctx context.Context, a paperPrinter, chosen string) []ChoiceView {
	list := []ChoiceView{{Key: "printer", Value: "", Label: "使わない(画面に表示して印刷する)"}}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	printers, err := a.Printers(ctx)
	if err != nil {
		printers = nil // the self-check says so, with what to do
	}
	for _, p := range printers {
		label := p.Name
		if p.Default {
			label += "(既定のプリンター)"
		}
		list = append(list, ChoiceView{Key: "printer", Value: p.Name, Label: label})
	}
	return withChosen(list, chosen)
}

func trayChoices(ctx context.Context, a paperPrinter, of, chosen string) []ChoiceView {
	list := []ChoiceView{{Key: "tray", Value: "", Label: "プリンターに任せる"}}
	if of == "" {
		return list
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	trays, err := a.PrinterTrays(ctx, of)
	if err != nil {
		trays = nil
	}
	for _, tray := range trays {
		list = append(list, ChoiceView{Key: "tray", Value: tray, Label: tray})
	}
	return withChosen(list, chosen)
}

// withChosen keeps a choice that is not offered now.
func withChosen(list []ChoiceView, chosen string) []ChoiceView {
	if slices.ContainsFunc(list, func(c ChoiceView) bool { return c.Value == chosen }) {
		return list
	}
	return append(list, ChoiceView{Key: list[0].Key, Value: chosen, Label: chosen + "(いまは見つかりません)"})
}

// operatorHelp says who stands in the history.
func operatorHelp(operator string) string {
	if strings.TrimSpace(operator) == "" {
		return "【未設定】履歴には、パソコンの利用者名が残ります"
	}
	return "履歴に残ります"
}

func roleChoices() []ChoiceView {
	return []ChoiceView{
		{Key: "role", Value: "clerk", Label: "窓口担当"},
		{Key: "role", Value: "supervisor", Label: "責任者"},
		{Key: "role", Value: "administrator", Label: "管理者"},
	}
}

// roleHelp says what a role may do besides the work at the counter.
func roleHelp(role string) string {
	switch role {
	case "supervisor":
		return "判定表の承認、個人の情報の消去、窓口の名前・場所・時間・期限の設定ができます"
	case "administrator":
		return "すべての設定と、判定表の承認、個人の情報の消去ができます"
	}
	return "受付と、担当者・プリンター・リーダーの設定ができます"
}

// Change stores one setting and opens the office anew with it.
func (p *Preferences) Change(changed SettingView) ([]SettingView, error) {
	a, err := p.office.now()
	if err != nil {
		return nil, err
	}
	if err := p.office.outsideDrill(); err != nil {
		return nil, err
	}
	if len(changed.Text) > mostText {
		return nil, fmt.Errorf("%w: too long", errBadAnswer)
	}
	if slices.Contains(a.Settings().Fixed, changed.Key) {
		return nil, counter.ErrSettingFixed
	}
	if err := a.May(counter.SetTask(changed.Key)); err != nil {
		return nil, err
	}
	s, err := withSetting(a.Settings(), changed)
	if err != nil {
		return nil, err
	}
	if err := p.office.folder().SaveSettings(s); err != nil {
		return nil, err
	}
	p.office.reopen(p.office.started())
	return p.List()
}

// Most days and minutes that make sense; more is a slip of the finger.
const (
	mostDays    = 3650
	mostMinutes = 240
	mostBackups = 366
)

func withSetting(s counter.Settings, c SettingView) (counter.Settings, error) {
	most := map[string]int{"retentionDays": mostDays, "replyDays": mostDays, "lockMinutes": mostMinutes, "backupsKept": mostBackups}
	if limit, ok := most[c.Key]; ok && (c.Number < 0 || c.Number > limit) || rules.HasIndividualNumber(c.Text) {
		return s, fmt.Errorf("%w: %s", errBadAnswer, c.Key)
	}
	texts := map[string]*string{"office": &s.Office, "place": &s.Place, "hours": &s.Hours, "retentionClass": &s.RetentionClass, "caseLetters": &s.CaseLetters, "operator": &s.Operator,
		"role": &s.Role, "tray": &s.Tray, "pdfProgram": &s.PDFProgram, "envelope": &s.Envelope, "reader": &s.Reader, "exportFolder": &s.ExportFolder}
	numbers := map[string]*int{"retentionDays": &s.RetentionDays, "replyDays": &s.ReplyDays, "lockMinutes": &s.LockMinutes, "backupsKept": &s.BackupsKept}
	if c.Key == "envelope" && c.Text != "" {
		if _, err := forms.ParseWindow(c.Text); err != nil {
			return s, &counter.EnvelopeError{Err: err}
		}
	}
	if field, ok := texts[c.Key]; ok {
		*field = c.Text
		return s, nil
	}
	if field, ok := numbers[c.Key]; ok {
		*field = c.Number
		return s, nil
	}
	switch c.Key {
	case "printer":
		s.Printer, s.Tray = c.Text, "" // another printer has other trays
	case "municipality":
		s.Municipality, s.Place = rules.MunicipalityID(c.Text), ""
	case "pinAttempts":
		s.PINAttempts = c.On
	default:
		return s, fmt.Errorf("%w: setting %q", errBadAnswer, c.Key)
	}
	return s, nil
}

// Examine looks at everything the counter rests on, each with what to do.
func (p *Preferences) Examine() ([]FindingView, error) {
	a, err := p.office.now()
	if err != nil {
		return nil, err
	}
	found := a.Examine(p.office.context())
	views := make([]FindingView, 0, len(found))
	words := map[counter.FindingState]string{counter.Good: "正常", counter.Uneasy: "注意", counter.Bad: "異常"}
	for _, f := range found {
		views = append(views, FindingView{Title: f.Title, State: string(f.State), Words: words[f.State], Says: f.Says, Action: f.Action})
	}
	return views, nil
}

// Diagnostics makes the file that a clerk can send to those who support the
// program, and answers where it is. Nobody's name is in it.
func (p *Preferences) Diagnostics() (string, error) {
	a, err := p.office.now()
	if err != nil {
		return "", err
	}
	return a.WriteDiagnostics(p.office.context(), "")
}
