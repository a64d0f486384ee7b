//go:build linux && cgo

package reader_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/ebfe/scard"

	"madoguchi/reader"
	"madoguchi/reader/simcard"
)

// update writes the recordings of OpenSC's client anew.
var update = flag.Bool("update", false, "write testdata/opensc anew")

// testWhatItCosts counts the commands and bytes of each client on the same card.
func testWhatItCosts(t *testing.T, place *behindDaemon) {
	card := newCard(t, simcard.Description{})
	place.insert(t, card)
	for name, read := range map[string]func() error{
		"summary": func() error {
			_, err := reader.New(place.counted).Summary(context.Background(), virtualReader, today)
			return err
		},
		"list-pins":           func() error { _, err := opensc("--list-pins"); return err },
		"read-certificate-01": func() error { _, err := opensc("--read-certificate", "01"); return err },
	} {
		before := len(card.Records())
		if err := read(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		records := card.Records()[before:]
		sent, received := 0, 0
		for _, r := range records {
			sent, received = sent+len(r.Command), received+len(r.Answer)
		}
		t.Logf("%-20s %3d commands %5d bytes sent %5d bytes received", name, len(records), sent, received)
		if *update && name != "summary" {
			writeRecording(t, name, records)
		}
	}
}

func writeRecording(t *testing.T, name string, records []simcard.Record) {
	t.Helper()
	text := "# What pkcs15-tool of OpenSC 0.23.0 (Debian 12) sends to a simulated card for --" + name + ".\n"
	for _, r := range records {
		text += fmt.Sprintf("%X\n", r.Command)
	}
	if err := os.WriteFile(recordingOf(name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// opensc runs OpenSC's client on the virtual reader.
func opensc(args ...string) (string, error) {
	out, err := exec.Command("pkcs15-tool", append([]string{"--reader", virtualReader}, args...)...).CombinedOutput()
	return string(out), err
}

// testOpenSC lets another client read the same card, and spend a try.
func testOpenSC(t *testing.T, place *behindDaemon) {
	card := newCard(t, pinCard())
	place.insert(t, card)
	out, err := opensc("--list-pins")
	if err != nil {
		t.Fatalf("listing PINs: %v\n%s", err, out)
	}
	for _, want := range []string{`User Authentication PIN(?s:.*?)Tries left\s*: 3`, `Digital Signature PIN(?s:.*?)Tries left\s*: 5`} {
		if !regexp.MustCompile(want).MatchString(out) {
			t.Errorf("the list of PINs lacks %s:\n%s", want, out)
		}
	}
	wantSameCertificate(t, card)
	if out, err := opensc("--verify-pin", "--auth-id", "01", "--pin", wrongDigits); err == nil {
		t.Errorf("a wrong PIN was accepted:\n%s", out)
	}
	if n := attempts(card); n != 1 {
		t.Errorf("a wrong PIN was sent %d times", n)
	}
	if left, _ := card.TriesLeft(simcard.UserIdentification); left != 2 {
		t.Errorf("%d tries left, want 2", left)
	}
	summary, err := reader.New(place.counted).Summary(context.Background(), virtualReader, today)
	if err != nil {
		t.Fatal(err)
	}
	wantPIN(1, reader.PINOK, 2)(t, summary)
}

// wantSameCertificate compares what the other client reads with the card's bytes.
func wantSameCertificate(t *testing.T, card *simcard.Card) {
	t.Helper()
	out, err := opensc("--read-certificate", "01")
	if err != nil {
		t.Fatalf("reading certificate 01: %v\n%s", err, out)
	}
	block, _ := pem.Decode([]byte(out[max(0, bytes.Index([]byte(out), []byte("-----BEGIN"))):]))
	if block == nil {
		t.Fatalf("no certificate in\n%s", out)
	}
	if _, err := x509.ParseCertificate(block.Bytes); err != nil {
		t.Errorf("the certificate: %v", err)
	}
	if !bytes.Equal(block.Bytes, card.Certificate(simcard.UserIdentification)) {
		t.Error("the other client read other bytes")
	}
}

// testHeldByAnother lets another program hold the card for itself, then give it back, then reset it.
func testHeldByAnother(t *testing.T, place *behindDaemon) {
	card := newCard(t, golden())
	place.insert(t, card)
	other, err := scard.EstablishContext()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Release() }()
	taken, err := other.Connect(virtualReader, scard.ShareExclusive, scard.ProtocolAny)
	if err != nil {
		t.Fatal(err)
	}
	r, start := reader.New(place.counted), time.Now()
	_, err = r.Summary(context.Background(), virtualReader, today)
	wantFault(t, err, reader.Busy)
	if waited := time.Since(start); waited > 2*time.Second {
		t.Errorf("told after %s", waited)
	}
	if err := taken.Disconnect(scard.ResetCard); err != nil {
		t.Error(err)
	}
	if _, err := r.Summary(context.Background(), virtualReader, today); err != nil {
		t.Errorf("given back: %v", err)
	}

	shared, err := other.Connect(virtualReader, scard.ShareShared, scard.ProtocolAny)
	if err != nil {
		t.Fatal(err)
	}
	if err := shared.BeginTransaction(); err != nil {
		t.Fatal(err)
	}
	start = time.Now()
	_, err = r.Summary(context.Background(), virtualReader, today)
	wantFault(t, err, reader.Busy)
	if waited := time.Since(start); waited > 2*time.Second {
		t.Errorf("told after %s", waited)
	}
	if err := shared.EndTransaction(scard.ResetCard); err != nil {
		t.Error(err)
	}
	if _, err := r.Summary(context.Background(), virtualReader, today); err != nil {
		t.Errorf("after a reset by another program: %v", err)
	}
	if err := shared.Disconnect(scard.LeaveCard); err != nil {
		t.Error(err)
	}
	wantHarmless(t, card)
}

// testWatchingDaemon watches cards come and go on two readers, and what it costs to wait.
func testWatchingDaemon(t *testing.T, place *behindDaemon) {
	ctx, end := context.WithCancel(context.Background())
	defer end()
	w := watch(ctx, place.counted)
	// The daemon looks at a virtual reader every 400 ms; what is told comes within 100 ms of that.
	const noticed = 500 * time.Millisecond
	place.insert(t, newCard(t, golden()))
	waitTold(t, w, "a card", 5*time.Second, cards(1))
	reported := reportOf(t, secondReader)
	second := plug(t, "127.0.0.1:35964", newCard(t, golden()))
	waitTold(t, w, "a second card", noticed, cards(2))
	wantPassedOn(t, w, reported)
	if _, err := reader.New(place.counted).Find(ctx, ""); err == nil {
		t.Error("two cards: no question")
	}
	reported = reportOf(t, secondReader)
	second()
	waitTold(t, w, "one card again", noticed, cards(1))
	wantPassedOn(t, w, reported)
	if name, err := reader.New(place.counted).Find(ctx, ""); name != virtualReader || err != nil {
		t.Errorf("the one with the card: %q, %v", name, err)
	}

	before := processTime(t)
	time.Sleep(3 * time.Second)
	if used := processTime(t) - before; used > 30*time.Millisecond {
		t.Errorf("waiting 3 s took %s of a core, want under 1 %%", used)
	} else {
		t.Logf("waiting 3 s took %s of a core", used)
	}
	end()
	<-w.ended
}

const secondReader = "Virtual PCD 00 01"

// reportOf tells when the service itself reports the next change of a reader.
func reportOf(t *testing.T, name string) <-chan time.Time {
	t.Helper()
	ctx, err := scard.EstablishContext()
	if err != nil {
		t.Fatal(err)
	}
	states := []scard.ReaderState{{Reader: name}}
	if err := ctx.GetStatusChange(states, 0); err != nil {
		t.Fatal(err)
	}
	states[0].CurrentState = states[0].EventState &^ scard.StateChanged
	at := make(chan time.Time, 1)
	go func() {
		err := ctx.GetStatusChange(states, 5*time.Second)
		at <- time.Now()
		if err := errors.Join(err, ctx.Release()); err != nil {
			t.Errorf("asking the service: %v", err)
		}
	}()
	return at
}

// wantPassedOn wants the last state to have been told within 100 ms of the report.
func wantPassedOn(t *testing.T, w *watching, reported <-chan time.Time) {
	t.Helper()
	_, told := w.last()
	if late := told.Sub(<-reported); late > soon {
		t.Errorf("told %s after the service reported it", late)
	} else {
		t.Logf("told %s after the service reported it", late.Round(time.Microsecond))
	}
}

func waitTold(t *testing.T, w *watching, what string, most time.Duration, is func(reader.State) bool) {
	t.Helper()
	start := time.Now()
	for {
		if state, _ := w.last(); is(state) {
			t.Logf("%s: told after %s", what, time.Since(start).Round(time.Millisecond))
			return
		}
		if time.Since(start) > most {
			state, _ := w.last()
			t.Errorf("%s: not told within %s; the last state is %+v", what, most, state)
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// processTime is the time of a core this process has used.
func processTime(t *testing.T) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// testDaemonRestart stops the daemon under a watch and starts it again.
func testDaemonRestart(t *testing.T, place *behindDaemon, d *daemon) {
	ctx, end := context.WithCancel(context.Background())
	defer end()
	w := watch(ctx, place.counted)
	card := newCard(t, golden())
	place.insert(t, card)
	waitTold(t, w, "a card", 5*time.Second, cards(1))
	d.stop()
	waitTold(t, w, "no service", 2*time.Second, func(s reader.State) bool { return s.Fault == reader.NoService })
	r := reader.New(place.counted)
	_, err := r.Summary(ctx, virtualReader, today)
	wantFault(t, err, reader.NoService)
	d.start(t)
	waitTold(t, w, "the card again", 2*time.Second, cards(1))
	if _, err := r.Summary(ctx, virtualReader, today); err != nil {
		t.Errorf("after the daemon came back: %v", err)
	}
	if !slices.Equal(card.ATR(), lastATR(w)) {
		t.Error("another card is told")
	}
	end()
	<-w.ended
}

func lastATR(w *watching) []byte {
	state, _ := w.last()
	for _, r := range state.Readers {
		if r.Card {
			return r.ATR
		}
	}
	return nil
}
