package app

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"

	"madoguchi/app/counter"
	"madoguchi/app/printer"
)

// printAddress is where the window fetches a PDF file: /print/<id>.pdf
const printAddress = "/print/"

// prints serves the PDF files of this run by addresses that work once. A path
// never leaves the program and never comes back into it.
type prints struct {
	mu    sync.Mutex
	files map[string]*paper // by print id, for the whole run
	once  map[string]string // one-time id -> path
}

// paper is a file that was made, on its way to paper.
type paper struct {
	path  string
	form  string // checklist or letter, as the history names it
	title string // as the window names it
	pages int
	cases []string // whose history says so once it is printed
	job   counter.PrintJob

	receipt printer.Receipt
	sent    bool // a receipt is there, and its end is not known yet
	tries   int
	told    bool // the end of the last try is known
}

func newPrints() *prints {
	return &prints{files: map[string]*paper{}, once: map[string]string{}}
}

// add registers a file that was made and gives it an id for this run.
func (p *prints) add(file paper) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	id := newID()
	p.files[id] = &file
	return id
}

// get gives a copy of what is known of a file of this run.
func (p *prints) get(id string) (paper, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	file, ok := p.files[id]
	if !ok {
		return paper{}, errUnknownFile
	}
	return *file, nil
}

// sending notes another try to print a file; nil is one that was refused.
func (p *prints) sending(id string, r *printer.Receipt) {
	p.mu.Lock()
	defer p.mu.Unlock()
	file := p.files[id]
	file.tries++
	file.told = r == nil
	if file.sent = r != nil; file.sent {
		file.receipt = *r
	}
}

// ended notes that the end of a try is known. It answers false where it was known
// before, or another try has begun: what is recorded is recorded once.
func (p *prints) ended(id string, try int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	file := p.files[id]
	if file.tries != try || file.told {
		return false
	}
	file.told, file.sent = true, false
	return true
}

// reopen takes back that the end of a try is known: it could not be recorded.
func (p *prints) reopen(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.files[id].told = false
}

// preview makes an address that serves the file once.
func (p *prints) preview(id string) (string, error) {
	file, err := p.get(id)
	if err != nil {
		return "", err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	once := newID()
	p.once[once] = file.path
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
	w.Header().Set("Content-Security-Policy", viewerPolicy)
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Length", fmt.Sprint(len(data)))
	_, _ = w.Write(data) // the window went away: nothing is left to tell
}

func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails: it ends the program instead
	return hex.EncodeToString(b[:])
}
