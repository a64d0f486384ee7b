package counter

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"madoguchi/app/forms"
	"madoguchi/app/history"
	"madoguchi/app/simulation"
	"madoguchi/reader"
	"madoguchi/reader/simcard"
	"madoguchi/rules"
)

func interruptedProblem(err error) (Problem, bool) {
	p := Problem{"canceled", "操作が中止されました", "必要であれば、もう一度行ってください", "M-001", ClassFault}
	return p, errors.Is(err, context.Canceled) && !errors.Is(err, reader.Interrupted)
}

// cardProblem says why a card was not reached, or what it refused.
func cardProblem(err error) (Problem, bool) {
	if many, ok := as[*reader.ManyCards](err); ok {
		return Problem{"many-cards", "カードが複数のリーダーに置かれています: " + strings.Join(many.Readers, "、"),
			"使うリーダーのカードだけを残すか、リーダーを選んでください", "R-013", ClassCard}, true
	}
	if fault, ok := reader.FaultOf(err); ok {
		words := readerWords(fault)
		return Problem{string(fault), words[0], words[1], words[2], ClassCard}, true
	}
	if e, ok := as[*UnreachableError](err); ok {
		if simcard.IsRemoved(err) {
			return Problem{"simulated-card-pulled", "模擬カードがシナリオのとおりに抜かれました", "続けるときは、もう一度差してください", "R-022", ClassCard}, true
		}
		return Problem{"no-virtual-reader", "仮想リーダーに届きません: " + e.Address, "pcscdと仮想リーダー(vsmartcard-vpcd)が動いているか、アドレスを確かめてください", "R-021", ClassCard}, true
	}
	if refused, ok := as[*reader.Refused](err); ok {
		return Problem{"card-refused", fmt.Sprintf("カードが応答を拒みました (%s)", refused.Status),
			"カードを置き直して読み直し、続くときは統合端末で確かめてください", "R-020", ClassCard}, true
	}
	return no()
}

// readerWords are title, action and reference of a fault of the reader.
func readerWords(f reader.Fault) [3]string {
	replace := "カードを置き直してください。残り回数は減っていません"
	switch f {
	case reader.NoService:
		return [3]string{"カードリーダーがつながっていないか、カード読み取りのサービス(スマートカード)が動いていません",
			"リーダーをつないでください。つながっているときは、スマートカードサービス(Linuxはpcscd)を起動してください。自動で読みます", "R-001"}
	case reader.NotAllowed:
		return [3]string{"この利用者は、カードリーダーを使うことを許されていません",
			"PCの管理者に、この利用者がカードリーダーを使えるようにしてもらってください。カードなしでも案内できます", "R-023"}
	case reader.NoReader:
		return [3]string{"カードリーダーが見つかりません", "USBの接続を確かめて、リーダーをつないでください", "R-002"}
	case reader.NoCard:
		return [3]string{"リーダーにカードがありません", "カードを置いてください", "R-003"}
	case reader.CardRemoved:
		return [3]string{"読み取りの途中でカードが離れました", replace, "R-004"}
	case reader.ReaderRemoved:
		return [3]string{"使用中にリーダーの接続が切れました", "リーダーをつなぎ直してから、カードを置き直してください", "R-005"}
	case reader.Busy:
		return [3]string{"ほかのプログラムがカードを使用中です", "ほかのカード用ソフトを閉じて、カードを置き直してください", "R-006"}
	case reader.CardReset:
		return [3]string{"読み取りの途中でカードが初期状態に戻されました", replace, "R-007"}
	case reader.Mute, reader.NoAnswer:
		return [3]string{"カードが応答しません", "向きと位置を直して置き直してください。マイナンバーカード以外のカードは外してください", "R-008"}
	case reader.TooSlow:
		return [3]string{"カードの応答に時間がかかりすぎています", "カードを置き直し、続くときはリーダーをつなぎ直してください", "R-009"}
	case reader.Garbled:
		return [3]string{"カードの応答を読み取れません", replace, "R-010"}
	case reader.NoSuchReader:
		return [3]string{"指定したリーダーがつながっていません", "リーダーの名前と接続を確かめてください", "R-011"}
	case reader.NotSupported:
		return [3]string{"このプログラムはカードリーダーを使えません", "リーダー対応の版を使うか、カードなしで案内してください", "R-012"}
	case reader.LeavingRefused:
		return [3]string{"カードの使用を終えられませんでした", "カードをリーダーから外してください", "R-014"}
	case reader.Interrupted:
		return [3]string{"カードの読み取りを中止しました", "必要であれば、カードを置き直してください", "R-015"}
	}
	return [3]string{"カードリーダーが正しく動いていません", "リーダーをつなぎ直し、続くときは別のリーダーを使ってください", "R-019"}
}

