package app

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
)

var agentReset = Asked{Answers: []Answer{{"procedure", "pin-reset"}, {"visitor.kind", "other"}, {"card.kind", "standard"},
	{"pins.user-identification", "forgotten"}, {"pins.rest", "known"}, {"letter.state", "none"}}}

var letterInput = LetterInput{
	Holder: PersonView{Name: "架空 𠮷男", Postcode: "8920816", Address: []string{"鹿児島市架空町1番2号", "見本ハイツ301"}, BirthDate: "1950-02-03"},
	Agent:  PersonView{Name: "例示 髙子", Address: []string{"鹿児島市架空町3番4号"}, BirthDate: "1980-04-05", Relation: "長女"}, ReplyBy: "2026-12-22"}

func TestLetterMakesACaseThatWaitsForThePost(t *testing.T) {
	o := trainingOffice(t, "standard")
	printed, err := (&Letters{o}).Make(agentReset, letterInput)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(printed.Path); err != nil || info.Size() < 1000 || printed.Pages != 2 {
		t.Errorf("printed %+v, %v", printed, err)
	}
	shown, err := (&Cases{o}).Show(printed.CaseNumber)
	if err != nil || shown.Line.State != "letter-made" || shown.Holder.Name != "架空 𠮷男" || shown.Agent.Relation != "長女" {
		t.Errorf("case %+v, %v", shown, err)
	}
	list, err := (&Cases{o}).List("", "letter-made")
	if err != nil || len(list) != 1 {
		t.Errorf("queue %v, %v", list, err)
	}
}

func TestLetterThatCannotBePrintedLeavesNoCase(t *testing.T) {
	o := trainingOffice(t, "standard")
	for name, change := range map[string]func(*LetterInput){
		"no name":              func(in *LetterInput) { in.Holder.Name = "" },
		"an individual number": func(in *LetterInput) { in.Holder.Address = []string{"123456789018"} },
		"a day that is none":   func(in *LetterInput) { in.ReplyBy = "2026-02-30" },
	} {
		in := letterInput
		change(&in)
		_, err := (&Letters{o}).Make(agentReset, in)
		if err == nil || problemOf(err).Code == "unforeseen" {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := (&Letters{o}).Make(Asked{}, letterInput); !errors.Is(err, errNoPlan) {
		t.Errorf("without a plan: got %v", err)
	}
	if list, err := (&Cases{o}).List("", ""); err != nil || len(list) != 0 {
		t.Errorf("cases were left: %v, %v", list, err)
	}
}

// A name no font has is refused, until it is left to be written by hand; a
// variation no font has, until the clerk agrees to its base form.
func TestTheClerkDecidesAboutRareNames(t *testing.T) {
	o := trainingOffice(t, "standard")
	in := letterInput
	in.Holder.Name = "見本 \uE123太"
	if _, err := (&Letters{o}).Make(agentReset, in); problemOf(err).Code != "glyph-missing" {
		t.Errorf("got %v", err)
	}
	in.ByHand = []string{"holder.name"}
	if v, err := (&Letters{o}).Make(agentReset, in); err != nil || v.Pages != 2 {
		t.Errorf("by hand: %+v, %v", v, err)
	}
	in = letterInput
	in.Holder.Name = "見本 架\U000E01EF" // a variation nobody has
	if _, err := (&Letters{o}).Make(agentReset, in); problemOf(err).Code != "glyph-variation" {
		t.Errorf("got %v", err)
	}
	in.BaseForms = true
	if v, err := (&Letters{o}).Make(agentReset, in); err != nil || v.Pages != 2 {
		t.Errorf("agreed: %+v, %v", v, err)
	}
}

// An alias that was typed stands on the letter and on one made later, and an
// individual number in it is refused like anywhere.
func TestAnAliasStandsOnTheLetter(t *testing.T) {
	o := trainingOffice(t, "standard")
	in := letterInput
	in.Holder.Alias, in.Agent.Alias = "試験 花", "例示 華"
	made, err := (&Letters{o}).Make(agentReset, in)
	if err != nil {
		t.Fatal(err)
	}
	again, err := (&Mailroom{o}).Reissue([]string{made.CaseNumber}, "2027-01-15")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{made.Path, again.Path} {
		words, err := exec.Command("pdftotext", path, "-").Output()
		if err != nil {
			t.Fatalf("reading the letter back takes pdftotext (poppler-utils): %v", err)
		}
		for _, alias := range []string{in.Holder.Alias, in.Agent.Alias} {
			if !strings.Contains(string(words), "(通称 "+alias+")") {
				t.Errorf("%s does not stand in %s", alias, path)
			}
		}
	}
	in.Holder.Alias = "123456789018"
	if _, err := (&Letters{o}).Make(agentReset, in); !errors.Is(err, errIndividualNumber) {
		t.Errorf("an individual number as an alias: %v", err)
	}
}
