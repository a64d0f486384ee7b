package history

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"madoguchi/rules"
)

// What is searched for is compared by a key, and the name itself stays as it
// was written. The key leaves out spaces, middle dots, hyphens and variation
// selectors, folds width and case, hiragana into katakana, small ヶ into ケ,
// and the old and variant forms of the characters that names are written with.

// searchKey folds a name or a fragment of one.
func searchKey(name string) []rune {
	var key []rune
	for _, r := range norm.NFKC.String(name) {
		switch {
		case isSelector(r), unicode.IsSpace(r), unicode.Is(unicode.Pd, r), unicode.Is(unicode.Cf, r), r == '・', r == '\'', r == '’', r == '.', r == ',':
			continue
		case r >= 'ぁ' && r <= 'ゖ', r == 'ゝ', r == 'ゞ':
			r += 'ァ' - 'ぁ'
		}
		if v, ok := variants[r]; ok {
			r = v
		}
		key = append(key, unicode.ToLower(r))
	}
	return key
}

// isSelector reports variation selectors: standardised, ideographic and Mongolian.
func isSelector(r rune) bool {
	return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF || r >= 0x180B && r <= 0x180D
}

// variants maps the forms that family and given names are written in to one of
// them. It serves looking up only: a hit that is too much costs a glance, one
// that is missing costs the resident a visit.
var variants = foldTable(
	"髙高", "﨑崎", "嵜崎", "碕崎", "𥔎崎", "𠮷吉", "邊辺", "邉辺", "邊辺", "齋斎", "齊斎", "斉斎", "濵浜", "濱浜", "澤沢", "櫻桜",
	"嶋島", "嶌島", "國国", "廣広", "眞真", "惠恵", "德徳", "瀨瀬", "龍竜", "藏蔵", "淺浅", "靜静", "豐豊", "寶宝", "榮栄", "禮礼",
	"條条", "萬万", "與与", "彌弥", "壽寿", "圓円", "鐵鉄", "黑黒", "應応", "冨富", "舘館", "栁柳", "桺柳", "桒桑", "槗橋", "𣘺橋",
	"枩松", "柗松", "𠀋丈", "邨村", "峯峰", "埜野", "凜凛", "曾曽", "蘆芦", "籠篭", "檜桧", "薗園", "渕淵", "渊淵", "塚塚",
	"晴晴", "福福", "神神", "祥祥", "靖靖", "精精", "羽羽", "都都", "曉暁", "淸清", "增増", "靑青", "步歩", "每毎", "黃黄", "橫横",
	"郞郎", "朗朗", "隆隆", "祐祐", "祿禄", "穰穣", "莊荘", "兒児", "龜亀", "佛仏", "來来", "會会", "假仮", "傳伝", "劍剣", "勳勲",
	"卷巻", "參参", "壯壮", "壹壱", "學学", "實実", "寬寛", "將将", "專専", "巖巌", "巌岩", "巖岩", "嚴厳", "帶帯", "恆恒", "戶戸",
	"敍叙", "樂楽", "樞枢", "橘橘", "歸帰", "氣気", "滿満", "澁渋", "濟済", "灣湾", "燈灯", "爲為", "獻献", "瑤瑶", "畫画", "當当",
	"盡尽", "稻稲", "穗穂", "縣県", "總総", "緣縁", "繁繁", "聰聡", "藝芸", "虎虎", "譽誉", "讓譲", "賴頼", "遙遥", "鄕郷", "醉酔",
	"釋釈", "關関", "隱隠", "雜雑", "靈霊", "顯顕", "驛駅", "髮髪", "鷄鶏", "鷗鴎", "鶯鴬", "麥麦", "黨党", "齒歯", "ヶケ", "ヵカ", "ヰイ", "ヱエ",
)

func foldTable(pairs ...string) map[rune]rune {
	m := make(map[rune]rune, len(pairs))
	for _, p := range pairs {
		if r := []rune(p); len(r) == 2 && r[0] != r[1] {
			m[r[0]] = r[1]
		}
	}
	for from, to := range m {
		if further, ok := m[to]; ok {
			m[from] = further
		}
	}
	return m
}

