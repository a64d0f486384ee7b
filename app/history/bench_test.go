package history

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"madoguchi/rules"
)

// How many cases the benchmarked history has, and where it is kept between runs:
//
//	go test -run '^$' -bench History -benchtime 2000x ./app/history
//	go test -run '^$' -bench History -benchtime 2000x ./app/history -cases 100000 -keep /tmp/bench
var (
	benchCases = flag.Int("cases", 1_000_000, "cases in the benchmarked history")
	benchKeep  = flag.String("keep", "", "folder in which the benchmarked history is kept for the next run")
)

// crowd makes names that nobody has, as often as names occur: the commonest of
// 20,000 family names has one and a half per cent of the cases, as in
// Zipf–Mandelbrot's law with an offset of 7.5.
type crowd struct {
	random *rand.Rand
	family []string
	kana   []string
	given  []string
	yomi   []string
	sums   []float64
}

func newCrowd(seed uint64) *crowd {
	c := &crowd{random: rand.New(rand.NewPCG(seed, 1))}
	words := rand.New(rand.NewPCG(7, 7)) // the names are the same in every run
	kanji := func() rune { return rune(0x5000 + 13*words.IntN(600)) }
	kana := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteRune([]rune("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワガギグゴザジズダデドバビブベボ")[words.IntN(59)])
		}
		return b.String()
	}
	sum := 0.0
	for k := range 20_000 {
		c.family = append(c.family, string([]rune{kanji(), kanji()}))
		c.kana = append(c.kana, kana(3+words.IntN(2)))
		sum += 1 / (float64(k) + 8.5)
		c.sums = append(c.sums, sum)
	}
	for range 5000 {
		c.given = append(c.given, string([]rune{kanji(), kanji()}))
		c.yomi = append(c.yomi, kana(3))
	}
	return c
}

func (c *crowd) person() *Person {
	k, _ := slices.BinarySearch(c.sums, c.random.Float64()*c.sums[len(c.sums)-1])
	g := int(math.Abs(c.random.NormFloat64())*1500) % len(c.given)
	return &Person{Name: c.family[k] + "　" + c.given[g], Kana: c.kana[k] + " " + c.yomi[g], Postcode: "892-0000",
		Address: Lines{fmt.Sprintf("見本市例示町%d-%d", c.random.IntN(90)+1, c.random.IntN(40)+1)}, BirthDate: day("1930-01-01") + rules.Date(c.random.IntN(32_000))}
}

func (c *crowd) newCase(plan json.RawMessage) NewCase {
	n := NewCase{Situation: json.RawMessage(sampleSituation), Plan: plan, Holder: c.person()}
	if c.random.IntN(3) == 0 {
		n.Agent = c.person()
		n.Agent.Kana = ""
	}
	return n
}

// benchPlan is a plan of the size that the rules give: about six kilobytes.
func benchPlan() json.RawMessage {
	var lines []string
	for i := range 14 {
		lines = append(lines, fmt.Sprintf(`{"id":"line-%d","of":"visitor","anyOf":[[{"class":"A","count":%d}]],"status":"stated","satisfied":null,"missing":[],"text":{"ja":"見本の文 %d 来庁される方の本人確認書類","easy":"見本","en":"sample line %d"},"examples":["運転免許証","旅券","在留カード"],"because":["visitor.kind"],"sources":[{"seed":"000_25ff70f4c1f46c7d.txt","lines":"%d"}]}`, i, i%3, i, i, 40+i))
	}
	return json.RawMessage(`{"municipality":"kagoshima-center","procedure":"pin-reset","on":"2026-11-24","edition":"a1b2c3","outcome":"visit-again","visit":1,"visits":2,"requirements":[` + strings.Join(lines, ",") + `]}`)
}

