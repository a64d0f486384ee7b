package app

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"madoguchi/app/counter"
	"madoguchi/app/history"
	"madoguchi/app/printer"
	"madoguchi/reader"
)

var update = flag.Bool("update", false, "write "+problemList+" anew")

// problemList is every problem the program can say, for the end-to-end tests,
// which look at each in the window.
const problemList = "../frontend/e2e/problems.json"

// The list holds every code that stands in the source: the literals of this
// package and of counter, the faults of the reader, and what the history says.
func TestProblemListIsComplete(t *testing.T) {
	list := problemsInSource(t, ".", "counter")
	for _, fault := range reader.Faults() {
		list = append(list, counter.ProblemOf(fault))
	}
	for _, code := range constantsOf(t, "history", "FaultCode") {
		list = append(list, counter.ProblemOf(&history.Fault{Code: history.FaultCode(code), Where: "history.db"}))
	}
	for _, code := range constantsOf(t, "history", "RefusalReason") {
		list = append(list, counter.ProblemOf(&history.Refusal{Reason: history.RefusalReason(code), State: history.Decided, To: history.Mailed, Field: "memo", On: "2026-12-22"}))
	}
	for _, code := range constantsOf(t, "printer", "Reason") {
		list = append(list, counter.ProblemOf(&printer.Refusal{Printer: "窓口1", Reason: printer.Reason(code)}))
	}
	list = sortedProblems(list)
	if len(list) < 90 {
		t.Fatalf("only %d problems were found", len(list))
	}
	for _, p := range list {
		if p.Title == "" || p.Action == "" || p.Ref == "" {
			t.Errorf("%+v lacks words", p)
		}
	}
	data, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	data = append(data, '\n')
	if *update {
		if err := os.WriteFile(problemList, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(problemList); err != nil || !bytes.Equal(have, data) {
		t.Errorf("%s is not what the program says now: run go test ./app -run ProblemList -update (%v)", problemList, err)
	}
}

// sortedProblems is the list by reference and code, each once.
func sortedProblems(list []counter.Problem) []counter.Problem {
	slices.SortStableFunc(list, func(a, b counter.Problem) int {
		return strings.Compare(a.Ref+a.Code+a.Title, b.Ref+b.Code+b.Title)
	})
	return slices.CompactFunc(list, func(a, b counter.Problem) bool { return a.Code == b.Code && a.Title == b.Title })
}

// problemsInSource reads the Problem literals of packages; what is only known
// when it happens is written 例.
func problemsInSource(t *testing.T, folders ...string) []counter.Problem {
	t.Helper()
	var list []counter.Problem
	for _, folder := range folders {
		for _, file := range parsed(t, folder) {
			ast.Inspect(file, func(n ast.Node) bool {
				if lit, ok := n.(*ast.CompositeLit); ok {
					if p, ok := problemLiteral(lit); ok {
						list = append(list, p)
					}
				}
				return true
			})
		}
	}
	return list
}

func parsed(t *testing.T, folder string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// problemLiteral is the problem that a literal with words writes down.
func problemLiteral(lit *ast.CompositeLit) (counter.Problem, bool) {
	name := lit.Type
	if selector, ok := name.(*ast.SelectorExpr); ok {
		name = selector.Sel
	}
	if ident, ok := name.(*ast.Ident); !ok || ident.Name != "Problem" || len(lit.Elts) < 4 {
		return counter.Problem{}, false
	}
	var words [4]string
	for i := range words {
		value := lit.Elts[i]
		if pair, ok := value.(*ast.KeyValueExpr); ok {
			value = pair.Value
		}
		words[i] = literalWords(value)
	}
	p := counter.Problem{Code: words[0], Title: words[1], Action: words[2], Ref: words[3]}
	return p, regexp.MustCompile(`^[a-z]`).MatchString(p.Code) && regexp.MustCompile(`^[A-Z]-\d+$`).MatchString(p.Ref)
}

var verbs = regexp.MustCompile(`%[a-z]`)

// literalWords is the text of an expression as far as it is written down.
func literalWords(e ast.Expr) string {
	switch v := e.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(v.Value); err == nil {
			return text
		}
	case *ast.BinaryExpr:
		return literalWords(v.X) + literalWords(v.Y)
	case *ast.CallExpr:
		if f, ok := v.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Sprintf" {
			return verbs.ReplaceAllString(literalWords(v.Args[0]), "例")
		}
	}
	return "例"
}

// constantsOf are the values of a package's constants of one type.
func constantsOf(t *testing.T, folder, kind string) []string {
	t.Helper()
	var values []string
	for _, file := range parsed(t, folder) {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			if ident, ok := spec.Type.(*ast.Ident); ok && ident.Name == kind {
				values = append(values, literalWords(spec.Values[0]))
			}
			return true
		})
	}
	if len(values) == 0 {
		t.Fatalf("package %s has no constants of type %s", folder, kind)
	}
	return values
}
