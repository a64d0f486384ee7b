package rules

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"strconv"
	"strings"
)

//go:embed vocabulary/*.csv
var vocabularyFiles embed.FS

// vocabulary holds the words all municipalities share: requirements, lines of
// the plan, labels of facts, and the questions. It says how a thing is called,
// never what a municipality decided.
type vocabulary struct {
	requirements map[string]requirementWord
	lines        map[string]Text
	labels       map[string]Text // "fact/word" -> label
	questions    []Question
	keyNames     []string       // situation keys in their order
	keyPlaces    map[string]int // the place of each
	pinKeys      keySet         // the keys of single PINs
}

type requirementWord struct {
	of    Party
	anyOf [][]ClassCount
	text  Text
}

func (v *vocabulary) clone() *vocabulary {
	own := *v
	own.lines = maps.Clone(v.lines)
	return &own
}

func loadVocabulary() (*vocabulary, error) {
	sub, err := fs.Sub(vocabularyFiles, "vocabulary")
	if err != nil {
		return nil, fmt.Errorf("opening the vocabulary: %w", err)
	}
	var faults Faults
	v := &vocabulary{requirements: map[string]requirementWord{}, lines: map[string]Text{}, labels: map[string]Text{}}
	v.readRequirements(sub, &faults)
	v.readTexts(sub, "lines.csv", []string{"id"}, v.lines, &faults)
	v.readTexts(sub, "labels.csv", []string{"fact", "word"}, v.labels, &faults)
	v.readQuestions(sub, &faults)
	v.orderKeys()
	if len(faults) > 0 {
		return nil, faults
	}
	return v, nil
}

func textOf(s *sheet, r sheetRow) Text {
	return Text{Ja: s.cell(r, "ja"), Easy: s.cell(r, "easy"), En: s.cell(r, "en")}
}

func (v *vocabulary) readTexts(fsys fs.FS, file string, keys []string, into map[string]Text, faults *Faults) {
	s, ok := readSheet(fsys, file, faults)
	if !ok || !s.need(faults, append(keys, "ja", "easy", "en")) {
		return
	}
	for _, r := range s.rows {
		key := make([]string, len(keys))
		for i, k := range keys {
			key[i] = s.cell(r, k)
		}
		id := strings.Join(key, "/")
		if _, twice := into[id]; twice {
			faults.add(Fault{Kind: FaultDuplicate, File: file, Line: r.line, Column: 1, Detail: fmt.Sprintf("%q stands twice", id)})
		}
		into[id] = textOf(s, r)
	}
}

func (v *vocabulary) readRequirements(fsys fs.FS, faults *Faults) {
	s, ok := readSheet(fsys, "requirements.csv", faults)
	if !ok || !s.need(faults, []string{"id", "of", "any-of", "ja", "easy", "en"}) {
		return
	}
	for _, r := range s.rows {
		anyOf, err := parseAnyOf(s.cell(r, "any-of"))
		if err != nil {
			faults.add(Fault{Kind: FaultUnknownWord, File: s.file, Line: r.line, Column: s.column("any-of") + 1, Detail: err.Error()})
		}
		v.requirements[s.cell(r, "id")] = requirementWord{of: Party(s.cell(r, "of")), anyOf: anyOf, text: textOf(s, r)}
	}
}

// parseAnyOf reads `A:2/A:1+B:1`: alternatives, each a list of classes with counts.
func parseAnyOf(text string) ([][]ClassCount, error) {
	var anyOf [][]ClassCount
	for alternative := range strings.SplitSeq(text, "/") {
		var all []ClassCount
		for part := range strings.SplitSeq(alternative, "+") {
			class, number, found := strings.Cut(part, ":")
			n, err := strconv.Atoi(number)
			if !found || err != nil || n < 1 {
				return nil, fmt.Errorf("%q is not class:count", part)
			}
			all = append(all, ClassCount{Class: DocumentClass(class), Count: n})
		}
		anyOf = append(anyOf, all)
	}
	return anyOf, nil
}

// pinTexts are the sentences of PIN lines, of every PIN by how it comes in.
func (v *vocabulary) pinTexts() (texts [len(pinOrder)]map[PINEntry]Text) {
	for i, kind := range pinOrder {
		texts[i] = map[PINEntry]Text{}
		for _, entry := range []PINEntry{EntryAtCounter, EntryInLetter, EntrySetNew} {
			texts[i][entry] = v.lines["pin/"+string(kind)+"/"+string(entry)]
		}
	}
	return texts
}
