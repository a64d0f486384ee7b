package main

import (
	"fmt"
	"os"
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
