package rules

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed municipality
var municipalityFiles embed.FS

// BuiltinIDs lists the rule sets that ship with the program, in the order of the
// sources. A superseded set stands behind those in force.
func BuiltinIDs() []MunicipalityID {
	return []MunicipalityID{"kagoshima-center", "kasugai", "kawasaki", "tagajo", "kagoshima-sheet"}
}

// BuiltinFiles is the folder of a rule set that ships with the program.
func BuiltinFiles(id MunicipalityID) (fs.FS, error) {
	sub, err := fs.Sub(municipalityFiles, "municipality/"+string(id))
	if err != nil {
		return nil, fmt.Errorf("opening rule set %s: %w", id, err)
	}
	if _, err := fs.Stat(sub, "about.csv"); err != nil {
		return nil, fmt.Errorf("opening rule set %s: %w", id, err)
	}
	return sub, nil
}

// Builtin loads the rule sets that ship with the program.
func Builtin() ([]*Set, error) {
	words, err := loadVocabulary()
	if err != nil {
		return nil, fmt.Errorf("reading the vocabulary: %w", err)
	}
	var sets []*Set
	for _, id := range BuiltinIDs() {
		files, err := BuiltinFiles(id)
		if err != nil {
			return nil, err
		}
		set, err := loadWith(files, words)
		if err != nil {
			return nil, fmt.Errorf("loading rule set %s: %w", id, err)
		}
		sets = append(sets, set)
	}
	return sets, nil
}
