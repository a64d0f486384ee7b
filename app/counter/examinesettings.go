package counter

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
)

// examineSettings names the keys of the settings and of the policy that no
// setting has: what stands under them is in force nowhere.
func (c *Counter) examineSettings() Finding {
	f := Finding{Part: "settings", Title: "設定", State: Good, Says: "読み取れます"}
	var found []string
	for _, file := range []string{c.real.Policy(), c.real.Settings()} {
		if keys := unknownKeys(file); len(keys) > 0 {
			found = append(found, filepath.Base(file)+" の "+strings.Join(keys, "、"))
		}
	}
	if len(found) == 0 {
		return f
	}
	f.State, f.Code, f.Says = Bad, "unknown-setting", "知らない項目があり、効いていません: "+strings.Join(found, "、")
	f.Action = "大文字と小文字も含めて、項目のつづりを直してください: " + string(c.real)
	return f
}

// unknownKeys are the keys of a settings file that are spelled like no setting. A
// file that is not there or damaged has none: opening the counter says so.
func unknownKeys(path string) []string {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	var s Settings
	keys, err := settingsIn(data, &s)
	if err != nil {
		return nil
	}
	known := settingKeys()
	return slices.DeleteFunc(keys, func(key string) bool { return slices.Contains(known, key) })
}

// settingKeys are the keys that a settings file may have.
func settingKeys() []string {
	var keys []string
	for _, field := range reflect.VisibleFields(reflect.TypeFor[Settings]()) {
		if name, _, _ := strings.Cut(field.Tag.Get("json"), ","); name != "fixed" {
			keys = append(keys, name)
		}
	}
	return keys
}
