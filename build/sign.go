package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// A signer signs Windows files with the office's certificate. Its zero value
// signs nothing: the files are then ready to be signed elsewhere.
type signer struct {
	certificate  string // PKCS#12 file
	passwordFile string // its password, alone in a file; never on a command line
}

// line is the command that signs; input and output are added to it. The time
// in the signature is that of the commit, so that signing twice gives the
// same bytes.
func (g signer) line(made time.Time) []string {
	return []string{
		"osslsigncode", "sign", "-pkcs12", g.certificate, "-readpass", g.passwordFile,
		"-h", "sha256", "-n", "Madoguchi", "-time", strconv.FormatInt(made.Unix(), 10),
	}
}

// file signs one file in place.
func (g signer) file(s *site, file string, made time.Time) error {
	if g.certificate == "" {
		return nil
	}
	signed := file + ".signed"
	if _, err := s.output(step{Command: append(g.line(made), "-in", file, "-out", signed)}); err != nil {
		return fmt.Errorf("signing %s: %w", file, err)
	}
	return os.Rename(signed, file)
}

// script writes the shell script with which makensis has the installer, and
// the uninstaller in it, signed. It takes the file as its last argument.
func (g signer) script(file string, made time.Time) error {
	var words strings.Builder
	for _, word := range g.line(made) {
		words.WriteString("'" + strings.ReplaceAll(word, "'", `'\''`) + "' ")
	}
	text := "set -e\n" + words.String() + "-in \"$1\" -out \"$1.signed\" >/dev/null\nmv \"$1.signed\" \"$1\"\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return fmt.Errorf("writing the signing script: %w", err)
	}
	return nil
}

// proveSigning signs a program and the installer with a certificate made for
// the purpose, and has both signatures checked.
func (r *release) proveSigning() error {
	dir, err := os.MkdirTemp("", "madoguchi-sign-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	in := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(in("password"), []byte("for-the-test"), 0o600); err != nil {
		return err
	}
	for _, line := range [][]string{
		{"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", in("key.pem"), "-out", in("certificate.pem"),
			"-days", "3650", "-subj", "/CN=Madoguchi test", "-addext", "extendedKeyUsage=codeSigning"},
		{"pkcs12", "-export", "-inkey", in("key.pem"), "-in", in("certificate.pem"), "-out", in("test.p12"), "-passout", "file:" + in("password")},
	} {
		if _, err := r.output(step{Command: append([]string{"openssl"}, line...)}); err != nil {
			return fmt.Errorf("making the test certificate: %w", err)
		}
	}
	test := signer{certificate: in("test.p12"), passwordFile: in("password")}
	if err := test.script(in("sign.sh"), r.made); err != nil {
		return err
	}
	for _, name := range []string{filepath.Join(filesDir, "madoctl.exe"), r.setupName()} {
		if err := r.proveSigned(filepath.Join(r.out, name), in("signed.exe"), in("sign.sh"), in("certificate.pem")); err != nil {
			return fmt.Errorf("signing %s: %w", name, err)
		}
	}
	return nil
}

// proveSigned signs a copy of a file by the script and checks the signature.
func (r *release) proveSigned(file, copied, script, certificate string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := os.WriteFile(copied, data, 0o644); err != nil {
		return err
	}
	if err := r.execute(step{Command: []string{"sh", script, copied}}); err != nil {
		return err
	}
	verify := step{Command: []string{"osslsigncode", "verify", "-CAfile", certificate, "-in", copied}}
	if _, err := r.output(verify); err != nil {
		return fmt.Errorf("checking the signature: %w", err)
	}
	r.say("%s: signed and checked", filepath.Base(file))
	return nil
}
