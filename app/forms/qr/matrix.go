package qr

// Values of a module while a code is built.
const (
	dark     = 1
	reserved = 2 // belongs to a pattern or to the format, not to the data
	free     = 4 // a module of the data
	fixed    = 8 // the same in every code of the size
)

// build places patterns and data and takes the mask with the least penalty.
func build(v version, data []byte) Code {
	size := 17 + 4*v.number
	base := Code{Size: size, modules: make([]byte, size*size)}
	base.patterns(v)
	base.data(append(data, checkWords(data, v.check)...))
	best, least := Code{}, -1
	for mask := range 8 {
		c := base.masked(mask)
		if p := c.penalty(); least < 0 || p < least {
			best, least = c, p
		}
	}
	return best
}

func (c Code) set(x, y int, on bool) {
	c.modules[y*c.Size+x] = reserved
	if on {
		c.modules[y*c.Size+x] |= dark
	}
}

// patterns draws finders, timing, alignment, the dark module, and keeps the
// places of the format free.
func (c Code) patterns(v version) {
	for i := range c.Size {
		c.set(i, 6, i%2 == 0)
		c.set(6, i, i%2 == 0)
	}
	for _, at := range [][2]int{{3, 3}, {c.Size - 4, 3}, {3, c.Size - 4}} {
		c.rings(at[0], at[1], 4, func(d int) bool { return d != 2 && d != 4 })
	}
	if v.alignment > 0 {
		c.rings(v.alignment, v.alignment, 2, func(d int) bool { return d != 1 })
	}
	for i, m := range c.modules {
		if m != 0 {
			c.modules[i] |= fixed
		}
	}
	c.format(0)
}

// rings draws nested squares around a centre; on tells which are dark.
func (c Code) rings(cx, cy, reach int, on func(distance int) bool) {
	for dy := -reach; dy <= reach; dy++ {
		for dx := -reach; dx <= reach; dx++ {
			x, y := cx+dx, cy+dy
			if x >= 0 && y >= 0 && x < c.Size && y < c.Size {
				c.set(x, y, on(max(abs(dx), abs(dy))))
			}
		}
	}
}

func abs(v int) int { return max(v, -v) }

// format writes level M and the mask twice, with the BCH(15,5) check bits.
func (c Code) format(mask int) {
	value := mask // level M is 00
	rest := value
	for range 10 {
		rest = rest<<1 ^ (rest>>9)*0x537
	}
	bits := (value<<10 | rest) ^ 0x5412
	bit := func(i int) bool { return bits>>i&1 == 1 }
	for i := range 6 {
		c.set(8, i, bit(i))
	}
	c.set(8, 7, bit(6))
	c.set(8, 8, bit(7))
	c.set(7, 8, bit(8))
	for i := 9; i < 15; i++ {
		c.set(14-i, 8, bit(i))
	}
	for i := range 8 {
		c.set(c.Size-1-i, 8, bit(i))
	}
	for i := 8; i < 15; i++ {
		c.set(8, c.Size-15+i, bit(i))
	}
	c.set(8, c.Size-8, true)
}

// data fills the free modules in pairs of columns, upwards and downwards in turn.
func (c Code) data(words []byte) {
	n := 0
	for right := c.Size - 1; right >= 1; right -= 2 {
		if right == 6 {
			right = 5
		}
		for step := range c.Size {
			y := step
			if (right+1)&2 == 0 {
				y = c.Size - 1 - step
			}
			for _, x := range []int{right, right - 1} {
				if c.modules[y*c.Size+x] != 0 {
					continue
				}
				if n < len(words)*8 && words[n/8]>>(7-n%8)&1 == 1 {
					c.modules[y*c.Size+x] = dark | free
				} else {
					c.modules[y*c.Size+x] = free
				}
				n++
			}
		}
	}
}

// masked is a copy with the mask and its format.
func (c Code) masked(mask int) Code {
	out := Code{Size: c.Size, modules: append([]byte(nil), c.modules...)}
	for y := range c.Size {
		for x := range c.Size {
			i := y*c.Size + x
			if out.modules[i]&reserved == 0 && inverted(mask, x, y) {
				out.modules[i] ^= dark
			}
		}
	}
	out.format(mask)
	return out
}

// inverted reports whether a mask turns a module over (ISO/IEC 18004, table 10).
func inverted(mask, x, y int) bool {
	switch mask {
	case 0:
		return (x+y)%2 == 0
	case 1:
		return y%2 == 0
	case 2:
		return x%3 == 0
	case 3:
		return (x+y)%3 == 0
	case 4:
		return (x/3+y/2)%2 == 0
	case 5:
		return x*y%2+x*y%3 == 0
	case 6:
		return (x*y%2+x*y%3)%2 == 0
	}
	return ((x+y)%2+x*y%3)%2 == 0
}
