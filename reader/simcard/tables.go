package simcard

// The applications of a card, by the name a description uses.
const (
	appJPKI     = "D392F000260100000001"
	appInfo     = "D3921000310001010408"
	appRegister = "D3921000310001010401"
	appCommon   = "D3921000310001010100"
	appManager  = "A0000001510000"
)

var missingNames = map[string]string{
	"jpki":              appJPKI,
	"card-info-input":   appInfo,
	"resident-register": appRegister,
	"common":            appCommon,
	"card-manager":      appManager,
}

// tokens holds the label in the JPKI application of each kind; empty where the
// kind has no such application.
var tokens = map[Kind]string{
	IndividualNumberCard: "JPKIAPICCTOKEN2",
	JukiCard:             "JPKIAPICCTOKEN",
	AndroidPhone:         "JPKIAPGPSETOKEN",
	IPhone:               "JPKIAPIOSTOKEN",
	DriverLicence:        "",
	ResidenceCard:        "",
	Passport:             "",
	PaymentCard:          "",
	TransitCard:          "",
}

// foreign holds the one application of the other kinds.
var foreign = map[Kind]string{
	DriverLicence: "A0000002310100000000000000000000",
	ResidenceCard: "D392F0004F0200000000000000000000",
	Passport:      "A0000002471001",
	PaymentCard:   "325041592E5359532E4444463031",
}

var atrs = map[Kind]string{
	JukiCard:      "3B888001000014E0B38191005E",
	AndroidPhone:  "3B80800101",
	IPhone:        "3B80800101",
	DriverLicence: "3B888001000000009181C100D8",
	TransitCard:   "3B8F8001804F0CA0000003061100" + "3B0000000042",
}

var limits = map[string]int{
	Signature:            5,
	UserIdentification:   3,
	ResidentRegistration: 3,
	CardInfoInput:        3,
}

// values are the PINs of a card whose description names none.
var values = map[string]string{
	Signature:            "SAMPLE1",
	UserIdentification:   "1234",
	ResidentRegistration: "1234",
	CardInfoInput:        "1234",
}
