package rules

import "testing"

// The examples of a shipped set reach every row; none of them reaches none.
func TestUnreached(t *testing.T) {
	files, err := BuiltinFiles("kagoshima-center")
	if err != nil {
		t.Fatal(err)
	}
	set, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	all := set.Unreached(nil)
	if len(all) == 0 {
		t.Fatal("no situation, and yet every row is reached")
	}
	var situations []Situation
	for _, e := range set.Examples() {
		situations = append(situations, e.Situation)
	}
	if left := set.Unreached(situations); len(left) > 0 {
		t.Errorf("the set's own examples miss %d rows, the first is %+v", len(left), left[0])
	}
	if some := set.Unreached(situations[:1]); len(some) == 0 || len(some) >= len(all) {
		t.Errorf("one example leaves %d of %d rows", len(some), len(all))
	}
}
