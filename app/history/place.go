package history

import (
	"path/filepath"
	"strings"
)

// isUNC reports a share by name: \\server\share, also as \\?\UNC\server\share.
func isUNC(path string) bool {
	if filepath.Separator == '\\' {
		path = strings.ReplaceAll(path, "/", `\`)
	}
	if strings.HasPrefix(path, `\\?\UNC\`) {
		return true
	}
	return strings.HasPrefix(path, `\\`) && !strings.HasPrefix(path, `\\?\`) && !strings.HasPrefix(path, `\\.\`)
}
