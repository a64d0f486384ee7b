package simulation

import (
	"slices"

	"madoguchi/rules"
)

// What an event can come after, beside a situation key.
const (
	AfterCard      = "card"      // the card was read
	AfterStatement = "statement" // the visitor was told
)

// questions takes points for what was asked in vain and for what was left open.
// A question was in vain when, with everything known until then, its answer could
// not have changed the plan. Looking at the card costs nothing.
func (j *judge) questions() {
	for i, key := range j.given.Asked {
		known, err := j.truth.known(j.given.Asked[:i])
		if err != nil || slices.Contains(j.given.Asked[:i], key) || j.truth.shows(key) {
			continue
		}
		telling := func(open string) bool { return reveals(key, open) || reveals(open, key) }
		if !slices.ContainsFunc(j.set.Decide(known).Questions, telling) {
			j.add(TopicQuestion, TooMuch, -costNeedless, 0, nil, "答えが変わらない質問です: %s", KeyWords(j.set, key))
		}
	}
	known, err := j.truth.known(j.given.Asked)
	if err != nil {
		return
	}
	for _, key := range j.set.Decide(known).Questions {
		if j.truth.facts.answers(key) {
			j.add(TopicQuestion, NotAsked, -costNotAsked, 0, nil, "聞いていないことで答えが変わります: %s", KeyWords(j.set, key))
		}
	}
}

// bag judges which of the papers brought along were accepted.
func (j *judge) bag() {
	if len(j.truth.bag) == 0 {
		return
	}
	var accepted []string
	if j.given.Statement != nil {
		accepted = j.given.Statement.Accepted
	}
	for _, p := range j.truth.bag {
		want := acceptable(p, j.truth.scenario.On, j.set)
		got := j.given.Statement != nil && slices.Contains(accepted, p.Title())
		switch {
		case want == got && j.given.Statement != nil:
			j.add(TopicBag, Right, worthBag, worthBag, nil, "%s: %s", p.Title(), p.words(want))
		case want:
			j.add(TopicBag, Missing, 0, worthBag, nil, "受け付けられる書類です: %s", p.Title())
		default:
			j.add(TopicBag, Wrong, 0, worthBag, nil, "受け付けられない書類です: %s (%s)", p.Title(), p.words(want))
		}
	}
}

func (j *judge) events(happened []Event) {
	for _, e := range happened {
		at := slices.IndexFunc(e.Responses, func(r Response) bool { return r.ID == j.given.Responses[e.ID] })
		if at >= 0 && e.Responses[at].Right {
			j.add(TopicEvent, Right, worthEvent, worthEvent, nil, "%s", e.Responses[at].Label)
			continue
		}
		if at >= 0 {
			j.add(TopicEvent, Wrong, 0, worthEvent, nil, "%s: %s", e.Responses[at].Label, e.Responses[at].Because)
			continue
		}
		j.add(TopicEvent, Missing, 0, worthEvent, nil, "出来事に対応していません: %s", e.Says.first())
	}
}

// conduct judges what must happen at the end and what must never happen.
func (j *judge) conduct() {
	done := func(topic Topic, yes bool, right, wrong string) {
		if yes {
			j.add(topic, Right, worthDone, worthDone, nil, "%s", right)
			return
		}
		j.add(topic, Missing, 0, worthDone, nil, "%s", wrong)
	}
	done(TopicPrint, j.given.Printed, "案内を印刷しました", "案内を印刷していません")
	done(TopicClose, j.given.Closed, "受付を終えました", "受付を終えていません")
	for range j.given.Tries {
		j.add(TopicTry, Penalty, -costTry, 0, nil, "カードの照合を無駄に1回使いました")
	}
	for _, kind := range j.given.Locked {
		j.add(TopicTry, Penalty, -costLocked, 0, nil, "照合を続けて、%sの暗証番号をロックさせました", pinWords(kind))
	}
	if j.given.HandedTo == string(rules.OfVisitor) {
		j.add(TopicLetter, Penalty, -costWrongPerson, 0, nil, "照会書を代理人に渡しました。本人あてに郵送します")
	}
	for range j.given.Hints {
		j.add(TopicHint, Penalty, -costHint, 0, nil, "ヒントを使いました")
	}
}
