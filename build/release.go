package main

import "errors"

// releaseCommand makes the files that are handed to an office.
func releaseCommand(s *site, args []string) error {
	return errors.New("release: nothing to release yet")
}
