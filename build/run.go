package main

import "errors"

func runCommand(s *site, args []string) error {
	return errors.New("run: not wired")
}
