package qr

// penalty scores a code (ISO/IEC 18004, 7.8.3): long runs, blocks, patterns
// that look like finders, and an uneven share of dark modules.
func (c Code) penalty() int {
	sum := 0
	row := make([]byte, c.Size)
	for a := range c.Size {
		for b := range c.Size {
			row[b] = c.modules[a*c.Size+b] & 1
		}
		sum += linePenalty(row)
		for b := range c.Size {
			row[b] = c.modules[b*c.Size+a] & 1
		}
		sum += linePenalty(row)
	}
	return sum + c.blockPenalty() + c.sharePenalty()
}

// linePenalty scores runs of five and more, and 1:1:3:1:1 with light beside it.
func linePenalty(row []byte) int {
	sum, run := 0, 1
	history := 0
	for i, m := range row {
		if i > 0 && m == row[i-1] {
			run++
		} else {
			run = 1
		}
		if run == 5 {
			sum += 3
		} else if run > 5 {
			sum++
		}
		history = (history<<1 | int(m)) & 0x7FF
		if i >= 10 && (history == 0b00001011101 || history == 0b10111010000) {
			sum += 40
		}
	}
	return sum
}

// blockPenalty scores two by two modules of one colour.
func (c Code) blockPenalty() int {
	sum := 0
	for y := range c.Size - 1 {
		for x := range c.Size - 1 {
			i := y*c.Size + x
			same := c.modules[i] & 1
			if c.modules[i+1]&1 == same && c.modules[i+c.Size]&1 == same && c.modules[i+c.Size+1]&1 == same {
				sum += 3
			}
		}
	}
	return sum
}

// sharePenalty scores how far the dark share is from a half, in steps of 5 %.
func (c Code) sharePenalty() int {
	count := 0
	for _, m := range c.modules {
		count += int(m & 1)
	}
	total := c.Size * c.Size
	return abs(count*20-total*10) / total * 10
}
