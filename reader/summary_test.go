package reader_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"madoguchi/reader"
	"madoguchi/reader/simcard"
)

// today is the day of the tests, and now an instant on it.
const today reader.Date = "2026-11-24"

var now = time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)

func newCard(t testing.TB, d simcard.Description) *simcard.Card {
	t.Helper()
	c, err := simcard.New(d, now)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func tries(n int) *int { return &n }

// golden is a card with every line filled.
func golden() simcard.Description {
	return simcard.Description{
		ExpiresOn:    "2030-05-01",
		PINs:         map[string]simcard.PIN{simcard.UserIdentification: {Remaining: tries(0)}, simcard.CardInfoInput: {Remaining: tries(1)}},
		Certificates: map[string]simcard.Certificate{simcard.UserIdentification: {NotAfter: "2027-01-15"}},
	}
}

const goldenJSON = `{
 "reader": "", 
 "card": {"kind": "individual-number-card", "token": "JPKIAPICCTOKEN2", "expiresOn": "2030-05-01"},
 "pins": [
  {"kind": "signature", "remaining": 5, "limit": 5, "state": "ok"},
  {"kind": "user-identification", "remaining": 0, "limit": 3, "state": "locked"},
  {"kind": "resident-registration", "remaining": 3, "limit": 3, "state": "ok"},
  {"kind": "card-info-input", "remaining": 1, "limit": 3, "state": "last-try"}
 ],
 "certificates": [
  {"kind": "user-identification", "state": "valid", "expiresOn": "2027-01-15", "present": true},
  {"kind": "signature", "state": "unknown", "expiresOn": null, "present": true}
 ],
 "commands": 14
}`

func TestSummaryJSON(t *testing.T) {
	summary, err := reader.ReadSummary(context.Background(), newCard(t, golden()), today)
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(summary)
	if err != nil {
		t.Fatal(err)
	}
	if want := compact(t, goldenJSON); string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// compact writes JSON without spaces.
func compact(t *testing.T, text string) string {
	t.Helper()
	var out json.RawMessage
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestSummaryLines reads cards whose lines differ, and looks at what differs.
func TestSummaryLines(t *testing.T) {
	tests := []struct {
		name  string
		card  simcard.Description
		check func(t *testing.T, s reader.Summary)
	}{
		{"locked as 6984", simcard.Description{LockedAs: "6984", PINs: map[string]simcard.PIN{simcard.Signature: {Remaining: tries(0)}}}, wantPIN(0, reader.PINLocked, 0)},
		{"locked as 6983", simcard.Description{LockedAs: "6983", PINs: map[string]simcard.PIN{simcard.Signature: {Remaining: tries(0)}}}, wantPIN(0, reader.PINLocked, 0)},
		{"locked as 63C0", simcard.Description{PINs: map[string]simcard.PIN{simcard.Signature: {Remaining: tries(0)}}}, wantPIN(0, reader.PINLocked, 0)},
		{"unset", simcard.Description{PINs: map[string]simcard.PIN{simcard.Signature: {Unset: true}}}, wantPIN(0, reader.PINUnset, -1)},
		{"no JPKI: the rest stands", simcard.Description{Missing: []string{"jpki"}}, all(wantKind(reader.IndividualNumberCard), wantPIN(0, reader.PINUnknown, -1), wantPIN(1, reader.PINUnknown, -1), wantPIN(2, reader.PINOK, 3), wantPIN(3, reader.PINOK, 3))},
		{"no card-info input", simcard.Description{Missing: []string{"card-info-input"}}, all(wantPIN(3, reader.PINUnknown, -1), wantPIN(0, reader.PINOK, 5))},
		{"halves differ", simcard.Description{PINs: map[string]simcard.PIN{simcard.ResidentRegistration: {Remaining: tries(3), Common: tries(2)}}}, all(wantPIN(2, reader.PINOK, 2), wantHalves(3, 2))},
		{"one half locked", simcard.Description{PINs: map[string]simcard.PIN{simcard.ResidentRegistration: {Remaining: tries(0), Common: tries(3)}}}, all(wantPIN(2, reader.PINLocked, 0), wantHalves(0, 3))},
		{"one half missing", simcard.Description{Missing: []string{"resident-register"}}, all(wantPIN(2, reader.PINUnknown, -1), wantHalves(-1, 3))},
		{"no common: no expiry", simcard.Description{Missing: []string{"common"}}, func(t *testing.T, s reader.Summary) {
			if s.Card.ExpiresOn != "" {
				t.Errorf("expires %s", s.Card.ExpiresOn)
			}
		}},
		{"certificate on its last day", certificateUntil("2026-11-24"), wantCertificate(0, reader.CertificateValid, "2026-11-24")},
		{"certificate on the day after", certificateUntil("2026-11-23"), wantCertificate(0, reader.CertificateExpired, "2026-11-23")},
		{"certificate from tomorrow", simcard.Description{Certificates: map[string]simcard.Certificate{simcard.UserIdentification: {NotBefore: "2026-11-25", NotAfter: "2031-11-25"}}}, wantCertificate(0, reader.CertificateUnknown, "2031-11-25")},
		{"certificate beyond 2050", simcard.Description{Certificates: map[string]simcard.Certificate{simcard.UserIdentification: {NotBefore: "2026-01-01", NotAfter: "2051-01-01"}}}, wantCertificate(0, reader.CertificateValid, "2051-01-01")},
		{"no signature certificate", noCertificate(simcard.Signature), wantCertificate(1, reader.CertificateNone, "")},
		{"no identification certificate", noCertificate(simcard.UserIdentification), wantCertificate(0, reader.CertificateNone, "")},
		{"face verification", faceVerification(), func(t *testing.T, s reader.Summary) {
			if !s.Card.PerhapsFaceVerification {
				t.Error("not marked")
			}
		}},
		{"locked, but with a signature certificate", simcard.Description{PINs: map[string]simcard.PIN{simcard.UserIdentification: {Remaining: tries(0)}}}, func(t *testing.T, s reader.Summary) {
			if s.Card.PerhapsFaceVerification {
				t.Error("marked")
			}
		}},
		{"old juki card", simcard.Description{Kind: simcard.JukiCard}, wantKind(reader.JukiCard)},
		{"Android", simcard.Description{Kind: simcard.AndroidPhone}, all(wantKind(reader.Smartphone), wantPIN(1, reader.PINOK, 3), wantCertificate(0, reader.CertificateUnknown, ""))},
		{"iPhone", simcard.Description{Kind: simcard.IPhone}, wantKind(reader.Smartphone)},
		{"driver licence", simcard.Description{Kind: simcard.DriverLicence}, wantOther(reader.DriverLicence)},
		{"residence card", simcard.Description{Kind: simcard.ResidenceCard}, wantOther(reader.ResidenceCard)},
		{"passport", simcard.Description{Kind: simcard.Passport}, wantOther(reader.Passport)},
		{"payment card", simcard.Description{Kind: simcard.PaymentCard}, wantOther(reader.PaymentCard)},
		{"transit card", simcard.Description{Kind: simcard.TransitCard}, wantOther("")},
		{"chained answers", simcard.Description{Chained: true, Certificates: certificateUntil("2027-01-15").Certificates}, wantCertificate(0, reader.CertificateValid, "2027-01-15")},
		{"first command answers 6F00", withFault(1, simcard.Answer, "6F00"), all(wantKind(reader.IndividualNumberCard), wantPIN(0, reader.PINOK, 5))},
		{"slow, but answers", simcard.Description{DelayMilliseconds: 1}, wantPIN(3, reader.PINOK, 3)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			summary, err := reader.ReadSummary(context.Background(), newCard(t, test.card), today)
			if err != nil {
				t.Fatal(err)
			}
			test.check(t, summary)
		})
	}
}

func all(checks ...func(*testing.T, reader.Summary)) func(*testing.T, reader.Summary) {
	return func(t *testing.T, s reader.Summary) {
		for _, c := range checks {
			c(t, s)
		}
	}
}

// wantPIN wants the state of a line and the tries left; -1 is not known.
func wantPIN(line int, state reader.PINState, left int) func(*testing.T, reader.Summary) {
	return func(t *testing.T, s reader.Summary) {
		if len(s.PINs) != 4 {
			t.Fatalf("%d PINs", len(s.PINs))
		}
		p := s.PINs[line]
		if p.State != state || value(p.Remaining) != left {
			t.Errorf("%s is %s with %d, want %s with %d", p.Kind, p.State, value(p.Remaining), state, left)
		}
	}
}

func value(n *int) int {
	if n == nil {
		return -1
	}
	return *n
}

func wantHalves(register, common int) func(*testing.T, reader.Summary) {
	return func(t *testing.T, s reader.Summary) {
		h := s.PINs[2].Halves
		if len(h) != 2 || value(h[0].Remaining) != register || value(h[1].Remaining) != common {
			t.Errorf("halves are %+v, want %d and %d", h, register, common)
		}
	}
}

func wantKind(kind reader.CardKind) func(*testing.T, reader.Summary) {
	return func(t *testing.T, s reader.Summary) {
		if s.Card.Kind != kind {
			t.Errorf("kind is %s, want %s", s.Card.Kind, kind)
		}
	}
}

func wantOther(kind reader.OtherKind) func(*testing.T, reader.Summary) {
	return func(t *testing.T, s reader.Summary) {
		if s.Card.Kind != reader.OtherCard || s.Card.Other != kind || len(s.PINs) != 0 || len(s.Certificates) != 0 {
			t.Errorf("got %+v, want other card %q and no lines", s, kind)
		}
	}
}

func wantCertificate(line int, state reader.CertificateState, until reader.Date) func(*testing.T, reader.Summary) {
	return func(t *testing.T, s reader.Summary) {
		if c := s.Certificates[line]; c.State != state || c.ExpiresOn != until {
			t.Errorf("%s is %s until %q, want %s until %q", c.Kind, c.State, c.ExpiresOn, state, until)
		}
	}
}

func certificateUntil(day string) simcard.Description {
	return simcard.Description{Certificates: map[string]simcard.Certificate{simcard.UserIdentification: {NotAfter: day}}}
}

func noCertificate(kind string) simcard.Description {
	return simcard.Description{Certificates: map[string]simcard.Certificate{kind: {None: true}}}
}

func faceVerification() simcard.Description {
	d := noCertificate(simcard.Signature)
	d.PINs = map[string]simcard.PIN{}
	for _, name := range []string{simcard.Signature, simcard.UserIdentification, simcard.ResidentRegistration, simcard.CardInfoInput} {
		d.PINs[name] = simcard.PIN{Remaining: tries(0)}
	}
	return d
}

func withFault(at int, kind simcard.FaultKind, status string) simcard.Description {
	return simcard.Description{Faults: []simcard.Fault{{At: at, Kind: kind, Status: status}}}
}
