package forms

import (
	_ "embed" // the fonts are part of the program: counters are offline
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The embedded fonts with their licences stand in fonts/. BIZ UDPGothic is a
// universal-design font; Noto Sans JP adds characters beyond JIS X 0208 such
// as 𠮷.
var (
	//go:embed fonts/BIZUDPGothic-Regular.ttf
	udRegular []byte
	//go:embed fonts/BIZUDPGothic-Bold.ttf
	udBold []byte
	//go:embed fonts/NotoSansJP-Regular.ttf
	notoRegular []byte
)

// extraFont is a font that may stand beside the program or in the system.
type extraFont struct {
	name  string
	files []string // names under which it is distributed
}

// extraFonts are asked in this order. IPAmj Mincho has the characters and the
// Moji_Joho variations of the resident register (辻+E0102); IPAex Mincho has
// Adobe-Japan1 variations that the embedded fonts lack (辻+E0101).
var extraFonts = []extraFont{
	{"IPAmjMincho", []string{"ipamjm.ttf", "ipamjm00601.ttf", "IPAmjMincho.ttf"}},
	{"IPAexMincho", []string{"ipaexm.ttf", "ipam.ttf"}},
}

// FontSources says where to look for fonts besides the embedded ones.
type FontSources struct {
	// Beside are folders that may hold IPAmj Mincho and the municipality's own
	// fonts: the program's folder and the data folder's fonts/.
	Beside []string
	// Own are font files of the municipality for its extra characters, asked
	// before IPAmj Mincho.
	Own []string
	// NoSystem leaves the system's font folders out.
	NoSystem bool
}

// Fonts is the set of fonts of one run of the program. It may be shared by
// goroutines. Fonts are read on first use.
type Fonts struct {
	regular []*fontFile // in the order they are asked
	bold    []*fontFile
}

// OpenFonts lists the fonts to use. It reads nothing yet, so a missing or
// damaged file is reported by [Fonts.Check] or by the first form that needs it.
func OpenFonts(from FontSources) *Fonts {
	rest := []*fontFile{{name: "NotoSansJP-Regular", data: notoRegular}}
	for _, path := range from.Own {
		name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
		rest = append(rest, &fontFile{name: "Own-" + pdfName(name), path: path, own: true})
	}
	for _, extra := range extraFonts {
		if path := findFont(from, extra.files); path != "" {
			rest = append(rest, &fontFile{name: extra.name, path: path})
		}
	}
	regular := &fontFile{name: "BIZUDPGothic-Regular", data: udRegular}
	bold := &fontFile{name: "BIZUDPGothic-Bold", data: udBold}
	return &Fonts{
		regular: append([]*fontFile{regular}, rest...),
		bold:    append([]*fontFile{bold, regular}, rest...),
	}
}

// FontStatus is what [Fonts.Check] found out about one font.
type FontStatus struct {
	Name string
	Path string // empty for an embedded font
	Err  error  // nil when the font can be used
}

// Check reads every font and reports each; the program's self-check shows it.
// What is read from disk for that is not kept: a font of rare names is larger
// than the rest of the program.
func (f *Fonts) Check() []FontStatus {
	var all []FontStatus
	for _, file := range append([]*fontFile{f.bold[0]}, f.regular...) {
		tried := &fontFile{name: file.name, path: file.path, own: file.own}
		if file.path == "" {
			tried = file
		}
		all = append(all, FontStatus{Name: file.name, Path: file.path, Err: tried.load()})
	}
	return all
}

// HasMJ reports whether IPAmj Mincho was found.
func (f *Fonts) HasMJ() bool {
	return slices.ContainsFunc(f.regular, func(file *fontFile) bool { return file.name == "IPAmjMincho" })
}

// findFont looks for a font beside the program, then in the system.
func findFont(from FontSources, files []string) string {
	folders := append([]string(nil), from.Beside...)
	if !from.NoSystem {
		folders = append(folders, systemFontFolders()...)
	}
	for _, folder := range folders {
		for _, name := range files {
			path := filepath.Join(folder, name)
			if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
				return path
			}
		}
	}
	return ""
}

// systemFontFolders lists where Windows and Debian keep this font.
func systemFontFolders() []string {
	folders := []string{"/usr/share/fonts/truetype/ipamj", "/usr/share/fonts/opentype/ipaexfont-mincho", "/usr/share/fonts/opentype/ipafont-mincho", "/usr/local/share/fonts"}
	if windows := os.Getenv("WINDIR"); windows != "" {
		folders = append(folders, filepath.Join(windows, "Fonts"))
	}
	if local := os.Getenv("LOCALAPPDATA"); local != "" {
		folders = append(folders, filepath.Join(local, "Microsoft", "Windows", "Fonts"))
	}
	return folders
}

// pdfName keeps only what is safe in a PDF name.
func pdfName(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return -1
	}, s)
}

// chain returns the fonts to ask for text of this weight, and the first fault.
func (f *Fonts) chain(bold bool) []*fontFile {
	if bold {
		return f.bold
	}
	return f.regular
}

// usable loads a font of a chain. An embedded font always loads; a font on
// disk that does not is an error of the form that needed it.
func usable(file *fontFile) error {
	if err := file.load(); err != nil {
		return fmt.Errorf("loading font: %w", err)
	}
	return nil
}
