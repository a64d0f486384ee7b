package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// A release is one set of files for an office, and how it is made.
type release struct {
	*site
	version string
	made    time.Time // of the commit: the only date in any of the files
	out     string    // folder of the finished files
	sign    signer
	again   bool // make everything twice and compare; prove the signing
}

// releaseCommand makes the files that are handed to an office.
func releaseCommand(s *site, args []string) error {
	r, err := s.parseRelease(args)
	if err != nil {
		return err
	}
	if err := s.checkGo(); err != nil {
		return err
	}
	return s.runStages(r.stages())
}

// newRelease is a release into the usual folder.
func (s *site) newRelease() (*release, error) {
	version, err := s.version()
	if err != nil {
		return nil, err
	}
	made, err := s.commitTime()
	return &release{site: s, version: version, made: made, out: s.path(binDir + "/release")}, err
}

func (s *site) parseRelease(args []string) (*release, error) {
	r, err := s.newRelease()
	if err != nil {
		return nil, err
	}
	flags := flag.NewFlagSet("release", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&r.out, "o", r.out, "")
	flags.StringVar(&r.sign.certificate, "pkcs12", "", "")
	flags.StringVar(&r.sign.passwordFile, "password-file", "", "")
	flags.BoolVar(&r.again, "twice", false, "")
	if err := flags.Parse(args); err != nil {
		return nil, fmt.Errorf("%w: %w", errUsage, err)
	}
	if flags.NArg() > 0 {
		return nil, fmt.Errorf("%w: %q", errUsage, flags.Arg(0))
	}
	if r.out, err = filepath.Abs(r.out); err != nil {
		return nil, fmt.Errorf("finding the folder: %w", err)
	}
	return r, nil
}

// stages of a release: the window, the programs, the files around them, a look
// inside, and, with again, the same once more.
func (r *release) stages() []stage {
	stages := []stage{
		{
			Name: "windows cross-build", About: "the desktop and the console program for Windows, without cgo", Node: true,
			Steps: []step{npm("run", "build"), r.step("build the programs and read them back", func(r *release) error { return r.programs(r.out) })},
		}, {
			Name: "release", About: "installer, zip, bill of materials, licences, checksums", Only: onLinux, Node: true,
			Packages: []string{"nsis", "osslsigncode", "openssl", "p7zip-full"},
			Steps: []step{
				r.step("make the files", func(r *release) error { return r.files(r.out) }),
				r.step("unpack installer and zip and compare", (*release).lookInside),
				r.step("read the bill of materials and the licences back", (*release).checkPapers),
			},
		},
	}
	if r.again {
		stages = append(stages, stage{
			Name: "release again", About: "the same bytes from a second build; the signing", Only: onLinux, Node: true,
			Steps: []step{
				npm("run", "build"),
				r.step("make everything again and compare the bytes", (*release).compare),
				r.step("sign with a certificate made for the test", (*release).proveSigning),
			},
		})
	}
	return stages
}

// step is a step of the release, taken from the site of its stage.
func (r *release) step(title string, do func(*release) error) step {
	return step{Title: title, Check: func(s *site) error {
		here := *r
		here.site = s
		return do(&here)
	}}
}

// commitTime is when the commit was made, or SOURCE_DATE_EPOCH where the
// source is not in a repository.
func (s *site) commitTime() (time.Time, error) {
	text := os.Getenv("SOURCE_DATE_EPOCH")
	if text == "" {
		out, err := s.output(step{Command: []string{"git", "log", "-1", "--format=%ct"}})
		if err != nil {
			return time.Time{}, fmt.Errorf("asking git for the date of the commit (or set SOURCE_DATE_EPOCH): %w", err)
		}
		text = strings.TrimSpace(out)
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("reading the date of the commit: %w", err)
	}
	return time.Unix(seconds, 0).UTC(), nil
}

// programs empties the folder of what an earlier release left, and builds the
// programs into its folder "files", from which installer and zip are made.
func (r *release) programs(dir string) error {
	for _, old := range append(r.names(), filesDir) {
		if err := os.RemoveAll(filepath.Join(dir, old)); err != nil {
			return fmt.Errorf("clearing the folder: %w", err)
		}
	}
	staging := filepath.Join(dir, filesDir)
	if err := os.MkdirAll(staging, 0o755); err != nil {
		return fmt.Errorf("making the folder: %w", err)
	}
	return r.crossBuild(staging)
}

