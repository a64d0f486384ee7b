package app

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
)

// printAddress is where the window fetches a PDF file: /print/<id>.pdf
const printAddress = "/print/"

// prints serves the PDF files of this run by addresses that work once. A path
// never leaves the program and never comes back into it.
type prints struct {
	mu    sync.Mutex
	files map[string]string // print id -> path, for the whole run
	once  map[string]string // one-time id -> path
}

func newPrints() *prints {
	return &prints{files: map[string]string{}, once: map[string]string{}}
}

// add registers a file that was made and gives it an id for this run.
func (p *prints) add(path string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	id := newID()
	p.files[id] = path
	return id
}

// path of a file of this run.
func (p *prints) path(id string) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	path, ok := p.files[id]
	if !ok {
		return "", errUnknownFile
	}
	return path, nil
}

// preview makes an address that serves the file once.
func (p *prints) preview(id string) (string, error) {
	path, err := p.path(id)
	if err != nil {
		return "", err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	once := newID()
	p.once[once] = path
	return printAddress + once + ".pdf", nil
}

// ServeHTTP answers a one-time address and forgets it.
func (p *prints) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	once := strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, printAddress), ".pdf")
	p.mu.Lock()
	path, ok := p.once[once]
	delete(p.once, once)
	p.mu.Unlock()
	if !ok || r.Method != http.MethodGet {
		http.NotFound(w, r)
		return
	}
	data, err := os.ReadFile(path)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Length", fmt.Sprint(len(data)))
	_, _ = w.Write(data) // the window went away: nothing is left to tell
}

func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails: it ends the program instead
	return hex.EncodeToString(b[:])
}
