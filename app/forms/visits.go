package forms

import (
	"slices"
	"strings"

	"madoguchi/rules"
)

// A matter with a letter takes two visits, and each its own papers: what the plan of
// the first visit lists is for today, and what is to be brought then comes from the
// plan of the second.

// LetterFirst reports a plan whose matter ends at a later visit, because a letter goes
// out at this one.
func LetterFirst(p rules.Plan) bool {
	return p.Outcome == rules.VisitAgain && p.Visit == 1 && p.Visits > 1 && len(p.Letters) > 0
}

// knownSecond reports whether the papers of the second visit are known.
func knownSecond(in Checklist) bool {
	return LetterFirst(in.Plan) && in.Second != nil && in.Second.Outcome == rules.Proceed
}

// papersOfVisits are today's papers and those of the second visit. Where the first
// visit takes the same papers, the letter among them, nothing is shown today, and one
// list stands for both.
func (b *pieceBuilder) papersOfVisits(in Checklist) {
	today, next := in.Plan.Requirements, []rules.Requirement(nil)
	if knownSecond(in) {
		next = in.Second.Requirements
	}
	if sameRequirements(today, next) {
		next, today = today, nil
	}
	today = slices.DeleteFunc(slices.Clone(today), isLetter) // it is mailed first
	if len(today) > 0 {
		b.add(piece{kind: heading, text: b.visitWord("papers.today", in.Plan)})
		b.letterTitle = ""
		for _, r := range today {
			b.paper(r)
		}
	}
	b.add(piece{kind: heading, text: b.visitWord("papers.next", in.Plan)})
	if len(next) == 0 {
		b.add(piece{kind: item, mark: "・", text: b.word("papers.later")})
	}
	b.letterTitle = in.LetterTitle
	for _, r := range next {
		b.paper(r)
	}
}

// visitWord names the visits of a matter by their numbers where there are two.
func (b *pieceBuilder) visitWord(key string, p rules.Plan) string {
	if p.Visits == 2 {
		key += ".of-two"
	}
	return b.word(key)
}

// sameRequirements reports whether two visits take the same papers.
func sameRequirements(a, b []rules.Requirement) bool {
	return slices.EqualFunc(a, b, func(x, y rules.Requirement) bool { return x.ID == y.ID })
}

// isLetter reports the requirement of the holder's letter.
func isLetter(r rules.Requirement) bool {
	return len(r.AnyOf) == 1 && len(r.AnyOf[0]) == 1 && r.AnyOf[0][0].Class == rules.ClassLetter
}

// letterName is the vocabulary's name of the letter.
const letterName = "照会書兼回答書《しょうかいしょけんかいとうしょ》・委任状《いにんじょう》"

// named is the text of a requirement; a letter that the municipality mails goes by the
// municipality's own name of it.
func (b *pieceBuilder) named(r rules.Requirement) string {
	text := b.language.in(r.Text)
	if b.letterTitle == "" || !isLetter(r) {
		return text
	}
	return strings.Replace(text, letterName, b.letterTitle, 1)
}

// BringLines are the papers of a visit, one a line, for a slip. letterTitle is what the
// municipality calls its letter.
func BringLines(p rules.Plan, letterTitle string) []string {
	b := pieceBuilder{language: Japanese, letterTitle: letterTitle}
	var lines []string
	for _, r := range p.Requirements {
		lines = append(lines, rules.PlainText(b.named(r)))
	}
	return lines
}
