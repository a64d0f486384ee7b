package simulation

import (
	"cmp"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// Results keeps what trainees did: one folder a trainee, one file a run. The
// folder's name is the trainee's name in hexadecimal digits, so that any name is
// one folder. Deleting a trainee deletes the folder.
type Results struct {
	dir string
}

// OpenResults names the folder; it is made by the first Save.
func OpenResults(dir string) Results { return Results{dir: dir} }

// Kept is one stored run.
type Kept struct {
	Trainee string  `json:"trainee"`
	At      string  `json:"at"` // RFC 3339
	Course  string  `json:"course,omitempty"`
	Answers Answers `json:"answers"`
	Result  Result  `json:"result"`
}

// ErrNoTrainee means that nothing is stored under a name.
var ErrNoTrainee = errors.New("no results of this trainee")

// Save stores a run, whole or not at all.
func (r Results) Save(k Kept) (err error) {
	if k.Trainee == "" {
		return fmt.Errorf("storing a result: %w", ErrNoTrainee)
	}
	folder := r.folder(k.Trainee)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("storing a result: %w", err)
	}
	data, err := json.MarshalIndent(k, "", " ")
	if err != nil {
		return fmt.Errorf("storing a result: %w", err)
	}
	temp, err := os.CreateTemp(folder, ".new-*")
	if err != nil {
		return fmt.Errorf("storing a result: %w", err)
	}
	_, err = temp.Write(data)
	err = errors.Join(err, temp.Sync(), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), r.free(folder, k))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("storing a result: %w", err), os.Remove(temp.Name()))
	}
	return nil
}

// free is a file name nothing stands under: time, scenario, and a number when
// two runs end in one second.
func (r Results) free(folder string, k Kept) string {
	at, err := time.Parse(time.RFC3339, k.At)
	stamp := at.UTC().Format("20060102T150405")
	if err != nil {
		stamp = "undated"
	}
	for n := 1; ; n++ {
		path := filepath.Join(folder, fmt.Sprintf("%s-%s-%d.json", stamp, k.Result.Scenario, n))
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return path
		}
	}
}

func (r Results) folder(trainee string) string {
	return filepath.Join(r.dir, hex.EncodeToString([]byte(trainee)))
}

// Trainees lists who has results.
func (r Results) Trainees() ([]string, error) {
	entries, err := os.ReadDir(r.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return []string{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("listing trainees: %w", err)
	}
	names := []string{}
	for _, e := range entries {
		if name, err := hex.DecodeString(e.Name()); err == nil && e.IsDir() {
			names = append(names, string(name))
		}
	}
	slices.Sort(names)
	return names, nil
}

// Of lists the runs of a trainee, oldest first; the error wraps ErrNoTrainee.
func (r Results) Of(trainee string) ([]Kept, error) {
	names, err := filepath.Glob(filepath.Join(r.folder(trainee), "*.json"))
	if err != nil {
		return nil, fmt.Errorf("listing results: %w", err)
	}
	if len(names) == 0 {
		return nil, ErrNoTrainee
	}
	out := make([]Kept, 0, len(names))
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("reading a result: %w", err)
		}
		var k Kept
		if err := json.Unmarshal(data, &k); err != nil {
			return nil, fmt.Errorf("reading result %s: %w", filepath.Base(name), err)
		}
		out = append(out, k)
	}
	slices.SortStableFunc(out, func(a, b Kept) int { return cmp.Compare(a.At, b.At) })
	return out, nil
}

// Delete removes everything stored of a trainee.
func (r Results) Delete(trainee string) error {
	if _, err := os.Stat(r.folder(trainee)); err != nil {
		return ErrNoTrainee
	}
	if err := os.RemoveAll(r.folder(trainee)); err != nil {
		return fmt.Errorf("deleting results: %w", err)
	}
	return nil
}

// Progress is one trainee over all runs.
type Progress struct {
	Trainee   string       `json:"trainee"`
	Runs      int          `json:"runs"`
	Scenarios int          `json:"scenarios"` // different ones
	Perfect   int          `json:"perfect"`
	First     int          `json:"firstPercent"`
	Last      int          `json:"lastPercent"`
	Average   int          `json:"averagePercent"`
	Seconds   int          `json:"averageSeconds"`
	Weak      []Weak       `json:"weak"` // where points were lost, most first
	Best      []ScenarioID `json:"perfectScenarios"`
}

// Weak is a topic and how many points were lost on it.
type Weak struct {
	Topic Topic `json:"topic"`
	Lost  int   `json:"lost"`
}

// ProgressOf sums up runs of one trainee, oldest first.
func ProgressOf(trainee string, runs []Kept) Progress {
	p := Progress{Trainee: trainee, Runs: len(runs), Weak: []Weak{}, Best: []ScenarioID{}}
	if len(runs) == 0 {
		return p
	}
	lost := map[Topic]int{}
	played := map[ScenarioID]bool{}
	percent, seconds := 0, 0
	for _, k := range runs {
		played[k.Result.Scenario] = true
		percent += k.Result.Percent
		seconds += k.Result.Seconds
		if k.Result.Perfect {
			p.Perfect++
			p.Best = append(p.Best, k.Result.Scenario)
		}
		for _, l := range k.Result.Lines {
			lost[l.Topic] += l.Of - l.Points
		}
	}
	p.Scenarios, p.Average, p.Seconds = len(played), percent/len(runs), seconds/len(runs)
	p.First, p.Last = runs[0].Result.Percent, runs[len(runs)-1].Result.Percent
	slices.Sort(p.Best)
	p.Best = slices.Compact(p.Best)
	for topic, points := range lost {
		if points > 0 {
			p.Weak = append(p.Weak, Weak{topic, points})
		}
	}
	slices.SortFunc(p.Weak, func(a, b Weak) int {
		return cmp.Or(cmp.Compare(b.Lost, a.Lost), cmp.Compare(a.Topic, b.Topic))
	})
	return p
}

// Group compares all trainees, best average first.
func (r Results) Group() ([]Progress, error) {
	names, err := r.Trainees()
	if err != nil {
		return nil, err
	}
	out := make([]Progress, 0, len(names))
	for _, name := range names {
		runs, err := r.Of(name)
		if err != nil {
			return nil, err
		}
		out = append(out, ProgressOf(name, runs))
	}
	slices.SortStableFunc(out, func(a, b Progress) int { return cmp.Compare(b.Average, a.Average) })
	return out, nil
}

// WriteCSV writes runs for a spreadsheet: UTF-8 with a byte-order mark, so that
// it opens with its Japanese intact. A cell that a spreadsheet would run as a
// formula is written with an apostrophe before it.
func WriteCSV(w io.Writer, runs []Kept) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("writing results: %w", err)
	}
	out := csv.NewWriter(w)
	rows := [][]string{{"受講者", "日時", "コース", "シナリオ", "題名", "得点", "満点", "百分率", "秒", "打鍵数", "ヒント", "判定表の版"}}
	for _, k := range runs {
		rows = append(rows, []string{plainCell(k.Trainee), k.At, plainCell(k.Course), string(k.Result.Scenario), plainCell(k.Result.Title),
			strconv.Itoa(k.Result.Points), strconv.Itoa(k.Result.Of), strconv.Itoa(k.Result.Percent),
			strconv.Itoa(k.Result.Seconds), strconv.Itoa(k.Result.Keys), strconv.Itoa(k.Answers.Hints), k.Result.Edition})
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("writing results: %w", err)
	}
	return nil
}

func plainCell(text string) string {
	if text != "" && slices.Contains([]byte("=+-@\t\r"), text[0]) {
		return "'" + text
	}
	return text
}