func settingsProblem(err error) (Problem, bool) {
	if errors.Is(err, ErrSettingFixed) {
		return Problem{"setting-fixed", "この設定は管理者が固定しています", "変更が必要なときは管理者に依頼してください", "M-012", ClassInput}, true
	}
	e, ok := as[*SettingsError](err)
	if !ok {
		return no()
	}
	return Problem{"settings-damaged", "設定ファイルを読めません: " + e.Path,
		"ファイルを直すか、別の名前に変えて既定の設定で始めてください", "M-011", ClassData}, true
}

func folderProblem(err error) (Problem, bool) {
	e, ok := as[*FolderError](err)
	switch {
	case !ok:
		return no()
	case isDiskFull(err):
		return Problem{"disk-full", "ディスクの空きがありません: " + e.Path, "不要なファイルを消してから、もう一度行ってください", "M-014", ClassData}, true
	case errors.Is(err, ErrFolderInUse):
		return Problem{"folder-in-use", "フォルダーがすでにあります: " + e.Path, "別の名前を指定してください。何も書いていません", "M-016", ClassData}, true
	case errors.Is(err, ErrFolderNotWritable):
		return Problem{"folder-read-only", "データフォルダーに書き込めません: " + e.Path,
			"フォルダーの権限を確かめるか、別のフォルダーを指定してください", "M-013", ClassData}, true
	}
	return Problem{"folder-failed", "フォルダーを使えません: " + e.Path, "場所・ディスク・権限を確かめてください", "M-015", ClassData}, true
}

func rulesProblem(err error) (Problem, bool) {
	if missing, ok := as[*NoRuleSet](err); ok {
		known := make([]string, len(missing.Known))
		for i, id := range missing.Known {
			known[i] = string(id)
		}
		return Problem{"no-rule-set", fmt.Sprintf("判定表 %q はありません", missing.ID), "次のどれかを指定してください: " + strings.Join(known, "、"), "D-001", ClassData}, true
	}
	if errors.Is(err, rules.ErrNotApproved) {
		return Problem{"not-approved", "承認と判定表の内容が合いません", "承認された版を、承認した人から受け取り直すか、今の版を承認してください。何も変えていません", "D-003", ClassData}, true
	}
	faults, ok := as[rules.Faults](err)
	if !ok || len(faults) == 0 {
		return no()
	}
	where := "判定表"
	if own, ok := as[*RuleSetFaults](err); ok {
		where = own.Folder
	}
	return Problem{"rules-faulty", fmt.Sprintf("判定表に誤りが%d件あります: %s (%s)", len(faults), where, faults[0].Error()),
		"madoctl rules check で全件を確かめ、表を直してください", "D-002", ClassData}, true
}

