package counter

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"madoguchi/app/forms"
	"madoguchi/rules"
)

// LetterOffice is how a municipality's letters look: letter.csv of its rule set.
// The office's own days for the reply, hours and retention class stand where the table sets none, and the
// window of its own envelope in the place of the table's. Errors:
// forms.ErrNoLetter where the source has no letter, *NoRuleSet, *RuleSetFaults.
func (c *Counter) LetterOffice(id rules.MunicipalityID) (*forms.Office, error) {
	files, err := c.catalog.files(c.catalog.edition(id, c.Today()))
	if err != nil {
		return nil, err
	}
	data, err := fs.ReadFile(files, forms.LetterFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("letters of %s: %w", id, forms.ErrNoLetter)
	}
	if err != nil {
		return nil, fmt.Errorf("reading letters of %s: %w", id, err)
	}
	office, err := forms.ReadOffice(id, data)
	if err != nil {
		return nil, &LetterTableError{ID: id, Err: err}
	}
	office.Superseded = c.IsSuperseded(id)
	if office.ReplyDays == 0 {
		office.ReplyDays = c.settings.ReplyDays
	}
	office.OpenAt(c.settings.Hours)
	office.KeepAs(c.settings.RetentionClass)
	if c.settings.Envelope != "" {
		if office.Window, err = forms.ParseWindow(c.settings.Envelope); err != nil {
			return nil, &EnvelopeError{Err: err}
		}
	}
	return office, nil
}

// EnvelopeError is a window of the settings that is none.
type EnvelopeError struct{ Err error }

func (e *EnvelopeError) Error() string { return "reading the envelope's window: " + e.Err.Error() }

// Unwrap gives the reason.
func (e *EnvelopeError) Unwrap() error { return e.Err }

// LetterTableError is a letter.csv with faults.
type LetterTableError struct {
	ID  rules.MunicipalityID
	Err error
}

func (e *LetterTableError) Error() string { return e.Err.Error() }

// Unwrap gives the faults.
func (e *LetterTableError) Unwrap() error { return e.Err }

// ParseLetter reads a letter file (contracts §5). The error is an *InputError.
func ParseLetter(name string, data []byte) (forms.Letter, error) {
	var l forms.Letter
	if err := rules.DecodeStrict(data, &l); err != nil {
		return forms.Letter{}, &InputError{Name: name, Err: fmt.Errorf("reading letter: %w", err)}
	}
	return l, nil
}

