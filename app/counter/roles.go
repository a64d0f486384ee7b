package counter

import (
	"fmt"
	"os/user"
	"slices"
	"strings"

	"madoguchi/app/history"
)

// What a role may do, besides the work at the counter that everybody does. A
// clerk chooses what belongs to the place they sit at; a supervisor also signs and
// installs rule sets, purges, and sets what is printed; an administrator sets everything.
//
// Who has which role: by default it is chosen in the settings, and the history
// says who did what. An administrator can fix it in policy.json, for everybody
// ("role") or by the account a person logged in with ("roles", with "*" for all
// others):
//
//	{"roles": {"kakari": "clerk", "kacho": "supervisor", "*": "clerk"}}

// Task is something that not every role may do.
type Task string

// The tasks.
const (
	TaskApprove Task = "approve" // sign a rule set
	TaskInstall Task = "install" // take in a rule set that was signed elsewhere
	TaskPurge   Task = "purge"   // remove persons whose day has come
	taskSet     Task = "set:"    // followed by the key of a setting
)

// SetTask is the task of changing one setting.
func SetTask(key string) Task { return taskSet + Task(key) }

var (
	clerksSettings      = []string{"operator", "role", "printer", "tray", "reader", "envelope"}
	supervisorsSettings = []string{"office", "place", "hours", "replyDays", "retentionClass", "lockMinutes"}
)

// RoleError means that the operator's role does not do a task.
type RoleError struct {
	Task Task
	Need []history.Role // who does
}

func (e *RoleError) Error() string { return fmt.Sprintf("%s is for %v", e.Task, e.Need) }

// rolesFor lists who may do a task.
func rolesFor(task Task) []history.Role {
	all := []history.Role{history.Clerk, history.Supervisor, history.Administrator}
	key, setting := strings.CutPrefix(string(task), string(taskSet))
	switch {
	case setting && slices.Contains(clerksSettings, key):
		return all
	case setting && !slices.Contains(supervisorsSettings, key):
		return all[2:]
	}
	return all[1:]
}

// May answers nil when the operator's role does the task, else a *RoleError.
func (c *Counter) May(task Task) error {
	need := rolesFor(task)
	if slices.Contains(need, c.role()) {
		return nil
	}
	return &RoleError{Task: task, Need: need}
}

// roleOfAccount is the role that a policy gives to an account: by its name, with
// or without the domain before it, else by "*".
func roleOfAccount(roles map[string]string, account string) string {
	short := account[strings.LastIndexAny(account, `\/`)+1:]
	for _, name := range []string{account, short} {
		for listed, role := range roles {
			if strings.EqualFold(listed, name) {
				return role
			}
		}
	}
	if role := roles["*"]; role != "" {
		return role
	}
	return string(history.Clerk)
}

// withRoles gives the settings the role that the policy has for who is logged in.
func (s Settings) withRoles() Settings {
	if len(s.Roles) == 0 {
		return s
	}
	name := ""
	if account, err := user.Current(); err == nil {
		name = account.Username
	}
	s.Role = roleOfAccount(s.Roles, name)
	if !slices.Contains(s.Fixed, "role") {
		s.Fixed = append(s.Fixed, "role")
		slices.Sort(s.Fixed)
	}
	return s
}

// roleProblem is of the class of the history's own refusal of a role: the console
// program answers both with one exit status.
func roleProblem(err error) (Problem, bool) {
	e, ok := as[*RoleError](err)
	if !ok {
		return no()
	}
	if len(e.Need) == 1 {
		return Problem{"role", "この操作は管理者だけが行えます", "管理者に依頼してください。何も変えていません", "M-020", ClassData}, true
	}
	return Problem{"role", "この操作は責任者か管理者が行います", "責任者に依頼してください。何も変えていません", "M-021", ClassData}, true
}
