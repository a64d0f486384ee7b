package simcard

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/hex"
	"testing"
	"time"
)

// now is the day of the tests.
var now = time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)

func newCard(t *testing.T, d Description) *Card {
	t.Helper()
	c, err := New(d, now)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// send sends commands in hexadecimal digits and compares the answers with the
// wanted beginnings and status words.
func send(t *testing.T, c *Card, pairs ...string) {
	t.Helper()
	for i := 0; i+1 < len(pairs); i += 2 {
		command, err := hex.DecodeString(pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		answer, err := c.Transmit(context.Background(), command)
		if err != nil {
			t.Fatalf("%s: %v", pairs[i], err)
		}
		want, _ := hex.DecodeString(pairs[i+1])
		if !bytes.HasSuffix(answer, want) {
			t.Fatalf("%s: got %X, want it to end with %X", pairs[i], answer, want)
		}
	}
}

const (
	selectJPKI     = "00A4040C0AD392F000260100000001"
	selectInfo     = "00A4040C0AD3921000310001010408"
	selectRegister = "00A4040C0AD3921000310001010401"
	selectCommon   = "00A4040C0AD3921000310001010100"
	selectManager  = "00A4040C07A0000001510000"
)

func TestStrictness(t *testing.T) {
	tests := map[string][]string{
		"application by a part of its name is refused": {"00A4040C05D392100031", "6A82"},
		"unknown application":                          {"00A4040C0700000000000000", "6A82"},
		"unknown file":                                 {selectJPKI, "9000", "00A4020C020099", "6A82"},
		"a refused file keeps the one before":          {selectJPKI, "9000", "00A4020C020018", "9000", "00A4020C020099", "6A82", "00200080", "63C3"},
		"select of the root":                           {"00A40000", "6A86"},
		"select with another P1":                       {selectJPKI, "9000", "00A4090C02000A", "6A86"},
		"no file selected":                             {selectJPKI, "9000", "00200080", "6986", "00B0000000", "6986"},
		"reading a PIN":                                {selectJPKI, "9000", "00A4020C020018", "9000", "00B0000000", "6981"},
		"reading a record file as bytes":               {selectCommon, "9000", "00A4020C020001", "9000", "00B0000000", "6981"},
		"verifying a certificate":                      {selectJPKI, "9000", "00A4020C02000A", "9000", "00200080", "6981"},
		"past the end":                                 {selectJPKI, "9000", "00A4020C020008", "9000", "00B0000300", "6B00"},
		"no such record":                               {selectCommon, "9000", "00B2020C00", "6A83"},
		"signature certificate without its PIN":        {selectJPKI, "9000", "00B0810000", "6982"},
		"a PIN of the other kind opens nothing":        {selectJPKI, "9000", "0020009804" + "31323334", "9000", "00B0810000", "6982"},
		"change without verify":                        {selectJPKI, "9000", "0024019804" + "39393939", "6982"},
		"change key where change reference is meant":   {selectJPKI, "9000", "0020009804" + "31323334", "9000", "8032009804" + "39393939", "6D00"},
		"change reference where change key is meant":   {selectCommon, "9000", "0020009C04" + "31323334", "9000", "0024019C04" + "39393939", "6D00"},
		"class":                   {"90A4000000", "6E00", "01A4000000", "6881", "0CA4000000", "6882"},
		"instruction":             {"00CA000000", "6D00"},
		"too short for a command": {"00A4", "6700"},
		"length that lies":        {"00A4040C0AD392F0", "6700"},
		"extended length":         {selectJPKI, "9000", "00B08A00000000", "6700"},
		"VERIFY with an expected length is no question": {selectJPKI, "9000", "0020009800", "6700"},
	}
	for name, pairs := range tests {
		t.Run(name, func(t *testing.T) { send(t, newCard(t, Description{}), pairs...) })
	}
}

func TestLockedStaysLocked(t *testing.T) {
	for answer, want := range map[string]string{"": "63C0", "6984": "6984", "6983": "6983"} {
		zero := 0
		c := newCard(t, Description{LockedAs: answer, PINs: map[string]PIN{UserIdentification: {Remaining: &zero}}})
		send(t, c, selectJPKI, "9000", "00200098", want,
			"0020009804"+"31323334", "6984", // the right PIN
			"00200098", want, "00A4020C020018", "9000", "00200080", want)
	}
}

func TestCounterFallsAndIsRestored(t *testing.T) {
	c := newCard(t, Description{})
	send(t, c, selectInfo, "9000", "00200091", "63C3",
		"0020009104"+"30303030", "63C2", "00200091", "63C2",
		"0020009103"+"313233", "63C1", // a wrong length costs as much
		"0020009104"+"31323334", "9000", "00200091", "63C3")
	if !c.AnyVerified() {
		t.Error("nothing is verified after a success")
	}
	send(t, c, selectManager, "9000")
	if c.AnyVerified() {
		t.Error("selecting another application forgot nothing")
	}
	send(t, c, selectInfo, "9000", "0020009104"+"30303030", "63C2", "0020009104"+"30303030", "63C1", "0020009104"+"30303030", "63C0", "0020009104"+"31323334", "6984")
	if left, _ := c.TriesLeft(CardInfoInput); left != 0 {
		t.Errorf("%d tries left, want 0", left)
	}
}

func TestReselectingTheSameApplicationForgetsNothing(t *testing.T) {
	c := newCard(t, Description{})
	send(t, c, selectJPKI, "9000", "0020009804"+"31323334", "9000", selectJPKI, "9000")
	if !c.AnyVerified() {
		t.Error("the card is kinder than the real one: selecting the same application forgot the PIN")
	}
}

func TestCertificatesAreReal(t *testing.T) {
	c := newCard(t, Description{ExpiresOn: "2030-05-01"})
	send(t, c, selectJPKI, "9000")
	var der []byte
	for offset := 0; ; offset += 256 {
		answer, err := c.Transmit(context.Background(), append([]byte{0, 0xB0}, byte(offset>>8), byte(offset), 0)[:5])
		if offset == 0 {
			answer, err = c.Transmit(context.Background(), []byte{0, 0xB0, 0x8A, 0, 0})
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(answer) > 258 {
			t.Fatalf("%d bytes in one answer", len(answer))
		}
		der = append(der, answer[:len(answer)-2]...)
		if len(answer) < 258 {
			break
		}
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	if got := cert.NotAfter.Format(time.RFC3339); got != "2030-05-01T14:59:59Z" {
		t.Errorf("ends %s", got)
	}
	if len(der) <= 256 {
		t.Errorf("%d bytes: the second read is never needed", len(der))
	}
}

func TestRecordsHoldNoPIN(t *testing.T) {
	c := newCard(t, Description{PINs: map[string]PIN{UserIdentification: {Value: "7351"}}})
	send(t, c, selectJPKI, "9000", "0020009804"+"37333531", "9000", "0024019804"+"37333532", "9000", "0020009804"+"37333532", "9000")
	for _, r := range c.Records() {
		if bytes.Contains(r.Command, []byte("735")) {
			t.Errorf("a record holds a PIN: %X", r.Command)
		}
	}
	if got := len(c.Records()); got != 4 {
		t.Errorf("%d records, want 4", got)
	}
}

func TestDescriptionIsChecked(t *testing.T) {
	for _, text := range []string{
		`{`, `{"kind":"fish"}`, `{"pins":{"other":{}}}`, `{"pins":{"signature":{"remaining":6}}}`, `{"pins":{"signature":{"remaining":-1}}}`,
		`{"lockedAs":"6985"}`, `{"atr":"3"}`, `{"expiresOn":"2030-02-30"}`, `{"missing":["x"]}`, `{"faults":[{"at":0,"kind":"pull"}]}`,
		`{"faults":[{"at":1,"kind":"status","status":"9"}]}`, `{"faults":[{"at":1,"kind":"x"}]}`, `{"certificates":{"x":{}}}`,
		`{"certificates":{"signature":{"notAfter":"2030"}}}`, `{"colour":"red"}`,
	} {
		if _, err := ParseDescription([]byte(text)); err == nil {
			t.Errorf("%s was accepted", text)
		}
	}
	if _, err := ParseDescription([]byte(`{"pins":{"user-identification":{"remaining":0}},"lockedAs":"6984"}`)); err != nil {
		t.Error(err)
	}
}
