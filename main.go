// Madoguchi (窓口ナビ) stands beside the official terminal at a city-hall counter
// for My Number Cards. Wails needs its main package at the root; everything it
// does is in package app.
package main

import "madoguchi/app"

func main() { app.Main() }