// Kinds of token, part of what is keyed.
const (
	pairToken  = "pair"
	tripleWord = "triple"
	birthToken = "birth"
)

// tokenBits is the length of a token: SQLite stores 48 bits in six bytes, and
// two fragments share a token once in about 2^48 pairs.
const tokenBits = 48

// token keys one fragment. The same fragment gives the same token everywhere in
// one history, so tokens show which cases share a fragment and how often it
// occurs, but neither the fragment nor the name, without the key.
func (v *vault) fragment(kind, text string) (int64, error) {
	mac, err := v.token.ComputePrimaryPRF(pack([]byte(kind), []byte(text)), 8)
	if err != nil {
		return 0, fmt.Errorf("keying a search token: %w", err)
	}
	return int64(binary.BigEndian.Uint64(mac) >> (64 - tokenBits)), nil
}

// tokens are all tokens of what was told, sorted, each once.
func (v *vault) tokensOf(t *toldRow) ([]int64, error) {
	var all []int64
	add := func(kind, text string) error {
		n, err := v.fragment(kind, text)
		all = append(all, n)
		return err
	}
	for _, p := range []*Person{t.holder, t.agent} {
		if p == nil {
			continue
		}
		for _, name := range []string{p.Name, p.Kana, p.Alias} {
			key := searchKey(name)
			for i := range key {
				if i+2 <= len(key) {
					if err := add(pairToken, string(key[i:i+2])); err != nil {
						return nil, err
					}
				}
				if i+3 <= len(key) {
					if err := add(tripleWord, string(key[i:i+3])); err != nil {
						return nil, err
					}
				}
			}
		}
		if !p.BirthDate.IsZero() {
			if err := add(birthToken, p.BirthDate.String()); err != nil {
				return nil, err
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// fragmentTokens are the tokens that a name holding the fragment must have.
func (v *vault) fragmentTokens(key []rune) ([]int64, error) {
	kind, width := tripleWord, 3
	if len(key) == 2 {
		kind, width = pairToken, 2
	}
	var all []int64
	for i := 0; i+width <= len(key); i++ {
		n, err := v.fragment(kind, string(key[i:i+width]))
		if err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// holds reports whether a person's name or kana has the fragment.
func (p *Person) holds(key string) bool {
	return p != nil && (strings.Contains(string(searchKey(p.Name)), key) || strings.Contains(string(searchKey(p.Kana)), key) || strings.Contains(string(searchKey(p.Alias)), key))
}

func (p *Person) bornOn(d rules.Date) bool { return p != nil && p.BirthDate == d }

// writeTokens replaces the tokens of a case.
func (c *change) writeTokens(caseID int64, before, after []int64) error {
	for _, n := range before {
		if _, found := slices.BinarySearch(after, n); found {
			continue
		}
		if _, err := c.tx.ExecContext(c.ctx, `DELETE FROM tokens WHERE token = ? AND case_id = ?`, n, caseID); err != nil {
			return fmt.Errorf("removing search token: %w", err)
		}
	}
	var fresh []any
	for _, n := range after {
		if _, found := slices.BinarySearch(before, n); !found {
			fresh = append(fresh, n, caseID)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	if c.deferred != nil {
		for i := 0; i < len(fresh); i += 2 {
			*c.deferred = append(*c.deferred, [2]int64{fresh[i].(int64), caseID})
		}
		return nil
	}
	for len(fresh) > 0 {
		n := 1
		if len(fresh) >= 2*tokenChunk {
			n = tokenChunk
		}
		if err := c.exec(insertTokens(n), fresh[:2*n]...); err != nil {
			return fmt.Errorf("writing search tokens: %w", err)
		}
		fresh = fresh[2*n:]
	}
	return nil
}

// tokenChunk is how many tokens go into the table with one statement.
const tokenChunk = 6

func insertTokens(n int) string {
	return `INSERT INTO tokens (token, case_id) VALUES (?, ?)` + strings.Repeat(`, (?, ?)`, n-1)
}