func formsProblem(err error) (Problem, bool) {
	if e, ok := as[*forms.MissingGlyphError](err); ok {
		return Problem{"glyph-missing", fmt.Sprintf("%sに印刷できない文字があります: %s", fieldName(e.Field), e.Character()), "IPAmj明朝か、その文字を持つ書体を fonts フォルダーに置くか、手書き欄を使ってください。印刷していません", "P-001", ClassData}, true
	}
	if e, ok := as[*forms.VariationError](err); ok {
		return Problem{"glyph-variation", fmt.Sprintf("%sの文字が基本の字形になります: %s", fieldName(e.Field), e.Character()), "基本の字形で印刷してよいか確かめてください。印刷していません", "P-002", ClassData}, true
	}
	if e, ok := as[*forms.OverflowError](err); ok {
		return Problem{"form-overflow", fmt.Sprintf("%sが用紙の欄に入りません", fieldName(e.Field)), "文字を減らすか、手書き欄を使ってください。印刷していません", "P-003", ClassData}, true
	}
	return no()
}

// unsaidProblem names the case, so that it is not stored twice.
func unsaidProblem(err error) (Problem, bool) {
	e, ok := as[*UnsaidError](err)
	if !ok {
		return no()
	}
	return Problem{"stored-unsaid", "受付は記録しましたが、結果を書き出せませんでした。受付番号: " + e.Number,
		"同じ受付をもう一度記録しないでください。出力先の空きを確かめてください", "M-017", ClassData}, true
}

func scenarioProblem(err error) (Problem, bool) {
	switch {
	case errors.Is(err, simulation.ErrNoScenario):
		return Problem{"no-scenario", "そのシナリオはありません", "madoctl drill list で名前を確かめてください", "S-001", ClassInput}, true
	case errors.Is(err, simulation.ErrIDTaken):
		return Problem{"scenario-exists", "その名前のシナリオがすでにあります", "別の名前を指定してください。何も書いていません", "S-006", ClassInput}, true
	case errors.Is(err, simulation.ErrNoCourse):
		return Problem{"no-course", "そのコースはありません", "コースの一覧で名前を確かめてください", "S-002", ClassInput}, true
	case errors.Is(err, simulation.ErrNoTrainee):
		return Problem{"no-trainee", "その受講者の記録はありません", "受講者の名前を確かめてください", "S-003", ClassNo}, true
	case errors.Is(err, simulation.ErrAnswers):
		says, action := inputWords(err)
		return Problem{"bad-answers", "回答ファイルを使えません: " + says, action, "S-004", ClassData}, true
	}
	faults, ok := as[simulation.Faults](err)
	if !ok || len(faults) == 0 {
		return no()
	}
	return Problem{"scenario-faulty", fmt.Sprintf("シナリオに誤りが%d件あります: %s", len(faults), faults[0].Error()),
		"madoctl drill check で全件を確かめ、直してください", "S-005", ClassData}, true
}

// exportProblem says where an export may go.
func exportProblem(err error) (Problem, bool) {
	p := Problem{"export-elsewhere", "この場所には持ち出せません", "管理担当が定めた持ち出し先のフォルダーを指定してください", "H-300", ClassData}
	return p, errors.Is(err, ErrExportElsewhere)
}

// historyProblem passes on what the history says of its file.
func historyProblem(err error) (Problem, bool) {
	e, ok := as[*history.Fault](err)
	if !ok {
		return no()
	}
	return Problem{string(e.Code), bare(e.Title()), bare(e.Action()), "H-100", ClassData}, true
}

// refusalProblem passes on why the history did not do what was asked. What was
// not found is a negative answer; what was asked wrongly is data that failed.
func refusalProblem(err error) (Problem, bool) {
	e, ok := as[*history.Refusal](err)
	if !ok {
		return no()
	}
	class := ClassNo
	switch e.Reason {
	case history.IndividualNumber, history.NotACase:
		class = ClassData
	case history.NotACaseNumber, history.UnknownState, history.TooShort, history.WrongCheckCharacter:
		class = ClassInput
	}
	return Problem{string(e.Reason), bare(e.Title()), bare(e.Action()), "H-200", class}, true
}

// bare takes the full stop from the end of a sentence: Sentence sets its own.
func bare(sentence string) string { return strings.TrimSuffix(sentence, "。") }
