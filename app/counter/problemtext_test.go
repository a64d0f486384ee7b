package counter

import (
	"encoding/json"
	"testing"
)

// The window reads a problem back from its text.
func TestAProblemIsTextThatReadsBack(t *testing.T) {
	want := Problem{Code: "no-reader", Title: "「リーダー」が\nありません", Action: "つないで", Ref: "R-002"}
	var got Problem
	if err := json.Unmarshal([]byte(want.Text()), &got); err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}
