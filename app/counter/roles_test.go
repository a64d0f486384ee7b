package counter

import (
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"testing"
)

func TestWhatEachRoleMayDo(t *testing.T) {
	for task, want := range map[Task][]string{
		TaskApprove:              {"supervisor", "administrator"},
		TaskInstall:              {"supervisor", "administrator"},
		TaskPurge:                {"supervisor", "administrator"},
		SetTask("operator"):      {"clerk", "supervisor", "administrator"},
		SetTask("printer"):       {"clerk", "supervisor", "administrator"},
		SetTask("hours"):         {"supervisor", "administrator"},
		SetTask("municipality"):  {"administrator"},
		SetTask("retentionDays"): {"administrator"},
		SetTask("exportFolder"):  {"administrator"},
		SetTask("pinAttempts"):   {"administrator"},
		SetTask("anything new"):  {"administrator"},
	} {
		for _, role := range []string{"clerk", "supervisor", "administrator", "", "someone"} {
			c := &Counter{settings: Settings{Role: role}}
			err := c.May(task)
			if allowed := slices.Contains(want, role); (err == nil) != allowed {
				t.Errorf("%s by %q: got %v, want allowed %t", task, role, err, allowed)
			}
		}
	}
}

func TestAPolicyGivesRolesByAccount(t *testing.T) {
	roles := map[string]string{"kacho": "supervisor", `SHIYAKUSHO\joho`: "administrator", "*": "clerk"}
	for account, want := range map[string]string{
		"kacho": "supervisor", `SHIYAKUSHO\Kacho`: "supervisor", `shiyakusho\joho`: "administrator",
		"joho": "clerk", "kakari": "clerk", "": "clerk",
	} {
		if got := roleOfAccount(roles, account); got != want {
			t.Errorf("%q: got %s, want %s", account, got, want)
		}
	}
	if got := roleOfAccount(map[string]string{"kacho": "supervisor"}, "kakari"); got != "clerk" {
		t.Errorf("who is not listed is %s", got)
	}
}

// Nobody gives themselves a role where the policy says who has which.
func TestARoleOfThePolicyCannotBeChosen(t *testing.T) {
	account, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	folder := Folder(t.TempDir())
	for path, text := range map[string]string{
		folder.Policy():   `{"roles":{"` + filepath.Base(account.Username) + `":"supervisor"}}`,
		folder.Settings(): `{"role":"administrator","roles":{"*":"administrator"}}`,
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := folder.LoadSettings()
	if err != nil || s.Role != "supervisor" || !slices.Contains(s.Fixed, "role") {
		t.Fatalf("got %+v, %v", s, err)
	}
	c, err := Open(t.Context(), Options{Data: string(folder), Role: "administrator"})
	if err != nil {
		t.Fatal(err)
	}
	var refused *RoleError
	if err := c.May(SetTask("municipality")); !errors.As(err, &refused) {
		t.Errorf("a role given at the start won over the policy: %v", err)
	}
	s.Office = "市民課"
	if err := folder.SaveSettings(s); err != nil {
		t.Fatal(err)
	}
	if again, err := folder.LoadSettings(); err != nil || again.Role != "supervisor" || again.Office != "市民課" {
		t.Errorf("saved: %+v, %v", again, err)
	}
}
