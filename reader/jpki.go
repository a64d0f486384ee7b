package reader

import (
	"bytes"
	"context"
	"strings"
)

// JPKI is the application of the two certificates (公的個人認証AP).
const JPKI ApplicationID = "D392F000260100000001"

// The files of the JPKI application that are read or verified here.
// Observed: OpenSC card-jpki.c, jpki/myna and five more clients agree.
const (
	signatureCertificate  FileID = 0x0001 // DER, after the signature password
	tokenInformation      FileID = 0x0006 // begins with a label of 32 bytes
	certificatePresence   FileID = 0x0008 // 3 bytes, one a certificate
	identificationCert    FileID = 0x000A // DER, free on the plastic card
	identificationPINFile FileID = 0x0018
	signaturePINFile      FileID = 0x001B
)

// certificatePrefix is how much of a certificate is read: the dates end before
// byte 210 under the issuer names in use, and 256 is what one command can bring.
const certificatePrefix = 256

// labelSize is the length of the token's label, padded with spaces (PKCS #11 CK_TOKEN_INFO).
const labelSize = 32

// present marks an issued certificate in the presence file.
// Observed by one client only: 8F 8F 00 where both are there.
const present = 0x8F

// jpkiState is what the JPKI application says without a PIN.
type jpkiState struct {
	found          bool
	token          string
	signature      presence
	identification presence
	validity       *validity // of the user-identification certificate
	signaturePIN   pinAnswer
	identPIN       pinAnswer
}

// presence says whether a certificate was issued to the card.
type presence int

const (
	presenceUnknown presence = iota
	presenceYes
	presenceNo
)

// readJPKI reads the application line by line: a line that does not answer
// stays unknown. Only a fault of the transport ends it.
func (s *Session) readJPKI(ctx context.Context) (jpkiState, error) {
	var j jpkiState
	found, err := s.enter(ctx, JPKI)
	if err != nil || !found {
		return j, err
	}
	j.found = true
	steps := []func(context.Context, *jpkiState) error{
		s.readToken, s.readPresence, s.askSignaturePIN, s.askIdentificationPIN, s.readIdentification,
	}
	for _, step := range steps {
		if err := ignoreRefusal(step(ctx, &j)); err != nil {
			return j, err
		}
	}
	return j, nil
}

func (s *Session) readToken(ctx context.Context, j *jpkiState) error {
	data, err := s.readFile(ctx, tokenInformation, labelSize)
	if err == nil {
		j.token = label(data)
	}
	return err
}

// label returns the printable label, or nothing where there is none.
func label(data []byte) string {
	text := strings.TrimRight(string(bytes.TrimRight(data, "\x00")), " ")
	for _, r := range text {
		if r < 0x20 || r > 0x7E {
			return ""
		}
	}
	return text
}

func (s *Session) readPresence(ctx context.Context, j *jpkiState) error {
	data, err := s.readFile(ctx, certificatePresence, 3)
	if err == nil && len(data) >= 2 {
		j.signature, j.identification = presenceOf(data[0]), presenceOf(data[1])
	}
	return err
}

func presenceOf(b byte) presence {
	switch b {
	case present:
		return presenceYes
	case 0x00: // Assumed: one client reports only "not 8F"
		return presenceNo
	}
	return presenceUnknown
}

// known returns whether a certificate is there, or nil where that is not known.
func (p presence) known() *bool {
	if p == presenceUnknown {
		return nil
	}
	there := p == presenceYes
	return &there
}

func (s *Session) askSignaturePIN(ctx context.Context, j *jpkiState) (err error) {
	j.signaturePIN, err = s.ask(ctx, signaturePINFile)
	return err
}

func (s *Session) askIdentificationPIN(ctx context.Context, j *jpkiState) (err error) {
	j.identPIN, err = s.ask(ctx, identificationPINFile)
	return err
}

func (s *Session) readIdentification(ctx context.Context, j *jpkiState) error {
	if j.identification == presenceNo {
		return nil
	}
	v, err := s.readValidity(ctx, identificationCert)
	j.validity = v
	return err
}

// readValidity reads the dates of a certificate from its first 256 bytes. The
// bytes, which may hold the beginning of the holder's name, are wiped at once.
func (s *Session) readValidity(ctx context.Context, f FileID) (*validity, error) {
	data, err := s.readFile(ctx, f, certificatePrefix)
	if err != nil {
		return nil, err
	}
	defer clear(data)
	v, err := parseValidity(data)
	if err != nil {
		return nil, nil // not a certificate that can be read: the line stays unknown
	}
	return &v, nil
}
