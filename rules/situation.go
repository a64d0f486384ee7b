package rules

// Situation is the input of a decision: everything that was seen, read or
// answered (contracts §2). A key that is left out was not asked yet.
type Situation struct {
	Municipality MunicipalityID `json:"municipality"`
	Procedure    Procedures     `json:"procedure,omitzero"`
	On           Date           `json:"on"`
	Time         string         `json:"time,omitempty"`  // HH:MM at the counter
	Place        string         `json:"place,omitempty"` // id of a place of the rule set
	Booked       Fact[bool]     `json:"booked,omitzero"`
	Visit        Fact[int]      `json:"visit,omitzero"` // 1, 2, or 0 for a request by telephone
	Visitor      Visitor        `json:"visitor,omitzero"`
	Holder       Holder         `json:"holder,omitzero"`
	Card         Card           `json:"card,omitzero"`
	Certificates Certificates   `json:"certificates,omitzero"`
	PINs         PINStates      `json:"pins,omitzero"`
	Letter       Letter         `json:"letter,omitzero"`
	Evidence     []Paper        `json:"evidence,omitempty"`
}

// Visitor is who stands at the counter.
type Visitor struct {
	Kind                Fact[VisitorKind] `json:"kind,omitzero"`
	SameHousehold       Fact[bool]        `json:"sameHousehold,omitzero"`
	HolderPresent       Fact[bool]        `json:"holderPresent,omitzero"`
	AuthorityCoversCard Fact[bool]        `json:"authorityCoversCard,omitzero"` // 代理行為目録 names card matters
}

// Holder is whose card it is.
type Holder struct {
	BirthDate       Fact[Date]            `json:"birthDate,omitzero"`
	Guardianship    Fact[Guardianship]    `json:"guardianship,omitzero"`
	DomicileInCity  Fact[bool]            `json:"domicileInCity,omitzero"` // 本籍地が市内
	MovedInOn       Fact[Date]            `json:"movedInOn,omitzero"`      // day the 転入届 was filed
	MoveRegistered  Fact[bool]            `json:"moveRegistered,omitzero"`
	ResidencePermit Fact[ResidencePermit] `json:"residencePermit,omitzero"`
}

// ResidencePermit is the holder's permit to stay.
type ResidencePermit string

// Card is the holder's card.
type Card struct {
	Kind            Fact[CardKind]  `json:"kind,omitzero"`
	State           Fact[CardState] `json:"state,omitzero"`
	ExpiresOn       Fact[Date]      `json:"expiresOn,omitzero"`
	FaceFull        Fact[bool]      `json:"faceFull,omitzero"`
	ChipMatchesFace Fact[bool]      `json:"chipMatchesFace,omitzero"`
}

// Certificates are the two certificates on the card.
type Certificates struct {
	Signature          Certificate `json:"signature,omitzero"`
	UserIdentification Certificate `json:"user-identification,omitzero"`
}

// Certificate is the state of one certificate.
type Certificate struct {
	State     Fact[CertificateState] `json:"state,omitzero"`
	ExpiresOn Fact[Date]             `json:"expiresOn,omitzero"`
}

// PINStates are the states of the four PINs. A PIN's value never comes near a situation.
type PINStates struct {
	Signature            Fact[PINState] `json:"signature,omitzero"`
	UserIdentification   Fact[PINState] `json:"user-identification,omitzero"`
	ResidentRegistration Fact[PINState] `json:"resident-registration,omitzero"`
	CardInfoInput        Fact[PINState] `json:"card-info-input,omitzero"`
}

// Letter is the inquiry, reply and proxy letter as it was brought in.
type Letter struct {
	State      Fact[LetterState] `json:"state,omitzero"`
	Sealed     Fact[bool]        `json:"sealed,omitzero"`
	Complete   Fact[bool]        `json:"complete,omitzero"`
	ValidUntil Fact[Date]        `json:"validUntil,omitzero"`
}

// Paper is one paper that was shown. Document is its name as the rule set's
// lists spell it; Class stands instead where the clerk judges a paper that is
// on no list.
type Paper struct {
	Document  string        `json:"document,omitempty"`
	Class     DocumentClass `json:"class,omitempty"`
	Of        Party         `json:"of"`
	IssuedOn  Fact[Date]    `json:"issuedOn,omitzero"`
	ExpiresOn Fact[Date]    `json:"expiresOn,omitzero"`
}