// filesDir holds what is put into the installer and the zip.
const filesDir = "files"

// files makes everything around the programs.
func (r *release) files(dir string) error {
	staging := filepath.Join(dir, filesDir)
	for _, p := range windowsPrograms() {
		if err := r.sign.file(r.site, filepath.Join(staging, p.file), r.made); err != nil {
			return err
		}
	}
	if err := r.papers(dir, staging); err != nil {
		return err
	}
	zipped := make(chan error, 1)
	go func() { zipped <- r.zip(dir, staging) }() // each packs on one processor
	if err := errors.Join(r.installer(dir, staging), <-zipped); err != nil {
		return err
	}
	r.say("%s\n%s", filepath.Join(dir, r.setupName()), filepath.Join(dir, r.zipName()))
	return r.sums(dir)
}

// names of the finished files, checksums last.
func (r *release) names() []string {
	return []string{r.setupName(), r.zipName(), bomName, "SHA256SUMS"}
}

const bomName = "madoguchi.cdx.json"

func (r *release) setupName() string { return "madoguchi-" + r.version + "-setup.exe" }
func (r *release) zipName() string   { return "madoguchi-" + r.version + "-portable.zip" }

// papers writes the licences, the guide and the bill of materials. Windows'
// own editor must show them, so lines end as Windows has them.
func (r *release) papers(dir, staging string) error {
	parts, err := r.components()
	if err != nil {
		return err
	}
	list, err := billOfMaterials(r.version, r.made, parts)
	if err != nil {
		return err
	}
	own, err := os.ReadFile(r.path("LICENSE"))
	if err != nil {
		return fmt.Errorf("reading the licence: %w", err)
	}
	guide, err := os.ReadFile(r.path("build/windows/administrators-guide.md"))
	if err != nil {
		return fmt.Errorf("reading the administrator's guide: %w", err)
	}
	for file, data := range map[string][]byte{
		filepath.Join(dir, bomName):                           list,
		filepath.Join(staging, "LICENSE.txt"):                 windowsLines(own),
		filepath.Join(staging, "THIRD-PARTY-LICENSES.txt"):    windowsLines(thirdPartyLicenses(parts)),
		filepath.Join(staging, "administrators-guide-ja.txt"): windowsLines(guide),
	} {
		if err := os.WriteFile(file, data, 0o644); err != nil {
			return fmt.Errorf("writing %s: %w", file, err)
		}
	}
	r.say("%d components of others", len(parts))
	return nil
}

// windowsLines is text with a byte order mark and with the line ends that every
// editor of Windows shows.
func windowsLines(text []byte) []byte {
	plain := bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	return append([]byte("\xef\xbb\xbf"), bytes.ReplaceAll(plain, []byte("\n"), []byte("\r\n"))...)
}

// installer runs makensis. The uninstaller removes by name what was installed,
// so the list of names is written for it.
func (r *release) installer(dir, staging string) error {
	files, err := snapshot(staging)
	if err != nil {
		return fmt.Errorf("listing the files to install: %w", err)
	}
	var remove strings.Builder
	for _, name := range sortedNames(files) {
		fmt.Fprintf(&remove, "Delete \"$INSTDIR\\%s\"\n", name)
	}
	if err := os.WriteFile(staging+".remove.nsh", []byte(remove.String()), 0o644); err != nil {
		return fmt.Errorf("writing the list of files to remove: %w", err)
	}
	defer os.Remove(staging + ".remove.nsh")
	setup := filepath.Join(dir, r.setupName())
	defines := []string{"makensis", "-V2", "-WX", "-DVERSION=" + r.version, "-DSOURCE=" + staging, "-DOUT=" + setup}
	if r.sign.certificate != "" {
		script := staging + ".sign.sh"
		if err := r.sign.script(script, r.made); err != nil {
			return err
		}
		defer os.Remove(script)
		defines = append(defines, "-DSIGN=sh "+script)
	}
	return r.execute(step{Command: append(defines, r.path("build/windows/installer/setup.nsi"))})
}

