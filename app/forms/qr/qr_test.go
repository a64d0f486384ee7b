package qr

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"pgregory.net/rapid"
)

// decode reads a code with an independent reader.
func decode(c Code) (string, error) {
	const scale, quiet = 3, 4
	side := (c.Size + 2*quiet) * scale
	img := image.NewGray(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			mx, my := x/scale-quiet, y/scale-quiet
			inside := mx >= 0 && my >= 0 && mx < c.Size && my < c.Size
			if inside && c.Dark(mx, my) {
				img.SetGray(x, y, color.Gray{})
			} else {
				img.SetGray(x, y, color.Gray{Y: 255})
			}
		}
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		return "", err
	}
	// The page is searched for the code first, as a scanner does. The reader's search
	// misjudges the size of a few small codes, so a miss is read as a bare code.
	var result *gozxing.Result
	for _, hints := range []map[gozxing.DecodeHintType]any{nil, {gozxing.DecodeHintType_PURE_BARCODE: true}} {
		if result, err = qrcode.NewQRCodeReader().Decode(bitmap, hints); err == nil {
			return result.GetText(), nil
		}
	}
	return "", err
}

func TestCodesAreReadBack(t *testing.T) {
	for _, text := range []string{"20261124-0007-L1", "A", "", "0", "O9", "KGC-2026-000123-R2-L1", strings.Repeat("AZ09-", 12) + "X"} {
		c, err := Encode(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if text == "" {
			continue // readers refuse an empty code
		}
		if got, err := decode(c); err != nil || got != text {
			t.Errorf("%q read back as %q, %v", text, got, err)
		}
	}
}

func TestEveryTextIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[A-Z0-9-]{1,61}`).Draw(t, "text")
		c, err := Encode(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := decode(c); err != nil || got != text {
			t.Fatalf("%q read back as %q, %v", text, got, err)
		}
	})
}

func TestRefusals(t *testing.T) {
	for _, text := range []string{"abc", "受付", strings.Repeat("A", 62)} {
		if _, err := Encode(text); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	for b.Loop() {
		if _, err := Encode("20261124-0007-L1"); err != nil {
			b.Fatal(err)
		}
	}
}
