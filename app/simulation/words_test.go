package simulation

import (
	"errors"
	"regexp"
	"strings"
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

// A word that no vocabulary has would score as if nothing had been said: it is
// refused and named.
func TestAnswersWithAWordNobodyKnows(t *testing.T) {
	for name, c := range map[string]struct{ file, named string }{
		"outcome":  {`{"statement":{"outcome":"maybe","deadline":null}}`, `outcome: unknown word "maybe"`},
		"party":    {`{"statement":{"outcome":"proceed","papers":[{"of":"agent","anyOf":[]}],"deadline":null}}`, `of: unknown word "agent"`},
		"kind":     {`{"statement":{"pins":[{"kind":"sign","entry":"set-new"}],"deadline":null}}`, `kind: unknown word "sign"`},
		"entry":    {`{"statement":{"pins":[{"kind":"signature","entry":"by-post"}],"deadline":null}}`, `entry: unknown word "by-post"`},
		"handed":   {`{"letterHandedTo":"agent"}`, `letterHandedTo: unknown word "agent"`},
		"good one": {`{"letterHandedTo":"visitor","statement":{"outcome":"proceed","pins":[{"kind":"signature","entry":"set-new"}],"deadline":null}}`, ""},
		"no word":  {`{"statement":{"deadline":null}}`, ""},
	} {
		_, err := ParseAnswers([]byte(c.file))
		if c.named == "" && err == nil {
			continue
		}
		if !errors.Is(err, ErrAnswers) || !strings.Contains(err.Error(), c.named) {
			t.Errorf("%s: got %v, want %q", name, err, c.named)
		}
	}
}
