package history

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"madoguchi/rules"
)

// search reads what was typed into the one search field: a case number or the
// code on a letter, a date of birth, a state, or a fragment of two or more
// characters of a name.
func (s *Store) search(ctx context.Context, text, where string, args []any, keep func(*row) (bool, error)) error {
	text = strings.TrimSpace(text)
	n, _, _, err := ParseLetterCode(text)
	if err == nil {
		return s.eachRow(ctx, `SELECT `+rowColumns+` FROM cases WHERE number = ? AND `+where, append([]any{n}, args...), keep)
	}
	if r := (*Refusal)(nil); errors.As(err, &r) && r.Reason == WrongCheckCharacter {
		return err
	}
	if rules.HasIndividualNumber(text) {
		return &Refusal{Reason: IndividualNumber, Field: "text"}
	}
	if born, ok := parseBirthDate(text); ok {
		token, err := s.vault.fragment(birthToken, born.String())
		if err != nil {
			return err
		}
		return s.byTokens(ctx, []int64{token}, where, args, keep, func(t *toldRow) bool { return t.holder.bornOn(born) || t.agent.bornOn(born) })
	}
	if state, ok := stateNamed(text); ok {
		return s.eachRow(ctx, `SELECT `+rowColumns+` FROM cases WHERE state = ? AND `+where+` ORDER BY id DESC`, append([]any{state}, args...), keep)
	}
	key := searchKey(text)
	if len(key) < 2 {
		return &Refusal{Reason: TooShort}
	}
	tokens, err := s.vault.fragmentTokens(key)
	if err != nil {
		return err
	}
	fragment := string(key)
	return s.byTokens(ctx, tokens, where, args, keep, func(t *toldRow) bool { return t.holder.holds(fragment) || t.agent.holds(fragment) })
}

// common is the number of cases from which a token counts as common: counting
// stops there.
const common = 256

// byTokens walks through the cases that have all tokens, newest first, along
// the rarest of them. Several tokens of a name need not stand side by side, so
// that each case is then opened to see whether it truly fits; a single token is
// the whole of what was asked for.
func (s *Store) byTokens(ctx context.Context, tokens []int64, where string, args []any, keep func(*row) (bool, error), fits func(*toldRow) bool) error {
	tokens, err := s.rarestFirst(ctx, tokens)
	if err != nil || len(tokens) == 0 {
		return err
	}
	var b strings.Builder
	b.WriteString(`SELECT ` + rowColumns + ` FROM tokens AS lead CROSS JOIN cases ON cases.id = lead.case_id WHERE lead.token = ?`)
	all := []any{tokens[0]}
	for _, token := range tokens[1:] {
		b.WriteString(` AND EXISTS (SELECT 1 FROM tokens WHERE token = ? AND case_id = lead.case_id)`)
		all = append(all, token)
	}
	b.WriteString(` AND ` + where + ` ORDER BY lead.case_id DESC`)
	return s.eachRow(ctx, b.String(), append(all, args...), func(r *row) (bool, error) {
		if len(tokens) == 1 {
			return keep(r)
		}
		t, err := readPeople(ctx, s.vault, s.reader, r.told)
		if err != nil {
			return false, &Fault{Code: FaultTampered, Where: s.o.Path, Err: err}
		}
		if !fits(&t) {
			return true, nil
		}
		return keep(r)
	})
}

// rarestFirst puts the token of the fewest cases first; it returns none when
// one of them is in no case.
func (s *Store) rarestFirst(ctx context.Context, tokens []int64) ([]int64, error) {
	best, fewest := 0, common+1
	for i, token := range tokens {
		var n int
		err := s.reader.QueryRowContext(ctx, fmt.Sprintf(`SELECT count(*) FROM (SELECT 1 FROM tokens WHERE token = ? LIMIT %d)`, common), token).Scan(&n)
		if err != nil {
			return nil, fmt.Errorf("counting a search token: %w", err)
		}
		if n == 0 {
			return nil, nil
		}
		if n < fewest {
			best, fewest = i, n
		}
	}
	tokens[0], tokens[best] = tokens[best], tokens[0]
	return tokens, nil
}

// eraStarts are the first days of the eras in which people alive were born.
var eraStarts = map[string]int{"M": 1868, "T": 1912, "S": 1926, "H": 1989, "R": 2019}

// parseBirthDate reads 2015-03-10, 2015/3/10, 20150310, S50.3.10 and 昭和50年3月10日.
func parseBirthDate(text string) (rules.Date, bool) {
	t := strings.NewReplacer("明治", "M", "大正", "T", "昭和", "S", "平成", "H", "令和", "R", "元年", "1年", "年", "-", "月", "-", "日", "", "/", "-", ".", "-").Replace(tidyCode(text))
	first := 0
	if len(t) > 0 {
		if start, ok := eraStarts[t[:1]]; ok {
			first, t = start-1, t[1:]
		}
	}
	if first == 0 && len(t) == 8 && !strings.Contains(t, "-") {
		t = t[:4] + "-" + t[4:6] + "-" + t[6:]
	}
	var year, month, day int
	if n, err := fmt.Sscanf(t, "%d-%d-%d", &year, &month, &day); err != nil || n != 3 || fmt.Sprint(year) == t {
		return 0, false
	}
	if first == 0 && year < 1000 {
		return 0, false
	}
	d, ok := rules.NewDate(first+year, month, day)
	return d, ok
}
