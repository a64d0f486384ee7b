// Package qr makes QR codes (ISO/IEC 18004) for case numbers: alphanumeric
// mode, error correction level M, versions 1 to 3. That is all a letter needs,
// and it keeps a batch of letters from waiting for its codes.
package qr

import (
	"errors"
	"fmt"
	"strings"
)

// Code is a square of modules without its quiet zone, which is four modules
// wide on every side.
type Code struct {
	Size    int    // modules a side
	modules []byte // 0 light, 1 dark; row by row
}

// Dark reports whether the module at column x, row y is dark.
func (c Code) Dark(x, y int) bool { return c.modules[y*c.Size+x]&1 == 1 }

// Fixed reports whether a module is the same in every code of this size:
// finders, timing and alignment.
func (c Code) Fixed(x, y int) bool { return c.modules[y*c.Size+x]&fixed != 0 }

// alphabet is the alphanumeric set; a character's value is its place.
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

// ErrTooLong means that the text is longer than 61 characters.
var ErrTooLong = errors.New("text is too long for the code: 61 characters at most")

// version holds what level M means for one version.
type version struct {
	number, data, check int // codewords
	remainder           int // bits
	alignment           int // centre of the alignment pattern; 0: none
}

var versions = []version{
	{1, 16, 10, 0, 0},
	{2, 28, 16, 7, 18},
	{3, 44, 26, 7, 22},
}

// Encode makes the code of a text of digits, capital letters and " $%*+-./:".
func Encode(text string) (Code, error) {
	values := make([]int, len(text))
	for i := range len(text) {
		if values[i] = strings.IndexByte(alphabet, text[i]); values[i] < 0 {
			return Code{}, fmt.Errorf("the code cannot hold %q: only A-Z, 0-9 and hyphens", text[i])
		}
	}
	v, ok := versionFor(len(text))
	if !ok {
		return Code{}, ErrTooLong
	}
	return build(v, dataWords(v, values)), nil
}

// Size is how many modules a side the code of a text has; 0 for one too long.
func Size(text string) int {
	v, ok := versionFor(len(text))
	if !ok {
		return 0
	}
	return 17 + 4*v.number
}

// versionFor finds the smallest version that holds n characters.
func versionFor(n int) (version, bool) {
	bits := 4 + 9 + n/2*11 + n%2*6
	for _, v := range versions {
		if bits <= v.data*8 {
			return v, true
		}
	}
	return version{}, false
}

// dataWords packs the values: mode, count, pairs in 11 bits, terminator, padding.
func dataWords(v version, values []int) []byte {
	var w bitWriter
	w.put(0b0010, 4)
	w.put(len(values), 9)
	for i := 0; i+1 < len(values); i += 2 {
		w.put(values[i]*45+values[i+1], 11)
	}
	if len(values)%2 == 1 {
		w.put(values[len(values)-1], 6)
	}
	w.put(0, min(4, v.data*8-w.n))
	w.put(0, (8-w.n%8)%8)
	for pad := 0xEC; len(w.bytes) < v.data; pad ^= 0xEC ^ 0x11 {
		w.bytes = append(w.bytes, byte(pad))
	}
	return w.bytes
}

// bitWriter collects bits, most significant first.
type bitWriter struct {
	bytes []byte
	n     int
}

func (w *bitWriter) put(value, count int) {
	for i := count - 1; i >= 0; i-- {
		if w.n%8 == 0 {
			w.bytes = append(w.bytes, 0)
		}
		w.bytes[w.n/8] |= byte(value>>i&1) << (7 - w.n%8)
		w.n++
	}
}

// multiply multiplies in GF(256) with the polynomial x^8+x^4+x^3+x^2+1.
func multiply(a, b byte) byte {
	var product byte
	for ; b != 0; b >>= 1 {
		if b&1 == 1 {
			product ^= a
		}
		carry := a & 0x80
		a <<= 1
		if carry != 0 {
			a ^= 0x1D
		}
	}
	return product
}

// checkWords is the remainder of the data divided by the generator of that degree.
func checkWords(data []byte, degree int) []byte {
	generator := make([]byte, degree)
	generator[degree-1] = 1
	root := byte(1)
	for range degree {
		for j := range generator {
			generator[j] = multiply(generator[j], root)
			if j+1 < degree {
				generator[j] ^= generator[j+1]
			}
		}
		root = multiply(root, 2)
	}
	rest := make([]byte, degree)
	for _, b := range data {
		factor := b ^ rest[0]
		copy(rest, rest[1:])
		rest[degree-1] = 0
		for j := range rest {
			rest[j] ^= multiply(generator[j], factor)
		}
	}
	return rest
}