// buildHistory fills a history with the code that Add uses, many cases in one
// transaction, and puts the search tokens in sorted order into their table at
// the end, as an index is built.
func buildHistory(b *testing.B, s *Store, cases int) {
	b.Helper()
	start := time.Now()
	people, plan := newCrowd(1), benchPlan()
	var tokens [][2]int64
	const batch = 2000
	for done := 0; done < cases; done += batch {
		err := s.change(context.Background(), func(c *change) error {
			c.deferred = &tokens
			for range min(batch, cases-done) {
				if _, err := c.add(people.newCase(plan)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	slices.SortFunc(tokens, func(x, y [2]int64) int {
		if x[0] != y[0] {
			return int(min(max(x[0]-y[0], -1), 1))
		}
		return int(x[1] - y[1])
	})
	const rows = 200
	for at := 0; at < len(tokens); {
		err := s.change(context.Background(), func(c *change) error {
			for range 1000 {
				var args []any
				for ; at < len(tokens) && len(args) < 2*rows; at++ {
					args = append(args, tokens[at][0], tokens[at][1])
				}
				if len(args) == 0 {
					return nil
				}
				if _, err := c.tx.Exec(`INSERT INTO tokens VALUES (?, ?)`+strings.Repeat(`, (?, ?)`, len(args)/2-1), args...); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("built %d cases with %d search tokens in %.0f s", cases, len(tokens), time.Since(start).Seconds())
}

func benchStore(b *testing.B) *Store {
	b.Helper()
	dir := *benchKeep
	if dir == "" {
		dir = b.TempDir()
	}
	o := childOptions(filepath.Join(dir, fmt.Sprintf("bench-%d.db", *benchCases)))
	_, statErr := os.Stat(o.Path)
	s, err := Open(context.Background(), o)
	if err != nil {
		b.Fatal(err)
	}
	if statErr != nil {
		buildHistory(b, s, *benchCases)
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		if s, err = Open(context.Background(), o); err != nil {
			b.Fatal(err)
		}
	}
	b.Cleanup(func() { _ = s.Close() })
	return s
}

// measure runs one question many times and reports its percentiles.
func measure(b *testing.B, question func() error) {
	b.Helper()
	took := make([]time.Duration, 0, b.N)
	for b.Loop() {
		start := time.Now()
		if err := question(); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	for _, p := range []struct {
		name string
		at   float64
	}{{"p50-ms", 0.50}, {"p99-ms", 0.99}} {
		b.ReportMetric(float64(took[int(p.at*float64(len(took)-1))].Microseconds())/1000, p.name)
	}
}

func BenchmarkHistory(b *testing.B) {
	s := benchStore(b)
	ctx := context.Background()
	random := rand.New(rand.NewPCG(3, 3))
	asked := newCrowd(2)
	number := func() Number { return newNumber("KG", 2026, int64(1+random.IntN(*benchCases)), false) }
	find := func(text string) error {
		_, err := s.Find(ctx, Query{Text: text, Limit: 50})
		return err
	}
	b.Run("number", func(b *testing.B) { measure(b, func() error { return find(string(number())) }) })
	b.Run("show", func(b *testing.B) {
		measure(b, func() error { _, err := s.Show(ctx, number()); return err })
	})
	b.Run("letter", func(b *testing.B) {
		measure(b, func() error { _, err := s.Letter(ctx, string(number())); return err })
	})
	// One fragment in five occurs nowhere.
	fragment := func(kana bool, from, length int) string {
		p := asked.person()
		text := []rune(strings.ReplaceAll(p.Name, "　", ""))
		if kana {
			text = []rune(strings.ReplaceAll(p.Kana, " ", ""))
		}
		if random.IntN(5) == 0 {
			text[from] = 'ヴ'
		}
		return string(text[from:min(from+length, len(text))])
	}
	for _, c := range []struct {
		name         string
		kana         bool
		from, length int
	}{{"family-2", false, 0, 2}, {"across-2", false, 1, 2}, {"kanji-3", false, 0, 3}, {"kanji-4", false, 0, 4}, {"kana-2", true, 1, 2}, {"kana-3", true, 0, 3}, {"kana-6", true, 0, 6}} {
		b.Run("name-"+c.name, func(b *testing.B) { measure(b, func() error { return find(fragment(c.kana, c.from, c.length)) }) })
	}
	b.Run("birth-date", func(b *testing.B) { measure(b, func() error { return find(asked.person().BirthDate.String()) }) })
	b.Run("due", func(b *testing.B) {
		measure(b, func() error { _, err := s.Find(ctx, Query{List: Due}); return err })
	})
	b.Run("counts", func(b *testing.B) {
		measure(b, func() error { _, err := s.Counts(ctx); return err })
	})
	plan := benchPlan()
	b.Run("add-synced", func(b *testing.B) {
		start := time.Now()
		measure(b, func() error { _, err := s.Add(ctx, asked.newCase(plan)); return err })
		b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "cases/s")
	})
}