// zip is for PCs where nothing may be installed: the folder "data" beside the
// program becomes the data folder.
func (r *release) zip(dir, staging string) error {
	files, err := snapshot(staging)
	if err != nil {
		return fmt.Errorf("listing the files to pack: %w", err)
	}
	contents := map[string][]byte{"data/": nil}
	for name, text := range files {
		contents[name] = []byte(text)
	}
	return writeZip(filepath.Join(dir, r.zipName()), "madoguchi", r.made, contents)
}

func (r *release) sums(dir string) error {
	names := r.names()
	text, err := checksums(dir, names[:len(names)-1])
	if err != nil {
		return err
	}
	r.say("%s", strings.TrimSpace(string(text)))
	return os.WriteFile(filepath.Join(dir, names[len(names)-1]), text, 0o644)
}

// compare builds once more, in another folder, and compares every byte.
func (r *release) compare() error {
	other, err := os.MkdirTemp("", "madoguchi-again-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(other)
	if err := r.programs(other); err != nil {
		return err
	}
	if err := r.files(other); err != nil {
		return err
	}
	for _, name := range r.names() {
		first, err := os.ReadFile(filepath.Join(r.out, name))
		if err != nil {
			return err
		}
		second, err := os.ReadFile(filepath.Join(other, name))
		if err != nil {
			return err
		}
		if !bytes.Equal(first, second) {
			return fmt.Errorf("%s is not the same in two builds", name)
		}
	}
	return nil
}

// lookInside unpacks the installer and the zip: both must hold exactly the
// files that were made, byte for byte.
func (r *release) lookInside() error {
	want, err := snapshot(filepath.Join(r.out, filesDir))
	if err != nil || len(want) == 0 {
		return fmt.Errorf("no files to compare with (%w)", err)
	}
	for _, archive := range []struct{ name, inner string }{{r.setupName(), ""}, {r.zipName(), "madoguchi"}} {
		dir, err := os.MkdirTemp("", "madoguchi-inside-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		unpack := step{Command: []string{"7z", "x", "-y", "-o" + dir, filepath.Join(r.out, archive.name)}}
		if _, err := r.output(unpack); err != nil {
			return err
		}
		got, err := snapshot(filepath.Join(dir, archive.inner))
		if err != nil {
			return err
		}
		if err := checkInstallerParts(dir, got); err != nil {
			return fmt.Errorf("%s: %w", archive.name, err)
		}
		if changed := changedFiles(want, got); len(changed) > 0 {
			return fmt.Errorf("%s does not hold what was made: %s", archive.name, strings.Join(changed, ", "))
		}
		r.say("%s: %d files, as made", archive.name, len(got))
	}
	return nil
}

// installerParts is what NSIS adds for itself, and nothing else may: each plug-in
// is a program that runs as an administrator.
func installerParts() []string {
	return []string{"uninstall.exe", "$PLUGINSDIR/System.dll", "$PLUGINSDIR/UserInfo.dll", "$PLUGINSDIR/nsDialogs.dll",
		"$PLUGINSDIR/nsExec.dll", "$PLUGINSDIR/modern-wizard.bmp"}
}

// checkInstallerParts takes what NSIS adds for itself out of the files unpacked in
// a folder, after a look for anything that could fetch.
func checkInstallerParts(dir string, files map[string]string) error {
	for _, name := range installerParts() {
		if _, ok := files[name]; !ok {
			continue
		}
		if err := checkFetchesNothing(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		delete(files, name)
	}
	return nil
}

// checkPapers reads the bill of materials and the page of licences back: every
// module that go.mod names for the Windows programs is in both.
func (r *release) checkPapers() error {
	data, err := os.ReadFile(filepath.Join(r.out, bomName))
	if err != nil {
		return err
	}
	var list bom
	if err := json.Unmarshal(data, &list); err != nil {
		return fmt.Errorf("reading %s: %w", bomName, err)
	}
	if err := list.check(); err != nil {
		return fmt.Errorf("%s: %w", bomName, err)
	}
	page, err := os.ReadFile(filepath.Join(r.out, filesDir, "THIRD-PARTY-LICENSES.txt"))
	if err != nil {
		return err
	}
	for _, c := range list.Components {
		if !bytes.Contains(page, []byte("\r\n"+c.Name+" "+c.Version+"\r\n")) {
			return fmt.Errorf("the page of licences does not name %s", c.Name)
		}
	}
	r.say("%d components, each with its licence", len(list.Components))
	return nil
}
