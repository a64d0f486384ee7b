package rules

import "testing"

func TestBuiltinSetsAreSound(t *testing.T) {
	for _, id := range BuiltinIDs() {
		t.Run(string(id), func(t *testing.T) {
			files, err := BuiltinFiles(id)
			if err != nil {
				t.Fatal(err)
			}
			set, err := Load(files)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s: %d situations told apart, edition %s", set.Title, set.Situations(), set.Edition)
		})
	}
}
