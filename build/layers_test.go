package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// A layer is a package, or a folder of packages with a slash at the end, and
// what it may import besides the standard library and itself.
type layer struct {
	path string
	may  []string
}

const wails = "github.com/wailsapp/wails/"

// layers is the plan of the program, lowest first. The first line that fits a
// package decides.
var layers = []layer{
	{"madoguchi/rules/", nil},
	{"madoguchi/reader/simcard/", []string{"madoguchi/reader"}},
	{"madoguchi/reader/", []string{"madoguchi/rules", "github.com/ebfe/scard", "golang.org/x/sys/"}},
	{"madoguchi/app/forms/", []string{
		"madoguchi/rules", "github.com/jung-kurt/gofpdf", "github.com/go-text/typesetting/",
		"github.com/boombuler/barcode/", "golang.org/x/text/",
	}},
	{"madoguchi/app/history/", []string{
		"madoguchi/rules", "modernc.org/sqlite/", "github.com/tink-crypto/tink-go/v2/", "google.golang.org/protobuf/",
		"github.com/godbus/dbus/v5", "github.com/zalando/go-keyring", "golang.org/x/crypto/", "golang.org/x/sys/", "golang.org/x/text/",
	}},
	{"madoguchi/app/simulation/", []string{"madoguchi/rules", "madoguchi/reader/simcard"}},
	{"madoguchi/app/printer/", []string{"golang.org/x/sys/"}},
	{"madoguchi/app/counter/", []string{
		"madoguchi/rules", "madoguchi/reader/", "madoguchi/app/forms/", "madoguchi/app/history/", "madoguchi/app/printer/", "madoguchi/app/simulation/",
		"golang.org/x/sys/", "golang.org/x/text/",
	}},
	{"madoguchi/app/madoctl/", []string{
		"madoguchi/rules", "madoguchi/reader/", "madoguchi/app/", "github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/term",
	}},
	{"madoguchi/app/", []string{"madoguchi/", wails, "golang.org/x/sys/"}},
	{"madoguchi/frontend/", nil},
	{"madoguchi/build/", nil},
	{"madoguchi/", []string{"madoguchi/app"}},
}

// windowless are the packages that must not reach Wails by any way.
var windowless = []string{"madoguchi/rules", "madoguchi/reader", "madoguchi/app/counter", "madoguchi/app/madoctl"}

// A listed package is what "go list" says of it.
type listed struct {
	ImportPath    string
	Imports, Deps []string
	Standard      bool
}

func TestLayers(t *testing.T) {
	for _, goos := range []string{"linux", "windows"} {
		t.Run(goos, func(t *testing.T) {
			own, standard := listPackages(t, goos)
			for _, pkg := range own {
				fault := forbidden(pkg, standard)
				if len(fault) > 0 {
					t.Errorf("%s may not import %s", pkg.ImportPath, strings.Join(fault, ", "))
				}
				if slices.Contains(windowless, pkg.ImportPath) && slices.ContainsFunc(pkg.Deps, under(wails)) {
					t.Errorf("%s reaches the window", pkg.ImportPath)
				}
			}
		})
	}
}

// forbidden lists the imports of a package that its layer does not allow.
func forbidden(pkg listed, standard map[string]bool) []string {
	var faults []string
	for _, name := range pkg.Imports {
		if standard[name] || name == "C" {
			continue
		}
		may := layerOf(pkg.ImportPath)
		inside := layerOf(name).path == may.path
		if !inside && !slices.ContainsFunc(may.may, func(m string) bool { return within(name, m) }) {
			faults = append(faults, name)
		}
	}
	return faults
}

// layerOf is the first layer a package is in; its zero value for the packages
// of others.
func layerOf(path string) layer {
	at := slices.IndexFunc(layers, func(l layer) bool { return within(path, l.path) })
	if at < 0 {
		return layer{}
	}
	return layers[at]
}

// within tells whether a package is the named one, or in the named folder.
func within(path, layer string) bool {
	folder, many := strings.CutSuffix(layer, "/")
	return path == folder || many && strings.HasPrefix(path, layer)
}

func under(prefix string) func(string) bool {
	return func(path string) bool { return strings.HasPrefix(path, prefix) }
}

// The toolkit can be changed for another one where only two files know it.
func TestFilesThatImportWails(t *testing.T) {
	files, err := goFiles("..")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, file := range files {
		if strings.HasPrefix(file, "build") {
			continue // this file names it without importing it
		}
		if strings.Contains(readFile(t, "../"+file), `"`+wails) {
			got = append(got, file)
		}
	}
	if want := []string{"app/app.go", "app/runtime.go"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// listPackages lists the packages of the program and what is standard.
func listPackages(t *testing.T, goos string) ([]listed, map[string]bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=ImportPath,Imports,Deps,Standard", "./...")
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), "GOOS="+goos)
	if goos == "windows" {
		cmd.Env = append(cmd.Env, "CGO_ENABLED=0")
	}
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var own []listed
	standard := map[string]bool{}
	for stream := json.NewDecoder(strings.NewReader(string(out))); ; {
		var pkg listed
		err := stream.Decode(&pkg)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		standard[pkg.ImportPath] = pkg.Standard
		if within(pkg.ImportPath, "madoguchi/") {
			own = append(own, pkg)
		}
	}
	if len(own) < 5 {
		t.Fatalf("only %d packages listed: the plan was not compared with the program", len(own))
	}
	return own, standard
}
