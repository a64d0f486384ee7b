package app

import (
	"madoguchi/app/history"
	"madoguchi/rules"
)

// Japanese words of the vocabulary (contracts §1), as the source pages and the
// official terminal say them.

func pinLabel(k rules.PINKind) string {
	switch k {
	case rules.PINSignature:
		return "署名用"
	case rules.PINUserIdentification:
		return "利用者証明用"
	case rules.PINResidentRegistration:
		return "住民基本台帳用"
	case rules.PINCardInfoInput:
		return "券面事項入力補助用"
	}
	return string(k)
}

// procedureLabel is the vocabulary's label of a procedure without what stands in
// brackets there, so that it fits into a list.
func procedureLabel(p rules.Procedure) string {
	switch p {
	case rules.CertificateIssue:
		return "電子証明書の新規発行・再発行"
	case rules.CertificateRenewal:
		return "電子証明書の更新"
	case rules.PINReset:
		return "暗証番号の再設定"
	case rules.PINChange:
		return "暗証番号の変更"
	case rules.CardFaceUpdate:
		return "券面事項の変更"
	case rules.SuspensionRelease:
		return "一時停止の解除"
	case rules.CardRenewal:
		return "マイナンバーカードの更新"
	case rules.CardLoss:
		return "カードの紛失・再交付"
	case rules.ResidencePeriodUpdate:
		return "在留期間の変更"
	}
	return string(p)
}

func capacityLabel(c rules.Capacity) string {
	switch c {
	case rules.CapacityHolder:
		return "本人"
	case rules.CapacityLegalRepresentative:
		return "法定代理人"
	case rules.CapacityHouseholdMember:
		return "同一世帯員"
	case rules.CapacityVoluntaryAgent:
		return "任意代理人"
	}
	return ""
}

func partyLabel(p rules.Party) string {
	if p == rules.OfHolder {
		return "ご本人の"
	}
	return "来庁された方の"
}

func classLabel(c rules.DocumentClass) string {
	labels := map[rules.DocumentClass]string{
		rules.ClassA:                    "A書類",
		rules.ClassB:                    "B書類",
		rules.ClassAnyID:                "本人確認書類",
		rules.ClassPhotoOfficial:        "官公署発行の顔写真付き書類",
		rules.ClassNonPhotoOfficial:     "公的機関発行の顔写真のない書類",
		rules.ClassIndividualNumberCard: "マイナンバーカード",
		rules.ClassLetter:               "照会書兼回答書・委任状",
		"family-register":               "戸籍謄本(全部事項証明書)",
		"guardianship-register":         "登記事項証明書",
		"authority-schedule":            "代理行為目録",
		"parenthood-proof":              "親子関係が分かる書類(戸籍謄本・母子健康手帳など)",
		"household-oath":                "誓約書",
		"power-of-attorney":             "委任状",
		"application":                   "申請書",
		"card-application":              "個人番号カード交付申請書",
		"new-residence-card":            "新しい在留カード",
	}
	if label, ok := labels[c]; ok {
		return label
	}
	return string(c)
}

// statusWords is empty where the source states it: only doubt is written out.
func statusWords(s rules.Status) string {
	switch s {
	case rules.Inferred:
		return "要確認"
	case rules.NotStated:
		return "記載なし(担当へ確認)"
	}
	return ""
}

func caseStateLabel(state string) string { return history.StateLabel(history.State(state)) }

// caseEventLabel says in a sentence what happened to a case.
func caseEventLabel(kind string) string {
	labels := map[string]string{
		"opened": "受け付けました", "decided": "ご案内しました", "letter-made": "照会書を作りました", "mailed": "発送しました",
		"returned-undelivered": "返戻されました(宛先不明)", "awaiting-reply": "回答待ちにしました", "second-visit": "2回目の来庁を受け付けました",
		"envelope-opened": "開封しました", "done": "完了しました", "sent-back": "差し戻しました", "expired": "期限が過ぎました",
		"withdrawn": "取り下げられました", "not-holders-wish": "本人の意思でないことが分かりました",
		"printed": "印刷しました", "compared": "読み上げて照合しました", "corrected": "記録を直しました", "purged": "個人の情報を消しました",
		"reissued": "照会書を作り直しました(前の照会書は使えません)", "exported": "ほかのパソコンへ渡しました", "imported": "ほかのパソコンから受け取りました",
	}
	if label, ok := labels[kind]; ok {
		return label
	}
	return kind
}

// stepLabel says what the clerk does to move a case to a state.
func stepLabel(state string) string {
	labels := map[string]string{
		"decided": "ご案内済みにする", "letter-made": "照会書を作ったことにする", "mailed": "発送済みにする", "returned-undelivered": "返戻にする",
		"awaiting-reply": "回答待ちにする", "second-visit": "2回目の来庁を始める", "envelope-opened": "開封済みにする", "done": "完了にする",
		"sent-back": "差し戻す", "expired": "期限切れにする", "withdrawn": "取り下げる", "not-holders-wish": "本人の意思でないことを記録する",
	}
	if label, ok := labels[state]; ok {
		return label
	}
	return state
}
