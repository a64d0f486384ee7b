//go:build windows || cgo

package reader_test

import (
	"context"
	"encoding/json"
	"flag"
	"reflect"
	"testing"

	"madoguchi/reader"
)

// realCard names the reader of a real card: any for the one that has a card.
var realCard = flag.String("card", "", "reader with a real card, or any; the tests only read")

// TestRealCard reads a real card twice, with and without short file
// identifiers. It spends no try: both readings show the same counters.
func TestRealCard(t *testing.T) {
	if *realCard == "" {
		t.Skip("needs a card on a reader: go test -count=1 -v -run '^TestRealCard$' ./reader -card any")
	}
	wanted := *realCard
	if wanted == "any" {
		wanted = ""
	}
	r := reader.New(reader.PCSC())
	name, err := r.Find(context.Background(), wanted)
	if err != nil {
		t.Fatal(err)
	}
	short, err := r.Summary(context.Background(), name, today)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := r.Summary(context.Background(), name, today, reader.SelectFiles())
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(short.PINs, plain.PINs) || !reflect.DeepEqual(short.Certificates, plain.Certificates) || short.Card != plain.Card {
		t.Errorf("two readings differ:\n%+v\n%+v", short, plain)
	}
	if short.Card.Kind == reader.IndividualNumberCard && (short.Commands > 24 || plain.Commands > 23) {
		t.Errorf("%d and %d commands", short.Commands, plain.Commands)
	}
	shown, err := json.MarshalIndent(short, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s", shown)
}
