package simulation

import (
	"regexp"
	"testing"
)

// What people read is Japanese: every key and value that a scenario has, and all
// that the visitors say, without a word of the code.
func TestKeysAndAnswersAreSaidInJapanese(t *testing.T) {
	library, sets := shipped(t)
	code := regexp.MustCompile(`[a-z]{3,}`)
	for _, s := range library.All() {
		set := sets[s.Municipality]
		for seed := range int64(s.VariantCount()) {
			at, err := s.truthOf(seed)
			if err != nil {
				t.Fatal(err)
			}
			for key, value := range at.facts {
				if key == "place" {
					continue // a name of the municipality's own list, never said by a visitor
				}
				for _, words := range []string{KeyWords(set, key), ValueWords(set, key, value), at.words(set, key, seed)} {
					if found := code.FindString(words); words == "" || found != "" || words == "この手続にない質問" {
						t.Errorf("%s: %s=%s is said %q", s.ID, key, value, words)
					}
				}
			}
		}
	}
}
