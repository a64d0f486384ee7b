package app

import (
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// What a window that was taken over could send in place of a text: too long,
// zero bytes, no UTF-8, a path, words of no vocabulary, an individual number.
func hostileTexts() []string {
	return []string{strings.Repeat("長", 400_000), "a\x00b", "\xff\xfe", "../../../etc/passwd",
		"neighbour'; DROP TABLE cases; --", "\u202e<script>alert(1)</script>", "9999-99-99", hostileNumber, "１２３４５６７８９０１８"}
}

// hostileNumber has the form and the check digit of an individual number.
const hostileNumber = "123456789018"

// silentEvents hears nothing, however often the office opens anew.
type silentEvents struct{}

func (silentEvents) cardChanged(CardView)  {}
func (silentEvents) progress(ProgressView) {}
func (silentEvents) comeForward()          {}
func (silentEvents) retitle(string)        {}

// seeds are arguments that are accepted, so that one bad part of them is met
// where it lies and not where the first part is missing.
func seeds() map[reflect.Type]any {
	list := []any{renewal, renewal.Answers[0], PersonView{Name: "見本 太郎", Address: []string{"架空市見本町1"}}, letterInput,
		PaperAnswer{Document: "運転免許証", Of: "visitor", ExpiresOn: "2028-05-01"}, SettingView{Key: "operator", Text: "例示"}}
	byType := map[reflect.Type]any{}
	for _, v := range list {
		byType[reflect.TypeOf(v)] = v
	}
	return byType
}

func seed(t reflect.Type) reflect.Value {
	v := reflect.New(t).Elem()
	if known, ok := seeds()[t]; ok {
		v.Set(reflect.ValueOf(known))
	}
	return v
}

// spoilt gives copies of a value in which one part is hostile.
func spoilt(v reflect.Value) []reflect.Value {
	var all []reflect.Value
	add := func(values ...any) {
		for _, x := range values {
			all = append(all, reflect.ValueOf(x).Convert(v.Type()))
		}
	}
	switch v.Kind() {
	case reflect.String:
		for _, text := range hostileTexts() {
			add(text)
		}
	case reflect.Int:
		add(-1, math.MinInt, math.MaxInt)
	case reflect.Bool:
		add(true, false)
	case reflect.Struct:
		for i := range v.NumField() {
			for _, part := range spoilt(v.Field(i)) {
				one := reflect.New(v.Type()).Elem()
				one.Set(v)
				one.Field(i).Set(part)
				all = append(all, one)
			}
		}
	case reflect.Slice:
		all = append(all, reflect.Zero(v.Type()), reflect.MakeSlice(v.Type(), 5000, 5000))
		for _, part := range spoilt(seed(v.Type().Elem())) {
			all = append(all, reflect.Append(reflect.MakeSlice(v.Type(), 0, 1), part))
		}
	}
	return all
}

// Every bound method gets every hostile part in every argument. It answers or
// says a Problem that was foreseen; it never panics, never takes an individual
// number, and the office works on.
func TestBoundMethodsWithstandAnyArgument(t *testing.T) {
	withoutRaces(t)
	for i, bound := range newOffice(startOptions{}).bound() {
		t.Run(reflect.TypeOf(bound).Elem().Name(), func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			o := newOffice(startOptions{data: folder, simulation: true, scenario: "standard"})
			o.show(silentEvents{})
			o.open(t.Context())
			t.Cleanup(o.close)
			target := reflect.ValueOf(o.bound()[i])
			for m := range target.NumMethod() {
				h := hostile{t, o, target.Type().Method(m).Name, target.Method(m), 0}
				h.callAll()
			}
			if held := filesHolding(t, folder, hostileNumber); len(held) > 0 {
				t.Errorf("an individual number was stored in %v", held)
			}
		})
	}
}

// harmless are the methods whose argument cannot be wrong: a text that is no day
// is answered with no day.
func harmless() []string { return []string{"ReadDate"} }

type hostile struct {
	t       *testing.T
	office  *office
	name    string
	method  reflect.Value
	refused int
}

func (h *hostile) callAll() {
	kind := h.method.Type()
	args := make([]reflect.Value, kind.NumIn())
	for i := range args {
		args[i] = seed(kind.In(i))
	}
	for i := range args {
		for _, bad := range spoilt(args[i]) {
			with := slices.Clone(args)
			with[i] = bad
			h.call(with, i, bad)
		}
	}
	if len(args) > 0 && h.refused == 0 && !slices.Contains(harmless(), h.name) {
		h.t.Errorf("%s refuses nothing", h.name)
	}
}

func (h *hostile) call(args []reflect.Value, at int, bad reflect.Value) {
	what := shown(bad)
	defer func() {
		if r := recover(); r != nil {
			h.t.Errorf("%s, argument %d, %s: panic %v", h.name, at, what, r)
		}
	}()
	results := h.method.Call(args)
	for _, r := range results {
		err, failed := r.Interface().(error)
		if !failed {
			continue
		}
		h.refused++
		p := problemOf(err)
		if p.Code == "unforeseen" || p.Title == "" || p.Action == "" || p.Ref == "" {
			h.t.Errorf("%s, argument %d, %s: the problem %+v of %q", h.name, at, what, p, head(err.Error()))
		}
		if strings.Contains(p.Title+p.Action, hostileNumber) {
			h.t.Errorf("%s, argument %d: the problem repeats the number", h.name, at)
		}
		if len(p.Title+p.Action) > 4*mostText*len("長") {
			h.t.Errorf("%s, argument %d, %s: a problem of %d bytes", h.name, at, what, len(p.Title+p.Action))
		}
	}
	if _, err := h.office.now(); err != nil {
		h.t.Fatalf("%s, argument %d, %s: the office does not work any more: %v", h.name, at, what, err)
	}
}

// shown is as much of an argument as helps to find it.
func shown(v reflect.Value) string {
	data, err := json.Marshal(v.Interface())
	if err != nil {
		return v.Type().String()
	}
	return head(string(data))
}

func head(text string) string {
	const enough = 160
	if len(text) > enough {
		return text[:enough] + "…"
	}
	return text
}

// filesHolding names the files below a folder in which a text can be read.
func filesHolding(t *testing.T, folder, text string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // the history's working files come and go
		}
		if strings.Contains(string(data), text) {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// withoutRaces leaves a test that tries everything, one after the other, to the run
// without the race detector: it would only be slower here.
func withoutRaces(t *testing.T) {
	t.Helper()
	if raced {
		t.Skip("run without -race: the unit tests do so next")
	}
}
