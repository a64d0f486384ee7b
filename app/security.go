package app

import "net/http"

// contentPolicy lets the window load its own files and nothing else. PDF
// previews are frames of the same origin.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'" + devConnect + "; frame-src 'self'; frame-ancestors 'self'; " +
	"object-src 'none'; base-uri 'none'; form-action 'none'"

// viewerPolicy is that of a PDF file, which has no style or script of its own:
// WebKit gives its viewer a size by a style in the page it makes around the file.
const viewerPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"

// securityHeaders puts the content policy on everything the window loads and
// keeps pages and PDF files out of any cache on disk.
func securityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
