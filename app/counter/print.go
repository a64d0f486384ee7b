package counter

import (
	"context"

	"madoguchi/rules"
)

// Printed is a file that was made.
type Printed struct {
	Path  string `json:"path"` // absolute
	Pages int    `json:"pages"`
}

// PrintChecklist makes the one-page checklist of a plan as a PDF at path,
// whole or not at all. An empty path makes a file of its own in the folder of
// prints. caseNumber may be empty. In simulation the page is marked 訓練.
func (c *Counter) PrintChecklist(ctx context.Context, plan rules.Plan, caseNumber, path string) (Printed, error) {
	return Printed{}, errNotWired
}
