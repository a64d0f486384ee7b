package rules

// MunicipalityID names a rule set: the folder under municipality/ that holds it.
type MunicipalityID string

// Procedure is what the visitor came for (手続).
type Procedure string

// The procedures of the counter.
const (
	CertificateIssue      Procedure = "certificate-issue"       // 新規発行・再発行
	CertificateRenewal    Procedure = "certificate-renewal"     // 更新
	PINReset              Procedure = "pin-reset"               // 再設定(初期化・ロック解除)
	PINChange             Procedure = "pin-change"              // 変更(今の番号が分かる)
	CardFaceUpdate        Procedure = "card-face-update"        // 券面事項変更
	SuspensionRelease     Procedure = "suspension-release"      // 一時停止解除
	CardRenewal           Procedure = "card-renewal"            // カード更新
	CardLoss              Procedure = "card-loss"               // 紛失・再交付
	ResidencePeriodUpdate Procedure = "residence-period-update" // 在留期間変更
)

// VisitorKind is the fact the clerk sees: who stands at the counter (来庁者).
type VisitorKind string

// The kinds of visitor.
const (
	VisitorHolder           VisitorKind = "holder"            // 本人
	VisitorParent           VisitorKind = "parent"            // 親権者
	VisitorGuardianOfMinor  VisitorKind = "guardian-of-minor" // 未成年後見人
	VisitorGuardianOfAdult  VisitorKind = "guardian-of-adult" // 成年後見人
	VisitorCurator          VisitorKind = "curator"           // 保佐人
	VisitorAssistant        VisitorKind = "assistant"         // 補助人
	VisitorContractGuardian VisitorKind = "contract-guardian" // 任意後見人
	VisitorHouseholdMember  VisitorKind = "household-member"  // 住民票上の同一世帯の方
	VisitorOther            VisitorKind = "other"             // それ以外の代理人
)

// Capacity is what the municipality makes of that visitor for that procedure.
type Capacity string

// The capacities. An empty capacity means that the source does not say.
const (
	CapacityHolder              Capacity = "holder"               // 本人
	CapacityLegalRepresentative Capacity = "legal-representative" // 法定代理人
	CapacityHouseholdMember     Capacity = "household-member"     // 同一世帯員
	CapacityVoluntaryAgent      Capacity = "voluntary-agent"      // 任意代理人
)

// Guardianship says under which protection the holder stands.
type Guardianship string

// CardKind is the kind of the holder's card as its face shows it.
type CardKind string

// CardState is the state of the card in the official terminal.
type CardState string

// CertificateState is the state of one certificate.
type CertificateState string

// PINKind names one of the four PINs of the card.
type PINKind string

// The four PINs, in the order of the pages and of the window.
const (
	PINSignature            PINKind = "signature"             // 署名用
	PINUserIdentification   PINKind = "user-identification"   // 利用者証明用
	PINResidentRegistration PINKind = "resident-registration" // 住民基本台帳用
	PINCardInfoInput        PINKind = "card-info-input"       // 券面事項入力補助用
)

// PINKinds lists the four PINs in their fixed order.
func PINKinds() []PINKind {
	return []PINKind{PINSignature, PINUserIdentification, PINResidentRegistration, PINCardInfoInput}
}

// PINState is what is known of a PIN: known, forgotten, locked or unset.
type PINState string

// PINEntry says how a PIN comes into the procedure.
type PINEntry string

// The ways a PIN is entered.
const (
	EntryAtCounter PINEntry = "at-counter" // must be entered now
	EntryInLetter  PINEntry = "in-letter"  // written by the holder in the sealed letter
	EntrySetNew    PINEntry = "set-new"    // a new one is chosen
)

// LetterState says where the inquiry, reply and proxy letter stands.
type LetterState string

// DocumentClass is the class of paper a requirement asks for.
type DocumentClass string

// Classes that the code itself needs to know; the rest are words of the tables.
const (
	ClassA                    DocumentClass = "A"
	ClassB                    DocumentClass = "B"
	ClassAnyID                DocumentClass = "any-id"
	ClassPhotoOfficial        DocumentClass = "photo-official"
	ClassNonPhotoOfficial     DocumentClass = "non-photo-official"
	ClassIndividualNumberCard DocumentClass = "individual-number-card"
	ClassLetter               DocumentClass = "letter"
	classFamilyRegister       DocumentClass = "family-register"
	classParenthoodProof      DocumentClass = "parenthood-proof"
)

// documentClasses is the closed vocabulary of classes (contracts §1).
var documentClasses = []DocumentClass{ClassA, ClassB, ClassPhotoOfficial, ClassNonPhotoOfficial, ClassAnyID, ClassIndividualNumberCard,
	classFamilyRegister, "guardianship-register", "authority-schedule", classParenthoodProof, "household-oath", ClassLetter,
	"power-of-attorney", "application", "card-application", "new-residence-card"}

// Party says whose paper it is.
type Party string

// The two parties.
const (
	OfHolder  Party = "holder"
	OfVisitor Party = "visitor"
)

// Status says how firmly the source carries an answer.
type Status string

// The statuses, strongest first. not-possible is a row's basis only: a plan or
// requirement that rests on it carries the status stated.
const (
	Stated      Status = "stated"
	Inferred    Status = "inferred"
	NotStated   Status = "not-stated"
	NotPossible Status = "not-possible"
)

// Outcome is what the clerk tells the visitor first.
type Outcome string

// The outcomes.
const (
	Proceed       Outcome = "proceed"
	VisitAgain    Outcome = "visit-again"
	GoElsewhere   Outcome = "go-elsewhere"
	OutcomeNever  Outcome = "not-possible"
	AskSupervisor Outcome = "ask-supervisor"
	NeedAnswers   Outcome = "need-answers"
)
