package reader_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// assumed is what the code takes for true of the card without a source or a
// card that showed it. A first day with a real card settles these.
var assumed = []string{
	"common.go: the last eight digits of the issue record are the card's last day (one client reports it)",
	"jpki.go: 00 in the presence file is a certificate that is not there",
	"jpki.go: 8F in the presence file is a certificate that is there (one client reports it)",
	"pin.go: 6A88 to the question is a PIN that was never set",
	"summary.go: a card with the resident-register application alone is a juki card",
	"attempt.go: resident-registration is set by CHANGE KEY (one client reports it)",
}

// TestAssumptionsAreListed counts the marks in the code against the list.
func TestAssumptionsAreListed(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	marked, listed := map[string]int{}, map[string]int{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(data), "Assumed: ") + strings.Count(string(data), "Observed by one client"); n > 0 && !strings.HasSuffix(file, "_test.go") {
			marked[file] = n
		}
	}
	for _, line := range assumed {
		file, _, _ := strings.Cut(line, ":")
		listed[file]++
	}
	for file, n := range marked {
		if listed[file] != n {
			t.Errorf("%s marks %d assumptions, the list has %d", file, n, listed[file])
		}
	}
	for file := range listed {
		if !slices.Contains(files, file) || marked[file] == 0 {
			t.Errorf("the list names %s, which marks none", file)
		}
	}
}
