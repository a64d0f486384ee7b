package rules

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"sort"
	"strings"
)

// The JSON decoder says of a value it refuses neither where it stands nor, inside
// a type that reads itself, under which key. Here the values of a file are listed
// with their places, and the first that keeps the file from being read is found by
// reading ever less of it.

// place is where a value of a JSON file begins: one in a list or an object, or the
// file's own.
type place struct {
	path      string // visitor.kind, evidence 1 class; empty for the whole file
	situation int    // which of a list, from 1; 0 where the file is none
	keyLine   int    // line of the key before it
	line      int
	text      string // of a word or a number
	end       int64  // behind the value, or behind the bracket that opens it
	closing   string // what makes JSON of the file up to end
}

// frame is a list or an object that is open.
type frame struct {
	list    bool
	keyNext bool
	key     string
	keyLine int
	index   int // of a list, from 1
}

// placesIn lists the values of a file in their order, up to where it is no JSON.
func placesIn(data []byte) []place {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var all []place
	var open []frame
	for {
		token, err := d.Token()
		if err != nil {
			return all
		}
		line := lineOf(data, d.InputOffset()-1)
		if token == json.Delim('}') || token == json.Delim(']') {
			open = open[:len(open)-1]
			continue
		}
		if in := len(open) - 1; in >= 0 {
			if open[in].keyNext {
				open[in].key, _ = token.(string)
				open[in].keyLine, open[in].keyNext = line, false
				continue
			}
			open[in].index++
			open[in].keyNext = !open[in].list
		}
		p := placeOf(open)
		if token == json.Delim('{') || token == json.Delim('[') {
			open = append(open, frame{list: token == json.Delim('['), keyNext: token == json.Delim('{')})
		} else if token != nil {
			p.text = fmt.Sprint(token)
		}
		p.line, p.end, p.closing = line, d.InputOffset(), closingOf(open)
		all = append(all, p)
	}
}

// placeOf names the value that comes next within what is open.
func placeOf(open []frame) place {
	var p place
	for depth, f := range open {
		switch {
		case f.list && depth == 0:
			p.situation = f.index
		case f.list:
			p.path += fmt.Sprintf(" %d", f.index)
		case p.path == "":
			p.path = f.key
		case open[depth-1].list:
			p.path += " " + f.key
		default:
			p.path += "." + f.key
		}
		p.keyLine = f.keyLine
	}
	return p
}

// closingOf are the brackets that close what is open.
func closingOf(open []frame) string {
	var closing strings.Builder
	for _, f := range slices.Backward(open) {
		if f.list {
			closing.WriteByte(']')
		} else {
			closing.WriteByte('}')
		}
	}
	return closing.String()
}

// firstRefused finds the first value of a file that cannot be read into a type, and
// why; false where the file can be read.
func firstRefused(data []byte, into reflect.Type) (place, error, bool) {
	all := placesIn(data)
	refusal := func(i int) error {
		up := io.MultiReader(bytes.NewReader(data[:all[i].end]), strings.NewReader(all[i].closing))
		d := json.NewDecoder(up)
		d.DisallowUnknownFields()
		return d.Decode(reflect.New(into).Interface())
	}
	first := sort.Search(len(all), func(i int) bool { return refusal(i) != nil })
	if first == len(all) {
		return place{}, nil, false
	}
	return all[first], refusal(first), true
}

// lineOfValue is the line of what an error of a situation is about; 0 where it
// stands nowhere in the file.
func lineOfValue(data []byte, e *InputError) int {
	line := 0
	for _, p := range placesIn(data) {
		under := strings.EqualFold(p.path, e.Key) || strings.HasPrefix(strings.ToLower(p.path), strings.ToLower(e.Key)+" ")
		if p.situation != e.Situation || !under {
			continue
		}
		if p.text == e.Value {
			return p.line
		}
		if line == 0 {
			line = p.line
		}
	}
	return line
}
