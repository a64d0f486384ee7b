package rules

import (
	"slices"
	"testing"
)

// TestContradictionIsSaid: two answers that cannot both be true are named, and the
// plan is whole all the same.
func TestContradictionIsSaid(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	cases := []struct {
		name    string
		answers []string
		keys    []string
	}{
		{"born tomorrow", []string{"holder.birthDate", "2026-11-25"}, []string{"holder.birthDate", "on"}},
		{"moved in tomorrow", []string{"holder.movedInOn", "2026-11-25"}, []string{"holder.movedInOn", "on"}},
		{"parent of an adult", []string{"visitor.kind", "parent"}, []string{"holder.birthDate", "visitor.kind"}},
		{"guardian of a minor who is grown", []string{"visitor.kind", "guardian-of-minor"}, []string{"holder.birthDate", "visitor.kind"}},
		{"adult under guardianship of minors", []string{"holder.guardianship", "minor-guardianship"}, []string{"holder.birthDate", "holder.guardianship"}},
		{"guardian of nobody", []string{"visitor.kind", "guardian-of-adult", "holder.guardianship", "none"}, []string{"holder.guardianship", "visitor.kind"}},
		{"curator of a ward", []string{"visitor.kind", "curator", "holder.guardianship", "adult-guardianship"}, []string{"holder.guardianship", "visitor.kind"}},
		{"born today", []string{"holder.birthDate", "2026-11-24", "visitor.kind", "parent"}, nil},
		{"curator", []string{"visitor.kind", "curator", "holder.guardianship", "curatorship"}, nil},
		{"guardian, nobody asked about", []string{"visitor.kind", "guardian-of-adult"}, nil},
		{"holder", nil, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := set.Decide(center(t, "certificate-renewal|pin-reset", c.answers...))
			i := slices.IndexFunc(p.Notes, func(l Line) bool { return l.ID == "contradiction" })
			if (i >= 0) != (c.keys != nil) || i >= 0 && !slices.Equal(p.Notes[i].Because, c.keys) {
				t.Errorf("notes %s, want the keys %v", wordList(p.Notes, func(l Line) string { return l.ID }), c.keys)
			}
			if p.Outcome == "" || p.Status == "" {
				t.Errorf("half a plan: %+v", p)
			}
		})
	}
}
