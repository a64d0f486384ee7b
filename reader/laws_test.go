package reader_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"madoguchi/reader"
	"madoguchi/reader/simcard"
)

// TestCommandBudget counts the commands of a summary.
func TestCommandBudget(t *testing.T) {
	tests := []struct {
		name    string
		card    simcard.Description
		options []reader.Option
		most    int
	}{
		{"short file identifiers", simcard.Description{}, nil, 14},
		{"every file selected", simcard.Description{}, []reader.Option{reader.SelectFiles()}, 23},
		// One command more, to learn that short identifiers are refused.
		{"short file identifiers refused", simcard.Description{NoShortFileIDs: true}, nil, 24},
		{"short file identifiers known to be refused", simcard.Description{NoShortFileIDs: true}, []reader.Option{reader.SelectFiles()}, 23},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			card := newCard(t, test.card)
			summary, err := reader.ReadSummary(context.Background(), card, today, test.options...)
			if err != nil {
				t.Fatal(err)
			}
			if n := len(card.Records()); n > test.most || n != summary.Commands {
				t.Errorf("%d commands, summary says %d, want at most %d", n, summary.Commands, test.most)
			}
			wantPIN(2, reader.PINOK, 3)(t, summary)
			wantCertificate(0, reader.CertificateValid, "2031-11-24")(t, summary)
		})
	}
}

// descriptions are cards of every sort, for laws that hold for all of them.
func descriptions() map[string]simcard.Description {
	cards := map[string]simcard.Description{
		"fresh": {}, "golden": golden(), "face verification": faceVerification(),
		"no short identifiers": {NoShortFileIDs: true}, "chained": {Chained: true},
		"locked as 6984": {LockedAs: "6984", PINs: faceVerification().PINs},
	}
	for _, app := range []string{"jpki", "card-info-input", "resident-register", "common", "card-manager"} {
		cards["without "+app] = simcard.Description{Missing: []string{app}}
	}
	for _, kind := range []simcard.Kind{simcard.JukiCard, simcard.AndroidPhone, simcard.IPhone, simcard.DriverLicence, simcard.ResidenceCard, simcard.Passport, simcard.PaymentCard, simcard.TransitCard} {
		cards[string(kind)] = simcard.Description{Kind: kind}
	}
	return cards
}

// TestReadingSpendsNothing reads every sort of card and looks at each command
// that went out: no VERIFY with data, no file of the individual number, and at
// the end another application selected, nothing verified and no try gone.
func TestReadingSpendsNothing(t *testing.T) {
	for name, d := range descriptions() {
		t.Run(name, func(t *testing.T) {
			card := newCard(t, d)
			before := counters(card)
			if _, err := reader.ReadSummary(context.Background(), card, today); err != nil {
				t.Fatal(err)
			}
			wantHarmless(t, card)
			if after := counters(card); after != before {
				t.Errorf("tries went from %s to %s", before, after)
			}
			records := card.Records()
			if last := records[len(records)-1].Command; !bytes.HasPrefix(last, []byte{0x00, 0xA4, 0x04}) {
				t.Errorf("the last command is %X, want the leaving SELECT", last)
			}
		})
	}
}

// counters writes the tries left of all PINs.
func counters(card *simcard.Card) string {
	var b strings.Builder
	for _, name := range []string{simcard.Signature, simcard.UserIdentification, simcard.ResidentRegistration, simcard.CardInfoInput} {
		left, second := card.TriesLeft(name)
		fmt.Fprintf(&b, "%d/%d ", left, second)
	}
	return b.String()
}

// wantHarmless looks for commands that reading must never send.
func wantHarmless(t *testing.T, card *simcard.Card) {
	t.Helper()
	if card.AnyVerified() {
		t.Error("a PIN is still verified")
	}
	application := ""
	for _, r := range card.Records() {
		c := r.Command
		switch {
		case len(c) >= 4 && c[1] == 0x20 && len(c) > 4:
			t.Errorf("VERIFY with data: %s", reader.Describe(c))
		case len(c) >= 2 && (c[1] == 0x24 || c[1] == 0x32):
			t.Errorf("a change: %s", reader.Describe(c))
		case len(c) > 5 && c[1] == 0xA4 && c[2] == 0x04:
			application = hex.EncodeToString(c[5 : 5+int(c[4])])
		}
		if file := fileOf(c); forbidden(application, file) {
			t.Errorf("file %04X of %s was touched: %X", file, application, c)
		}
	}
}

// fileOf returns the file a command names, or 0.
func fileOf(c []byte) int {
	switch {
	case len(c) == 7 && c[1] == 0xA4 && c[2] == 0x02:
		return int(c[5])<<8 | int(c[6])
	case len(c) >= 4 && c[1] == 0xB0 && c[2]&0x80 != 0:
		return int(c[2] & 0x1F)
	case len(c) >= 4 && c[1] == 0x20 && c[3]&0x1F != 0:
		return int(c[3] & 0x1F)
	}
	return 0
}

// forbidden names the files that hold the individual number, or take it as a key.
func forbidden(application string, file int) bool {
	switch application {
	case "d3921000310001010408":
		return file == 0x0001 || file == 0x0003 || file == 0x0014
	case "d3921000310001010402":
		return true
	}
	return false
}

// TestEveryStatusHasOneMeaning goes through all 65,536 status words.
func TestEveryStatusHasOneMeaning(t *testing.T) {
	counts := map[reader.Meaning]int{}
	for word := range 0x10000 {
		m := reader.Status(word).Meaning()
		if m == "" {
			t.Fatalf("%04X has no meaning", word)
		}
		counts[m]++
	}
	want := map[reader.Meaning]int{
		reader.Done: 1, reader.Tries: 16, reader.Locked: 2, reader.NotAuthenticated: 1, reader.NotFound: 1,
		reader.NoReference: 1, reader.NoRecord: 1, reader.WrongFileKind: 1, reader.MoreData: 256, reader.WrongExpected: 256,
		reader.PastEnd: 256, reader.WrongLength: 256, reader.ChannelRefused: 256, reader.Unsupported: 512, reader.CardTrouble: 1024,
	}
	for m, n := range want {
		if counts[m] != n {
			t.Errorf("%s is the meaning of %d words, want %d", m, counts[m], n)
		}
	}
	for word := range 0x10000 {
		if n, ok := reader.Status(word).TriesLeft(); ok != (word&0xFFF0 == 0x63C0) || ok && n != word&0xF {
			t.Fatalf("%04X says %d tries, %v", word, n, ok)
		}
	}
}
