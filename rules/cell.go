package rules

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// cell is one parsed condition cell, before numbers are cut into bands.
type cell struct {
	any   bool
	words []string
	spans []span
	none  bool
}

// span is a closed range of whole numbers.
type span struct{ from, to int32 }

const (
	leastNumber    = math.MinInt32 + 1
	greatestNumber = math.MaxInt32 - 1
)

// parseCell reads `*`, `a|b`, `-`, and `<15`, `15..17`, `>=18`, `7` in number columns.
func parseCell(f factID, text string) (cell, error) {
	if text == "*" {
		return cell{any: true}, nil
	}
	var c cell
	for part := range strings.SplitSeq(text, "|") {
		if err := c.addPart(f, part); err != nil {
			return cell{}, err
		}
	}
	return c, nil
}

func (c *cell) addPart(f factID, part string) error {
	spec := factSpecs[f]
	if part == none {
		if !spec.hasNone {
			return fmt.Errorf("%q is not a value of %s", part, spec.name)
		}
		c.none = true
		return nil
	}
	if spec.numeric {
		s, err := parseSpan(part)
		if err != nil {
			return err
		}
		c.spans = append(c.spans, s)
		return nil
	}
	d := domain{fact: f}
	if d.bit(part) == 0 {
		return fmt.Errorf("%q is not a word of %s: use one of %s", part, spec.name, strings.Join(spec.words, ", "))
	}
	c.words = append(c.words, part)
	return nil
}

func parseSpan(part string) (span, error) {
	number := func(s string) (int32, error) {
		n, err := strconv.ParseInt(s, 10, 32)
		if err != nil || strconv.FormatInt(n, 10) != s {
			return 0, fmt.Errorf("%q is not a number cell: write <15, 15..17, >=18 or 7", part)
		}
		return int32(n), nil
	}
	if rest, ok := strings.CutPrefix(part, "<"); ok {
		n, err := number(rest)
		return span{leastNumber, n - 1}, err
	}
	if rest, ok := strings.CutPrefix(part, ">="); ok {
		n, err := number(rest)
		return span{n, greatestNumber}, err
	}
	if a, b, ok := strings.Cut(part, ".."); ok {
		from, err := number(a)
		if err != nil {
			return span{}, err
		}
		to, err := number(b)
		if err == nil && to < from {
			err = fmt.Errorf("%q ends before it begins", part)
		}
		return span{from, to}, err
	}
	n, err := number(part)
	return span{n, n}, err
}

// mask turns the cell into the bits of its domain.
func (c cell) mask(d domain) uint64 {
	if c.any {
		return d.all()
	}
	var m uint64
	for _, w := range c.words {
		m |= d.bit(w)
	}
	for i, low := range d.cuts {
		for _, s := range c.spans {
			if low >= s.from && low <= s.to {
				m |= 1 << i
			}
		}
	}
	if c.none {
		m |= d.noneBit()
	}
	return m
}
