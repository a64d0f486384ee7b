package simulation

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"madoguchi/rules"
)

// Facts are situation keys with their values in the words of Situation.Set:
// "visitor.kind" → "parent", "holder.movedInOn" → "null".
type Facts map[string]string

// flattenFacts reads the nested JSON of a scenario's facts.
func flattenFacts(data json.RawMessage) (Facts, error) {
	var tree map[string]any
	if err := json.Unmarshal(data, &tree); err != nil {
		return nil, fmt.Errorf("reading facts: %w", err)
	}
	facts := Facts{}
	if err := facts.add("", tree); err != nil {
		return nil, err
	}
	return facts, nil
}

func (f Facts) add(prefix string, tree map[string]any) error {
	for name, value := range tree {
		key := prefix + name
		switch v := value.(type) {
		case nil:
			f[key] = "null"
		case bool:
			f[key] = map[bool]string{true: "yes", false: "no"}[v]
		case string:
			f[key] = v
		case float64:
			f[key] = fmt.Sprint(v)
		case map[string]any:
			if err := f.add(key+".", v); err != nil {
				return err
			}
		default:
			return fmt.Errorf("fact %s: a list is no answer", key)
		}
	}
	return nil
}

// FactsOf is a situation as facts; what was not asked is not among them.
func FactsOf(s rules.Situation) (Facts, error) {
	s.Evidence = nil
	data, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("writing situation: %w", err)
	}
	var tree map[string]any
	if err := json.Unmarshal(data, &tree); err != nil {
		return nil, fmt.Errorf("reading situation: %w", err)
	}
	for _, fixed := range []string{"municipality", "procedure", "on"} {
		delete(tree, fixed)
	}
	facts := Facts{}
	return facts, facts.add("", tree)
}

// Keys lists the keys in a fixed order.
func (f Facts) Keys() []string { return slices.Sorted(maps.Keys(f)) }

// spoken lists the keys in the order in which a visitor speaks of them: the PINs as
// they are listed everywhere, at the end.
func (f Facts) spoken() []string {
	kinds := rules.PINKinds()
	place := func(key string) int {
		return slices.Index(kinds, rules.PINKind(strings.TrimPrefix(key, AllPINs+".")))
	}
	keys := f.Keys()
	slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(place(a), place(b)) })
	return keys
}

// into sets the named facts in a situation; keys f does not have are passed over.
func (f Facts) into(s *rules.Situation, keys []string) error {
	for _, key := range keys {
		value, known := f[key]
		if !known {
			continue
		}
		if err := s.Set(key, value); err != nil {
			return fmt.Errorf("fact %s: %w", key, err)
		}
	}
	return nil
}

// with returns the facts with others laid over them.
func (f Facts) with(over map[string]string) Facts {
	out := maps.Clone(f)
	maps.Copy(out, over)
	return out
}

// AllPINs is the key of the one question about all PINs: which of them the
// visitor knows.
const AllPINs = "pins"

// fromCard reports whether the reader or the card's face shows a fact, so that
// nobody has to be asked for it.
func fromCard(key, value string) bool {
	if strings.HasPrefix(key, AllPINs+".") {
		return value == "locked" || value == "unset"
	}
	return strings.HasPrefix(key, "card.") || strings.HasPrefix(key, "certificates.")
}

// reveals reports whether asking one key answers another.
func reveals(asked, key string) bool {
	return asked == key || asked == AllPINs && strings.HasPrefix(key, AllPINs+".")
}

// answers reports whether the facts have an answer to a key.
func (f Facts) answers(asked string) bool {
	for key := range f {
		if reveals(asked, key) {
			return true
		}
	}
	return false
}
