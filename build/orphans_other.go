//go:build !linux

package main

// adoptOrphans does nothing here: the stages that start daemons run on Linux.
func adoptOrphans() error { return nil }

// endOrphans does nothing here: the children ended with their group.
func endOrphans() {}