// PrintLetter makes the two pages of a letter as a PDF at path, whole or not at
// all. baseForms says that someone agreed to base forms for variations no font
// has. In simulation every page is marked 訓練.
func (c *Counter) PrintLetter(ctx context.Context, l forms.Letter, baseForms bool, path string) (Printed, error) {
	office, err := c.LetterOffice(l.Municipality)
	if err != nil {
		return Printed{}, err
	}
	doc, err := forms.MakeLetter(c.typefaces(), office, l, c.printOptions(baseForms))
	if err != nil {
		return Printed{}, fmt.Errorf("making the letter: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return Printed{}, err
	}
	return c.writeForm(doc, "letter", path)
}

// CheckLetters lays letters out without keeping anything, and tells what keeps
// each from being printed.
func (c *Counter) CheckLetters(ctx context.Context, letters []forms.Letter, baseForms bool) ([]forms.LetterFault, error) {
	return forms.CheckLetters(ctx, c.typefaces(), c.letterOffices(), letters, c.printOptions(baseForms))
}

// PrintLetters makes one PDF of many letters, whole or not at all. A letter with
// a fault stops it: check them first.
func (c *Counter) PrintLetters(ctx context.Context, letters []forms.Letter, baseForms bool, path string, progress forms.Progress) (Printed, error) {
	doc, faults, err := forms.MakeLetters(ctx, c.typefaces(), c.letterOffices(), letters, progress, c.printOptions(baseForms))
	if err != nil {
		return Printed{}, fmt.Errorf("making letters: %w", err)
	}
	if len(faults) > 0 {
		return Printed{}, fmt.Errorf("making letters: %w", faults[0].Err)
	}
	return c.writeForm(doc, "letters", path)
}

// PrintForm writes any other form as a PDF at path, whole or not at all.
func (c *Counter) PrintForm(path string, make func(*forms.Fonts, forms.Options) (*forms.Document, error)) (Printed, error) {
	doc, err := make(c.typefaces(), c.printOptions(false))
	if err != nil {
		return Printed{}, fmt.Errorf("making the form: %w", err)
	}
	return c.writeForm(doc, "form", path)
}

func (c *Counter) printOptions(baseForms bool) forms.Options {
	return forms.Options{Training: c.options.Simulation, AcceptBaseForms: baseForms}
}

// letterOffices reads each municipality's letter data once.
func (c *Counter) letterOffices() func(rules.MunicipalityID) (*forms.Office, error) {
	known := map[rules.MunicipalityID]*forms.Office{}
	return func(id rules.MunicipalityID) (*forms.Office, error) {
		if office := known[id]; office != nil {
			return office, nil
		}
		office, err := c.LetterOffice(id)
		if err == nil {
			known[id] = office
		}
		return office, err
	}
}

// fieldNames are the fields of a letter file in the clerk's words.
var fieldNames = map[string]string{
	"holder.name": "本人の氏名", "holder.alias": "本人の通称", "holder.postcode": "本人の郵便番号", "holder.address": "本人の住所",
	"agent.name": "代理人の氏名", "agent.alias": "代理人の通称", "agent.address": "代理人の住所", "agent.relation": "代理人と本人の関係",
	"caseNumber": "受付番号", "documentNumber": "文書番号", "issuedOn": "発送日", "replyBy": "回答の期限", "procedure": "手続", "sequence": "照合番号",
	"handwritten": "手書きする欄", "plan": "案内の内容", "code": "受付番号",
}

// fieldName is a field in the clerk's words, or its own name.
func fieldName(field string) string {
	if name := fieldNames[field]; name != "" {
		return name
	}
	return field
}

// letterProblem says what keeps a letter from being printed.
func letterProblem(err error) (Problem, bool) {
	if e, ok := as[*forms.FieldError](err); ok {
		words := map[forms.FieldFault]string{
			forms.FieldMissing:          "がありません",
			forms.FieldIndividualNumber: "に個人番号と思われる12桁の数字があります",
			forms.FieldNotAfter:         "が発送日より後の日ではありません",
			forms.FieldUnknown:          "に、知らない欄の名前があります",
			forms.FieldNotACode:         "に、使えない文字があります(半角の英大文字・数字・ハイフンだけを使えます)",
		}[e.Fault]
		return Problem{"letter-field", fieldName(e.Field) + words, "直してから、もう一度行ってください。印刷していません", "P-004", ClassData}, true
	}
	switch {
	case errors.Is(err, ErrAlreadyPrinted):
		return Problem{"already-printed", "この表の照会書は、すべて印刷と記録が済んでいます", "刷り直すときは --only で番号を、--again-of に前の PDF を指定してください(--record は付けません)", "P-012", ClassData}, true
	case errors.Is(err, ErrNoLetterToMake):
		return Problem{"no-letter-to-make", "選んだ受付には、これから作る照会書がありません", "一覧を開き直して、選び直してください", "P-040", ClassData}, true
	case errors.Is(err, ErrMixedSides):
		return Problem{"mixed-sides", "片面の照会書と両面の照会書を、いっしょに印刷することはできません", "自治体ごとに分けて印刷してください", "P-015", ClassData}, true
	case errors.Is(err, ErrNoRun):
		return Problem{"no-run", "その PDF の印刷の記録(.run)がありません", "--record を付けて作った PDF を指定してください", "P-014", ClassInput}, true
	case errors.Is(err, forms.ErrNoLetter):
		return Problem{"no-letter", "この自治体の資料には、この手続の照会書の記載がありません", "担当部署に確認してください。ほかの自治体の様式は使いません", "P-005", ClassData}, true
	case errors.Is(err, forms.ErrReplyBy):
		return Problem{"no-reply-day", "回答の期限が決まっていません", "期限の日を入力するか、判定表か設定に日数を登録してください", "P-006", ClassData}, true
	case errors.Is(err, forms.ErrProtectedDuplex):
		return Problem{"protected-duplex", "支援措置の方の照会書は両面に印刷できません(住所が回答書の裏になります)", "二枚で印刷してください", "P-007", ClassData}, true
	case errors.Is(err, forms.ErrTableEncoding):
		return Problem{"table-encoding", "表の文字コードが UTF-8 でも Shift_JIS でもありません", "表計算ソフトで「CSV UTF-8」として保存し直してください", "P-008", ClassData}, true
	case errors.Is(err, forms.ErrTableEmpty):
		return Problem{"table-empty", "表に見出しの行がありません", "一行目に列の名前を書いてください", "P-009", ClassData}, true
	}
	if _, ok := as[*EnvelopeError](err); ok {
		return Problem{"envelope", "封筒の窓の値を使えません", "窓の位置を測る紙で測り、左・上・幅・高さを mm で書いてください(例 20 18 90 45)。いつも見えるところが 45×18 mm 以上要ります", "P-013", ClassInput}, true
	}
	if e, ok := as[*LetterTableError](err); ok {
		return Problem{"letter-table", fmt.Sprintf("照会書の表に誤りがあります: %v", e), "示された行を直してください", "P-011", ClassData}, true
	}
	return no()
}
